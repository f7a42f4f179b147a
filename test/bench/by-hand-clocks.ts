// The five clocks of the same life by hand: what each event means to them, what is kept of them, whether one is due.
import type { Actor, Draft } from "../../src/index.js";
import type { Complaint } from "./life.js";

export type Clocks = NonNullable<Complaint["clocks"]>;
export type Mark = NonNullable<Draft["marks"]>[number];
type Run = Clocks[string];
type Marks = readonly Mark[];

const stop = {
  acknowledge: { clock: "acknowledge", type: "stop" },
  firstResponse: { clock: "first_response", type: "stop" },
  nextResponse: { clock: "next_response", type: "stop" },
  resolution: { clock: "resolution", type: "stop" },
  update: { clock: "update", type: "stop" },
} as const;
const restarted: Mark = { clock: "update", type: "restart" };
const reopened: Mark = { clock: "resolution", type: "reopen" };
const waiting: Mark = { clock: "next_response", type: "start", of: "customer waiting", repeats: true };

const acknowledged: Marks = [stop.acknowledge, restarted];
const acknowledgedByStaff: Marks = [stop.acknowledge, stop.firstResponse, restarted];
const heard: Marks = [{ clock: "first_response", type: "start", of: "customer waiting" }, waiting];
const told: Marks = [restarted];
const toldByStaff: Marks = [stop.firstResponse, stop.nextResponse, restarted];
const answered: Marks = [stop.firstResponse, stop.nextResponse];
const offered: Marks = [stop.acknowledge, stop.firstResponse, stop.nextResponse, restarted];
const unhappy: Marks = [waiting];
const attached: Marks = [{ clock: "resolution", type: "start", of: "attached" }];
const carriedOut: Marks = [stop.nextResponse, stop.resolution, stop.update];
const again: Marks = [waiting, reopened, restarted];
const anew: Marks = [reopened, waiting, restarted];

/** What an event means to the clocks; what ends a complaint stops all that run, and nobody waits in one that is over. */
export function marksOf(
  type: string,
  data: object,
  { kind }: Actor,
  { clocks }: Complaint,
  now: "ends" | "is over" | undefined,
): Marks | undefined {
  switch (type) {
    case "complaint.acknowledged":
      return kind === "staff" ? acknowledgedByStaff : acknowledged;
    case "complaint.contacted": {
      const owed = now !== "is over" && clocks!["update"]!.stoppedAt === null;
      if ((data as { direction: string }).direction === "in") return now === "is over" ? undefined : heard;
      if (kind === "staff") return owed ? toldByStaff : answered;
      return owed ? told : undefined;
    }
    case "complaint.proposed":
      return offered;
    case "complaint.declined":
      return unhappy;
    case "complaint.resolved":
      return carriedOut;
    case "complaint.disputed":
      return again;
    case "complaint.reopened":
      return anew;
    case "complaint.assigned":
    case "complaint.handed_over":
      return attached;
  }
  if (now !== "ends") return undefined;
  const marks = Object.values(stop).filter(({ clock }) => clocks![clock]?.stoppedAt === null);
  return marks.length === 0 ? undefined : marks;
}

const begun = (run: number, prior: string | null, stops: readonly string[]): Run => ({
  created: null,
  waiting: null,
  attached: null,
  run,
  prior,
  later: [],
  stops,
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

function started(run: Run, { clock, of = "created" }: Mark & { readonly type: "start" }, at: string): Run {
  const repeats = clock === "next_response";
  if (run.stoppedAt !== null) return repeats ? { ...begun(run.run + 1, run.stoppedAt, run.stops), waiting: at } : run;
  if (repeats && run.waiting !== null) return { ...run, later: [...run.later, { of, at }].slice(-16) };
  if (of === "attached") return run.attached === null ? { ...run, attached: at } : run;
  return run.waiting === null ? { ...run, waiting: at } : run;
}

function stopped(run: Run, at: string): Run {
  if (run.stoppedAt !== null || (run.created === null && run.waiting === null))
    return { ...run, stops: [...run.stops, at].slice(-16) };
  const { gaps } = run.pausedAt === null ? run : resumed(run, at);
  return { ...run, stoppedAt: at, firstStopAt: run.firstStopAt ?? at, gaps, pausedAt: null };
}

function resumed(run: Run, at: string): Run {
  const { pausedAt, gaps } = run;
  if (pausedAt === null) return run;
  return { ...run, gaps: at > pausedAt ? [...gaps, { from: pausedAt, to: at, kind: "pause" }] : gaps, pausedAt: null };
}

function marked(had: Run | undefined, mark: Mark, at: string): Run {
  const run = had ?? begun(1, null, []);
  if (mark.type === "start") return started(run, mark, at);
  if (mark.type === "restart") {
    const { stops, pausedAt } = run;
    const next = begun(run.run + 1, at, run.stoppedAt === null ? [] : stops);
    return { ...next, created: at, waiting: at, attached: at, pausedAt };
  }
  if (mark.type === "stop") return stopped(run, at);
  if (run.stoppedAt === null) return run;
  return {
    ...run,
    gaps: [...run.gaps, { from: run.stoppedAt, to: at, kind: "stop" }],
    stoppedAt: null,
    reopenedAt: at,
  };
}

/** What a pause finds running stands still until it ends, and so does what begins in it. */
export function clocksAfter(
  clocks: Clocks,
  marks: Marks | undefined,
  pause: "begins" | "goes on" | "ends" | undefined,
  at: string,
): Clocks {
  if (marks === undefined && (pause === undefined || pause === "goes on")) return clocks;
  const next: Record<string, Run> = { ...clocks };
  if (pause === "ends") for (const id in next) next[id] = resumed(next[id]!, at);
  for (const mark of marks ?? []) next[mark.clock] = marked(next[mark.clock], mark, at);
  if (pause === "begins" || pause === "goes on")
    for (const id in next) {
      const run = next[id]!;
      if (run.stoppedAt === null && run.pausedAt === null) next[id] = { ...run, pausedAt: at };
    }
  return next;
}

const hour = 3_600_000;
/** The first that is said of each clock: that it is overdue, or that four fifths of the time have gone. */
export const isClockDue = ({ acknowledge, resolution }: Clocks, now: number): boolean =>
  used(acknowledge!, now) > 48 * hour || used(resolution!, now) > 0.8 * 672 * hour;

function used({ created, stoppedAt, pausedAt, gaps }: Run, now: number): number {
  if (stoppedAt !== null) return 0;
  let ms = (pausedAt === null ? now : Date.parse(pausedAt)) - Date.parse(created!);
  for (const { from, to } of gaps) ms -= Date.parse(to) - Date.parse(from);
  return ms;
}
