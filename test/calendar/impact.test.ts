import { describe, expect, it } from "vitest";
import { type DueTime, impact } from "../../src/calendar/index.js";
import { coded, day, hour, office, workweek } from "./given.js";

const before = office({ version: 1, dataThrough: "2026-03-31" });
const after = office({
  version: 2,
  holidays: ["2026-03-03"],
  days: { "2026-03-07": ["09:00-17:00"] },
  dataThrough: "2026-06-30",
});

describe("what another version of a calendar moves", () => {
  it("working time, later and earlier", () => {
    const dues: readonly DueTime[] = [
      { id: "later", start: "2026-03-02T15:00:00.000Z", working: { hours: 4 } },
      { id: "earlier", start: "2026-03-06T15:00:00.000Z", working: { hours: 4 } },
      { id: "same", start: "2026-03-02T09:00:00.000Z", working: { hours: 8 } },
      { id: "both", start: "2026-03-02T15:00:00.000Z", working: { hours: 40 } },
    ];
    expect(impact(before, after, dues)).toEqual([
      {
        id: "later",
        before: "2026-03-03T11:00:00.000Z",
        after: "2026-03-04T11:00:00.000Z",
        by: day,
        provisional: false,
      },
      {
        id: "earlier",
        before: "2026-03-09T11:00:00.000Z",
        after: "2026-03-07T11:00:00.000Z",
        by: -2 * day,
        provisional: false,
      },
    ]);
  });

  it("working days, of dates and of moments", () => {
    const dues: readonly DueTime[] = [
      { id: "date", start: "2026-03-02", workingDays: 1 },
      { id: "moment", start: "2026-03-02T15:30:00.000Z", workingDays: 1 },
      { id: "earlier", start: "2026-03-06", workingDays: 1 },
      { id: "back", start: "2026-03-04", workingDays: -1 },
      { id: "same", start: "2026-03-02", workingDays: 0 },
    ];
    expect(impact(before, after, dues).map(({ id, before, after, by }) => [id, before, after, by / day])).toEqual([
      ["date", "2026-03-03", "2026-03-04", 1],
      ["moment", "2026-03-03T15:30:00.000Z", "2026-03-04T15:30:00.000Z", 1],
      ["earlier", "2026-03-09", "2026-03-07", -2],
      ["back", "2026-03-03", "2026-03-02", -1],
    ]);
  });

  it("heeds how a due time was made", () => {
    const due = { start: "2026-03-02T16:00:00.000Z", working: { hours: 1 } };
    const moved = impact(before, after, [
      { ...due, id: "deadline", land: "deadline" },
      { ...due, id: "resume", land: "resume" },
      { id: "step", start: "2026-03-03", workingDays: 0, origin: "step" },
      { id: "roll", start: "2026-03-03", workingDays: 0, origin: "roll" },
    ]);
    expect(moved.map(({ id, after }) => [id, after])).toEqual([
      ["resume", "2026-03-04T09:00:00.000Z"],
      ["roll", "2026-03-04"],
    ]);
  });

  it("marks what the new version does not know", () => {
    const shorter = office({ holidays: ["2026-03-03"], dataThrough: "2026-03-03" });
    const dues: readonly DueTime[] = [
      { id: "moment", start: "2026-03-02T15:00:00.000Z", working: 4 * hour },
      { id: "date", start: "2026-03-02", workingDays: 1 },
    ];
    expect(impact(before, shorter, dues).map(({ provisional }) => provisional)).toEqual([true, true]);
    expect(impact(before, after, dues).map(({ provisional }) => provisional)).toEqual([false, false]);
    expect(impact(shorter, before, dues).map(({ provisional }) => provisional)).toEqual([false, false]);
  });

  it("is nothing where nothing moves", () => {
    expect(impact(before, after, [])).toEqual([]);
    expect(impact(before, before, [{ id: "x", start: "2026-03-02", workingDays: 100 }])).toEqual([]);
    const longer = office({ week: workweek("09:00-18:00") });
    const due: DueTime = { id: "x", start: "2026-03-02T17:00:00.000Z", working: hour };
    expect(impact(before, longer, [due])).toMatchObject([{ by: -15 * hour - hour + 0 }]);
  });
});

describe("what is refused", () => {
  it.each<
    [string, unknown, "INVALID_OPTIONS" | "INVALID_INSTANT" | "INVALID_DURATION" | "USE_ADD_DAYS" | "BEYOND_HORIZON"]
  >([
    ["no list", null, "INVALID_OPTIONS"],
    ["nothing", [null], "INVALID_OPTIONS"],
    ["a due time of neither", [{ id: "x", start: "2026-03-02" }], "INVALID_OPTIONS"],
    ["no start", [{ id: "x", workingDays: 1 }], "INVALID_INSTANT"],
    ["working time from a date", [{ id: "x", start: "2026-03-02", working: 1 }], "INVALID_INSTANT"],
    [
      "a start in milliseconds",
      [{ id: "x", start: Date.UTC(2026, 2, 2, 16), working: { hours: 4 } }],
      "INVALID_INSTANT",
    ],
    ["days in milliseconds", [{ id: "x", start: Date.UTC(2026, 2, 2, 16), workingDays: 1 }], "INVALID_INSTANT"],
    ["days as working time", [{ id: "x", start: "2026-03-02T00:00:00.000Z", working: { days: 1 } }], "USE_ADD_DAYS"],
    ["half a day", [{ id: "x", start: "2026-03-02", workingDays: 0.5 }], "INVALID_DURATION"],
    ["another landing", [{ id: "x", start: "2026-03-02T00:00:00.000Z", working: 1, land: "there" }], "INVALID_OPTIONS"],
    ["another origin", [{ id: "x", start: "2026-03-02", workingDays: 1, origin: "there" }], "INVALID_OPTIONS"],
    ["another century", [{ id: "x", start: "2026-03-02", workingDays: 1e6 }], "BEYOND_HORIZON"],
  ])("%s", (_, dues, code) => {
    expect(() => impact(before, after, dues as readonly DueTime[])).toThrow(coded(code));
  });

  it("no calendar", () => {
    const due: DueTime = { id: "x", start: "2026-03-02", workingDays: 1 };
    expect(() => impact({} as never, after, [due])).toThrow(coded("INVALID_OPTIONS"));
    expect(() => impact(before, null as never, [due])).toThrow(coded("INVALID_OPTIONS"));
  });
});
