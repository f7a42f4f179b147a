import { guarded } from "../kernel/guarded.js";
import { type Criterion, fitQuantile, quantile } from "../scorecard/index.js";

/** What recency, frequency and money need to know of one customer. */
export interface Purchaser {
  /** Days since the last purchase. */
  readonly recency: number;
  readonly frequency: number;
  /** Minor units. */
  readonly revenue: number;
}

/**
 * Fits recency, frequency and revenue (of one currency, which the policy then names) to a base, once: the rows of a grading policy with frozen cut points (quantiles
 * of type 7), in which equal values share a bin. Weights default to 33 points each. Throws
 * `INVALID_OPTIONS` for an empty base, a value that is not a finite number, or bins that are not 2 to 100.
 *
 * @example
 * ```ts
 * import { fitRfm } from "clientele";
 *
 * const base = [1, 2, 3, 4, 5].map((n) => ({ recency: 10 * n, frequency: n, revenue: 100 * n }));
 * fitRfm(base, { bins: 5 }).map((row) => row.id); // => ["recency", "frequency", "revenue"]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function fitRfm(
  base: readonly Purchaser[],
  options: {
    readonly bins?: number;
    readonly weights?: { readonly recency: number; readonly frequency: number; readonly revenue: number };
  } = {},
): readonly Criterion[] {
  return guarded("INVALID_OPTIONS", "fitRfm", () => {
    const { bins = 5, weights = { recency: 33, frequency: 33, revenue: 33 } } = options;
    const row = (fact: keyof Purchaser, lowIsGood: boolean) =>
      quantile.row({
        id: fact,
        fact,
        weight: weights[fact],
        args: {
          ...fitQuantile(
            base.map((c) => c[fact]),
            bins,
          ),
          lowIsGood,
        },
      });
    return [row("recency", true), row("frequency", false), row("revenue", false)];
  });
}
