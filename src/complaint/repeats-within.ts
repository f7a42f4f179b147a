import { preview } from "../kernel/schema.js";
import type { Entered, Same } from "./sameness.js";
import { wrong } from "./telling.js";

/** A complaint that came again. */
export interface Repeat {
  readonly id: string;
  /** The complaint that had been settled. */
  readonly of: string;
  /** Milliseconds from its settlement to the coming of this one. */
  readonly after: number;
}

/** A complaint that came while the same was being handled. */
export interface Duplicate {
  readonly id: string;
  /** The first that was still open. */
  readonly of: string;
}

export function daysOf(days = 30): number {
  if (Number.isSafeInteger(days) && days >= 0 && days <= 36_500) return days * 86_400_000;
  throw wrong(`days: a whole number of 0 to 36500 is needed, found ${preview(days)}`);
}

/** A stretch of receipt in which others come again after, or beside, the one of this rank. */
interface Reach {
  readonly rank: number;
  readonly from: number;
  readonly until: number;
}

export function repeatsIn(same: Same, within: number): readonly Repeat[] {
  return inOrder(same, (group) => {
    const reaches = group.flatMap(({ settled }, rank) =>
      settled.map(({ from, to }) => ({ rank, from, until: Math.min(to, from + within + 1) })),
    );
    reaches.sort((a, b) => b.from - a.from || b.rank - a.rank);
    const beside = new Set(reached(group, openIn(group)).map(({ one }) => one));
    const again = reached(group, reaches).filter(({ one }) => !beside.has(one));
    return again.map(({ one, by }) => ({
      one,
      found: { id: one.id, of: group[by.rank]!.id, after: one.opened - by.from },
    }));
  });
}

export function duplicatesIn(same: Same): readonly Duplicate[] {
  return inOrder(same, (group) =>
    reached(group, openIn(group)).map(({ one, by }) => ({ one, found: { id: one.id, of: group[by.rank]!.id } })),
  );
}

/** When each was not settled, the first received first. */
const openIn = (group: readonly Entered[]): readonly Reach[] =>
  group.flatMap(({ opened, settled }, rank) =>
    [opened, ...settled.map(({ to }) => to)].map((from, i) => ({ rank, from, until: settled[i]?.from ?? Infinity })),
  );

function inOrder<T extends { readonly id: string }>(
  same: Same,
  find: (group: readonly Entered[]) => readonly { readonly one: Entered; readonly found: T }[],
): readonly T[] {
  const all: { readonly one: Entered; readonly found: T }[] = [];
  for (const group of same.values()) if (group.length > 1) for (const found of find(group)) all.push(found);
  all.sort((a, b) => a.one.opened - b.one.opened || (a.found.id < b.found.id ? -1 : 1));
  return all.map(({ found }) => found);
}

/**
 * Who comes within which reach: the first of the list that holds. Whoever was reached is skipped by all further ones, so
 * that many complaints about one thing take no longer each.
 */
function reached(group: readonly Entered[], reaches: readonly Reach[]) {
  // next[i]: the first from i on that nobody has reached yet.
  const next = Int32Array.from({ length: group.length + 1 }, (_, i) => i);
  const free = (i: number): number => {
    let end = i;
    while (next[end] !== end) end = next[end]!;
    for (let at = i; at !== end; ) {
      const then = next[at]!;
      next[at] = end;
      at = then;
    }
    return end;
  };
  const found: { readonly one: Entered; readonly by: Reach }[] = [];
  for (const by of reaches)
    for (let i = free(Math.max(by.rank + 1, firstFrom(group, by.from))); i < group.length; i = free(i)) {
      const one = group[i]!;
      if (one.opened >= by.until) break;
      found.push({ one, by });
      next[i] = i + 1;
    }
  return found;
}

/** The place of the first received at an instant or later. */
function firstFrom(group: readonly Entered[], ms: number): number {
  let low = 0;
  let high = group.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (group[middle]!.opened < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
