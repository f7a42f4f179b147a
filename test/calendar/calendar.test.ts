import { describe, expect, it } from "vitest";
import type { Calendar, WorkingDuration } from "../../src/calendar/index.js";
import { durationMs } from "../../src/calendar/index.js";
import { toMs } from "../../src/kernel/instant.js";
import { always, coded, everyDay, hour, minute, office, onlyOn, second, workweek } from "./given.js";

/** A moment of the first week of March 2026, which begins on a Sunday. */
const march = (date: string, time = "00:00:00.000") => `2026-03-${date}T${time}Z`;
const split = office({ week: workweek("09:00-12:00", "13:00-17:00") });
const night = office({ week: workweek("22:00-06:00") });

describe("doors at their boundaries", () => {
  it.each<[string, boolean, string, string, string, string]>([
    // at, open, next opening, next closing, previous opening, previous closing
    ["08:59:59.999", false, "09:00", "12:00", "fri 13:00", "fri 17:00"],
    ["09:00:00.000", true, "09:00", "12:00", "fri 13:00", "fri 17:00"],
    ["09:00:00.001", true, "at", "12:00", "09:00", "at"],
    ["11:59:59.999", true, "at", "12:00", "09:00", "at"],
    ["12:00:00.000", false, "13:00", "17:00", "09:00", "12:00"],
    ["12:00:00.001", false, "13:00", "17:00", "09:00", "12:00"],
    ["13:00:00.000", true, "13:00", "17:00", "09:00", "12:00"],
    ["13:00:00.001", true, "at", "17:00", "13:00", "at"],
    ["17:00:00.000", false, "tue 09:00", "tue 12:00", "13:00", "17:00"],
    ["17:00:00.001", false, "tue 09:00", "tue 12:00", "13:00", "17:00"],
  ])("Monday at %s", (time, open, ...expected) => {
    const at = march("02", time);
    const days: Readonly<Record<string, string>> = { fri: "2026-02-27", mon: "2026-03-02", tue: "2026-03-03" };
    const found = expected.map((text) => {
      if (text === "at") return at;
      const [name, clock] = text.includes(" ") ? text.split(" ") : ["mon", text];
      return `${days[name!]}T${clock}:00.000Z`;
    });
    const doors = ["nextOpening", "nextClosing", "previousOpening", "previousClosing"] as const;
    expect(split.isOpen(at)).toBe(open);
    expect(doors.map((door) => split[door](at))).toEqual(found);
    // Whoever asks in milliseconds is answered in them.
    expect(split.isOpen(toMs(at))).toBe(open);
    expect(doors.map((door) => split[door](toMs(at)))).toEqual(found.map(toMs));
  });

  it("what never opens again, or never has, is null", () => {
    const fair = onlyOn({ "2026-03-02": ["09:00-12:00", "13:00-17:00"], "2026-03-04": [] });
    expect(fair.nextOpening(march("02", "16:59:59.999"))).toBe(march("02", "16:59:59.999"));
    expect(fair.nextOpening(march("02", "17:00:00.000"))).toBeNull();
    expect(fair.nextOpening(toMs(march("02", "17:00:00.000")))).toBeNull();
    expect(fair.nextClosing(march("02", "16:59:59.999"))).toBe(march("02", "17:00:00.000"));
    expect(fair.nextClosing(march("02", "17:00:00.000"))).toBeNull();
    expect(fair.previousOpening(march("02", "09:00:00.001"))).toBe(march("02", "09:00:00.000"));
    expect(fair.previousOpening(march("02", "09:00:00.000"))).toBeNull();
    expect(fair.previousClosing(march("02", "09:00:00.001"))).toBe(march("02", "09:00:00.001"));
    expect(fair.previousClosing(march("02", "09:00:00.000"))).toBeNull();
    expect(fair.spans(march("02", "17:00:00.000"), march("31"))).toEqual([]);
  });

  it("what is found lies years away, either way", () => {
    const fair = onlyOn({ "1950-06-01": ["09:00-17:00"], "2100-06-01": ["09:00-17:00"] });
    expect(fair.nextOpening(march("02"))).toBe("2100-06-01T09:00:00.000Z");
    expect(fair.nextClosing(march("02"))).toBe("2100-06-01T17:00:00.000Z");
    expect(fair.previousOpening(march("02"))).toBe("1950-06-01T09:00:00.000Z");
    expect(fair.previousClosing(march("02"))).toBe("1950-06-01T17:00:00.000Z");
    expect(fair.addDays("2026-03-02", 1)).toBe("2100-06-01");
    expect(fair.addDays("2026-03-02", -1)).toBe("1950-06-01");
    expect(fair.add(march("02"), { hours: 8 })).toBe("2100-06-01T17:00:00.000Z");
    expect(fair.add(march("02"), { hours: -8 })).toBe("1950-06-01T09:00:00.000Z");
  });

  it("an idle day rolls on to the next working day, though there are years between", () => {
    const fair = onlyOn({ "1950-06-01": ["09:00-17:00"], "2100-06-01": ["09:00-17:00"] });
    expect(fair.addDays("2026-03-02", 0, { origin: "roll" })).toBe("2100-06-01");
    expect(() => fair.addDays("2100-06-02", 0, { origin: "roll" })).toThrow();
  });

  it("a calendar that never closes", () => {
    for (const calendar of [always(), always("Europe/Berlin"), always("Pacific/Apia")]) {
      expect(calendar.isOpen(march("29", "01:30:00.000"))).toBe(true);
      expect(calendar.nextOpening(march("02"))).toBe(march("02"));
      expect(calendar.previousClosing(march("02"))).toBe(march("02"));
      expect(calendar.nextClosing(march("02"))).toBeNull();
      expect(calendar.previousOpening(march("02"))).toBeNull();
      expect(calendar.between(march("02"), march("30"))).toBe(28 * 24 * hour);
      expect(calendar.add(march("02"), { hours: 28 * 24 })).toBe(march("30"));
      expect(calendar.spans(march("02"), march("30"))).toEqual([{ from: march("02"), to: march("30") }]);
      expect(calendar.isWorkingDay("2026-03-29")).toBe(true);
    }
  });

  it("a night is one stretch, and its day is the one it begins on", () => {
    expect(night.isOpen(march("03", "05:59:59.999"))).toBe(true);
    expect(night.isOpen(march("03", "06:00:00.000"))).toBe(false);
    expect(night.isOpen(march("02", "05:00:00.000"))).toBe(false);
    expect(night.nextClosing(march("06", "23:00:00.000"))).toBe(march("07", "06:00:00.000"));
    expect([night.isWorkingDay("2026-03-06"), night.isWorkingDay("2026-03-07")]).toEqual([true, false]);
    expect(night.previousOpening(march("03", "06:00:00.000"))).toBe(march("02", "22:00:00.000"));
  });

  it("windows that touch are one stretch in an hour that comes twice, too", () => {
    const calendar = office({ zone: "America/New_York", week: { sun: ["00:30-01:30", "01:30-02:30"] } });
    expect(calendar.spans("2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z")).toEqual([
      { from: "2026-11-01T04:30:00.000Z", to: "2026-11-01T07:30:00.000Z" },
    ]);
    const apart = office({ zone: "America/New_York", week: { sun: ["00:30-01:15", "01:30-01:45"] } });
    expect(
      apart
        .spans("2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z")
        .map(({ from, to }) => from.slice(11, 16) + to.slice(10, 16)),
    ).toEqual(["04:30T05:15", "05:30T05:45", "06:00T06:15", "06:30T06:45"]);
  });

  it("open stretches are cut to what was asked", () => {
    const [from, to] = [march("02", "10:00:00.000"), march("03", "09:30:00.000")];
    expect(split.spans(from, to)).toEqual([
      { from, to: march("02", "12:00:00.000") },
      { from: march("02", "13:00:00.000"), to: march("02", "17:00:00.000") },
      { from: march("03", "09:00:00.000"), to },
    ]);
    const ms = split.spans(toMs(from), toMs(to));
    expect(ms.map((span) => span.to - span.from)).toEqual([2 * hour, 4 * hour, hour / 2]);
    expect(split.spans(from, from)).toEqual([]);
    expect(split.spans(to, from)).toEqual([]);
    expect(split.spans(march("02", "12:00:00.000"), march("02", "13:00:00.000"))).toEqual([]);
    expect(split.spans(march("02", "11:59:59.999"), march("02", "13:00:00.001"))).toHaveLength(2);
  });
});

it("a hundred thousand open stretches are told at once, and no more", () => {
  const clock = (minutes: number) => new Date(minutes * minute).toISOString().slice(11, 16);
  const calendar = office({
    week: everyDay(...Array.from({ length: 20 }, (_, i) => `${clock(i * 60)}-${clock(i * 60 + 30)}`)),
  });
  const [from, last] = [Date.UTC(2000, 0), Date.UTC(2000, 0) + 5000 * 24 * hour];
  expect(calendar.spans(from, last)).toHaveLength(100_000);
  expect(() => calendar.spans(from, last + 1)).toThrow(coded("INVALID_OPTIONS"));
  expect(calendar.between(from, last + 1)).toBe(50_000 * hour + 1);
});

describe("adding", () => {
  it.each<[string, WorkingDuration, string, string]>([
    // from, duration, as a deadline, to resume work
    ["02 09:00", { hours: 3 }, "02 12:00", "02 13:00"],
    ["02 09:00", { hours: 3, seconds: -1 }, "02 11:59:59", "02 11:59:59"],
    ["02 09:00", 3 * hour + 1, "02 13:00:00.001", "02 13:00:00.001"],
    ["02 12:30", { hours: 1 }, "02 14:00", "02 14:00"],
    ["02 17:00", { minutes: 1 }, "03 09:01", "03 09:01"],
    ["02 12:00", { hours: 4 }, "02 17:00", "03 09:00"],
    ["06 16:00", { hours: 1 }, "06 17:00", "09 09:00"],
    ["06 16:00", { hours: 36 }, "13 17:00", "16 09:00"],
    ["02 13:00", { hours: -3 }, "02 09:00", "-27 17:00"],
    ["02 14:00", { hours: -1 }, "02 13:00", "02 12:00"],
    ["02 14:00", { hours: -1, seconds: 1 }, "02 13:00:01", "02 13:00:01"],
    ["02 13:00", { hours: -1 }, "02 11:00", "02 11:00"],
    ["02 09:00", -1, "-27 16:59:59.999", "-27 16:59:59.999"],
    ["03 09:00", { hours: -7 }, "02 09:00", "-27 17:00"],
    ["02 09:00", 0, "02 09:00", "02 09:00"],
    ["02 12:00", 0, "02 13:00", "02 13:00"],
    ["02 12:00", -0, "02 13:00", "02 13:00"],
    ["06 18:00", {}, "09 09:00", "09 09:00"],
  ])("from %s, %j", (from, duration, deadline, resume) => {
    const at = (text: string) => {
      const [date, time] = text.split(" ");
      const whole = { 5: ":00.000", 8: ".000", 12: "" }[time!.length];
      return date!.startsWith("-") ? `2026-02${date}T${time}${whole}Z` : march(date!, `${time}${whole}`);
    };
    expect(split.add(at(from), duration)).toBe(at(deadline));
    expect(split.add(at(from), duration, {})).toBe(at(deadline));
    expect(split.add(at(from), duration, { land: "deadline" })).toBe(at(deadline));
    expect(split.add(at(from), duration, { land: "resume" })).toBe(at(resume));
    expect(split.add(toMs(at(from)), duration)).toBe(toMs(at(deadline)));
  });

  it("exactly so many stretches ends with the last of them, and resumes with the next", () => {
    const spans = split.spans(toMs(march("02")), toMs("2026-06-01T00:00:00.000Z"));
    const [first, last] = [spans[0]!, spans.at(-1)!];
    let worked = 0;
    for (const [i, { from, to }] of spans.slice(0, -1).entries()) {
      worked += to - from;
      expect(split.add(first.from, worked)).toBe(to);
      expect(split.add(first.from, worked, { land: "resume" })).toBe(spans[i + 1]!.from);
    }
    worked = 0;
    for (const [i, { from, to }] of [...spans].reverse().slice(0, -1).entries()) {
      worked += to - from;
      expect(split.add(last.to, -worked)).toBe(from);
      expect(split.add(last.to, -worked, { land: "resume" })).toBe(spans.at(-2 - i)!.to);
    }
  });

  it("and counting agree, over years and back", () => {
    for (const calendar of [split, night, office({ zone: "America/New_York", week: everyDay("21:00-03:00") })])
      for (const duration of [1, second, 7 * hour, 1000 * hour, 30_000 * hour]) {
        const there = calendar.add(march("04", "11:11:11.111"), duration);
        expect(calendar.between(march("04", "11:11:11.111"), there)).toBe(duration);
        const back = calendar.add(march("04", "11:11:11.111"), -duration);
        expect(calendar.between(march("04", "11:11:11.111"), back)).toBe(-duration);
      }
  });

  it("counts nothing as 0, whichever way", () => {
    for (const [from, to] of [
      [march("02", "12:00:00.000"), march("02", "13:00:00.000")],
      [march("02", "13:00:00.000"), march("02", "12:00:00.000")],
      [march("02", "17:00:00.000"), march("03", "09:00:00.000")],
      [march("02", "10:00:00.000"), march("02", "10:00:00.000")],
    ] as const)
      expect(split.between(from, to)).toBe(0);
    expect(split.between(march("02", "11:59:59.999"), march("02", "13:00:00.001"))).toBe(2);
    expect(split.between(toMs(march("02", "13:00:00.001")), toMs(march("02", "11:59:59.999")))).toBe(-2);
  });

  it.each<[string, unknown, string]>([
    ["not a number", Number.NaN, "INVALID_DURATION"],
    ["half a millisecond", 0.5, "INVALID_DURATION"],
    ["for ever", Infinity, "INVALID_DURATION"],
    ["since ever", -Infinity, "INVALID_DURATION"],
    ["half a millisecond in seconds", { seconds: 0.0005 }, "INVALID_DURATION"],
    ["hours that are not a number", { hours: Number.NaN }, "INVALID_DURATION"],
    ["hours in a text", { hours: "1" }, "INVALID_DURATION"],
    ["hours as null", { hours: null }, "INVALID_DURATION"],
    ["big hours", { hours: 1n }, "INVALID_DURATION"],
    ["an unknown member", { hour: 1 }, "INVALID_DURATION"],
    ["a member that every object inherits", { constructor: 1 }, "INVALID_DURATION"],
    ["more than three hundred years", { hours: 300 * 366 * 24 + 1 }, "INVALID_DURATION"],
    ["a text", "PT1H", "INVALID_DURATION"],
    ["nothing", null, "INVALID_DURATION"],
    ["a list", [], "INVALID_DURATION"],
    ["a moment", new Date(0), "INVALID_DURATION"],
    ["days", { days: 1 }, "USE_ADD_DAYS"],
    ["days and hours", { days: -1, hours: 24 }, "USE_ADD_DAYS"],
    ["weeks", { weeks: 1 }, "USE_ADD_DAYS"],
    ["months", { months: 1 }, "USE_ADD_DAYS"],
    ["years", { years: 0.5 }, "USE_ADD_DAYS"],
  ])("is refused for %s", (_, duration, code) => {
    expect(() => split.add(0, duration as WorkingDuration)).toThrow(coded(code as "USE_ADD_DAYS"));
    expect(() => durationMs(duration as WorkingDuration)).toThrow(coded(code as "USE_ADD_DAYS"));
  });

  it("takes decimal hours and minutes, and the zeros of other libraries", () => {
    expect(durationMs({ hours: 1, minutes: 30, seconds: -30 })).toBe(hour + 29 * minute + 30 * second);
    expect(durationMs({ hours: 1.5 })).toBe(90 * minute);
    expect(durationMs({ years: 0, months: 0, weeks: 0, days: 0, hours: 2 } as WorkingDuration)).toBe(2 * hour);
    expect(durationMs({ days: undefined, hours: 2, minutes: undefined } as never)).toBe(2 * hour);
    expect(durationMs({ hours: 300 * 366 * 24 })).toBe(300 * 366 * 24 * hour);
    expect(durationMs({ hours: -300 * 366 * 24 })).toBe(-300 * 366 * 24 * hour);
    // 1.1 * 3,600,000 is not a whole number in binary; the tenth of an hour is.
    for (let tenths = -100; tenths <= 100; tenths++)
      for (const whole of [0, 1000, 100_000, 1_000_000]) {
        const hours = whole + tenths / 10;
        expect(durationMs({ hours }), `${hours} h`).toBe(whole * hour + tenths * 6 * minute);
      }
  });

  it("is refused with options that there are not", () => {
    for (const options of [{ land: "closing" }, { land: null }, null])
      expect(() => split.add(0, hour, options as never)).toThrow(coded("INVALID_OPTIONS"));
    expect(() => split.addDays(0, 1, { origin: "bump" } as never)).toThrow(coded("INVALID_OPTIONS"));
    expect(() => split.daysBetween(0, 1, { origin: null } as never)).toThrow(coded("INVALID_OPTIONS"));
    expect(split.add(march("02"), hour, { land: undefined } as never)).toBe(march("02", "10:00:00.000"));
    expect(split.addDays("2026-03-02", 1, { origin: undefined } as never)).toBe("2026-03-03");
  });
});

describe("working days", () => {
  const calendar = office({ holidays: ["2026-03-03"], days: { "2026-03-07": ["10:00-12:00"] } });

  it.each<[string, number, string, string]>([
    // date, n, step, roll
    ["2026-03-02", 0, "2026-03-02", "2026-03-02"],
    ["2026-03-02", 1, "2026-03-04", "2026-03-04"],
    ["2026-03-02", 4, "2026-03-07", "2026-03-07"],
    ["2026-03-02", 5, "2026-03-09", "2026-03-09"],
    ["2026-03-02", -1, "2026-02-27", "2026-02-27"],
    ["2026-03-09", -1, "2026-03-07", "2026-03-07"],
    ["2026-03-03", 0, "2026-03-03", "2026-03-04"],
    ["2026-03-03", -0, "2026-03-03", "2026-03-04"],
    ["2026-03-03", 1, "2026-03-04", "2026-03-05"],
    ["2026-03-03", -1, "2026-03-02", "2026-02-27"],
    ["2026-03-08", 1, "2026-03-09", "2026-03-10"],
    ["2026-03-08", 2, "2026-03-10", "2026-03-11"],
    ["2026-03-08", -1, "2026-03-07", "2026-03-06"],
    ["2026-02-28", 1, "2026-03-02", "2026-03-04"],
    ["2026-03-02", 250, "2027-02-15", "2027-02-15"],
  ])("%s and %d", (date, n, step, roll) => {
    expect(calendar.addDays(date, n)).toBe(step);
    expect(calendar.addDays(date, n, {})).toBe(step);
    expect(calendar.addDays(date, n, { origin: "step" })).toBe(step);
    expect(calendar.addDays(date, n, { origin: "roll" })).toBe(roll);
    const moment = `${date}T23:30:15.123Z`;
    expect(calendar.addDays(moment, n)).toBe(`${step}T23:30:15.123Z`);
    expect(calendar.addDays(toMs(moment), n, { origin: "roll" })).toBe(toMs(`${roll}T23:30:15.123Z`));
  });

  it.each<[string, string, number, number]>([
    // from, to, step, roll
    ["2026-03-02", "2026-03-02", 0, 0],
    ["2026-03-02", "2026-03-03", 0, 0],
    ["2026-03-02", "2026-03-04", 1, 1],
    ["2026-03-04", "2026-03-02", -1, -1],
    ["2026-03-02", "2026-03-09", 5, 5],
    ["2026-03-09", "2026-03-02", -5, -5],
    ["2026-03-08", "2026-03-08", 0, 0],
    ["2026-03-08", "2026-03-09", 1, 0],
    ["2026-03-08", "2026-03-10", 2, 1],
    ["2026-03-03", "2026-03-01", -1, -1],
    ["2026-02-28", "2026-03-01", 0, 0],
    ["2026-03-01", "2026-02-28", 0, 0],
    ["2026-02-28", "2026-02-26", -1, -1],
  ])("from %s to %s", (from, to, step, roll) => {
    expect(calendar.daysBetween(from, to) + 0).toBe(step);
    expect(calendar.daysBetween(from, to, { origin: "step" }) + 0).toBe(step);
    expect(calendar.daysBetween(from, to, { origin: "roll" }) + 0).toBe(roll);
    // The time of day does not matter, nor in what it is told.
    expect(calendar.daysBetween(`${from}T23:59:59.999Z`, `${to}T00:00:00.000Z`) + 0).toBe(step);
    expect(calendar.daysBetween(toMs(`${from}T00:00:00.000Z`), toMs(`${to}T23:59:59.999Z`)) + 0).toBe(step);
  });

  it("counting what was added gives n", () => {
    for (const origin of ["step", "roll"] as const)
      for (let n = -12; n <= 12; n++)
        for (const date of ["2026-03-02", "2026-03-03", "2026-03-07", "2026-03-08"])
          if (n >= 0 || origin === "roll" || calendar.isWorkingDay(date))
            expect(
              calendar.daysBetween(date, calendar.addDays(date, n, { origin }), { origin }) + 0,
              `${date} ${n}`,
            ).toBe(n + 0);
  });

  it("a moment belongs to its local date", () => {
    const shanghai = office({ zone: "Asia/Shanghai" });
    expect(shanghai.isWorkingDay("2026-03-01T15:59:59.999Z")).toBe(false);
    expect(shanghai.isWorkingDay("2026-03-01T16:00:00.000Z")).toBe(true);
    expect(shanghai.isWorkingDay(toMs("2026-03-06T16:00:00.000Z"))).toBe(false);
    expect(shanghai.daysBetween("2026-03-01T15:59:59.999Z", "2026-03-01T16:00:00.000Z")).toBe(1);
    expect(shanghai.addDays("2026-03-06T15:00:00.000Z", 1)).toBe("2026-03-09T15:00:00.000Z");
    expect(shanghai.addDays("2026-03-06T17:00:00.000Z", 1)).toBe("2026-03-08T17:00:00.000Z");
  });

  it("keep the local time of day when the clocks change, the first of two and what follows a gap", () => {
    const every = (zone: string) => office({ zone, week: everyDay("09:00-17:00") });
    const newYork = every("America/New_York");
    // 2026-03-08: 02:00 became 03:00. 2026-11-01: 02:00 became 01:00 again.
    expect(newYork.addDays("2026-03-07T17:00:00.000Z", 1)).toBe("2026-03-08T16:00:00.000Z");
    expect(newYork.addDays("2026-03-07T07:30:00.000Z", 1)).toBe("2026-03-08T07:30:00.000Z");
    expect(newYork.addDays("2026-03-09T06:30:00.000Z", -1)).toBe("2026-03-08T07:30:00.000Z");
    expect(newYork.addDays("2026-03-07T06:59:59.999Z", 1)).toBe("2026-03-08T06:59:59.999Z");
    expect(newYork.addDays("2026-03-07T08:00:00.000Z", 1)).toBe("2026-03-08T07:00:00.000Z");
    expect(newYork.addDays("2026-10-31T05:30:00.000Z", 1)).toBe("2026-11-01T05:30:00.000Z");
    expect(newYork.addDays("2026-11-02T06:30:00.000Z", -1)).toBe("2026-11-01T05:30:00.000Z");
    expect(newYork.addDays("2026-10-31T06:00:00.000Z", 1)).toBe("2026-11-01T07:00:00.000Z");
    // Neither of two equal times of day is moved where the day stays.
    expect(newYork.addDays("2026-11-01T06:30:00.000Z", 0)).toBe("2026-11-01T06:30:00.000Z");
    expect(newYork.addDays(toMs("2026-11-01T06:30:00.000Z"), 0)).toBe(toMs("2026-11-01T06:30:00.000Z"));
    // Samoa left out a whole date.
    const apia = every("Pacific/Apia");
    expect(apia.isWorkingDay("2011-12-30")).toBe(false);
    expect(apia.addDays("2011-12-29", 1)).toBe("2011-12-31");
    expect(apia.addDays("2011-12-29T20:00:00.000Z", 1)).toBe("2011-12-30T20:00:00.000Z");
    expect(apia.daysBetween("2011-12-29", "2012-01-01")).toBe(2);
    // Midnight came twice in Newfoundland, and the day began at the first.
    const stJohns = every("America/St_Johns");
    expect(stJohns.addDays("2006-10-28T02:30:00.000Z", 1)).toBe("2006-10-29T02:30:00.000Z");
  });

  it.each([[0.5], [Number.NaN], [Infinity], [-Infinity], ["1"], [null], [undefined], [{}]])(
    "%j is no number of days",
    (n) => {
      for (const on of ["2026-03-02", march("02"), 0])
        expect(() => calendar.addDays(on as string, n as never)).toThrow(coded("INVALID_DURATION"));
    },
  );
});

describe("what is no moment", () => {
  const moments = ["2026-03-02", "2026-02-30T00:00:00.000Z", "2026-03-02T00:00:00Z", "", 0.5, Number.NaN, Infinity];
  const others = [null, undefined, {}, [], true, new Date(0), 10n, Symbol("s"), () => 0];
  const asking = (calendar: Calendar): Readonly<Record<string, (at: any) => unknown>> => ({
    isOpen: calendar.isOpen,
    nextOpening: calendar.nextOpening,
    nextClosing: calendar.nextClosing,
    previousOpening: calendar.previousOpening,
    previousClosing: calendar.previousClosing,
    "spans from": (at) => calendar.spans(at, 0 as never),
    "spans to": (at) => calendar.spans(0, at),
    add: (at) => calendar.add(at, hour),
    "between from": (at) => calendar.between(at, 0 as never),
    "between to": (at) => calendar.between(0, at),
  });
  const dated = (calendar: Calendar): Readonly<Record<string, (on: any) => unknown>> => ({
    isWorkingDay: calendar.isWorkingDay,
    addDays: (on) => calendar.addDays(on, 0),
    "daysBetween from": (on) => calendar.daysBetween(on, 0),
    "daysBetween to": (on) => calendar.daysBetween(0, on),
    isProvisional: calendar.isProvisional,
  });
  const known = office({ dataThrough: "2026-12-31" });

  it.each(Object.entries(asking(known)))("is refused by %s", (_, door) => {
    for (const at of [...moments, ...others]) expect(() => door(at)).toThrow(coded("INVALID_INSTANT"));
  });

  it.each(Object.entries(dated(known)))("is refused by %s", (_, door) => {
    const dates = moments.filter((at) => at !== "2026-03-02");
    for (const on of [...dates, "2026-02-30", "2026-3-2", "yesterday!", ...others])
      expect(() => door(on), String(on)).toThrow(coded("INVALID_INSTANT"));
  });

  const [first, last] = [Date.UTC(1900, 0), Date.UTC(2200, 0) - 1];
  const { isProvisional: _, ...bounded } = { ...asking(known), ...dated(known) };

  it.each(Object.entries(bounded))("lies within 1900 to 2199, or %s refuses it", (name, door) => {
    expect(() => door(first)).not.toThrow();
    if (name !== "add") expect(() => door(last)).not.toThrow();
    for (const at of [first - 1, last + 1, 8.64e15, -1e308, "1899-12-31T23:59:59.999Z", "2200-01-01T00:00:00.000Z"])
      expect(() => door(at), String(at)).toThrow(coded("BEYOND_HORIZON"));
  });

  it("has a date within 1900 to 2199", () => {
    for (const on of ["1900-01-01", "2199-12-31"]) {
      expect(known.isWorkingDay(on)).toBe(true);
      expect(known.addDays(on, 0)).toBe(on);
      expect(known.daysBetween(on, on) + 0).toBe(0);
    }
    for (const on of ["1899-12-31", "2200-01-01", "0001-01-01", "9999-12-31"])
      for (const door of [
        known.isWorkingDay,
        (at: string) => known.addDays(at, 0),
        (at: string) => known.daysBetween(at, at),
      ])
        expect(() => door(on)).toThrow(coded("BEYOND_HORIZON"));
    // In New York it was still the year before.
    const newYork = office({ zone: "America/New_York" });
    expect(newYork.isOpen(first)).toBe(false);
    expect(() => newYork.isWorkingDay(first)).toThrow(coded("BEYOND_HORIZON"));
    expect(newYork.isWorkingDay(first + 5 * hour)).toBe(true);
    expect(() => office({ zone: "Asia/Tokyo" }).isWorkingDay(last)).toThrow(coded("BEYOND_HORIZON"));
  });
});

describe("an offset that lasts a week", () => {
  // Recife tried summer time for seven days in 2000; in Gaza and Hebron it may return for seven after Ramadan of 2040.
  const weeks = [
    ["America/Recife", 2000],
    ["America/Noronha", 2000],
    ["Asia/Gaza", 2040],
    ["Asia/Hebron", 2040],
  ] as const;
  const days = Array.from({ length: 31 }, (_, i) => i + 1);

  it.each(weeks)("%s in October %d: what the platform shows is what is answered", (zone, year) => {
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" });
    const questions = days.flatMap((date) => [6, 7, 11, 12, 13].map((hours) => Date.UTC(year, 9, date, hours)));
    const shown = questions.map((at) => Number(clock.format(at)) >= 9 && Number(clock.format(at)) < 10);
    for (const first of ["1999-05-05", "2031-08-13", "2039-06-01", "2040-09-11", "2040-10-15"]) {
      const calendar = office({ zone, week: everyDay("09:00-10:00") });
      calendar.isWorkingDay(first);
      expect(questions.map((at) => calendar.isOpen(at))).toEqual(shown);
    }
  });
});

describe("the end of what calendars answer for", () => {
  it("is refused, however much is asked", () => {
    for (const calendar of [office(), always(), office({ zone: "Asia/Tokyo", week: { sun: ["22:00-06:00"] } })]) {
      for (const sign of [1, -1])
        for (const land of ["deadline", "resume"] as const) {
          for (const much of [8e12, 300 * 366 * 24 * hour])
            expect(() => calendar.add(0, sign * much, { land })).toThrow(coded("BEYOND_HORIZON"));
          for (const more of [300 * 366 * 24 * hour + 1, 2 ** 53, 1e308])
            expect(() => calendar.add(0, sign * more, { land })).toThrow(coded("INVALID_DURATION"));
        }
      for (const n of [120_000, -120_000, 2 ** 53, -1e308])
        for (const origin of ["step", "roll"] as const) {
          expect(() => calendar.addDays("2026-03-07", n, { origin })).toThrow(coded("BEYOND_HORIZON"));
          expect(() => calendar.addDays(0, n, { origin })).toThrow(coded("BEYOND_HORIZON"));
        }
    }
  });

  it("is reached by the last moment before it, and by no later one", () => {
    const calendar = office();
    // 2199-12-31 is a Tuesday, 1900-01-01 a Monday.
    expect(calendar.add("2199-12-31T16:00:00.000Z", hour)).toBe("2199-12-31T17:00:00.000Z");
    expect(() => calendar.add("2199-12-31T16:00:00.000Z", hour, { land: "resume" })).toThrow(coded("BEYOND_HORIZON"));
    expect(() => calendar.add("2199-12-31T16:00:00.000Z", hour + 1)).toThrow(coded("BEYOND_HORIZON"));
    expect(calendar.add("1900-01-01T10:00:00.000Z", -hour)).toBe("1900-01-01T09:00:00.000Z");
    expect(() => calendar.add("1900-01-01T10:00:00.000Z", -hour, { land: "resume" })).toThrow(coded("BEYOND_HORIZON"));
    expect(() => calendar.add("1900-01-01T10:00:00.000Z", -hour - 1)).toThrow(coded("BEYOND_HORIZON"));
    expect(calendar.addDays("2199-12-30", 1)).toBe("2199-12-31");
    expect(() => calendar.addDays("2199-12-30", 2)).toThrow(coded("BEYOND_HORIZON"));
    expect(calendar.addDays("1900-01-02", -1)).toBe("1900-01-01");
    expect(() => calendar.addDays("1900-01-02", -2)).toThrow(coded("BEYOND_HORIZON"));
    // 109,572 days after the first: 15,653 weeks and a Tuesday.
    expect(calendar.daysBetween("1900-01-01", "2199-12-31")).toBe(15_653 * 5 + 1);
  });

  it("does not change an answer that was given before", () => {
    const calendar = office({ zone: "Europe/Berlin", holidays: ["2026-03-03"] });
    const answers = () => [
      calendar.add(march("02"), { hours: 100 }),
      calendar.between(march("02"), march("31")),
      calendar.addDays("2026-03-02", 10),
      calendar.previousClosing(march("02")),
    ];
    const before = answers();
    for (const far of ["1900-01-02", "2199-12-30"]) calendar.isWorkingDay(far);
    expect(answers()).toEqual(before);
  });
});

describe("what holidays are known for", () => {
  it("ends with the local date", () => {
    const calendar = office({ zone: "America/New_York", dataThrough: "2026-03-07" });
    expect(calendar.isProvisional("2026-03-07")).toBe(false);
    expect(calendar.isProvisional("2026-03-08")).toBe(true);
    expect(calendar.isProvisional("2026-03-08T04:59:59.999Z")).toBe(false);
    expect(calendar.isProvisional("2026-03-08T05:00:00.000Z")).toBe(true);
    expect(calendar.isProvisional(toMs("2026-03-08T05:00:00.000Z") - 1)).toBe(false);
    expect(calendar.isProvisional(toMs("2026-03-08T05:00:00.000Z"))).toBe(true);
  });

  it("has no end where none is said, or where it is the last of all dates", () => {
    for (const calendar of [office(), office({ dataThrough: "9999-12-31" })])
      for (const at of ["2026-03-02", "9999-12-31", march("02"), "9999-12-31T23:59:59.999Z", 0])
        expect(calendar.isProvisional(at)).toBe(false);
  });
});
