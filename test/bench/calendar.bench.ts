import { deepStrictEqual } from "node:assert";
import { addBusinessDays } from "date-fns";
import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import businessTime from "dayjs-business-time";
import moment from "moment";
import { type Calendar, createCalendar, type LocalDate, toInstant } from "../../src/index.js";
import { add, addDays, between, buildWithIntl, formatOf, type Intervals, officeHours } from "./calendar-by-hand.js";
import { type Bar, compete, median, printTimes, ratio } from "./rounds.js";
import "moment-business-time";

declare module "moment" {
  interface Moment {
    addWorkingTime(n: number, unit: "hours"): this;
    workingDiff(to: Moment, unit: "minutes"): number;
  }
}

const [day, hour, minute] = [86_400_000, 3_600_000, 60_000];
const office = ["09:00-17:00"];
const weekdays = { mon: office, tue: office, wed: office, thu: office, fri: office };

/** Twenty dates over three years; in all four calendars, and as the peers want them. */
const holidays: readonly LocalDate[] = [
  ...["01-01", "01-19", "04-06", "05-25", "07-03", "09-07", "11-26", "12-25"].map((d) => `2026-${d}`),
  ...["01-01", "03-29", "05-31", "07-05", "09-06", "11-25", "12-24"].map((d) => `2027-${d}`),
  ...["01-03", "05-29", "07-04", "09-04", "12-25"].map((d) => `2028-${d}`),
];
const daysOff: ReadonlySet<number> = new Set(holidays.map((date) => Date.parse(date) / day));

const calendar = createCalendar({ id: "office", version: 1, zone: "UTC", week: weekdays, holidays });
const table = officeHours(2026, 2028, daysOff);

dayjs.extend(utc);
dayjs.extend(businessTime);
const segment = [{ start: "09:00:00", end: "17:00:00" }];
const five = { monday: segment, tuesday: segment, wednesday: segment, thursday: segment, friday: segment };
dayjs.setBusinessTime({ sunday: null, ...five, saturday: null });
dayjs.setHolidays([...holidays]);
// The plug-in keeps its settings in the locale of the one moment that everybody shares.
const hours = ["09:00:00", "17:00:00"];
moment.updateLocale("en", {
  workinghours: { 0: null, 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: null },
  holidays: [...holidays],
});

const [ours, byHand, viaDayjs, viaMoment] = ["ours", "by hand", "dayjs-business-time", "moment-business-time"];

/** Moments of working time in 2026, on whole minutes, spread over the year and the day. */
const starts: readonly number[] = Array.from({ length: 256 }, (_, i) => {
  const n = Math.imul(i + 1, 2_654_435_761) >>> 0;
  return table.starts[n % 250]! + (1 + ((n >>> 8) % 478)) * minute;
});
const instants = starts.map(toInstant);

/** One of a list with each call: what takes milliseconds is not asked of all of them. */
function inTurn<T>(list: readonly T[], work: (one: T) => unknown): () => unknown {
  let i = 0;
  return () => work(list[i++ % list.length]!);
}

function agree<T, A>(what: string, list: readonly T[], ways: Readonly<Record<string, (one: T) => A>>): void {
  const [first, ...rest] = Object.entries(ways);
  for (const one of list)
    for (const [name, way] of rest) deepStrictEqual([what, name, one, way(one)], [what, name, one, first![1](one)]);
}

/** All of a list with each call: what takes nanoseconds would be mostly the calling. The sum leaves nothing out. */
const all =
  <T>(list: readonly T[], work: (one: T) => number) =>
  () => {
    let sum = 0;
    for (const one of list) sum += work(one);
    return sum;
  };

function adding(): readonly Bar[] {
  const ms = {
    [ours]: (at: number) => calendar.add(at, 40 * hour),
    [viaDayjs]: (at: number) => dayjs.utc(at).addBusinessHours(40).valueOf(),
    [viaMoment]: (at: number) => moment.utc(at).addWorkingTime(40, "hours").valueOf(),
  };
  const iso = {
    [ours]: (at: string) => calendar.add(at, { hours: 40 }),
    [viaDayjs]: (at: string) => dayjs.utc(at).addBusinessHours(40).toISOString(),
    [viaMoment]: (at: string) => moment.utc(at).addWorkingTime(40, "hours").toISOString(),
  };
  agree("add 40 h", starts, { ...ms, [byHand]: (at) => add(table, at, 40 * hour) });
  agree("add 40 h", instants, iso);
  agree("add 2,000 h", starts, {
    [ours]: (at) => calendar.add(at, 2000 * hour),
    [byHand]: (at) => add(table, at, 2000 * hour),
  });
  return [
    ...besidePeers("add 40 h to milliseconds", starts, ms, 1000),
    ...besidePeers("add 40 h to an Instant", instants, iso, 300),
    ...besideByHand(),
  ];
}

function besidePeers<T>(
  what: string,
  list: readonly T[],
  ways: Readonly<Record<string, (one: T) => unknown>>,
  atLeast: number,
): readonly Bar[] {
  const times = compete(
    Object.entries(ways).map(([name, way]) => ({ name, run: inTurn(list, way) })),
    9,
  );
  printTimes(what, times);
  return [viaDayjs, viaMoment].map((peer) => ({
    what: `${what}: ${peer.replace("-business-time", "")} / ours`,
    measured: ratio(times, peer, ours),
    atLeast,
  }));
}

function besideByHand(): readonly Bar[] {
  const [long, longByHand] = ["ours, 2,000 h", "by hand, 2,000 h"];
  const times = compete([
    { name: ours, run: all(starts, (at) => calendar.add(at, 40 * hour)) },
    { name: byHand, run: all(starts, (at) => add(table, at, 40 * hour)) },
    { name: long, run: all(starts, (at) => calendar.add(at, 2000 * hour)) },
    { name: longByHand, run: all(starts, (at) => add(table, at, 2000 * hour)) },
  ]);
  printTimes(`add 40 h to milliseconds (times ${starts.length})`, times);
  return [
    { what: "add 40 h: ours / by hand", measured: ratio(times, ours, byHand), atMost: 3 },
    { what: "add: 2,000 h / 40 h", measured: ratio(times, long, ours), atMost: 2 },
  ];
}

function comparing(): readonly Bar[] {
  const year = 365 * day;
  const ways = {
    [ours]: (at: number) => calendar.between(at, at + year) / minute,
    [viaDayjs]: (at: number) => dayjs.utc(at).businessMinutesDiff(dayjs.utc(at + year)),
    [viaMoment]: (at: number) => moment.utc(at + year).workingDiff(moment.utc(at), "minutes"),
  };
  agree("between", starts.slice(0, 64), { ...ways, [byHand]: (at) => between(table, at, at + year) / minute });
  return besidePeers("between over a year", starts, ways, 10_000);
}

/** Dates of 2026, beside date-fns on the `Date` that it wants: no text is read for it, and none written. */
function days(): readonly Bar[] {
  const weekends = createCalendar({ id: "weekends", version: 1, zone: "UTC", week: weekdays });
  const dates = Array.from({ length: 256 }, (_, i) => dateOf(Date.UTC(2026, 0, 1) / day + i));
  const local = new Map(dates.map((date) => [date, localDate(date)]));
  for (const n of [1, 10, 13])
    agree(`add ${n} working days, no holidays`, dates, {
      [ours]: (date) => weekends.addDays(date, n),
      "date-fns": (date) => isoOf(addBusinessDays(local.get(date)!, n)),
    });
  agree("add 10 working days, with holidays", dates, {
    [ours]: (date) => calendar.addDays(date, 10),
    [byHand]: (date) => dateOf(addDays(Date.parse(date) / day, 10, daysOff)),
  });

  const dateFns = "date-fns, no holidays";
  const times = compete([
    { name: ours, run: all(dates, (date) => calendar.addDays(date, 10).length) },
    { name: dateFns, run: all([...local.values()], (date) => addBusinessDays(date, 10).getTime()) },
  ]);
  printTimes(`add 10 working days to a LocalDate (times ${dates.length})`, times);
  return [{ what: "addDays: date-fns / ours", measured: ratio(times, dateFns, ours), atLeast: 10 }];
}

const dateOf = (n: number): LocalDate => new Date(n * day).toISOString().slice(0, 10);
const localDate = (date: LocalDate): Date => {
  const [year, month, at] = date.split("-").map(Number);
  return new Date(year!, month! - 1, at);
};
const isoOf = (date: Date): LocalDate =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

const shift = ["09:00-12:00", "13:00-18:00"];
const twoShifts = { mon: shift, tue: shift, wed: shift, thu: shift, fri: shift };
const [from, to] = [Date.parse("2026-01-01T05:00:00.000Z"), Date.parse("2029-01-01T05:00:00.000Z")];

/** Tables are made when they are asked for, so that three years are built by asking for their sum. */
function built(zone: string): { readonly calendar: Calendar; readonly sum: number } {
  const calendar = createCalendar({ id: "shop", version: 1, zone, week: twoShifts, holidays });
  return { calendar, sum: calendar.between(from, to) };
}
const sumOf = ({ starts, ends }: Intervals): number => ends.reduce((sum, end, i) => sum + end - starts[i]!, 0);

function building(): readonly Bar[] {
  const zone = "America/New_York";
  const first = inNewZones();
  const format = formatOf(zone);
  const viaIntl = "one Intl call per boundary";
  agree("build", [zone], {
    [ours]: () => built(zone).calendar.spans(from, to),
    [viaIntl]: () => {
      const { starts, ends } = buildWithIntl(format, 2026, 2028, daysOff);
      return starts.map((start, i) => ({ from: start, to: ends[i]! }));
    },
  });
  const times = compete(
    [
      { name: ours, run: () => built(zone).sum },
      { name: viaIntl, run: () => sumOf(buildWithIntl(format, 2026, 2028, daysOff)) },
    ],
    9,
  );
  printTimes("build three years: two windows a day, New York, 20 holidays", times);
  return [{ what: "build: by Intl / ours", measured: ratio(times, viaIntl, ours), atLeast: 50 }, first];
}

/** What the clocks of a zone do is found out once in a process. These keep New York's time; nobody has asked for them. */
const likeNewYork = ["US/Eastern", "America/Detroit", "America/Toronto", "US/Michigan", "America/Nassau"];

/** The first build of all: most of it is asking the platform, some four hundred times, for the changes of the clock. */
function inNewZones(): Bar {
  const expected = built("America/New_York").sum;
  const spent = (work: () => number): number => {
    const from = process.cpuUsage();
    const sum = work();
    const { user, system } = process.cpuUsage(from);
    deepStrictEqual(sum, expected);
    return user + system;
  };
  const times = likeNewYork.map((zone) => {
    const own = spent(() => built(zone).sum);
    return spent(() => sumOf(buildWithIntl(formatOf(zone), 2026, 2028, daysOff))) / own;
  });
  return { what: "first build in a zone: by Intl / ours", measured: median(times), atLeast: 3 };
}

export function workingTime(): readonly Bar[] {
  return [...adding(), ...comparing(), ...days(), ...building()];
}
