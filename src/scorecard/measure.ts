import { guarded } from "../kernel/guarded.js";
import type { $ZodType } from "../kernel/schema.js";
import type { Token } from "../kernel/token.js";
import type { Measurable } from "./fact.js";

/** A score of one criterion: 0 to 1,000,000, millionths of the full mark. */
export type Millionths = number;
export const full: Millionths = 1_000_000;

/** One row of a scorecard: data only. The code is named, with the revision it was adopted under. */
export interface Criterion {
  readonly id: string;
  /** The id of a fact. */
  readonly fact: string;
  /** `id@revision` of a measure. */
  readonly measure: string;
  readonly args: unknown;
  /** What a full mark is worth, in points: a whole number from 1 to 1,000. */
  readonly weight: number;
  /** What happens when the fact is not known; default `redistribute`. */
  readonly missing?: MissingPolicy | undefined;
}
/**
 * `redistribute`: its weight goes to the criteria that are known. `neutral`: half a mark. `worst`: none.
 * `required`: without it there is no score.
 */
export type MissingPolicy = "redistribute" | "neutral" | "worst" | "required";

/** How a fact becomes a mark. */
export interface Measure<Id extends string = string, In = any> extends Token<"measure", "scorecard", Id> {
  readonly revision: number;
  /** Makes a row that names this measure in its present revision. */
  readonly row: (row: Omit<Criterion, "measure" | "args"> & { readonly args: In }) => Criterion;
  readonly "~types"?: { readonly in: In };
  readonly "~def": {
    readonly args: $ZodType;
    readonly score: (args: never) => (value: Measurable) => Millionths | null;
  };
}

/**
 * Defines a measure. `score` is given the arguments once and answers the function that marks a value, in millionths of
 * the full mark; `null` where it cannot mark such a value, which then counts as missing.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { measure } from "clientele";
 *
 * const even = measure("acme.even", { revision: 1, args: z.object({}), score: () => (n) => (Number(n) % 2 === 0 ? 1_000_000 : 0) });
 * even.row({ id: "seats", fact: "acme.seats", args: {}, weight: 5 }).measure; // => "acme.even@1"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function measure<const Id extends string, Args, In = Args>(
  id: Id,
  def: {
    readonly revision: number;
    readonly args: $ZodType<Args, In>;
    readonly score: (args: NoInfer<Args>) => (value: Measurable) => Millionths | null;
  },
): Measure<Id, In> {
  return guarded("INVALID_COMPOSITION", "measure", () => {
    return {
      token: "measure",
      of: "scorecard",
      id,
      revision: def.revision,
      row: (given) =>
        guarded("INVALID_OPTIONS", "row", () => {
          const { id: row, fact, args, weight, missing } = given;
          const named = { id: row, fact, measure: `${id}@${def.revision}`, args, weight };
          return missing === undefined ? named : { ...named, missing };
        }),
      "~def": { args: def.args as $ZodType, score: def.score as never },
    };
  });
}
