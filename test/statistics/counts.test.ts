import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBetween, counted, emptyCounts, mergedCounts, momentsOf, totalOf } from "../../src/statistics/index.js";

const invalid = expect.objectContaining({ code: "INVALID_OPTIONS" });
const none = emptyCounts(-2, 8);
const scores = fc.array(fc.integer({ min: -2, max: 8 }), { maxLength: 50 });

describe("counts", () => {
  it("merged are the counts of all, however the answers were shared out", () => {
    fc.assert(
      fc.property(scores, scores, scores, (a, b, c) => {
        const of = (list: readonly number[]) => counted(none, list);
        const whole = of([...c, ...a, ...b]);
        expect(mergedCounts(mergedCounts(of(a), of(b)), of(c))).toStrictEqual(whole);
        expect(mergedCounts(of(c), mergedCounts(of(b), of(a)))).toStrictEqual(whole);
        expect(mergedCounts(whole, none)).toStrictEqual(whole);
        expect(counted(of(a), b)).toStrictEqual(mergedCounts(of(a), of(b)));
        expect(JSON.parse(JSON.stringify(whole))).toStrictEqual(whole);
        expect(momentsOf(mergedCounts(of(a), of(b)))).toStrictEqual(momentsOf(of([...b, ...a])));
      }),
    );
  });

  it("count what there is between two scores", () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: -3, max: 9 }), (list, cut) => {
        const counts = counted(none, list);
        expect(totalOf(counts)).toBe(list.length);
        expect(countBetween(counts, -2, cut) + countBetween(counts, cut + 1, 8)).toBe(list.length);
        expect(countBetween(counts, cut, cut)).toBe(list.filter((s) => s === cut).length);
      }),
    );
  });

  it("have the mean and variance of the scores themselves", () => {
    fc.assert(
      fc.property(scores, (list) => {
        const { mean, variance } = momentsOf(counted(none, list));
        const n = list.length;
        expect([mean === null, variance === null]).toEqual([n === 0, n < 2]);
        if (n === 0) return;
        const average = list.reduce((a, b) => a + b, 0) / n;
        expect(mean).toBeCloseTo(average, 12);
        if (n > 1) expect(variance).toBeCloseTo(list.reduce((sum, s) => sum + (s - average) ** 2, 0) / (n - 1), 10);
      }),
    );
  });

  it("have no variance where all agree, and keep it where the scale lies far away", () => {
    const agree = { min: 0, max: 10, of: [0, 0, 0, 0, 0, 0, 0, 99_999_999, 0, 0, 0] };
    expect(momentsOf(agree)).toEqual({ mean: 7, variance: 0 });
    const far = 1_000_000_000_000;
    expect(momentsOf(counted(emptyCounts(far, far + 4), [far, far + 2, far + 4]))).toEqual({
      mean: far + 2,
      variance: 4,
    });
  });

  it("take whole scores of their scale only, and leave no gap for another", () => {
    for (const score of [-3, 9, 0.5, Number.NaN, Infinity, "3", null, "length", [1]])
      expect(() => counted(none, [score as number])).toThrow(invalid);
    for (const [min, max] of [
      [1, 1],
      [5, 1],
      [0, 101],
      [0.5, 2],
      [Number.NaN, 2],
      [0, Infinity],
    ] as const)
      expect(() => emptyCounts(min, max)).toThrow(invalid);
    expect(() => mergedCounts(none, emptyCounts(-2, 7))).toThrow(invalid);
  });

  it("are never changed by counting on", () => {
    const frozen = Object.freeze({ ...none, of: Object.freeze([...none.of]) });
    counted(frozen, [1, 2]);
    mergedCounts(frozen, frozen);
    expect(totalOf(frozen)).toBe(0);
  });
});
