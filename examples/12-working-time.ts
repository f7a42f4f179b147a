// Working time: a desk in New York with the holidays of a library, a night on which the clocks change, a customer in
// Berlin, and a day off that is declared late.
import { createCalendar, dayToLocalDate, explainAdd, type Holiday, impact, intersect, localDateToDay } from "clientele";
import Holidays from "date-holidays";
import { type Print, runIfStarted } from "./run.js";

// #region holidays
/** The public holidays of some years that last whole days. */
function publicHolidays(country: string, years: readonly number[]): readonly Holiday[] {
  const known = new Holidays(country);
  return years
    .flatMap((year) => known.getHolidays(year))
    .filter(({ type, date }) => type === "public" && date.slice(11, 19) === "00:00:00")
    .flatMap(({ date, name, start, end }) => {
      const first = localDateToDay(date.slice(0, 10));
      const days = Math.round((end.getTime() - start.getTime()) / 86_400_000);
      return Array.from({ length: days }, (_, i) => ({ date: dayToLocalDate(first + i), name }));
    });
}

const office = ["09:00-17:00"];
const newYork = {
  id: "new-york",
  zone: "America/New_York",
  week: { mon: office, tue: office, wed: office, thu: office, fri: office },
  holidays: publicHolidays("US", [2026, 2027]),
  dataThrough: "2027-12-31",
};
const desk = createCalendar({ ...newYork, version: 1 });
// #endregion holidays

const hours = (ms: number): string => `${ms / 3_600_000} h`;

export async function main(print: Print): Promise<void> {
  // Thursday, 16:00 in New York. Friday stands in for Independence Day, which is a Saturday.
  const asked = "2026-07-02T20:00:00.000Z";
  const why = explainAdd(desk, asked, { hours: 4 });
  print(`four working hours from ${asked}: ${why.to}`);
  for (const { from, to, ms } of why.used) print(`  worked ${hours(ms)}: ${from} to ${to}`);
  for (const { from, to, reason, name } of why.skipped) print(`  ${name ?? reason}: ${from} to ${to}`);
  print(`one hour, as a deadline: ${desk.add(asked, { hours: 1 })}`);
  print(`one hour, to go on with: ${desk.add(asked, { hours: 1 }, { land: "resume" })}`);

  const night = ["22:00-06:00"];
  const guard = createCalendar({ id: "guard", version: 1, zone: "America/New_York", week: { sat: night } });
  print("A night from 22:00 to 06:00:");
  for (const saturday of ["2026-02-28", "2026-03-07", "2026-10-31"]) {
    const noon = Date.parse(`${saturday}T17:00:00.000Z`);
    print(`  of ${saturday}: ${hours(guard.between(noon, noon + 86_400_000))}`);
  }

  // America changes its clocks three weeks before Europe: until then there is an hour more for a call.
  const early = ["08:00-16:00"];
  const week = { mon: early, tue: early, wed: early, thu: early, fri: early };
  const customer = createCalendar({ id: "customer", version: 1, zone: "Europe/Berlin", week });
  const both = intersect(desk, customer);
  print("Open in New York and in Berlin:");
  for (const date of ["2026-03-06", "2026-03-09", "2026-03-30"])
    for (const { from, to } of both.spans(`${date}T00:00:00.000Z`, `${date}T23:59:59.999Z`))
      print(`  ${from} to ${to}: ${hours(both.between(from, to))}`);

  const move = [...newYork.holidays, { date: "2026-07-06", name: "The office moves" }];
  const dues = [
    { id: "repair", start: asked, working: { hours: 4 } },
    { id: "call", start: asked, working: { minutes: 30 } },
    { id: "survey", start: "2026-07-02", workingDays: 5 },
  ];
  print("Closed on 6 July as well:");
  for (const { id, before, after, by } of impact(
    desk,
    createCalendar({ ...newYork, version: 2, holidays: move }),
    dues,
  ))
    print(`  ${id}: ${before} becomes ${after}, ${hours(by)} later`);
}

await runIfStarted(import.meta.url, main);
