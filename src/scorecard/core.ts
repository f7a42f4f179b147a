import * as z from "zod/mini";
import type { Measurable } from "./fact.js";
import { full, type Millionths, measure } from "./measure.js";

const mark = z.int().check(z.minimum(0), z.maximum(full));
/** A point on a line of numbers; bounded, so that the distance of two of them is a number too. */
const point = z.number().check(z.minimum(-Number.MAX_SAFE_INTEGER), z.maximum(Number.MAX_SAFE_INTEGER));
const number = (value: Measurable): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;
const rising = <T>(list: readonly T[], of: (item: T) => number): boolean =>
  list.every((item, i) => i === 0 || of(item) > of(list[i - 1]!));

/**
 * Steps: the mark of the last band whose `from` is not above the value, so a value on an edge is in the upper band. (Some
 * tools put it into the lower one.) A value below the first band has no mark of its own and gets the first band's.
 *
 * @example
 * ```ts
 * import { bands, cardOf, createServiceRules, scoreBy, unwrap } from "clientele";
 *
 * const args = [{ from: 0, mark: 0 }, { from: 5, mark: 500_000 }, { from: 10, mark: 1_000_000 }];
 * const row = bands.row({ id: "orders", fact: "frequency", args, weight: 1 });
 * const card = unwrap(cardOf([row], createServiceRules().installed));
 * [4, 5, 10].map((frequency) => scoreBy(card, { frequency }, "2026-03-01").score); // => [0, 500_000, 1_000_000]
 * ```
 */
export const bands = /* @__PURE__ */ measure("bands", {
  revision: 1,
  args: z.array(z.object({ from: point, mark })).check(
    z.minLength(1),
    z.maxLength(100),
    z.refine((list) => rising(list, (b) => b.from), { error: "bands must rise by `from`" }),
  ),
  score: (list) => {
    const from = Float64Array.from(list, (band) => band.from);
    const marks = list.map((band): Millionths => band.mark);
    return (value) => {
      const n = number(value);
      if (n === null) return null;
      let band = 0;
      while (band + 1 < from.length && from[band + 1]! <= n) band++;
      return marks[band]!;
    };
  },
});

/**
 * A straight line from no mark at `none` to the full mark at `full`, clipped; `full` may be the lower one.
 *
 * @example
 * ```ts
 * import { cardOf, createServiceRules, linear, scoreBy, unwrap } from "clientele";
 *
 * const row = linear.row({ id: "orders", fact: "frequency", args: { none: 20, full: 10 }, weight: 1 });
 * const card = unwrap(cardOf([row], createServiceRules().installed));
 * [25, 15, 5].map((frequency) => scoreBy(card, { frequency }, "2026-03-01").score); // => [0, 500_000, 1_000_000]
 * ```
 */
export const linear = /* @__PURE__ */ measure("linear", {
  revision: 1,
  args: z
    .object({ none: point, full: point })
    .check(z.refine((line) => line.none !== line.full, { error: "`none` and `full` must differ" })),
  score: (line) => (value) => {
    const n = number(value);
    if (n === null) return null;
    const share = (n - line.none) / (line.full - line.none);
    return Math.round(Math.min(1, Math.max(0, share)) * full);
  },
});

/**
 * A table of marks by word; `otherwise` for a word that is not in it, without which it counts as missing.
 *
 * @example
 * ```ts
 * import { cardOf, createServiceRules, lookup, scoreBy, unwrap } from "clientele";
 *
 * const args = { marks: { Corporate: 1_000_000 }, otherwise: 400_000 };
 * const row = lookup.row({ id: "line", fact: "segment", args, weight: 1 });
 * const card = unwrap(cardOf([row], createServiceRules().installed));
 * scoreBy(card, { segment: "Consumer" }, "2026-03-01").score; // => 400_000
 * ```
 */
export const lookup = /* @__PURE__ */ measure("lookup", {
  revision: 1,
  args: z.object({ marks: z.record(z.string(), mark), otherwise: z.optional(mark) }),
  score: ({ marks, otherwise }) => {
    const table = new Map(Object.entries(marks));
    return (value) => table.get(String(value)) ?? otherwise ?? null;
  },
});

/**
 * Equal shares by frozen cut points: a value is in the bin after all cuts below it, so a value equal to a cut is in the
 * lower bin, and equal values share one. (R's `rfm` adds 1 to each cut and asks for less, which is the same for whole
 * numbers between whole cuts, and not otherwise.) The marks rise evenly from the first bin to the last, or fall where
 * `lowIsGood`; where cuts collide, the bins between them stay empty and the others keep their marks. Freeze the cuts
 * with `fitQuantile`: a cut point that is derived anew from each batch makes no grade comparable with another.
 *
 * @example
 * ```ts
 * import { cardOf, createServiceRules, quantile, scoreBy, unwrap } from "clientele";
 *
 * const row = quantile.row({ id: "orders", fact: "frequency", args: { cuts: [2, 6] }, weight: 1 });
 * const card = unwrap(cardOf([row], createServiceRules().installed));
 * [2, 3, 7].map((frequency) => scoreBy(card, { frequency }, "2026-03-01").score); // => [0, 500_000, 1_000_000]
 * ```
 */
export const quantile = /* @__PURE__ */ measure("quantile", {
  revision: 1,
  args: z.object({ cuts: z.array(point), lowIsGood: z._default(z.boolean(), false) }).check(
    z.refine(({ cuts }) => cuts.length > 0 && cuts.length < 100 && cuts.every((c, i) => i === 0 || c >= cuts[i - 1]!), {
      error: "1 to 99 rising cuts are needed",
    }),
  ),
  score: ({ cuts, lowIsGood }) => {
    const steps = cuts.length;
    return (value) => {
      const n = number(value);
      if (n === null) return null;
      let bin = 0;
      while (bin < steps && cuts[bin]! < n) bin++;
      return Math.round(((lowIsGood ? steps - bin : bin) * full) / steps);
    };
  },
});
