import { preview } from "../kernel/schema.js";
import type { CaseFacts, CaseRecord } from "./case.js";
import { isSettled } from "./handling-time.js";
import { knownText, wrong } from "./telling.js";

/** How sameness is told. */
export interface SameOptions {
  /**
   * What makes two complaints the same; `null`: like no other. Default: the same known customer, the same nature, and
   * the same subject, or the same order where neither has a subject.
   */
  readonly key?: ((record: CaseRecord) => string | null) | undefined;
  /** Closed states that plugins have added. */
  readonly closed?: readonly string[] | undefined;
}

/** The key that a host makes; `undefined`: that of this library is to be made. */
export function keyOf(key: SameOptions["key"], record: CaseRecord): string | null | undefined {
  return key === undefined ? undefined : knownText("key", key(record));
}

const sameKey = ({ customerId, subject, orderId, nature }: CaseFacts): string | null =>
  customerId === null || nature === null || (subject ?? orderId) === null
    ? null
    : JSON.stringify([customerId, nature, subject === null ? "order" : "subject", subject ?? orderId]);

/** When a complaint was settled, and until when. */
export interface Settled {
  readonly from: number;
  readonly to: number;
}

/** All that there is to tell whether a complaint came again. */
export interface Entered {
  readonly id: string;
  readonly opened: number;
  readonly settled: readonly Settled[];
}

/** Complaints that may be the same, by what makes them so. */
export type Same = ReadonlyMap<string, readonly Entered[]>;

export interface Collection {
  /** Answers whether there is something by which it could be the same as others. */
  readonly add: (facts: CaseFacts, key: string | null | undefined) => boolean;
  readonly same: () => Same;
}

const mostCases = 10_000_000;

/** Takes complaints in, one by one. Merged ones are remembered by when they came. */
export function collection(): Collection {
  const ids = new Set<string>();
  const kept = new Map<string, { readonly entered: Entered; readonly key: string }>();
  const merged = new Map<string, { readonly into: string; readonly opened: number }>();
  const add = (facts: CaseFacts, given: string | null | undefined): boolean => {
    const { id, opened, mergedInto } = facts;
    if (ids.has(id)) throw wrong(`${preview(id)} is there twice`);
    if (ids.size === mostCases) throw wrong(`at most ${mostCases} complaints are taken`);
    ids.add(id);
    if (mergedInto !== null) merged.set(id, { into: mergedInto, opened });
    const key = mergedInto !== null ? null : given === undefined ? sameKey(facts) : given;
    if (key === null) return false;
    kept.set(id, { entered: { id, opened, settled: settledIn(facts) }, key });
    return true;
  };
  const same = (): Same => {
    const earliest = new Map<string, number>();
    const ends = endsOf(merged);
    for (const [id, { opened }] of merged) {
      const end = ends.get(id);
      if (end !== undefined) earliest.set(end, Math.min(earliest.get(end) ?? Infinity, opened));
    }
    const groups = new Map<string, Entered[]>();
    for (const { entered, key } of kept.values()) {
      const opened = Math.min(entered.opened, earliest.get(entered.id) ?? Infinity);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ ...entered, opened }]);
      else group.push({ ...entered, opened });
    }
    for (const group of groups.values()) group.sort((a, b) => a.opened - b.opened || (a.id < b.id ? -1 : 1));
    return groups;
  };
  return { add, same };
}

/** Where each merged complaint goes on in the end. What was merged in a circle goes on nowhere. */
function endsOf(merged: ReadonlyMap<string, { readonly into: string }>): ReadonlyMap<string, string> {
  const ends = new Map<string, string>();
  const lost = new Set<string>();
  for (const start of merged.keys()) {
    const way = new Set<string>();
    let at = start;
    while (!way.has(at) && !ends.has(at) && !lost.has(at) && merged.has(at)) {
      way.add(at);
      at = merged.get(at)!.into;
    }
    const end = ends.get(at) ?? (way.has(at) || lost.has(at) ? undefined : at);
    for (const id of way)
      if (end === undefined) lost.add(id);
      else ends.set(id, end);
  }
  return ends;
}

/** The times in which a complaint was settled, in order. */
export function settledIn({ phase, state, entered, stopped, stretches }: CaseFacts): readonly Settled[] {
  if (stretches === undefined)
    return phase === "closed" || state === "resolved" ? [{ from: stopped ?? entered, to: Infinity }] : [];
  const list: { from: number; to: number }[] = [];
  let is = false;
  for (const stretch of stretches) {
    const last = list.at(-1);
    const was = is;
    is = isSettled(stretch);
    if (is && !was) list.push({ from: stretch.from, to: Infinity });
    else if (!is && was) last!.to = stretch.from;
  }
  return list;
}
