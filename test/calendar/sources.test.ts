import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Holidays from "date-holidays";
import { describe, expect, it } from "vitest";
import { type CalendarData, explainBetween, type Holiday, intersect } from "../../src/calendar/index.js";
import { toInstant } from "../../src/kernel/instant.js";
import { localDateOf } from "../../src/kernel/zone.js";
import { datesOf, day, hour, isWeekday, office, workweek } from "./given.js";

describe("public holidays from date-holidays", () => {
  /** A holiday may last several days; every date on which it is one at noon is off. */
  const daysOff = (source: Holidays, zone: string, year: number): readonly Holiday[] =>
    source
      .getHolidays(year)
      .filter(({ type }) => type === "public")
      .flatMap(({ start, end, name }) => {
        const dates: Holiday[] = [];
        for (let noon = start.getTime() + day / 2; noon < end.getTime(); noon += day)
          dates.push({ date: localDateOf(toInstant(noon), zone), name });
        return dates;
      });
  const fed = (source: Holidays) => {
    const zone = source.getTimezones()[0]!;
    const [first, last] = [2025, 2026];
    const holidays = [...daysOff(source, zone, first), ...daysOff(source, zone, last)];
    return { zone, holidays, calendar: office({ zone, holidays, dataThrough: `${last}-12-31` }) };
  };

  it.each([
    ["Bavaria", new Holidays("DE", "BY"), "Europe/Berlin", 252],
    ["Berlin", new Holidays("DE", "BE"), "Europe/Berlin", 254],
    ["the United States", new Holidays("US"), "America/New_York", 250],
    ["England", new Holidays("GB", "ENG"), "Europe/London", 253],
    ["Japan", new Holidays("JP"), "Asia/Tokyo", 244],
  ])("%s: weekdays that are none of them", (_, source, inZone, count) => {
    const { zone, calendar, holidays } = fed(source);
    expect(zone).toBe(inZone);
    const off = new Set(holidays.map(({ date }) => date));
    for (const date of [...datesOf(2025), ...datesOf(2026)])
      expect(calendar.isWorkingDay(date), date).toBe(isWeekday(date) && !off.has(date));
    expect(calendar.daysBetween("2025-12-31", "2026-12-31")).toBe(count);
    expect(calendar.isProvisional("2027-01-01")).toBe(true);
  });

  it("agrees with what the source says of each moment of noon", () => {
    const source = new Holidays("DE", "BY");
    const { calendar } = fed(source);
    for (const date of datesOf(2026)) {
      const noon = `${date}T11:00:00.000Z`;
      const found = source.isHoliday(new Date(noon));
      const off = found !== false && found.some(({ type }) => type === "public");
      expect(calendar.isOpen(noon), date).toBe(isWeekday(date) && !off);
    }
  });

  it("shows their names in the language of the source", () => {
    const { calendar } = fed(new Holidays("DE", "BY"));
    const why = explainBetween(calendar, "2026-06-03T15:00:00.000Z", "2026-06-05T07:00:00.000Z");
    expect(why.skipped).toEqual([
      { from: "2026-06-03T15:00:00.000Z", to: "2026-06-03T22:00:00.000Z", reason: "closed", name: null },
      { from: "2026-06-03T22:00:00.000Z", to: "2026-06-04T22:00:00.000Z", reason: "holiday", name: "Fronleichnam" },
      { from: "2026-06-04T22:00:00.000Z", to: "2026-06-05T07:00:00.000Z", reason: "closed", name: null },
    ]);
  });

  it("takes a day in place of one that falls on a weekend", () => {
    const { calendar } = fed(new Holidays("US"));
    expect(calendar.isWorkingDay("2026-07-03")).toBe(false);
    expect(calendar.addDays("2026-07-02", 1)).toBe("2026-07-06");
  });

  it("two countries work together where neither is off", () => {
    const both = intersect(fed(new Holidays("DE", "BY")).calendar, fed(new Holidays("GB", "ENG")).calendar);
    // Bavaria is open from 07:00 to 15:00 UTC, England from 08:00 to 16:00.
    expect(both.between("2026-06-01T22:00:00.000Z", "2026-06-02T22:00:00.000Z")).toBe(7 * hour);
    expect(both.isWorkingDay("2026-06-04")).toBe(false);
    expect(both.isWorkingDay("2026-08-31")).toBe(false);
    expect(both.dataThrough).toBe("2026-12-31");
  });
});

describe("the working days of China from chinese-days", () => {
  const years = [2023, 2024, 2025, 2026];
  const dates = years.flatMap(datesOf);
  // The data and not the doors of the package: those answer for the day before where the host is west of Greenwich.
  const source = createRequire(import.meta.url)("chinese-days/dist/chinese-days.json") as Readonly<
    Record<"holidays" | "workdays", Readonly<Record<string, string>>>
  >;
  /** Of "English,中文,days". */
  const nameOf = (name: string) => name.split(",")[1]!;
  const windows = ["09:00-18:00"];
  const data: CalendarData = {
    zone: "Asia/Shanghai",
    week: workweek(...windows),
    holidays: Object.entries(source.holidays).map(([date, name]) => ({ date, name: nameOf(name) })),
    days: Object.fromEntries(
      Object.entries(source.workdays).map(([date, name]) => [date, { windows, name: nameOf(name) }]),
    ),
    dataThrough: "2026-12-31",
  };
  const calendar = office(data);

  it("are those of the published notices, on every day of four years", () => {
    const url = new URL("../vectors/china-workdays.json", import.meta.url);
    const file = JSON.parse(readFileSync(url, "utf8")) as {
      years: Record<string, { off: { date: string }[]; adjustedWorkdays: { date: string }[] }>;
    };
    const notices = years.map((year) => file.years[year]!);
    const published = office({
      ...data,
      holidays: notices.flatMap(({ off }) => off.map(({ date }) => date)),
      days: Object.fromEntries(
        notices.flatMap(({ adjustedWorkdays }) => adjustedWorkdays.map(({ date }) => [date, windows])),
      ),
    });
    expect(dates).toHaveLength(1461);
    expect(dates.filter((date) => calendar.isWorkingDay(date) !== published.isWorkingDay(date))).toEqual([]);
    expect(years.map((year) => calendar.daysBetween(`${year - 1}-12-31`, `${year}-12-31`))).toEqual([
      249, 251, 248, 248,
    ]);
  });

  it("show their names", () => {
    const why = explainBetween(calendar, "2026-09-30T10:00:00.000Z", "2026-10-08T01:00:00.000Z");
    expect(why.total).toBe(0);
    expect(why.skipped.map(({ reason, name }) => name ?? reason)).toEqual(["closed", "国庆节", "closed"]);
    const newYear = explainBetween(calendar, "2026-02-14T10:00:00.000Z", "2026-02-24T01:00:00.000Z");
    expect(newYear.skipped.map(({ reason, name }) => name ?? reason)).toEqual(["closed", "春节", "closed"]);
  });

  it("are provisional where the source has nothing yet", () => {
    expect(Object.keys(source.holidays).filter((date) => date > "2026-12-31")).toEqual([]);
    expect(calendar.isWorkingDay("2027-10-01")).toBe(true);
    expect(calendar.isProvisional("2027-10-01")).toBe(true);
  });
});

describe("a plain list", () => {
  const list = "2026-12-24\n2026-12-25 Christmas Day\n2026-12-25 named twice\n2026-12-31";

  it("of dates, with names and without", () => {
    const holidays = list.split("\n").map((line) => {
      const [date, ...name] = line.split(" ");
      return name.length === 0 ? date! : { date: date!, name: name.join(" ") };
    });
    const calendar = office({ holidays });
    expect(calendar.spans("2026-12-23T00:00:00.000Z", "2027-01-02T00:00:00.000Z").map(({ from }) => from)).toEqual(
      ["23", "28", "29", "30"].map((date) => `2026-12-${date}T09:00:00.000Z`).concat("2027-01-01T09:00:00.000Z"),
    );
    const why = explainBetween(calendar, "2026-12-24T00:00:00.000Z", "2026-12-27T00:00:00.000Z");
    expect(why.skipped.map(({ reason, name }) => [reason, name])).toEqual([
      ["holiday", null],
      ["holiday", "Christmas Day"],
      ["closed", null],
    ]);
  });
});
