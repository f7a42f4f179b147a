import type { Calendar } from "../calendar/index.js";
import type { Gap, Run } from "../kernel/run.js";
import { type Level, type Target, type Timed, timed } from "./target.js";

/** What a run comes to under a target, in milliseconds. */
export interface Measure {
  readonly state: "waiting" | "running" | "paused" | "stopped";
  readonly start: number;
  /** Until when time counted: the stop, the beginning of the pause, or the moment of asking. */
  readonly end: number;
  /** While paused: as if it went on at the moment of asking. */
  readonly due: number;
  readonly breach: { readonly at: number; readonly due: number } | null;
  /** Every level that has been reached, in the order of time. */
  readonly levels: readonly { readonly id: string; readonly at: number }[];
  /** When time alone will next change it: a due time or a level passes in the millisecond after it. */
  readonly wake: number;
  readonly gaps: readonly Gap<number>[];
  /** Whether the due time or a level has passed since the run was last looked at. */
  readonly passed: boolean;
  /** Milliseconds of gaps that are no longer known one by one: before the due time, and after. */
  readonly settled: number;
  readonly settledAfter: number;
  readonly settledPaused: number;
  readonly time: Timed;
}

/** The beginning that a target counts from; NaN where it has not begun. */
export function startOf(run: Run<number>, target: Target): number {
  if (target.onReopen === "restart" && run.reopenedAt !== null) return run.reopenedAt;
  const { created, waiting, attached } = run;
  if (target.starts === "created") return created ?? Number.NaN;
  if (target.starts === "customer waiting") return waiting ?? Number.NaN;
  if (target.starts === "attached") return attached ?? Number.NaN;
  const first = Math.min(created ?? Infinity, waiting ?? Infinity, attached ?? Infinity);
  return first === Infinity ? Number.NaN : first;
}

/** Whether the beginning that a target counts from is still to come: nothing can stop it before. */
export const awaits = <At>({ starts }: Target, run: Run<At> | undefined): boolean =>
  starts !== undefined &&
  (starts === "created" ? run?.created : starts === "attached" ? run?.attached : run?.waiting) == null;

const none: readonly Gap<number>[] = [];

/** The gaps that count for a target, cut to the time from its start until `end`. */
function gapsIn(run: Run<number>, target: Target, start: number, end: number): readonly Gap<number>[] {
  if (run.gaps.length === 0) return none;
  const list: Gap<number>[] = [];
  for (const { from, to, kind } of run.gaps) {
    if (kind === "pause" && target.pausable === false) continue;
    const a = Math.max(from, start);
    const b = Math.min(to, end);
    if (a < b) list.push({ from: a, to: b, kind });
  }
  return list;
}

/**
 * Measures a run as of an instant. `since`: when the target, or the calendar, came to hold; what passes under it passes
 * no earlier.
 */
export function measure(
  run: Run<number>,
  target: Target,
  calendar: Calendar | undefined,
  asOf: number,
  since: number,
): Measure {
  const time = timed(target, calendar);
  const start = startOf(run, target);
  const stop = target.onReopen === "ignore" ? (run.firstStopAt ?? Infinity) : (run.stoppedAt ?? Infinity);
  const pause = target.pausable === false || stop !== Infinity ? Infinity : (run.pausedAt ?? Infinity);
  if (!(start <= asOf))
    return {
      state: "waiting",
      start,
      end: asOf,
      due: Number.NaN,
      breach: run.breached,
      levels: run.levels,
      wake: Infinity,
      gaps: none,
      settled: 0,
      settledAfter: 0,
      settledPaused: 0,
      passed: false,
      time,
    };
  const end = Math.max(start, Math.min(stop, pause, asOf));
  const gaps = gapsIn(run, target, start, end);
  const anew = target.onReopen === "restart" && run.reopenedAt !== null;
  const settled = anew ? 0 : run.idle;
  const settledAfter = anew ? 0 : run.idleAfter;
  const settledPaused = anew ? 0 : run.idlePaused;
  const counted = dueWith(time, start, settled, gaps);
  const running = stop > asOf && pause > asOf;

  let breach = run.breached !== null && (!anew || run.breached.at >= start) ? run.breached : null;
  // What comes true does so while it runs; at the very instant in which it goes on, it has not gone on yet.
  const ran = lastRunning(end, gaps, start);
  const past = ran === end ? gaps : gaps.filter((gap) => gap.to < ran);
  const used = past.length === gaps.length ? counted : dueWith(time, start, settled, past);
  let passed = breach === null && used < ran;
  if (passed) breach = { at: Math.max(goesOn(used, past), since), due: used };
  // An easier target does not undo a breach; a harder one may move it forward.
  const fixed = breach === null ? counted : used < ran ? Math.min(used, breach.due) : breach.due;
  const open = pause <= asOf && breach === null;
  const due = open ? dueWith(time, start, settled, [...gaps, { from: end, to: asOf, kind: "pause" }]) : fixed;

  const fired = anew ? run.levels.filter((l) => l.at >= start) : run.levels;
  let wake = running && breach === null ? Math.max(counted, asOf) : Infinity;
  let levels: readonly { readonly id: string; readonly at: number }[] = fired;
  if (target.levels !== undefined && target.levels.length > 0) {
    const reached: { id: string; at: number }[] = [];
    for (const level of target.levels) {
      if (fired.some((l) => l.id === level.id)) continue;
      const then = Math.max(start, nominal(level, time, start, settled, past, used));
      if (then < ran) {
        reached.push({ id: level.id, at: Math.max(goesOn(then, past), since) });
        continue;
      }
      const at = past === gaps ? then : Math.max(start, nominal(level, time, start, settled, gaps, counted));
      if (running && at < wake) wake = Math.max(at, asOf);
    }
    passed ||= reached.length > 0;
    if (reached.length > 0) levels = [...fired, ...reached.sort((a, b) => a.at - b.at)];
  }
  const state = stop <= asOf ? "stopped" : pause <= asOf ? "paused" : "running";
  return { state, start, end, due, breach, levels, wake, passed, gaps, settled, settledAfter, settledPaused, time };
}

/** Until when it last ran. */
function lastRunning(end: number, gaps: readonly Gap<number>[], start: number): number {
  let ran = end;
  for (let i = gaps.length - 1; i >= 0 && gaps[i]!.to >= ran; i--) ran = gaps[i]!.from;
  return Math.max(ran, start);
}

/** When what is reached as it stands still comes true: as it goes on. */
function goesOn(at: number, gaps: readonly Gap<number>[]): number {
  let on = at;
  for (const { from, to } of gaps) if (from <= on && on < to) on = to;
  return on;
}

/** The due time: each gap that begins before it moves it on. */
function dueWith(
  time: Timed,
  start: number,
  settled: number,
  gaps: readonly Gap<number>[],
  share?: number | undefined,
): number {
  const { counting } = time;
  let idle = settled;
  let at = dueAfter(time, start, idle, share);
  for (const gap of gaps) {
    if (gap.from >= at) break;
    const ms = counting.between(gap.from, gap.to);
    if (ms === 0) continue;
    idle += ms;
    at = dueAfter(time, start, idle, share);
  }
  return at;
}

/** When all of the target has been used, or only a share of it. */
const dueAfter = ({ due, counting }: Timed, start: number, idle: number, share: number | undefined): number =>
  share === undefined ? due(start, idle) : counting.add(start, share + idle);

/** When a level is reached, were the time from now on to count. */
function nominal(
  { at }: Level,
  time: Timed,
  start: number,
  settled: number,
  gaps: readonly Gap<number>[],
  due: number,
): number {
  if ("percent" in at) {
    if (at.percent === 100) return due;
    const { counting } = time;
    const share = Math.ceil((counting.between(start, time.due(start, 0)) * at.percent) / 100);
    return dueWith(time, start, settled, gaps, share);
  }
  if ("before" in at) return time.offset(due, at.before, -1);
  // What was idle after the due time moves on what comes after it.
  const { counting } = time;
  let then = time.offset(due, at.after, 1);
  for (const gap of gaps) {
    if (gap.from >= then) break;
    if (gap.from < due) continue;
    const ms = counting.between(gap.from, gap.to);
    if (ms > 0) then = counting.add(then, ms);
  }
  return then;
}
