import { describe, expect, it } from "vitest";
import { createCalendar, intersect } from "../../src/calendar/index.js";
import type { ErrorCode } from "../../src/kernel/errors.js";
import { type Happening, readClock, type Target } from "../../src/sla/index.js";
import { coded, hour, minute, office, workweek } from "../calendar/given.js";
import { afterDue, elapsed, on, percent, working } from "./given.js";

describe("what cannot be read is refused", () => {
  const calendar = office();
  const at = on("Mon 10:00");
  const asOf = on("Mon 12:00");
  const begins: Happening<string> = { type: "start", at };
  const ask = (target: unknown, marks: unknown = [begins], options: unknown = { calendar, asOf }) =>
    readClock(target as Target, marks as Happening<string>[], options as { asOf: string });
  const refused = (work: () => unknown): string => {
    try {
      return JSON.stringify(work());
    } catch (thrown) {
      return (thrown as { code: string }).code;
    }
  };

  it.each<readonly [string, ErrorCode, () => unknown]>([
    ["working time without a calendar", "INVALID_OPTIONS", () => ask(working(1), [begins], { asOf })],
    ["working days without one", "INVALID_OPTIONS", () => ask({ within: { workingDays: 1 } }, [begins], { asOf })],
    ["days without one", "INVALID_OPTIONS", () => ask({ within: { days: 1 } }, [begins], { asOf })],
    [
      "a level in working time without one",
      "INVALID_OPTIONS",
      () => ask(elapsed(1, { levels: [afterDue("x", { working: 1 })] }), [begins], { asOf }),
    ],
    ["no moment of asking", "INVALID_INSTANT", () => ask(working(1), [begins], { calendar })],
    ["another text", "INVALID_INSTANT", () => ask(working(1), [begins], { calendar, asOf: "2026-03-02" })],
    ["half a millisecond", "INVALID_INSTANT", () => ask(working(1), [begins], { calendar, asOf: 0.5 })],
    ["no options", "INVALID_OPTIONS", () => ask(working(1), [begins], null)],
    ["a mark at no time", "INVALID_INSTANT", () => ask(working(1), [{ type: "start" }])],
    ["a mark told at no time", "INVALID_INSTANT", () => ask(working(1), [{ ...begins, recordedAt: "today" }])],
    ["no mark", "INVALID_INSTANT", () => ask(working(1), [null])],
    ["another mark", "INVALID_OPTIONS", () => ask(working(1), [{ type: "settle", at }])],
    ["a mark that every object has", "INVALID_OPTIONS", () => ask(working(1), [{ type: "constructor", at }])],
    ["no list", "INVALID_OPTIONS", () => ask(working(1), { 0: begins })],
    [
      "too many marks",
      "INVALID_OPTIONS",
      () =>
        ask(
          working(1),
          Array.from({ length: 10_001 }, () => begins),
        ),
    ],
    ["no target", "INVALID_OPTIONS", () => ask(undefined)],
    ["a mark without a target", "INVALID_OPTIONS", () => ask(working(1), [begins, { type: "target", at }])],
    ["a mark without a calendar", "INVALID_OPTIONS", () => ask(working(1), [begins, { type: "calendar", at }])],
    ["half a millisecond of work", "INVALID_DURATION", () => ask({ within: { working: 0.5 } })],
    ["days of work", "USE_ADD_DAYS", () => ask({ within: { working: { days: 1 } } })],
    ["half a working day", "INVALID_DURATION", () => ask({ within: { workingDays: 0.5 } })],
    ["another landing", "INVALID_OPTIONS", () => ask(working(1, { land: "there" as never }))],
    ["more work than there is", "BEYOND_HORIZON", () => ask({ within: { working: 250 * 365 * 24 * hour } })],
    [
      "hours that never meet",
      "NO_WORKING_TIME",
      () =>
        ask(working(1), [begins], { calendar: intersect(calendar, office({ week: { sat: ["09:00-17:00"] } })), asOf }),
    ],
  ])("%s: %s", (_, code, work) => {
    expect(refused(work)).toBe(code);
  });

  it.each<readonly [string, unknown]>([
    ["nothing within", { within: {} }],
    ["half a day", { within: { days: 0.5 } }],
    ["a text for days", { within: { days: "3" } }],
    ["endless days", { within: { days: Infinity } }],
    ["a share that is no number", working(1, { levels: [percent("x", Number.NaN)] })],
    ["a negative share", working(1, { levels: [percent("x", -1)] })],
    ["a level twice", working(1, { levels: [percent("x", 10), percent("x", 20)] })],
    ["a level at no place", working(1, { levels: [{ id: "x", at: {} as never }] })],
  ])("a target that says nothing sensible: %s", (_, target) => {
    expect(refused(() => ask(target))).toMatch(/^(INVALID_\w+|USE_ADD_DAYS)$/);
  });

  it("more days than calendars reach, without counting the weeks to the end of time", () => {
    const berlin = office({ zone: "Europe/Berlin" });
    for (const days of [100_000, 1e9, Number.MAX_SAFE_INTEGER])
      expect(refused(() => ask({ within: { days } }, [begins], { calendar: berlin, asOf }))).toMatch(
        /^(BEYOND_HORIZON|INVALID_\w+)$/,
      );
  });

  it("whatever throws on being read", () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    );
    for (const work of [() => ask(trap), () => ask(working(1), [trap]), () => ask(working(1), [begins], trap)])
      expect(work).toThrow(coded("INVALID_OPTIONS"));
    const circle: Record<string, unknown> = { within: { elapsed: 1 } };
    circle["self"] = circle;
    const marks = [1, 2].map(() => ({ type: "target", at, target: circle }));
    expect(refused(() => ask(circle, [begins, ...marks]))).toBe("INVALID_OPTIONS");
  });

  it("a full list of marks is read", () => {
    const count = 9999;
    const marks = Array.from(
      { length: count },
      (_, i): Happening<number> => ({
        type: i % 2 === 0 ? "pause" : "resume",
        at: (i + 1) * minute,
      }),
    );
    const reading = readClock(elapsed(1000), [{ type: "start", at: 0 }, ...marks], { asOf: (count + 2) * minute });
    expect(reading).toMatchObject({ state: "paused", elapsed: 5000 * minute, paused: 5001 * minute });
    expect(reading.intervals.length).toBe(count + 1);
  });

  it("calendars of one office, and clocks without any, read the same data", () => {
    const made = createCalendar({ id: "office", version: 1, zone: "UTC", week: workweek("09:00-17:00") });
    expect(ask(working(1), [begins], { calendar: made, asOf })).toEqual(ask(working(1)));
    expect(ask(elapsed(1), [begins], { asOf })).toEqual(ask(elapsed(1)));
  });
});
