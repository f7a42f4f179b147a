import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EarsOptions, type EarsPoint, ears } from "../../src/statistics/ears.js";
import { assault } from "../hostile/corpus.js";

const invalid = expect.objectContaining({ code: "INVALID_OPTIONS" });
const times = (n: number, count: number | null) => new Array<number | null>(n).fill(count);
const alarms = (points: readonly EarsPoint[]) => points.flatMap((point, i) => (point.alarm ? [i] : []));
const scores = (points: readonly EarsPoint[]) => points.map((point) => point.score);
const nothing: EarsPoint = { expected: null, deviation: null, score: null, alarm: false };

/** Mean 4, and 24 of squares over n − 1 = 6: a standard deviation of 2. */
const week = [2, 2, 2, 4, 6, 6, 6];

describe("worked on paper", () => {
  it("C1 holds a point against the seven just before it: an alarm is above 3, not at it", () => {
    expect(ears([...week, 10], { method: "C1" })[7]).toEqual({ expected: 4, deviation: 2, score: 3, alarm: false });
    expect(ears([...week, 11], { method: "C1" })[7]).toEqual({ expected: 4, deviation: 2, score: 3.5, alarm: true });
    expect(ears([...week, 0], { method: "C1" })[7]).toEqual({ expected: 4, deviation: 2, score: -2, alarm: false });
  });

  it("C2 leaves the two before it out, so that a slow beginning does not hide what follows", () => {
    const slowly = [...week, 9, 9, 11];
    expect(ears(slowly)[9]).toEqual({ expected: 4, deviation: 2, score: 3.5, alarm: true });
    // C1 has them in: 4, 6, 6, 6, 9, 9 and 2 are 42, and 38 of squares.
    const { expected, deviation, score } = ears(slowly, { method: "C1" })[9]!;
    expect(expected).toBe(6);
    expect(deviation).toBeCloseTo(Math.sqrt(38 / 6), 12);
    expect(score).toBeCloseTo(5 / Math.sqrt(38 / 6), 12);
    expect(alarms(ears(slowly, { method: "C1" }))).toEqual([]);
  });

  it("C3 adds what three scores of C2 have above 1, and finds what rises by little each day", () => {
    const creeping = [...times(9, 0), 1, 2, 3];
    expect(alarms(ears(creeping))).toEqual([]);
    expect(ears(creeping, { method: "C3" })[11]).toEqual({ expected: 0, deviation: 1, score: 3, alarm: true });
    // 0 + 1 + 1: at the threshold, not above it.
    expect(ears([...times(9, 0), 1, 2, 2], { method: "C3" })[11]).toMatchObject({ score: 2, alarm: false });
    // A quiet day takes nothing away.
    expect(
      ears(
        [...times(8, 5), 9, 0, 8, 0].map((x) => x ?? 0),
        { method: "C3", baseline: 4 },
      )[11]?.score,
    ).toBe(
      // C2 of the last three: (0 − 5), (8 − 5), and 0 against 5, 5, 5 and 9, of which 9 was in alarm and is left out.
      0 + 2 + 0,
    );
  });

  it("a standard deviation is that of a sample, over n − 1", () => {
    // The days of the example of R's epitweetr: 989 / 7; squares about the mean 9082 / 7.
    const { expected, deviation } = ears([150, 130, 122, 160, 155, 128, 144, 125], { method: "C1" })[7]!;
    expect(expected).toBeCloseTo(989 / 7, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(9082 / 7 / 6), 12);
  });
});

describe("too little history", () => {
  it.each([
    ["C1", 7],
    ["C2", 9],
    ["C3", 11],
  ] as const)("%s says nothing before point %d, which is baseline + 1, + 3, + 5 counted from 1", (method, first) => {
    const points = ears(times(first + 1, 3), { method });
    expect(scores(points).findIndex((score) => score !== null)).toBe(first);
    expect(points[6]).toEqual(nothing);
    expect(alarms(ears([...times(first - 1, 0), 1000], { method }))).toEqual([]);
    expect(alarms(ears([...times(first, 0), 1000], { method }))).toEqual([first]);
  });

  it("is not made up for by points that are missing", () => {
    expect(ears([...times(6, 0), ...times(20, null), 1000], { method: "C1" }).at(-1)).toEqual(nothing);
  });

  it("of no point at all is no answer", () => {
    expect(ears([])).toEqual([]);
  });
});

describe("a quiet baseline", () => {
  it("has a floor under its deviation", () => {
    expect(ears([...times(9, 0), 3])[9]).toEqual({ expected: 0, deviation: 1, score: 3, alarm: false });
    expect(ears([...times(9, 0), 4])[9]).toMatchObject({ score: 4, alarm: true });
    expect(ears([...times(9, 7), 8], { minDeviation: 0.5 })[9]).toMatchObject({ deviation: 0.5, score: 2 });
  });

  it("of a restless one the floor takes nothing away", () => {
    expect(ears([...week, 10], { method: "C1", minDeviation: 1.99 })[7]?.deviation).toBe(2);
    expect(ears([...week, 10], { method: "C1", minDeviation: 2.01 })[7]?.deviation).toBe(2.01);
  });

  it("gives no alarm to a count below the least, and such a point stands in later baselines", () => {
    const points = ears([...times(7, 0), 4, 0], { method: "C1", atLeast: 5 });
    expect(points[7]).toMatchObject({ score: 4, alarm: false });
    expect(points[8]?.expected).toBeCloseTo(4 / 7, 12);
    expect(ears([...times(7, 0), 5], { method: "C1", atLeast: 5 })[7]?.alarm).toBe(true);
  });
});

describe("a point in alarm", () => {
  it("stands in no baseline, which reaches further back for another", () => {
    const points = ears([3, ...week, 40, 40, 40], { method: "C1" });
    expect(alarms(points)).toEqual([8, 9, 10]);
    expect(points.slice(8).map((point) => point.expected)).toEqual([4, 4, 4]);
  });

  it("is the new normal when it lasts: the old baseline goes out of reach, and the next rise is seen again", () => {
    const risen = [...times(9, 0), ...times(60, 50), 500];
    const points = ears(risen);
    const last = alarms(points).filter((i) => i < 69);
    // The seventh from the last quiet point is point 2, which lies 28 back from point 30.
    expect(last).toEqual(Array.from({ length: 22 }, (_, i) => 9 + i));
    expect(points[68]).toEqual({ expected: 50, deviation: 1, score: 0, alarm: false });
    expect(points[69]?.alarm).toBe(true);
    expect(alarms(ears(risen, { reach: 9 }))).toEqual([9, 10, 11, 69]);
    expect(alarms(ears(risen, { reach: 69 }))).toHaveLength(61);
  });
});

describe("a season", () => {
  it("holds a Monday against Mondays", () => {
    const mondays = Array.from({ length: 70 }, (_, i) => (i % 7 === 0 ? 30 : 2));
    expect(alarms(ears([...mondays, 30, 12]))).toEqual([]);
    const points = ears([...mondays, 30, 12], { season: 7 });
    expect(points[70]).toEqual({ expected: 30, deviation: 1, score: 0, alarm: false });
    expect(points[71]).toEqual({ expected: 2, deviation: 1, score: 10, alarm: true });
  });

  it("needs as many seasons as a baseline has points, and C3 still adds the days before", () => {
    const points = ears([...times(49, 0), 2, 2, 2], { season: 7, method: "C3" });
    expect(points[48]).toEqual(nothing);
    expect(scores(points.slice(49))).toEqual([null, null, 3]);
  });
});

/** Quiet for the most part, so that alarms are common, with days that are missing. */
const some = { nil: null, freq: 8 };
const count = fc.oneof({ arbitrary: fc.nat(2), weight: 8 }, { arbitrary: fc.nat(30), weight: 1 });
const counts = fc.array(fc.option(count, some), { minLength: 12, maxLength: 60, size: "max" });
const rules = fc.record(
  {
    method: fc.constantFrom("C1" as const, "C2" as const, "C3" as const),
    baseline: fc.integer({ min: 2, max: 8 }),
    season: fc.constantFrom(1, 2, 3),
    minDeviation: fc.constantFrom(0.25, 0.5, 1),
    threshold: fc.constantFrom(1, 2, 3),
    atLeast: fc.nat(3),
    reach: fc.integer({ min: 10, max: 30 }),
  },
  { requiredKeys: [] },
);

/** By the definitions, with everything looked up anew. */
function naive(list: readonly (number | null)[], options: EarsOptions): readonly EarsPoint[] {
  const { method = "C2", baseline = 7, season = 1, minDeviation = 1, atLeast = 0 } = options;
  const { threshold = method === "C3" ? 2 : 3, reach = 4 * baseline } = options;
  const said: EarsPoint[] = [];
  const above: (number | null)[] = [];
  for (const [i, count] of list.entries()) {
    above.push(null);
    said.push(nothing);
    if (count === null) continue;
    const there = list.flatMap((x, j) => (j < i && x !== null ? [j] : []));
    const alike = (j: number) => (i - j) % season === 0;
    const reached = there.filter(alike).slice(-reach);
    const apart = method === "C1" ? there : there.slice(0, -2);
    const eligible = apart.filter((j) => alike(j) && reached.includes(j) && !said[j]!.alarm);
    const base = eligible.slice(-baseline).toReversed();
    if (base.length < baseline) continue;
    const expected = base.reduce((sum, j) => sum + list[j]!, 0) / baseline;
    const variance = base.reduce((sum, j) => sum + (list[j]! - expected) ** 2, 0) / (baseline - 1);
    const deviation = Math.max(minDeviation, Math.sqrt(variance));
    above[i] = (count - expected) / deviation;
    const three = [i, ...there.toReversed()].slice(0, 3).map((j) => above[j]!);
    const sum =
      three.length < 3 || three.includes(null as never)
        ? null
        : three.reduce((total, score) => total + Math.max(0, score - 1), 0);
    const score = method === "C3" ? sum : above[i]!;
    const alarm = score !== null && score > threshold && count >= atLeast;
    said[i] = { expected, deviation, score, alarm };
  }
  return said;
}

describe("whatever the counts", () => {
  it("the answer is that of the definitions", () => {
    let alarmed = 0;
    fc.assert(
      fc.property(counts, rules, (list, options) => {
        const points = ears(list, options);
        alarmed += alarms(points).length;
        expect(points).toEqual(naive(list, options));
      }),
      { numRuns: 1000 },
    );
    expect(alarmed).toBeGreaterThan(1000);
  });

  it("an alarm, however high, changes nothing that is said of any other point", () => {
    let tried = 0;
    fc.assert(
      fc.property(
        counts,
        fc.constantFrom("C1" as const, "C2" as const),
        fc.integer({ min: 1, max: 1000 }),
        (list, method, more) => {
          const options = { method, threshold: 1, minDeviation: 0.5 };
          const points = ears(list, options);
          for (const i of alarms(points)) {
            tried++;
            const higher = ears(list.with(i, list[i]! + more), options);
            expect(higher.toSpliced(i, 1)).toEqual(points.toSpliced(i, 1));
          }
        },
      ),
    );
    expect(tried).toBeGreaterThan(100);
  });

  it("what is said of a point does not depend on what comes later", () => {
    fc.assert(
      fc.property(counts, rules, fc.nat(60), (list, options, n) => {
        expect(ears(list.slice(0, n), options)).toEqual(ears(list, options).slice(0, n));
      }),
    );
  });

  it("missing points are as if they were not there", () => {
    fc.assert(
      fc.property(counts, rules, (list, { season: _, ...options }) => {
        const points = ears(list, options);
        const there = list.flatMap((count, i) => (count === null ? [] : [i]));
        expect(
          ears(
            there.map((i) => list[i]!),
            options,
          ),
        ).toEqual(there.map((i) => points[i]));
        for (const [i, count] of list.entries()) if (count === null) expect(points[i]).toEqual(nothing);
      }),
    );
  });

  it("as many more every day make no difference", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 50 }), (list, more) => {
        const higher = list.map((count) => (count === null ? null : count + more));
        const rounded = (points: readonly EarsPoint[]) =>
          points.map((p) => p.score?.toFixed(9).replace("-0.000000000", "0.000000000"));
        expect(rounded(ears(higher, { threshold: 1e9 }))).toEqual(rounded(ears(list, { threshold: 1e9 })));
      }),
    );
  });

  it("every answer is JSON", () => {
    expect(Object.is(ears([...times(9, 0), -0])[9]!.score, 0)).toBe(true);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, -0, 1, 2 ** 53 - 1, null), { maxLength: 30 }), (list) => {
        const points = ears(list, { minDeviation: 0.001 });
        expect(JSON.parse(JSON.stringify(points))).toStrictEqual(points);
      }),
    );
  });

  it("columns are taken like lists", () => {
    expect(ears(Uint16Array.from([...week, 9, 9, 11]))).toEqual(ears([...week, 9, 9, 11]));
  });
});

describe("what is refused", () => {
  it.each([
    [[1, 0.5]],
    [[-1]],
    [[Number.NaN]],
    [["3"]],
    [[undefined]],
    [{ length: 2 }],
    [{ length: 1e9 }],
    ["12"],
    [null],
  ])("counts %j", (list) => {
    expect(() => ears(list as never)).toThrow(invalid);
  });

  it.each([
    { method: "C4" },
    { baseline: 1 },
    { baseline: 101 },
    { baseline: 7.5 },
    { season: 0 },
    { season: 367 },
    { minDeviation: 0 },
    { minDeviation: Number.NaN },
    { threshold: -1 },
    { threshold: Infinity },
    { atLeast: -1 },
    { reach: 8 },
    { baseline: 20, reach: 21 },
    null,
  ])("options %j", (options) => {
    expect(() => ears([1], options as never)).toThrow(invalid);
  });

  it("names what was found and what is allowed", () => {
    expect(() => ears([1, -2])).toThrow("point 1: a whole number from 0, or null, is needed, found -2");
    expect(() => ears([1], { baseline: 1 })).toThrow("baseline: a whole number of 2 to 100 is needed, found 1");
  });

  it("is anything that is no sound argument, with a code", async () => {
    const sound = () => [
      [...week, null, 9, 11],
      { method: "C2", baseline: 7, season: 1, minDeviation: 1, threshold: 3, atLeast: 2, reach: 28 },
    ];
    expect(await assault("ears", { call: ears, sound })).toEqual([]);
  });
});
