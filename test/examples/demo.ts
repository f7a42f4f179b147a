import type { DemoOptions, main } from "../../examples/01-a-quarter-at-the-desk.js";
import { linesOf } from "./lines.js";

/** What the demo prints, and the report that it would write. */
export interface Shown {
  readonly lines: readonly string[];
  /** By path. */
  readonly written: ReadonlyMap<string, string>;
}

export async function shown(demo: typeof main, options: DemoOptions = {}): Promise<Shown> {
  const written = new Map<string, string>();
  const write = (path: string, html: string) => void written.set(path, html);
  return { lines: await linesOf((print) => demo(print, { ...options, write })), written };
}

/** The lines between the heading that begins with `n.` and the next heading after it. */
export function section(lines: readonly string[], n: number): readonly string[] {
  const from = lines.findIndex((line) => line.startsWith(`${n}. `));
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((line) => /^\d+\. /.test(line));
  return rest.slice(0, to < 0 ? undefined : to).filter((line) => line !== "");
}

/** Cell by cell. */
export const cells = (lines: readonly string[]): readonly string[][] => lines.map((line) => line.trim().split(/ {2,}/));

/** The rows of the last table in a section: what follows its last rule. */
export function rows(lines: readonly string[]): readonly string[][] {
  return cells(lines.slice(lines.findLastIndex((line) => /^ {2}-+$/.test(line)) + 1));
}
