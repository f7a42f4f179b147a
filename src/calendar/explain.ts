import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { type Instant, toInstant } from "../kernel/instant.js";
import { type Calendar, eachSpan, msOf, type OpenSpan } from "./calendar.js";
import { durationMs, type WorkingDuration } from "./duration.js";
import { offsetsOf, stretchAt } from "./offsets.js";
import { dayMs, lastInstant } from "./plan.js";

import type { Land } from "./working-time.js";

/** A stretch during which a clock stood still on purpose: half-open. */
export interface Pause {
  readonly from: number | Instant;
  readonly to: number | Instant;
  /** Why: shown as the name of what was skipped. */
  readonly reason?: string | undefined;
}

/** Working time that counted. */
export interface Used extends OpenSpan {
  readonly ms: number;
}

/** Time that did not count, and why. */
export interface Skipped extends OpenSpan {
  readonly reason: "closed" | "holiday" | "pause";
  /** Of a holiday, an override or a pause, where it has one. */
  readonly name: string | null;
}

/** How an answer of a calendar came about, in the order of time. */
export interface Explanation {
  readonly from: Instant;
  readonly to: Instant;
  readonly used: readonly Used[];
  readonly skipped: readonly Skipped[];
  /** Working milliseconds: the sum of what was used. Negative where it was counted backwards. */
  readonly total: number;
  /** Whether it reaches beyond what holidays are known for. */
  readonly provisional: boolean;
}

const mostPauses = 10_000;

/**
 * Why so much working time lies between two moments. What `pauses` cover does not count. Refuses what `between`
 * refuses.
 *
 * @example
 * ```ts
 * import { createCalendar, explainBetween } from "clientele";
 *
 * const calendar = createCalendar({
 *   id: "hq", version: 1, zone: "UTC", week: { thu: ["09:00-17:00"], fri: ["09:00-17:00"] },
 *   holidays: [{ date: "2026-12-25", name: "Christmas" }],
 * });
 * const why = explainBetween(calendar, "2026-12-24T16:00:00.000Z", "2026-12-26T00:00:00.000Z");
 * why.total; // => 3600000
 * why.skipped.map((s) => s.name ?? s.reason); // => ["closed", "Christmas"]
 * ```
 */
export function explainBetween(
  calendar: Calendar,
  from: number | Instant,
  to: number | Instant,
  options: { readonly pauses?: readonly Pause[] } = {},
): Explanation {
  return guarded("INVALID_OPTIONS", "explainBetween", () => told(calendar, msOf(from), msOf(to), tidy(options.pauses)));
}

/**
 * Why adding working time leads where it does. `pauses` push a due time on; the answer is `to`, or `from` where the
 * duration is negative. Refuses what `add` refuses.
 *
 * @example
 * ```ts
 * import { createCalendar, explainAdd } from "clientele";
 *
 * const calendar = createCalendar({ id: "hq", version: 1, zone: "UTC", week: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] } });
 * const why = explainAdd(calendar, "2026-03-02T15:00:00.000Z", { hours: 4 });
 * why.to; // => "2026-03-03T11:00:00.000Z"
 * why.used.map((u) => u.ms / 3_600_000); // => [2, 2]
 * ```
 */
export function explainAdd(
  calendar: Calendar,
  at: number | Instant,
  duration: WorkingDuration,
  options: { readonly land?: Land; readonly pauses?: readonly Pause[] } = {},
): Explanation {
  return guarded("INVALID_OPTIONS", "explainAdd", () => {
    const start = msOf(at);
    const asked = durationMs(duration);
    // Nothing to add leads to the first moment that counts: it resumes.
    const land = { land: asked === 0 ? ("resume" as const) : (options.land ?? "deadline") };
    const pauses = tidy(options.pauses);
    const back = asked < 0;
    // What resumes does not do so in a pause that begins where it lands.
    const onEdge = land.land === "resume" ? 1 : 0;
    let counted = asked;
    let end = calendar.add(start, counted, land);
    // In the order that they are come upon: what is reached at all pushes the end on by all its working time.
    for (const p of back ? [...pauses].reverse() : pauses) {
      const [from, to] = [back ? p.from : Math.max(p.from, start), back ? Math.min(p.to, start) : p.to];
      if (from >= to || (back ? end - to : from - end) >= onEdge) continue;
      counted += back ? calendar.between(to, from) : calendar.between(from, to);
      end = calendar.add(start, counted, land);
    }
    return told(calendar, start, end, pauses);
  });
}

type Stretch = { readonly from: number; readonly to: number; readonly name: string | null };

/** Sorted, and none over another: overlapping reasons count once. */
function tidy(pauses: readonly Pause[] = []): readonly Stretch[] {
  if (!Array.isArray(pauses) || pauses.length > mostPauses)
    throw new ClienteleError("INVALID_OPTIONS", `pauses: a list of at most ${mostPauses} is needed`);
  const read = pauses.map(
    ({ from, to, reason }): Stretch => ({ from: msOf(from), to: msOf(to), name: reason ?? null }),
  );
  if (read.some(({ from, to }) => !Number.isInteger(from) || !Number.isInteger(to)))
    throw new ClienteleError("INVALID_INSTANT", "a pause lasts from one instant to another");
  const sorted = read.filter((p) => p.from < p.to).sort((a, b) => a.from - b.from);
  const kept: Stretch[] = [];
  let end = -Infinity;
  for (const p of sorted) {
    if (p.to > end) kept.push(p.from >= end ? p : { from: end, to: p.to, name: p.name });
    end = Math.max(end, p.to);
  }
  return kept;
}

function told(calendar: Calendar, from: number, to: number, pauses: readonly Stretch[]): Explanation {
  const [first, last] = from <= to ? [from, to] : [to, from];
  const used: Used[] = [];
  const skipped: Skipped[] = [];
  const skip = (a: number, b: number, reason: Skipped["reason"], name: string | null) => {
    const before = skipped[skipped.length - 1];
    const same = before?.reason === reason && before.name === name && before.to === toInstant(a);
    if (same) skipped[skipped.length - 1] = { from: before.from, to: toInstant(b), reason, name };
    else skipped.push({ from: toInstant(a), to: toInstant(b), reason, name });
  };
  let total = 0;
  let at = first;
  let p = 0;
  const idle = (until: number) => {
    if (until > at) closedBetween(calendar, at, until, skip);
  };
  eachSpan(calendar["~def"].growing, first, last, (open, close) => {
    idle(open);
    for (let a = open; a < close; ) {
      while (p < pauses.length && pauses[p]!.to <= a) p++;
      const pause = pauses[p];
      const begin = Math.max(a, Math.min(close, pause?.from ?? Infinity));
      if (begin > a) {
        used.push({ from: toInstant(a), to: toInstant(begin), ms: begin - a });
        total += begin - a;
      }
      const end = pause === undefined ? close : Math.min(close, pause.to);
      if (begin < end && begin < close) skip(begin, end, "pause", pause!.name);
      a = begin < close ? end : close;
    }
    at = close;
  });
  idle(last);
  return {
    from: toInstant(first),
    to: toInstant(last),
    used,
    skipped,
    total: from <= to ? total : total === 0 ? 0 : -total,
    provisional: calendar.isProvisional(last),
  };
}

/** Closed time, told apart by the local dates that a holiday or an override closes. */
function closedBetween(
  calendar: Calendar,
  from: number,
  to: number,
  skip: (a: number, b: number, reason: Skipped["reason"], name: string | null) => void,
): void {
  const { "~def": def } = calendar;
  const offsets = offsetsOf(def.source.zone, from - 3 * dayMs, Math.min(to, lastInstant) + 3 * dayMs);
  for (let at = from; at < to; ) {
    const k = stretchAt(offsets, at);
    const day = Math.floor((at + offsets.offsets[k]!) / dayMs);
    // The date ends at midnight, or where the clocks change: back into the day before, it may be.
    const next = Math.min((day + 1) * dayMs - offsets.offsets[k]!, offsets.starts[k + 1] ?? Infinity);
    const { name, holiday } = def.closed(day);
    skip(at, Math.min(next, to), holiday ? "holiday" : "closed", holiday ? name : null);
    at = next;
  }
}
