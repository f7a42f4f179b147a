import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type bands, fitQuantile, type linear, type lookup, type quantile } from "../../src/scorecard/index.js";
import { refused } from "../given.js";
import { vector } from "../vectors/vector.js";
import { card, made, scored } from "./cards.js";

type Args<M> = M extends { readonly row: (row: infer R) => unknown }
  ? R extends { readonly args: infer A }
    ? A
    : never
  : never;
const row = (measure: string, args: unknown) => ({ id: "a", fact: "a", measure, args, weight: 1 });
const marker = (measure: string, args: unknown) => {
  const of = card(row(measure, args));
  return (a: unknown) => scored(of, { a });
};
const issues = (measure: string, args: unknown) => refused(made([row(measure, args)]));

describe("bands", () => {
  const args: Args<typeof bands> = [
    { from: 0, mark: 100 },
    { from: 50, mark: 200 },
    { from: 75, mark: 300 },
  ];

  it("begin at their edge, and the first has all below it too", () => {
    expect([-1e9, -1, 0, 49.999, 50, 74, 75, 1e300].map(marker("bands@1", args))).toEqual([
      100, 100, 100, 100, 200, 200, 300, 300,
    ]);
  });

  /** The published bands end at their upper edge: 50 is still red. Here an edge belongs to the band above it. */
  it("differ from band-boundaries on the edges, and there only", () => {
    type Band = readonly [number, number, string];
    const { inputs, expected } = vector<{ bands: Band[]; values: number[] }, string[]>("band-boundaries");
    const of = (next: number) =>
      marker(
        "bands@1",
        inputs.bands.map(([from], i) => ({ from: i === 0 ? from : from + next, mark: i })),
      );
    const told = (found: (number | null)[]) => found.map((i) => inputs.bands[i!]![2]);
    const differing = told(inputs.values.map(of(0))).flatMap((word, i) =>
      word === expected[i] ? [] : [inputs.values[i]],
    );
    expect(differing).toEqual([50, 75]);
    // Whole values "above 50" begin at 51.
    expect(told(inputs.values.map(of(1)))).toEqual(expected);
  });

  it("must rise, be 1 to 100, and mark within 0 and full", () => {
    for (const wrong of [
      [],
      [...args].reverse(),
      [args[0], args[0]],
      Array.from({ length: 101 }, (_, from) => ({ from, mark: 1 })),
      [{ from: 0, mark: 1_000_001 }],
      [{ from: 0, mark: -1 }],
      [{ from: 0, mark: 0.5 }],
      [{ from: Number.NaN, mark: 1 }],
      [{ from: -Infinity, mark: 1 }],
      [{ from: "0", mark: 1 }],
      { 0: { from: 0, mark: 1 } },
      null,
    ])
      expect([wrong, issues("bands@1", wrong).code]).toEqual([wrong, "INVALID_INPUT"]);
  });
});

describe("a line", () => {
  it("runs from none to full, either way, and is clipped", () => {
    expect([-5, 0, 1, 2, 3, 9].map(marker("linear@1", { none: 0, full: 3 }))).toEqual([
      0, 0, 333_333, 666_667, 1_000_000, 1_000_000,
    ]);
    expect([9, 3, 2, 1, 0, -5].map(marker("linear@1", { none: 3, full: 0 }))).toEqual([
      0, 0, 333_333, 666_667, 1_000_000, 1_000_000,
    ]);
  });

  it("marks any number, however far its ends and the value are apart", () => {
    const end = fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ min: -1e-300, max: 1e-300, noNaN: true }),
      fc.constantFrom(0, 5e-324),
    );
    fc.assert(
      fc.property(end, end, fc.double({ noNaN: true, noDefaultInfinity: true }), (none, full, value) => {
        fc.pre(none !== full);
        const mark = marker("linear@1", { none, full })(value)!;
        expect(Number.isInteger(mark) && mark >= 0 && mark <= 1_000_000).toBe(true);
      }),
      { numRuns: 500 },
    );
    for (const wrong of [
      { none: 0, full: Infinity },
      { none: 1e300, full: 0 },
      { none: 1 },
      { none: Number.NaN, full: 1 },
      [],
    ])
      expect(issues("linear@1", wrong).code).toBe("INVALID_INPUT");
  });
});

describe("a table", () => {
  it("marks its words, numbers and truth values as words, others as it says or as missing", () => {
    const args: Args<typeof lookup> = { marks: { gold: 5, "1": 6, true: 7, constructor: 8 } };
    expect(["gold", 1, "1", true, "constructor"].map(marker("lookup@1", args))).toEqual([5, 6, 6, 7, 8]);
    expect(["Gold", 2, false, "toString", "__proto__", ""].map(marker("lookup@1", args))).toEqual(Array(6).fill(null));
    expect(["Gold", "toString"].map(marker("lookup@1", { ...args, otherwise: 1 }))).toEqual([1, 1]);
  });

  it("may be empty: then nothing is known, or all is the same", () => {
    expect(marker("lookup@1", { marks: {} })("gold")).toBeNull();
    expect(marker("lookup@1", { marks: {}, otherwise: 3 })("gold")).toBe(3);
    for (const wrong of [{}, { marks: { a: 2e6 } }, { marks: { a: 1 }, otherwise: -1 }, { marks: [] }])
      expect(issues("lookup@1", wrong).code).toBe("INVALID_INPUT");
  });
});

describe("frozen quantiles", () => {
  it("put a value equal to a cut into the lower bin, and equal values into one", () => {
    expect([1, 2, 2.1, 6, 7].map(marker("quantile@1", { cuts: [2, 6] }))).toEqual([0, 0, 500_000, 500_000, 1_000_000]);
    expect([1, 2, 3, 7].map(marker("quantile@1", { cuts: [2, 6], lowIsGood: true }))).toEqual([
      1_000_000, 1_000_000, 500_000, 0,
    ]);
  });

  it("keep their marks where cuts collide: no bin is relabelled", () => {
    expect([1, 4, 5].map(marker("quantile@1", { cuts: [4, 4, 4, 4] }))).toEqual([0, 0, 1_000_000]);
    expect([1, 4, 5, 9].map(marker("quantile@1", { cuts: [4, 4, 4, 8] }))).toEqual([0, 0, 750_000, 1_000_000]);
  });

  it("do not mind a small scale: values from 0 to 1 have five bins too", () => {
    const values = Array.from({ length: 101 }, (_, i) => i / 100);
    const mark = marker("quantile@1", fitQuantile(values, 5));
    const sizes = new Map<number, number>();
    for (const v of values) sizes.set(mark(v)!, (sizes.get(mark(v)!) ?? 0) + 1);
    expect([...sizes.values()]).toEqual([21, 20, 20, 20, 20]);
  });

  it("all of one value are one bin, the lowest", () => {
    const fit = fitQuantile(Array(50).fill(7), 5);
    expect(fit.cuts).toEqual([7, 7, 7, 7]);
    expect(marker("quantile@1", fit)(7)).toBe(0);
    expect(marker("quantile@1", { ...fit, lowIsGood: true })(7)).toBe(1_000_000);
  });

  it("are fitted alike whatever the order of the base", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 2, max: 100 }),
        (base, bins) => {
          const { cuts } = fitQuantile(base, bins);
          expect(cuts).toHaveLength(bins - 1);
          expect(
            fitQuantile(
              base.toSorted((a, b) => b - a),
              bins,
            ).cuts,
          ).toEqual(cuts);
          expect(made([row("quantile@1", { cuts })]).ok).toBe(true);
          // No bin below a cut holds more than its share of the base, ties apart.
          if (new Set(base).size === base.length)
            for (const [i, cut] of cuts.entries())
              expect(base.filter((v) => v <= cut).length / base.length).toBeCloseTo(
                (i + 1) / bins,
                -Math.log10(2 / base.length) - 0.5,
              );
        },
      ),
    );
  });

  it("are 2 to 100 bins of finite numbers, and 1 to 99 cuts that do not fall", () => {
    for (const bins of [1, 0, -3, 2.5, 101, 1e9, Number.NaN, Infinity])
      expect(() => fitQuantile([1, 2], bins)).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    for (const base of [[], [Number.NaN], [Infinity]])
      expect(() => fitQuantile(base, 5)).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    for (const wrong of [
      { cuts: [] },
      { cuts: Array(100).fill(1) },
      { cuts: [2, 1] },
      { cuts: [Number.NaN] },
      { cuts: "1" },
      { cuts: [1], lowIsGood: 1 },
    ])
      expect(issues("quantile@1", wrong).code).toBe("INVALID_INPUT");
  });
});

/** R's package `rfm`: quantiles of type 7, each plus 1, and a value is in the bin of the first cut above it. */
describe("beside R's rfm", () => {
  const shares = [0.2, 0.4, 0.6, 0.8];
  const bin = (mark: number | null) => 1 + (mark! * shares.length) / 1e6;
  // As published, so each with its 1.
  const cuts = { recency: [115, 181, 297.4, 482], frequency: [4, 5, 6, 8], money: [255.8, 382, 506.4, 666] };
  const less = (list: readonly number[]) => list.map((c) => Math.round((c - 1) * 10) / 10);
  const ours = {
    r: marker("quantile@1", { cuts: less(cuts.recency), lowIsGood: true }),
    f: marker("quantile@1", { cuts: less(cuts.frequency) }),
    m: marker("quantile@1", { cuts: less(cuts.money) }),
  };

  it("the first five customers have the same scores (rfm-r-first5)", () => {
    for (const [recency, orders, amount, score] of vector<unknown, [number, number, number, number][]>("rfm-r-first5")
      .expected)
      expect([ours.r(recency), ours.f(orders), ours.m(amount)].map(bin).join("")).toBe(String(score));
  });

  it("an amount less than 1 above a fractional cut is one bin higher here", () => {
    const theirs = (amount: number) => 1 + cuts.money.filter((cut) => amount >= cut).length;
    const differing = Array.from({ length: 1000 }, (_, amount) => amount).filter((a) => bin(ours.m(a)) !== theirs(a));
    expect(differing).toEqual([255, 506]);
  });

  const data = new URL("../../../shared/data/rfm_data_orders.csv", import.meta.url);
  it.runIf(existsSync(data))(
    "all 995 customers (shared/data/rfm_data_orders.csv) fall into the same segments but those",
    () => {
      const base = new Map<string, { last: string; f: number; m: number }>();
      for (const line of readFileSync(data, "utf8").trim().split(/\r?\n/).slice(1)) {
        const [id, day, revenue] = line.split(",") as [string, string, string];
        const known = base.get(id) ?? { last: "", f: 0, m: 0 };
        base.set(id, { last: [day, known.last].toSorted()[1]!, f: known.f + 1, m: known.m + Number(revenue) });
      }
      const totals = vector<unknown, { customers: number; orders: number }>("rfm-r-totals").expected;
      const all = [...base.values()].map(({ last, f, m }) => ({
        r: (Date.parse("2006-12-31") - Date.parse(last)) / 864e5,
        f,
        m,
      }));
      expect([all.length, all.reduce((sum, c) => sum + c.f, 0)]).toEqual([totals.customers, totals.orders]);
      const orders = vector<unknown, number[]>("rfm-r-order-dist").expected;
      expect(orders.map((_, i) => all.filter((c) => c.f === i + 1).length)).toEqual(orders);

      const fits = {
        r: fitQuantile(
          all.map((c) => c.r),
          5,
        ).cuts,
        f: fitQuantile(
          all.map((c) => c.f),
          5,
        ).cuts,
        m: fitQuantile(
          all.map((c) => c.m),
          5,
        ).cuts,
      };
      const near = (found: readonly number[], published: readonly number[]) => {
        for (const [i, c] of published.entries()) expect(found[i]! + 1).toBeCloseTo(c, 9);
      };
      near(fits.r, cuts.recency);
      near(fits.f, cuts.frequency);
      near(fits.m, cuts.money);

      type Range = readonly [number, number];
      const { inputs, expected } = vector<
        { segments: { name: string; r: Range; f: Range; m: Range }[] },
        { counts: number[] }
      >("rfm-r-segments-A");
      const within = (x: number, [from, to]: Range) => x >= from && x <= to;
      const segmentOf = (s: { r: number; f: number; m: number }) =>
        inputs.segments.find((seg) => within(s.r, seg.r) && within(s.f, seg.f) && within(s.m, seg.m))?.name ?? "Others";
      const counts = (money: (m: number) => number) => {
        const by = new Map<string, number>();
        for (const c of all) {
          const name = segmentOf({ r: bin(ours.r(c.r)), f: bin(ours.f(c.f)), m: money(c.m) });
          by.set(name, (by.get(name) ?? 0) + 1);
        }
        return [...by].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, n]) => n);
      };
      // With their rule for money, which is the only fractional one that customers come close to: their published counts.
      expect(counts((m) => 1 + cuts.money.filter((cut) => m >= cut).length)).toEqual(expected.counts);
      const moved = all.filter((c) => c.m === 255 || c.m === 506).length;
      const difference = counts((m) => bin(ours.m(m))).reduce(
        (sum, n, i) => sum + Math.abs(n - expected.counts[i]!),
        0,
      );
      expect(difference).toBeLessThanOrEqual(2 * moved);
    },
  );
});

describe("a monotone measure", () => {
  it("never lowers the score for a better fact, whatever else is known", () => {
    const value = fc.integer({ min: -50, max: 50 });
    const risen = (list: number[]) => list.sort((a, b) => a - b);
    const monotone = fc.oneof(
      fc
        .tuple(
          fc.uniqueArray(value, { minLength: 5, maxLength: 5 }),
          fc.array(fc.nat(1_000_000), { minLength: 5, maxLength: 5 }),
        )
        .map(([from, marks]) => ({
          measure: "bands@1",
          args: risen(from).map((f, i) => ({ from: f, mark: risen([...marks])[i] })),
        })),
      fc
        .tuple(value, fc.integer({ min: 1, max: 60 }))
        .map(([none, more]) => ({ measure: "linear@1", args: { none, full: none + more } })),
      fc
        .array(value, { minLength: 1, maxLength: 8 })
        .map((cuts) => ({ measure: "quantile@1", args: { cuts: risen(cuts) } })),
    );
    const weight = fc.integer({ min: 1, max: 1000 });
    const other = fc.option(value, { nil: null });
    fc.assert(
      fc.property(
        fc.tuple(monotone, monotone, monotone),
        fc.tuple(weight, weight, weight),
        value,
        fc.nat(40),
        other,
        other,
        (measures, weights, a, better, b, c) => {
          const of = card(...measures.map((m, i) => ({ id: `${i}`, fact: "abc"[i]!, weight: weights[i]!, ...m })));
          expect(scored(of, { a: a + better, b, c })).toBeGreaterThanOrEqual(scored(of, { a, b, c })!);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("that is to fall does so: few days ago, few complaints", () => {
    const few = marker("quantile@1", { cuts: [1, 5, 5, 20], lowIsGood: true } satisfies Args<typeof quantile>);
    const line = marker("linear@1", { none: 30, full: 0 } satisfies Args<typeof linear>);
    for (let n = 0; n < 40; n++) {
      expect(few(n + 1)).toBeLessThanOrEqual(few(n)!);
      expect(line(n + 1)).toBeLessThanOrEqual(line(n)!);
    }
  });
});
