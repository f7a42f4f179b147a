import { isLocalDate, localDateToDay } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import { isZone, offsetMs } from "../kernel/zone.js";
import type { CalendarData, CalendarProblem, DayPlan, Holiday, Weekday } from "./data.js";

export const dayMs = 86_400_000;

/** The years that calendars answer for, the second exclusive. */
export const firstInstant = Date.UTC(1900, 0, 1);
export const lastInstant = Date.UTC(2200, 0, 1);

/** No zone is further from UTC. */
export const farthest = 16 * 3_600_000;

/** Milliseconds since local midnight: from, to, from, to, … in order; `to` may lie in the next day. */
export type Windows = readonly number[];

/** The data of a calendar, read once. */
export interface Plan {
  readonly zone: string;
  /** By days since a Thursday, as 1970-01-01 was one. */
  readonly week: readonly Windows[];
  readonly days: ReadonlyMap<number, { readonly windows: Windows; readonly name: string | null }>;
  readonly holidays: ReadonlyMap<number, string | null>;
  /** The most windows that a day has. */
  readonly most: number;
}

const weekdays: readonly Weekday[] = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"];
const allowed = "mon, tue, wed, thu, fri, sat, sun";
const closed: Windows = [];

export const weekdayOf = (day: number): number => ((day % 7) + 7) % 7;

/** The windows of a date: an override beats a holiday, a holiday beats the weekday. */
export function windowsOf(plan: Plan, day: number): Windows {
  const own = plan.days.get(day);
  if (own !== undefined) return own.windows;
  return plan.holidays.has(day) ? closed : plan.week[weekdayOf(day)]!;
}

/** As many as any real calendar has, and few enough for every answer to stay quick. */
const mostDates = 20_000;
const mostWindows = 24;

/** Reads the data of a calendar; what is wrong with it is added to `problems`. */
export function readPlan(data: CalendarData, problems: CalendarProblem[]): Plan {
  const wrong = (path: string, code: CalendarProblem["code"], message: string): void => {
    if (problems.length < 100) problems.push({ path, code, message });
  };
  const { zone, week, holidays, days, dataThrough } = (isObject(data) ? data : {}) as Partial<CalendarData>;
  if (!isZone(zone)) wrong("zone", "UNKNOWN_ZONE", `no time zone is called ${preview(zone)}`);
  if (!isObject(week)) wrong("week", "INVALID_CALENDAR", 'windows by weekday are needed: { mon: ["09:00-17:00"] }');
  for (const name of Object.keys(isObject(week) ? week : {}))
    if (!weekdays.includes(name as Weekday)) wrong(`week.${name}`, "INVALID_CALENDAR", `allowed: ${allowed}`);
  const read = weekdays.map((name) => readWindows(`week.${name}`, isObject(week) ? (week[name] ?? []) : [], wrong));
  nights(read, wrong);

  const overrides = new Map<number, { windows: Windows; name: string | null }>();
  if (days !== undefined && !isObject(days)) wrong("days", "INVALID_CALENDAR", "windows by date are needed");
  const dates = isObject(days) ? Object.entries(days) : [];
  if (dates.length > mostDates) wrong("days", "INVALID_CALENDAR", `at most ${mostDates} dates`);
  else
    for (const [date, own] of dates) {
      const path = `days.${date.slice(0, 20)}`;
      if (!isLocalDate(date)) wrong(path, "INVALID_CALENDAR", "a date YYYY-MM-DD is needed");
      else if (Array.isArray(own))
        overrides.set(localDateToDay(date), { windows: readWindows(path, own, wrong), name: null });
      else if (isObject(own) && isName((own as DayPlan).name))
        overrides.set(localDateToDay(date), {
          windows: readWindows(path, (own as DayPlan).windows, wrong),
          name: (own as DayPlan).name,
        });
      else wrong(path, "INVALID_CALENDAR", "a list of windows, or { windows, name }, is needed");
    }

  const off = new Map<number, string | null>();
  if (holidays !== undefined && !Array.isArray(holidays)) wrong("holidays", "INVALID_CALENDAR", "a list is needed");
  const list: readonly unknown[] = Array.isArray(holidays) ? holidays : [];
  if (list.length > mostDates) wrong("holidays", "INVALID_CALENDAR", `at most ${mostDates} dates`);
  else
    for (let i = 0; i < list.length; i++) {
      const one = list[i];
      const { date, name } = (isObject(one) ? one : { date: one, name: undefined }) as Partial<Holiday>;
      const sound = isLocalDate(date) && (isObject(one) ? isName(name) : true);
      if (!sound) wrong(`holidays.${i}`, "INVALID_CALENDAR", "a date, or { date, name }, is needed");
      else if (!off.has(localDateToDay(date))) off.set(localDateToDay(date), name ?? null);
    }
  if (dataThrough !== undefined && !isLocalDate(dataThrough))
    wrong("dataThrough", "INVALID_CALENDAR", "a date YYYY-MM-DD is needed");

  if (problems.length === 0 && read.every((w) => w.length === 0)) {
    const dated = [...overrides].filter(([, { windows }]) => windows.length > 0);
    if (dated.length === 0) wrong("week", "EMPTY_WEEK", "no day has a window");
    // Only dates can be so few, or so unlucky with the clocks, that they never open.
    else if (!dated.some(([day, { windows }]) => opens(zone as string, day, windows)))
      wrong("days", "NO_WORKING_TIME", "none of them ever opens");
  }
  return {
    zone: zone as string,
    week: read,
    days: overrides,
    holidays: off,
    most: Math.max(...read.map((w) => w.length), ...most([...overrides.values()])) / 2,
  };
}

/** Not by spreading: a list of twenty thousand is more than a call takes. */
const most = (days: readonly { readonly windows: Windows }[]): readonly number[] => [
  days.reduce((n, d) => Math.max(n, d.windows.length), 0),
];

type Wrong = (path: string, code: CalendarProblem["code"], message: string) => void;

const form = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?-(?:([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?|24:00(?::00)?)$/;

function readWindows(path: string, windows: unknown, wrong: Wrong): Windows {
  if (!Array.isArray(windows) || windows.length > mostWindows) {
    wrong(path, "INVALID_CALENDAR", `a list of at most ${mostWindows} windows is needed`);
    return closed;
  }
  const read: number[] = [];
  for (let i = 0; i < windows.length; i++) {
    const at = `${path}.${i}`;
    const text: unknown = windows[i];
    const found = typeof text === "string" && text.length <= 17 ? form.exec(text) : null;
    if (found === null) {
      wrong(at, "INVALID_CALENDAR", `a window "HH:mm-HH:mm" is needed, found ${preview(text)}`);
      continue;
    }
    const from = clock(found[1]!, found[2]!, found[3]);
    const end = found[4] === undefined ? dayMs : clock(found[4], found[5]!, found[6]);
    if (end === from) wrong(at, "ZERO_LENGTH", `"${text}" lasts no time; the whole day is "00:00-24:00"`);
    // Only the last window of a day can run past midnight.
    const to = end < from ? end + dayMs : end;
    const before = read.length === 0 ? -1 : read[read.length - 2]!;
    if (from < before) wrong(at, "WRONG_ORDER", `"${text}" begins before the window in front of it`);
    else if (read.length > 0 && from < read[read.length - 1]!)
      wrong(at, "OVERLAPPING_WINDOWS", `"${text}" begins before the window in front of it has ended`);
    read.push(from, to);
  }
  return read;
}

/** Whether the clocks of a zone ever show a time in these windows of a date, in the years that calendars answer for. */
function opens(zone: string, day: number, windows: Windows): boolean {
  for (let w = 0; w < windows.length; w += 2) {
    const from = day * dayMs + windows[w]!;
    const to = day * dayMs + windows[w + 1]!;
    for (const offset of [offsetMs(zone, from - farthest), offsetMs(zone, to + farthest)]) {
      const first = Math.max(from - offset, firstInstant);
      const last = Math.min(to - offset, lastInstant) - 1;
      // An offset holds before a change of the clock or after it: somewhere between the two if at either.
      if (first <= last && (offsetMs(zone, first) === offset || offsetMs(zone, last) === offset)) return true;
    }
  }
  return false;
}

/** A night shift that runs into the windows of the weekday after it. */
function nights(week: readonly Windows[], wrong: Wrong): void {
  week.forEach((windows, i) => {
    const next = week[(i + 1) % 7]!;
    const end = windows[windows.length - 1];
    if (end !== undefined && next[0] !== undefined && end - dayMs > next[0])
      wrong(
        `week.${weekdays[i]}`,
        "OVERLAPPING_WINDOWS",
        `its night runs into the windows of ${weekdays[(i + 1) % 7]}`,
      );
  });
}

const clock = (hours: string, minutes: string, seconds = "0"): number =>
  Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isName = (name: unknown): boolean => typeof name === "string" && name.length > 0 && name.length <= 200;

/** Why a date is closed, where more than the weekday makes it so. */
export function closedBecause(plan: Plan, day: number): { readonly name: string | null; readonly holiday: boolean } {
  const own = plan.days.get(day);
  if (own !== undefined) return { name: own.name, holiday: own.windows.length === 0 && own.name !== null };
  return { name: plan.holidays.get(day) ?? null, holiday: plan.holidays.has(day) };
}
