import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explainBetween } from "../../src/calendar/index.js";
import { datesOf, hour, isWeekday, office, workweek } from "./given.js";

interface Named {
  readonly date: string;
  readonly holiday: string;
}
const url = new URL("../vectors/china-workdays.json", import.meta.url);
const file = JSON.parse(readFileSync(url, "utf8")) as {
  readonly dataThrough: string;
  readonly years: Readonly<
    Record<
      string,
      { readonly off: readonly Named[]; readonly adjustedWorkdays: readonly Named[]; readonly workdayCount: number }
    >
  >;
};
const years = Object.values(file.years);
const off = years.flatMap((year) => year.off);
const adjusted = years.flatMap((year) => year.adjustedWorkdays);
const windows = ["09:00-12:00", "13:00-18:00"];
const china = office({
  id: "cn",
  zone: "Asia/Shanghai",
  week: workweek(...windows),
  holidays: off.map(({ date, holiday }) => ({ date, name: holiday })),
  days: Object.fromEntries(adjusted.map(({ date, holiday }) => [date, { windows, name: holiday }])),
  dataThrough: file.dataThrough,
});

describe.each([
  [2023, 249],
  [2024, 251],
  [2025, 248],
  [2026, 248],
])("the working days of %d", (year, count) => {
  it("are those of the State Council, day by day", () => {
    const free = new Set(off.map(({ date }) => date));
    const made = new Set(adjusted.map(({ date }) => date));
    for (const date of datesOf(year))
      expect(china.isWorkingDay(date), date).toBe(made.has(date) || (isWeekday(date) && !free.has(date)));
  });

  it(`are ${count}, however they are counted`, () => {
    expect(file.years[year]!.workdayCount).toBe(count);
    expect(datesOf(year).filter((date) => china.isWorkingDay(date))).toHaveLength(count);
    expect(china.daysBetween(`${year - 1}-12-31`, `${year}-12-31`)).toBe(count);
    const [from, to] = [`${year - 1}-12-31T16:00:00.000Z`, `${year}-12-31T16:00:00.000Z`];
    expect(china.between(from, to)).toBe(count * 8 * hour);
    expect(china.spans(from, to)).toHaveLength(count * windows.length);
  });
});

it("all 1,461 days were asked", () => {
  expect(Object.keys(file.years).flatMap((year) => datesOf(Number(year)))).toHaveLength(1461);
});

it("the evening before the Spring Festival is answered after it, by way of a Saturday that is worked", () => {
  expect(china.add("2026-02-13T09:00:00.000Z", { hours: 10 })).toBe("2026-02-24T02:00:00.000Z");
  expect(china.addDays("2026-02-13", 1)).toBe("2026-02-14");
  expect(china.addDays("2026-02-13", 2)).toBe("2026-02-24");
});

it("a day made up for is no holiday, though it has the name of one", () => {
  const why = explainBetween(china, "2026-02-27T16:00:00.000Z", "2026-02-28T16:00:00.000Z");
  expect(why.total).toBe(8 * hour);
  expect(why.skipped.map(({ reason, name }) => [reason, name])).toEqual([
    ["closed", null],
    ["closed", null],
    ["closed", null],
  ]);
});

describe("what has not been announced yet", () => {
  it("is provisional from the first moment of 2027 in Shanghai", () => {
    expect(china.isProvisional("2026-12-31")).toBe(false);
    expect(china.isProvisional("2027-01-01")).toBe(true);
    expect(china.isProvisional("2026-12-31T15:59:59.999Z")).toBe(false);
    expect(china.isProvisional("2026-12-31T16:00:00.000Z")).toBe(true);
    expect(china.isProvisional(Date.UTC(2026, 11, 31, 16) - 1)).toBe(false);
    expect(china.isProvisional(Date.UTC(2026, 11, 31, 16))).toBe(true);
  });

  it("is answered as a plain week, and said to be so", () => {
    expect(china.isWorkingDay("2027-10-01")).toBe(true);
    expect(china.isProvisional("2027-10-01")).toBe(true);
    const [before, after] = ["2026-12-31T00:00:00.000Z", "2027-01-04T04:00:00.000Z"];
    expect(explainBetween(china, before, after).provisional).toBe(true);
    expect(explainBetween(china, after, before).provisional).toBe(true);
    expect(explainBetween(china, before, "2026-12-31T15:59:59.999Z").provisional).toBe(false);
  });
});
