import { ClienteleError } from "../kernel/errors.js";

/**
 * How often each whole score of a scale was given. Integers, so that shares of a job add up to the whole exactly, in
 * any order; mean, variance and shares all follow from them.
 */
export interface Counts {
  readonly min: number;
  readonly max: number;
  /** `of[i]` answers of the score `min + i`. */
  readonly of: readonly number[];
}

const most = 101;

/**
 * No answers yet, on a scale of whole scores from `min` to `max` (at most 101 of them). Throws `INVALID_OPTIONS`.
 *
 * @example
 * ```ts
 * import { counted, emptyCounts, mergedCounts } from "clientele";
 *
 * const monday = counted(emptyCounts(1, 5), [5, 4, 5]);
 * const tuesday = counted(emptyCounts(1, 5), [1]);
 * mergedCounts(monday, tuesday).of; // => [1, 0, 0, 1, 2]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function emptyCounts(min: number, max: number): Counts {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max <= min || max - min >= most)
    throw new ClienteleError(
      "INVALID_OPTIONS",
      `a scale of 2 to ${most} whole scores is needed, found ${min} to ${max}`,
    );
  return { min, max, of: new Array<number>(max - min + 1).fill(0) };
}

/** With these scores added. A score that is not of the scale is refused (`INVALID_OPTIONS`), never left in a gap. */
/* @__NO_SIDE_EFFECTS__ */
export function counted(counts: Counts, scores: Iterable<number>): Counts {
  const of = [...counts.of];
  for (const score of scores) {
    const place = score - counts.min;
    if (of[place] === undefined)
      throw new ClienteleError("INVALID_OPTIONS", `${score} is not a score of ${counts.min} to ${counts.max}`);
    of[place]++;
  }
  return { min: counts.min, max: counts.max, of };
}

/** Both together. Throws `INVALID_OPTIONS` for different scales. */
/* @__NO_SIDE_EFFECTS__ */
export function mergedCounts(a: Counts, b: Counts): Counts {
  if (a.min !== b.min || a.max !== b.max)
    throw new ClienteleError("INVALID_OPTIONS", `scales differ: ${a.min} to ${a.max}, ${b.min} to ${b.max}`);
  return { min: a.min, max: a.max, of: a.of.map((n, i) => n + b.of[i]!) };
}

/** How many answers there are. */
export const totalOf = (counts: Counts): number => counts.of.reduce((sum, n) => sum + n, 0);

/** How many answers lie within two scores, both included. */
export const countBetween = (counts: Counts, from: number, to: number): number =>
  counts.of.reduce((sum, n, i) => (counts.min + i >= from && counts.min + i <= to ? sum + n : sum), 0);

/** Mean and variance (over n − 1), exact sums divided once; `null` where there is too little to say. */
/* @__NO_SIDE_EFFECTS__ */
export function momentsOf(counts: Counts): { readonly mean: number | null; readonly variance: number | null } {
  const n = totalOf(counts);
  let sum = 0;
  let squares = 0;
  for (const [i, times] of counts.of.entries()) {
    sum += times * (counts.min + i);
    squares += times * (counts.min + i) ** 2;
  }
  return { mean: n === 0 ? null : sum / n, variance: n < 2 ? null : (squares - (sum * sum) / n) / (n - 1) };
}
