import { hasCode } from "../kernel/errors.js";

/** A promise that can be run: by any test runner, or by a loop. */
export interface Law {
  readonly law: string;
  /** Throws an `Error` that names what was expected and what was found. */
  readonly run: () => Promise<void>;
}

/** Whether two JSON values say the same; a key that is `undefined` counts as absent. */
export function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => alike((a as never)[key], (b as never)[key]));
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // A cycle or a bigint: the text below says as much as can be said.
  }
  text ??= String(value);
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

/** Throws unless what was found is what was expected. */
export function same(what: string, found: unknown, expected: unknown): void {
  if (!alike(found, expected)) throw new Error(`${what}: expected ${shown(expected)}, found ${shown(found)}`);
}

/** Throws unless the work fails with this code. */
export async function failing(
  what: string,
  code: "CONFLICT" | "UNIT_OVER",
  work: () => Promise<unknown>,
): Promise<void> {
  let value: unknown;
  try {
    value = await work();
  } catch (error) {
    if (hasCode(error, code)) return;
    throw new Error(`${what}: expected an error with code ${code}, found ${String(error)}`, { cause: error });
  }
  throw new Error(`${what}: expected an error with code ${code}, found ${shown(value)}`);
}

/** Lets the work fail in whatever way; throws when it does not fail. */
export async function failingSomehow(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch {
    return;
  }
  throw new Error(`${what}: expected an error, found none`);
}
