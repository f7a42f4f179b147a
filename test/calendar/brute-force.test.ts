import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCalendar, type NamedCalendarData } from "../../src/calendar/index.js";
import { type Change, changes, dataNear, dateNear, day, minute } from "./arbitraries.js";
import { type Reference, referenceOf, spansOf, type Walls, walk, wallsOf } from "./brute-force.js";

/** Two days to either side of a change of the clocks, in steps that begin with every window. */
function stretch({ zone, at }: Change): Walls {
  const step = at % minute === 0 ? minute : minute / 2;
  return wallsOf(zone, at - 2 * day, (4 * day) / step, step);
}

/** What differs between a calendar and the reference: nothing. */
function differences(data: NamedCalendarData, walls: Walls, starts: readonly number[]): readonly string[] {
  const calendar = createCalendar(data);
  const reference = referenceOf(data, walls);
  const { open, sums, worked } = reference;
  const { from, count, step, dates } = walls;
  const at = (i: number) => from + i * step;
  const end = at(count);
  const told: string[] = [];
  const differ = (door: string, i: number, ...values: readonly unknown[]) =>
    told.push(`${door} ${new Date(at(i)).toISOString()}: ${values.join(", ")}`);
  for (let i = 0; i < count && told.length < 5; i++) {
    const is = open[i] === 1;
    if (calendar.isOpen(at(i)) !== is || calendar.isOpen(at(i + 1) - 1) !== is) differ("isOpen", i, is);
    const since = calendar.between(from, at(i));
    if (since !== sums[i]! * step) differ("between, since", i, sums[i]! * step, since);
    const until = calendar.between(end, at(i));
    if (until !== (sums[i]! - sums[count]!) * step)
      differ("between, until", i, (sums[i]! - sums[count]!) * step, until);
  }
  for (const start of starts)
    for (const steps of amounts(reference, start))
      for (const land of ["deadline", "resume"] as const) {
        const there = walk(reference, start, steps, land);
        if (there === undefined) continue;
        const found = calendar.add(at(start), steps * step, { land });
        if (found !== at(there)) differ(`add ${steps} ${land}`, start, at(there), found);
      }
  for (const { date } of dates.slice(1, -1))
    if (calendar.isWorkingDay(date) !== worked.has(date)) told.push(`isWorkingDay ${date}: ${worked.has(date)}`);
  if (JSON.stringify(calendar.spans(from, end)) !== JSON.stringify(spansOf(reference, walls))) told.push("spans");
  return told.slice(0, 5);
}

/** One step, sixty, and what ends exactly at each opening and closing to come, or gone. */
function amounts({ open, sums }: Reference, start: number): readonly number[] {
  const exact: number[] = [];
  for (let i = 1; i < open.length; i++) if (open[i] !== open[i - 1]) exact.push(sums[i]! - sums[start]!);
  return [...new Set([1, 60, -1, -60, ...exact])].filter((n) => n !== 0);
}

const all = (...windows: readonly string[]): NamedCalendarData["week"] => ({
  mon: windows,
  tue: windows,
  wed: windows,
  thu: windows,
  fri: windows,
  sat: windows,
  sun: windows,
});

/** What people have asked for, and what the clocks make hard. */
const weeks: Readonly<Record<string, NamedCalendarData["week"]>> = {
  "an office with a break": all("09:00-12:00", "13:00-18:00"),
  "every night": all("22:00-06:00"),
  "every night, until late": all("23:30-23:00"),
  "always open": all("00:00-24:00"),
  "always open, in pieces": all("00:00-02:00", "02:00-02:30", "02:30-24:00"),
  "inside of the hour that clocks skip or repeat": all("02:15-02:45"),
  "two within it": all("02:00-02:20", "02:30-02:50"),
  "touching within it": all("01:00-01:30", "01:30-02:00", "02:00-02:30"),
  "around midnight": all("00:00-00:20", "00:30-01:30", "23:00-24:00"),
  "into the next day only by a little": all("00:30-03:00", "23:00-00:10"),
};

describe.each(changes.map((change) => [`${change.zone} ${new Date(change.at).toISOString()}`, change] as const))(
  "minute by minute around the clocks of %s",
  (_, change) => {
    const walls = stretch(change);
    const near = (n: number) => dateNear(change.at, n);
    const middle = walls.count / 2;
    const starts = [0, 1, -1, 30, -60, 90, -1440].map((n) => middle + n);

    it.each(Object.entries(weeks))("%s", (_name, week) => {
      const data = { id: "c", version: 1, zone: change.zone, week };
      expect(differences(data, walls, starts)).toEqual([]);
      // The night before a day off still ends on it.
      expect(differences({ ...data, holidays: [near(0), near(1)] }, walls, [middle])).toEqual([]);
      const days = { [near(-1)]: [], [near(0)]: ["00:00-03:00", "05:00-07:00"], [near(1)]: ["12:00-02:30"] };
      expect(differences({ ...data, days }, walls, [middle])).toEqual([]);
    });

    it("whatever the calendar", () => {
      fc.assert(
        fc.property(dataNear(change.at, fc.constant(change.zone)), fc.nat(walls.count - 1), (data, start) => {
          expect(differences(data, walls, [start])).toEqual([]);
        }),
        { numRuns: 6 },
      );
    });
  },
);

it("the reference itself knows a day of 23 hours, one of 24.5, one of 25, one that came twice, and one that never did", () => {
  const hours = (zone: string, date: string) => {
    const walls = wallsOf(zone, Date.parse(`${date}T00:00Z`) - day, 3 * 1440);
    const data = { zone, week: {}, days: { [date]: ["00:00-24:00"] } };
    return referenceOf(data, walls).sums[walls.count]! / 60;
  };
  expect(hours("America/New_York", "2025-03-09")).toBe(23);
  expect(hours("Australia/Lord_Howe", "2025-04-06")).toBe(24.5);
  expect(hours("America/New_York", "2025-11-02")).toBe(25);
  expect(hours("Pacific/Kwajalein", "1969-09-30")).toBe(47);
  expect(hours("Pacific/Apia", "2011-12-30")).toBe(0);
});
