import type { Calendar, Land, Origin, WorkingDuration } from "../calendar/index.js";
import { durationMs } from "../calendar/index.js";
import { ClienteleError } from "../kernel/errors.js";
import { type Instant, isInstant, toMs } from "../kernel/instant.js";
import type { StartOf } from "../kernel/run.js";

/**
 * How long something may take: working or elapsed time, working days (the time of day is kept), days and weeks of the
 * calendar, or until an instant that was promised, which no pause moves. A clock of a record may name a field that
 * carries the instant.
 */
export type Within =
  | { readonly working: WorkingDuration }
  | { readonly elapsed: WorkingDuration }
  | { readonly workingDays: number }
  | { readonly days: number }
  | { readonly weeks: number }
  | { readonly until: Instant }
  | { readonly field: string };

/** How far from the due time a level lies. */
export type Offset =
  | { readonly working: WorkingDuration }
  | { readonly elapsed: WorkingDuration }
  | { readonly workingDays: number };

/** Something that is to be said on the way to the due time, or after it. */
export interface Level {
  readonly id: string;
  /** A percentage of the target that is used up (pauses move it), or a distance from the due time. */
  readonly at: { readonly percent: number } | { readonly before: Offset } | { readonly after: Offset };
  /** Whether the case goes up when it is reached; without, it is a warning. */
  readonly escalates?: boolean | undefined;
}

/** What a clock is held to: data. */
export interface Target {
  readonly within: Within;
  /** Where working time that ends exactly at closing lands: there (`deadline`, the default), or at the next opening. */
  readonly land?: Land | undefined;
  /** For working days, days and weeks: at the end of that day instead of at the same time of day. */
  readonly endOfDay?: boolean | undefined;
  /** For working days: what a start on an idle day counts as. */
  readonly origin?: Origin | undefined;
  /** What a reopening does: the clock goes on (`resume`, the default), begins anew, or stays stopped. */
  readonly onReopen?: "resume" | "restart" | "ignore" | undefined;
  /** Which beginning counts; without it the first of any. */
  readonly starts?: StartOf | undefined;
  /** Whether pauses stop it; `true` unless said. */
  readonly pausable?: boolean | undefined;
  /** Whether a start after a stop begins the next run, as for the next response. */
  readonly repeats?: boolean | undefined;
  readonly levels?: readonly Level[] | undefined;
}

/** The time that a target counts, working or elapsed; all in milliseconds. */
export interface Counting {
  readonly between: (from: number, to: number) => number;
  readonly add: (at: number, ms: number) => number;
}

const elapsed: Counting = { between: (from, to) => to - from, add: (at, ms) => at + ms };

/** A target over a calendar. */
export interface Timed {
  readonly counting: Counting;
  /** The due time without any gap, and milliseconds of gaps later. */
  readonly due: (start: number, idle: number) => number;
  readonly offset: (at: number, offset: Offset, direction: 1 | -1) => number;
}

/** The calendar that a target was last put over, and what came of it: the same again and again. */
const lately = new WeakMap<Target, { readonly calendar: Calendar | undefined; readonly made: Timed }>();

/** Puts a target over a calendar; only elapsed time needs none. */
export function timed(target: Target, calendar: Calendar | undefined): Timed {
  const known = lately.get(target);
  if (known !== undefined && known.calendar === calendar) return known.made;
  const made = over(target, calendar);
  lately.set(target, { calendar, made });
  return made;
}

/** The last copy of each target that a host owns, who may change it. */
const copies = new WeakMap<Target, Target>();

/** The same copy of a target for as long as it has not changed: what has been worked out for it serves again. */
export function ownCopy(target: Target): Target {
  const had = copies.get(target);
  if (had !== undefined && isSame(had, target)) return had;
  const copy = copied(target) as Target;
  copies.set(target, copy);
  return copy;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copied(inner)]))
    : value;
}

/** Whether a copy still says the same. */
function isSame(copy: unknown, value: unknown): boolean {
  if (!isObject(copy) || !isObject(value)) return copy === value;
  let names = 0;
  for (const name in copy) {
    if (!isSame(copy[name], value[name])) return false;
    names++;
  }
  for (const _ in value) names--;
  return names === 0 && Array.isArray(copy) === Array.isArray(value);
}

/** As many days as a target may take: a hundred years. */
const mostDays = 36_500;

/** Refuses what is no target: what is no less than nothing is. */
function check({ within, levels = [] }: Target): void {
  checkWithin(within);
  const ids = new Set(levels.map((l) => l.id));
  const sound = levels.every(({ at }) => ("percent" in at && at.percent > 0) || "before" in at || "after" in at);
  if (ids.size < levels.length || !sound)
    throw new ClienteleError("INVALID_OPTIONS", "each level has its own id, and percent above 0, before or after");
}

function checkWithin(within: Within): void {
  if ("until" in within) {
    if (isInstant(within.until)) return;
    throw new ClienteleError("INVALID_INSTANT", "until: an instant YYYY-MM-DDTHH:mm:ss.sssZ is needed");
  }
  const size: unknown = Object.values(within)[0];
  const inDays = !("working" in within) && !("elapsed" in within);
  const amount = inDays ? (size as number) * ("weeks" in within ? 7 : 1) : durationMs(size as WorkingDuration);
  if (
    (inDays && typeof size !== "number") ||
    !(amount >= 0) ||
    (inDays && (!Number.isInteger(amount) || amount > mostDays))
  )
    throw new ClienteleError("INVALID_DURATION", `a target takes 0 milliseconds or more, or 0 to ${mostDays} days`);
}

function over(target: Target, calendar: Calendar | undefined): Timed {
  check(target);
  const { within, land = "deadline", endOfDay = false, origin = "step" } = target;
  const landing = { land };
  const working: Counting = {
    between: (from, to) => needed(calendar).between(from, to),
    add: (at, ms) => needed(calendar).add(at, ms, landing),
  };
  const shifted = (counting: Counting, at: number, idle: number) => (idle === 0 ? at : counting.add(at, idle));
  const offset: Timed["offset"] = (at, by, direction) => {
    if ("elapsed" in by) return at + direction * durationMs(by.elapsed);
    if ("working" in by) {
      const ms = durationMs(by.working);
      // Nothing before a due time is that due time, at closing too.
      return ms === 0 && direction === -1 ? at : needed(calendar).add(at, direction * ms);
    }
    return needed(calendar).addDays(at, direction * by.workingDays);
  };
  if ("working" in within) {
    const ms = durationMs(within.working);
    return { counting: working, due: (start, idle) => working.add(start, ms + idle), offset };
  }
  if ("elapsed" in within) {
    const ms = durationMs(within.elapsed);
    return { counting: elapsed, due: (start, idle) => start + ms + idle, offset };
  }
  if ("until" in within) {
    const until = toMs(within.until);
    return { counting: elapsed, due: () => until, offset };
  }
  if ("workingDays" in within) {
    const { workingDays } = within;
    return {
      counting: working,
      due: (start, idle) => {
        const hours = needed(calendar);
        const there = hours.addDays(start, workingDays, { origin });
        const closing = endOfDay ? closingOf(hours, there) : there;
        // What begins after the last closing of its day is due at the next.
        const day = closing < start ? (hours.nextClosing(start) ?? start) : closing;
        const landed = land === "resume" && !endOfDay ? (hours.nextOpening(day) ?? day) : day;
        return shifted(working, landed, idle);
      },
      offset,
    };
  }
  const days = "weeks" in within ? within.weeks * 7 : (within as { readonly days: number }).days;
  return {
    counting: elapsed,
    due: (start, idle) => {
      const there = needed(calendar)["~def"].moved(start, days);
      return shifted(elapsed, endOfDay ? needed(calendar)["~def"].endOfDay(there) : there, idle);
    },
    offset,
  };
}

/** The last working moment of the local date. */
const closingOf = (calendar: Calendar, at: number): number => {
  const midnight = calendar["~def"].endOfDay(at);
  return calendar.previousClosing(midnight) ?? midnight;
};

function needed(calendar: Calendar | undefined): Calendar {
  if (calendar !== undefined) return calendar;
  throw new ClienteleError("INVALID_OPTIONS", "a target in working time, or in days, needs a calendar");
}

/** Whether a target can be read without a calendar. */
export const needsCalendar = ({ within, levels = [] }: Target): boolean =>
  !("elapsed" in within || "until" in within || "field" in within) ||
  levels.some(({ at }) => !("percent" in at) && !("elapsed" in ("before" in at ? at.before : at.after)));
