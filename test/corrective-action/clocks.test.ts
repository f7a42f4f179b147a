import { describe, expect, it } from "vitest";
import { deadlines } from "../../src/lifecycle/deadlines.js";
import { serviceLevels, type TargetRow } from "../../src/sla/index.js";
import { max, noon } from "../given.js";
import { bea, day, doors, goal, planned, rules, type Story, story, upTo } from "./given.js";

const brief = (told: Story, id: string) => {
  const { state, startedAt, stoppedAt, due, verdict } = told.clock(id);
  return { state, startedAt, stoppedAt, due, verdict };
};
const promising = (rows: readonly TargetRow[]) =>
  serviceLevels.version({ id: "house", version: 1, from: noon, body: { targets: { "corrective-action": rows } } });

describe("where the house has promised nothing of its own", () => {
  it("customers are protected within a day, or it goes up", () => {
    const told = story();
    expect(brief(told, "containment")).toMatchObject({ state: "running", startedAt: noon, due: day(1) });
    expect(upTo("analysing", story()).clock("containment")).toMatchObject({ state: "stopped", verdict: "on time" });
    told.on(2).does("contain", { what: "x" });
    expect(told.said()).toEqual([
      ["opened", 0],
      ["breached", 1],
      ["escalated", 1],
      ["contained", 2],
    ]);
    expect(told.record.level).toBe(2);
    expect(brief(told, "containment")).toMatchObject({ state: "stopped", stoppedAt: day(2), verdict: "late" });
  });

  it("a verified plan is implemented within thirty days: near at 24, and anew when it is verified anew", () => {
    const told = upTo("verifying");
    expect(told.clock("implementation").state).toBe("waiting");
    told.on(4).does("verify", { method: "x" }, bea);
    expect(brief(told, "implementation")).toMatchObject({ startedAt: day(4), due: day(34) });
    told.on(30).swept();
    expect(told.events.at(-1)).toMatchObject({
      type: "corrective-action.warned",
      at: day(28),
      data: { clock: "implementation", level: "near", due: day(34) },
    });
    told.does("replan", { reason: "x" });
    expect(brief(told, "implementation")).toMatchObject({ state: "stopped", stoppedAt: day(30) });
    told.does("submit", goal).on(31).does("verify", { method: "y" }, bea);
    expect(brief(told, "implementation")).toMatchObject({ state: "running", startedAt: day(31), due: day(61) });
    told.on(61).does("complete", { id: "heat" }).does("implement");
    expect(brief(told, "implementation")).toMatchObject({ state: "stopped", verdict: "on time" });
    expect(told.record.level).toBe(1);
  });

  it("the effect is checked within two weeks of the end of the observation, however long that was", () => {
    const told = upTo("observing").on(39);
    expect(told.clock("effectiveness").state).toBe("waiting");
    told.on(41);
    expect(brief(told, "effectiveness")).toMatchObject({ state: "running", startedAt: day(40), due: day(54) });
    told.on(60).does("pass_check", { later: [] });
    // Being told of again each week begins nothing.
    expect(told.record.clocks?.["effectiveness"]).toMatchObject({ run: 1, later: [] });
    expect(told.said().slice(-6)).toEqual([
      ["lapsed", 40],
      ["lapsed", 47],
      ["lapsed", 54],
      ["breached", 54],
      ["escalated", 54],
      ["checked", 60],
    ]);
    expect(brief(told, "effectiveness")).toMatchObject({ state: "stopped", verdict: "late" });
  });

  it("stops what runs when it is cancelled, and protects anew when it is reopened", () => {
    const told = story().does("cancel", { reason: "x" }, max);
    expect(brief(told, "containment")).toMatchObject({ state: "stopped", stoppedAt: noon });
    told.on(9).does("reopen", { reason: "x" });
    expect(brief(told, "containment")).toMatchObject({ state: "running", startedAt: day(9), due: day(10) });
    expect(told.said().map(([type]) => type)).toEqual(["opened", "cancelled", "reopened"]);
  });

  it("counts the rounds of each check for itself", () => {
    const told = upTo("observing")
      .on(40)
      .does("fail_check", { later: ["c-8", "c-9"] });
    expect(brief(told, "effectiveness")).toMatchObject({ state: "stopped", stoppedAt: day(40), verdict: "on time" });
    told.does("analyse", { whys: ["w"], cause: "x" }).does("plan_action", planned("buy", { dueAt: day(45) }));
    told.does("submit", { days: 5, allowed: 0 }).does("verify", { method: "x" }, bea);
    told.on(41).does("complete", { id: "buy" }).does("implement").on(47);
    expect(brief(told, "effectiveness")).toMatchObject({ state: "running", startedAt: day(46), due: day(60) });
    told.does("reanalyse", { reason: "It tears again" });
    expect(brief(told, "effectiveness")).toMatchObject({ state: "stopped", stoppedAt: day(47) });
  });
});

describe("where the house promises", () => {
  it("is held to its targets, by level and department", () => {
    const rows: readonly TargetRow[] = [
      { clock: "containment", within: { elapsed: { hours: 4 } }, when: { department: "safety" } },
      { clock: "containment", within: { elapsed: { hours: 8 } } },
    ];
    const due = (input: object) => story(input, [promising(rows)]).clock("containment").due;
    expect([due({ department: "safety" }), due({})]).toEqual(["2026-03-02T16:00:00.000Z", "2026-03-02T20:00:00.000Z"]);
    expect(rules.readPolicy(promising(rows)).ok).toBe(true);
  });

  it("lets it rest for less", () => {
    const body = { "corrective-action": { analysing: { days: 2 } } };
    const strict = deadlines.version({ id: "d", version: 1, from: noon, body });
    const told = upTo("analysing", story({}, [strict]))
      .on(4)
      .swept();
    expect(told.said().at(-1)).toEqual(["lapsed", 3]);
  });
});

it("is told of each week that nothing is done about it, for most of two years", () => {
  for (const state of ["analysing", "planning", "verifying"]) {
    const told = upTo(state).on(2000).swept();
    expect([
      told.record.stay.lapses,
      doors.wakeAt(told.record, { inForce: () => undefined, byHash: () => undefined }),
    ]).toEqual([101, null]);
  }
});
