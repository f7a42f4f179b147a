import type { Token } from "../kernel/token.js";
import {
  type Counts,
  countBetween,
  type Interval,
  netScore,
  netScoreInterval,
  totalOf,
  wilson,
} from "../statistics/index.js";
import type { Question } from "./question.js";

/** A number worked out of answers; `null` when there is nothing to say. */
export interface Estimate {
  /** A share from 0 to 1, or a net share from −1 to 1. */
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** A definition of a number, in a version: another definition is another revision. */
export interface Metric<Id extends string = string> extends Token<"metric", "satisfaction", Id> {
  readonly revision: number;
  readonly question: Question;
  readonly unit: "share" | "net share";
  /** The convention in words and numbers, for whoever compares: `4 or 5 of 1 to 5`. */
  readonly definition: string;
  readonly "~def": { readonly score: (counts: Counts, confidence: number) => Estimate };
}

/**
 * Defines a metric of one question: the score of so many answers of each kind.
 *
 * @example
 * ```ts
 * import { countBetween, metric, question, totalOf, wilson } from "clientele";
 *
 * const asked = question("acme.punctuality", { revision: 1, min: 1, max: 5 });
 * const punctual = metric("acme.punctual", {
 *   revision: 1, question: asked, unit: "share", definition: "5 of 1 to 5",
 *   score: (counts, confidence) => {
 *     const n = totalOf(counts);
 *     const hits = countBetween(counts, 5, 5);
 *     return { value: n === 0 ? null : hits / n, interval: wilson(hits, n, confidence) };
 *   },
 * });
 * punctual.question.id; // => "acme.punctuality"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function metric<const Id extends string>(
  id: Id,
  def: {
    readonly revision: number;
    readonly question: Question;
    readonly unit: Metric["unit"];
    readonly definition: string;
    readonly score: (counts: Counts, confidence: number) => Estimate;
  },
): Metric<Id> {
  const { revision, question, unit, definition, score } = def;
  return { token: "metric", of: "satisfaction", id, revision, question, unit, definition, "~def": { score } };
}

/** The share of answers from one score to another: a top-box set, with its Wilson interval. */
export const topBox =
  (from: number, to: number) =>
  (counts: Counts, confidence: number): Estimate => {
    const n = totalOf(counts);
    const hits = countBetween(counts, from, to);
    return { value: n === 0 ? null : hits / n, interval: wilson(hits, n, confidence) };
  };

/** Those from `promotersFrom` less those up to `detractorsTo`, with its adjusted Wald interval. */
export const net =
  (promotersFrom: number, detractorsTo: number) =>
  (counts: Counts, confidence: number): Estimate => {
    const promoters = countBetween(counts, promotersFrom, counts.max);
    const detractors = countBetween(counts, counts.min, detractorsTo);
    const passives = totalOf(counts) - promoters - detractors;
    const parts = { promoters, passives, detractors };
    return { value: netScore(parts)?.score ?? null, interval: netScoreInterval(parts, { confidence }) };
  };
