import { changeOf, offsetMs } from "../kernel/zone.js";
import { farthest } from "./plan.js";

/** The offsets of a zone over a stretch of time: `offsets[i]` holds from `starts[i]` until `starts[i + 1]`. */
export interface Offsets {
  readonly from: number;
  readonly to: number;
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

const week = 7 * 86_400_000;
const utc: Offsets = { from: -Infinity, to: Infinity, starts: [-Infinity], offsets: [0] };

/**
 * What has been found out about zones, by their names in small letters: there are about six hundred. Asking the platform
 * takes five microseconds, a table of a year some fifty questions; no answer ever changes.
 */
const known = new Map<string, Offsets>();

/** The offsets of a known zone, at least from one instant to another. */
export function offsetsOf(zone: string, from: number, to: number): Offsets {
  if (zone === "UTC") return utc;
  const name = zone.toLowerCase();
  const had = known.get(name);
  if (had !== undefined && had.from <= from && had.to >= to) return had;
  // On the grid of weeks, so that no two tables of a zone can differ in what they overlook.
  const first = Math.min(had?.from ?? Infinity, Math.floor(from / week) * week);
  const last = Math.max(had?.to ?? -Infinity, Math.ceil(to / week) * week);
  const found = had === undefined ? changes(zone, first, last) : extended(zone, had, first, last);
  known.set(name, found);
  return found;
}

function extended(zone: string, had: Offsets, first: number, last: number): Offsets {
  const before = first < had.from ? changes(zone, first, had.from) : undefined;
  const after = last > had.to ? changes(zone, had.to, last) : undefined;
  const parts = [before, had, after].filter((part) => part !== undefined);
  const starts: number[] = [];
  const offsets: number[] = [];
  for (const part of parts)
    part.offsets.forEach((offset, i) => {
      if (offset === offsets[offsets.length - 1]) return;
      starts.push(part.starts[i]!);
      offsets.push(offset);
    });
  return { from: first, to: last, starts, offsets };
}

/**
 * Until 2011 an offset may last no more than a week (Recife, October 2000), since then none has lasted less than four
 * (Ramadan in Morocco, Fiji's summer of 2020); what is foretold from 2037 on may last less again. Found by asking for
 * each day in every zone.
 */
const stepAt = (ms: number): number => (ms < Date.UTC(2011, 0, 1) || ms >= Date.UTC(2037, 0, 1) ? week : 3 * week);

/** Asks now and then, and looks closer where two answers differ. */
function changes(zone: string, from: number, to: number): Offsets {
  let offset = offsetMs(zone, from);
  const starts = [from];
  const offsets = [offset];
  for (let at = from; at < to; ) {
    const next = Math.min(at + stepAt(at), to);
    const then = offsetMs(zone, next);
    while (offset !== then) {
      at = changeOf(zone, at, next, offset);
      offset = offsetMs(zone, at);
      starts.push(at);
      offsets.push(offset);
    }
    at = next;
  }
  return { from, to, starts, offsets };
}

/** The stretch that an instant lies in. */
export function stretchAt({ starts }: Offsets, ms: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= ms) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The instant of a local wall time, in milliseconds of both. What the clocks skip is moved on by as much as they do;
 * what comes twice is the first.
 */
export function instantOf(table: Offsets, wall: number): number {
  const { starts, offsets } = table;
  let k = stretchAt(table, wall - farthest);
  for (; ; k++) {
    const at = wall - offsets[k]!;
    if (k + 1 >= starts.length || at < starts[k + 1]!) return at;
    // Before the next stretch has begun by its own clock: the wall time lies in the gap between them.
    if (wall - offsets[k + 1]! < starts[k + 1]!) return at;
  }
}
