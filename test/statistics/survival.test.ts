import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilson } from "../../src/statistics/proportion.js";
import {
  conditionalSurvival,
  kaplanMeier,
  type Observation,
  remainingQuantiles,
  type SurvivalCurve,
} from "../../src/statistics/survival.js";
import { diceOf } from "../dice.js";
import { assault } from "../hostile/corpus.js";

const invalid = expect.objectContaining({ code: "INVALID_OPTIONS" });

/** `9` ended at 9, `"9+"` was still going on then. */
const observed = (...list: readonly (number | `${number}+`)[]): readonly Observation[] =>
  list.map((one) => ({ duration: Number.parseInt(String(one), 10), censored: typeof one === "string" }));
const curveOf = (...list: readonly (number | `${number}+`)[]) => kaplanMeier(observed(...list));
const survivals = ({ steps }: SurvivalCurve) => steps.filter((s) => s.events > 0).map((s) => [s.time, s.survival]);

/** Freireich et al. 1963: weeks in remission of the 21 children who were given 6-MP. */
const remission = observed(
  ...([6, 6, 6, "6+", 7, "9+", 10, "10+", "11+", 13, 16] as const),
  ...(["17+", "19+", "20+", 22, 23, "25+", "32+", "32+", "34+", "35+"] as const),
);

describe("published and worked on paper", () => {
  it("the table of Bewick, Cheek and Ball (Critical Care 2004, 8:389, table 2)", () => {
    const { n, steps } = curveOf(1, 1, 4, 5, "6+", 9, "9+", 22);
    expect(n).toBe(8);
    const died = steps.filter((step) => step.events > 0);
    expect(died.map((s) => [s.time, s.atRisk, s.events])).toEqual([
      [1, 8, 2],
      [4, 6, 1],
      [5, 5, 1],
      [9, 3, 1],
      [22, 1, 1],
    ]);
    expect(died.map((s) => s.survival)).toEqual([0.75, 0.625, 0.5, (0.5 * 2) / 3, 0]);
  });

  it("the remission of children with 6-MP, as R's survfit prints it", () => {
    const printed = [
      [6, 0.857, 0.0764],
      [7, 0.807, 0.0869],
      [10, 0.753, 0.0963],
      [13, 0.69, 0.1068],
      [16, 0.627, 0.1141],
      [22, 0.538, 0.1282],
      [23, 0.448, 0.1346],
    ] as const;
    const curve = kaplanMeier(remission);
    expect(survivals(curve).map(([time, share]) => [time, share!.toFixed(3)])).toEqual(
      printed.map(([time, share]) => [time, share.toFixed(3)]),
    );
    for (const [time, share, error] of printed) {
      // Rothman: Wilson's interval of the share, of as many as its standard error amounts to.
      const n = (share * (1 - share)) / error ** 2;
      const z = 1.959964;
      const middle = share + z ** 2 / (2 * n);
      const half = z * Math.sqrt(error ** 2 + z ** 2 / (4 * n ** 2));
      const { interval } = conditionalSurvival(curve, 0, time);
      expect(interval!.low).toBeCloseTo((n / (n + z ** 2)) * (middle - half), 2);
      expect(interval!.high).toBeCloseTo((n / (n + z ** 2)) * (middle + half), 2);
    }
  });

  it("what is left of the remission of those who got as far as ten weeks", () => {
    const curve = kaplanMeier(remission);
    // 12 at risk at 13, 11 at 16, 7 at 22, 6 at 23; "10+" is not beyond 10, "11+" is.
    const { value, n } = conditionalSurvival(curve, 10, 23);
    expect(n).toBe(13);
    expect(value).toBeCloseTo((11 / 12) * (10 / 11) * (6 / 7) * (5 / 6), 12);
    expect(remainingQuantiles(curve, 10, [0.05, 0.1, 0.4, 0.5])).toEqual([3, 6, 13, null]);
  });

  it("an interval on paper: one of four has ended, then one of two", () => {
    const curve = curveOf(2, "3+", 4, "9+");
    // Greenwood: 1 / (4 · 3) + 1 / (2 · 1) = 7/12; S = 3/8, so n = (5/8) / (3/8 · 7/12) = 20/7.
    const { value, interval, n } = conditionalSurvival(curve, 0, 4);
    expect([value, n]).toEqual([0.375, 4]);
    const [p, m, z2] = [3 / 8, 20 / 7, 1.959963984540054 ** 2];
    const root = Math.sqrt(z2 * ((p * (1 - p)) / m + z2 / (4 * m * m)));
    expect(interval!.low).toBeCloseTo((p + z2 / (2 * m) - root) / (1 + z2 / m), 12);
    expect(interval!.high).toBeCloseTo((p + z2 / (2 * m) + root) / (1 + z2 / m), 12);
    expect(interval).toMatchObject({ confidence: 0.95, method: "wilson" });
  });
});

describe("where nothing happened, or everything", () => {
  it("an interval still has a width, of those whose fate is known", () => {
    const curve = curveOf("5+", "6+", 20, 20, 20);
    // Two of the five were lost sight of: three are known to have lasted.
    expect(conditionalSurvival(curve, 0, 10)).toEqual({ value: 1, interval: wilson(3, 3), n: 5 });
    expect(conditionalSurvival(curve, 0, 20)).toEqual({ value: 0, interval: wilson(0, 3), n: 5 });
    // Who was censored at the very time has lasted beyond it.
    expect(conditionalSurvival(curve, 0, 6).interval).toEqual(wilson(4, 4));
  });

  it("an interval ends at 0 and 1 themselves, not near them", () => {
    for (let n = 1; n <= 200; n++) {
      const curve = kaplanMeier(Array.from({ length: n }, () => ({ duration: 5, censored: false })));
      expect(conditionalSurvival(curve, 0, 5).interval!.low).toBe(0);
      expect(conditionalSurvival(curve, 0, 4).interval!.high).toBe(1);
    }
  });

  it("no time has passed: that is certain", () => {
    const { value, interval, n } = conditionalSurvival(curveOf(5, 9), 5, 5);
    expect([value, interval!.low, interval!.high, n]).toEqual([1, 1, 1, 1]);
  });

  it("nobody got so old", () => {
    const none = { value: null, interval: null, n: 0, reason: "NOBODY_AT_RISK" };
    expect(conditionalSurvival(curveOf(5, "7+"), 7, 8)).toEqual(none);
    expect(conditionalSurvival(curveOf(), 0, 0)).toEqual(none);
    expect(remainingQuantiles(curveOf(), 0, [0.5])).toEqual([null]);
  });

  it("nobody was followed so far, and some would have gone on: that is no share of 0", () => {
    const curve = curveOf(5, "7+");
    expect(conditionalSurvival(curve, 0, 7).value).toBe(0.5);
    expect(conditionalSurvival(curve, 0, 8)).toEqual({ value: null, interval: null, n: 2, reason: "BEYOND_HISTORY" });
    // All have ended: nobody lasts longer.
    expect(conditionalSurvival(curveOf(5, "6+", 7), 0, 8).value).toBe(0);
  });
});

const duration = fc.nat(12);
const observation = fc.record({ duration, censored: fc.boolean() });
const history = fc.array(observation, { minLength: 1, maxLength: 40 });
const ended = fc.array(duration, { minLength: 1, maxLength: 40 });
const sure = (durations: readonly number[]) => kaplanMeier(durations.map((d) => ({ duration: d, censored: false })));
const share = fc.oneof(fc.constantFrom(0.1, 0.2, 0.5, 0.9, 1), fc.double({ min: 0.01, max: 1, noNaN: true }));

describe("whatever the durations", () => {
  it("a step is what is counted at it", () => {
    fc.assert(
      fc.property(history, (list) => {
        const { n, steps } = kaplanMeier(list);
        expect(n).toBe(list.length);
        expect(steps.map((s) => s.time)).toEqual([...new Set(list.map((o) => o.duration))].sort((a, b) => a - b));
        let survival = 1;
        for (const step of steps) {
          const here = list.filter((o) => o.duration === step.time);
          expect(step.atRisk).toBe(list.filter((o) => o.duration >= step.time).length);
          expect(step.events).toBe(here.filter((o) => !o.censored).length);
          expect(step.censored).toBe(here.filter((o) => o.censored).length);
          survival *= 1 - step.events / step.atRisk;
          expect(step.survival).toBeCloseTo(survival, 12);
        }
      }),
    );
  });

  it("of those that have all ended it is the share that lasted longer, exactly, and the interval is Wilson's", () => {
    fc.assert(
      fc.property(ended, duration, duration, (list, age, longer) => {
        const curve = sure(list);
        const old = list.filter((d) => d > age);
        const lasting = old.filter((d) => d > age + longer).length;
        const { value, interval, n } = conditionalSurvival(curve, age, age + longer, 0.9);
        expect(n).toBe(old.length);
        expect(value).toBe(n === 0 ? null : lasting / n);
        if (n === 0 || longer === 0) return;
        const wanted = wilson(lasting, n, 0.9)!;
        expect(interval!.low).toBeCloseTo(wanted.low, 9);
        expect(interval!.high).toBeCloseTo(wanted.high, 9);
      }),
      { numRuns: 500 },
    );
  });

  it("a quantile of those that have all ended is the shortest time by which so many had", () => {
    fc.assert(
      fc.property(ended, duration, share, (list, age, wanted) => {
        const old = list.filter((d) => d > age).sort((a, b) => a - b);
        const [found] = remainingQuantiles(sure(list), age, [wanted]);
        // 0.9 of 10 is the ninth, whatever binary makes of it.
        const nth = old[Math.ceil(wanted * old.length - 1e-9) - 1];
        expect(found).toBe(nth === undefined ? null : nth - age);
      }),
      { numRuns: 500 },
    );
  });

  it("the estimate given an age is that of those who got older", () => {
    fc.assert(
      fc.property(history, duration, duration, (list, age, longer) => {
        const older = kaplanMeier(list.filter((o) => o.duration > age));
        const asked = conditionalSurvival(kaplanMeier(list), age, age + longer);
        if (longer > 0) expect(asked).toEqual(conditionalSurvival(older, 0, age + longer));
        expect(remainingQuantiles(kaplanMeier(list), age, [0.3, 0.7])).toEqual(
          remainingQuantiles(older, age, [0.3, 0.7]),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("to last to a time and then to another is to last to that one", () => {
    fc.assert(
      fc.property(history, duration, duration, (list, a, b) => {
        const curve = kaplanMeier(list);
        const first = conditionalSurvival(curve, 0, a).value;
        const then = conditionalSurvival(curve, a, a + b).value;
        const whole = conditionalSurvival(curve, 0, a + b).value;
        if (first !== null && then !== null) expect(whole).toBeCloseTo(first * then, 12);
      }),
    );
  });

  it("the share lies in its interval, falls with time, and the interval widens with the confidence", () => {
    fc.assert(
      fc.property(history, duration, duration, (list, age, longer) => {
        const curve = kaplanMeier(list);
        const { value, interval } = conditionalSurvival(curve, age, age + longer);
        if (value === null) return;
        expect(interval!.low).toBeGreaterThanOrEqual(0);
        expect(interval!.low).toBeLessThanOrEqual(value);
        expect(interval!.high).toBeGreaterThanOrEqual(value);
        expect(interval!.high).toBeLessThanOrEqual(1);
        const later = conditionalSurvival(curve, age, age + longer + 1).value;
        if (later !== null) expect(later).toBeLessThanOrEqual(value);
        const wider = conditionalSurvival(curve, age, age + longer, 0.99).interval!;
        expect(wider.low).toBeLessThanOrEqual(interval!.low);
        expect(wider.high).toBeGreaterThanOrEqual(interval!.high);
      }),
    );
  });

  it("a quantile is where the curve has fallen so far, and nowhere before", () => {
    fc.assert(
      fc.property(history, duration, share, (list, age, wanted) => {
        const curve = kaplanMeier(list);
        const [found] = remainingQuantiles(curve, age, [wanted]);
        const left = (after: number) => conditionalSurvival(curve, age, age + after).value;
        if (found === null || found === undefined) {
          for (let after = 0; after <= 13; after++) expect(left(after) ?? 1).toBeGreaterThan(1 - wanted - 1e-9);
          return;
        }
        expect(left(found)).toBeLessThanOrEqual(1 - wanted + 1e-9);
        expect(left(found - 1)).toBeGreaterThan(1 - wanted - 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  it("the order does not matter, nor that what had ended is told a second time as a curve from JSON", () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (list, keys) => {
        const order = list.map((one) => ({ one, key: keys.next().value })).sort((a, b) => a.key - b.key);
        const curve = kaplanMeier(list);
        expect(kaplanMeier(order.map(({ one }) => one))).toEqual(curve);
        expect(JSON.parse(JSON.stringify(curve))).toStrictEqual(curve);
        expect(conditionalSurvival(JSON.parse(JSON.stringify(curve)), 0, 3)).toEqual(conditionalSurvival(curve, 0, 3));
      }),
    );
  });

  it("rounding does not grow with the number of steps", () => {
    const n = 100_000;
    const { steps } = sure(Array.from({ length: n }, (_, i) => i));
    for (const i of [1, 777, 33_333, 99_998]) expect(steps[i]!.survival).toBe((n - i - 1) / n);
  });

  it("shares may be asked for in any order", () => {
    expect(remainingQuantiles(curveOf(1, 2, 3, 4), 0, [1, 0.25, 0.5])).toEqual([4, 1, 2]);
  });

  it("−0 is 0", () => {
    expect(Object.is(kaplanMeier([{ duration: -0, censored: false }]).steps[0]!.time, 0)).toBe(true);
  });
});

it("the interval covers the truth about as often as it says, although a third is censored", () => {
  const dice = diceOf(7);
  const lasting = (mean: number) => Math.round(-Math.log(1 - dice.below(1e9) / 1e9) * mean);
  const rounds = 1000;
  let covered = 0;
  for (let round = 0; round < rounds; round++) {
    const curve = kaplanMeier(
      Array.from({ length: 60 }, () => {
        const [ends, watched] = [lasting(1e6), lasting(2e6)];
        return { duration: Math.min(ends, watched), censored: watched < ends };
      }),
    );
    const { interval } = conditionalSurvival(curve, 200_000, 700_000);
    const truth = Math.exp(-0.5);
    if (interval !== null && interval.low <= truth && truth <= interval.high) covered++;
  }
  expect(covered / rounds).toBeGreaterThan(0.93);
  expect(covered / rounds).toBeLessThan(0.97);
});

describe("what is refused", () => {
  const curve = curveOf(1, 2, "3+");

  it.each([
    [{ duration: -1, censored: false }],
    [{ duration: 0.5, censored: false }],
    [{ duration: Number.NaN, censored: true }],
    [{ duration: "1", censored: true }],
    [{ duration: 1 }],
    [{ duration: 1, censored: 0 }],
    [null],
  ])("the observation %j", (one) => {
    expect(() => kaplanMeier([one as never])).toThrow(invalid);
  });

  it("observations without end", () => {
    const endless = function* () {
      for (;;) yield { duration: 1, censored: false };
    };
    expect(() => kaplanMeier(endless())).toThrow(invalid);
  });

  it("a time before the age, and what is no confidence or share", () => {
    expect(() => conditionalSurvival(curve, 2, 1)).toThrow(invalid);
    expect(() => conditionalSurvival(curve, -1, 1)).toThrow(invalid);
    for (const confidence of [0, 1, 95, Number.NaN])
      expect(() => conditionalSurvival(curve, 0, 1, confidence)).toThrow(invalid);
    for (const wanted of [0, 1.1, -1, Number.NaN, "0.5"])
      expect(() => remainingQuantiles(curve, 0, [wanted as number])).toThrow(invalid);
    expect(() => remainingQuantiles(curve, 0, new Array(101).fill(0.5))).toThrow(invalid);
  });

  it.each([
    { n: 2, steps: curve.steps },
    { n: 4, steps: curve.steps },
    { n: 3, steps: curve.steps.toReversed() },
    { n: 3, steps: curve.steps.slice(0, 2) },
    { n: 3, steps: curve.steps.with(1, { ...curve.steps[1]!, atRisk: 3 }) },
    { n: 3, steps: curve.steps.with(1, { ...curve.steps[1]!, events: 0.5 }) },
    { n: 3, steps: curve.steps.with(1, { ...curve.steps[1]!, events: -1, censored: 2 }) },
    { n: 3, steps: curve.steps.with(1, { ...curve.steps[1]!, time: 1 }) },
    { n: 3, steps: [...curve.steps, { time: 9, atRisk: 0, events: 0, censored: 0, survival: 0 }] },
    { n: 3, steps: {} },
    null,
  ])("a curve that does not add up: %j", (broken) => {
    expect(() => conditionalSurvival(broken as never, 0, 1)).toThrow(invalid);
    expect(() => remainingQuantiles(broken as never, 0, [0.5])).toThrow(invalid);
  });

  it("anything that is no sound argument, with a code", async () => {
    expect(await assault("kaplanMeier", { call: kaplanMeier, sound: () => [remission.slice(0, 4)] })).toEqual([]);
    const asked = { call: conditionalSurvival, sound: () => [curve, 1, 2, 0.9], depth: 4 };
    expect(await assault("conditionalSurvival", asked)).toEqual([]);
    const shares = { call: remainingQuantiles, sound: () => [curve, 1, [0.5]], depth: 4 };
    expect(await assault("remainingQuantiles", shares)).toEqual([]);
  });
});
