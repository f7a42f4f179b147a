// What somebody writes for five clocks and no more: time that counted is added up, and every due time is a sum of it.
export type Mark<At> = {
  readonly type: "start" | "stop" | "reopen" | "pause" | "resume";
  readonly at: At;
  readonly reason?: string;
};

/** What is promised, in milliseconds of the time that counts. */
export interface Promised {
  readonly between: (from: number, to: number) => number;
  readonly add: (at: number, ms: number) => number;
  readonly within: (start: number) => number;
  /** In the order of time. */
  readonly levels: readonly { readonly id: string; readonly within: (allowed: number) => number }[];
  /** A reopening begins anew. */
  readonly anew?: true;
  readonly unpausable?: true;
}

export interface Read<At> {
  readonly state: "waiting" | "running" | "paused" | "stopped";
  readonly verdict: "on time" | "late" | null;
  readonly due: At | null;
  readonly elapsed: number;
  readonly remaining: number;
  readonly paused: number;
  readonly late: number;
  readonly levels: readonly { readonly id: string; readonly at: At }[];
  readonly wakeAt: At | null;
}

const unread = { verdict: null, due: null, elapsed: 0, remaining: 0, paused: 0, late: 0, levels: [], wakeAt: null };

/** Time that counted without a break. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** What had been counted when it began, and when it ended. */
  readonly before: number;
  readonly upTo: number;
}

/** Marks are in the order of time. */
export function read(promised: Promised, marks: readonly Mark<number>[], asOf: number): Read<number> {
  const { between, anew, unpausable } = promised;
  let state: Read<number>["state"] = "waiting";
  let start = 0;
  let since = 0;
  let pauses = 0;
  let elapsed = 0;
  let paused = 0;
  let stretches: Stretch[] = [];
  for (const { type, at } of marks) {
    if (at > asOf) break;
    if (type === "start") {
      start = at;
      state = "running";
    } else if (type === "pause") {
      if (unpausable || pauses++ > 0) continue;
      const before = elapsed;
      elapsed += between(since, at);
      stretches.push({ from: since, to: at, before, upTo: elapsed });
      state = "paused";
    } else if (type === "resume") {
      if (unpausable || --pauses > 0) continue;
      paused += between(since, at);
      state = "running";
    } else if (type === "stop") {
      if (state === "stopped") continue;
      const before = elapsed;
      elapsed += between(since, at);
      stretches.push({ from: since, to: at, before, upTo: elapsed });
      state = "stopped";
    } else {
      if (anew) {
        start = at;
        elapsed = paused = 0;
        stretches = [];
      }
      state = "running";
    }
    since = at;
  }
  if (state === "waiting") return { state, ...unread };
  const end = state === "running" ? asOf : since;
  if (state === "running") {
    const before = elapsed;
    elapsed += between(since, asOf);
    stretches.push({ from: since, to: asOf, before, upTo: elapsed });
  } else if (state === "paused") paused += between(since, asOf);

  const onwards = state === "paused" ? asOf : end;
  const allowed = promised.within(start);
  const due = when(promised, stretches, elapsed, onwards, allowed);
  const isLate = due < end;
  let wake = isLate ? Infinity : due;
  const levels: { id: string; at: number }[] = [];
  for (const { id, within } of promised.levels) {
    const at = when(promised, stretches, elapsed, onwards, within(allowed));
    if (at < end) levels.push({ id, at: goesOn(stretches, at) });
    else if (at < wake) wake = at;
  }
  return {
    state,
    verdict: isLate ? "late" : state === "stopped" ? "on time" : null,
    due,
    elapsed,
    remaining: isLate ? 0 : allowed - elapsed,
    paused,
    late: isLate ? elapsed - allowed : 0,
    levels,
    wakeAt: state === "running" && wake !== Infinity ? wake + 1 : null,
  };
}

/** What is reached as a stretch ends comes true with the next. */
function goesOn(stretches: readonly Stretch[], at: number): number {
  let on = at;
  for (let i = 1; i < stretches.length; i++) if (stretches[i - 1]!.to === on) on = stretches[i]!.from;
  return on;
}

/** When so much time will have counted, or had. */
function when({ add }: Promised, stretches: readonly Stretch[], elapsed: number, onwards: number, ms: number): number {
  if (ms > elapsed) return add(onwards, ms - elapsed);
  for (const { from, before, upTo } of stretches) if (ms <= upTo) return add(from, ms - before);
  return onwards;
}

/** The same, with the times as they are stored. */
export function readStored(promised: Promised, marks: readonly Mark<string>[], asOf: string): Read<string> {
  const r = read(
    promised,
    marks.map(({ type, at }) => ({ type, at: Date.parse(at) })),
    Date.parse(asOf),
  );
  return {
    ...r,
    due: iso(r.due),
    levels: r.levels.map(({ id, at }) => ({ id, at: new Date(at).toISOString() })),
    wakeAt: iso(r.wakeAt),
  };
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
