import { shown } from "../law.js";

/** The first place where what was found is not what was expected; what is not mentioned is not compared. */
export function mismatch(expected: unknown, found: unknown, at = ""): string | undefined {
  if (Object.is(expected, found) || expected === undefined) return undefined;
  if (typeof expected !== "object" || expected === null || typeof found !== "object" || found === null)
    return `${at === "" ? "it" : at}: expected ${shown(expected)}, found ${shown(found)}`;
  if (Array.isArray(expected) && (!Array.isArray(found) || found.length !== expected.length))
    return `${at === "" ? "it" : at}: expected ${shown(expected)}, found ${shown(found)}`;
  for (const [name, value] of Object.entries(expected)) {
    const wrong = mismatch(value, (found as Record<string, unknown>)[name], at === "" ? name : `${at}.${name}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
