import { readFileSync } from "node:fs";

/** A known answer, with where it comes from. */
export interface Vector<Inputs, Expected> {
  readonly id: string;
  readonly source: string | readonly string[];
  readonly inputs: Inputs;
  readonly expected: Expected;
  readonly tolerance: unknown;
}

const files = ["statistics", "scorecard"].map((name) => new URL(`./${name}.json`, import.meta.url));
const all = new Map(
  files
    .flatMap((file) => (JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector<unknown, unknown>[] }).vectors)
    .map((vector) => [vector.id, vector]),
);

/** One of the vectors beside this file. */
export function vector<Inputs, Expected>(id: string): Vector<Inputs, Expected> {
  const found = all.get(id);
  if (found === undefined) throw new Error(`no vector is called ${id}`);
  return found as Vector<Inputs, Expected>;
}
