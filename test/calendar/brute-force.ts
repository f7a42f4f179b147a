import { Temporal } from "temporal-polyfill";
import type { CalendarData, Weekday } from "../../src/calendar/index.js";

/**
 * An independent reference: it asks Temporal for the local wall time of every minute, and whether that lies in a window
 * of its local date or in the night of the date before. It shares no code with the library.
 */
export interface Walls {
  readonly zone: string;
  /** In epoch milliseconds. */
  readonly from: number;
  readonly count: number;
  /** How long a step is: a minute, or less where a zone's offset has seconds. */
  readonly step: number;
  /** By step: the place of its local date in `dates`, and seconds since local midnight. */
  readonly date: Uint16Array;
  readonly seconds: Int32Array;
  readonly dates: readonly LocalDay[];
}

interface LocalDay {
  readonly date: string;
  readonly weekday: Weekday;
  readonly before: string;
  readonly weekdayBefore: Weekday;
}

const weekdays: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const told = new Map<string, Walls>();

/** The wall time of each step; asking Temporal takes ten microseconds, so it is asked once. */
export function wallsOf(zone: string, from: number, count: number, step = 60_000): Walls {
  const key = `${zone} ${from} ${count} ${step}`;
  const had = told.get(key);
  if (had !== undefined) return had;
  const date = new Uint16Array(count);
  const seconds = new Int32Array(count);
  const dates: LocalDay[] = [];
  const places = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const local = Temporal.Instant.fromEpochMilliseconds(from + i * step).toZonedDateTimeISO(zone);
    const name = `${local.year}-${local.month}-${local.day}`;
    if (!places.has(name)) {
      places.set(name, dates.length);
      dates.push(localDay(local.toPlainDate()));
    }
    date[i] = places.get(name)!;
    seconds[i] = local.hour * 3600 + local.minute * 60 + local.second;
  }
  const walls = { zone, from, count, step, date, seconds, dates };
  told.set(key, walls);
  return walls;
}

function localDay(date: Temporal.PlainDate): LocalDay {
  const before = date.subtract({ days: 1 });
  return {
    date: date.toString(),
    weekday: weekdays[date.dayOfWeek - 1]!,
    before: before.toString(),
    weekdayBefore: weekdays[before.dayOfWeek - 1]!,
  };
}

/** From and to in seconds since midnight; `to` of a night lies in the day after. */
type Window = readonly [from: number, to: number];

const secondsOf = (text: string): number => {
  const [hours, minutes, seconds] = text.split(":").map(Number);
  return hours! * 3600 + minutes! * 60 + (seconds ?? 0);
};

function windowsOn(data: CalendarData, date: string, weekday: Weekday): readonly Window[] {
  const own = data.days?.[date];
  const off = data.holidays?.some((h) => (typeof h === "string" ? h : h.date) === date) === true;
  const usual = off ? [] : (data.week[weekday] ?? []);
  const texts = own === undefined ? usual : "windows" in own ? own.windows : own;
  return texts.map((text) => {
    const [from, to] = text.split("-").map(secondsOf) as [number, number];
    return to < from ? [from, to + 86_400] : [from, to];
  });
}

export interface Reference {
  /** By step, whether it is open. */
  readonly open: Uint8Array;
  /** Open steps before each; one more than there are steps. */
  readonly sums: Int32Array;
  /** The local dates of whose own windows, nights included, any came. */
  readonly worked: ReadonlySet<string>;
}

/** Walks step by step. What is open must begin and end with a step. */
export function referenceOf(data: CalendarData, { count, date, seconds, dates }: Walls): Reference {
  const today = dates.map((d) => windowsOn(data, d.date, d.weekday));
  const nights = dates.map((d) => windowsOn(data, d.before, d.weekdayBefore));
  const open = new Uint8Array(count);
  const sums = new Int32Array(count + 1);
  const worked = new Set<string>();
  for (let i = 0; i < count; i++) {
    const on = date[i]!;
    const at = seconds[i]!;
    const own = today[on]!.some(([from, to]) => from <= at && at < to);
    const night = nights[on]!.some(([from, to]) => from <= at + 86_400 && at + 86_400 < to);
    if (own) worked.add(dates[on]!.date);
    if (night) worked.add(dates[on]!.before);
    open[i] = own || night ? 1 : 0;
    sums[i + 1] = sums[i]! + open[i]!;
  }
  return { open, sums, worked };
}

/** The open stretches, in epoch milliseconds. */
export function spansOf({ open }: Reference, { from, count, step }: Walls): readonly { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (let i = 0, since = -1; i <= count; i++) {
    const is = i < count && open[i] === 1;
    if (is && since < 0) since = i;
    else if (!is && since >= 0) {
      spans.push({ from: from + since * step, to: from + i * step });
      since = -1;
    }
  }
  return spans;
}

/**
 * Where so many working steps lead from a step, walked one by one: the first place that so much lies before, or the
 * last; for what lands on an edge, on the side of the work already done (`deadline`) or of the work to come (`resume`).
 */
export function walk(
  { open }: Reference,
  start: number,
  steps: number,
  land: "deadline" | "resume",
): number | undefined {
  const direction = steps < 0 ? -1 : 1;
  let left = Math.abs(steps);
  let at = start;
  const ahead = () => (direction === 1 ? open[at] : open[at - 1]);
  for (; left > 0; at += direction) {
    const is = ahead();
    if (is === undefined) return undefined;
    if (is === 1) left--;
  }
  if (land === "deadline") return at;
  while (ahead() === 0) at += direction;
  return ahead() === undefined ? undefined : at;
}
