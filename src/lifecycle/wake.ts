import type { ClockMark } from "../kernel/event.js";
import { type Instant, isInstant, toInstant, toMs } from "../kernel/instant.js";
import type { PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Run } from "../kernel/run.js";
import { preview } from "../kernel/schema.js";
import { type Level, type Measure, measure, type Target } from "../sla/index.js";
import type { Life } from "./compile.js";
import { fault } from "./fault.js";
import { heldOf, inMs } from "./holding.js";
import type { BreachedData, WarnedData } from "./record-kind.js";
import type { Clock } from "./tokens.js";

// When time alone will make the clocks of a record say something, and what.

/** Something that time alone makes a clock say. */
export interface Passing {
  readonly at: number;
  readonly clock: Clock;
  /** A level of its target, or its due time. */
  readonly level: Level | undefined;
  readonly due: number;
}

/** When a clock will next say something, and under what. */
export interface Wake {
  readonly at: number;
  /** The versions of this instant hold by then. */
  readonly under: Instant;
  readonly since: number;
}

/**
 * When time alone will next make a clock of a record say something, if nothing else happens. Versions that come in force
 * on the way are taken as of then, so the answer does not depend on when it is asked.
 */
export function nextWake(life: Life, record: AnyRecord, book: PolicyBook): Wake | undefined {
  const { clocks } = record;
  if (clocks === undefined) return undefined;
  // What comes true under what has come to hold does so no earlier.
  let since = toMs(record.touchedAt);
  for (let under = record.touchedAt; ; ) {
    let at = Infinity;
    for (const id in clocks) at = Math.min(at, wakeOf(life, record, id, clocks[id]!, under, since, book));
    const change = changeAfter(book, under);
    if (change === undefined || at < toMs(change)) return at === Infinity ? undefined : { at, under, since };
    under = change;
    since = toMs(change);
  }
}

/** When the next version of what clocks are held to comes in force. */
function changeAfter(book: PolicyBook, at: Instant): Instant | undefined {
  if (book.nextChange === undefined) return undefined;
  const levels = book.nextChange("service-level", at);
  const hours = book.nextChange("calendar", at);
  const change = levels === undefined || (hours !== undefined && hours < levels) ? hours : levels;
  // A book that does not go on would keep whoever follows its changes for ever.
  if (change !== undefined && !(isInstant(change) && change > at))
    throw fault("policy book", `nextChange: an instant after ${at} is needed, found ${preview(change)}`);
  return change;
}

/** The instants after one and up to another at which a version comes in force. */
export function changesBetween(book: PolicyBook, from: Instant, to: Instant): readonly Instant[] {
  const changes: Instant[] = [];
  for (let at = changeAfter(book, from); at !== undefined && at <= to; at = changeAfter(book, at)) changes.push(at);
  return changes;
}

function wakeOf(
  life: Life,
  record: AnyRecord,
  id: string,
  run: Run,
  at: Instant,
  since: number,
  book: PolicyBook,
): number {
  const clock = life.clocks.get(id);
  if (clock === undefined || run.stoppedAt !== null || run.ended !== null) return Infinity;
  const { target, calendar } = heldOf(clock, record, run, at, book);
  if (target === null) return Infinity;
  const counting = inMs(run);
  const m = measure(counting, target, calendar, since, since);
  if (!m.passed) return m.wake;
  let first = Infinity;
  for (const passing of passings(clock, target, counting, m)) first = Math.min(first, passing.at);
  return first;
}

function passings(clock: Clock, target: Target, run: Run<number>, m: Measure): readonly Passing[] {
  const list: Passing[] = [];
  if (m.breach !== null && m.breach !== run.breached)
    list.push({ at: m.breach.at, clock, level: undefined, due: m.breach.due });
  for (const reached of m.levels)
    if (!run.levels.includes(reached))
      list.push({ at: reached.at, clock, level: target.levels!.find((l) => l.id === reached.id)!, due: m.due });
  return list;
}

/** Of one instant, clock by clock, the due time passes first, then the levels as they are listed. */
const byTime = (a: Passing, b: Passing): number =>
  a.at - b.at ||
  (a.clock.id < b.clock.id ? -1 : a.clock.id > b.clock.id ? 1 : 0) ||
  (a.level === undefined ? -1 : b.level === undefined ? 1 : 0);

/** What passes at a wake: the first of it, for what it says may change what comes next. */
export function passingAt(
  life: Life,
  record: AnyRecord,
  book: PolicyBook,
  { at, under, since }: Wake,
): Passing | undefined {
  const now = Math.max(at + 1, toMs(under));
  const list = Object.entries(record.clocks ?? {}).flatMap(([id, run]) => {
    const clock = life.clocks.get(id);
    if (clock === undefined || run.stoppedAt !== null || run.ended !== null) return [];
    const { target, calendar } = heldOf(clock, record, run, under, book);
    if (target === null) return [];
    const counting = inMs(run);
    const by = measure(counting, target, calendar, toMs(under), since);
    // What had come true before a pause may lie behind it again once it has ended.
    return passings(clock, target, counting, by.passed ? by : measure(counting, target, calendar, now, since));
  });
  return list.sort(byTime)[0];
}

/** What is said of it, and what the record remembers by it. */
export function toldOf(
  { clock, level, due }: Passing,
  when: Instant,
): {
  readonly data: WarnedData | BreachedData;
  readonly mark: ClockMark;
} {
  return level === undefined
    ? {
        data: { clock: clock.id, due: toInstant(due) },
        mark: { clock: clock.id, type: "breach", at: when, due: toInstant(due) },
      }
    : {
        data: { clock: clock.id, level: level.id, due: toInstant(due) },
        mark: { clock: clock.id, type: "level", id: level.id, at: when },
      };
}
