import type { Calendar } from "../calendar/index.js";
import { type Instant, toInstant } from "../kernel/instant.js";
import type { Run } from "../kernel/run.js";
import { type Measure, measure } from "./measure.js";
import type { Target } from "./target.js";

/** A stretch of a clock's life. */
export interface ClockInterval<At extends number | Instant = Instant> {
  readonly from: At;
  readonly to: At;
  readonly state: "running" | "paused" | "stopped";
  /** Milliseconds that it adds to `elapsed`; 0 unless running. */
  readonly counted: number;
}

/** A level that was reached, at its nominal time. */
export interface LevelReached<At extends number | Instant = Instant> {
  readonly id: string;
  readonly at: At;
}

/** A run that the present one followed. */
export interface EarlierRun<At extends number | Instant = Instant> {
  readonly startedAt: At;
  readonly stoppedAt: At;
  readonly elapsed: number;
  readonly late: number;
  readonly verdict: "on time" | "late";
}

/** A clock as of an instant. Times are in milliseconds of what the target counts: working or elapsed time. */
export interface Reading<At extends number | Instant = Instant> {
  /** `waiting`: it has not begun. `cancelled`: no target holds any more. */
  readonly state: "waiting" | "running" | "paused" | "stopped" | "cancelled" | "merged";
  /** Fixed when it stops or its due time passes; on time is up to and including the due time. */
  readonly verdict: "on time" | "late" | null;
  readonly startedAt: At | null;
  readonly stoppedAt: At | null;
  /** While paused, nothing can breach: as if it went on at the moment of asking. */
  readonly due: At | null;
  readonly elapsed: number;
  /** Until the due time; 0 once it has passed. */
  readonly remaining: number;
  readonly paused: number;
  /** From the due time on; 0 while it has not passed. */
  readonly late: number;
  /** When the due time passed. Later than the due time: a pause that began with it ended, or a target came to hold. */
  readonly breachedAt: At | null;
  readonly intervals: readonly ClockInterval<At>[];
  readonly levels: readonly LevelReached<At>[];
  /** When time alone will next change the reading; `null`: never. */
  readonly wakeAt: At | null;
  /** Why it is cancelled or where it was merged into. */
  readonly reason: string | null;
  /** Whether the due time lies beyond what the calendar's holidays are known for. */
  readonly provisional: boolean;
  /** The runs before this one, of a clock that repeats or was restarted. */
  readonly earlier: readonly EarlierRun<At>[];
  /** A verdict that had been fixed until an earlier-dated fact became known, and when that was. */
  readonly revised: { readonly from: "on time" | "late"; readonly at: At } | null;
}

/** A run, and what holds for it. */
export interface Standing {
  readonly run: Run<number> | undefined;
  readonly target: Target | null;
  readonly calendar: Calendar | undefined;
  /** Why no target holds. */
  readonly reason: string | null;
  /** Since when target and calendar hold. */
  readonly since: number;
  readonly earlier: readonly EarlierRun<number>[];
}

const unread: Reading<number> = {
  state: "waiting",
  verdict: null,
  startedAt: null,
  stoppedAt: null,
  due: null,
  elapsed: 0,
  remaining: 0,
  paused: 0,
  late: 0,
  breachedAt: null,
  intervals: [],
  levels: [],
  wakeAt: null,
  reason: null,
  provisional: false,
  earlier: [],
  revised: null,
};

/** Where a run stands at an instant, with all that there is to tell about it. */
export function readingOf(standing: Standing, asOf: number): Reading<number> {
  const { run, target, calendar, reason, since, earlier } = standing;
  if (run === undefined) return { ...unread, state: target === null ? "cancelled" : "waiting", reason, earlier };
  const over = run.ended !== null && run.ended.at <= asOf ? run.ended : null;
  // Whatever it was held to before: what has come true stays true.
  const verdict = run.breached === null ? null : "late";
  const kept = { ...unread, verdict, breachedAt: run.breached?.at ?? null, levels: run.levels, earlier } as const;
  if (target === null)
    return { ...kept, state: over === null ? "cancelled" : "merged", reason: over?.reason ?? reason };
  const until = over === null ? asOf : over.at;
  const m = measure(run, target, calendar, until, since);
  if (m.state === "waiting")
    return { ...kept, state: over === null ? "waiting" : "merged", reason: over?.reason ?? null };
  const { counting } = m.time;
  const { intervals, elapsed, paused } = intervalsOf(m, until);
  const stopped = m.state === "stopped";
  return {
    state: over === null ? m.state : "merged",
    verdict: m.breach !== null ? "late" : stopped ? "on time" : null,
    startedAt: m.start,
    stoppedAt: stopped ? m.end : null,
    due: m.due,
    elapsed,
    remaining: m.breach === null ? Math.max(0, counting.between(m.state === "paused" ? until : m.end, m.due)) : 0,
    paused,
    late: m.breach === null ? 0 : lateness(m),
    breachedAt: m.breach?.at ?? null,
    intervals,
    levels: m.levels,
    wakeAt: over !== null || m.wake === Infinity ? null : m.wake + 1,
    reason: over?.reason ?? null,
    provisional: calendar?.isProvisional(m.due) === true,
    earlier,
    revised: null,
  };
}

/** The stretches of a run, and what counted in them. */
function intervalsOf(m: Measure, until: number) {
  const { between } = m.time.counting;
  const intervals: ClockInterval<number>[] = [];
  const settled = m.settled + m.settledAfter;
  let elapsed = -settled;
  let paused = m.settledPaused;
  let at = m.start;
  for (let i = 0; i <= m.gaps.length; i++) {
    const gap = m.gaps[i];
    const until = gap?.from ?? m.end;
    if (until > at) {
      const counted = between(at, until);
      // What was settled lies before every gap that is still known.
      const own = intervals.length === 0 ? counted - settled : counted;
      intervals.push({ from: at, to: until, state: "running", counted: own });
      elapsed += counted;
    }
    if (gap === undefined) break;
    const { from, to, kind } = gap;
    intervals.push({ from, to, state: kind === "pause" ? "paused" : "stopped", counted: 0 });
    if (kind === "pause") paused += between(from, to);
    at = to;
  }
  if (m.state === "paused" && m.end < until) {
    intervals.push({ from: m.end, to: until, state: "paused", counted: 0 });
    paused += between(m.end, until);
  }
  return { intervals, elapsed: Math.max(0, elapsed), paused };
}

/** What counted after the due time. */
function lateness({ time: { counting }, due, end, gaps, settledAfter }: Measure): number {
  let late = counting.between(due, Math.max(due, end)) - settledAfter;
  for (const { from, to } of gaps) if (to > due) late -= counting.between(Math.max(from, due), to);
  return late;
}

/** The same, stored form in and stored form out. */
export const readingAt = (of: Standing, asOf: number): Reading => inInstants(readingOf(of, asOf));

const instant = (ms: number | null): Instant | null => (ms === null ? null : toInstant(ms));

export function inInstants(r: Reading<number>): Reading {
  return {
    state: r.state,
    verdict: r.verdict,
    startedAt: instant(r.startedAt),
    stoppedAt: instant(r.stoppedAt),
    due: instant(r.due),
    elapsed: r.elapsed,
    remaining: r.remaining,
    paused: r.paused,
    late: r.late,
    breachedAt: instant(r.breachedAt),
    intervals: r.intervals.map((i) => ({
      from: toInstant(i.from),
      to: toInstant(i.to),
      state: i.state,
      counted: i.counted,
    })),
    levels: r.levels.map((l) => ({ id: l.id, at: toInstant(l.at) })),
    wakeAt: instant(r.wakeAt),
    reason: r.reason,
    provisional: r.provisional,
    earlier: r.earlier.map((e) => ({ ...e, startedAt: toInstant(e.startedAt), stoppedAt: toInstant(e.stoppedAt) })),
    revised: r.revised === null ? null : { from: r.revised.from, at: toInstant(r.revised.at) },
  };
}
