import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { type Criterion, explainScore, fact, linear, lookup, measure, scoreBy } from "../../src/scorecard/index.js";
import { refused } from "../given.js";
import { vector } from "../vectors/vector.js";
import { card, made, names, rows, said, scored, today, values } from "./cards.js";

const share = (id: (typeof names)[number], weight: number, more: Partial<Criterion> = {}): Criterion => ({
  ...linear.row({ id, fact: id, args: { none: 0, full: 100 }, weight }),
  ...more,
});
const given = (list: readonly number[]) => Object.fromEntries(list.map((value, i) => [names[i]!, value]));
const points = (score: number | null) => (score === null ? null : score / 1e6);

describe("known scores", () => {
  it.each(["CARD-01", "CARD-02"])("%s", (id) => {
    const { inputs, expected } = vector<{ s: number[]; w: number[] }, { score: number }>(id);
    const all = inputs.w.reduce((a, b) => a + b, 0);
    const of = card(...inputs.w.map((weight, i) => share(names[i]!, weight)));
    expect((points(scored(of, given(inputs.s)))! / all) * 100).toBeCloseTo(expected.score, 9);
  });

  it("CARD-04: what is not applicable leaves both sides, and nothing known is no score", () => {
    const { inputs, expected } = vector<{ cases: string[][] }, { score: (number | null)[] }>("CARD-04");
    const args = { marks: { pass: 1_000_000, fail: 0 } };
    const of = (list: readonly string[]) =>
      card(...list.map((_, i) => lookup.row({ id: names[i]!, fact: names[i]!, args, weight: 1 })));
    for (const [i, list] of inputs.cases.entries()) {
      const facts = Object.fromEntries(list.map((word, j) => [names[j]!, word]));
      const score = points(scored(of(list), facts));
      expect(score === null ? null : (score / list.length) * 100).toBe(expected.score[i]);
    }
  });

  it("CARD-05: a weight scales the ceiling too", () => {
    const { inputs, expected } = vector<{ w: number[]; cases: number[][] }, { score: number[] }>("CARD-05");
    const of = card(...inputs.w.map((weight, i) => share(names[i]!, weight)));
    expect(inputs.cases.map((list) => (points(scored(of, given(list)))! / 4) * 100)).toEqual(expected.score);
  });

  /**
   * PMML's points may be negative and differ for each unknown value; here a mark is 0 to full. So each characteristic is
   * shifted by its lowest points, and of what is missing only the lowest can be said (`worst`). Its reason codes rank by
   * an arbitrary baseline, ours by what is left of a full mark. Its bands are closed above, ours below: of whole years
   * and amounts "up to 18" is "from 19" for the next.
   */
  it("pmml-scorecard", () => {
    const { inputs, expected } = vector<{ record: { department: string; age: number; income: number } }, [number]>(
      "pmml-scorecard",
    );
    const mark = (p: number, lowest: number) => (p - lowest) * 10_000;
    const of = card(
      {
        id: "department",
        fact: "a",
        measure: "lookup@1",
        args: { marks: { marketing: mark(19, -9), engineering: mark(3, -9), business: mark(6, -9) } },
        weight: 100,
        missing: "worst",
      },
      {
        id: "age",
        fact: "b",
        measure: "bands@1",
        args: [
          { from: 0, mark: mark(-3, -3) },
          { from: 19, mark: mark(0, -3) },
          { from: 30, mark: mark(12, -3) },
          { from: 40, mark: mark(18, -3) },
        ],
        weight: 100,
      },
      {
        id: "income",
        fact: "c",
        measure: "bands@1",
        args: [
          { from: 0, mark: mark(26, -3) },
          { from: 1001, mark: mark(5, -3) },
          { from: 2501, mark: mark(-3, -3) },
        ],
        weight: 100,
      },
    );
    const { department, age, income } = inputs.record;
    expect(points(scored(of, { a: department, b: age, c: income }))! - 9 - 3 - 3).toBe(expected[0]);
  });
});

describe("a missing fact", () => {
  const of = (missing: Criterion["missing"]) => card(share("a", 30), share("b", 10, missing ? { missing } : {}));
  it("hands its weight on, stands in the middle or last, or leaves no score", () => {
    expect(points(scored(of(undefined), { a: 60 }))).toBe(24);
    expect(points(scored(of("redistribute"), { a: 60 }))).toBe(24);
    expect(points(scored(of("neutral"), { a: 60 }))).toBe(23);
    expect(points(scored(of("worst"), { a: 60 }))).toBe(18);
    expect(scored(of("required"), { a: 60 })).toBeNull();
    expect(explainScore(of("required"), { a: 60 }, today).lacking).toEqual(["b"]);
  });

  it("shows in the coverage, whatever stands in for it", () => {
    for (const missing of ["redistribute", "neutral", "worst", "required"] as const) {
      expect(scoreBy(of(missing), { a: 60 }, today).coverage).toBe(750_000);
      expect(scoreBy(of(missing), { a: 60, b: 1 }, today).coverage).toBe(1_000_000);
      expect(scoreBy(of(missing), {}, today).coverage).toBe(0);
      expect(scored(of(missing), {})).toBeNull();
    }
  });

  it("is told as such, and what it may be worth to find out", () => {
    const { contributions } = explainScore(of("redistribute"), { a: 60 }, today);
    expect(contributions).toEqual([
      { id: "a", fact: "a", value: 60, mark: 600_000, points: 24e6, most: 40e6, atBest: 40e6 },
      { id: "b", fact: "b", value: null, mark: null, points: 0, most: 0, atBest: 28e6, missing: "redistribute" },
    ]);
    expect(explainScore(of("worst"), { a: 60 }, today).contributions[1]).toMatchObject({
      mark: 0,
      points: 0,
      most: 10e6,
      atBest: 28e6,
      missing: "worst",
    });
    expect(explainScore(of("required"), { a: 60 }, today).contributions[0]!.atBest).toBeNull();
  });

  it("is one that is not there, null, erased, or nothing that can be measured", () => {
    const one = card(share("a", 10), share("b", 10));
    for (const a of [
      undefined,
      null,
      { erased: true },
      Number.NaN,
      Infinity,
      -Infinity,
      {},
      [],
      "60",
      true,
      () => 1,
      1n,
    ])
      expect([a, scored(one, { a, b: 50 })]).toEqual([a, 10e6]);
    expect(scored(one, { b: 50 })).toBe(10e6);
  });

  it("is not found in what every object inherits", () => {
    const inherited = ["constructor", "toString", "__proto__", "hasOwnProperty"];
    const more = inherited.map((id) => fact(id, { revision: 1, value: z.unknown(), read: () => 100 }));
    const list = inherited.map((id) => linear.row({ id, fact: id, args: { none: 0, full: 100 }, weight: 1 }));
    const of = made(list, undefined, more);
    if (!of.ok) throw new Error("it must be made");
    expect(scored(of.value, {})).toBeNull();
    expect(scored(of.value, Object.create({ constructor: 1 }))).toBeNull();
    expect(scored(of.value, JSON.parse('{ "__proto__": 1 }'))).toBe(4e6);
  });
});

describe("whatever is scored", () => {
  it("scoreBy and explainScore agree, and the points add up to the score exactly", () => {
    let redistributed = 0;
    fc.assert(
      fc.property(rows, values, (list, facts) => {
        const of = card(...list);
        const score = scored(of, facts);
        const told = explainScore(of, facts, today);
        if (told.contributions.some((c) => c.mark === null) && score !== null) redistributed++;
        if (score === null) return;
        expect(Number.isSafeInteger(score)).toBe(true);
        expect(score).toBeGreaterThanOrEqual(0);
        // Half a millionth for each contribution is all that rounding can add to the most there is.
        expect(score).toBeLessThanOrEqual(of.all * 1e6 + list.length);
        expect(told.contributions.reduce((sum, c) => sum + c.points, 0)).toBe(score);
        expect(told.contributions.toReversed().reduce((sum, c) => sum + c.points, 0)).toBe(score);
        for (const c of told.contributions) {
          expect(Number.isSafeInteger(c.points) && Number.isSafeInteger(c.most)).toBe(true);
          expect(c.points).toBeLessThanOrEqual(c.most);
          if (c.mark !== null) expect(c.atBest).toBe(score - c.points + c.most);
          expect(JSON.parse(JSON.stringify(c))).toStrictEqual(c);
        }
      }),
      { numRuns: 1500, seed: 5 },
    );
    expect(redistributed).toBeGreaterThan(100);
  });

  it("each contribution is rounded once, half away from zero, also where weights are handed on", () => {
    const exact = (mark: number, weight: number, all: number, counting: number): number => {
      const [product, by] = [BigInt(mark) * BigInt(weight) * BigInt(all), BigInt(counting)];
      return Number((2n * product + by) / (2n * by));
    };
    const weight = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), weight), { minLength: 1, maxLength: 199 }),
        weight,
        (list, lost) => {
          const marked = list.map(
            ([mark, w], i): Criterion => ({ id: `r${i}`, fact: "a", measure: "said@1", args: { mark }, weight: w }),
          );
          const of = card(...marked, share("b", lost));
          const counting = list.reduce((sum, [, w]) => sum + w, 0);
          const told = explainScore(of, { a: 1 }, today).contributions.slice(0, -1);
          expect(told.map((c) => c.points)).toEqual(list.map(([m, w]) => exact(m, w, counting + lost, counting)));
        },
      ),
      { numRuns: 300 },
    );
    // 1 millionth of 1 point, made 3 of 2: one and a half.
    const half = card(
      { id: "x", fact: "a", measure: "said@1", args: { mark: 1 }, weight: 1 },
      { id: "y", fact: "a", measure: "said@1", args: { mark: 0 }, weight: 1 },
      share("b", 1),
    );
    expect(scored(half, { a: 1 })).toBe(2);
  });

  it("the largest card there can be stays exact", () => {
    const full = Array.from({ length: 199 }, (_, i) =>
      said.row({ id: `r${i}`, fact: "a", args: { mark: 1_000_000 }, weight: 1000 }),
    );
    expect(scored(card(...full, share("b", 1000)), { a: 1 })! / 1e6).toBeCloseTo(200_000, 3);
    expect(
      scored(
        card(
          said.row({ id: "r", fact: "a", args: { mark: 999_999 }, weight: 1 }),
          ...full.map((r) => ({ ...r, fact: "b" })),
        ),
        { a: 1 },
      ),
    ).toBe(999_999 * 199_001);
  });

  it("a card's order of rows changes nothing but the order of the contributions", () => {
    fc.assert(
      fc.property(rows, values, (list, facts) => {
        const there = explainScore(card(...list), facts, today);
        const back = explainScore(card(...list.toReversed()), facts, today);
        expect(back).toEqual({
          ...there,
          lacking: there.lacking.toReversed(),
          contributions: there.contributions.toReversed(),
        });
      }),
    );
  });
});

describe("a card", () => {
  it("is refused where it names what is not installed, or in another revision", () => {
    const good = share("a", 1);
    expect(refused(made([{ ...good, fact: "z" }]))).toEqual({ code: "UNKNOWN_REFERENCE", subject: "fact z" });
    expect(refused(made([{ ...good, measure: "z@1" }]))).toEqual({ code: "UNKNOWN_REFERENCE", subject: "measure z@1" });
    expect(refused(made([{ ...good, measure: "linear@2" }]))).toEqual({ code: "OTHER_REVISION", subject: "linear@2" });
    expect(refused(made([{ ...good, measure: "linear" }]))).toMatchObject({ code: "UNKNOWN_REFERENCE" });
    expect(refused(made([good, { ...share("b", 1), args: { none: 0, full: 0 } }]))).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "b.args.", message: "`none` and `full` must differ" }],
    });
  });

  it("does not take a broken mark for points", () => {
    for (const mark of [Number.NaN, -1, 1_000_001, 0.5, Infinity, "5", undefined, true, {}]) {
      const of = card(said.row({ id: "r", fact: "a", args: { mark }, weight: 1 }));
      expect(() => scoreBy(of, { a: 1 }, today)).toThrow(/^said@1: .* is no mark$/);
      expect(() => explainScore(of, { a: 1 }, today)).toThrow("is no mark");
    }
    expect(
      scored(card(said.row({ id: "r", fact: "a", args: { mark: null }, weight: 1 }), share("b", 1)), { a: 1, b: 100 }),
    ).toBe(2e6);
  });

  it("is made of a measure's arguments once", () => {
    let times = 0;
    const score = () => {
      times++;
      return () => 1;
    };
    const slow = measure("slow", { revision: 1, args: z.object({}), score });
    const of = made([slow.row({ id: "r", fact: "a", args: {}, weight: 1 })], undefined, [slow]);
    if (!of.ok) throw new Error("it must be made");
    for (let i = 0; i < 9; i++) scored(of.value, { a: i });
    expect(times).toBe(1);
  });
});

describe("money", () => {
  const worth = fact("worth", { revision: 1, value: z.unknown(), unit: "money" });
  const row = linear.row({ id: "worth", fact: "worth", args: { none: 0, full: 1000 }, weight: 10 });
  const euros = made([row, share("a", 10)], "EUR", [worth]);

  it("is read in the policy's currency; of another it counts as missing", () => {
    if (!euros.ok) throw new Error("it must be made");
    expect(scored(euros.value, { worth: { amount: 500, currency: "EUR" }, a: 0 })).toBe(5e6);
    expect(scored(euros.value, { worth: { amount: 500, currency: "USD" }, a: 20 })).toBe(4e6);
    expect(explainScore(euros.value, { worth: { amount: 500, currency: "USD" }, a: 20 }, today)).toMatchObject({
      coverage: 500_000,
      contributions: [{ value: null, missing: "redistribute" }, { value: 20 }],
    });
    for (const wrong of [500, "EUR", {}, { currency: "EUR" }, { amount: Number.NaN, currency: "EUR" }])
      expect(scored(euros.value, { worth: wrong, a: 20 })).toBe(4e6);
  });

  it("without a currency is refused: amounts would be compared that cannot be", () => {
    expect(refused(made([row], undefined, [worth]))).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "currency" }],
    });
  });

  it("of a fact with a reading of its own is what that makes of the currency", () => {
    const debts = fact("debts", {
      revision: 1,
      value: z.record(z.string(), z.int()),
      read: (by, { currency }) => (currency === undefined ? null : (by[currency] ?? 0)),
    });
    const of = made([{ ...row, fact: "debts" }], "EUR", [debts]);
    if (!of.ok) throw new Error("it must be made");
    expect(scored(of.value, { debts: { EUR: 100, USD: 900 } })).toBe(1e6);
  });
});
