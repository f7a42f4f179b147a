import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainGrade, fitRfm, gradeBy, graderOf } from "../../src/grading/index.js";
import { unwrap } from "../../src/kernel/result.js";
import { createServiceRules } from "../../src/rules/index.js";
import { body, policy } from "./policies.js";

const { installed } = createServiceRules();
const today = "2026-03-02";
const grader = unwrap(graderOf(policy(), installed));
const why = (facts: object, of = grader) => explainGrade(of, facts as never, today);

describe("a grade explained", () => {
  it("says what speaks for and against it, and what is missing for the next", () => {
    // 42 of 60 for orders, 20 of 40 for the last of them.
    const told = why({ frequency: 7, recency: "2026-01-11" });
    expect(told).toMatchObject({ grade: "B", score: 62e6, coverage: 1e6, policy: grader.policy, lacking: [] });
    expect(told.reasonsFor.map((c) => [c.id, c.points])).toEqual([
      ["orders", 42e6],
      ["last", 20e6],
    ]);
    expect(told.reasonsAgainst.map((c) => [c.id, c.most - c.points])).toEqual([
      ["last", 20e6],
      ["orders", 18e6],
    ]);
    expect(told.next).toEqual({ grade: "A", missing: 18e6, enough: ["orders", "last"] });
    expect(why({ frequency: 6, recency: "2026-01-11" }).next).toEqual({
      grade: "A",
      missing: 24e6,
      enough: ["orders"],
    });
    expect(why({ frequency: 0, recency: "2025-01-01" }).next).toEqual({
      grade: "B",
      missing: 50e6,
      enough: ["orders"],
    });
    expect(why({ frequency: 10, recency: "2026-03-02" })).toMatchObject({ grade: "A", next: null, reasonsAgainst: [] });
  });

  it("says what finding out about could be enough", () => {
    // Orders alone are 70 of 100; with the last of them today it would be 82.
    expect(why({ frequency: 7 })).toMatchObject({ grade: "B", score: 70e6, coverage: 600_000 });
    expect(why({ frequency: 7 }).next).toEqual({ grade: "A", missing: 10e6, enough: ["orders", "last"] });
    expect(why({ frequency: 6 }).next).toEqual({ grade: "A", missing: 20e6, enough: ["orders"] });
    const needing = unwrap(
      graderOf(policy({ criteria: [body.criteria[0]!, { ...body.criteria[1]!, missing: "required" }] }), installed),
    );
    expect(why({ frequency: 9 }, needing)).toMatchObject({ grade: null, score: null, lacking: ["last"], next: null });
  });

  it("is the grade that gradeBy gives, and what is said to be enough is", () => {
    const frequency = fc.option(fc.nat(12), { nil: undefined });
    const recency = fc.option(fc.constantFrom("2026-03-02", "2026-02-01", "2025-12-01", "2020-01-01"), {
      nil: undefined,
    });
    fc.assert(
      fc.property(frequency, recency, (f, r) => {
        const facts = { frequency: f, recency: r };
        const { grade, score, coverage, policy: hash, next } = why(facts);
        expect({ grade, score, coverage, policy: hash }).toEqual(gradeBy(grader, facts, today));
        if (next === null) return;
        const best = { orders: { ...facts, frequency: 10 }, last: { ...facts, recency: today } };
        for (const [id, better] of Object.entries(best)) {
          const reached = gradeBy(grader, better, today).score! >= score! + next.missing;
          expect([id, next.enough.includes(id)]).toEqual([id, reached]);
        }
      }),
    );
  });
});

describe("recency, frequency and money", () => {
  const customer = fc.record({
    recency: fc.nat(900),
    frequency: fc.integer({ min: 1, max: 14 }),
    revenue: fc.integer({ min: -5000, max: 90_000 }),
  });
  const fitted = (base: Parameters<typeof fitRfm>[0], bins?: number) =>
    unwrap(
      graderOf(
        policy({
          currency: "USD",
          criteria: fitRfm(base, bins === undefined ? {} : { bins }),
          grades: [
            { grade: "A", from: 60 },
            { grade: "B", from: 0 },
          ],
        }),
        installed,
      ),
    );
  const facts = ({ recency, frequency, revenue }: { recency: number; frequency: number; revenue: number }) => ({
    recency: new Date(Date.parse(today) - recency * 864e5).toISOString().slice(0, 10),
    frequency,
    revenue: { amount: revenue, currency: "USD" },
  });

  it("fitted once give a customer the same grade alone, in the base, and in any other", () => {
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 60 }), customer, (base, other) => {
        const frozen = fitted(base);
        const again = fitted(base.toReversed());
        expect(again.policy).toBe(frozen.policy);
        const alone = [...base, other].map((c) => gradeBy(frozen, facts(c), today));
        expect([other, ...base.toReversed()].map((c) => gradeBy(again, facts(c), today)).reverse()).toEqual(alone);
      }),
      { numRuns: 60 },
    );
  });

  it("never grade a customer lower for buying later, more often or for more", () => {
    const base = Array.from({ length: 50 }, (_, i) => ({ recency: 7 * i, frequency: 1 + (i % 9), revenue: i * i }));
    const frozen = fitted(base);
    fc.assert(
      fc.property(customer, fc.nat(100), fc.nat(3), fc.nat(9000), (c, days, times, money) => {
        const better = {
          recency: Math.max(0, c.recency - days),
          frequency: c.frequency + times,
          revenue: c.revenue + money,
        };
        expect(gradeBy(frozen, facts(better), today).score!).toBeGreaterThanOrEqual(
          gradeBy(frozen, facts(c), today).score!,
        );
      }),
    );
  });

  it("of a base in which all buy equally often tell nobody apart by it", () => {
    const base = Array.from({ length: 20 }, (_, i) => ({ recency: i, frequency: 3, revenue: 100 * i }));
    expect((fitRfm(base)[1]!.args as { cuts: number[] }).cuts).toEqual([3, 3, 3, 3]);
    const scores = base.map((c) => explainGrade(fitted(base), facts(c), today).contributions[1]!.points);
    expect(new Set(scores)).toEqual(new Set([0]));
  });

  it("weigh a third each unless said otherwise, in as many bins as are wanted", () => {
    const base = [1, 2, 3, 4].map((n) => ({ recency: n, frequency: n, revenue: n }));
    expect(fitRfm(base).map((row) => [row.id, row.weight, (row.args as { cuts: number[] }).cuts.length])).toEqual([
      ["recency", 33, 4],
      ["frequency", 33, 4],
      ["revenue", 33, 4],
    ]);
    const weights = { recency: 1, frequency: 2, revenue: 3 };
    expect(
      fitRfm(base, { bins: 10, weights }).map((row) => [row.weight, (row.args as { cuts: number[] }).cuts.length]),
    ).toEqual([
      [1, 9],
      [2, 9],
      [3, 9],
    ]);
    expect(() => fitRfm([])).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    expect(() => fitRfm(base, { bins: 1 })).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
  });
});
