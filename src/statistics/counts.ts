import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";

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
  return guarded("INVALID_OPTIONS", "emptyCounts", () => {
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max <= min || max - min >= most)
      throw new ClienteleError(
        "INVALID_OPTIONS",
        `a scale of 2 to ${most} whole scores is needed, found ${min} to ${max}`,
      );
    return { min, max, of: new Array<number>(max - min + 1).fill(0) };
  });
}

/**
 * With these scores added. A score that is not of the scale is refused (`INVALID_OPTIONS`), never left in a gap.
 *
 * @example
 * ```ts
 * import { counted, emptyCounts } from "clientele";
 *
 * counted(emptyCounts(1, 3), [3, 1, 3]).of; // => [1, 0, 2]
 * counted(emptyCounts(1, 3), [2.5]); // => throws INVALID_OPTIONS
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function counted(counts: Counts, scores: Iterable<number>): Counts {
  return guarded("INVALID_OPTIONS", "counted", () => {
    const of = [...counts.of];
    for (const score of scores) {
      const place = score - counts.min;
      if (!Number.isInteger(score) || of[place] === undefined)
        throw new ClienteleError("INVALID_OPTIONS", `${score} is not a score of ${counts.min} to ${counts.max}`);
      of[place]++;
    }
    return { min: counts.min, max: counts.max, of };
  });
}

/**
 * Both together: the same as counting all their scores at once. Throws `INVALID_OPTIONS` for different scales.
 *
 * @example
 * ```ts
 * import { counted, emptyCounts, mergedCounts } from "clientele";
 *
 * const none = emptyCounts(0, 2);
 * mergedCounts(counted(none, [0, 2]), counted(none, [2])).of; // => [1, 0, 2]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function mergedCounts(a: Counts, b: Counts): Counts {
  return guarded("INVALID_OPTIONS", "mergedCounts", () => {
    if (a.min !== b.min || a.max !== b.max)
      throw new ClienteleError("INVALID_OPTIONS", `scales differ: ${a.min} to ${a.max}, ${b.min} to ${b.max}`);
    return { min: a.min, max: a.max, of: a.of.map((n, i) => n + b.of[i]!) };
  });
}

/**
 * How many answers there are.
 *
 * @example
 * ```ts
 * import { counted, emptyCounts, totalOf } from "clientele";
 *
 * totalOf(counted(emptyCounts(1, 5), [5, 4, 5])); // => 3
 * ```
 */
export const totalOf = (counts: Counts): number =>
  guarded("INVALID_OPTIONS", "totalOf", () => counts.of.reduce((sum, n) => sum + n, 0));

/**
 * How many answers lie within two scores, both included.
 *
 * @example
 * ```ts
 * import { countBetween, counted, emptyCounts } from "clientele";
 *
 * countBetween(counted(emptyCounts(1, 5), [5, 4, 1]), 4, 5); // => 2
 * ```
 */
export const countBetween = (counts: Counts, from: number, to: number): number =>
  guarded("INVALID_OPTIONS", "countBetween", () =>
    counts.of.reduce((sum, n, i) => (counts.min + i >= from && counts.min + i <= to ? sum + n : sum), 0),
  );

/**
 * Mean and variance (over n − 1); `null` where there is too little to say. The variance is taken around the mean, so that
 * answers which all agree have exactly none.
 *
 * @example
 * ```ts
 * import { counted, emptyCounts, momentsOf } from "clientele";
 *
 * momentsOf(counted(emptyCounts(1, 5), [2, 4])); // => { mean: 3, variance: 2 }
 * momentsOf(emptyCounts(1, 5)); // => { mean: null, variance: null }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function momentsOf(counts: Counts): { readonly mean: number | null; readonly variance: number | null } {
  return guarded("INVALID_OPTIONS", "momentsOf", () => {
    const n = totalOf(counts);
    if (n === 0) return { mean: null, variance: null };
    // Places, not scores: the sums stay small however far from zero the scale lies.
    const middle = counts.of.reduce((sum, times, place) => sum + times * place, 0) / n;
    const squares = counts.of.reduce((sum, times, place) => sum + times * (place - middle) ** 2, 0);
    return { mean: counts.min + middle, variance: n === 1 ? null : squares / (n - 1) };
  });
}
