import type { ClockMark } from "../kernel/event.js";
import { type Instant, toMs } from "../kernel/instant.js";
import type { PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import { beganAt, type Run } from "../kernel/run.js";
import { type Held, heldFor, heldStill, startOf, timed } from "../sla/index.js";
import type { Life } from "./compile.js";
import type { Clock } from "./tokens.js";

// Where clocks meet policies: what the runs of a record are held to.

const ruleOf = ({ id, "~def": { repeats, target } }: Clock) => ({ id, repeats, target });

export function inMs(run: Run): Run<number> {
  return {
    created: ms(run.created),
    waiting: ms(run.waiting),
    attached: ms(run.attached),
    run: run.run,
    prior: ms(run.prior),
    later: none,
    stops: none,
    stoppedAt: ms(run.stoppedAt),
    held: run.held,
    firstStopAt: ms(run.firstStopAt),
    reopenedAt: ms(run.reopenedAt),
    pausedAt: ms(run.pausedAt),
    gaps: run.gaps.length === 0 ? none : run.gaps.map((g) => ({ from: toMs(g.from), to: toMs(g.to), kind: g.kind })),
    idle: run.idle,
    idleAfter: run.idleAfter,
    idlePaused: run.idlePaused,
    breached: run.breached === null ? null : { at: toMs(run.breached.at), due: toMs(run.breached.due) },
    levels: run.levels.length === 0 ? none : run.levels.map((l) => ({ id: l.id, at: toMs(l.at) })),
    ended: run.ended === null ? null : { at: toMs(run.ended.at), reason: run.ended.reason },
  };
}

const ms = (at: Instant | null): number | null => (at === null ? null : toMs(at));
const none: readonly never[] = [];

/** What holds for a run; of a run that has stopped, what held when it did. */
export function heldOf(clock: Clock, record: AnyRecord, run: Run, at: Instant, book: PolicyBook): Held {
  const began = beganAt(run) ?? record.openedAt;
  const stop = run.stoppedAt ?? run.firstStopAt;
  if (run.held !== null && stop !== null) {
    const still = heldStill(run.held, record, began, stop, book);
    if (still !== undefined && (run.stoppedAt !== null || still.target?.onReopen === "ignore")) return still;
  }
  return heldFor(ruleOf(clock), record, began, run.stoppedAt !== null && run.stoppedAt < at ? run.stoppedAt : at, book);
}

/**
 * The marks of an event, where some of them stop clocks: with what each is held to by then. What has not begun, as its
 * target counts, cannot stop.
 */
export function stopping(
  life: Life,
  record: AnyRecord,
  marks: readonly ClockMark[],
  at: Instant,
  book: PolicyBook,
  closes: boolean,
): readonly ClockMark[] {
  const said: ClockMark[] = [];
  for (const mark of marks) {
    const clock = life.clocks.get(mark.clock);
    const run = record.clocks?.[mark.clock];
    if (mark.type !== "stop" || clock === undefined || run === undefined || isStoppedBy(run, at)) {
      said.push(mark);
      continue;
    }
    const { policy, row, target } = heldFor(ruleOf(clock), record, beganAt(run) ?? record.openedAt, at, book);
    // Nor what begins later.
    if (!closes && target !== null && !(startOf(inMs(run), target) <= toMs(at))) continue;
    said.push(policy === undefined ? mark : { ...mark, held: { policy: policy.hash, row } });
  }
  return said;
}

const isStoppedBy = ({ stoppedAt }: Run, at: Instant): boolean => stoppedAt !== null && stoppedAt <= at;

/** What holds for a clock of a record, whether it has begun or not. */
export function heldAt(clock: Clock, record: AnyRecord, at: Instant, book: PolicyBook): Held {
  const run = record.clocks?.[clock.id];
  return run === undefined ? heldFor(ruleOf(clock), record, at, at, book) : heldOf(clock, record, run, at, book);
}

/** Milliseconds of gaps: before a due time, after it, and how much of both was paused. */
export interface Settled {
  readonly idle: number;
  readonly after: number;
  readonly paused: number;
}

/** Milliseconds that the first gaps of a run have taken of what its target counts: before its due time, and after. */
export function idleOf(
  life: Life,
  record: AnyRecord,
  id: string,
  run: Run,
  count: number,
  at: Instant,
  book: PolicyBook,
): Settled {
  const clock = life.clocks.get(id);
  const held = clock === undefined ? undefined : heldOf(clock, record, run, at, book);
  const target = held?.target ?? null;
  const { between } =
    target === null ? timed({ within: { elapsed: 0 } }, undefined).counting : timed(target, held?.calendar).counting;
  const began = target === null ? toMs(beganAt(run) ?? record.openedAt) : startOf(inMs(run), target);
  const due = run.breached === null ? Infinity : toMs(run.breached.due);
  let idle = 0;
  let after = 0;
  let paused = 0;
  for (const gap of run.gaps.slice(0, count)) {
    if (gap.kind === "pause" && target?.pausable === false) continue;
    const [from, to] = [Math.max(began, toMs(gap.from)), toMs(gap.to)];
    if (!(from < to)) continue;
    const ms = between(from, to);
    if (from < due) idle += ms;
    else after += ms;
    if (gap.kind === "pause") paused += ms;
  }
  return { idle, after, paused };
}
