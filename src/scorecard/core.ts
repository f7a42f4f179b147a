import * as z from "zod/mini";
import type { Measurable } from "./fact.js";
import { full, type Millionths, measure } from "./measure.js";

const mark = z.int().check(z.minimum(0), z.maximum(full));
const number = (value: Measurable): number | null => (typeof value === "number" && !Number.isNaN(value) ? value : null);
const rising = <T>(list: readonly T[], of: (item: T) => number): boolean =>
  list.every((item, i) => i === 0 || of(item) > of(list[i - 1]!));

/**
 * Steps: the mark of the last band whose `from` is not above the value. A value below the first band has no mark of its
 * own and gets the first band's.
 */
export const bands = /* @__PURE__ */ measure("bands", {
  revision: 1,
  args: z.array(z.object({ from: z.number(), mark })).check(
    z.minLength(1),
    z.maxLength(100),
    z.refine((list) => rising(list, (b) => b.from), { error: "bands must rise by `from`" }),
  ),
  score: (list) => (value) => {
    const n = number(value);
    if (n === null) return null;
    let mark: Millionths = list[0]!.mark;
    for (const band of list) {
      if (band.from > n) break;
      mark = band.mark;
    }
    return mark;
  },
});

/** A straight line from no mark at `none` to the full mark at `full`, clipped; `full` may be the lower one. */
export const linear = /* @__PURE__ */ measure("linear", {
  revision: 1,
  args: z
    .object({ none: z.number(), full: z.number() })
    .check(z.refine((line) => line.none !== line.full, { error: "`none` and `full` must differ" })),
  score: (line) => (value) => {
    const n = number(value);
    if (n === null) return null;
    const share = (n - line.none) / (line.full - line.none);
    return Math.round(Math.min(1, Math.max(0, share)) * full);
  },
});

/** A table of marks by word; `otherwise` for a word that is not in it, without which it counts as missing. */
export const lookup = /* @__PURE__ */ measure("lookup", {
  revision: 1,
  args: z.object({ marks: z.record(z.string(), mark), otherwise: z.optional(mark) }),
  score: ({ marks, otherwise }) => {
    const table = new Map(Object.entries(marks));
    return (value) => table.get(String(value)) ?? otherwise ?? null;
  },
});

/**
 * Equal shares by frozen cut points: `cuts` rise, and a value is in the bin after all cuts below it, so equal values
 * share a bin. The marks rise evenly from the first bin to the last, or fall where `lowIsGood`. Freeze the cuts with
 * `fitQuantile`: a cut point that is derived anew from each batch makes no grade comparable with another.
 */
export const quantile = /* @__PURE__ */ measure("quantile", {
  revision: 1,
  args: z
    .object({ cuts: z.array(z.number()), lowIsGood: z._default(z.boolean(), false) })
    .check(z.refine((fit) => fit.cuts.length > 0 && fit.cuts.length < 100, { error: "1 to 99 cuts are needed" }))
    .check(
      z.refine((fit) => fit.cuts.every((c, i) => i === 0 || c >= fit.cuts[i - 1]!), { error: "cuts must not fall" }),
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
