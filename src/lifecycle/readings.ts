import type { ClockMark } from "../kernel/event.js";
import { type Instant, toInstant, toMs } from "../kernel/instant.js";
import type { Policy, PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Run } from "../kernel/run.js";
import { type Held, measure, noTarget, type Reading, readingAt } from "../sla/index.js";
import type { Life } from "./compile.js";
import { heldAt, heldOf, inMs } from "./holding.js";
import type { RevisedData } from "./record-kind.js";
import type { Clock } from "./tokens.js";
import { changesBetween } from "./wake.js";

// How the clocks of a record stand, and what a fact that was told late has changed of that.

/** What an earlier-dated fact has changed about verdicts that were fixed. */
export function revisions(
  life: Life,
  before: AnyRecord,
  after: AnyRecord,
  now: Instant,
  book: PolicyBook,
): readonly { readonly data: RevisedData; readonly mark: ClockMark }[] {
  return Object.entries(after.clocks ?? {}).flatMap(([id, run]) => {
    const had = before.clocks?.[id];
    const clock = life.clocks.get(id);
    if (had === undefined || had === run || clock === undefined) return [];
    // What another run follows stays as it was.
    if (had.run !== run.run) return [];
    const from = had.breached !== null ? "late" : had.stoppedAt !== null ? "on time" : undefined;
    const { target, calendar } = heldOf(clock, after, run, now, book);
    if (from === undefined || target === null) return [];
    const at = toMs(now);
    const judged = (one: Run) => measure({ ...inMs(one), breached: null }, target, calendar, at, -Infinity);
    const { breach, state } = judged(run);
    // What was late under a harder target can only have been stopped in time.
    const { breached } = had;
    const harder = breached !== null && judged(had).breach?.due !== toMs(breached.due);
    if (harder && !(run.stoppedAt !== null && run.stoppedAt <= breached.due)) return [];
    const to = breach !== null ? "late" : state === "stopped" ? "on time" : "open";
    if (from === to || (from === "on time" && to === "open")) return [];
    const mark: ClockMark =
      breach === null
        ? { clock: id, type: "clear" }
        : { clock: id, type: "breach", at: toInstant(breach.at), due: toInstant(breach.due) };
    return [{ data: { clock: id, from, to }, mark }];
  });
}

/** A clock of a record, with what it is held to. */
export interface ClockReading extends Reading {
  readonly clock: string;
  readonly target: Held["target"];
  /** The versions that hold: of the service levels, and of the calendar. */
  readonly policy: Version | null;
  readonly calendar: Version | null;
}
export interface Version {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

const versionOf = (policy: Policy | undefined): Version | null =>
  policy === undefined ? null : { id: policy.id, version: policy.version, hash: policy.hash };

/** Every clock of a record as of an instant, in the order of their ids, from what the record itself remembers. */
export function readings(life: Life, record: AnyRecord, now: Instant, book: PolicyBook): readonly ClockReading[] {
  const since = toMs(changesBetween(book, record.touchedAt, now).at(-1) ?? record.touchedAt);
  return [...life.clocks.values()].map((clock): ClockReading => {
    const run = record.clocks?.[clock.id];
    const held = heldAt(clock, record, now, book);
    return shown(
      clock,
      held,
      readingAt(
        {
          run: run === undefined ? undefined : inMs(run),
          target: held.target,
          calendar: held.calendar,
          reason: held.target === null ? noTarget : null,
          since,
          earlier: [],
        },
        toMs(now),
      ),
    );
  });
}

export const shown = (clock: Clock, { target, policy, hours }: Held, reading: Reading): ClockReading => ({
  clock: clock.id,
  target,
  policy: versionOf(policy),
  calendar: versionOf(hours),
  ...reading,
});
