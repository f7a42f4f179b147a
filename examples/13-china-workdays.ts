// China's adjusted workdays: the yearly notice says which weekdays are off and which weekend days make up for them. A
// new notice is a new version of the calendar, and what it moves is known before it is adopted.
import chineseDays from "chinese-days";
import {
  createCalendar,
  type DayPlan,
  dayToLocalDate,
  explainBetween,
  type Holiday,
  impact,
  localDateToDay,
} from "clientele";
import { type Print, runIfStarted } from "./run.js";

// #region china
const office = ["09:00-12:00", "13:00-18:00"];

/** What the notices of some years say, by name: days off, and days that are worked although they are a weekend. */
function noticesOf(years: readonly number[]) {
  const holidays: Holiday[] = [];
  const days: Record<string, DayPlan> = {};
  for (const year of years)
    for (let day = localDateToDay(`${year}-01-01`); day <= localDateToDay(`${year}-12-31`); day++) {
      const date = dayToLocalDate(day);
      const { work, name } = chineseDays.getDayDetail(date);
      // "National Day,国庆节,3" is a day of a notice, "Friday" is any other.
      const festival = name.split(",")[1];
      if (festival === undefined) continue;
      if (work) days[date] = { windows: office, name: `${festival}调休上班` };
      else holidays.push({ date, name: chineseDays.isInLieu(date) ? `${festival}（调休）` : festival });
    }
  return { holidays, days };
}

const shanghai = (version: number, years: readonly number[]) => ({
  id: "shanghai",
  version,
  zone: "Asia/Shanghai",
  week: { mon: office, tue: office, wed: office, thu: office, fri: office },
  ...noticesOf(years),
  dataThrough: `${years.at(-1)}-12-31`,
});
// #endregion china

export async function main(print: Print): Promise<void> {
  const before = createCalendar(shanghai(1, [2025]));
  const after = createCalendar(shanghai(2, [2025, 2026]));

  // Wednesday, 17:00 in Shanghai, before anything was known about the new year.
  const asked = "2025-12-31T09:00:00.000Z";
  for (const calendar of [before, after]) {
    const due = calendar.add(asked, { hours: 8 });
    const certain = calendar.isProvisional(due) ? "provisional" : "certain";
    print(`version ${calendar.version}, known through ${calendar.dataThrough}: due ${due}, ${certain}`);
  }
  const dues = [
    { id: "repair", start: asked, working: { hours: 8 } },
    { id: "first visit", start: "2025-12-29", workingDays: 2 },
    { id: "second visit", start: "2026-02-11", workingDays: 5 },
  ];
  print("The notice for 2026 moves:");
  for (const one of impact(before, after, dues)) print(`  ${one.id}: ${one.before} becomes ${one.after}`);

  print("From 30 September to 12 October 2026:");
  const why = explainBetween(after, "2026-09-30T10:00:00.000Z", "2026-10-12T00:00:00.000Z");
  for (const { from, to, name } of why.skipped) if (name !== null) print(`  ${name}: ${from} to ${to}`);
  print(`  ${why.total / 3_600_000} working hours`);
  print(`  is 10 October worked? ${after.isWorkingDay("2026-10-10")}`);

  // Banks keep the days off and work no weekend for them.
  const bank = createCalendar({ ...shanghai(1, [2025, 2026]), id: "bank", days: {} });
  print(`  at a bank? ${bank.isWorkingDay("2026-10-10")}`);
  for (const calendar of [after, bank])
    print(`${calendar.id}: ${calendar.daysBetween("2025-12-31", "2026-12-31")} working days in 2026`);
}

await runIfStarted(import.meta.url, main);
