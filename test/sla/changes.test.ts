import { describe, expect, it } from "vitest";
import { always, hour, office, workweek } from "../calendar/given.js";
import {
  begun,
  elapsed,
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
  told,
  working,
} from "./given.js";

describe("facts that are told late (rule 36)", () => {
  it("36: a back-dated fact folds into its place, and what it changed is told", () => {
    const marks = [begun, told("Mon 15:00", stop("Mon 10:30"))];
    const reading = read(working(1), marks, "Mon 16:00");
    expect(reading).toMatchObject({ verdict: "on time", elapsed: hour / 2 });
    expect(reading.revised).toEqual({ from: "late", at: on("Mon 15:00") });
    const { revised: _, ...rest } = reading;
    expect(read(working(1), [begun, stop("Mon 10:30")], "Mon 16:00")).toMatchObject(rest);
  });

  it("36: a back-dated start makes late what was on time", () => {
    const marks = [begun, told("Mon 15:00", start("Mon 09:00")), stop("Mon 10:30")];
    const reading = read(working(1), marks, "Mon 16:00");
    expect(reading).toMatchObject({ verdict: "late", revised: { from: "on time", at: on("Mon 15:00") } });
  });

  it("36: a back-dated pause opens again what was late", () => {
    const marks = [begun, told("Mon 15:00", pause("Mon 10:30")[0]!)];
    expect(read(working(1), marks, "Mon 16:00")).toMatchObject({
      state: "paused",
      verdict: null,
      revised: { from: "late", at: on("Mon 15:00") },
    });
  });

  const harmless = pause("Mon 10:30", "Mon 10:30").map((mark) => told("Mon 12:00", mark));

  it("36: a back-dated fact that changed no verdict is not told of, whatever happens later", () => {
    expect(read(working(1), [begun, ...harmless], "Mon 16:00").revised).toBeNull();
    // Late by then, for it was reopened.
    const again = [begun, stop("Mon 10:45"), ...harmless, reopen("Mon 13:00")];
    expect(read(working(1), again, "Mon 16:00")).toMatchObject({ verdict: "late", revised: null });
    const twice = [begun, stop("Mon 10:45"), ...harmless, start("Mon 13:00")];
    expect(read(working(1, { repeats: true }), twice, "Mon 13:30")).toMatchObject({ verdict: null, revised: null });
  });

  it("36: what was told once stays told, though the verdict be the same again", () => {
    const marks = [begun, told("Mon 15:00", stop("Mon 10:30")), reopen("Tue 10:00")];
    expect(read(working(1), marks, "Tue 16:00")).toMatchObject({
      verdict: "late",
      revised: { from: "late", at: on("Mon 15:00") },
    });
  });

  it("36: what had not happened yet is not told of", () => {
    const marks = [begun, told("Mon 15:00", stop("Mon 10:30"))];
    expect(read(working(1), marks, "Mon 10:29").revised).toBeNull();
    expect(read(working(1), marks, "Mon 10:30").revised).not.toBeNull();
  });

  it("36: a fact is not late because a mark says when it was told", () => {
    expect(read(working(1), [begun, told("Mon 10:30", stop("Mon 10:30"))], "Mon 16:00").revised).toBeNull();
    expect(read(working(1), [begun, told("Mon 09:00", stop("Mon 10:30"))], "Mon 16:00").revised).toBeNull();
  });
});

describe("changes on the way (rules 41 to 45)", () => {
  const paused = [begun, ...pause("Mon 11:00", "Mon 12:00")];

  it("41: another target holds for the same history: start and pauses are kept", () => {
    const reading = read(working(2), [...paused, retarget("Mon 12:30", working(4))], "Mon 13:00");
    expect(reading).toMatchObject({
      startedAt: on("Mon 10:00"),
      paused: hour,
      elapsed: 2 * hour,
      due: on("Mon 15:00"),
    });
  });

  it("41: changed in the instant it began, only the last holds", () => {
    const reading = read(working(4), [begun, retarget("Mon 10:00", working(2))], "Mon 11:00");
    expect(reading).toEqual(read(working(2), [begun], "Mon 11:00"));
  });

  it("42: a start that was told late may breach at once", () => {
    const marks = [told("Tue 10:00", begun)];
    expect(read(working(1), marks, "Tue 10:00")).toMatchObject({ verdict: "late", breachedAt: on("Mon 11:00") });
  });

  it("43: when no target holds any more it is cancelled with a reason, and the breach is kept", () => {
    const cancel = retarget("Mon 12:00", null, "no policy");
    expect(read(working(8), [begun, cancel], "Fri 12:00")).toMatchObject({
      state: "cancelled",
      reason: "no policy",
      verdict: null,
      due: null,
      wakeAt: null,
    });
    expect(read(working(1), [begun, cancel], "Fri 12:00")).toMatchObject({
      state: "cancelled",
      verdict: "late",
      breachedAt: on("Mon 11:00"),
    });
    expect(read(null, [begun], "Fri 12:00")).toMatchObject({ state: "cancelled", verdict: null });
    expect(read(null, [], "Fri 12:00").state).toBe("cancelled");
  });

  it("43: of two reasons of one instant the same is told, whichever came first", () => {
    const reasons = [retarget("Mon 12:00", null, "moved away"), retarget("Mon 12:00", null, "no policy")];
    const told = [reasons, reasons.toReversed()].map((both) => read(working(8), [begun, ...both], "Mon 13:00").reason);
    expect(told[0]).toBe(told[1]);
  });

  it("43: a target that holds later takes up the same history", () => {
    const marks = [begun, retarget("Mon 12:00", null), retarget("Mon 13:00", working(2))];
    expect(read(working(8), marks, "Mon 14:00")).toMatchObject({
      state: "running",
      due: on("Mon 12:00"),
      breachedAt: on("Mon 13:00"),
      elapsed: 4 * hour,
    });
    expect(read(null, [begun, retarget("Mon 10:30", working(2))], "Mon 11:00")).toMatchObject({ due: on("Mon 12:00") });
  });

  it.each([
    ["another target", retarget("Tue 10:00", working(0.5))],
    ["no target", retarget("Tue 10:00", null)],
    ["another calendar", recalendar("Tue 10:00", always())],
  ])("43, 44: what has stopped is what it was, for all that %s holds later", (_, change) => {
    const stopped = [begun, stop("Mon 14:00")];
    const reading = read(working(5), [...stopped, change], "Wed 12:00");
    expect(reading).toMatchObject({
      verdict: "on time",
      startedAt: on("Mon 10:00"),
      stoppedAt: on("Mon 14:00"),
      due: on("Mon 15:00"),
      elapsed: 4 * hour,
      breachedAt: null,
    });
  });

  it("43: what was changed while it stood stopped holds when it goes on", () => {
    const marks = [begun, stop("Mon 12:00"), retarget("Mon 13:00", working(1)), reopen("Mon 14:00")];
    const reading = read(working(5), marks, "Mon 14:30");
    expect(reading).toMatchObject({ state: "running", verdict: "late", due: on("Mon 11:00") });
    // A clock that stands still cannot breach.
    expect(reading.breachedAt! >= on("Mon 14:00")).toBe(true);
  });

  it.each([
    ["a restart", restart("Mon 14:00"), {}],
    ["the next run", start("Mon 14:00"), { repeats: true }],
  ])("43: or when it begins anew, by %s", (_, begins, more) => {
    const marks = [begun, stop("Mon 12:00"), retarget("Mon 13:00", working(1, more)), begins];
    expect(read(working(5, more), marks, "Mon 14:30")).toMatchObject({ state: "running", due: on("Mon 15:00") });
    expect(read(working(5, more), marks, "Mon 14:30").earlier).toMatchObject([{ verdict: "on time" }]);
  });

  it("43: what a reopening does not bring back is what it was", () => {
    const ignores = (hours: number) => working(hours, { onReopen: "ignore" });
    const marks = [begun, stop("Mon 12:00"), reopen("Mon 13:00"), retarget("Mon 14:00", ignores(1))];
    expect(read(ignores(4), marks, "Mon 15:00")).toMatchObject({
      state: "stopped",
      verdict: "on time",
      due: on("Mon 14:00"),
    });
  });

  it("44: another version of the calendar holds from its instant on, for what is open", () => {
    const longer = office({ version: 2, week: workweek("09:00-19:00") });
    const marks = [start("Mon 14:00"), recalendar("Mon 16:00", longer)];
    expect(read(working(4), marks, "Mon 15:00").due).toBe(on("Tue 10:00"));
    expect(read(working(4), marks, "Mon 16:30")).toMatchObject({
      due: on("Mon 18:00"),
      wakeAt: on("Mon 18:00:00.001"),
    });
  });

  it("44: a breach under one version stays; one that another makes is of its instant", () => {
    const shorter = office({ version: 2, week: workweek("11:00-12:00") });
    const late = read(working(1), [begun, recalendar("Mon 14:00", shorter)], "Mon 15:00");
    expect(late).toMatchObject({ verdict: "late", breachedAt: on("Mon 11:00") });
    const made = read(working(7), [begun, recalendar("Mon 16:00", always())], "Mon 16:30");
    expect(made).toMatchObject({ verdict: null, due: on("Mon 17:00") });
    const now = read(working(8), [begun, recalendar("Tue 09:30", always())], "Tue 10:30");
    expect(now).toMatchObject({ verdict: "late", due: on("Mon 18:00"), breachedAt: on("Tue 09:30") });
  });

  it("44: what held for no time at all breaks nothing", () => {
    const target = elapsed(8);
    const twice = [begun, retarget("Mon 13:00", elapsed(1)), retarget("Mon 13:00", elapsed(8))];
    const readings = [twice, [twice[0]!, twice[2]!, twice[1]!]].map((marks) => read(target, marks, "Mon 14:00"));
    expect(readings[0]).toEqual(readings[1]);
    // The new hours alone would have made the old target late, which no longer held.
    const both = [start("Fri 16:00"), recalendar("Mon+1 10:00", always()), retarget("Mon+1 10:00", working(80))];
    expect(read(working(8), both, "Mon+1 11:00")).toMatchObject({ verdict: null, breachedAt: null });
  });

  it("45: an easier target does not undo a breach", () => {
    const reading = read(working(1), [begun, retarget("Mon 12:00", working(6))], "Mon 13:00");
    expect(reading).toMatchObject({
      verdict: "late",
      due: on("Mon 11:00"),
      breachedAt: on("Mon 11:00"),
      late: 2 * hour,
    });
    const stopped = read(working(1), [begun, retarget("Mon 12:00", working(6)), stop("Mon 13:00")], "Tue 10:00");
    expect(stopped.verdict).toBe("late");
  });

  it("45: a harder target may make a breach, of the moment of change", () => {
    const reading = read(working(6), [begun, retarget("Mon 13:00", working(1))], "Mon 14:00");
    expect(reading).toMatchObject({
      verdict: "late",
      due: on("Mon 11:00"),
      breachedAt: on("Mon 13:00"),
      late: 3 * hour,
    });
    expect(read(working(6), [begun, retarget("Mon 13:00", working(1))], "Mon 13:00").verdict).toBe("late");
    expect(read(working(6), [begun, retarget("Mon 13:00", working(1))], "Mon 12:59")).toMatchObject({ verdict: null });
    // Exactly used up is not too much.
    expect(read(working(6), [begun, retarget("Mon 13:00", working(3))], "Mon 13:00").verdict).toBeNull();
  });

  it("45: nor does one that it has not begun for, on the way to another", () => {
    const target = working(1, { levels: [percent("half", 50)] });
    const visit = retarget("Mon 12:00", working(6, { starts: "attached" }));
    const back = retarget("Mon 13:00", { ...target, within: { working: 6 * hour } });
    const late = { verdict: "late", breachedAt: on("Mon 11:00"), levels: [{ id: "half", at: on("Mon 10:30") }] };
    expect(read(target, [begun, visit], "Mon 12:30")).toMatchObject({ state: "waiting", ...late });
    expect(read(target, [begun, visit, back], "Mon 15:00")).toMatchObject({ state: "running", ...late });
  });

  it("45: late before and held to less, what it is late by counts from the due time that is told", () => {
    const reading = read(working(3), [begun, retarget("Mon 14:00", working(2))], "Mon 15:00");
    expect(reading).toMatchObject({ verdict: "late", breachedAt: on("Mon 13:00") });
    expect(reading.late).toBe(Date.parse(on("Mon 15:00")) - Date.parse(reading.due!));
  });
});
