import type { Calendar } from "../../src/calendar/index.js";
import type { Level, Offset, Reading, Target } from "../../src/sla/index.js";
import { day, minute } from "../calendar/given.js";
import { base, type History } from "./arbitraries.js";

/** Levels may lie before the base. */
const origin = base - 10 * day;
const minutes = (ms: number): number => (ms - origin) / minute;

/** By minute: whether it is open, how many open minutes lie before it, and which minutes those are. */
interface Open {
  readonly is: readonly boolean[];
  readonly before: readonly number[];
  readonly minutes: readonly number[];
}
const known = new Map<Calendar, Open>();
function openOf(calendar: Calendar): Open {
  const had = known.get(calendar);
  if (had !== undefined) return had;
  const is = Array.from({ length: 45 * 24 * 60 }, (_, i) => calendar.isOpen(origin + i * minute));
  const before = [0];
  for (const one of is) before.push(before[before.length - 1]! + (one ? 1 : 0));
  const open = { is, before, minutes: is.flatMap((one, i) => (one ? [i] : [])) };
  known.set(calendar, open);
  return open;
}

type Counted = "working" | "elapsed";
const sizeOf = (by: Offset | Target["within"]): number =>
  ("working" in by ? (by.working as number) : ((by as { elapsed: number }).elapsed as number)) / minute;

/** What a way of counting has come to: how much, when each minute of it was full, and until when it last ran. */
interface Count {
  readonly counted: Counted;
  readonly pausable: boolean;
  used: number;
  paused: number;
  readonly full: number[];
  ran: number;
}

/** A target, put over the count that belongs to it. */
interface Held {
  readonly count: Count;
  readonly size: number;
  readonly levels: readonly Level[];
}

/** By minute, whether it lies from a time that begins it to the next, which ends it. */
function lasting(turns: readonly number[], end: number): Uint8Array {
  const list = new Uint8Array(end + 1);
  turns.forEach((from, i) => {
    if (i % 2 === 0) list.fill(1, from, turns[i + 1] ?? end + 1);
  });
  return list;
}

const timesOf = (turns: readonly { readonly at: number | string }[]): readonly number[] =>
  turns.map(({ at }) => minutes(at as number));

/**
 * Reads a clock minute by minute: a minute counts in which it is neither paused nor stopped and, for working time, the
 * calendar is open. Something has come true once it ran for a moment beyond it.
 */
export function walked(
  first: Target,
  { start, stops, pauses, changes }: History,
  calendar: Calendar,
  asOf: number,
): Partial<Reading<number>> {
  const open = openOf(calendar);
  const [from, end] = [minutes(start), minutes(asOf)];
  const stays = first.onReopen === "ignore";
  const [firstStop = Infinity] = timesOf(stops);
  const standing = lasting(timesOf(stops), end);
  const isStopped = (i: number) => (stays ? i >= firstStop : standing[i] === 1);
  const held = pauses.map((turns) => lasting(timesOf(turns), end));
  const isPaused = (i: number) => held.some((one) => one[i] === 1);
  const reopens = new Set(timesOf(stops.filter(({ type }) => type === "reopen")));

  const counts = (["working", "elapsed"] as const).flatMap((counted) =>
    [true, false].map((pausable): Count => ({ counted, pausable, used: 0, paused: 0, full: [from], ran: from })),
  );
  const holding = ({ within, pausable = true, levels = [] }: Target): Held => ({
    count: counts.find((one) => one.pausable === pausable && one.counted in within)!,
    size: sizeOf(within),
    levels,
  });
  const later = changes.map(({ at, target }) => ({ at: minutes(at), held: holding(target) }));

  let now = holding(first);
  let since = -Infinity;
  let waiting: Held | undefined;
  let breachedAt: number | null = null;
  const levels = new Map<string, number>();

  /** Where so much more of it lies, were it to run from a minute on. */
  const onward = (i: number, more: number) =>
    now.count.counted === "elapsed" ? i + more : more <= 0 ? i : open.minutes[open.before[i]! + more - 1]! + 1;
  const backward = (i: number, less: number) =>
    now.count.counted === "elapsed" ? i - less : open.minutes[open.before[i]! - less]!;
  const reached = (share: number, i: number) =>
    now.count.used >= share ? now.count.full[share]! : onward(i, share - now.count.used);
  /** A pause holds its first moment: what is reached as it begins comes true as it ends. */
  const goesOn = (i: number): number => {
    let on = i;
    while (on >= from && on < end && (isStopped(on) || (now.count.pausable && isPaused(on)))) on++;
    return on;
  };
  const look = () => {
    const { ran } = now.count;
    const due = reached(now.size, ran);
    if (breachedAt === null && due < ran) breachedAt = Math.max(goesOn(due), since);
    for (const { id, at } of now.levels) {
      if (levels.has(id)) continue;
      const share = "percent" in at ? (now.size * at.percent) / 100 : "after" in at ? now.size + sizeOf(at.after) : 0;
      const nominal = "before" in at ? backward(due, sizeOf(at.before)) : reached(share, ran);
      if (Math.max(nominal, from) < ran) levels.set(id, Math.max(goesOn(Math.max(nominal, from)), since));
    }
  };

  for (const change of later) if (change.at <= Math.min(from, end)) [now, since] = [change.held, change.at];
  for (let i = from; i <= end; i++) {
    look();
    // What has stopped keeps what it was held to until it goes on.
    const change = i > from ? later.find(({ at }) => at === i) : undefined;
    if (change !== undefined && isStopped(i - 1)) waiting = change.held;
    else if (change !== undefined) [now, since] = [change.held, i];
    if (waiting !== undefined && !stays && reopens.has(i) && isStopped(i - 1))
      [now, since, waiting] = [waiting, i, undefined];
    if (i === end) break;
    if (isStopped(i)) continue;
    const paused = isPaused(i);
    for (const count of counts) {
      const counting = count.counted === "elapsed" || open.is[i] === true;
      if (count.pausable && paused) {
        if (counting) count.paused++;
        continue;
      }
      count.ran = i + 1;
      if (!counting) continue;
      count.used++;
      count.full.push(i + 1);
    }
  }
  look();

  const { count, size } = now;
  const { used, paused, pausable } = count;
  const state = isStopped(end) ? "stopped" : pausable && isPaused(end) ? "paused" : "running";
  const lastStop = stays ? firstStop : Math.max(...timesOf(stops).filter((at, i) => i % 2 === 0 && at <= end));
  const due = reached(size, state === "stopped" ? lastStop : end);
  const late = breachedAt !== null;
  const ms = (i: number) => origin + i * minute;
  return {
    state,
    verdict: late ? "late" : state === "stopped" ? "on time" : null,
    breachedAt: breachedAt === null ? null : ms(breachedAt),
    elapsed: used * minute,
    paused: paused * minute,
    remaining: late ? 0 : (size - used) * minute,
    // Another target may have moved the due time of a breach.
    ...(late && changes.length > 0 ? {} : { due: ms(due), late: late ? (used - size) * minute : 0 }),
    levels: [...levels].map(([id, i]) => ({ id, at: ms(i) })),
  };
}
