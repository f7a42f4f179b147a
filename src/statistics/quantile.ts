import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";

/**
 * Quantiles of type 7 (Hyndman & Fan 1996): what R, NumPy and spreadsheets mean unless told otherwise. The values need
 * no order and are not changed. A place that only the rounding of the share keeps from a whole one is taken as whole, so
 * that a quantile which is one of the values equals it. Throws `INVALID_OPTIONS` for an empty list, a value that is not a finite number, or a
 * share outside 0 to 1.
 *
 * @example
 * ```ts
 * import { quantiles } from "clientele";
 *
 * quantiles([4, 1, 3, 2], [0, 0.25, 0.5, 1]); // => [1, 1.75, 2.5, 4]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): readonly number[] {
  return guarded("INVALID_OPTIONS", "quantiles", () => {
    if (values.length === 0) throw new ClienteleError("INVALID_OPTIONS", "quantiles of nothing");
    const sorted = Float64Array.from(values).sort();
    if (!Number.isFinite(sorted[0]) || !Number.isFinite(sorted.at(-1)))
      throw new ClienteleError("INVALID_OPTIONS", "quantiles need finite numbers");
    return shares.map((share) => {
      if (!(share >= 0 && share <= 1)) throw new ClienteleError("INVALID_OPTIONS", `a share is 0 to 1, found ${share}`);
      const place = whole((sorted.length - 1) * share);
      const below = Math.floor(place);
      const low = sorted[below]!;
      if (place === below) return low;
      const high = sorted[below + 1]!;
      const between = low + (place - below) * (high - low);
      // Of two huge numbers apart the distance may not be one.
      return Number.isFinite(between) ? between : low * (below + 1 - place) + high * (place - below);
    });
  });
}

/** 0.29 of 100 is 28.999999999999996 in binary. */
function whole(place: number): number {
  const near = Math.round(place);
  return Math.abs(place - near) <= 4 * Number.EPSILON * near ? near : place;
}
