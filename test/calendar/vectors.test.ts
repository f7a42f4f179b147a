import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Calendar, createCalendar, subtract, unite } from "../../src/calendar/index.js";
import { coded, hour, minute, second } from "./given.js";

type Times = Readonly<Record<string, readonly (readonly [string, string])[]>>;
interface Described {
  readonly id: string;
  readonly tz: string;
  readonly week: Times;
  readonly holidays?: readonly string[];
  readonly overrides?: Times;
  readonly breaks?: Times;
}
interface Asked {
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly amount: number;
  readonly count: number;
  readonly unit: "days" | "hours" | "minutes" | "seconds" | "milliseconds";
  readonly truncate?: boolean;
  readonly backward?: boolean;
}
interface Vector {
  readonly id: string;
  readonly calendar: string;
  readonly op: string;
  readonly args: Asked;
  readonly expected: unknown;
  readonly recommended?: unknown;
  readonly fits?: readonly string[];
}

const url = new URL("../vectors/working-time-vectors.json", import.meta.url);
const file = JSON.parse(readFileSync(url, "utf8")) as {
  readonly calendars: readonly Described[];
  readonly vectors: readonly Vector[];
  readonly derived: readonly Vector[];
};
const vectors = [...file.vectors, ...file.derived];

const windows = (times: Times = {}) =>
  Object.fromEntries(Object.entries(times).map(([on, list]) => [on, list.map((window) => window.join("-"))]));
/** What the vectors call breaks is a second calendar that is taken away. */
function calendarOf({ id, tz: zone, week, holidays, overrides, breaks }: Described): Calendar {
  const named = { version: 1, zone };
  const calendar = createCalendar({ ...named, id, week: windows(week), holidays, days: windows(overrides) });
  if (breaks === undefined) return calendar;
  return subtract(calendar, createCalendar({ ...named, id: "breaks", week: {}, days: windows(breaks) }));
}
/** Its windows overlap, and no vector asks it anything. */
const overlapping = "cal-90";
const calendars = new Map(
  file.calendars.filter(({ id }) => id !== overlapping).map((described) => [described.id, calendarOf(described)]),
);

const units = { days: 1, hours: hour, minutes: minute, seconds: second, milliseconds: 1 };
const ms = ({ amount, unit }: Asked) => amount * units[unit];
type Door = (calendar: Calendar, asked: Asked) => unknown;

const forward: Door = (calendar, { from, count }) => {
  const list: unknown[] = [];
  for (let at = from; list.length < count; ) {
    const opening = calendar.nextOpening(at)!;
    at = calendar.nextClosing(opening)!;
    list.push([opening, at]);
  }
  return list;
};
const backward: Door = (calendar, { from, count }) => {
  const list: unknown[] = [];
  for (let at = from; list.length < count; ) {
    const closing = calendar.previousClosing(at)!;
    at = calendar.previousOpening(closing)!;
    list.push([at, closing]);
  }
  return list;
};

/** What the library answers unless it is told otherwise. */
const doors: Readonly<Record<string, Door>> = {
  add: (calendar, asked) =>
    asked.backward === true ? calendar.previousClosing(asked.from) : calendar.add(asked.from, ms(asked)),
  addDays: (calendar, { from, amount }) => calendar.addDays(from, amount),
  between: (calendar, { from, to, unit, truncate }) => {
    const worked = calendar.between(from, to) / units[unit];
    return truncate === true ? Math.trunc(worked) : worked;
  },
  daysBetween: (calendar, { from, to }) => calendar.daysBetween(from, to),
  isOpen: (calendar, { at }) => calendar.isOpen(at),
  nextOpen: (calendar, { from }) => calendar.nextOpening(from),
  nextOpenStrict: (calendar, { from }) => calendar.nextOpening(calendar.nextClosing(from)!),
  prevOpen: (calendar, { from }) => calendar.previousClosing(from),
  nextClose: (calendar, { from }) => calendar.nextClosing(from),
  intervals: forward,
  intervalsBack: backward,
};

/** Into opening hours, in the direction of counting. */
const rolled = (calendar: Calendar, at: string, amount: number) =>
  amount < 0 ? calendar.previousClosing(at)! : calendar.nextOpening(at)!;

/** The conventions of other projects that an option, or one door after another, follows. */
const conventions: Readonly<Record<string, Door>> = {
  "land=deadline": (calendar, asked) => calendar.add(asked.from, ms(asked), { land: "deadline" }),
  "land=resume": (calendar, asked) => calendar.add(asked.from, ms(asked), { land: "resume" }),
  closingSide: (calendar, { from }) => calendar.previousClosing(from),
  "days=step": (calendar, { from, amount }) => calendar.addDays(from, amount, { origin: "step" }),
  "days=rollThenStep": (calendar, { from, amount }) => calendar.addDays(from, amount, { origin: "roll" }),
  "days=stepThenRollTime": (calendar, { from, amount }) =>
    rolled(calendar, calendar.addDays(from, amount) as string, amount),
  "days=bumpToOpeningThenStep": (calendar, { from, amount }) => calendar.addDays(calendar.nextOpening(from)!, amount),
};
/** These name what the doors do by themselves. */
const ours = ["open=[start,end)", "between=signed", "daysBetween=(from,to]", "halfOpen", "intervals"];

/** What the library does not follow, and why. */
const closingIsOpen = "closing time counts as open: a customer would find the door shut";
const foreign: Readonly<Record<string, string>> = {
  "bt-0437": closingIsOpen,
  "bt-0464": closingIsOpen,
  "bt-0621": "negative working time is cut to zero: nobody could tell early from late",
};

/** A day that was asked for as a day is compared as one. */
const asExpected = (answer: unknown, expected: unknown) =>
  typeof expected === "string" && typeof answer === "string" ? answer.slice(0, expected.length) : answer;
const follows = (fit: string) => ours.includes(fit) || fit in conventions;

it("no vector is lost", () => {
  expect([file.vectors.length, file.derived.length]).toEqual([418, 23]);
  expect(vectors.filter(({ calendar }) => !calendars.has(calendar))).toEqual([]);
  const alone = vectors.filter(({ fits }) => fits !== undefined && !fits.some(follows));
  expect(alone.map(({ id }) => id).sort()).toEqual(Object.keys(foreign).sort());
});

describe.each(Object.keys(doors))("%s", (op) => {
  it.each(vectors.filter((v) => v.op === op).map((v) => [v.id, v] as const))("%s", (_, vector) => {
    const { args, expected, recommended = expected } = vector;
    const answer = doors[op]!(calendars.get(vector.calendar)!, args);
    expect(asExpected(answer, recommended)).toEqual(recommended);
  });
});

describe.each([...Object.keys(conventions), ...ours])("the convention %s", (fit) => {
  it.each(vectors.filter((v) => v.fits?.includes(fit)).map((v) => [v.id, v] as const))("%s", (_, vector) => {
    const door = conventions[fit] ?? doors[vector.op]!;
    const answer = door(calendars.get(vector.calendar)!, vector.args);
    expect(asExpected(answer, vector.expected)).toEqual(vector.expected);
  });
});

it.each(Object.entries(foreign))("%s is answered in another way: %s", (id) => {
  const vector = vectors.find((v) => v.id === id)!;
  const answer = doors[vector.op]!(calendars.get(vector.calendar)!, vector.args);
  expect(answer).not.toEqual(vector.expected);
  expect(answer).toEqual(vector.recommended);
});

it("windows that overlap are refused; uniting two calendars counts the overlap once", () => {
  const described = file.calendars.find(({ id }) => id === overlapping)!;
  expect(() => calendarOf(described)).toThrow(coded("OVERLAPPING_WINDOWS"));
  const [one, other] = described.week["mon"]!.map((window) => calendarOf({ ...described, week: { mon: [window] } }));
  const both = unite(one!, other!);
  expect(both.between("2025-01-06T00:00:00.000Z", "2025-01-07T00:00:00.000Z")).toBe(8 * hour);
  expect(both.nextClosing("2025-01-06T09:00:00.000Z")).toBe("2025-01-06T17:00:00.000Z");
});
