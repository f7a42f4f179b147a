import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Takes the lines that an example shows: the console, or a test that reads them. */
export type Print = (line: string) => void;

/** Runs an example if it is the file that Node was started with; not if a test imports it. */
export async function runIfStarted(url: string, main: (print: Print) => Promise<void>): Promise<void> {
  const started = process.argv[1];
  if (started !== undefined && realpathSync(started) === realpathSync(fileURLToPath(url))) await main(console.log);
}
