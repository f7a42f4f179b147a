import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { quantiles } from "../statistics/index.js";

/**
 * Freezes the cut points of so many equal bins (2 to 100) from the values of a base, for the measure `quantile`. The
 * same values give the same cuts; what is scored later, alone or in a batch, is measured by these.
 * Throws `INVALID_OPTIONS` for another number of bins, an empty base, or a value that is not a finite number.
 *
 * @example
 * ```ts
 * import { fitQuantile } from "clientele";
 *
 * fitQuantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 5).cuts; // => [3, 5, 7, 9]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function fitQuantile(values: ArrayLike<number>, bins: number): { readonly cuts: number[] } {
  return guarded("INVALID_OPTIONS", "fitQuantile", () => {
    if (!Number.isInteger(bins) || bins < 2 || bins > 100)
      throw new ClienteleError("INVALID_OPTIONS", `2 to 100 bins are needed, found ${bins}`);
    const shares = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
    return { cuts: [...quantiles(values, shares)] };
  });
}
