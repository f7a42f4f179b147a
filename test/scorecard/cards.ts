import fc from "fast-check";
import * as z from "zod/mini";
import type { Result } from "../../src/kernel/result.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Token } from "../../src/kernel/token.js";
import {
  bands,
  type Card,
  type Criterion,
  cardOf,
  explainScore,
  type Facts,
  fact,
  linear,
  lookup,
  type MissingPolicy,
  measure,
  quantile,
  scoreBy,
} from "../../src/scorecard/index.js";

export const today = "2026-03-02";

/** Facts by any name, read as they are. */
export const names = ["a", "b", "c", "d", "e"] as const;
const facts = names.map((name) => fact(name, { revision: 1, value: z.unknown() }));
/** A measure that hands on what the tests put into its arguments. */
export const said = measure("said", {
  revision: 1,
  args: z.object({ mark: z.unknown() }),
  score:
    ({ mark }) =>
    () =>
      mark as number,
});
const tokens: readonly Token[] = [...facts, bands, linear, lookup, quantile, said];

export const installed =
  (more: readonly Token[] = []) =>
  (token: string, id: string): Token | undefined =>
    [...tokens, ...more].find((t) => t.token === token && t.id === id);

export const made = (rows: readonly Criterion[], currency?: string, more: readonly Token[] = []): Result<Card> =>
  cardOf(rows, installed(more), currency);
export const card = (...rows: readonly Criterion[]): Card => unwrap(made(rows));
/** The score of some facts, after making sure that both ways of asking agree; `null` for none. */
export function scored(of: Card, given: Facts): number | null {
  const { score, coverage } = scoreBy(of, given, today);
  const explained = explainScore(of, given, today);
  if (explained.coverage !== coverage || !Object.is(explained.score ?? Number.NaN, score))
    throw new Error(`scoreBy says ${score} (${coverage}), explainScore ${JSON.stringify(explained)}`);
  return explained.score;
}

const mark = fc.integer({ min: 0, max: 1_000_000 });
const edge = fc.integer({ min: -1000, max: 1000 });
export const policies: readonly MissingPolicy[] = ["redistribute", "neutral", "worst", "required"];

const measured = fc.oneof(
  fc
    .uniqueArray(edge, { minLength: 1, maxLength: 6 })
    .chain((from) => fc.tuple(fc.constant(from.sort((a, b) => a - b)), fc.array(mark, { minLength: 6, maxLength: 6 })))
    .map(([from, marks]) => ({ measure: "bands@1", args: from.map((f, i) => ({ from: f, mark: marks[i]! })) })),
  fc
    .tuple(edge, edge)
    .filter(([none, full]) => none !== full)
    .map(([none, full]) => ({ measure: "linear@1", args: { none, full } })),
  // Few values, so that cuts collide.
  fc
    .tuple(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 9 }), fc.boolean())
    .map(([cuts, lowIsGood]) => ({ measure: "quantile@1", args: { cuts: cuts.sort((a, b) => a - b), lowIsGood } })),
  fc.record({ w: mark, x: mark }).map((marks) => ({ measure: "lookup@1", args: { marks } })),
);
/** Rows with any measure, weight and policy for what is missing. */
export const rows: fc.Arbitrary<readonly Criterion[]> = fc
  .tuple(
    fc.array(fc.tuple(measured, fc.integer({ min: 1, max: 1000 }), fc.constantFrom(...policies)), {
      minLength: 5,
      maxLength: 5,
    }),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([list, n]) =>
    list.slice(0, n).map(([m, weight, missing], i) => ({ id: names[i]!, fact: names[i]!, weight, missing, ...m })),
  );
/** Anything a store could hold as a fact, and some things that it could not. */
export const values: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(
    names.map((name) => [
      name,
      fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: -4, max: 4 }) as fc.Arbitrary<unknown> },
        { weight: 4, arbitrary: fc.double().map((n) => n + 0) },
        { weight: 2, arbitrary: fc.constantFrom("w", "x", "y", true, null, undefined, {}, [], { erased: true }) },
      ),
    ]),
  ),
  { requiredKeys: [] },
) as fc.Arbitrary<Facts>;
