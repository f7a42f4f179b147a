import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecastBreach, type Handled } from "../../src/complaint/forecast.js";
import { wilson } from "../../src/statistics/proportion.js";
import { kaplanMeier } from "../../src/statistics/survival.js";
import { assault } from "../hostile/corpus.js";

const invalid = expect.objectContaining({ code: "INVALID_OPTIONS" });
const hour = 3_600_000;
const done = (...hours: readonly number[]): readonly Handled[] =>
  hours.map((h) => ({ handling: h * hour, open: false }));
const open = (...hours: readonly number[]): readonly Handled[] =>
  hours.map((h) => ({ handling: h * hour, open: true }));
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
/** One case for each of 1 to 40 hours. */
const forty = done(...upTo(40));

describe("a case that is open for twenty hours", () => {
  const asked = { history: forty, age: 20 * hour };

  it("is late as often as cases that took longer than twenty hours were", () => {
    const forecast = forecastBreach({ ...asked, remaining: 15 * hour });
    // Twenty took longer, five of them longer than 35 hours.
    expect(forecast.probability).toBe(0.25);
    expect(forecast.n).toBe(20);
    const { low, high } = wilson(5, 20)!;
    expect(forecast.interval!.low).toBeCloseTo(low, 12);
    expect(forecast.interval!.high).toBeCloseTo(high, 12);
    expect(forecast).not.toHaveProperty("reason");
  });

  it("is done by the hours by which half of those were, and more of them", () => {
    expect(forecastBreach({ ...asked, remaining: hour }).quantiles).toEqual([
      { share: 0.5, within: 10 * hour },
      { share: 0.8, within: 16 * hour },
      { share: 0.9, within: 18 * hour },
    ]);
  });

  it("is in time when it is done at the very end, and late a moment after", () => {
    expect(forecastBreach({ ...asked, remaining: hour }).probability).toBe(0.95);
    expect(forecastBreach({ ...asked, remaining: hour - 1 }).probability).toBe(1);
  });

  it("is late for certain when nothing remains", () => {
    for (const remaining of [0, -1, -40 * hour]) {
      const { probability, interval, quantiles } = forecastBreach({ ...asked, remaining });
      expect([probability, interval!.low, interval!.high]).toEqual([1, 1, 1]);
      expect(quantiles[0]).toEqual({ share: 0.5, within: 10 * hour });
    }
    for (const remaining of [0, -1])
      expect(forecastBreach({ history: [], age: 0, remaining })).toMatchObject({ probability: 1, n: 0 });
  });
});

describe("open cases of the history", () => {
  it("count for as long as they were open: leaving them out would promise too much", () => {
    const closed = done(...upTo(20));
    const still = open(...upTo(20).map((h) => h + 0.5));
    const asked = { age: 0, remaining: 10 * hour };
    const hopeful = forecastBreach({ ...asked, history: closed });
    const honest = forecastBreach({ ...asked, history: [...closed, ...still] });
    expect(hopeful.probability).toBe(0.5);
    expect(honest.probability).toBeGreaterThan(0.65);
    expect(honest.quantiles[0]!.within).toBeGreaterThan(hopeful.quantiles[0]!.within!);
  });

  it("that are the oldest of all leave open how long such cases take", () => {
    const history = [...done(...upTo(30)), ...open(31, 31, 31, 31, 31, 31, 31, 31, 31, 31)];
    const forecast = forecastBreach({ history, age: 0, remaining: 35 * hour });
    expect(forecast).toMatchObject({ probability: null, interval: null, n: 40, reason: "BEYOND_HISTORY" });
    expect(forecast.quantiles.map((q) => q.within)).toEqual([20 * hour, null, null]);
    expect(forecastBreach({ history, age: 0, remaining: 31 * hour }).probability).toBe(0.25);
  });
});

describe("too little history", () => {
  it("is said, and never made up for", () => {
    const unknown = [0.5, 0.8, 0.9].map((share) => ({ share, within: null }));
    const none = { probability: null, interval: null, quantiles: unknown, reason: "TOO_LITTLE_HISTORY" };
    expect(forecastBreach({ history: [], age: 0, remaining: hour })).toEqual({ ...none, n: 0 });
    expect(forecastBreach({ history: forty, age: 31 * hour, remaining: hour })).toEqual({ ...none, n: 9 });
    expect(forecastBreach({ history: forty, age: 30 * hour, remaining: hour })).toMatchObject({
      probability: 0.9,
      n: 10,
    });
  });

  it("is what the host takes it to be", () => {
    const asked = { history: forty, age: 31 * hour, remaining: hour };
    expect(forecastBreach({ ...asked, atLeast: 9 }).probability).toBeCloseTo(8 / 9, 12);
    expect(forecastBreach({ ...asked, age: 0, atLeast: 41 }).reason).toBe("TOO_LITTLE_HISTORY");
  });
});

describe("whatever the history", () => {
  const handled = fc.record({ handling: fc.nat(15), open: fc.boolean() });
  const history = fc.array(handled, { maxLength: 40 });
  const age = fc.nat(8);
  const remaining = fc.integer({ min: -3, max: 10 });

  it("the order does not matter, and a curve made once answers the same", () => {
    fc.assert(
      fc.property(history, age, remaining, (list, a, r) => {
        const asked = { age: a, remaining: r, atLeast: 3 };
        const forecast = forecastBreach({ ...asked, history: list });
        expect(forecastBreach({ ...asked, history: list.toReversed() })).toEqual(forecast);
        expect(forecastBreach({ ...asked, history: new Set(list.map((one) => ({ ...one }))) })).toEqual(forecast);
        const curve = kaplanMeier(list.map((one) => ({ duration: one.handling, censored: one.open })));
        expect(forecastBreach({ ...asked, history: curve })).toEqual(forecast);
        expect(JSON.parse(JSON.stringify(forecast))).toStrictEqual(forecast);
      }),
    );
  });

  it("more time never makes a breach likelier, and what is too little is never answered", () => {
    fc.assert(
      fc.property(history, age, remaining, (list, a, r) => {
        const asked = { history: list, age: a, atLeast: 3 };
        const [now, later] = [
          forecastBreach({ ...asked, remaining: r }),
          forecastBreach({ ...asked, remaining: r + 1 }),
        ];
        if (now.probability !== null && later.probability !== null)
          expect(later.probability).toBeLessThanOrEqual(now.probability);
        expect(now.n).toBe(list.filter((one) => one.handling > a).length);
        if (r > 0) expect(now.probability === null).toBe(now.reason !== undefined);
        if (r > 0 && now.n < 3) expect(now.reason).toBe("TOO_LITTLE_HISTORY");
        if (now.n < 3) expect(now.quantiles.map((q) => q.within)).toEqual([null, null, null]);
      }),
    );
  });

  it("of cases that are all done it is counted", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(15), { maxLength: 40 }), age, fc.integer({ min: 1, max: 10 }), (list, a, r) => {
        const older = list.filter((h) => h > a);
        const { probability } = forecastBreach({
          ...{ history: list.map((handling) => ({ handling, open: false })), age: a, remaining: r, atLeast: 1 },
        });
        expect(probability).toBe(older.length === 0 ? null : older.filter((h) => h > a + r).length / older.length);
      }),
    );
  });
});

describe("what is refused", () => {
  const asked = { history: forty, age: 0, remaining: hour };

  it.each([
    { age: -1 },
    { age: 0.5 },
    { age: "1" },
    { remaining: 0.5 },
    { remaining: Number.NaN },
    { remaining: Infinity },
    { confidence: 1 },
    { atLeast: 0 },
    { atLeast: 1.5 },
    { history: [{ handling: -1, open: false }] },
    { history: [{ handling: 1, open: "no" }] },
    { history: [null] },
    { history: 5 },
    { history: { n: 1, steps: [] } },
  ])("%j", (wrong) => {
    expect(() => forecastBreach({ ...asked, ...wrong } as never)).toThrow(invalid);
  });

  it("names what was found, by the host's own word", () => {
    expect(() => forecastBreach({ ...asked, history: [{ handling: 1, open: "no" as never }] })).toThrow(
      'open: true or false is needed, found "no"',
    );
    expect(() => forecastBreach({ ...asked, history: [{ handling: 0.5, open: true }] })).toThrow("handling: whole");
  });

  it("is no age or remaining time that only numbers cannot add up", () => {
    const far = Number.MAX_SAFE_INTEGER;
    const { probability } = forecastBreach({ ...asked, age: hour, remaining: far });
    expect(probability).toBe(0);
    expect(forecastBreach({ ...asked, age: far, remaining: far }).reason).toBe("TOO_LITTLE_HISTORY");
  });

  it("is anything that is no sound question, with a code", async () => {
    const sound = () => [{ ...asked, history: [...done(1, 2, 3), ...open(2)], confidence: 0.9, atLeast: 2 }];
    expect(await assault("forecastBreach", { call: forecastBreach, sound, depth: 4 })).toEqual([]);
  });
});
