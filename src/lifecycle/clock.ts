import type { Actor } from "../kernel/context.js";
import type { ClockMark, EventToken } from "../kernel/event.js";
import type { Instant } from "../kernel/instant.js";
import type { AnyRecord, Clocks } from "../kernel/record.js";
import { marked, mostGaps, type Run, type StartOf } from "../kernel/run.js";
import { preview } from "../kernel/schema.js";
import type { Life } from "./compile.js";
import { blaming, fault } from "./fault.js";
import type { Settled } from "./holding.js";
import type { Clock, Hearing, Marking } from "./tokens.js";

const none: readonly ClockMark[] = [];

/** What an event means to the clocks of its record, decided when it is said. */
export function marksFor(
  life: Life,
  record: AnyRecord | undefined,
  event: EventToken,
  data: unknown,
  actor: Actor,
  move: { readonly from: string | null; readonly to: string } | undefined,
  at: Instant,
): readonly ClockMark[] {
  const heard = life.hears.get(event.id);
  const closes = move !== undefined && life.clocks.size > 0 && phaseOf(life, move.to) === "closed";
  const opens =
    move !== undefined && move.from !== null && life.clocks.size > 0 && phaseOf(life, move.from) === "closed";
  if (heard === undefined && !closes && !opens) return none;
  const marks: ClockMark[] = [];
  // Nobody waits in a case that is closed: what is only told then begins nothing.
  const over = record !== undefined && phaseOf(life, record.state) === "closed" && !opens;
  if (opens && !closes)
    for (const clock of life.clocks.values())
      if (clock["~def"].reopens) marks.push({ clock: clock.id, type: "reopen" });
  for (const { clock, mark, marks: made } of heard ?? []) {
    const type =
      typeof mark === "function" ? blaming(clock.id, (d: never) => mark(d, actor, record), data as never) : mark;
    if (type === undefined || (over && type !== "stop")) continue;
    // Nor does a new run begin before there was a record; who waited before then waits since.
    if (type === "restart" && record !== undefined && at < record.openedAt) continue;
    if (!Object.hasOwn(made, type))
      throw fault(clock.id, `what it hears in "${event.id}" is no mark: ${preview(type)}`);
    marks.push(made[type]);
  }
  if (closes)
    for (const { id } of life.clocks.values())
      if (record?.clocks?.[id]?.stoppedAt === null) marks.push({ clock: id, type: "stop" });
  return marks;
}

const phaseOf = (life: Life, state: string) => life.states.get(state)?.phase;

/** The marks of a clock, made once: nobody changes what was said. */
function marksOf({ id, "~def": { repeats } }: Clock): Readonly<Record<Marking, ClockMark>> {
  const start = (of: StartOf): ClockMark =>
    repeats ? { clock: id, type: "start", of, repeats } : { clock: id, type: "start", of };
  return {
    created: start("created"),
    "customer waiting": start("customer waiting"),
    attached: start("attached"),
    restart: { clock: id, type: "restart" },
    stop: { clock: id, type: "stop" },
    reopen: { clock: id, type: "reopen" },
  };
}

/** What goes before the marks of an event that ends a gap of a run with many: the oldest gaps are settled. */
export function settling(
  clocks: Clocks | undefined,
  idle: (id: string, run: Run, count: number) => Settled,
): readonly ClockMark[] {
  let marks: ClockMark[] | undefined;
  for (const id in clocks) {
    const run = clocks[id]!;
    const count = run.gaps.length;
    if (count < mostGaps) continue;
    marks ??= [];
    marks.push({ clock: id, type: "settle", count, ...idle(id, run, count) });
  }
  return marks ?? none;
}

/** What an event does to the pause of its record: begins or ends it, or finds it, since an instant. */
export type Pausing = "begins" | "ends" | { readonly since: string };

/** The clocks of a record after an event: its own marks, and the pause that it ends or begins. */
export function clocksAfter(
  clocks: Clocks | undefined,
  marks: readonly ClockMark[] | undefined,
  pause: Pausing | undefined,
  at: string,
): Clocks | undefined {
  if (marks === undefined && (pause === undefined || clocks === undefined)) return clocks;
  const next: Record<string, Run> = { ...clocks };
  if (pause === "ends") for (const id in next) next[id] = marked(next[id], { type: "resume" }, at, false);
  for (const mark of marks ?? []) {
    const had = next[mark.clock];
    const run = marked(had, mark, at, mark.repeats === true);
    // A run that is told of late has lived through pauses that only the others know.
    next[mark.clock] = run.run === had?.run || run.gaps.length > 0 ? run : withPauses(run, next, at);
  }
  if (pause === "begins") for (const id in next) next[id] = marked(next[id], { type: "pause" }, at, false);
  // What begins during a pause stands still from the beginning.
  if (typeof pause === "object")
    for (const { clock } of marks ?? []) {
      let { since } = pause;
      for (const id in next)
        if (next[id]!.pausedAt !== null && next[id]!.pausedAt! < since) since = next[id]!.pausedAt!;
      next[clock] = marked(next[clock], { type: "pause" }, at < since ? since : at, false);
    }
  return next;
}

/** A run with the pauses since an instant. A clock that began during one knows the rest of it only. */
function withPauses(run: Run, clocks: Readonly<Record<string, Run>>, at: string): Run {
  let known: Map<string, Run["gaps"][number]> | undefined;
  for (const id in clocks)
    for (const gap of clocks[id]!.gaps) {
      if (gap.kind !== "pause" || gap.to <= at) continue;
      known ??= new Map();
      const had = known.get(gap.to);
      if (had === undefined || gap.from < had.from) known.set(gap.to, gap);
    }
  if (known === undefined) return run;
  return { ...run, gaps: [...known.values()].sort((a, b) => (a.from < b.from ? -1 : 1)).slice(-mostGaps) };
}

/** By event: what listens to it. */
export function hearings(clocks: Iterable<Clock>): ReadonlyMap<string, readonly Hearing[]> {
  const heard = new Map<string, Hearing[]>();
  for (const clock of clocks) {
    const marks = marksOf(clock);
    for (const { event, mark } of clock["~def"].hears) {
      const list = heard.get(event.id);
      if (list === undefined) heard.set(event.id, [{ clock, mark, marks }]);
      else list.push({ clock, mark, marks });
    }
  }
  return heard;
}
