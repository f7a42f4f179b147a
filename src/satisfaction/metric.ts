import { guarded } from "../kernel/guarded.js";
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
  const { revision, question, unit, definition, score } = guarded("INVALID_COMPOSITION", "metric", () => ({ ...def }));
  return { token: "metric", of: "satisfaction", id, revision, question, unit, definition, "~def": { score } };
}

/**
 * The share of answers from one score to another: a top-box set, with its Wilson interval.
 *
 * @example
 * ```ts
 * import { cesQuestion, metric, scoreOf, topBox } from "clientele";
 *
 * const effortless = metric("acme.effortless", {
 *   revision: 1, question: cesQuestion, unit: "share", definition: "7 of 1 to 7", score: topBox(7, 7),
 * });
 * scoreOf(effortless, [7, 7, 6, 1]).value; // => 0.5
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export const topBox =
  (from: number, to: number) =>
  (counts: Counts, confidence: number): Estimate => {
    const n = totalOf(counts);
    const hits = countBetween(counts, from, to);
    return { value: n === 0 ? null : hits / n, interval: wilson(hits, n, confidence) };
  };

/**
 * Those from `promotersFrom` less those up to `detractorsTo`, with its adjusted Wald interval.
 *
 * @example
 * ```ts
 * import { csatQuestion, metric, net, scoreOf } from "clientele";
 *
 * const balance = metric("acme.balance", {
 *   revision: 1, question: csatQuestion, unit: "net share", definition: "4 and 5 less 1 and 2, of 1 to 5", score: net(4, 2),
 * });
 * scoreOf(balance, [5, 4, 3, 1]).value; // => 0.25
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export const net =
  (promotersFrom: number, detractorsTo: number) =>
  (counts: Counts, confidence: number): Estimate => {
    const n = totalOf(counts);
    const promoters = countBetween(counts, promotersFrom, counts.max);
    const detractors = countBetween(counts, counts.min, detractorsTo);
    const passives = n - promoters - detractors;
    const parts = { promoters, passives, detractors };
    return { value: netScore(parts)?.score ?? null, interval: netScoreInterval(parts, { confidence }) };
  };
