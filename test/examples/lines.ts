import type { Print } from "../../examples/run.js";

/** The lines that an example prints. */
export async function linesOf(main: (print: Print) => Promise<void>): Promise<readonly string[]> {
  const lines: string[] = [];
  await main((line) => lines.push(line));
  return lines;
}
