import { describe, expect, it } from "vitest";
import type { Target } from "../../src/sla/index.js";
import { always, hour, minute, office } from "../calendar/given.js";
import {
  afterDue,
  beforeDue,
  begun,
  levels,
  merge,
  on,
  pause,
  percent,
  read,
  recalendar,
  reopen,
  restart,
  retarget,
  start,
  stop,
  working,
} from "./given.js";

describe("clocks of responses (rules 25 to 32)", () => {
  it("26: it starts with what its target says, and with the first of any if it says nothing", () => {
    const marks = [start("Mon 10:00"), start("Mon 11:00", "customer waiting"), start("Mon 12:00", "attached")];
    const startedAt = (starts?: Target["starts"]) => read(working(1, { starts }), marks, "Mon 13:00").startedAt;
    expect(startedAt()).toBe(on("Mon 10:00"));
    expect(startedAt("created")).toBe(on("Mon 10:00"));
    expect(startedAt("customer waiting")).toBe(on("Mon 11:00"));
    expect(startedAt("attached")).toBe(on("Mon 12:00"));
    expect(read(working(1, { starts: "attached" }), [begun], "Mon 13:00").state).toBe("waiting");
  });

  it("26: opened by staff, who speak before the customer waits, it begins when the customer does", () => {
    const target = working(1, { starts: "customer waiting" });
    const marks = [start("Mon 10:00"), stop("Mon 10:05"), start("Mon 11:00", "customer waiting")];
    expect(read(target, marks, "Mon 11:30")).toMatchObject({ state: "running", startedAt: on("Mon 11:00") });
    const answered = read(target, [...marks, stop("Mon 11:40")], "Mon 13:00");
    expect(answered).toMatchObject({ stoppedAt: on("Mon 11:40"), verdict: "on time", elapsed: 40 * minute });
  });

  it("27: an answer outside hours before the due time is on time, and took working time only", () => {
    const reading = read(working(1), [start("Mon 16:30"), stop("Mon 22:00")], "Tue 12:00");
    expect(reading).toMatchObject({ verdict: "on time", elapsed: hour / 2, remaining: hour / 2, due: on("Tue 09:30") });
  });

  const next: Target = working(2, { repeats: true, starts: "customer waiting" });
  const writes = (text: string) => start(text, "customer waiting");

  it("28: the next response counts from the first unanswered message", () => {
    const reading = read(next, [writes("Mon 10:00"), writes("Mon 11:00")], "Mon 11:30");
    expect(reading).toMatchObject({ startedAt: on("Mon 10:00"), due: on("Mon 12:00"), earlier: [] });
  });

  it("28, 29: an answer ends the run, the next message begins another, and every run is kept", () => {
    const marks = [writes("Mon 10:00"), stop("Mon 11:00"), writes("Mon 12:00"), stop("Mon 16:00"), writes("Tue 10:00")];
    const reading = read(next, marks, "Tue 11:00");
    expect(reading).toMatchObject({
      state: "running",
      startedAt: on("Tue 10:00"),
      due: on("Tue 12:00"),
      verdict: null,
    });
    expect(reading.earlier).toEqual([
      { startedAt: on("Mon 10:00"), stoppedAt: on("Mon 11:00"), elapsed: hour, late: 0, verdict: "on time" },
      { startedAt: on("Mon 12:00"), stoppedAt: on("Mon 16:00"), elapsed: 4 * hour, late: 2 * hour, verdict: "late" },
    ]);
    expect(read(next, marks.slice(0, 4), "Tue 11:00")).toMatchObject({ state: "stopped", verdict: "late" });
  });

  it("28: without repeating, a message after the answer begins nothing", () => {
    const marks = [writes("Mon 10:00"), stop("Mon 11:00"), writes("Mon 12:00")];
    expect(read({ ...next, repeats: false }, marks, "Tue 11:00")).toMatchObject({ state: "stopped", earlier: [] });
  });

  it("28: the periodic update begins anew with every one, late or not", () => {
    const reading = read(working(2), [begun, restart("Mon 11:00"), restart("Mon 15:00")], "Mon 16:00");
    expect(reading).toMatchObject({ startedAt: on("Mon 15:00"), due: on("Mon 17:00"), elapsed: hour });
    expect(reading.earlier).toEqual([
      { startedAt: on("Mon 10:00"), stoppedAt: on("Mon 11:00"), elapsed: hour, late: 0, verdict: "on time" },
      { startedAt: on("Mon 11:00"), stoppedAt: on("Mon 15:00"), elapsed: 4 * hour, late: 2 * hour, verdict: "late" },
    ]);
  });

  it("28: a restart begins what had not begun, whatever it starts with", () => {
    for (const starts of [undefined, "created", "customer waiting", "attached"] as const)
      expect(read(working(2, { starts }), [restart("Mon 11:00")], "Mon 12:00")).toMatchObject({
        startedAt: on("Mon 11:00"),
        earlier: [],
      });
  });

  it("31: an answer and a pause of one instant stop it", () => {
    const marks = [begun, stop("Mon 10:30"), pause("Mon 10:30")];
    const reading = read(working(1), marks, "Mon 12:00");
    expect(reading).toMatchObject({ state: "stopped", elapsed: hour / 2, verdict: "on time" });
  });
});

describe("stop, reopen and merge (rules 33 to 35, 37 and 38)", () => {
  it("33: the first stop counts", () => {
    const marks = [begun, stop("Mon 11:00"), stop("Tue 11:00")];
    expect(read(working(2), marks, "Wed 12:00")).toMatchObject({ stoppedAt: on("Mon 11:00"), verdict: "on time" });
  });

  it("33: what has not begun cannot stop", () => {
    expect(read(working(2), [stop("Mon 09:30"), begun], "Mon 11:00")).toMatchObject({
      state: "running",
      elapsed: hour,
    });
  });

  const reopened = [begun, stop("Mon 11:00"), reopen("Tue 11:00")];

  it("34: reopened it goes on, and the time between is a gap", () => {
    const reading = read(working(2), reopened, "Tue 11:30");
    expect(reading).toMatchObject({ state: "running", stoppedAt: null, due: on("Tue 12:00"), elapsed: 1.5 * hour });
    expect(reading.paused).toBe(0);
    expect(reading.intervals.map(({ state, counted }) => [state, counted])).toEqual([
      ["running", hour],
      ["stopped", 0],
      ["running", hour / 2],
    ]);
    const late = read(working(2), [...reopened, stop("Tue 13:00")], "Tue 13:00");
    expect(late).toMatchObject({ verdict: "late", late: hour, elapsed: 3 * hour, remaining: 0 });
  });

  it("34: reopened it begins anew, and what was is kept", () => {
    const anew = working(2, { onReopen: "restart" });
    expect(read(anew, reopened, "Tue 11:30")).toMatchObject({
      startedAt: on("Tue 11:00"),
      due: on("Tue 13:00"),
      elapsed: hour / 2,
      verdict: null,
      earlier: [{ startedAt: on("Mon 10:00"), stoppedAt: on("Mon 11:00"), elapsed: hour, late: 0, verdict: "on time" }],
    });
  });

  it("34: beginning anew does not wipe out that it was late", () => {
    const anew = working(2, { onReopen: "restart", levels: [percent("half", 50)] });
    const marks = [begun, stop("Mon 14:00"), reopen("Mon 15:00")];
    expect(read(anew, marks, "Mon 15:30")).toMatchObject({ verdict: null, breachedAt: null, levels: [] });
    expect(read(anew, marks, "Mon 15:30").earlier).toMatchObject([{ verdict: "late", late: 2 * hour }]);
    // Its levels come again.
    expect(levels(read(anew, marks, "Mon 16:30"))).toEqual([["half", on("Mon 16:00")]]);
  });

  it("34: reopened it stays stopped", () => {
    const never = read(working(2, { onReopen: "ignore" }), [...reopened, stop("Wed 16:00")], "Thu 12:00");
    expect(never).toMatchObject({
      state: "stopped",
      stoppedAt: on("Mon 11:00"),
      elapsed: hour,
      verdict: "on time",
      wakeAt: null,
    });
  });

  it("34: a reopening that does not bring it back does not keep the next run from beginning", () => {
    const target = working(2, { repeats: true, onReopen: "ignore" });
    const marks = [begun, stop("Mon 11:00"), reopen("Mon 12:00"), start("Mon 13:00")];
    expect(read(target, marks, "Mon 14:00")).toMatchObject({
      state: "running",
      startedAt: on("Mon 13:00"),
      earlier: [{ verdict: "on time", stoppedAt: on("Mon 11:00") }],
    });
  });

  it.each(["resume", "restart", "ignore"] as const)(
    "34: a reopening of what never stopped does nothing: %s",
    (onReopen) => {
      const target = working(2, { onReopen });
      expect(read(target, [begun, reopen("Mon 10:30")], "Mon 11:00")).toEqual(read(target, [begun], "Mon 11:00"));
    },
  );

  it("34: stopped and reopened in one instant, it goes on; reopened and stopped in one, it stays stopped", () => {
    expect(read(working(2), [begun, reopen("Mon 10:30"), stop("Mon 10:30")], "Mon 11:00")).toMatchObject({
      state: "running",
      elapsed: hour,
    });
    const again = [begun, stop("Mon 10:30"), stop("Mon 11:00"), reopen("Mon 11:00")];
    expect(read(working(2), again, "Mon 12:00")).toMatchObject({ state: "stopped", elapsed: hour / 2 });
  });

  it("35: a breach depends on when things happened, not on when it is asked", () => {
    const marks = [begun, stop("Tue 12:00")];
    for (const asOf of ["Tue 12:00", "Tue 13:00", "Fri 17:00", "Sun+4 00:00"])
      expect(read(working(1), marks, asOf)).toMatchObject({
        verdict: "late",
        breachedAt: on("Mon 11:00"),
        late: 9 * hour,
      });
  });

  it("37: stopped exactly at the due time it is on time, and so is an open clock that is asked then", () => {
    expect(read(working(1), [begun], "Mon 11:00")).toMatchObject({ verdict: null, remaining: 0, late: 0 });
    expect(read(working(1), [begun, stop("Mon 11:00")], "Mon 12:00").verdict).toBe("on time");
    expect(read(working(1), [begun], "Mon 11:00:00.001")).toMatchObject({
      verdict: "late",
      late: 1,
      breachedAt: on("Mon 11:00"),
    });
    const stopped = read(working(1), [begun, stop("Mon 11:00:00.001")], "Mon 12:00");
    expect(stopped).toMatchObject({ verdict: "late", late: 1 });
  });

  it("37: due at closing, it is late after closing", () => {
    expect(read(working(7), [begun, stop("Mon 17:00")], "Mon 18:00").verdict).toBe("on time");
    expect(read(working(7), [begun, stop("Mon 18:00")], "Mon 18:00")).toMatchObject({ verdict: "late", late: 0 });
    expect(read(working(7, { land: "resume" }), [begun, stop("Mon 18:00")], "Mon 18:00").verdict).toBe("on time");
  });

  it("38: merged, it says where to, and never breaches or warns again", () => {
    const target = working(2, { levels: [percent("half", 50), percent("most", 75)] });
    const marks = [begun, merge("Mon 11:15", "case-7")];
    const reading = read(target, marks, "Fri 12:00");
    expect(reading).toMatchObject({
      state: "merged",
      reason: "case-7",
      verdict: null,
      elapsed: 1.25 * hour,
      wakeAt: null,
    });
    expect(levels(reading)).toEqual([["half", on("Mon 11:00")]]);
    expect(read(target, marks, "Mon 11:14").state).toBe("running");
  });

  it.each([
    ["stopped", [stop("Fri 10:00")]],
    ["reopened", [stop("Fri 10:00"), reopen("Fri 11:00")]],
    ["restarted", [restart("Fri 10:00")]],
    ["started", [start("Fri 10:00")]],
    ["paused", pause("Mon 11:30", "Fri 10:00")],
    ["held to less", [retarget("Fri 10:00", working(0.5))]],
    ["held to nothing", [retarget("Fri 10:00", working(8)), retarget("Fri 11:00", working(1))]],
    ["merged again", [merge("Fri 10:00", "case-8")]],
    ["in another calendar", [recalendar("Fri 10:00", always())]],
  ])("38: merged, it takes nothing more: %s", (_, marks) => {
    const target = working(2, { repeats: true, levels: [beforeDue("soon", { working: hour })] });
    const merged = [begun, merge("Mon 10:30", "case-7")];
    expect(read(target, [...merged, ...marks], "Fri 12:00")).toMatchObject({
      state: "merged",
      reason: "case-7",
      verdict: null,
      breachedAt: null,
      levels: [],
      due: on("Mon 12:00"),
      elapsed: hour / 2,
    });
  });

  it("38: late before it was merged, it stays late; on time before, it stays on time", () => {
    expect(read(working(1), [begun, merge("Mon 12:00", "c")], "Fri 12:00")).toMatchObject({
      state: "merged",
      verdict: "late",
      breachedAt: on("Mon 11:00"),
      late: hour,
    });
    const stopped = read(working(1), [begun, stop("Mon 10:30"), merge("Mon 12:00", "c")], "Fri 12:00");
    expect(stopped).toMatchObject({ state: "merged", verdict: "on time", stoppedAt: on("Mon 10:30") });
  });

  it("38: what had not begun or is paused can be merged", () => {
    expect(read(working(1), [merge("Mon 12:00", "c"), start("Tue 10:00")], "Fri 12:00")).toMatchObject({
      state: "merged",
      startedAt: null,
      verdict: null,
    });
    expect(read(working(1), [begun, pause("Mon 10:30"), merge("Mon 12:00", "c")], "Fri 12:00")).toMatchObject({
      state: "merged",
      elapsed: hour / 2,
      paused: 1.5 * hour,
      verdict: null,
    });
  });
});

describe("what else a reading tells", () => {
  it("intervals from the start on, with what counted in them", () => {
    const marks = [begun, pause("Mon 12:00", "Mon 13:00"), stop("Mon 16:00"), reopen("Tue 09:00"), pause("Tue 10:00")];
    const interval = (from: string, to: string, state: string, counted: number) => ({
      from: on(from),
      to: on(to),
      state,
      counted,
    });
    expect(read(working(40), marks, "Wed 12:00").intervals).toEqual([
      interval("Mon 10:00", "Mon 12:00", "running", 2 * hour),
      interval("Mon 12:00", "Mon 13:00", "paused", 0),
      interval("Mon 13:00", "Mon 16:00", "running", 3 * hour),
      interval("Mon 16:00", "Tue 09:00", "stopped", 0),
      interval("Tue 09:00", "Tue 10:00", "running", hour),
      interval("Tue 10:00", "Wed 12:00", "paused", 0),
    ]);
  });

  it("its next wake-up: the millisecond after the next level or the due time", () => {
    const target = working(4, { levels: [percent("half", 50), afterDue("hour", { working: hour })] });
    const wakeAt = (asOf: string) => read(target, [begun], asOf).wakeAt;
    expect(wakeAt("Mon 10:00")).toBe(on("Mon 12:00:00.001"));
    expect(wakeAt("Mon 12:00")).toBe(on("Mon 12:00:00.001"));
    expect(wakeAt("Mon 12:00:00.001")).toBe(on("Mon 14:00:00.001"));
    expect(wakeAt("Mon 14:00:00.001")).toBe(on("Mon 15:00:00.001"));
    expect(wakeAt("Mon 15:00:00.001")).toBeNull();
    expect(wakeAt("Mon 09:00")).toBeNull();
  });

  it("that its due time lies beyond the known holidays", () => {
    const known = office({ dataThrough: "2026-03-03" });
    expect(read(working(8), [begun], "Mon 11:00", known).provisional).toBe(false);
    expect(read(working(16), [begun], "Mon 11:00", known).provisional).toBe(true);
    expect(read(working(8), [start("Tue 09:00"), pause("Tue 10:00")], "Wed 12:00", known).provisional).toBe(true);
  });

  it("nothing yet of marks after the moment of asking", () => {
    expect(read(working(1), [begun, stop("Mon 10:30"), merge("Mon 10:40", "c")], "Mon 10:20")).toEqual(
      read(working(1), [begun], "Mon 10:20"),
    );
  });

  it("what its arguments say now, and not what they said before", () => {
    const target = { within: { working: { hours: 4 } } };
    expect(read(target, [begun], "Mon 11:00").due).toBe(on("Mon 14:00"));
    target.within.working.hours = 2;
    expect(read(target, [begun], "Mon 11:00").due).toBe(on("Mon 12:00"));
  });

  it("nothing, of what has not begun", () => {
    expect(read(working(1), [], "Mon 12:00")).toEqual({
      state: "waiting",
      verdict: null,
      startedAt: null,
      stoppedAt: null,
      due: null,
      elapsed: 0,
      remaining: 0,
      paused: 0,
      late: 0,
      breachedAt: null,
      intervals: [],
      levels: [],
      wakeAt: null,
      reason: null,
      provisional: false,
      earlier: [],
      revised: null,
    });
  });
});
