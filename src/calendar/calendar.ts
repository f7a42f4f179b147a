import { ClienteleError } from "../kernel/errors.js";
import { coded, guarded } from "../kernel/guarded.js";
import { dayToLocalDate, type Instant, type LocalDate, localDateToDay, toInstant, toMs } from "../kernel/instant.js";
import { startOfLocalDate } from "../kernel/zone.js";
import { buildFrom } from "./build.js";
import type { CalendarProblem, NamedCalendarData } from "./data.js";
import { addDaysTo, dateOn, daysFrom, isWorkday, type Origin, tableOn } from "./days.js";
import { durationMs, type WorkingDuration } from "./duration.js";
import { instantOf, type Offsets, offsetsOf, stretchAt } from "./offsets.js";
import { closedBecause, dayMs, farthest, firstInstant, lastInstant, readPlan } from "./plan.js";
import { type Growing, growing, type Source, stretchAfter } from "./table.js";
import {
  addMs,
  betweenMs,
  closingAfter,
  closingUpTo,
  isOpenAt,
  type Land,
  openingBefore,
  openingFrom,
  tableAt,
} from "./working-time.js";

/** An open stretch: half-open. */
export interface OpenSpan<At extends number | Instant = Instant> {
  readonly from: At;
  readonly to: At;
}

/** A door that returns what it was given: milliseconds for milliseconds, an instant for an instant. */
export interface MomentDoor<Answer extends null = never> {
  (at: number): number | Answer;
  (at: Instant): Instant | Answer;
}

/**
 * Working time. Every door takes epoch milliseconds or instants and returns what it was given; none is slower for a
 * longer span. What can never be answered is refused with a code: `INVALID_INSTANT`, `INVALID_DURATION`,
 * `USE_ADD_DAYS`, `BEYOND_HORIZON` (outside of the years 1900 to 2199), `NO_WORKING_TIME` (a combination that is never
 * open).
 */
export interface Calendar {
  readonly id: string;
  readonly version: number;
  readonly zone: string;
  /** The last date that holidays and overrides are known for. */
  readonly dataThrough: LocalDate | null;
  /** Whether a moment's local wall time lies in a window of its local date. Closing time is closed. */
  readonly isOpen: (at: number | Instant) => boolean;
  /** The first open moment from `at` on: `at` itself while open. `null`: never again. */
  readonly nextOpening: MomentDoor<null>;
  /** The end of what is open at `at`, or opens next: always later than `at`. */
  readonly nextClosing: MomentDoor<null>;
  /** The beginning of what is open just before `at`, or was last: always earlier than `at`. */
  readonly previousOpening: MomentDoor<null>;
  /** The last moment up to `at` that working time reaches: `at` itself while open and at closing time. */
  readonly previousClosing: MomentDoor<null>;
  /** The open stretches between two moments, cut to them; more than 100,000 are refused (`INVALID_OPTIONS`). */
  readonly spans: {
    (from: number, to: number): readonly OpenSpan<number>[];
    (from: Instant, to: Instant): readonly OpenSpan[];
  };
  /**
   * The moment that lies so much working time later, or earlier for a negative duration. What ends exactly at closing
   * lands there (`deadline`, the default) or at the next opening (`resume`).
   */
  readonly add: {
    (at: number, duration: WorkingDuration, options?: { readonly land?: Land }): number;
    (at: Instant, duration: WorkingDuration, options?: { readonly land?: Land }): Instant;
  };
  /** Working milliseconds from one moment to another; negative where `to` is earlier. Nothing is rounded. */
  readonly between: { (from: number, to: number): number; (from: Instant, to: Instant): number };
  /** Whether a date, or the local date of a moment, has working time. */
  readonly isWorkingDay: (on: number | LocalDate | Instant) => boolean;
  /**
   * The nth working day after a date, or before it for a negative `n`. A moment keeps its local time of day. An idle
   * day counts as itself (`step`, the default: one working day after Saturday is Monday) or as the next working day
   * (`roll`: Tuesday).
   */
  readonly addDays: {
    (on: number, n: number, options?: { readonly origin?: Origin }): number;
    /** A `LocalDate` for a `LocalDate`, an `Instant` for an `Instant`. */
    (on: LocalDate | Instant, n: number, options?: { readonly origin?: Origin }): string;
  };
  /**
   * Working days in (from, to]: `daysBetween(d, addDays(d, n))` is `n` for `n` from 0 on, and from a working day for any.
   * Negative where `to` is earlier.
   */
  readonly daysBetween: {
    (from: number, to: number, options?: { readonly origin?: Origin }): number;
    (from: LocalDate | Instant, to: LocalDate | Instant, options?: { readonly origin?: Origin }): number;
  };
  /** Whether an answer lies beyond what holidays and overrides are known for. */
  readonly isProvisional: (at: number | LocalDate | Instant) => boolean;
  readonly "~def": CalendarDef;
}

/** What explaining and combining need to know. */
export interface CalendarDef {
  readonly growing: Growing;
  readonly source: Source;
  /** Why a local date is closed, where more than its weekday makes it so. */
  readonly closed: (day: number) => { readonly name: string | null; readonly holiday: boolean };
  /** The same local time of day some dates later, idle ones included. */
  readonly moved: (ms: number, days: number) => number;
  /** The first moment after the local date of a moment. */
  readonly endOfDay: (ms: number) => number;
}

/**
 * Makes a calendar from plain data. Throws a `ClienteleError` whose code is that of the first thing wrong, and whose
 * `details` list everything: `EMPTY_WEEK`, `OVERLAPPING_WINDOWS`, `WRONG_ORDER`, `ZERO_LENGTH`, `UNKNOWN_ZONE`,
 * `NO_WORKING_TIME`, `INVALID_CALENDAR`.
 *
 * @example
 * ```ts
 * import { createCalendar } from "clientele";
 *
 * const office = ["09:00-12:00", "13:00-18:00"];
 * const calendar = createCalendar({
 *   id: "hq", version: 1, zone: "Asia/Shanghai",
 *   week: { mon: office, tue: office, wed: office, thu: office, fri: office },
 *   holidays: [{ date: "2026-10-01", name: "National Day" }],
 *   days: { "2026-10-10": office },
 *   dataThrough: "2026-12-31",
 * });
 * calendar.isOpen("2026-10-10T02:00:00.000Z"); // => true
 * calendar.add("2026-10-09T09:00:00.000Z", { hours: 2 }); // => "2026-10-10T02:00:00.000Z"
 * calendar.between("2026-10-09T09:00:00.000Z", "2026-10-10T02:00:00.000Z"); // => 7200000
 * calendar.addDays("2026-09-30", 1); // => "2026-10-02"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function createCalendar(data: NamedCalendarData): Calendar {
  return guarded("INVALID_CALENDAR", "createCalendar", () => {
    const problems: CalendarProblem[] = [];
    const { id, version, dataThrough } = (data ?? {}) as Partial<NamedCalendarData>;
    if (typeof id !== "string" || id.length < 1 || id.length > 200)
      problems.push({ path: "id", code: "INVALID_CALENDAR", message: "a text of 1 to 200 characters is needed" });
    if (!Number.isSafeInteger(version) || version! < 1)
      problems.push({ path: "version", code: "INVALID_CALENDAR", message: "a whole number from 1 is needed" });
    const plan = readPlan(data, problems);
    const first = problems[0];
    if (first !== undefined)
      throw new ClienteleError(first.code, problems.map((p) => `${p.path}: ${p.message}`).join("\n"), problems);
    const source: Source = { zone: plan.zone, build: (from, to) => buildFrom(plan, from, to) };
    return calendarOf({ id: id!, version: version!, dataThrough: dataThrough ?? null }, source, (day) =>
      closedBecause(plan, day),
    );
  });
}

/** The doors over a source of open stretches. */
export function calendarOf(
  named: { readonly id: string; readonly version: number; readonly dataThrough: LocalDate | null },
  source: Source,
  closed: CalendarDef["closed"],
): Calendar {
  const g = growing(source);
  const { zone } = source;
  let offsets: Offsets | undefined;
  const offsetsAt = (ms: number): Offsets => {
    if (offsets === undefined || ms < offsets.from || ms >= offsets.to)
      offsets = offsetsOf(
        zone,
        Math.max(ms - 400 * dayMs, firstInstant - 3 * dayMs),
        Math.min(ms + 400 * dayMs, lastInstant + 3 * dayMs),
      );
    return offsets;
  };
  const wallOf = (ms: number): number => {
    const table = offsetsAt(ms);
    return ms + table.offsets[stretchAt(table, ms)]!;
  };
  /** The local date of whatever names one. */
  const dayOf = (on: number | string): number => {
    if (typeof on === "string" && on.length === 10) return localDateToDay(on);
    const ms = msOf(on);
    tableAt(g, ms);
    return Math.floor(wallOf(ms) / dayMs);
  };
  let end: number | undefined;
  const provisional = (ms: number): boolean => {
    if (named.dataThrough === null) return false;
    end ??=
      named.dataThrough === "9999-12-31"
        ? Infinity
        : toMs(startOfLocalDate(dayToLocalDate(localDateToDay(named.dataThrough) + 1), zone));
    return ms >= end;
  };
  const moment =
    (door: string, find: (growing: Growing, ms: number) => number | undefined): MomentDoor<null> =>
    (at: number | Instant) =>
      answering(door, () => {
        const found = find(g, msOf(at));
        return (found === undefined ? null : typeof at === "string" ? toInstant(found) : found) as never;
      });
  const calendar: Calendar = {
    id: named.id,
    version: named.version,
    zone,
    dataThrough: named.dataThrough,
    isOpen: (at) => answering("isOpen", () => isOpenAt(g, msOf(at))),
    nextOpening: moment("nextOpening", openingFrom),
    nextClosing: moment("nextClosing", closingAfter),
    previousOpening: moment("previousOpening", openingBefore),
    previousClosing: moment("previousClosing", closingUpTo),
    spans: (from: number | Instant, to: number | Instant) =>
      answering("spans", () => {
        const list: OpenSpan<never>[] = [];
        const as = (ms: number) => (typeof from === "string" ? toInstant(ms) : ms) as never;
        eachSpan(g, msOf(from), msOf(to), (a, b) => list.push({ from: as(a), to: as(b) }));
        return list;
      }),
    add: ((at: number | Instant, duration: WorkingDuration, options?: { readonly land?: Land }) => {
      try {
        const land = options === undefined ? "deadline" : landing(options.land);
        const ms = durationMs(duration);
        return typeof at === "number" ? addMs(g, at, ms, land) : toInstant(addMs(g, toMs(at), ms, land));
      } catch (thrown) {
        throw coded("INVALID_OPTIONS", "add", thrown);
      }
    }) as Calendar["add"],
    between: (from: number | Instant, to: number | Instant) => {
      try {
        return typeof from === "number" && typeof to === "number"
          ? betweenMs(g, from, to)
          : betweenMs(g, msOf(from), msOf(to));
      } catch (thrown) {
        throw coded("INVALID_OPTIONS", "between", thrown);
      }
    },
    isWorkingDay: (on) =>
      answering("isWorkingDay", () => {
        const day = dayOf(on);
        return isWorkday(tableOn(g, day), day);
      }),
    addDays: ((on: number | string, n: number, options?: { readonly origin?: Origin }) => {
      try {
        const origin = options === undefined ? "step" : originating(options.origin);
        if (n % 1 !== 0 || typeof n !== "number")
          throw new ClienteleError("INVALID_DURATION", "a whole number of days is needed");
        if (typeof on === "string" && on.length === 10) {
          const there = addDaysTo(g, localDateToDay(on), n, origin);
          return dateOn(g.table, there);
        }
        const ms = msOf(on);
        tableAt(g, ms);
        const wall = wallOf(ms);
        const day = Math.floor(wall / dayMs);
        const there = addDaysTo(g, day, n, origin);
        // A date that the calendar of the zone skipped has no moment; the day itself is not changed.
        const found = there === day ? ms : instantOf(offsetsFor(zone, there), wall + (there - day) * dayMs);
        return typeof on === "string" ? toInstant(found) : found;
      } catch (thrown) {
        throw coded("INVALID_OPTIONS", "addDays", thrown);
      }
    }) as Calendar["addDays"],
    daysBetween: (
      from: number | LocalDate | Instant,
      to: number | LocalDate | Instant,
      options?: { readonly origin?: Origin },
    ) =>
      answering("daysBetween", () =>
        daysFrom(g, dayOf(from), dayOf(to), options === undefined ? "step" : originating(options.origin)),
      ),
    isProvisional: (at) =>
      answering("isProvisional", () =>
        typeof at === "string" && at.length === 10
          ? checked(localDateToDay(at)) > (named.dataThrough === null ? Infinity : localDateToDay(named.dataThrough))
          : provisional(checked(msOf(at))),
      ),
    "~def": {
      growing: g,
      source,
      closed,
      moved: (ms, days) =>
        days === 0 ? ms : instantOf(offsetsFor(zone, Math.floor(ms / dayMs) + days), wallOf(ms) + days * dayMs),
      endOfDay: (ms) => {
        const midnight = (Math.floor(wallOf(ms) / dayMs) + 1) * dayMs;
        const end = instantOf(offsetsFor(zone, Math.floor(ms / dayMs) + 1), midnight);
        // A midnight that comes twice: the one that is still to come.
        return end > ms ? end : midnight - (wallOf(ms) - ms);
      },
    },
  };
  return calendar;
}

const offsetsFor = (zone: string, day: number): Offsets =>
  offsetsOf(zone, (day - 3) * dayMs - farthest, (day + 3) * dayMs + farthest);

const answering = <T>(door: string, work: () => T): T => guarded("INVALID_OPTIONS", door, work);

/** Milliseconds of a moment; NaN, which every look-up refuses, for what is none. */
export const msOf = (at: number | Instant): number => (typeof at === "number" ? at : toMs(at));

function checked(ms: number): number {
  if (Number.isInteger(ms)) return ms;
  throw new ClienteleError("INVALID_INSTANT", "an instant YYYY-MM-DDTHH:mm:ss.sssZ, or whole milliseconds, are needed");
}

function landing(land: Land | undefined): Land {
  if (land === undefined || land === "deadline" || land === "resume") return land ?? "deadline";
  throw new ClienteleError("INVALID_OPTIONS", 'land: allowed are "deadline" and "resume"');
}

function originating(origin: Origin | undefined): Origin {
  if (origin === undefined || origin === "step" || origin === "roll") return origin ?? "step";
  throw new ClienteleError("INVALID_OPTIONS", 'origin: allowed are "step" and "roll"');
}

/** As many stretches as are told at once: decades of any real calendar. */
const mostSpans = 100_000;

/** The open stretches between two instants, cut to them. */
export function eachSpan(g: Growing, from: number, to: number, take: (from: number, to: number) => void): void {
  tableAt(g, from);
  tableAt(g, to);
  if (to <= from) return;
  const table = tableAt(g, from);
  const first = stretchAfter(table, from);
  for (let i = first; i < table.count && table.starts[i]! < to; i++) {
    if (i - first >= mostSpans)
      throw new ClienteleError("INVALID_OPTIONS", `at most ${mostSpans} open stretches are told at once`);
    take(Math.max(from, table.starts[i]!), Math.min(to, table.ends[i]!));
  }
}
