import { ClienteleError } from "../kernel/errors.js";
import type { LocalDate } from "../kernel/instant.js";
import { dayMs, firstInstant, lastInstant } from "./plan.js";

/** Where the open time of a calendar comes from: weekly windows, or two other calendars. */
export interface Source {
  readonly zone: string;
  /**
   * The open stretches of local dates, sorted, disjoint and not touching, and which of the dates have working time. May
   * tell of some days more.
   */
  readonly build: (firstDay: number, lastDay: number) => Built;
}

export interface Built {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** One for each date from `firstDay` on: whether it has working time. */
  readonly worked: Uint8Array;
}

/** Every open stretch over some years, with running sums: any question is a look-up in it. */
export interface Table {
  /** What the table covers: from the beginning of a UTC day until the beginning of another. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Open milliseconds before each stretch; one more than there are stretches. */
  readonly sums: Float64Array;
  /** By UTC day: the first stretch that ends after its beginning. */
  readonly byDay: Int32Array;
  readonly firstDay: number;
  /** By local date: how many working days there are up to it, counting itself. */
  readonly ranks: Int32Array;
  readonly workdays: Int32Array;
  /** By local date: its text, once it has been asked for. */
  readonly dates: (LocalDate | undefined)[];
}

const firstDate = firstInstant / dayMs;
const lastDate = lastInstant / dayMs;

export const neverOpen = (): ClienteleError => new ClienteleError("NO_WORKING_TIME", "this calendar is never open");

export function beyond(what: string): ClienteleError {
  return new ClienteleError("BEYOND_HORIZON", `calendars answer for the years 1900 to 2199: ${what}`);
}

/** A table that grows as far as it is asked. */
export interface Growing {
  table: Table;
  readonly source: Source;
}

export function growing(source: Source): Growing {
  return { source, table: nothing };
}

const nothing: Table = {
  from: 0,
  to: 0,
  count: 0,
  starts: new Float64Array(0),
  ends: new Float64Array(0),
  sums: new Float64Array(1),
  byDay: new Int32Array(0),
  firstDay: 0,
  ranks: new Int32Array(0),
  workdays: new Int32Array(0),
  dates: [],
};

/** A table that covers some days, and what it covered before. */
export function covering(growing: Growing, firstDay: number, lastDay: number): Table {
  const { from, to } = growing.table;
  const first = Math.max(firstDate, from === to ? firstDay : Math.min(firstDay, from / dayMs));
  const last = Math.min(lastDate, from === to ? lastDay : Math.max(lastDay, to / dayMs));
  growing.table = tableOf(growing.source, first, last);
  return growing.table;
}

/** A table around a day: what is asked next is most often asked of the months around it. */
export const around = (growing: Growing, day: number): Table => covering(growing, day - 32, day + 400);

/** Twice as far ahead, or back; `undefined` where there is no further. */
export function further(growing: Growing, direction: 1 | -1): Table | undefined {
  const { from, to } = growing.table;
  if (direction === 1 ? to >= lastInstant : from <= firstInstant) return undefined;
  const span = (to - from) / dayMs;
  return direction === 1
    ? covering(growing, from / dayMs, to / dayMs + span)
    : covering(growing, from / dayMs - span, to / dayMs);
}

/** Two local days at each end make sure that nothing is missing from the UTC days between. */
function tableOf(source: Source, firstDay: number, lastDay: number): Table {
  const from = firstDay * dayMs;
  const to = lastDay * dayMs;
  const built = source.build(firstDay - 2, lastDay + 2);
  let first = 0;
  while (first < built.ends.length && built.ends[first]! <= from) first++;
  let end = built.starts.length;
  while (end > first && built.starts[end - 1]! >= to) end--;
  const count = end - first;
  // What reaches over the edge is cut there: its other end is not known.
  const starts = built.starts.slice(first, end);
  const ends = built.ends.slice(first, end);
  if (count > 0) {
    if (starts[0]! < from) starts[0] = from;
    if (ends[count - 1]! > to) ends[count - 1] = to;
  }
  const sums = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i]! + ends[i]! - starts[i]!;
  const days = lastDay - firstDay;
  const byDay = new Int32Array(days + 1);
  for (let day = 0, i = 0; day <= days; day++) {
    const begin = from + day * dayMs;
    while (i < count && ends[i]! <= begin) i++;
    byDay[day] = i;
  }
  const ranks = new Int32Array(days);
  let worked = 0;
  for (let day = 0; day < days; day++) ranks[day] = worked += built.worked[day + 2]!;
  const workdays = new Int32Array(worked);
  for (let day = 0; day < days; day++) if (built.worked[day + 2] === 1) workdays[ranks[day]! - 1] = firstDay + day;
  return { from, to, count, starts, ends, sums, byDay, firstDay, ranks, workdays, dates: new Array(days) };
}

/** The first stretch that ends after an instant; `count` where none does. The instant lies in the table. */
export function stretchAfter(table: Table, ms: number): number {
  let i = table.byDay[Math.floor((ms - table.from) / dayMs)]!;
  while (i < table.count && table.ends[i]! <= ms) i++;
  return i;
}

/** Open milliseconds of the table before an instant in it, whose next stretch is known. */
export function openUpTo(table: Table, next: number, ms: number): number {
  const before = table.sums[next]!;
  if (next === table.count) return before;
  const start = table.starts[next]!;
  return ms > start ? before + ms - start : before;
}

/** The same where only the instant is known. */
export const openBefore = (table: Table, ms: number): number => openUpTo(table, stretchAfter(table, ms), ms);
