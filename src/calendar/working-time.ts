import { ClienteleError } from "../kernel/errors.js";
import { dayMs, firstInstant, lastInstant } from "./plan.js";
import {
  around,
  beyond,
  further,
  type Growing,
  neverOpen,
  openBefore,
  openUpTo,
  stretchAfter,
  type Table,
} from "./table.js";

/** Where a duration that ends exactly at closing lands: there, as a due date does, or at the next opening. */
export type Land = "deadline" | "resume";

// Everything here is in whole milliseconds, and no step is longer for a longer span.

/** The table, covering an instant. Refuses what is no whole millisecond of the years 1900 to 2199. */
export function tableAt(calendar: Growing, ms: number): Table {
  const { table } = calendar;
  if (ms >= table.from && ms < table.to && ms % 1 === 0) return table;
  if (!Number.isInteger(ms))
    throw new ClienteleError("INVALID_INSTANT", `whole milliseconds are needed: ${String(ms)}`);
  if (ms < firstInstant || ms >= lastInstant) throw beyond(String(ms));
  return around(calendar, Math.floor(ms / dayMs));
}

export function isOpenAt(calendar: Growing, ms: number): boolean {
  const table = tableAt(calendar, ms);
  const i = stretchAfter(table, ms);
  return i < table.count && table.starts[i]! <= ms;
}

/** The first open instant from `ms` on; `undefined` where there is none. */
export function openingFrom(calendar: Growing, ms: number): number | undefined {
  for (let table: Table | undefined = tableAt(calendar, ms); table !== undefined; table = further(calendar, 1)) {
    const i = stretchAfter(table, ms);
    if (i < table.count) return Math.max(ms, table.starts[i]!);
  }
  return undefined;
}

/** The end of the stretch that is open at `ms` or opens next. */
export function closingAfter(calendar: Growing, ms: number): number | undefined {
  for (let table: Table | undefined = tableAt(calendar, ms); table !== undefined; table = further(calendar, 1)) {
    const i = stretchAfter(table, ms);
    // What ends where the table ends may go on.
    if (i < table.count && table.ends[i]! < table.to) return table.ends[i]!;
  }
  return undefined;
}

/** The last stretch that begins before an instant; -1 where none does. */
function stretchBefore(table: Table, ms: number): number {
  let i = stretchAfter(table, ms);
  if (i === table.count || table.starts[i]! >= ms) i--;
  return i;
}

/** The last instant up to `ms` that closes what was open, or `ms` itself inside of a stretch or at its end. */
export function closingUpTo(calendar: Growing, ms: number): number | undefined {
  for (let table: Table | undefined = tableAt(calendar, ms); table !== undefined; table = further(calendar, -1)) {
    const i = stretchBefore(table, ms);
    if (i >= 0) return Math.min(ms, table.ends[i]!);
  }
  return undefined;
}

/** The last beginning of a stretch before `ms`. */
export function openingBefore(calendar: Growing, ms: number): number | undefined {
  for (let table: Table | undefined = tableAt(calendar, ms); table !== undefined; table = further(calendar, -1)) {
    const i = stretchBefore(table, ms);
    if (i >= 0 && table.starts[i]! > table.from) return table.starts[i]!;
  }
  return undefined;
}

export function betweenMs(calendar: Growing, from: number, to: number): number {
  let table = tableAt(calendar, from);
  if (!(to >= table.from && to < table.to && to % 1 === 0)) {
    tableAt(calendar, to);
    // Asking for the one may have made the table that also has the other.
    table = tableAt(calendar, from);
  }
  const worked = openBefore(table, to) - openBefore(table, from);
  return worked === 0 ? 0 : worked;
}

export function addMs(calendar: Growing, ms: number, duration: number, land: Land): number {
  if (duration === 0) return openingFrom(calendar, ms) ?? nowhere(calendar, duration);
  // A direction and a landing: backwards, what ends exactly at an opening lands there, or at the closing before it.
  const early = duration > 0 === (land === "deadline");
  for (
    let table: Table | undefined = tableAt(calendar, ms);
    table !== undefined;
    table = further(calendar, duration > 0 ? 1 : -1)
  ) {
    const { count, sums, starts } = table;
    const first = stretchAfter(table, ms);
    const goal = openUpTo(table, first, ms) + duration;
    if (early ? goal > sums[count]! || goal <= 0 : goal >= sums[count]! || goal < 0) continue;
    const i = early ? reaching(sums, duration > 0 ? first : 0, count, goal) : containing(sums, count, goal);
    return starts[i]! + goal - sums[i]!;
  }
  return nowhere(calendar, duration);
}

/** The stretch, from one on, by whose end a sum is reached. Most are near: steps that double, and then halves. */
function reaching(sums: Float64Array, first: number, count: number, goal: number): number {
  let low = first;
  let step = 4;
  while (low + step < count && sums[low + step]! < goal) {
    low += step;
    step += step;
  }
  let high = Math.min(low + step, count - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle + 1]! >= goal) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The stretch within which, or at whose beginning, a sum lies. */
function containing(sums: Float64Array, count: number, goal: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sums[middle]! <= goal) low = middle;
    else high = middle - 1;
  }
  return low;
}

function nowhere(growing: Growing, duration: number): never {
  // All of the years that way are in the table by now. Whether it is ever open is asked of all the others: the answer may
  // depend neither on what was asked before, nor on whether the way was taken in one step or in two.
  while (growing.table.count === 0 && further(growing, duration < 0 ? 1 : -1) !== undefined);
  throw growing.table.count === 0 ? neverOpen() : beyond("there is not that much working time before the end");
}
