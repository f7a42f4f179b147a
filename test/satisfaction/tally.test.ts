import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ces,
  csat,
  type GroupedCounts,
  type Metric,
  mergedTallies,
  metric,
  nps,
  scoreOf,
  scoresOf,
  tallyColumns,
  tallyOf,
  topBox,
} from "../../src/satisfaction/index.js";
import { netScoreInterval, wilson } from "../../src/statistics/index.js";

const invalid = expect.objectContaining({ code: "INVALID_OPTIONS" });
const metrics: readonly Metric[] = [csat, nps, ces];
const some = fc.constantFrom(...metrics).chain((m) =>
  fc.record({
    metric: fc.constant(m),
    answers: fc.array(
      fc.record({
        group: fc.constantFrom("ann", "ben", "2026-03", "constructor", "__proto__"),
        score: fc.integer({ min: m.question.min, max: m.question.max }),
      }),
      { maxLength: 200 },
    ),
    cuts: fc.array(fc.nat(200), { maxLength: 6 }),
  }),
);
const sorted = (tally: GroupedCounts) => [...scoresOf(tally)].sort(([a], [b]) => (a < b ? -1 : 1));

describe("a tally", () => {
  it("is the same to the last bit, however the work is shared out", () => {
    fc.assert(
      fc.property(some, ({ metric, answers, cuts }) => {
        const bounds = [0, ...[...cuts].sort((a, b) => a - b), answers.length];
        const shards = bounds.slice(1).map((to, i) => tallyOf(metric, answers.slice(bounds[i], to)));
        const empty = tallyOf(metric, []);
        const whole = sorted(tallyOf(metric, answers));
        expect(sorted(shards.reduce(mergedTallies, empty))).toStrictEqual(whole);
        expect(sorted(shards.reduceRight((a, b) => mergedTallies(b, a), empty))).toStrictEqual(whole);
      }),
    );
  });

  it("of columns is that of answers", () => {
    fc.assert(
      fc.property(some, ({ metric, answers }) => {
        const names = [...new Set(answers.map((a) => a.group))];
        const groups = Uint16Array.from(answers, (a) => names.indexOf(a.group));
        const columns = tallyColumns(
          metric,
          names,
          groups,
          Int8Array.from(answers, (a) => a.score),
        );
        expect(sorted(columns)).toStrictEqual(sorted(tallyOf(metric, answers)));
      }),
    );
  });

  it("of columns knows groups that nobody answered about", () => {
    const tally = tallyColumns(csat, ["ann", "ben"], [0], [5]);
    expect(scoresOf(tally).get("ben")).toMatchObject({ n: 0, value: null, reason: "NO_ANSWERS" });
  });

  it.each([null, undefined, "5", 0, 6, 4.5, Number.NaN, Number.POSITIVE_INFINITY, true, {}])(
    "takes no %s for a score",
    (score) => {
      expect(() => tallyOf(csat, [{ group: "a", score: score as number }])).toThrow(invalid);
      expect(() => tallyColumns(csat, ["a"], [0], [score as number])).toThrow(invalid);
      expect(() => scoreOf(csat, [score as number])).toThrow(invalid);
    },
  );

  it("takes no null for a 0, which would be a detractor", () => {
    expect(() => tallyOf(nps, [{ group: "a", score: null as unknown as number }])).toThrow(invalid);
    expect(() => tallyColumns(nps, ["a"], [0], [null as unknown as number])).toThrow(invalid);
    expect(scoreOf(nps, [0]).value).toBe(-1);
  });

  it.each([
    [["a"], [1], [5]],
    [["a"], [-1], [5]],
    [["a"], [0.5], [5]],
    [["a"], [null], [5]],
    [["a"], [0, 0], [5]],
    [["a", "a"], [0], [5]],
  ])("takes no columns that do not fit: %j %j %j", (names, groups, scores) => {
    expect(() => tallyColumns(csat, names, groups as number[], scores)).toThrow(invalid);
  });

  it("of another metric, or another revision of it, is not merged", () => {
    const later = metric("csat", {
      revision: 2,
      question: csat.question,
      unit: "share",
      definition: "5 of 1 to 5",
      score: topBox(5, 5),
    });
    expect(() => mergedTallies(tallyOf(csat, []), tallyOf(nps, []))).toThrow(invalid);
    expect(() => mergedTallies(tallyOf(csat, []), tallyOf(later, []))).toThrow(invalid);
  });
});

describe("a score", () => {
  it("rests on n, says its definition and carries its interval", () => {
    expect(scoreOf(csat, [5, 4, 3, 1])).toEqual({
      metric: "csat@1",
      definition: "4 or 5 of 1 to 5",
      n: 4,
      value: 0.5,
      interval: wilson(2, 4),
    });
    expect(scoreOf(nps, [10, 9, 8, 7, 6, 0], 0.9)).toMatchObject({
      n: 6,
      value: 0,
      interval: netScoreInterval({ promoters: 2, passives: 2, detractors: 2 }, { confidence: 0.9 }),
    });
    expect(scoreOf(ces, [7, 6, 5, 4]).value).toBe(0.75);
  });

  it("of nobody is none, with the reason, never 0", () => {
    for (const m of metrics)
      expect(scoreOf(m, [])).toEqual({
        metric: `${m.id}@1`,
        definition: m.definition,
        n: 0,
        value: null,
        interval: null,
        reason: "NO_ANSWERS",
      });
  });

  it("always lies in its interval, which stays within its bounds", () => {
    fc.assert(
      fc.property(some, fc.double({ min: 0.01, max: 0.999, noNaN: true }), ({ metric, answers }, confidence) => {
        for (const { n, value, interval } of scoresOf(tallyOf(metric, answers), confidence).values()) {
          expect(n).toBeGreaterThan(0);
          expect(value).not.toBeNull();
          expect(interval!.low).toBeLessThanOrEqual(interval!.high);
          expect(interval!.low).toBeGreaterThanOrEqual(metric.unit === "share" ? 0 : -1);
          expect(interval!.high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each([0, 1, -0.5, 1.5, 95, Number.NaN, null, "0.95"])("has no confidence of %s", (confidence) => {
    expect(() => scoreOf(csat, [], confidence as number)).toThrow(invalid);
    expect(() => scoresOf(tallyOf(csat, [{ group: "a", score: 5 }]), confidence as number)).toThrow(invalid);
  });

  it.each([
    { min: 0, max: 10, of: new Array(11).fill(1) },
    { min: 1, max: 5, of: [1, 2, 3] },
    { min: 1, max: 5, of: [1, -1, 0, 0, 0] },
    { min: 1, max: 5, of: [0.5, 0, 0, 0, 0] },
  ])("is not made of counts of something else: %j", (counts) => {
    expect(() => scoreOf(csat, counts)).toThrow(invalid);
  });

  it("has the published bounds of the conventions", () => {
    expect([6, 7, 8, 9].map((s) => scoreOf(nps, [s]).value)).toEqual([-1, 0, 0, 1]);
    expect([3, 4].map((s) => scoreOf(csat, [s]).value)).toEqual([0, 1]);
    expect([4, 5].map((s) => scoreOf(ces, [s]).value)).toEqual([0, 1]);
  });
});
