import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Calendar, createCalendar, subtract } from "../../src/calendar/index.js";
import { type Instant, type LocalDate, toInstant } from "../../src/kernel/instant.js";
import { type Happening, type Offset, type Reading, readClock, type Target } from "../../src/sla/index.js";
import { coded, day, everyDay, hour, minute, second } from "../calendar/given.js";

type Times = Readonly<Record<string, readonly (readonly [string, string])[]>>;
interface Described {
  readonly id: string;
  readonly timezone: string;
  readonly hours: Times | "24x7";
  readonly holidays?: readonly string[];
  readonly recurringHolidays?: readonly string[];
  readonly shifts?: Times;
  readonly breaks?: Times;
}
interface Amount {
  readonly value: number;
  readonly unit: "s" | "min" | "h" | "workingDay";
}
interface Span {
  readonly from: string;
  readonly to: string;
}
interface Vector {
  readonly id: string;
  readonly op: string;
  readonly calendar: string;
  readonly tags: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly target?: Amount;
  readonly pauses?: readonly Span[];
  readonly ignoredPauses?: readonly Span[];
  readonly attachedAt?: string;
  readonly events?: readonly { readonly at: string; readonly type: string }[];
  readonly endpointPolicy?: "any" | "close" | "nextOpen";
  readonly endOfWorkingDay?: boolean;
  readonly convention?: string;
  readonly granularity?: number;
  readonly dueAt: string;
  readonly offset: Amount;
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly inclusiveEnd?: boolean;
  readonly expected: Readonly<Record<string, string | number | boolean>>;
}

const url = new URL("../vectors/sla-vectors.json", import.meta.url);
const file = JSON.parse(readFileSync(url, "utf8")) as {
  readonly calendars: Readonly<Record<string, Described>>;
  readonly vectors: readonly Vector[];
  readonly divergences: readonly { readonly id: string }[];
  readonly regulatoryDerived: readonly { readonly id: string }[];
};
const { vectors } = file;
const vector = (id: string): Vector => vectors.find((v) => v.id === id)!;

const windows = (times: Times = {}) =>
  Object.fromEntries(Object.entries(times).map(([on, list]) => [on, list.map((window) => window.join("-"))]));

/** Holidays that come every year are dates here: for every year that a vector could reach. */
const years = Array.from({ length: 40 }, (_, i) => 2000 + i);
function calendarOf(described: Described): Calendar {
  const { id, timezone: zone, hours, holidays = [], recurringHolidays = [], shifts, breaks } = described;
  const calendar = createCalendar({
    id,
    version: 1,
    zone,
    week: hours === "24x7" ? everyDay("00:00-24:00") : windows(hours),
    holidays: [...holidays, ...recurringHolidays.flatMap((date) => years.map((year) => `${year}-${date}`))],
    days: windows(shifts),
  });
  if (breaks === undefined) return calendar;
  return subtract(calendar, createCalendar({ id: "breaks", version: 1, zone, week: {}, days: windows(breaks) }));
}
const calendars = new Map(Object.entries(file.calendars).map(([id, described]) => [id, calendarOf(described)]));

const units = { s: second, min: minute, h: hour };
const msOf = ({ value, unit }: Amount): number => value * units[unit as keyof typeof units];
const within = (amount: Amount): Target["within"] =>
  amount.unit === "workingDay" ? { workingDays: amount.value } : { working: msOf(amount) };
/** Only the answer to the second is told. */
const instant = (text: string): Instant => toInstant(Date.parse(text));
const toSecond = (at: Instant | null): string | undefined => at?.replace(".000Z", "Z");

type Mark = Happening<Instant>;
const pausesOf = (spans: readonly Span[] = []): Mark[] =>
  spans.flatMap(({ from, to }) => [
    { type: "pause", at: instant(from) },
    { type: "resume", at: instant(to) },
  ]);

/** What a vector tells of a clock. */
function marksOf({ start, pauses, ignoredPauses, attachedAt, events = [], tags }: Vector): Mark[] {
  const marks: Mark[] = [{ type: "start", at: instant(start) }, ...pausesOf(pauses), ...pausesOf(ignoredPauses)];
  if (attachedAt !== undefined) marks.push({ type: "start", of: "attached", at: instant(attachedAt) });
  // What counts from the attachment was created before.
  if (tags.includes("ola-from-attachment"))
    return [
      { type: "start", at: toInstant(Date.parse(start) - hour) },
      { type: "start", of: "attached", at: instant(start) },
    ];
  if (events.length > 0)
    return events.map(
      ({ at, type }): Mark =>
        type === "customerMessage"
          ? { type: "start", of: "customer waiting", at: instant(at) }
          : { type: "stop", at: instant(at) },
    );
  return marks;
}

function targetOf(v: Vector, more: Partial<Target> = {}): Target {
  const { target, ignoredPauses, attachedAt, tags, events, endOfWorkingDay } = v;
  return {
    within: within(target!),
    ...(ignoredPauses === undefined ? {} : { pausable: false }),
    ...(attachedAt === undefined ? {} : { starts: "created" }),
    ...(tags.includes("ola-from-attachment") ? { starts: "attached" } : {}),
    ...(events === undefined ? {} : { starts: "customer waiting", repeats: true }),
    ...(endOfWorkingDay === true ? { endOfDay: true } : {}),
    ...more,
  };
}

/** Asked when every fact of the vector has happened. */
function read(v: Vector, more?: Partial<Target>): Reading {
  const marks = marksOf(v);
  const last = marks.map(({ at }) => at).sort()[marks.length - 1]!;
  return readClock(targetOf(v, more), marks, { calendar: calendars.get(v.calendar), asOf: last });
}

const due = (v: Vector, more?: Partial<Target>) => ({ dueAt: toSecond(read(v, more).due) });

/** Far more than any vector uses up. */
const ample: Amount = { value: 20_000, unit: "h" };

function stoppedClock(v: Vector): Reading {
  const stopped: Mark[] = [...marksOf(v), { type: "stop", at: instant(v.end) }];
  const target = targetOf({ ...v, target: v.target ?? ample });
  return readClock(target, stopped, { calendar: calendars.get(v.calendar), asOf: instant(v.end) });
}

function offsetOf({ value, unit }: Amount): Offset {
  const size = Math.abs(value);
  return unit === "workingDay" ? { workingDays: size } : { working: msOf({ value: size, unit }) };
}

/** A clock that is due at that instant, read long after its level. */
function levelOf({ dueAt, offset, calendar }: Vector): Reading {
  const ms = Date.parse(dueAt);
  const at = offset.value < 0 ? { before: offsetOf(offset) } : { after: offsetOf(offset) };
  return readClock(
    { within: { elapsed: 30 * day }, levels: [{ id: "level", at }] },
    [{ type: "start", at: toInstant(ms - 30 * day) }],
    { calendar: calendars.get(calendar), asOf: toInstant(ms + 60 * day) },
  );
}

const atClosing: Partial<Target> = { land: "deadline" };
const atOpening: Partial<Target> = { land: "resume" };

/** What the library answers unless it is told otherwise. */
const doors: Readonly<Record<string, (v: Vector) => object>> = {
  due: (v) => due(v),
  dueWorkingDays: (v) => {
    const { target, calendar, start } = v;
    // A clock is never due before it begins.
    if (target!.value < 0)
      return { dueAt: toSecond(calendars.get(calendar)!.addDays(instant(start), target!.value) as string) };
    return { dueAt: toSecond(read(v).due), pausedWorkingSec: read(v).paused / second };
  },
  elapsed: (v) => {
    const { elapsed, remaining, late, verdict } = stoppedClock(v);
    return {
      elapsedSec: elapsed / second,
      remainingSec: (remaining - late) / second,
      breached: verdict === "late",
    };
  },
  escalationLevel: (v) => ({ fireAt: toSecond(levelOf(v).levels[0]?.at ?? null) }),
  deadlineDate: ({ calendar, startDate, target }) => ({
    deadlineDate: calendars.get(calendar)!.addDays(startDate, target!.value, { origin: "roll" }),
  }),
  countWorkingDays: ({ calendar, startDate, endDate, inclusiveEnd }) => {
    const hours = calendars.get(calendar)!;
    const eve = (date: LocalDate) => toInstant(Date.parse(date) - day).slice(0, 10);
    return { workingDays: hours.daysBetween(eve(startDate), inclusiveEnd === true ? endDate : eve(endDate)) };
  },
};

const snaps = "keep the time of day, then snap forward to the next working instant";
const floored = "granularity-minute-floor";

/** Where our default is another: the option or reckoning that gives what the vector tells, and why it is no default. */
const others: readonly {
  readonly named: string;
  readonly why: string;
  readonly follows: (v: Vector) => boolean;
  readonly differs: boolean;
  readonly answer: (v: Vector) => object;
}[] = [
  {
    named: "endpointPolicy nextOpen (div-001)",
    why: "a due time is the first moment by which the target is used up: closing time",
    follows: (v) => v.endpointPolicy === "nextOpen",
    differs: true,
    answer: (v) => due(v, atOpening),
  },
  {
    named: "working days that snap into hours",
    why: "a working day later is the same time of day",
    follows: (v) => v.convention === snaps,
    differs: false,
    answer: (v) => due(v, atOpening),
  },
  {
    named: "whole minutes",
    why: "nothing is rounded: three seconds were used",
    follows: (v) => v.tags.includes(floored),
    differs: true,
    answer: (v) => {
      const { elapsedSec, remainingSec, ...rest } = doors["elapsed"]!(v) as Record<string, number>;
      const whole = Math.floor(elapsedSec! / v.granularity!) * v.granularity!;
      return { ...rest, elapsedSec: whole, remainingSec: remainingSec! + elapsedSec! - whole };
    },
  },
];
const other = (v: Vector) => others.find(({ follows }) => follows(v));

it("no vector is lost", () => {
  expect(vectors.length).toBe(125);
  expect(vectors.filter(({ op, calendar }) => !(op in doors) || !calendars.has(calendar))).toEqual([]);
});

describe.each(Object.keys(doors))("%s", (op) => {
  it.each(vectors.filter((v) => v.op === op && other(v) === undefined).map((v) => [v.id, v] as const))("%s", (_, v) => {
    expect(doors[op]!(v)).toMatchObject(v.expected);
  });
});

describe.each(others)("$named is an option, for $why", ({ follows, differs, answer }) => {
  const all = vectors.filter(follows);

  it.each(all.map((v) => [v.id, v] as const))("%s", (_, v) => expect(answer(v)).toMatchObject(v.expected));

  it("is not what we answer unasked", () => {
    const unlike = all.filter((v) => {
      const ours = doors[v.op]!(v) as Readonly<Record<string, unknown>>;
      return Object.entries(v.expected).some(([name, value]) => ours[name] !== value);
    });
    expect(unlike.length).toBeGreaterThan(0);
    if (differs) expect(unlike).toEqual(all);
  });
});

describe("swapped ends", () => {
  const swapped = vectors.filter((v) => v.tags.includes("swapped"));

  it.each(swapped.map((v) => [v.id, v] as const))("%s: a clock that has not begun has used nothing", (_, v) => {
    expect(v.expected["elapsedSec"]).toBe(0);
    expect(stoppedClock(v)).toMatchObject({ state: "waiting", elapsed: 0, startedAt: null });
  });

  it("a calendar tells early from late, so it does not cut them to zero", () => {
    for (const { calendar, start, end } of swapped)
      expect(calendars.get(calendar)!.between(instant(start), instant(end))).toBeLessThan(0);
  });
});

describe("a boundary at closing time", () => {
  const close = vectors.filter((v) => v.endpointPolicy === "close");

  it.each(close.map((v) => [v.id, v] as const))("%s resumes at the next opening if asked to", (_, v) => {
    expect(due(v, atClosing)).toMatchObject(v.expected);
    const resumed = read(v, atOpening).due!;
    expect(resumed > read(v).due!).toBe(true);
    expect(resumed).toBe(calendars.get(v.calendar)!.nextOpening(read(v).due!));
  });
});

describe("what other systems answer, and we do not", () => {
  const clock = (id: string, marks: Mark[], within: Target["within"], asOf: string, more: Partial<Target> = {}) =>
    readClock({ within, ...more }, marks, { calendar: calendars.get(id), asOf: instant(asOf) });
  const two = { working: { hours: 2 } };
  const begun = (at: string): Mark => ({ type: "start", at: instant(at) });

  it("div-001: the next opening, where a target is used up exactly at closing", () => {
    // Two vectors of one ticket, one of each kind of system.
    const v = vector("zammad-014");
    expect(toSecond(read(v).due)).toBe("2013-06-04T16:00:00Z");
    expect(toSecond(read(v, atOpening).due)).toBe("2013-06-05T07:00:00Z");
  });

  it("div-002: pauses floored to the minute, because seconds are lost that way", () => {
    const marks = [
      begun("2016-11-01T15:59:14Z"),
      ...pausesOf([{ from: "2016-11-01T15:59:58Z", to: "2016-11-07T13:26:36Z" }]),
    ];
    const within = { working: { minutes: 1200 } };
    const upstream = ["2016-11-09T09:26:00Z", "2016-11-09T09:27:00Z"];
    const ours = toSecond(clock("berlin-mf-0820-hol-20161101", marks, within, "2016-11-08T00:00:00Z").due);
    expect(ours).toBe("2016-11-09T09:26:36Z");
    expect(upstream).not.toContain(ours);
  });

  it("div-003: a hold outside working hours that moves the due time, because nothing of it would have counted", () => {
    const marks = [
      begun("2020-03-04T04:00:00Z"),
      ...pausesOf([{ from: "2020-03-04T04:15:00Z", to: "2020-03-04T05:00:00Z" }]),
    ];
    const held = clock("erpnext-7d-1018-hol", marks, { working: { hours: 6 } }, "2020-03-04T06:00:00Z");
    expect(toSecond(held.due)).toBe("2020-03-04T16:00:00Z");
    expect(held.paused).toBe(0);
  });

  it("div-004: a second, for a response wholly outside working hours, because it is none", () => {
    const marks: Mark[] = [begun("2021-06-28T20:00:00Z"), { type: "stop", at: instant("2021-06-29T06:00:00Z") }];
    const { elapsed, verdict } = clock("erpnext-mf-1018", marks, two, "2021-06-29T06:00:00Z");
    expect([elapsed, verdict]).toEqual([0, "on time"]);
  });

  it("div-005: wall-clock time, where no day is open, because such a calendar is a mistake", () => {
    expect(() => createCalendar({ id: "closed", version: 1, zone: "UTC", week: {} })).toThrow(coded("EMPTY_WEEK"));
  });

  it("div-006: one clock for the next response and for the periodic update, because they are two", () => {
    const answered = instant("2024-01-15T11:00:00Z");
    const update = clock(
      "24x7-utc",
      [begun("2024-01-15T10:00:00Z"), { type: "restart", at: answered }],
      two,
      "2024-01-15T11:30:00Z",
    );
    expect(update).toMatchObject({ state: "running", due: "2024-01-15T13:00:00.000Z" });
    const marks: Mark[] = [
      { type: "start", of: "customer waiting", at: instant("2024-01-15T10:00:00Z") },
      { type: "stop", at: answered },
    ];
    const next = clock("24x7-utc", marks, two, "2024-01-15T11:30:00Z", { repeats: true });
    expect(next).toMatchObject({ state: "stopped", wakeAt: null });
  });

  it("div-007: a hit, where a job looked too late, because when it looks has no part in it", () => {
    const marks: Mark[] = [begun("2024-01-15T10:00:00Z"), { type: "stop", at: instant("2024-01-15T16:00:00Z") }];
    const read = clock("24x7-utc", marks, { working: { hours: 1 } }, "2024-01-15T16:00:00Z");
    expect(read).toMatchObject({ verdict: "late", breachedAt: "2024-01-15T11:00:00.000Z", late: 5 * hour });
  });

  it("every divergence of the file is here", () => {
    expect(file.divergences.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `div-00${n}`));
  });
});

describe("rules of supervisors, from their texts", () => {
  const london = createCalendar({
    id: "london",
    version: 1,
    zone: "Europe/London",
    week: windows({
      mon: [["09:00", "17:00"]],
      tue: [["09:00", "17:00"]],
      wed: [["09:00", "17:00"]],
      thu: [["09:00", "17:00"]],
      fri: [["09:00", "17:00"]],
    }),
    holidays: ["2024-03-29", "2024-04-01"],
  });
  const received = (target: Target, at: string) =>
    toSecond(readClock(target, [{ type: "start", at: instant(at) }], { calendar: london, asOf: instant(at) }).due);

  it("reg-001: close of business on the third business day after receipt", () => {
    const target: Target = { within: { workingDays: 3 }, endOfDay: true };
    expect(received(target, "2024-03-28T11:00:00Z")).toBe("2024-04-04T16:00:00Z");
    // However late on that day.
    expect(received(target, "2024-03-28T23:59:59Z")).toBe("2024-04-04T16:00:00Z");
  });

  it("reg-002: the end of eight weeks after receipt", () => {
    // The last day is 26 April: it ends, an hour ahead of UTC by then, with the 27th.
    expect(received({ within: { weeks: 8 }, endOfDay: true }, "2024-03-01T12:00:00Z")).toBe("2024-04-26T23:00:00Z");
  });

  it("reg-003: fifteen business days, thirty-five with a holding reply", () => {
    const within = (workingDays: number): Target => ({ within: { workingDays }, endOfDay: true });
    expect(received(within(15), "2024-03-01T12:00:00Z")).toBe("2024-03-22T17:00:00Z");
    expect(received(within(35), "2024-03-01T12:00:00Z")).toBe("2024-04-23T16:00:00Z");
  });

  it("every rule of the file is here", () => {
    expect(file.regulatoryDerived.map(({ id }) => id)).toEqual(["reg-001", "reg-002", "reg-003"]);
  });
});
