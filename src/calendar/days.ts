import { ClienteleError } from "../kernel/errors.js";
import { dayToLocalDate, type LocalDate } from "../kernel/instant.js";
import { dayMs, firstInstant, lastInstant } from "./plan.js";
import { around, beyond, further, type Growing, neverOpen, type Table } from "./table.js";

/** What a day that is no working day counts as: itself (`step`), or the next working day in the direction of counting. */
export type Origin = "step" | "roll";

const firstDay = firstInstant / dayMs;
const lastDay = lastInstant / dayMs;

export function tableOn(calendar: Growing, day: number): Table {
  const { table } = calendar;
  if (day >= table.firstDay && day < table.firstDay + table.ranks.length) return table;
  if (Number.isNaN(day)) throw new ClienteleError("INVALID_INSTANT", "a date YYYY-MM-DD is needed");
  if (day < firstDay || day >= lastDay) throw beyond(dayToLocalDate(day));
  return around(calendar, day);
}

export const isWorkday = ({ ranks, firstDay: first }: Table, day: number): boolean =>
  ranks[day - first] !== (day === first ? 0 : ranks[day - first - 1]);

/** The `n`th working day after a day, or before it; 0 is the day itself, or the next working day where it rolls. */
export function addDaysTo(calendar: Growing, day: number, n: number, origin: Origin): number {
  const first = tableOn(calendar, day);
  if (n === 0 && origin === "step") return day;
  for (let table: Table | undefined = first; table !== undefined; table = further(calendar, n < 0 ? -1 : 1)) {
    const upTo = table.ranks[day - table.firstDay]!;
    const works = isWorkday(table, day);
    // Rolling takes an idle day to the working day that stepping would give as the first.
    const rolled = origin === "roll" && !works ? (n < 0 ? n - 1 : n + 1) : n;
    const place = rolled >= 0 ? upTo + rolled - 1 : upTo - (works ? 1 : 0) + rolled;
    const found = table.workdays[place];
    if (found !== undefined) return found;
  }
  // All of the years that way are in the table by now.
  while (calendar.table.workdays.length === 0 && further(calendar, n < 0 ? 1 : -1) !== undefined);
  throw calendar.table.workdays.length === 0
    ? neverOpen()
    : beyond("there are not that many working days before the end");
}

/** Working days in (from, to]; negative where `to` is earlier. */
export function daysFrom(calendar: Growing, from: number, to: number, origin: Origin): number {
  tableOn(calendar, from);
  tableOn(calendar, to);
  let table = tableOn(calendar, from);
  const works = isWorkday(table, from);
  const start = origin === "roll" && !works ? addDaysTo(calendar, from, to < from ? -1 : 1, "step") : from;
  table = tableOn(calendar, start);
  const counted = table.ranks[to - table.firstDay]! - table.ranks[start - table.firstDay]!;
  return origin === "roll" && (to < from ? counted > 0 : counted < 0) ? 0 : counted;
}

/** The text of a date of the table, made once: an answer is asked for again and again. */
export function dateOn({ dates, firstDay: first }: Table, day: number): LocalDate {
  const made = dates[day - first];
  if (made !== undefined) return made;
  const text = dayToLocalDate(day);
  dates[day - first] = text;
  return text;
}
