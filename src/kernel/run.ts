// A clock is what happened to it. This is the part that needs neither a target nor a calendar: when it started, stood
// still and stopped. It is kept on records, so it is bounded, and an event can be folded into it without any policy.

/** What can set a clock going: the record was created, the customer began to wait, somebody was given the work. */
export type StartOf = "created" | "customer waiting" | "attached";

/** A stretch that a clock stood still: paused, or stopped until it was reopened. */
export interface Gap<At> {
  readonly from: At;
  readonly to: At;
  readonly kind: "pause" | "stop";
}

/** Something that had come true of a clock when it was last looked at: it stays true, whatever its target becomes. */
export interface Reached<At> {
  readonly id: string;
  readonly at: At;
}

/** Which row of which version of a policy a clock is held to. */
export interface HeldRow {
  /** The hash of the version. */
  readonly policy: string;
  /** Its place among the rows of the record's kind; -1 where none fits. */
  readonly row: number;
}

/** A start that did not begin a run, because it was running: a later message that waits with the first. */
export interface Start<At> {
  readonly of: StartOf;
  readonly at: At;
}

/** One run of a clock; `At` is an instant where it is stored, milliseconds where it is counted. */
export interface Run<At = string> {
  readonly created: At | null;
  readonly waiting: At | null;
  readonly attached: At | null;
  /** The how-manieth run of the clock it is, from 1. */
  readonly run: number;
  /** When the run before it ended: what is dated earlier is about that one. */
  readonly prior: At | null;
  /** Of a clock that repeats, the last few starts after the first: should an answer be dated between them, they wait on. */
  readonly later: readonly Start<At>[];
  /** The last few stops that had nothing to stop: a start that is told of later may lie before them. */
  readonly stops: readonly At[];
  readonly stoppedAt: At | null;
  /** What it was held to when it was last stopped: what the record becomes afterwards does not change its verdict. */
  readonly held: HeldRow | null;
  /** When it was first stopped, for targets that a reopening does not bring back. */
  readonly firstStopAt: At | null;
  readonly reopenedAt: At | null;
  readonly pausedAt: At | null;
  /** In the order of time, the oldest settled away when there are many. */
  readonly gaps: readonly Gap<At>[];
  /** Milliseconds of the gaps that were settled, in the time that its target counts: before its due time, and after. */
  readonly idle: number;
  readonly idleAfter: number;
  /** How much of that was paused, and not stopped. */
  readonly idlePaused: number;
  /** When its due time passed, and which it was. */
  readonly breached: { readonly at: At; readonly due: At } | null;
  readonly levels: readonly Reached<At>[];
  /** Why it ended without being stopped. */
  readonly ended: { readonly at: At; readonly reason: string } | null;
}

/** What happens to a run. */
export type RunMark<At = string> =
  | { readonly type: "start"; readonly of?: StartOf | undefined }
  | { readonly type: "stop"; readonly held?: HeldRow | undefined }
  | { readonly type: "restart" | "reopen" | "pause" | "resume" }
  | { readonly type: "end"; readonly reason: string }
  /** Gaps up to the `count`th have taken so many milliseconds, before the due time and after, and are let go. */
  | {
      readonly type: "settle";
      readonly count: number;
      readonly idle: number;
      readonly after: number;
      readonly paused: number;
    }
  | { readonly type: "breach"; readonly at: At; readonly due: At }
  | { readonly type: "level"; readonly id: string; readonly at: At }
  /** An earlier-dated fact has shown that it was on time after all. */
  | { readonly type: "clear" };

/** As many gaps as are kept one by one. */
export const mostGaps = 16;
/** As many fired levels as are remembered: more than a target has. */
const mostLevels = 40;

/** As many later starts. */
const mostLater = 16;

const fresh = <At>(run: number, prior: At | null = null): Writable<Run<At>> => ({
  created: null,
  waiting: null,
  attached: null,
  run,
  prior,
  later: [],
  stops: [],
  stoppedAt: null,
  held: null,
  firstStopAt: null,
  reopenedAt: null,
  pausedAt: null,
  gaps: [],
  idle: 0,
  idleAfter: 0,
  idlePaused: 0,
  breached: null,
  levels: [],
  ended: null,
});

type Writable<T> = { -readonly [X in keyof T]: T[X] };

/** Names each field: to spread what was itself spread takes three times as long. */
const copied = <At>(run: Run<At>): Writable<Run<At>> => ({
  created: run.created,
  waiting: run.waiting,
  attached: run.attached,
  run: run.run,
  prior: run.prior,
  later: run.later,
  stops: run.stops,
  stoppedAt: run.stoppedAt,
  held: run.held,
  firstStopAt: run.firstStopAt,
  reopenedAt: run.reopenedAt,
  pausedAt: run.pausedAt,
  gaps: run.gaps,
  idle: run.idle,
  idleAfter: run.idleAfter,
  idlePaused: run.idlePaused,
  breached: run.breached,
  levels: run.levels,
  ended: run.ended,
});

const earlier = <At extends string | number>(a: At | null, b: At): At => (a === null || b < a ? b : a);

/** When a run began, whichever way it did first. */
export function beganAt<At extends string | number>({ created, waiting, attached }: Run<At>): At | null {
  let first = created;
  if (waiting !== null) first = earlier(first, waiting);
  if (attached !== null) first = earlier(first, attached);
  return first;
}

/**
 * A run after one more mark, in whatever order they arrive. Instants and milliseconds are compared alike: the text order
 * of instants is the order of time. `repeats`: a start after a stop begins the next run.
 */
export function marked<At extends string | number>(
  had: Run<At> | undefined,
  mark: RunMark<At>,
  at: At,
  repeats: boolean,
): Run<At> {
  const run = had ?? fresh<At>(1);
  if (run.ended !== null && mark.type !== "end") return run;
  switch (mark.type) {
    case "start":
      return started(run, mark.of ?? "created", at, repeats);
    case "restart":
      return restarted(run, at);
    case "stop":
      return stopped(run, at, mark.held ?? null);
    case "reopen":
      return reopened(run, at);
    case "pause": {
      if (run.stoppedAt !== null) return run;
      const next = copied(run);
      next.pausedAt = earlier(run.pausedAt, at);
      return next;
    }
    case "resume": {
      if (run.pausedAt === null) return run;
      const next = copied(run);
      next.gaps = paused(run, at);
      next.pausedAt = null;
      return next;
    }
    case "end":
      return run.ended === null ? { ...run, ended: { at, reason: mark.reason } } : run;
    case "settle":
      return {
        ...run,
        gaps: run.gaps.slice(mark.count),
        idle: run.idle + mark.idle,
        idleAfter: run.idleAfter + mark.after,
        idlePaused: run.idlePaused + mark.paused,
      };
    case "breach":
      return run.breached === null || before(run.breached.at, run.reopenedAt)
        ? { ...run, breached: { at: mark.at, due: mark.due } }
        : run;
    case "level":
      return run.levels.some((l) => l.id === mark.id && !before(l.at, run.reopenedAt))
        ? run
        : { ...run, levels: [...run.levels, { id: mark.id, at: mark.at }].slice(-mostLevels) };
    case "clear":
      return { ...run, breached: null };
  }
}

/** What came true before a reopening comes true again where the reopening began anew. */
const before = <At extends string | number>(at: At, reopened: At | null): boolean =>
  reopened !== null && at <= reopened;

function started<At extends string | number>(run: Run<At>, of: StartOf, at: At, repeats: boolean): Run<At> {
  if (run.prior !== null && at < run.prior) return run;
  if (run.stoppedAt !== null && at >= run.stoppedAt)
    return repeats ? answered(begun(anew(run, run.stoppedAt), of, at), at) : run;
  const first = beganAt(run);
  if (first === null) return answered(begun(run, of, at), at);
  // It was answered before what is running began.
  if (at < first) return repeats && run.stops.some((s) => s > at && s < first) ? run : begun(run, of, at);
  // The first start counts: a customer who writes again does not wait anew.
  if (!repeats || at === first) return begun(run, of, at);
  return { ...run, later: [...run.later, { of, at }].sort((a, b) => compared(a.at, b.at)).slice(-mostLater) };
}

const compared = <At>(a: At, b: At): number => (a < b ? -1 : a > b ? 1 : 0);

/** A run that is told of late: a stop that had nothing to stop may have been its own. */
function answered<At extends string | number>(run: Run<At>, from: At): Run<At> {
  if (run.stops.length === 0) return run;
  const stop = run.stops.find((s) => s > from);
  return stop === undefined ? run : stopped({ ...run, stops: run.stops.filter((s) => s !== stop) }, stop, null);
}

function unheard<At extends string | number>(run: Run<At>, at: At): Run<At> {
  const next = copied(run);
  next.stops = withStop(run.stops, at);
  return next;
}

const withStop = <At extends string | number>(stops: readonly At[], at: At): readonly At[] =>
  stops.length === 0 ? [at] : [...stops, at].sort(compared).slice(-mostLater);

function begun<At extends string | number>(run: Run<At>, of: StartOf, at: At): Run<At> {
  const next = copied(run);
  if (of === "created") next.created = earlier(run.created, at);
  else if (of === "attached") next.attached = earlier(run.attached, at);
  else next.waiting = earlier(run.waiting, at);
  return next;
}

/** The next run, which has not begun yet. */
function anew<At extends string | number>({ run, stops }: Run<At>, prior: At): Writable<Run<At>> {
  const next = fresh<At>(run + 1, prior);
  next.stops = stops;
  return next;
}

function reopened<At extends string | number>(run: Run<At>, at: At): Run<At> {
  if (run.stoppedAt === null || at < run.stoppedAt) return run;
  const next = copied(run);
  next.gaps = [...run.gaps, { from: run.stoppedAt, to: at, kind: "stop" }];
  next.stoppedAt = null;
  next.reopenedAt = at;
  return next;
}

/** The run that follows at an instant; what lies after it of the run before is its own. */
function following<At extends string | number>(run: Run<At>, prior: At, from: At): Writable<Run<At>> {
  const next = fresh<At>(run.run + 1, prior);
  next.stoppedAt = run.stoppedAt;
  next.held = run.stoppedAt === null ? null : run.held;
  next.firstStopAt = run.stoppedAt;
  next.pausedAt = run.pausedAt;
  if (run.gaps.length > 0) next.gaps = run.gaps.filter((g) => g.to > from && !(g.kind === "stop" && g.from <= from));
  return next;
}

function restarted<At extends string | number>(run: Run<At>, at: At): Run<At> {
  const first = beganAt(run);
  if ((run.prior !== null && at < run.prior) || (first !== null && at < first)) return run;
  const stood = run.stoppedAt !== null && at >= run.stoppedAt;
  const next = first === null ? copied(run) : stood ? anew(run, at) : following(run, at, at);
  next.created = next.waiting = next.attached = at;
  next.prior = at;
  return stood && first !== null ? answered(next, at) : next;
}

function stopped<At extends string | number>(run: Run<At>, at: At, held: HeldRow | null): Run<At> {
  const first = beganAt(run);
  if (first === null || at < first || wasStopped(run, at)) return unheard(run, at);
  if (run.later.length > 0) {
    const start = run.later.find((one) => one.at > at);
    if (start !== undefined) return waitsOn(run, start, at);
  }
  const next = copied(run);
  if (run.stoppedAt !== null) next.stops = withStop(run.stops, run.stoppedAt);
  next.stoppedAt = at;
  next.held = held;
  next.firstStopAt = earlier(run.firstStopAt, at);
  if (run.pausedAt !== null) next.gaps = paused(run, at);
  next.pausedAt = null;
  // What had been reached after a stop that is told of late was not reached.
  if (run.levels.length > 0) next.levels = run.levels.filter((l) => l.at < at);
  return next;
}

/** Of what was stopped, a later start waits on. */
function waitsOn<At extends string | number>(run: Run<At>, start: Start<At>, at: At): Run<At> {
  const next = following(run, at, start.at);
  next.later = run.later.filter((one) => one.at > start.at);
  return begun(next, start.of, start.at);
}

/** Whether it stood stopped at an instant. */
const wasStopped = <At extends string | number>({ stoppedAt, gaps }: Run<At>, at: At): boolean =>
  (stoppedAt !== null && stoppedAt <= at) ||
  (gaps.length > 0 && gaps.some((g) => g.kind === "stop" && g.from <= at && at < g.to));

const paused = <At extends string | number>(run: Run<At>, at: At): readonly Gap<At>[] =>
  at > run.pausedAt! ? [...run.gaps, { from: run.pausedAt!, to: at, kind: "pause" }] : run.gaps;
