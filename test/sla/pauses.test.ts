import { describe, expect, it } from "vitest";
import type { Target } from "../../src/sla/index.js";
import { hour } from "../calendar/given.js";
import { afterDue, begun, elapsed, levels, on, pause, read, reopen, restart, start, stop, working } from "./given.js";

describe("pauses (rules 17 to 24)", () => {
  it("17: a pause wholly outside hours costs nothing", () => {
    const reading = read(working(8), [begun, pause("Mon 18:00", "Tue 08:00")], "Tue 09:00");
    expect(reading).toMatchObject({ due: on("Tue 10:00"), paused: 0, elapsed: 7 * hour });
  });

  it("17: nor does it move a level that lies outside hours itself", () => {
    const outside: Target = {
      within: { workingDays: 1 },
      levels: [afterDue("day", { workingDays: 1 }), afterDue("hours", { elapsed: 10 * hour })],
    };
    const marks = [start("Mon 18:00"), pause("Tue 20:00", "Tue 21:00")];
    expect(levels(read(outside, [marks[0]!], "Fri 12:00"))).toEqual([
      ["hours", on("Wed 04:00")],
      ["day", on("Wed 18:00")],
    ]);
    expect(levels(read(outside, marks, "Fri 12:00"))).toEqual([
      ["hours", on("Wed 04:00")],
      ["day", on("Wed 18:00")],
    ]);
  });

  it("18: a pause over a weekend costs its working part", () => {
    const reading = read(working(4), [start("Fri 15:00"), pause("Fri 16:00", "Mon+1 10:00")], "Mon+1 10:00");
    expect(reading).toMatchObject({ paused: 2 * hour, elapsed: hour, due: on("Mon+1 13:00") });
  });

  it("18: of elapsed time every hour of a pause costs", () => {
    const reading = read(elapsed(4), [start("Fri 15:00"), pause("Fri 16:00", "Mon+1 10:00")], "Mon+1 10:00");
    expect(reading).toMatchObject({ paused: 66 * hour, elapsed: hour, due: on("Mon+1 13:00") });
  });

  it("19: created paused and closed from it, nothing was used", () => {
    const marks = [begun, pause("Mon 10:00"), stop("Mon 15:00")];
    expect(read(working(1), marks, "Tue 10:00")).toMatchObject({ state: "stopped", verdict: "on time", elapsed: 0 });
  });

  it("19: what begins within a pause has lost nothing to the time before", () => {
    const marks = [pause("Mon 09:00"), begun];
    expect(read(working(4), marks, "Mon 11:00")).toMatchObject({
      state: "paused",
      startedAt: on("Mon 10:00"),
      due: on("Mon 15:00"),
      remaining: 4 * hour,
      paused: hour,
      intervals: [{ from: on("Mon 10:00"), to: on("Mon 11:00"), state: "paused", counted: 0 }],
    });
    expect(read(working(4), [...marks, ...pause("Mon 09:00", "Mon 12:00")], "Mon 12:00").due).toBe(on("Mon 16:00"));
  });

  it("20: paused it cannot breach; its due time is as if it went on now, and nothing is left to wake for", () => {
    const marks = [begun, pause("Mon 11:00")];
    expect(read(working(4), marks, "Fri 12:00")).toMatchObject({
      state: "paused",
      verdict: null,
      due: on("Fri 15:00"),
      elapsed: hour,
      remaining: 3 * hour,
      late: 0,
      breachedAt: null,
      wakeAt: null,
    });
  });

  it("20: already breached it stays breached when it is paused", () => {
    const reading = read(working(1), [begun, pause("Mon 12:00")], "Tue 12:00");
    expect(reading).toMatchObject({
      state: "paused",
      verdict: "late",
      due: on("Mon 11:00"),
      breachedAt: on("Mon 11:00"),
      late: hour,
    });
  });

  it("20: what was late does not get later in a pause", () => {
    const marks = [begun, pause("Mon 12:00", "Mon 13:00"), stop("Mon 14:00")];
    expect(read(working(1), marks, "Mon 14:00")).toMatchObject({
      late: 2 * hour,
      elapsed: 3 * hour,
      due: on("Mon 11:00"),
    });
  });

  it("20: a pause that begins exactly at the due time protects it, however it is told and whatever ends it", () => {
    const held = [begun, pause("Mon 14:00")];
    const cut = [begun, pause("Mon 14:00", "Mon 15:00"), pause("Mon 15:00")];
    expect(read(working(4), held, "Mon 16:00").verdict).toBeNull();
    expect(read(working(4), cut, "Mon 16:00").verdict).toBeNull();
    expect(read(working(4), [...held, stop("Mon 16:00")], "Mon 16:00")).toMatchObject({
      verdict: "on time",
      elapsed: 4 * hour,
      late: 0,
    });
    expect(read(working(4), [begun, pause("Mon 14:00", "Mon 15:00")], "Mon 15:00:00.001").verdict).toBe("late");
  });

  it("21: not every clock can be paused", () => {
    const marks = [begun, pause("Mon 10:30", "Mon 14:00"), pause("Mon 15:00")];
    expect(read(working(2, { pausable: false }), marks, "Mon 16:00")).toMatchObject({
      state: "running",
      due: on("Mon 12:00"),
      elapsed: 6 * hour,
      paused: 0,
      verdict: "late",
    });
  });

  it("22: pauses of several reasons count once, and time counts again when all have ended", () => {
    const marks = [begun, pause("Mon 11:00", "Mon 13:00", "customer"), pause("Mon 12:00", "Mon 14:00", "supplier")];
    const reading = read(working(4), marks, "Mon 14:30");
    expect(reading).toMatchObject({ state: "running", paused: 3 * hour, elapsed: 1.5 * hour, due: on("Mon 17:00") });
    expect(read(working(4), marks, "Mon 13:30").state).toBe("paused");
    const nested = [begun, pause("Mon 11:00", "Mon 14:00", "customer"), pause("Mon 12:00", "Mon 13:00", "supplier")];
    expect(read(working(4), nested, "Mon 14:30").paused).toBe(3 * hour);
    const states = read(working(4), nested, "Mon 14:30").intervals.map(({ state }) => state);
    expect(states).toEqual(["running", "paused", "running"]);
  });

  it("22: a reason that pauses twice is resumed once", () => {
    const marks = [begun, pause("Mon 11:00"), pause("Mon 12:00"), pause("Mon 12:00", "Mon 13:00")];
    expect(read(working(4), marks, "Mon 13:30")).toMatchObject({ state: "running", paused: 2 * hour });
  });

  it("22: a resume that nothing paused does nothing", () => {
    const [, resumed] = pause("Mon 09:30", "Mon 10:30");
    expect(read(working(4), [begun, resumed!], "Mon 11:00")).toEqual(read(working(4), [begun], "Mon 11:00"));
  });

  it.each([
    ["told in this order", pause("Mon 11:00", "Mon 11:00")],
    ["told the other way round", pause("Mon 11:00", "Mon 11:00").toReversed()],
    ["twice", [...pause("Mon 11:00", "Mon 11:00"), ...pause("Mon 11:00", "Mon 11:00")]],
    [
      "of a reason within another pause",
      [...pause("Mon 11:00", "Mon 11:00", "other"), ...pause("Mon 11:00", "Mon 11:00")],
    ],
  ])("22: a zero-length pause pauses nothing: %s", (_, marks) => {
    expect(read(working(4), [begun, marks], "Mon 12:00")).toEqual(read(working(4), [begun], "Mon 12:00"));
  });

  it("22: a pause that ends and begins again in one instant goes on", () => {
    const marks = [begun, pause("Mon 11:00", "Mon 12:00"), pause("Mon 12:00", "Mon 13:00")];
    const reading = read(working(4), marks, "Mon 14:00");
    expect(reading).toMatchObject({ state: "running", paused: 2 * hour, elapsed: 2 * hour, due: on("Mon 16:00") });
    expect(read(working(4), [begun, pause("Mon 11:00", "Mon 12:00"), pause("Mon 12:00")], "Mon 12:00").state).toBe(
      "paused",
    );
  });

  it("22: one reason hands over to another in one instant", () => {
    const marks = [begun, pause("Mon 11:00", "Mon 12:00", "customer"), pause("Mon 12:00", "Mon 13:00", "supplier")];
    expect(read(working(4), marks, "Mon 14:00")).toMatchObject({ paused: 2 * hour, elapsed: 2 * hour });
  });

  it.each([
    ["a reopening", [stop("Mon 12:00"), reopen("Mon 13:00")], {}, hour],
    ["a restart", [restart("Mon 12:00")], {}, 0],
    ["the next run", [stop("Mon 10:30"), start("Mon 13:00")], { repeats: true }, 0],
  ])("22: a pause lasts until it has ended, over %s too", (_, marks, more, used) => {
    const held = [begun, pause("Mon 11:00", undefined, "legal")];
    const reading = read(working(2, more), [held.flat(), marks].flat(), "Tue 12:00");
    expect(reading).toMatchObject({ state: "paused", verdict: null, elapsed: used });
    const [, resumed] = pause("Mon 11:00", "Tue 12:00", "legal");
    expect(read(working(2, more), [held.flat(), marks, resumed!].flat(), "Tue 12:30")).toMatchObject({
      state: "running",
      elapsed: used + hour / 2,
    });
  });

  it("22: a pause that a stop cut short does not hold the pauses after it", () => {
    const marks = [begun, pause("Mon 11:00", "Mon 13:30", "one"), stop("Mon 12:00"), reopen("Mon 13:00")];
    const reading = read(working(4), [...marks, pause("Mon 14:00", "Mon 15:00", "other")], "Mon 15:30");
    expect(reading.state).toBe("running");
  });

  it("24: to days the paused working time is added after them", () => {
    const marks = [begun, pause("Mon 16:00", "Tue 10:00")];
    expect(read({ within: { workingDays: 2 } }, marks, "Tue 10:00").due).toBe(on("Wed 12:00"));
    expect(read({ within: { workingDays: 2 }, endOfDay: true }, marks, "Tue 10:00").due).toBe(on("Thu 11:00"));
    expect(read({ within: { days: 2 } }, marks, "Tue 10:00").due).toBe(on("Thu 04:00"));
  });
});
