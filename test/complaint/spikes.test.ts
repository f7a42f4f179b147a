import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ComplaintReport } from "../../src/complaint/spike-cases.js";
import { type ComplaintSpike, detectSpikes, type SpikeOptions } from "../../src/complaint/spikes.js";
import { dayToLocalDate, type LocalDate, localDateToDay, toInstant, toMs } from "../../src/kernel/instant.js";
import { localDateOf } from "../../src/kernel/zone.js";
import { ears } from "../../src/statistics/ears.js";
import { office } from "../calendar/given.js";
import { assault } from "../hostile/corpus.js";

const invalid = expect.objectContaining({ code: "INVALID_OPTIONS" });

/** A Sunday, so that day 1 is a Monday. */
const from = "2026-03-01";
const dateOf = (day: number): LocalDate => dayToLocalDate(localDateToDay(from) + day);
const noonOf = (day: number) => `${dateOf(day)}T12:00:00.000Z`;
const key = ["fridge", "noise", "north"];
let last = 0;
/** So many customers on a day, each with a complaint. */
const crowd = (day: number, customers: number, about: readonly string[] = key): readonly ComplaintReport[] =>
  Array.from({ length: customers }, (_, i) => ({
    id: `k${String(last++).padStart(6, "0")}`,
    customerId: `c${i}`,
    at: noonOf(day),
    key: about,
  }));
/** From day 0 on, so many customers a day. */
const days = (...customers: readonly number[]) => customers.flatMap((n, day) => crowd(day, n));
const until = (day: number): SpikeOptions => ({ zone: "UTC", from, to: dateOf(day) });
const levels = [
  { id: "watch", score: 3, customers: 3 },
  { id: "alert", score: 6, customers: 8 },
  { id: "crisis", score: 12, customers: 20 },
];
const quiet = new Array<number>(9).fill(0);
const told = (spikes: readonly ComplaintSpike[]) =>
  spikes.map((s) => [localDateToDay(s.day) - localDateToDay(from), s.from, s.to]);

describe("a spike", () => {
  it("is told with what it rests on, on the day it came", () => {
    // Two a day but for one of them: C2 expects 2 with a deviation of 1, and sees seven.
    const spikes = detectSpikes(days(2, 2, 2, 2, 2, 2, 2, 2, 2, 7), until(9));
    expect(spikes).toEqual([
      {
        type: "complaint.spike",
        key,
        day: "2026-03-10",
        from: null,
        to: "alarm",
        customers: 7,
        expected: 2,
        score: 5,
        cases: expect.any(Array),
      },
    ]);
    expect(spikes[0]!.cases).toHaveLength(7);
    expect(spikes[0]!.cases).toEqual(spikes[0]!.cases.toSorted());
  });

  it("needs a score above the level's, and as many customers as it names", () => {
    const at = (customers: number, level: { score: number; customers: number }) =>
      detectSpikes(days(...quiet, customers), { ...until(9), levels: [{ id: "x", ...level }] }).length;
    expect(at(4, { score: 4, customers: 1 })).toBe(0);
    expect(at(5, { score: 4, customers: 1 })).toBe(1);
    expect(at(5, { score: 4, customers: 6 })).toBe(0);
    expect(at(6, { score: 4, customers: 6 })).toBe(1);
  });

  it("of fewer than five customers is none, unless the host says so", () => {
    expect(detectSpikes(days(...quiet, 4), until(9))).toEqual([]);
    expect(detectSpikes(days(...quiet, 5), until(9))).toHaveLength(1);
  });

  it("is none while there is too little before it", () => {
    expect(detectSpikes(days(...quiet.slice(1), 50), until(8))).toEqual([]);
    expect(detectSpikes(crowd(9, 50), until(9))).toHaveLength(1);
    expect(detectSpikes(crowd(9, 50), { ...until(9), method: "C3" })).toEqual([]);
    expect(detectSpikes(crowd(11, 50), { ...until(11), method: "C3" })).toHaveLength(1);
    expect(detectSpikes(crowd(7, 50), { ...until(7), method: "C1" })).toHaveLength(1);
  });

  it("that creeps is found by C3, which adds three days up", () => {
    const creeping = days(...quiet, 2, 3, 3, 3).concat(crowd(13, 0));
    const few = [{ id: "x", score: 2, customers: 3 }];
    expect(detectSpikes(creeping, { ...until(12), levels: [{ ...few[0]!, score: 3 }] })).toEqual([]);
    expect(told(detectSpikes(creeping, { ...until(12), levels: few, method: "C3" }))).toEqual([[11, null, "x"]]);
    // Unless said otherwise it takes a sum above 2, of five customers: here one of 2.5.
    const [spike] = detectSpikes(days(...quiet, 0, 0, 7), { ...until(11), method: "C3", minDeviation: 2 });
    expect(spike).toMatchObject({ score: 2.5, customers: 7, to: "alarm" });
  });

  it("is of one key: neither a part of it nor its parts joined", () => {
    const sizes: [readonly string[], number][] = [
      [["ab"], 7],
      [["a", "b", ""], 9],
      [["a", "b"], 5],
      [["a"], 6],
      [[], 8],
    ];
    for (const list of [sizes, sizes.toReversed()]) {
      const spikes = detectSpikes(
        list.flatMap(([about, n]) => crowd(9, n, about)),
        until(9),
      );
      // In the order of their parts.
      expect(spikes.map((s) => [s.key, s.customers])).toEqual(sizes.toReversed());
    }
  });

  it("comes before those of later days, whatever they are about", () => {
    const spikes = detectSpikes([...crowd(10, 9, ["a"]), ...crowd(9, 9, ["b"])], until(12));
    expect(told(spikes)).toEqual([
      [9, null, "alarm"],
      [10, null, "alarm"],
      [12, "alarm", null],
    ]);
    expect(spikes.map((s) => s.key)).toEqual([["b"], ["a"], ["b"]]);
  });
});

describe("who is counted", () => {
  const found = (reports: readonly ComplaintReport[], more: Partial<SpikeOptions> = {}) =>
    detectSpikes(reports, { ...until(9), levels: [{ id: "x", score: 0, customers: 1 }], ...more })[0];
  const one: ComplaintReport = { id: "k", customerId: "ann", at: noonOf(9), key };

  it("a customer once, whatever they wrote that day", () => {
    const often = Array.from({ length: 50 }, (_, i) => ({ ...one, id: `k${i}` }));
    expect(found(often)).toMatchObject({ customers: 1, score: 1 });
    expect(found(often)!.cases).toHaveLength(50);
    expect(found([...often, { ...one, id: "b", customerId: "ben" }])!.customers).toBe(2);
  });

  it("a customer on every day and for every key that they wrote about", () => {
    const reports = [one, { ...one, id: "b", key: ["oven"] }, { ...one, id: "c", at: noonOf(10) }];
    const spikes = detectSpikes(reports, {
      ...until(10),
      levels: [{ id: "x", score: 0.5, customers: 1 }],
      calmDays: 1,
    });
    expect(spikes.filter((s) => s.to === "x").map((s) => [s.day, s.key[0], s.cases])).toEqual([
      [dateOf(9), "fridge", ["k"]],
      [dateOf(9), "oven", ["b"]],
    ]);
    expect(spikes.at(-1)).toMatchObject({ day: dateOf(10), key: ["oven"], to: null, customers: 0, cases: [] });
  });

  it("what was delivered twice once", () => {
    expect(found([one, one, { ...one }])!.cases).toEqual(["k"]);
    // Told differently, the earliest is believed, in whichever order they come.
    const other = { ...one, customerId: "ben", at: noonOf(8), key: ["oven"] };
    for (const reports of [
      [one, other],
      [other, one],
    ]) {
      const spikes = detectSpikes(reports, {
        ...until(9),
        method: "C1",
        levels: [{ id: "x", score: 0, customers: 1 }],
      });
      expect(spikes.map((s) => [s.day, s.key[0], s.customers])).toEqual([[dateOf(8), "oven", 1]]);
    }
  });

  it("the same of several that came at the same moment, in whichever order they are told", () => {
    const oven = { ...one, key: ["oven"] };
    const merged = [
      { ...one, id: "x", mergedInto: "gone" },
      { ...oven, id: "w", mergedInto: "gone" },
    ];
    for (const list of [
      [one, oven],
      [oven, one],
    ])
      expect(found(list)!.key).toEqual(key);
    for (const list of [merged, merged.toReversed()]) expect(found(list)!.key).toEqual(["oven"]);
  });

  it("merged complaints as the one that is left, on the day of the earliest", () => {
    const reports = [
      { ...one, id: "a", customerId: "ann", at: noonOf(9), key: ["unknown"], mergedInto: "b" },
      { ...one, id: "b", customerId: "ben", at: noonOf(10), key: ["unknown"], mergedInto: "c" },
      { ...one, id: "c", customerId: "carl", at: noonOf(11) },
    ];
    const spikes = detectSpikes(reports, { ...until(11), levels: [{ id: "x", score: 0, customers: 1 }] });
    expect(spikes.map((s) => [s.day, s.key, s.customers, s.cases])).toEqual([[dateOf(9), key, 1, ["c"]]]);
  });

  it("two customers merged into one complaint are one", () => {
    const twenty = crowd(9, 20);
    expect(found(twenty)!.customers).toBe(20);
    expect(
      found(twenty.map((r) => ({ ...r, mergedInto: r.id === twenty[7]!.id ? null : twenty[7]!.id }))),
    ).toMatchObject({
      customers: 1,
      cases: [twenty[7]!.id],
    });
  });

  it("what was merged into a complaint that is not among the reports, as the earliest tells of it", () => {
    const reports = [
      { ...one, id: "late", customerId: "ann", at: noonOf(10), key: ["oven"], mergedInto: "gone" },
      { ...one, id: "soon", customerId: "ben", at: noonOf(9), mergedInto: "gone" },
    ];
    for (const list of [reports, reports.toReversed()])
      expect(found(list)).toMatchObject({ key, day: dateOf(9), customers: 1, cases: ["gone"] });
  });

  it("a circle of merges once, as the smallest id of it", () => {
    const circle = [
      { ...one, id: "b", mergedInto: "c" },
      { ...one, id: "c", mergedInto: "a" },
      { ...one, id: "a", mergedInto: "b" },
      { ...one, id: "0", mergedInto: "c" },
      { ...one, id: "self", customerId: "ben", mergedInto: "self" },
    ];
    expect(found(circle)).toMatchObject({ customers: 2, cases: ["a", "self"] });
  });

  it("who has another name than the number they would get first", () => {
    // More customers were told of than there are complaints.
    const reports = ["zoe", "yan", "xia"].map((customerId, i) => ({ ...one, id: "k", customerId, at: noonOf(9 - i) }));
    const again = [...reports, { ...one, id: "k2", customerId: "xia", at: noonOf(7) }];
    const spikes = detectSpikes(again, { ...until(9), method: "C1", levels: [{ id: "x", score: 0, customers: 1 }] });
    expect(spikes[0]).toMatchObject({ day: dateOf(7), customers: 1, cases: ["k", "k2"] });
  });

  it("each complaint of nobody known as a customer of its own, as far as it was not merged", () => {
    const unknown = crowd(9, 6).map((r) => ({ ...r, customerId: null }));
    expect(found([...unknown, one])!.customers).toBe(7);
    const [first] = unknown;
    expect(found(unknown.map((r) => ({ ...r, mergedInto: r === first ? null : first!.id })))!.customers).toBe(1);
  });

  it("on the day of the zone", () => {
    const late = { ...one, at: `${dateOf(9)}T16:00:00.000Z` };
    expect(found([late])!.day).toBe(dateOf(9));
    expect(found([late], { zone: "Asia/Shanghai", to: dateOf(10) })!.day).toBe(dateOf(10));
    expect(found([late], { zone: "Asia/Shanghai" })).toBeUndefined();
    // Clocks went forward on 8 March 2026 in New York: midnight is at 04:00 UTC since.
    const night = { ...one, at: `${dateOf(10)}T03:59:59.999Z` };
    expect(found([night], { zone: "America/New_York" })!.day).toBe(dateOf(9));
    expect(found([{ ...night, at: `${dateOf(10)}T04:00:00.000Z` }], { zone: "America/New_York" })).toBeUndefined();
  });

  it("what came before or after the days that are watched is not", () => {
    expect(found([{ ...one, at: `${dateOf(10)}T00:00:00.000Z` }])).toBeUndefined();
    expect(
      found([
        { ...one, at: "0001-01-01T00:00:00.000Z" },
        { ...one, id: "z", at: "9999-12-31T23:59:59.999Z" },
      ]),
    ).toBeUndefined();
  });
});

describe("levels", () => {
  it("rise at once, over several, and fall one by one after calm days in a row", () => {
    const spikes = detectSpikes(days(...quiet, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), { ...until(20), levels });
    expect(told(spikes)).toEqual([
      [9, null, "crisis"],
      [12, "crisis", "alert"],
      [15, "alert", "watch"],
      [18, "watch", null],
    ]);
  });

  it("fall only as far as the days are calm", () => {
    const spikes = detectSpikes(days(...quiet, 30, 9, 9, 9, 9, 9, 9, 9), { ...until(16), levels });
    expect(told(spikes)).toEqual([
      [9, null, "crisis"],
      [12, "crisis", "alert"],
    ]);
  });

  it("do not fall while a day in between is as bad again", () => {
    const restless = days(...quiet, 9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0, 0);
    expect(told(detectSpikes(restless, { ...until(21), levels }))).toEqual([
      [9, null, "alert"],
      [21, "alert", "watch"],
    ]);
    expect(told(detectSpikes(restless, { ...until(21), levels, calmDays: 2 })).slice(0, 3)).toEqual([
      [9, null, "alert"],
      [11, "alert", "watch"],
      [12, "watch", "alert"],
    ]);
  });

  it("may differ by customers alone", () => {
    const bySize = [levels[0]!, { id: "large", score: 3, customers: 10 }];
    expect(told(detectSpikes(days(...quiet, 9, 10), { ...until(10), levels: bySize }))).toEqual([
      [9, null, "watch"],
      [10, "watch", "large"],
    ]);
  });

  it("stay while nothing can be said", () => {
    // Closed but for a day in a hundred: what is there is too far apart for nothing, and a closed day is not calm.
    const calendar = { isWorkingDay: (date: LocalDate) => localDateToDay(date) - localDateToDay(from) < 10 };
    expect(told(detectSpikes(crowd(9, 9), { ...until(60), calendar, levels }))).toEqual([[9, null, "alert"]]);
  });

  it("a rise that lasts is told until it is the new normal", () => {
    const risen = days(...quiet, ...new Array<number>(60).fill(30));
    const spikes = detectSpikes(risen, { ...until(68), levels, calmDays: 1 });
    expect(told(spikes)[0]).toEqual([9, null, "crisis"]);
    expect(spikes.at(-1)).toMatchObject({ from: "watch", to: null });
    expect(told(spikes)[1]![0]).toBeGreaterThan(28);
  });
});

describe("closed days", () => {
  const calendar = office();

  it("are neither scored nor expected to be busy", () => {
    // Three customers on each of five days a week; Saturday and Sunday nobody is there.
    const week = [0, 3, 3, 3, 3, 3, 0];
    const reports = days(...week, ...week, ...week, 0, 6);
    const asked = { ...until(22), levels: [{ id: "x", score: 2.8, customers: 3 }] };
    const spikes = detectSpikes(reports, { ...asked, calendar });
    expect(spikes.map((s) => [s.day, s.expected, s.score])).toEqual([[dateOf(22), 3, 3]]);
    // With idle days in the baseline the same six are none.
    expect(detectSpikes(reports, asked)).toEqual([]);
  });

  it("what comes on one counts for the next open day, a customer once", () => {
    const weekend = [...crowd(13, 4), ...crowd(14, 6), ...crowd(15, 5)];
    const [spike] = detectSpikes(weekend, { ...until(15), calendar });
    expect(spike).toMatchObject({ day: dateOf(15), customers: 6 });
    expect(spike!.cases).toHaveLength(15);
    // Monday is not over yet.
    expect(detectSpikes(weekend, { ...until(14), calendar })).toEqual([]);
  });

  it("or is left out", () => {
    const weekend = [...crowd(13, 9), ...crowd(14, 9), ...crowd(15, 5)];
    const spikes = detectSpikes(weekend, { ...until(15), calendar, closedDays: "left out" });
    expect(spikes).toMatchObject([{ day: dateOf(15), customers: 5 }]);
    expect(spikes[0]!.cases).toHaveLength(5);
  });

  it("a Monday that carries a weekend is held against Mondays", () => {
    const week = [8, 2, 2, 2, 2, 2, 8];
    const weeks = Array.from({ length: 12 }, () => week).flat();
    const reports = weeks.flatMap((n, day) =>
      crowd(day, n).map((r) => ({ ...r, customerId: `${r.customerId} of ${day}` })),
    );
    const asked = { ...until(83), calendar };
    expect(detectSpikes(reports, { ...asked, baseline: "same weekday" })).toEqual([]);
    const onTuesday = [...reports, ...crowd(79, 8)];
    expect(told(detectSpikes(onTuesday, { ...asked, baseline: "same weekday" }))).toEqual([
      [79, null, "alarm"],
      [82, "alarm", null],
    ]);
    expect(told(detectSpikes(onTuesday, asked)).flat()).not.toContain(79);
  });

  it("may be all days: there is nothing to say", () => {
    expect(detectSpikes(crowd(9, 50), { ...until(40), calendar: { isWorkingDay: () => false } })).toEqual([]);
  });
});

/** A few of everything, so that ids, customers, keys and merges meet. */
const id = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
const about = fc.constantFrom(["a", "b"], ["ab"], ["a"]);
const start = toMs(`${from}T00:00:00.000Z`);
const at = fc
  .record({
    day: fc.oneof(fc.integer({ min: 8, max: 16 }), fc.integer({ min: -2, max: 20 })),
    hour: fc.nat(24),
    ms: fc.constantFrom(-1, 0),
  })
  .map(({ day, hour, ms }) => toInstant(start + day * 86_400_000 + hour * 3_600_000 + ms));
const report = fc.record({
  id: fc.oneof({ arbitrary: fc.uuid(), weight: 4 }, { arbitrary: id, weight: 2 }),
  customerId: fc.constantFrom("ann", "ben", "carl", "dee", "eve", null),
  at,
  key: about,
  mergedInto: fc.option(id, { freq: 4 }),
});
const reports = fc.array(report, { minLength: 20, maxLength: 60, size: "max" });
const closed = fc.constantFrom(undefined, { isWorkingDay: (d: LocalDate) => localDateToDay(d) % 7 > 1 }, office());
const options: fc.Arbitrary<SpikeOptions> = fc.record({
  zone: fc.constantFrom("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Apia"),
  from: fc.constant(from),
  to: fc.oneof(fc.integer({ min: 12, max: 18 }), fc.nat(18)).map(dateOf),
  method: fc.constantFrom("C1" as const, "C2" as const, "C3" as const),
  baseline: fc.constantFrom("days" as const, "days" as const, "days" as const, "same weekday" as const),
  calendar: closed,
  closedDays: fc.constantFrom("next open day" as const, "left out" as const),
  calmDays: fc.integer({ min: 1, max: 3 }),
  levels: fc.constantFrom(
    [{ id: "low", score: 0.3, customers: 1 }],
    [
      { id: "low", score: 0.3, customers: 1 },
      { id: "mid", score: 0.8, customers: 2 },
      { id: "top", score: 1.5, customers: 2 },
    ],
  ),
  minDeviation: fc.constantFrom(0.5, 1),
});

/** By the definitions, one thing after another. */
function naive(list: readonly ComplaintReport[], given: SpikeOptions): readonly ComplaintSpike[] {
  const { zone, to, method, baseline, calendar, closedDays, calmDays = 3, levels: ladder = [], minDeviation } = given;
  const text = (r: ComplaintReport) => [r.at, r.customerId ?? "", ...r.key].join("\u0001");
  const first = (some: readonly ComplaintReport[]) => some.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))[0]!;
  const ids = new Set(list.flatMap((r) => [r.id, ...(typeof r.mergedInto === "string" ? [r.mergedInto] : [])]));
  const into = (one: string) =>
    list
      .filter((r) => r.id === one)
      .flatMap((r) => r.mergedInto ?? [])
      .sort()[0];
  const leftOf = new Map<string, string>();
  for (const one of ids) {
    const way = [one];
    for (let next = into(one); next !== undefined && !way.includes(next); next = into(next)) way.push(next);
    const again = into(way.at(-1)!);
    leftOf.set(one, again === undefined ? way.at(-1)! : way.slice(way.indexOf(again)).sort()[0]!);
  }
  const open = (day: LocalDate) => calendar?.isWorkingDay(day) ?? true;
  const counted: { day: LocalDate; key: string; customer: string; id: string }[] = [];
  for (const one of ids) {
    const group = list.filter((r) => leftOf.get(r.id) === one);
    if (group.length === 0) continue;
    const own = group.filter((r) => r.id === one);
    // Of several complaints the earliest speaks, of one moment the smallest id; of one complaint its earliest report.
    const eldest = group.map((r) => r.id).filter((x, i, all) => all.indexOf(x) === i);
    const speaks =
      own.length > 0
        ? first(own)
        : eldest
            .map((x) => first(group.filter((r) => r.id === x)))
            .sort((a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? -1 : 1))[0]!;
    let day = localDateOf(group.map((r) => r.at).sort()[0]!, zone);
    if (day < from || day > to) continue;
    if (closedDays === "left out" && !open(day)) continue;
    while (!open(day) && day <= to) day = dayToLocalDate(localDateToDay(day) + 1);
    if (day <= to)
      counted.push({
        day,
        key: JSON.stringify(speaks.key),
        customer: speaks.customerId ?? `the one of ${one}`,
        id: one,
      });
  }
  const all = Array.from({ length: localDateToDay(to) - localDateToDay(from) + 1 }, (_, i) => dateOf(i));
  const spikes: ComplaintSpike[] = [];
  for (const name of [...new Set(counted.map((c) => c.key))].sort()) {
    const mine = counted.filter((c) => c.key === name);
    const on = (day: LocalDate) => mine.filter((c) => c.day === day);
    const numbers = all.map((day) => (open(day) ? new Set(on(day).map((c) => c.customer)).size : null));
    const { score: threshold, customers: atLeast } = ladder[0]!;
    const season = baseline === "same weekday" ? 7 : 1;
    const points = ears(numbers, { method, season, minDeviation, threshold, atLeast });
    const states = [null, ...ladder.map((l) => l.id)];
    let level = 0;
    let calm = 0;
    for (const [i, point] of points.entries()) {
      if (point.score === null) continue;
      const reached = ladder.filter((l) => point.score! > l.score && numbers[i]! >= l.customers).length;
      calm = reached < level ? calm + 1 : 0;
      const next = reached > level ? reached : calm === calmDays ? level - 1 : level;
      if (next === level) continue;
      spikes.push({
        type: "complaint.spike",
        key: JSON.parse(name),
        day: all[i]!,
        from: states[level]!,
        to: states[next]!,
        customers: numbers[i]!,
        expected: point.expected!,
        score: point.score,
        cases: on(all[i]!)
          .map((c) => c.id)
          .sort(),
      });
      level = next;
      calm = 0;
    }
  }
  const order = (s: ComplaintSpike) => s.day + s.key.map((part) => `\u0001${part}`).join("");
  return spikes.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

describe("whatever the reports", () => {
  it("the answer is that of the definitions", () => {
    let spikes = 0;
    fc.assert(
      fc.property(reports, options, (list, given) => {
        const found = detectSpikes(list, given);
        spikes += found.length;
        expect(found).toEqual(naive(list, given));
      }),
      { numRuns: 1000 },
    );
    expect(spikes).toBeGreaterThan(1000);
  });

  it("the order in which they come does not matter, nor that some come twice or late", () => {
    fc.assert(
      fc.property(reports, options, fc.infiniteStream(fc.nat()), fc.nat(5), (list, given, keys, twice) => {
        const found = detectSpikes(list, given);
        const shuffled = list.map((one) => ({ one, key: keys.next().value })).sort((a, b) => a.key - b.key);
        const late = [...shuffled.map(({ one }) => one), ...list.slice(0, twice)];
        expect(detectSpikes(late, given)).toEqual(found);
        expect(detectSpikes(new Set(late), given)).toEqual(found);
      }),
    );
  });

  const levelsOf = (spikes: readonly ComplaintSpike[]) => spikes.map(({ cases: _, ...rest }) => rest);

  it("that a customer splits what they have to say into more messages changes no level", () => {
    fc.assert(
      fc.property(reports, options, fc.array(fc.nat(), { maxLength: 8 }), (list, given, which) => {
        const plain = list.map((r, i) => ({ ...r, id: `n${i}`, customerId: r.customerId ?? "fay", mergedInto: null }));
        const more = plain.length === 0 ? [] : which.map((n, i) => ({ ...plain[n % plain.length]!, id: `m${i}` }));
        expect(levelsOf(detectSpikes([...plain, ...more], given))).toEqual(levelsOf(detectSpikes(plain, given)));
      }),
    );
  });

  it("merging what one customer wrote of one thing on one day changes no level, and leaves one complaint", () => {
    fc.assert(
      fc.property(reports, options, (list, given) => {
        const plain = list.map((r, i) => ({ ...r, id: `n${String(i).padStart(2, "0")}`, mergedInto: null }));
        const same = (a: ComplaintReport) =>
          JSON.stringify([a.customerId ?? a.id, a.key, localDateOf(a.at, given.zone)]);
        const merged = plain.map((r) => {
          const target = plain.find((other) => same(other) === same(r))!;
          return { ...r, mergedInto: target.id === r.id ? null : target.id };
        });
        const spikes = detectSpikes(merged, { ...given, calendar: undefined });
        expect(levelsOf(spikes)).toEqual(levelsOf(detectSpikes(plain, { ...given, calendar: undefined })));
        for (const spike of spikes) expect(spike.cases).toHaveLength(spike.customers);
      }),
    );
  });

  it("what was said of a day stays when days are added, as long as nothing was merged since", () => {
    fc.assert(
      fc.property(reports, options, fc.nat(18), (list, given, day) => {
        const plain = list.map((r, i) => ({ ...r, id: `n${i}`, mergedInto: null }));
        const to = dateOf(day);
        fc.pre(to <= given.to);
        const sooner = detectSpikes(plain, { ...given, to });
        expect(detectSpikes(plain, given).filter((s) => s.day <= to)).toEqual(sooner);
      }),
    );
  });

  it("levels follow on each other, and fall by one, and never nearer than the calm days to the change before", () => {
    let falls = 0;
    fc.assert(
      fc.property(reports, options, (list, given) => {
        const places = [null, ...given.levels!.map((l) => l.id)];
        const before = new Map<string, ComplaintSpike>();
        for (const spike of detectSpikes(list, given)) {
          const name = spike.key.join(" ");
          const previous = before.get(name);
          expect(spike.from).toBe(previous?.to ?? null);
          const step = places.indexOf(spike.to) - places.indexOf(spike.from);
          expect(step).not.toBe(0);
          if (step < 0) {
            falls++;
            expect(step).toBe(-1);
            expect(localDateToDay(spike.day) - localDateToDay(previous!.day)).toBeGreaterThanOrEqual(given.calmDays!);
          }
          before.set(name, spike);
        }
      }),
      { numRuns: 500 },
    );
    expect(falls).toBeGreaterThan(200);
  });

  it("a spike twice as high is told of no sooner and expected no differently", () => {
    const high = (customers: number) =>
      detectSpikes(days(...quiet, customers, 1, 0, 2, 0, 1, 0, 0), { ...until(16), levels });
    const expected = (customers: number) => high(customers).map((s) => [s.to === null, s.expected]);
    expect(expected(20)).toEqual(expected(400));
    expect(high(400)[0]).toMatchObject({ to: "crisis", expected: 0 });
  });

  it("the spikes are JSON, and own what they are made of", () => {
    const mine = ["fridge"];
    const list = crowd(9, 5, mine);
    const spikes = detectSpikes(list, until(9));
    mine[0] = "oven";
    expect(spikes[0]!.key).toEqual(["fridge"]);
    expect(JSON.parse(JSON.stringify(spikes))).toStrictEqual(spikes);
  });
});

describe("many", () => {
  it("a hundred thousand reports of two hundred keys over four hundred days take no time to speak of", () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({
      id: `k${i}`,
      customerId: `c${(i * 7919) % 50_000}`,
      at: toInstant(start + ((i * 104_729) % 400) * 86_400_000 + (i % 86_400) * 1000),
      key: [`p${i % 20}`, `q${(i * 31) % 10}`, "north"],
      mergedInto: i % 20 === 0 ? `k${i + 1}` : null,
    }));
    const begun = performance.now();
    detectSpikes(many, { zone: "Europe/Berlin", from, to: dateOf(399) });
    // Measured: 0.2 s; the rest is for a machine that has other things to do.
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it("keys that never had enough customers cost next to nothing, others are bounded", () => {
    const rare = Array.from({ length: 20_000 }, (_, i) => ({ ...crowd(9, 1)[0]!, key: [`p${i}`] }));
    const decade = { ...until(3659) };
    expect(detectSpikes(rare, decade)).toEqual([]);
    const floor = [{ id: "x", score: 3, customers: 1 }];
    expect(() => detectSpikes(rare, { ...decade, levels: floor })).toThrow("at most 10000000 days of all keys");
  });

  it("more different keys than memory should hold are refused, before they are held", () => {
    const fine = (i: number) => Array.from({ length: 10 }, (_, part) => `${i}.${part}`);
    const reports = function* () {
      for (let i = 0; ; i++) yield { id: "k", customerId: "c", at: noonOf(9), key: fine(i) };
    };
    expect(() => detectSpikes(reports(), until(9))).toThrow("at most 1000000 different keys");
  });
});

describe("what is refused", () => {
  const one = crowd(9, 1)[0]!;

  it.each([
    [{ ...one, id: "" }],
    [{ ...one, id: 5 }],
    [{ ...one, id: "x".repeat(201) }],
    [{ ...one, customerId: undefined }],
    [{ ...one, at: "2026-03-01" }],
    [{ ...one, at: "2026-02-30T00:00:00.000Z" }],
    [{ ...one, key: "fridge" }],
    [{ ...one, key: [1] }],
    [{ ...one, key: new Array(1) }],
    [{ ...one, key: new Array(11).fill("x") }],
    [{ ...one, mergedInto: 5 }],
    [{ ...one, mergedInto: "" }],
    [null],
    ["report"],
  ])("the report %j", (report) => {
    expect(() => detectSpikes([report as never], until(9))).toThrow(invalid);
  });

  it.each([
    { zone: "Mars/Base" },
    { zone: undefined },
    { from: "2026-02-30" },
    { from: "0001-12-01", to: "0001-12-31" },
    { from: "9998-01-01", to: "9998-01-31" },
    { to: "2026-02-28" },
    { to: "2036-03-10" },
    { method: "C4" },
    { baseline: "weeks" },
    { closedDays: "open" },
    { calendar: {} },
    { calendar: null },
    { calendar: { isWorkingDay: () => "yes" } },
    { calendar: { isWorkingDay: () => undefined } },
    { calmDays: 0 },
    { calmDays: 1.5 },
    { minDeviation: 0 },
    { levels: [] },
    { levels: {} },
    { levels: [null] },
    { levels: [{ id: "", score: 3, customers: 3 }] },
    { levels: [{ id: "x", score: -1, customers: 3 }] },
    { levels: [{ id: "x", score: Number.NaN, customers: 3 }] },
    { levels: [{ id: "x", score: 3, customers: 0 }] },
    { levels: [levels[1], levels[0]] },
    { levels: [levels[0], levels[0]] },
    { levels: [levels[0], { ...levels[1], id: "watch" }] },
    { levels: [levels[0], { id: "other", score: 2, customers: 9 }] },
    { levels: [levels[0], { ...levels[0], id: "other" }] },
    { levels: [levels[0], { id: "other", score: 9, customers: 2 }] },
    { levels: Array.from({ length: 21 }, (_, i) => ({ id: `${i}`, score: i, customers: 1 })) },
  ])("options %j", (wrong) => {
    expect(() => detectSpikes([one], { ...until(9), ...wrong } as never)).toThrow(invalid);
  });

  it("reports without end", () => {
    const endless = function* () {
      for (;;) yield one;
    };
    expect(() => detectSpikes(endless(), until(9))).toThrow("at most 2000000 reports are taken");
  });

  it("no list, and no options", () => {
    for (const list of [null, undefined, 5, {}, "text"])
      expect(() => detectSpikes(list as never, until(9))).toThrow(invalid);
    for (const given of [null, undefined, 5]) expect(() => detectSpikes([one], given as never)).toThrow(invalid);
  });

  it("what the calendar refuses, in its own words", () => {
    const asked = { zone: "UTC", from: "2199-12-01", to: "2200-02-01", calendar: office() };
    expect(() => detectSpikes([one], asked)).toThrow(expect.objectContaining({ code: "BEYOND_HORIZON" }));
  });

  it("names the report, what was found and what is allowed", () => {
    expect(() => detectSpikes([one, { ...one, at: "noon" }], until(9))).toThrow(
      'report 1, at: an instant YYYY-MM-DDTHH:mm:ss.sssZ is needed, found "noon"',
    );
    expect(() => detectSpikes([one, { ...one, customerId: "" }], until(9))).toThrow(
      'report 1, customerId: a text of 1 to 200 characters is needed, found ""',
    );
  });

  it("anything that is no sound argument, with a code", async () => {
    const calendar = { isWorkingDay: () => true };
    const sound = () => [
      [{ ...one, mergedInto: "z" }],
      { ...until(9), levels, calendar, calmDays: 3, minDeviation: 1 },
    ];
    expect(await assault("detectSpikes", { call: detectSpikes, sound, depth: 4 })).toEqual([]);
  });
});
