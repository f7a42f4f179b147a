import type { Calendar } from "../calendar/index.js";
import { guarded } from "../kernel/guarded.js";
import type { Instant } from "../kernel/instant.js";
import { marked, type Run, type RunMark } from "../kernel/run.js";
import { type Happening, type Heard, msOf, type Placed, placed } from "./happening.js";
import { awaits, measure } from "./measure.js";
import { type EarlierRun, inInstants, type Reading, readingOf } from "./reading.js";
import { ownCopy, type Target, timed } from "./target.js";

/** What a clock is read by. */
export interface ReadOptions<At extends number | Instant> {
  /** Needed unless the target counts elapsed time alone. */
  readonly calendar?: Calendar | undefined;
  readonly asOf: At;
}

/**
 * Reads a clock: a fold over what happened to it, as of an instant. It asks nothing but its arguments, so the answer does
 * not depend on when a job ran, nor on the order in which things of one instant arrived. Marks after `asOf` do not count
 * yet. Throws a `ClienteleError`: `INVALID_OPTIONS`, `INVALID_INSTANT`, and whatever the calendar refuses.
 *
 * @example
 * ```ts
 * import { createCalendar, readClock } from "clientele";
 *
 * const office = ["09:00-17:00"];
 * const calendar = createCalendar({ id: "hq", version: 1, zone: "UTC", week: { mon: office, tue: office } });
 * const clock = readClock(
 *   { within: { working: { hours: 4 } }, levels: [{ id: "half", at: { percent: 50 } }] },
 *   [
 *     { type: "start", at: "2026-03-02T14:00:00.000Z" },
 *     { type: "pause", at: "2026-03-02T15:00:00.000Z" },
 *     { type: "resume", at: "2026-03-02T16:00:00.000Z" },
 *   ],
 *   { calendar, asOf: "2026-03-02T16:30:00.000Z" },
 * );
 * clock.state; // => "running"
 * clock.due; // => "2026-03-03T11:00:00.000Z"
 * clock.elapsed; // => 5400000
 * ```
 */
export function readClock(
  target: Target | null,
  marks: readonly Happening[],
  options: ReadOptions<number>,
): Reading<number>;
export function readClock(target: Target | null, marks: readonly Happening[], options: ReadOptions<Instant>): Reading;
export function readClock(
  target: Target | null,
  marks: readonly Happening[],
  options: ReadOptions<number> | ReadOptions<Instant>,
): Reading<number> | Reading {
  return guarded("INVALID_OPTIONS", "readClock", () => {
    const { asOf, calendar } = options;
    const at = msOf(asOf);
    const own = target === null ? null : ownCopy(target);
    if (own !== null) timed(own, calendar);
    const full = readInOrder(own, placed(marks), { calendar, asOf: at });
    return typeof asOf === "number" ? full : (inInstants(full) as Reading);
  });
}

/** How marks are folded. */
interface Folding {
  readonly calendar: Calendar | undefined;
  readonly asOf: number;
  /** Whether the order within an instant is known, as it is in a stream. */
  readonly ordered?: boolean;
  /** Whether a start after a stop begins the next run, whatever the target says. */
  readonly repeats?: boolean;
}

/** Reads a clock from marks in the order of time. */
export function readInOrder(target: Target | null, list: readonly Placed[], how: Folding): Reading<number> {
  const reading = readingOf(folded(target, list, how, Infinity), how.asOf);
  const revised = revisedBy(target, list, how);
  return revised === null ? reading : { ...reading, revised };
}

/** The run that a fold has come to, and what holds for it. */
interface Fold {
  run: Run<number> | undefined;
  target: Target | null;
  calendar: Calendar | undefined;
  /** Why no target holds. */
  reason: string | null;
  /** Since when target and calendar hold. */
  since: number;
  readonly earlier: EarlierRun<number>[];
  /** What came to hold after the clock had stopped. */
  readonly waiting: Holding[];
  /** The reasons for which it is paused. */
  readonly pauses: Set<string>;
  /** What ended in this instant without having begun: its beginning, which is told after it, is taken back. */
  readonly undone: Map<string, number>;
  at: number;
  readonly ordered: boolean;
  readonly repeats: boolean;
}

/** Takes the marks up to `asOf` that were known before `known`. */
function folded(
  target: Target | null,
  list: readonly Placed[],
  { calendar, asOf, ordered = false, repeats = false }: Folding,
  known: number,
): Fold {
  const fold: Fold = {
    run: undefined,
    target,
    calendar,
    reason: null,
    since: -Infinity,
    earlier: [],
    waiting: [],
    pauses: new Set(),
    undone: new Map(),
    at: -Infinity,
    ordered,
    repeats,
  };
  for (const { mark, at, known: told } of list) {
    if (at > asOf) break;
    if (told < known) take(fold, mark, at);
  }
  return fold;
}

/** What has come true so far stays true, whatever comes. */
function keep(fold: Fold, at: number): void {
  const { run, target, calendar, since } = fold;
  // What was merged is over.
  if (run === undefined || target === null || run.ended !== null) return;
  const { breach, levels } = measure(run, target, calendar, at, since);
  const fired = levels.filter((level) => !run.levels.includes(level));
  if (fired.length > 0 || (breach !== null && breach !== run.breached))
    fold.run = { ...run, breached: breach ?? run.breached, levels: [...run.levels, ...fired] };
}

type Holding = Extract<Heard, { readonly type: "target" | "calendar" }>;

/** Notes that what begins in this instant has ended already: its beginning is then taken back. */
const takeBack = ({ undone, ordered }: Fold, what: string): void => {
  if (!ordered) undone.set(what, (undone.get(what) ?? 0) + 1);
};
const isTakenBack = ({ undone }: Fold, what: string): boolean => {
  const left = undone.get(what) ?? 0;
  if (left > 0) undone.set(what, left - 1);
  return left > 0;
};

const isStopped = ({ run, target }: Fold): boolean =>
  run !== undefined && (run.stoppedAt !== null || (target?.onReopen === "ignore" && run.firstStopAt !== null));

function hold(fold: Fold, mark: Holding, at: number): void {
  // What held for no time at all could not come true.
  const until = mark.byTime === true ? at + 1 : at;
  if (fold.since < until) keep(fold, until);
  fold.since = at;
  if (mark.type === "calendar") fold.calendar = mark.calendar;
  else {
    fold.target = mark.target === null || fold.ordered ? mark.target : ownCopy(mark.target);
    if (fold.target !== null) timed(fold.target, fold.calendar);
    fold.reason = mark.target === null ? (mark.reason ?? null) : null;
  }
}

/** Whether a stopped clock goes on, or begins anew, by this. */
const begins = ({ target, repeats }: Fold, { type }: Happening): boolean =>
  type === "restart" ||
  (type === "reopen" && target?.onReopen !== "ignore") ||
  (type === "start" && (repeats || target?.repeats === true));

/** Gaps move a due time on, and with it what lies before it. */
const movable = (target: Target | null): boolean => target?.levels?.some((l) => "before" in l.at) === true;

function take(fold: Fold, mark: Heard, at: number): void {
  if (at > fold.at) {
    if (movable(fold.target)) keep(fold, at);
    fold.at = at;
    if (fold.undone.size > 0) fold.undone.clear();
  }
  switch (mark.type) {
    case "calendar":
    case "target":
      // What has stopped keeps what it was held to; what came to hold since then waits for the next beginning.
      if (fold.run !== undefined && fold.run.ended !== null) return;
      if (isStopped(fold)) fold.waiting.push(mark);
      else hold(fold, mark, at);
      return;
    case "pause": {
      const reason = mark.reason ?? "";
      if (fold.undone.size > 0 && isTakenBack(fold, `pause ${reason}`)) return;
      fold.pauses.add(reason);
      break;
    }
    case "resume": {
      const reason = mark.reason ?? "";
      if (!fold.pauses.delete(reason)) takeBack(fold, `pause ${reason}`);
      if (fold.pauses.size > 0) return;
      break;
    }
    case "stop":
      if (!fold.ordered && fold.target !== null && awaits(fold.target, fold.run)) return;
      break;
    case "reopen":
      // Begun anew, it would no longer be seen.
      keep(fold, at);
      if (fold.run?.stoppedAt == null) takeBack(fold, "stop");
      else if (!fold.ordered && fold.target?.repeats === true && fold.target.onReopen === "ignore") return;
      break;
    case "merge":
      keep(fold, at);
      fold.run = marked<number>(fold.run, { type: "end", reason: mark.into }, at, false);
      return;
  }
  const had = fold.run;
  const repeats = fold.repeats || fold.target?.repeats === true;
  const begun = fold.waiting.length > 0 && begins(fold, mark);
  fold.run = marked(had, mark as RunMark<number>, at, repeats);
  const anew = mark.type === "reopen" && fold.target?.onReopen === "restart" && had?.stoppedAt != null;
  if (had !== undefined && (fold.run.run > had.run || anew)) ended(fold, had, at);
  if (begun) for (const one of fold.waiting.splice(0)) hold(fold, one, at);
  if (mark.type === "stop" && isTakenBack(fold, "stop")) fold.run = marked(fold.run, { type: "reopen" }, at, false);
  // What begins during a pause stands still from the beginning.
  if (fold.pauses.size > 0) fold.run = marked<number>(fold.run, { type: "pause" }, at, false);
}

/** A run that another has followed. */
function ended(fold: Fold, had: Run<number>, at: number): void {
  const run = marked(had, { type: "stop" }, at, false);
  const { startedAt, stoppedAt, elapsed, late, verdict } = readingOf({ ...fold, run }, at);
  if (startedAt !== null && stoppedAt !== null && verdict !== null)
    fold.earlier.push({ startedAt, stoppedAt, elapsed, late, verdict });
}

/** As many late facts are looked at, the latest. */
const mostRevisions = 20;

/** The verdict that was fixed before the last earlier-dated fact that changed it. */
function revisedBy(target: Target | null, list: readonly Placed[], how: Folding): Reading<number>["revised"] {
  if (!list.some((p) => p.known > p.at)) return null;
  const told = list.filter((p) => p.known > p.at && p.at <= how.asOf).map((p) => p.known);
  const moments = [...new Set(told)].sort((a, b) => b - a).slice(0, mostRevisions);
  for (const at of moments) {
    const then = { ...how, asOf: at };
    const before = readingOf(folded(target, list, then, at), at).verdict;
    if (before === null) continue;
    const after = readingOf(folded(target, list, then, at + 1), at).verdict;
    if (before !== after) return { from: before, at };
  }
  return null;
}
