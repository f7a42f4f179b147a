import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { netScore, netScoreInterval, normalQuantile, quantiles, wilson } from "../../src/statistics/index.js";
import { zOf } from "../../src/statistics/normal.js";
import { vector } from "../vectors/vector.js";

const invalid = expect.objectContaining({ code: "INVALID_OPTIONS" });
const count = fc.nat(100_000);

describe("the normal quantile", () => {
  // R 4.2.2: qnorm
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489],
    [0.9, 1.2815515655446],
    [0.001, -3.09023230616781],
    [1e-10, -6.36134090240406],
    [1e-20, -9.26234008979841],
  ])("of %d is %d", (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 12);
  });

  it("rises, and is as far below as above the middle", () => {
    const share = fc.double({ min: 1e-9, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        expect(normalQuantile(Math.min(a, b))).toBeLessThanOrEqual(normalQuantile(Math.max(a, b)));
        expect(normalQuantile(a)).toBeCloseTo(-normalQuantile(1 - a), 6);
      }),
    );
  });

  it("is of nothing but a share", () => {
    for (const p of [0, 1, -0.1, 2, Number.NaN, Infinity]) expect(() => normalQuantile(p)).toThrow(invalid);
  });

  it("gives no interval for a confidence that would turn it inside out", () => {
    expect(zOf(0.95)).toBeCloseTo(1.959964, 6);
    for (const confidence of [0, -0.95, 1, 95, Number.NaN]) {
      expect(() => zOf(confidence)).toThrow(invalid);
      expect(() => wilson(1, 2, confidence)).toThrow(invalid);
      expect(() => wilson(0, 0, confidence)).toThrow(invalid);
      const none = { promoters: 0, passives: 0, detractors: 0 };
      expect(() => netScoreInterval(none, { confidence })).toThrow(invalid);
    }
  });
});

describe("a share", () => {
  interface Given {
    readonly x: number;
    readonly n: number;
    readonly conf: number;
  }
  it.each(["PROP-04", "PROP-05", "PROP-07"])("has the interval of %s", (id) => {
    const { inputs, expected, tolerance } = vector<Given, { wilson: [number, number] }>(id);
    const { low, high, confidence, method } = wilson(inputs.x, inputs.n, inputs.conf)!;
    expect(Math.abs(low - expected.wilson[0])).toBeLessThan(tolerance as number);
    expect(Math.abs(high - expected.wilson[1])).toBeLessThan(tolerance as number);
    expect([confidence, method]).toEqual([0.95, "wilson"]);
  });

  it("has the published intervals (PROP-11)", () => {
    const { inputs, expected, tolerance } = vector<{ cases: [number, number][] }, { wilson: [number, number][] }>(
      "PROP-11",
    );
    for (const [i, [x, n]] of inputs.cases.entries()) {
      const found = wilson(x, n)!;
      expect(Math.abs(found.low - expected.wilson[i]![0])).toBeLessThan(tolerance as number);
      expect(Math.abs(found.high - expected.wilson[i]![1])).toBeLessThan(tolerance as number);
    }
  });

  it("does not leave 0 to 1 by dust (PROP-10)", () => {
    const [[all, n], [none, m]] = vector<{ cases: [[number, number], [number, number]] }, unknown>("PROP-10").inputs
      .cases;
    expect(wilson(all, n)!.high).toBe(1);
    expect(wilson(none, m)!.low).toBe(0);
  });

  it("lies within its interval, which a higher confidence widens", () => {
    fc.assert(
      fc.property(count, count, (a, b) => {
        const [x, n] = [Math.min(a, b), Math.max(a, b, 1)];
        const { low, high } = wilson(x, n)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(x / n);
        expect(x / n).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(1);
        const wider = wilson(x, n, 0.99)!;
        expect(wider.low).toBeLessThanOrEqual(low);
        expect(wider.high).toBeGreaterThanOrEqual(high);
        // As many against as for: the mirror image.
        const mirror = wilson(n - x, n)!;
        expect(mirror.low).toBeCloseTo(1 - high, 12);
      }),
    );
  });

  it("of nobody is null, and nothing but counts is taken", () => {
    expect(wilson(0, 0)).toBeNull();
    for (const [x, n] of [
      [2, 1],
      [-1, 3],
      [0.5, 3],
      [1, Infinity],
      [Number.NaN, 3],
      ["1", "2"],
    ])
      expect(() => wilson(x as number, n as number)).toThrow(invalid);
  });
});

describe("a net score", () => {
  interface Said {
    readonly promoters: number;
    readonly passives: number;
    readonly detractors: number;
  }
  it.each(["NPS-02", "NPS-03", "NPS-04"])("has the spread of %s", (id) => {
    const { inputs, expected, tolerance } = vector<Said, { nps: number; variance: number; se: number }>(id);
    const { score, variance, standardError, n } = netScore(inputs)!;
    expect(score).toBe(expected.nps);
    expect(variance).toBeCloseTo(expected.variance, 12);
    expect(Math.abs(standardError - expected.se)).toBeLessThan(tolerance as number);
    expect(n).toBe(inputs.promoters + inputs.passives + inputs.detractors);
  });

  it("of scores and of shares is the same (NPS-07, NPS-08)", () => {
    const { inputs, expected } = vector<{ scores: number[] }, { nps: number; variance: number }>("NPS-07");
    const said = {
      promoters: inputs.scores.filter((s) => s >= 9).length,
      passives: inputs.scores.filter((s) => s === 7 || s === 8).length,
      detractors: inputs.scores.filter((s) => s <= 6).length,
    };
    expect(netScore(said)!.score).toBeCloseTo(expected.nps, 12);
    expect(netScore(said)!.variance).toBeCloseTo(expected.variance, 12);
    const shares = vector<{ p: number[] }, { nps: number; variance: number }>("NPS-08");
    const [detractors, passives, promoters] = shares.inputs.p.map((p) => Math.round(p * 6)) as [number, number, number];
    expect(netScore({ promoters, passives, detractors })!.variance).toBeCloseTo(shares.expected.variance, 12);
  });

  it.each(["NPS-11", "NPS-12"])("has the intervals of %s, raw and clipped", (id) => {
    type Bounds = [number, number];
    const { inputs, expected, tolerance } = vector<Said & { conf: number }, { wald: Bounds; adjustedWald: Bounds }>(id);
    const near = (found: { low: number; high: number } | null, [low, high]: Bounds) => {
      expect(Math.abs(found!.low - low)).toBeLessThan(tolerance as number);
      expect(Math.abs(found!.high - high)).toBeLessThan(tolerance as number);
    };
    const confidence = inputs.conf;
    near(netScoreInterval(inputs, { confidence, clip: false }), expected.adjustedWald);
    near(netScoreInterval(inputs, { confidence, method: "wald", clip: false }), expected.wald);
    const [low, high] = expected.adjustedWald;
    near(netScoreInterval(inputs, { confidence }), [Math.max(-1, low), Math.min(1, high)]);
  });

  it("is within its interval, except where the pull to the middle is stronger than all that was said", () => {
    fc.assert(
      fc.property(count, count, count, (promoters, passives, detractors) => {
        const said = { promoters, passives, detractors };
        const found = netScore(said);
        const bounds = netScoreInterval(said);
        expect(bounds === null).toBe(found === null);
        if (found === null) return;
        expect(Math.abs(found.score)).toBeLessThanOrEqual(1);
        expect(found.variance).toBeGreaterThanOrEqual(0);
        expect(bounds!.low).toBeGreaterThanOrEqual(-1);
        expect(bounds!.high).toBeLessThanOrEqual(1);
        expect(bounds!.low).toBeLessThan(bounds!.high);
        // Who turns from for to against turns the interval round.
        const mirror = netScoreInterval({ promoters: detractors, passives, detractors: promoters })!;
        expect(mirror.low).toBeCloseTo(-bounds!.high, 12);
      }),
    );
  });

  it("has no root of dust below zero, and is of counts only", () => {
    const huge = netScore({ promoters: 2 ** 52, passives: 1, detractors: 0 })!;
    expect(huge.standardError).toBeGreaterThanOrEqual(0);
    expect(netScore({ promoters: 0, passives: 0, detractors: 0 })).toBeNull();
    for (const promoters of [-1, 0.5, Number.NaN, Infinity, "3" as never])
      expect(() => netScore({ promoters, passives: 1, detractors: 1 })).toThrow(invalid);
  });

  it("is a share of two where only two are asked (CSAT-02)", () => {
    const { inputs, expected } = vector<{ hits: number; n: number }, { score: number }>("CSAT-02");
    expect((inputs.hits / inputs.n) * 100).toBe(expected.score);
    expect(wilson(inputs.hits, inputs.n)!.low).toBeGreaterThan(0);
  });
});

describe("quantiles", () => {
  // R 4.2.2: quantile(mtcars$mpg), quantile(1:10), type 7 in both.
  const mpg = [
    21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9,
    21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
  ];
  it("are those of R", () => {
    expect(quantiles(mpg, [0, 0.25, 0.5, 0.75, 1])).toEqual([10.4, 15.425, 19.2, 22.8, 33.9]);
    expect(quantiles([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], [0.25, 0.5, 0.75])).toEqual([3.25, 5.5, 7.75]);
  });

  it("lie within the values, rise with the share, and take the values in any order as they are", () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (list, a, b) => {
        const given = [...list];
        const [low, high] = quantiles(list, [Math.min(a, b), Math.max(a, b)]) as [number, number];
        expect(list).toStrictEqual(given);
        expect(low).toBeGreaterThanOrEqual(Math.min(...list));
        expect(high).toBeLessThanOrEqual(Math.max(...list));
        expect(quantiles(list.toReversed(), [a])).toEqual(quantiles(list, [a]));
        expect(high - low).toBeGreaterThanOrEqual(-1e-9 * Math.max(1, Math.abs(low)));
      }),
      { numRuns: 300 },
    );
  });

  it("are the values themselves where a share falls on one, whatever binary makes of the share", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 2, maxLength: 300 }), fc.nat(), (list, k) => {
        const sorted = list.toSorted((a, b) => a - b);
        const place = k % list.length;
        expect(quantiles(list, [place / (list.length - 1)])[0]! + 0).toBe(sorted[place]! + 0);
      }),
      { numRuns: 500 },
    );
    const hundred = Array.from({ length: 101 }, (_, i) => i);
    expect(quantiles(hundred, [0.29, 0.57, 0.58])).toEqual([29, 57, 58]);
  });

  it("of what is huge are numbers too", () => {
    const far = [-Number.MAX_VALUE, Number.MAX_VALUE];
    expect(quantiles(far, [0, 0.5, 1])).toEqual([far[0], 0, far[1]]);
  });

  it("are of finite numbers and shares only", () => {
    for (const values of [[], [1, Number.NaN], [1, Infinity], [-Infinity, 1], ["a"]])
      expect(() => quantiles(values as number[], [0.5])).toThrow(invalid);
    for (const share of [-0.1, 1.1, Number.NaN]) expect(() => quantiles([1, 2], [share])).toThrow(invalid);
  });
});
