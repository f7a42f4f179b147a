import { describe, expect, it } from "vitest";
import type { Calendar } from "../../src/calendar/index.js";
import { readClock, type Target } from "../../src/sla/index.js";
import { always, day, hour, minute, office, workweek } from "../calendar/given.js";
import { begun, elapsed, monday, on, pause, read, start, working } from "./given.js";

describe("arithmetic of the calendar (rules 1 to 16)", () => {
  const due = (target: Target, from: string, calendar?: Calendar) => read(target, [start(from)], from, calendar).due;

  it("1: a target used up exactly at closing is due there, or at the next opening if so wished", () => {
    expect(due(working(3), "Mon 14:00")).toBe(on("Mon 17:00"));
    expect(due(working(3, { land: "resume" }), "Mon 14:00")).toBe(on("Tue 09:00"));
  });

  it("2: a second more is due a second after the next opening", () => {
    expect(due({ within: { working: { hours: 3, seconds: 1 } } }, "Mon 14:00")).toBe(on("Tue 09:00:01"));
    expect(due({ within: { working: 3 * hour + 1 } }, "Mon 14:00")).toBe(on("Tue 09:00:00.001"));
  });

  it.each(["Mon 08:00", "Mon 09:00"])("3: what starts at %s counts from the opening", (from) => {
    expect(due(working(1), from)).toBe(on("Mon 10:00"));
  });

  it("3: what starts after closing, at a weekend or on a holiday counts from the next opening", () => {
    expect(due(working(1), "Mon 17:00")).toBe(on("Tue 10:00"));
    expect(due(working(1), "Sat 12:00")).toBe(on("Mon+1 10:00"));
    expect(due(working(1), "Mon 12:00", office({ holidays: [monday] }))).toBe(on("Tue 10:00"));
  });

  it("4: a zero target is due at the first working moment", () => {
    expect(due(working(0), "Sat 12:00")).toBe(on("Mon+1 09:00"));
    expect(due(working(0), "Mon 12:00")).toBe(on("Mon 12:00"));
    expect(due(elapsed(0), "Sat 12:00")).toBe(on("Sat 12:00"));
  });

  it.each<Target["within"]>([
    { working: -1 },
    { elapsed: { hours: -1 } },
    { workingDays: -1 },
    { days: -1 },
    { weeks: -1 },
  ])("4: a negative target is refused: %j", (within) => {
    expect(() => read({ within }, [begun], "Mon 11:00")).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^INVALID_/) }),
    );
  });

  it("5: asked before it has begun, nothing was used", () => {
    expect(read(working(1), [begun], "Mon 09:59")).toMatchObject({ state: "waiting", elapsed: 0, due: null });
  });

  it("7: a holiday is a date of the calendar's zone", () => {
    const tokyo = office({ zone: "Asia/Tokyo", holidays: ["2026-03-09"] });
    // It is Monday there already, until 15:00 of the Monday here.
    expect(due(working(1), "Sun 20:00", tokyo)).toBe(on("Tue+1 01:00"));
  });

  it("8: a lunch break is not counted", () => {
    const split = office({ week: workweek("09:00-12:00", "13:00-17:00") });
    expect(due(working(4), "Mon 11:00", split)).toBe(on("Mon 16:00"));
  });

  it("11: an hour that comes twice counts twice, and one that is skipped does not count", () => {
    const berlin = always("Europe/Berlin");
    const day24 = (from: string) =>
      readClock(working(24), [{ type: "start", at: from }], { calendar: berlin, asOf: from }).due;
    expect(day24("2026-03-28T23:00:00.000Z")).toBe("2026-03-29T23:00:00.000Z");
    const night = office({ zone: "Europe/Berlin", week: { sun: ["00:00-06:00"] } });
    const used = (from: string, to: string) =>
      readClock(working(24), [{ type: "start", at: from }], { calendar: night, asOf: to }).elapsed;
    expect(used("2026-03-28T12:00:00.000Z", "2026-03-29T12:00:00.000Z")).toBe(5 * hour);
    expect(used("2026-10-24T12:00:00.000Z", "2026-10-25T12:00:00.000Z")).toBe(7 * hour);
  });

  it("12: twenty-four hours are not a day: days keep the time of day over a change of the clocks", () => {
    const berlin = office({ zone: "Europe/Berlin" });
    // Friday noon; the clocks go forward on Sunday.
    const friday = "2026-03-27T11:00:00.000Z";
    const dueIn = (within: Target["within"], more: Partial<Target> = {}) =>
      readClock({ within, ...more }, [{ type: "start", at: friday }], { calendar: berlin, asOf: friday }).due;
    expect(dueIn({ elapsed: 3 * day })).toBe("2026-03-30T11:00:00.000Z");
    expect(dueIn({ days: 3 })).toBe("2026-03-30T10:00:00.000Z");
    expect(dueIn({ workingDays: 1 })).toBe("2026-03-30T10:00:00.000Z");
    expect(dueIn({ weeks: 1 })).toBe("2026-04-03T10:00:00.000Z");
    expect(dueIn({ days: 2 }, { endOfDay: true })).toBe("2026-03-29T22:00:00.000Z");
    expect(dueIn({ weeks: 1 }, { endOfDay: true })).toBe("2026-04-03T22:00:00.000Z");
  });

  it("12: a working day that lands outside hours is due there, or at the next opening if so wished", () => {
    const days = { within: { workingDays: 1 } };
    expect(due(days, "Mon 18:30")).toBe(on("Tue 18:30"));
    expect(due({ ...days, land: "resume" }, "Mon 18:30")).toBe(on("Wed 09:00"));
    expect(due({ ...days, land: "resume" }, "Mon 10:30")).toBe(on("Tue 10:30"));
  });

  it("13: the end of the day is its closing, or midnight for days and weeks", () => {
    const whole = { endOfDay: true };
    expect(due({ within: { workingDays: 1 }, ...whole }, "Mon 10:00")).toBe(on("Tue 17:00"));
    expect(due({ within: { workingDays: 1 }, ...whole, land: "resume" }, "Mon 10:00")).toBe(on("Tue 17:00"));
    expect(due({ within: { days: 1 }, ...whole }, "Mon 10:00")).toBe(on("Wed 00:00"));
    expect(due({ within: { days: 0 }, ...whole }, "Mon 00:00")).toBe(on("Tue 00:00"));
    expect(due({ within: { workingDays: 0 }, ...whole }, "Mon 10:00")).toBe(on("Mon 17:00"));
  });

  it.each(["Mon 18:00", "Sat 12:00"])("13: what starts at %s, when its day has closed, is not due before", (from) => {
    const target: Target = { within: { workingDays: 0 }, endOfDay: true };
    const reading = read(target, [start(from)], from);
    expect(reading.due! >= on(from)).toBe(true);
    expect(reading.verdict).toBeNull();
  });

  it("14: a start on an idle day counts as itself, or as the next working day", () => {
    const days = { within: { workingDays: 1 } };
    expect(due(days, "Sat 12:00")).toBe(on("Mon+1 12:00"));
    expect(due({ ...days, origin: "roll" }, "Sat 12:00")).toBe(on("Tue+1 12:00"));
    expect(due({ ...days, origin: "roll" }, "Fri 12:00")).toBe(on("Mon+1 12:00"));
  });

  it("16: milliseconds are kept", () => {
    const marks = [start("Mon 10:00:00.001"), pause("Mon 10:00:00.002", "Mon 10:00:00.005")];
    const reading = read(working(1), marks, "Mon 10:30");
    expect(reading).toMatchObject({ due: on("Mon 11:00:00.004"), elapsed: 30 * minute - 4, paused: 3 });
  });
});
