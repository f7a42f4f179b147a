import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { zOf } from "./normal.js";

/** An interval that says how it was made. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** For instance 0.95. */
  readonly confidence: number;
  readonly method: "wilson" | "adjusted-wald" | "wald";
}

/** Throws `INVALID_OPTIONS` for what is not a count of so many of so many. */
export function needCounts(...counts: readonly number[]): void {
  for (const count of counts)
    if (!Number.isSafeInteger(count) || count < 0)
      throw new ClienteleError("INVALID_OPTIONS", `a count is a whole number from 0, found ${count}`);
}

/**
 * The Wilson score interval of a share: `hits` of `n` (Wilson 1927). Never leaves 0 to 1 and has a width also where
 * everyone agrees, which is why it is the default. `null` for n = 0: nothing can be said. Throws `INVALID_OPTIONS` for
 * what is not a count, more hits than n, or a confidence that is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { wilson } from "clientele";
 *
 * const share = wilson(81, 263);
 * share?.low.toFixed(4); // => "0.2553"
 * share?.high.toFixed(4); // => "0.3662"
 * wilson(0, 0); // => null
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function wilson(hits: number, n: number, confidence = 0.95): Interval | null {
  return guarded("INVALID_OPTIONS", "wilson", () => {
    needCounts(hits, n);
    if (hits > n) throw new ClienteleError("INVALID_OPTIONS", `${hits} of ${n} is more than all`);
    const z = zOf(confidence);
    if (n === 0) return null;
    const p = hits / n;
    const spread = 1 + (z * z) / n;
    const centre = (p + (z * z) / (2 * n)) / spread;
    const half = (z / spread) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
    // Floating point leaves dust beyond the ends, which are known exactly.
    const low = hits === 0 ? 0 : Math.max(0, centre - half);
    const high = hits === n ? 1 : Math.min(1, centre + half);
    return { low, high, confidence, method: "wilson" };
  });
}
