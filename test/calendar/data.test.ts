import { describe, expect, it } from "vitest";
import {
  type CalendarCode,
  type CalendarData,
  type CalendarProblem,
  createCalendar,
  type NamedCalendarData,
  workingHours,
} from "../../src/calendar/index.js";
import type { ClienteleError } from "../../src/index.js";
import { coded, datesOf, everyDay, hour, minute, office, second, workweek } from "./given.js";

/** What is wrong with data that is sound but for this. */
function refusal(data: Readonly<Record<string, unknown>>): {
  readonly code: string;
  readonly problems: readonly CalendarProblem[];
} {
  try {
    office(data as Partial<NamedCalendarData>);
  } catch (thrown) {
    const { code, details } = thrown as ClienteleError;
    return { code, problems: details as readonly CalendarProblem[] };
  }
  throw new Error("no refusal");
}
const found = (data: Readonly<Record<string, unknown>>) => {
  const { code, problems } = refusal(data);
  expect(code).toBe(problems[0]!.code);
  for (const { message } of problems) expect(message).not.toBe("");
  return problems.map((problem) => `${problem.path} ${problem.code}`);
};
const monday = (...windows: readonly unknown[]) => ({ week: { mon: windows } });
const thousands = (length: number) =>
  Array.from({ length }, (_, i) => new Date(Date.UTC(1950, 0, 1 + i)).toISOString().slice(0, 10));

describe("windows", () => {
  it.each<[string, readonly string[], CalendarCode]>([
    ["none of any day", [], "EMPTY_WEEK"],
    ["one into another", ["09:00-13:00", "12:00-17:00"], "OVERLAPPING_WINDOWS"],
    ["one within another", ["09:00-17:00", "12:00-13:00"], "OVERLAPPING_WINDOWS"],
    ["the same twice", ["09:00-17:00", "09:00-17:00"], "OVERLAPPING_WINDOWS"],
    ["by one second", ["09:00-12:00:01", "12:00-17:00"], "OVERLAPPING_WINDOWS"],
    ["a night before another window", ["22:00-06:00", "23:00-24:00"], "OVERLAPPING_WINDOWS"],
    ["the later first", ["13:00-17:00", "09:00-12:00"], "WRONG_ORDER"],
    ["of no length", ["09:00-09:00"], "ZERO_LENGTH"],
    ["a whole day by its midnights", ["00:00-00:00"], "ZERO_LENGTH"],
    ["of no length by its seconds", ["09:00-09:00:00"], "ZERO_LENGTH"],
  ])("%s: %j", (_, windows, code) => {
    expect(refusal(monday(...windows)).code).toBe(code);
    // What one date says is held to the same rules, except that a closed date is one.
    if (windows.length > 0) expect(refusal({ days: { "2026-03-02": windows } }).code).toBe(code);
    else expect(office({ days: { "2026-03-02": windows } }).isWorkingDay("2026-03-02")).toBe(false);
  });

  it("name the place of what is wrong", () => {
    expect(found(monday("09:00-13:00", "12:00-17:00"))).toEqual(["week.mon.1 OVERLAPPING_WINDOWS"]);
    expect(found({ days: { "2026-03-02": ["13:00-17:00", "09:00-12:00"] } })).toEqual([
      "days.2026-03-02.1 WRONG_ORDER",
    ]);
    expect(found({ week: {} })).toEqual(["week EMPTY_WEEK"]);
    expect(found({ week: { mon: [], sun: undefined }, days: { "2026-03-02": [] } })).toEqual(["week EMPTY_WEEK"]);
  });

  it("may touch, within a day and over midnight, and are one stretch then", () => {
    const split = office({ week: { ...everyDay("00:00-12:00", "12:00-24:00") } });
    expect(split.spans(0, 4 * 24 * hour)).toEqual([{ from: 0, to: 4 * 24 * hour }]);
    const night = office({ week: { mon: ["09:00-12:00", "12:00-17:00", "22:00-06:00"], tue: ["06:00-08:00"] } });
    expect(night.spans("2026-03-02T00:00:00.000Z", "2026-03-04T00:00:00.000Z")).toEqual([
      { from: "2026-03-02T09:00:00.000Z", to: "2026-03-02T17:00:00.000Z" },
      { from: "2026-03-02T22:00:00.000Z", to: "2026-03-03T08:00:00.000Z" },
    ]);
  });

  it("of a night may not run into those of the weekday after it", () => {
    const next: Readonly<Record<string, string>> = { mon: "tue", thu: "fri", wed: "thu", sun: "mon" };
    for (const [night, after] of Object.entries(next)) {
      const week = (from: string) => ({ [night]: ["22:00-06:00"], [after]: [from] });
      expect(found({ week: week("05:59:59-12:00") })).toEqual([`week.${night} OVERLAPPING_WINDOWS`]);
      expect(() => office({ week: week("06:00-12:00") })).not.toThrow();
    }
  });

  it("of an override may: the night and the day after it are one stretch", () => {
    const calendar = office({ days: { "2026-03-02": ["20:00-10:00"], "2026-03-04": ["22:00-24:00"] } });
    expect(calendar.spans("2026-03-02T00:00:00.000Z", "2026-03-04T00:00:00.000Z")).toEqual([
      { from: "2026-03-02T20:00:00.000Z", to: "2026-03-03T17:00:00.000Z" },
    ]);
    expect(calendar.between("2026-03-02T00:00:00.000Z", "2026-03-04T00:00:00.000Z")).toBe(21 * hour);
  });

  it("have seconds, and end at 24:00 in any way to write it", () => {
    const calendar = office(monday("00:00:01-09:30:59", "23:59:59-24:00") as Partial<NamedCalendarData>);
    expect(calendar.between("2026-03-02T00:00:00.000Z", "2026-03-03T00:00:00.000Z")).toBe(
      9 * hour + 30 * minute + 58 * second + second,
    );
    for (const end of ["24:00", "24:00:00"])
      expect(office({ week: { mon: [`20:00-${end}`] } }).nextClosing("2026-03-02T00:00:00.000Z")).toBe(
        "2026-03-03T00:00:00.000Z",
      );
    // What ends at 00:00 ends at the midnight after it, as 24:00 does.
    expect(office({ week: { mon: ["20:00-00:00"] } }).nextClosing("2026-03-02T00:00:00.000Z")).toBe(
      "2026-03-03T00:00:00.000Z",
    );
  });

  it.each([
    ["9:00-17:00"],
    ["09:00-17:60"],
    ["09:60-17:00"],
    ["24:00-25:00"],
    ["24:00-06:00"],
    ["09:00-24:01"],
    ["09:00-24:00:01"],
    ["09:00-25:00"],
    ["09:00-17:00:60"],
    ["09:00 - 17:00"],
    ["09:00–17:00"],
    ["-01:00-17:00"],
    ["09:00-17:00 "],
    ["09:00-17:00\n"],
    ["09:00"],
    ["09:00:00-17:00:000"],
    ["٠٩:٠٠-١٧:٠٠"],
    [""],
    [900],
    [null],
    [["09:00", "17:00"]],
  ])("are no window: %j", (window) => {
    expect(found(monday(window))).toEqual(["week.mon.0 INVALID_CALENDAR"]);
    expect(found({ days: { "2026-03-02": { windows: [window], name: "x" } } })).toEqual([
      "days.2026-03-02.0 INVALID_CALENDAR",
    ]);
  });

  it("are at most 24 of a day", () => {
    const clock = (minutes: number) => new Date(minutes * minute).toISOString().slice(11, 16);
    const windows = Array.from({ length: 25 }, (_, i) => `${clock(i * 50)}-${clock(i * 50 + 25)}`);
    expect(found({ week: { mon: windows } })).toEqual(["week.mon INVALID_CALENDAR"]);
    expect(found({ days: { "2026-03-02": windows } })).toEqual(["days.2026-03-02 INVALID_CALENDAR"]);
    const most = office({ week: { mon: windows.slice(0, 24) } });
    expect(most.between("2026-03-02T00:00:00.000Z", "2026-03-03T00:00:00.000Z")).toBe(24 * 25 * minute);
  });
});

describe("what is no calendar", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["an empty id", { id: "" }, ["id INVALID_CALENDAR"]],
    ["an id too long", { id: "x".repeat(201) }, ["id INVALID_CALENDAR"]],
    ["a number for an id", { id: 5 }, ["id INVALID_CALENDAR"]],
    ["version 0", { version: 0 }, ["version INVALID_CALENDAR"]],
    ["half a version", { version: 1.5 }, ["version INVALID_CALENDAR"]],
    ["a version too large to count", { version: 2 ** 53 }, ["version INVALID_CALENDAR"]],
    ["a text for a version", { version: "1" }, ["version INVALID_CALENDAR"]],
    ["an unknown zone", { zone: "Mars/Base" }, ["zone UNKNOWN_ZONE"]],
    ["a bare offset", { zone: "+08:00" }, ["zone UNKNOWN_ZONE"]],
    ["no zone", { zone: undefined }, ["zone UNKNOWN_ZONE"]],
    ["the name of what every object has", { zone: "constructor" }, ["zone UNKNOWN_ZONE"]],
    ["no week", { week: undefined }, ["week INVALID_CALENDAR"]],
    ["a list for a week", { week: [] }, ["week INVALID_CALENDAR"]],
    ["a weekday by its long name", { week: { monday: ["09:00-17:00"] } }, ["week.monday INVALID_CALENDAR"]],
    ["a text for windows", { week: { mon: "09:00-17:00" } }, ["week.mon INVALID_CALENDAR"]],
    ["a list of days", { days: [] }, ["days INVALID_CALENDAR"]],
    ["a day that is none", { days: { "2026-02-29": [] } }, ["days.2026-02-29 INVALID_CALENDAR"]],
    [
      "a name of a date that is none",
      { days: { "Monday in the whole of March": [] } },
      ["days.Monday in the whole  INVALID_CALENDAR"],
    ],
    ["a day of no list", { days: { "2026-03-02": null } }, ["days.2026-03-02 INVALID_CALENDAR"]],
    ["a day without a name", { days: { "2026-03-02": { windows: [] } } }, ["days.2026-03-02 INVALID_CALENDAR"]],
    [
      "an empty name of a day",
      { days: { "2026-03-02": { windows: [], name: "" } } },
      ["days.2026-03-02 INVALID_CALENDAR"],
    ],
    ["a day without windows", { days: { "2026-03-02": { name: "x" } } }, ["days.2026-03-02 INVALID_CALENDAR"]],
    ["an object of holidays", { holidays: {} }, ["holidays INVALID_CALENDAR"]],
    ["a holiday on no date", { holidays: ["2026-03-02", "2026-02-30"] }, ["holidays.1 INVALID_CALENDAR"]],
    ["a holiday at an instant", { holidays: ["2026-03-02T00:00:00.000Z"] }, ["holidays.0 INVALID_CALENDAR"]],
    ["a holiday without a name", { holidays: [{ date: "2026-03-02" }] }, ["holidays.0 INVALID_CALENDAR"]],
    ["a name too long", { holidays: [{ date: "2026-03-02", name: "x".repeat(201) }] }, ["holidays.0 INVALID_CALENDAR"]],
    ["nothing for a holiday", { holidays: [null] }, ["holidays.0 INVALID_CALENDAR"]],
    ["data through no date", { dataThrough: "2026-13-01" }, ["dataThrough INVALID_CALENDAR"]],
    ["data through an instant", { dataThrough: "2026-12-31T00:00:00.000Z" }, ["dataThrough INVALID_CALENDAR"]],
  ])("%s", (_, data, problems) => {
    expect(found(data as Readonly<Record<string, unknown>>)).toEqual(problems);
  });

  it("is nothing, or something else", () => {
    for (const data of [undefined, null, 5, "UTC", [], () => ({}), new Map()])
      expect(() => createCalendar(data as never)).toThrow(coded("INVALID_CALENDAR"));
  });

  it("has the longest names that are allowed", () => {
    const name = "x".repeat(200);
    const calendar = office({ id: name, holidays: [{ date: "2026-03-02", name }] });
    expect(calendar.id).toBe(name);
    expect(calendar.isWorkingDay("2026-03-02")).toBe(false);
  });

  it("shows everything that is wrong at once, the code being that of the first", () => {
    const data = {
      id: "",
      version: -1,
      zone: "Mars/Base",
      week: { mon: ["09:00-09:00"], tue: ["17:00-18:00", "09:00-10:00"], wed: ["22:00-06:00"], thu: ["05:00-06:00"] },
      days: { "2026-02-30": [] },
      holidays: ["x"],
      dataThrough: "then",
    };
    expect(found(data)).toEqual([
      "id INVALID_CALENDAR",
      "version INVALID_CALENDAR",
      "zone UNKNOWN_ZONE",
      "week.mon.0 ZERO_LENGTH",
      "week.tue.1 WRONG_ORDER",
      "week.wed OVERLAPPING_WINDOWS",
      "days.2026-02-30 INVALID_CALENDAR",
      "holidays.0 INVALID_CALENDAR",
      "dataThrough INVALID_CALENDAR",
    ]);
    expect(() => createCalendar(data)).toThrow(/zone: no time zone is called "Mars\/Base"\n/);
  });

  it("is told in at most a hundred sentences, and holds at most 20,000 dates", () => {
    expect(refusal({ holidays: new Array(20_000).fill("x") }).problems).toHaveLength(100);
    expect(found({ holidays: thousands(20_001) })).toEqual(["holidays INVALID_CALENDAR"]);
    const many = Object.fromEntries(thousands(20_001).map((date) => [date, []]));
    expect(found({ days: many })).toEqual(["days INVALID_CALENDAR"]);
    const last = thousands(20_000).at(-1)!;
    expect(office({ holidays: thousands(20_000) }).isWorkingDay(last)).toBe(false);
    const { [last]: _, ...most } = Object.fromEntries(thousands(20_000).map((date) => [date, ["20:00-21:00"]]));
    const calendar = office({ days: { ...most, [last]: ["20:00-21:00"] } });
    expect(calendar.isOpen(`${last}T20:00:00.000Z`)).toBe(true);
  });
});

describe("dates that never open", () => {
  const gap = { "2026-03-08": ["02:00-02:30", "02:45-03:00"] };

  it("lie in what the clocks skip, or beyond the years that calendars answer for", () => {
    const empty = { week: {}, zone: "America/New_York" };
    expect(found({ ...empty, days: gap })).toEqual(["days NO_WORKING_TIME"]);
    expect(found({ ...empty, zone: "Pacific/Apia", days: { "2011-12-30": ["00:00-24:00"] } })).toEqual([
      "days NO_WORKING_TIME",
    ]);
    expect(found({ ...empty, days: { "2300-01-01": ["09:00-17:00"] } })).toEqual(["days NO_WORKING_TIME"]);
    expect(found({ ...empty, days: { "1899-12-30": ["09:00-17:00"] } })).toEqual(["days NO_WORKING_TIME"]);
  });

  it("are no matter where a week opens, or one of them does", () => {
    expect(() => office({ zone: "America/New_York", days: gap })).not.toThrow();
    const days = { ...gap, "2199-12-31": ["09:00-09:01"] };
    const calendar = office({ zone: "America/New_York", week: {}, days });
    expect(calendar.nextOpening("1900-01-01T00:00:00.000Z")).toBe("2199-12-31T14:00:00.000Z");
    expect(office({ week: {}, days: { "1900-01-01": ["00:00-00:01"] } }).between(Date.UTC(1900, 0), 0)).toBe(minute);
  });
});

describe("holidays and overrides", () => {
  const calendar = office({
    holidays: [
      "2026-03-03",
      { date: "2026-03-04", name: "Fourth" },
      { date: "2026-03-04", name: "again" },
      "2026-03-05",
    ],
    days: {
      "2026-03-05": ["10:00-11:00"],
      "2026-03-06": [],
      "2026-03-07": { windows: ["10:00-12:00"], name: "Saturday" },
    },
  });

  it("a holiday beats the weekday, an override beats both", () => {
    const dates = ["02", "03", "04", "05", "06", "07", "08", "09"].map((date) => `2026-03-${date}`);
    expect(dates.filter((date) => calendar.isWorkingDay(date))).toEqual([
      "2026-03-02",
      "2026-03-05",
      "2026-03-07",
      "2026-03-09",
    ]);
    expect(calendar.between("2026-03-03T00:00:00.000Z", "2026-03-09T00:00:00.000Z")).toBe(3 * hour);
  });

  it("a night belongs to the date it begins on", () => {
    const nights = (data: Partial<CalendarData>) =>
      office({ week: everyDay("22:00-06:00"), ...data })
        .spans("2026-05-01T12:00:00.000Z", "2026-05-03T12:00:00.000Z")
        .map(({ from, to }) => [from.slice(8, 13), to.slice(8, 13)]);
    expect(nights({})).toEqual([
      ["01T22", "02T06"],
      ["02T22", "03T06"],
    ]);
    expect(nights({ holidays: ["2026-05-01"] })).toEqual([["02T22", "03T06"]]);
    expect(nights({ holidays: ["2026-05-02"] })).toEqual([["01T22", "02T06"]]);
    expect(nights({ holidays: ["2026-05-03"] })).toHaveLength(2);
    expect(nights({ days: { "2026-05-02": [] } })).toEqual([["01T22", "02T06"]]);
    const friday = office({ week: { fri: ["22:00-06:00"] } });
    expect([friday.isWorkingDay("2026-05-01"), friday.isWorkingDay("2026-05-02")]).toEqual([true, false]);
    expect(friday.isOpen("2026-05-02T05:59:59.999Z")).toBe(true);
  });

  it("is what it was made from, whatever happens to the data afterwards", () => {
    const windows = ["09:00-17:00"];
    const holidays = ["2026-03-02"];
    const data = { id: "x", version: 3, zone: "UTC", week: { mon: windows }, holidays, dataThrough: "2026-12-31" };
    const made = createCalendar(data);
    windows.push("18:00-19:00");
    holidays.pop();
    data.dataThrough = "2020-01-01";
    expect([made.id, made.version, made.zone, made.dataThrough]).toEqual(["x", 3, "UTC", "2026-12-31"]);
    expect(made.isWorkingDay("2026-03-02")).toBe(false);
    expect(made.between("2026-03-09T00:00:00.000Z", "2026-03-10T00:00:00.000Z")).toBe(8 * hour);
    expect(office().dataThrough).toBeNull();
  });

  it("of all weekdays, each is its own", () => {
    const names = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"] as const;
    for (const [i, name] of names.entries()) {
      const one = office({ week: { [name]: ["09:00-17:00"] } });
      const dates = datesOf(1970).slice(0, 14);
      expect(dates.filter((date) => one.isWorkingDay(date))).toEqual([dates[i], dates[i + 7]]);
    }
  });
});

describe("the policy of working hours", () => {
  const body: CalendarData = { zone: "Asia/Shanghai", week: workweek("09:00-18:00"), dataThrough: "2026-12-31" };
  const version = (data: unknown) =>
    workingHours.version({ id: "hq", version: 1, from: "2026-01-01T00:00:00.000Z", body: data as CalendarData });

  it("is the data of a calendar, and a calendar is made from it", () => {
    const policy = version({ ...body, holidays: ["2026-01-01", { date: "2026-10-01", name: "国庆节" }], days: {} });
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
    const calendar = createCalendar({ ...policy.body, id: policy.id, version: policy.version });
    expect(calendar.isWorkingDay("2026-10-01")).toBe(false);
    expect(version({ ...policy.body, days: { "2026-10-10": ["09:00-18:00"] } }).hash).not.toBe(policy.hash);
  });

  /** The places of what is wrong with a body that is sound but for this. */
  const wrong = (data: Readonly<Record<string, unknown>>): readonly string[] => {
    try {
      version({ ...body, ...data });
    } catch (thrown) {
      const { code, details } = thrown as ClienteleError;
      expect(code).toBe("INVALID_POLICY");
      return (details as readonly { path: string }[]).map(({ path }) => path);
    }
    return [];
  };

  it("refuses what createCalendar refuses, at the place of what is wrong", () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ zone: "Mars/Base" })).toEqual(["body.zone"]);
    expect(wrong({ week: {} })).toEqual(["body.week"]);
    expect(wrong({ week: { mon: ["17:00-18:00", "09:00-10:00"] } })).toEqual(["body.week.mon.1"]);
    expect(wrong({ days: { "2026-02-30": [] } })).toEqual(["body.days.2026-02-30"]);
    expect(wrong({ holidays: ["2026-01-01", "x"] })).toEqual(["body.holidays.1"]);
    expect(wrong({ dataThrough: "x" })).toEqual(["body.dataThrough"]);
    expect(wrong({ week: { ...body.week, monday: [] } })).toEqual(["body.week"]);
    expect(wrong({ colour: "red" })).toEqual(["body"]);
  });

  it("refuses dates that never open", () => {
    const gap = { zone: "America/New_York", week: {}, days: { "2026-03-08": ["02:00-02:30"] } };
    expect(wrong(gap)).toEqual(["body.days"]);
  });
});
