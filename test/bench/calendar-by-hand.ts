// What somebody writes who has no library for it: a table of the intervals, a loop over days, and a build that
// asks the platform for the offset of every opening and closing.
const day = 86_400_000;
const hour = 3_600_000;

export interface Intervals {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Monday to Friday but for holidays, from 09:00 to 17:00 UTC. */
export function officeHours(fromYear: number, toYear: number, holidays: ReadonlySet<number>): Intervals {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = Date.UTC(fromYear, 0, 1); at < Date.UTC(toYear + 1, 0, 1); at += day) {
    if (!isWorkday(at / day, holidays)) continue;
    starts.push(at + 9 * hour);
    ends.push(at + 17 * hour);
  }
  return { starts, ends };
}

/** The first interval that ends after an instant, by binary search; from there on, one after the other. */
export function add({ starts, ends }: Intervals, at: number, ms: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > at) high = middle;
    else low = middle + 1;
  }
  let from = Math.max(at, starts[low]!);
  let left = ms;
  while (left > ends[low]! - from) {
    left -= ends[low]! - from;
    from = starts[++low]!;
  }
  return from + left;
}

/** The other way round: what is left of the first interval, all of those between, what is begun of the last. */
export function between({ starts, ends }: Intervals, from: number, to: number): number {
  let ms = 0;
  for (let i = 0; i < starts.length && starts[i]! < to; i++)
    if (ends[i]! > from) ms += Math.min(to, ends[i]!) - Math.max(from, starts[i]!);
  return ms;
}

/** Days are counted from 1970-01-01, a Thursday. */
const isWorkday = (n: number, holidays: ReadonlySet<number>): boolean => (n + 3) % 7 < 5 && !holidays.has(n);

export function addDays(from: number, n: number, holidays: ReadonlySet<number>): number {
  let at = from;
  for (let left = n; left > 0; ) if (isWorkday(++at, holidays)) left--;
  return at;
}

export const formatOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });

/** The instant of a local wall time, by the offset that holds when the clocks of Greenwich show it. */
function instantOf(format: Intl.DateTimeFormat, wall: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(wall)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part as Record<Intl.DateTimeFormatPartTypes, number>;
  return wall - (Date.UTC(year, month - 1, day, hour, minute, second) - wall);
}

/** From 09:00 to 12:00 and from 13:00 to 18:00 by local time, Monday to Friday but for holidays. */
export function buildWithIntl(
  format: Intl.DateTimeFormat,
  fromYear: number,
  toYear: number,
  holidays: ReadonlySet<number>,
): Intervals {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = Date.UTC(fromYear, 0, 1); at < Date.UTC(toYear + 1, 0, 1); at += day) {
    if (!isWorkday(at / day, holidays)) continue;
    starts.push(instantOf(format, at + 9 * hour), instantOf(format, at + 13 * hour));
    ends.push(instantOf(format, at + 12 * hour), instantOf(format, at + 18 * hour));
  }
  return { starts, ends };
}
