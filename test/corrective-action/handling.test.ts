import { describe, expect, it } from "vitest";
import * as clocks from "../../src/corrective-action/clocks.js";
import * as commands from "../../src/corrective-action/commands.js";
import * as events from "../../src/corrective-action/events.js";
import { correctiveAction, correctiveActionTokens } from "../../src/corrective-action/index.js";
import * as permits from "../../src/corrective-action/permits.js";
import * as states from "../../src/corrective-action/states.js";
import { isErased } from "../../src/kernel/personal.js";
import { unwrap } from "../../src/kernel/result.js";
import { verifyLifecycle } from "../../src/lifecycle/verify.js";
import { diagnose } from "../../src/plugin/diagnose.js";
import { corePlugin } from "../../src/rules/index.js";
import { ann, carl, context, fold, max, noon, refused, robot, stored } from "../given.js";
import { analysis, bea, type Capa, day, doors, goal, opening, planned, rules, story, upTo } from "./given.js";

describe("its tokens", () => {
  it("are all there, and nothing is wrong with its life", () => {
    const all = [states, events, commands, permits, clocks].flatMap((module) => Object.values(module));
    expect(new Set(correctiveActionTokens)).toEqual(new Set([correctiveAction, ...all]));
    expect(correctiveActionTokens.length).toBe(new Set(correctiveActionTokens).size);
    expect(verifyLifecycle(correctiveAction, correctiveActionTokens)).toEqual([]);
    expect(diagnose(corePlugin, [])).toEqual([]);
    expect(rules.of(correctiveAction)).toBe(doors);
  });
});

describe("from the problem to its proven end", () => {
  it("protects, analyses, plans, verifies, implements, observes and closes", () => {
    const told = story({ ownerId: "ann", department: "assembly" });
    expect(told.record).toMatchObject({ state: "containing", ...opening, ownerId: "ann", department: "assembly" });
    told
      .does("plan_action", planned("sort", { kind: "containment", what: "Look at every fridge", dueAt: day(1) }))
      .on(1)
      .does("contain", { what: "Every fridge is looked at before it leaves" });
    expect(told.record.actions).toMatchObject([{ id: "sort", plannedBy: "ann", done: { by: "ann", at: day(1) } }]);
    told.on(2).does("analyse", analysis);
    told
      .on(3)
      .does("plan_action", planned("heat"))
      .does("plan_action", planned("test", { kind: "preventive" }));
    told.does("submit", goal).on(4).does("verify", { method: "A week in a heated hall" }, bea);
    expect(told.record).toMatchObject({
      state: "implementing",
      ...analysis,
      goal,
      submittedBy: "ann",
      verification: { by: "bea", at: day(4), method: "A week in a heated hall" },
      dueAt: day(20),
    });
    told.on(10).does("complete", { id: "heat" });
    expect(told.denied("implement")).toEqual(["DENIED", "ACTIONS_OPEN"]);
    told.on(12).does("complete", { id: "test" }, bea).on(15).does("implement");
    expect(told.record).toMatchObject({ state: "observing", implementedAt: day(12), checkAt: day(42) });
    expect(told.record.actions.map((a) => a.done)).toEqual([
      { by: "ann", at: day(1) },
      { by: "ann", at: day(10) },
      { by: "bea", at: day(12) },
    ]);
    told.on(42).does("pass_check", { later: ["c-9"] }, bea);
    expect(told.record).toMatchObject({
      state: "closed",
      round: 1,
      check: { by: "bea", at: day(42), later: ["c-9"], effective: true },
    });
    expect(doors.phase(told.record)).toBe("closed");
    expect(fold(doors, stored(told.events))).toStrictEqual(told.record);
  });

  it("knows its cause and owner from the beginning, or not yet", () => {
    const { record } = story({ cause: "cold_seal", escape: null });
    expect([record.cause, record.escape, record.ownerId, record.department]).toEqual(["cold_seal", null, null, null]);
    const told = upTo("analysing", story({ escape: "no_final_test" }));
    const { whys, cause } = analysis;
    expect(told.does("analyse", { whys, cause }).record).toMatchObject({ cause, escape: "no_final_test" });
    expect(told.does("analyse", { whys, cause: "draught", escape: null }).record).toMatchObject({
      state: "planning",
      cause: "draught",
      escape: null,
    });
  });
});

describe("before the cause is known", () => {
  it("only containment can be planned, and containing does it", () => {
    const told = story();
    for (const kind of ["corrective", "preventive"])
      expect(told.denied("plan_action", planned("heat", { kind }))).toEqual(["DENIED", "ANALYSE_FIRST"]);
    told.does("plan_action", planned("stop", { kind: "containment" }));
    told.does("plan_action", planned("sort", { kind: "containment" })).does("drop_action", { id: "stop" });
    expect(told.denied("drop_action", { id: "stop" })).toEqual(["DENIED", "UNKNOWN_ACTION"]);
    expect(told.denied("plan_action", planned("sort", { kind: "containment" }))).toEqual(["DENIED", "ALREADY_PLANNED"]);
    told.on(1).does("contain", { what: "Nothing leaves unseen" });
    expect(told.record.containment).toEqual({ what: "Nothing leaves unseen", by: "ann", at: day(1) });
    expect(told.record.actions.map((a) => [a.id, a.done?.at])).toEqual([["sort", day(1)]]);
  });

  it("nothing is verified, implemented or closed", () => {
    const told = story();
    for (const type of ["submit", "verify", "complete", "implement", "pass_check", "fail_check"])
      expect([type, ...told.denied(type, { ...goal, method: "x", id: "x", later: [] })]).toEqual([type, "WRONG_STATE"]);
  });
});

describe("a plan", () => {
  it("holds something that removes or prevents, and not only containment", () => {
    const told = upTo("planning");
    expect(told.denied("submit", goal)).toEqual(["DENIED", "NOTHING_PLANNED"]);
    told.does("plan_action", planned("sort", { kind: "containment" }));
    expect(told.denied("submit", goal)).toEqual(["DENIED", "NOTHING_PLANNED"]);
    expect(told.does("plan_action", planned("test", { kind: "preventive" })).does("submit", goal).record.state).toBe(
      "verifying",
    );
  });

  it("is verified by somebody who has planned nothing of it", () => {
    const told = upTo("planning");
    told.does("plan_action", planned("heat")).does("plan_action", planned("test"), max).does("submit", goal, bea);
    const method = { method: "Tried it" };
    for (const planner of [ann, max, bea])
      expect(told.denied("verify", method, planner)).toEqual(["DENIED", "SAME_PERSON"]);
    const shown = doors.available(told.record, context(day(3), ann)).find((a) => a.command === "verify");
    expect(shown).toMatchObject({ allowed: false, denials: [{ code: "SAME_PERSON" }] });
    expect(told.does("verify", method, { kind: "staff", id: "joe" }).record.verification?.by).toBe("joe");
  });

  it("may be verified by who planned what is done already, or what was dropped", () => {
    const told = story().does("plan_action", planned("sort", { kind: "containment" }), bea);
    upTo("planning", told).does("plan_action", planned("cool"), bea).does("drop_action", { id: "cool" });
    expect(
      told.does("plan_action", planned("heat")).does("submit", goal).does("verify", { method: "x" }, bea).record.state,
    ).toBe("implementing");
  });

  it("that does not hold goes back, and is verified anew when it has been changed", () => {
    const told = upTo("verifying").does("replan", { reason: "Heating alone takes too long" }, bea);
    expect(told.record).toMatchObject({ state: "planning", round: 1, goal: null, submittedBy: null });
    told
      .does("plan_action", planned("fan", { dueAt: day(9) }))
      .does("submit", goal)
      .does("verify", { method: "x" }, bea);
    told.on(8).does("complete", { id: "fan" }).does("replan", { reason: "The fan is too loud" });
    expect(told.record).toMatchObject({ state: "planning", verification: null, dueAt: null, round: 1 });
    expect(told.record.actions.map((a) => [a.id, a.done === null])).toEqual([
      ["heat", true],
      ["fan", false],
    ]);
    expect(told.denied("drop_action", { id: "fan" })).toEqual(["DENIED", "ALREADY_DONE"]);
    expect(told.does("submit", goal).denied("verify", { method: "x" })).toEqual(["DENIED", "SAME_PERSON"]);
  });

  it("goes back as far as the analysis, which begins the next round", () => {
    const roads = { planning: 1, verifying: 1, implementing: 1, observing: 0 };
    for (const [state, left] of Object.entries(roads)) {
      const told = upTo(state);
      if (state === "planning") told.does("plan_action", planned("heat"));
      const { record } = told.does("reanalyse", { reason: "It tears in summer too" });
      expect([state, record.state, record.round, record.actions.length]).toEqual([state, "analysing", 2, left]);
      expect(record).toMatchObject({ goal: null, verification: null, dueAt: null, implementedAt: null, checkAt: null });
      expect(record).toMatchObject({ cause: analysis.cause, whys: analysis.whys, containment: { by: "ann" } });
    }
  });
});

describe("implementing", () => {
  it("tells of each due date at its own time, and of what stays overdue each week", () => {
    const told = upTo("planning");
    for (const [id, due] of [
      ["b", 15],
      ["a", 10],
      ["c", 15],
    ] as const)
      told.does("plan_action", planned(id, { dueAt: day(due) }));
    told.does("submit", goal).on(4).does("verify", { method: "x" }, bea);
    const lapses = () => told.said().flatMap(([type, on]) => (type === "lapsed" ? [on] : []));
    told.on(18).swept();
    expect(lapses()).toEqual([10, 17]);
    told.does("complete", { id: "a" });
    expect(told.record.dueAt).toBe(day(15));
    // Of what is left, the next is overdue already: that is told at once.
    expect(told.swept().record.stay.lapses).toBe(1);
    expect(lapses()).toEqual([10, 17, 18]);
    told.on(19).does("complete", { id: "b" }).does("complete", { id: "c" });
    expect(lapses()).toEqual([10, 17, 18, 19]);
    // A week is left to say that everything is implemented.
    expect(told.record.dueAt).toBe(day(26));
    told.on(27).swept();
    expect(lapses()).toEqual([10, 17, 18, 19, 26]);
  });

  it("asks for each action by its id, once", () => {
    const told = upTo("implementing");
    expect(told.denied("complete", { id: "gone" })).toEqual(["DENIED", "UNKNOWN_ACTION"]);
    expect(told.does("complete", { id: "heat" }).denied("complete", { id: "heat" })).toEqual([
      "DENIED",
      "ALREADY_DONE",
    ]);
  });
});

describe("the check of effectiveness", () => {
  it("waits for the end of the observation, to the millisecond, and is told to be due then", () => {
    const told = upTo("observing");
    const early = (at: string) =>
      doors.decide(told.record, { type: "pass_check", input: { later: [] } }, context(at, ann));
    expect(refused(early("2026-04-11T11:59:59.999Z"))).toEqual({
      code: "DENIED",
      denials: [{ code: "TOO_EARLY_TO_CHECK" }],
    });
    expect(told.record.checkAt).toBe("2026-04-11T12:00:00.000Z");
    expect(unwrap(early("2026-04-11T12:00:00.000Z")).next.state).toBe("closed");
    expect(told.on(39).denied("fail_check", { later: ["c-8", "c-9"] })).toEqual(["DENIED", "TOO_EARLY_TO_CHECK"]);
    const late = told.on(48).swept().said();
    expect(late.filter(([type]) => type === "lapsed")).toEqual([
      ["lapsed", 40],
      ["lapsed", 47],
    ]);
  });

  it("is passed with as many as allowed, and failed with one more: never as one likes", () => {
    const told = upTo("observing").on(40);
    expect(told.denied("pass_check", { later: ["c-8", "c-9"] })).toEqual(["DENIED", "NOT_EFFECTIVE"]);
    expect(told.denied("fail_check", { later: ["c-9"] })).toEqual(["DENIED", "EFFECTIVE"]);
    expect(told.denied("pass_check", { later: ["c-9", "c-9"] })).toEqual(["INVALID_INPUT"]);
    expect(
      upTo("observing")
        .on(40)
        .does("pass_check", { later: ["c-9"] }).record.state,
    ).toBe("closed");
  });

  it("that is failed leads back to the root cause, as often as it takes", () => {
    const told = upTo("observing")
      .on(40)
      .does("fail_check", { later: ["c-8", "c-9"] });
    expect(told.record).toMatchObject({
      state: "analysing",
      round: 2,
      check: { effective: false, later: ["c-8", "c-9"] },
      verification: null,
      goal: null,
      actions: [],
    });
    told.does("analyse", { ...analysis, cause: "soft_seal" }).does("plan_action", planned("buy", { dueAt: day(50) }));
    told.does("submit", { days: 10, allowed: 0 }).does("verify", { method: "Pull test" }, bea);
    told
      .on(50)
      .does("complete", { id: "buy" })
      .does("implement")
      .on(60)
      .does("fail_check", { later: ["c-10"] });
    expect([told.record.state, told.record.round]).toEqual(["analysing", 3]);
    expect(told.denied("pass_check", { later: [] })).toEqual(["WRONG_STATE"]);
  });
});

describe("what comes back, or is given up", () => {
  it("is reopened at containment: customers are protected first", () => {
    const told = upTo("closed").on(90).does("reopen", { reason: "Three more since June" }, robot);
    expect(told.record).toMatchObject({ state: "containing", round: 2, containment: null, check: null, actions: [] });
    expect(told.record).toMatchObject({ cause: analysis.cause, complaintIds: opening.complaintIds });
    expect(told.denied("verify", { method: "x" })).toEqual(["WRONG_STATE"]);
  });

  it("is cancelled by a manager, with a reason", () => {
    const told = upTo("planning").does("plan_action", planned("heat"));
    expect(told.denied("cancel", { reason: "Too dear" })).toEqual(["NOT_PERMITTED"]);
    expect(told.denied("cancel", {}, max)).toEqual(["INVALID_INPUT"]);
    expect(told.does("cancel", { reason: "The model is sold out" }, max).record.state).toBe("cancelled");
    // What was planned and never done is still in the plan of the next round: containing it does not do it.
    told.does("reopen", { reason: "One was left" }).does("contain", { what: "Nothing leaves" });
    expect(told.record.actions).toMatchObject([{ id: "heat", done: null }]);
  });
});

describe("whose it is", () => {
  it("one person's at any time: assigned, then handed over", () => {
    const told = story();
    expect(told.denied("hand_over", { to: "bea", reason: "x" })).toEqual(["DENIED", "NO_OWNER"]);
    told.does("assign", { ownerId: "ann", department: "assembly" });
    expect(told.denied("assign", { ownerId: "bea" })).toEqual(["DENIED", "HAS_OWNER"]);
    expect(told.denied("hand_over", { to: "ann", reason: "x" })).toEqual(["DENIED", "SAME_OWNER"]);
    told.does("hand_over", { to: "bea", reason: "She knows the line" });
    expect(told.record).toMatchObject({ ownerId: "bea", department: "assembly", tally: { handovers: 1 } });
    told.does("hand_over", { to: "joe", department: "purchase", reason: "It is the seal" });
    expect(told.record).toMatchObject({ ownerId: "joe", department: "purchase", tally: { handovers: 2 } });
  });

  it("goes up three levels and is remarked on", () => {
    const told = story().does("escalate", { reason: "a" }).does("escalate", { reason: "b" }, robot);
    expect(told.denied("escalate", { reason: "c" })).toEqual(["DENIED", "TOP_LEVEL"]);
    const dated = doors.decide(
      told.does("note", { text: "x" }).record,
      { type: "note", input: { text: "Heard on Friday" }, at: day(-3) },
      context(noon),
    );
    expect(unwrap(dated).next).toMatchObject({ level: 3, tally: { notes: 2 } });
  });

  it("is opened by staff and software, and no customer's to touch", () => {
    for (const actor of [ann, robot])
      expect(doors.open({ id: "a", input: opening }, context(noon, actor)).ok).toBe(true);
    expect(refused(doors.open({ id: "a", input: opening }, context(noon, carl))).code).toBe("NOT_PERMITTED");
    for (const state of ["containing", "observing", "closed"])
      expect(doors.available(upTo(state).record, context(day(99), carl))).toEqual([]);
    const byRobot = doors.available(upTo("verifying").record, context(day(3), robot)).map((a) => a.command);
    expect(byRobot).toEqual(["assign", "escalate", "link", "note"]);
  });
});

describe("the complaints that it answers", () => {
  it("are linked and unlinked, also when it is closed, and never none", () => {
    const told = upTo("closed").does("link", { complaintId: "c-3" }, robot);
    expect(told.denied("link", { complaintId: "c-3" })).toEqual(["DENIED", "ALREADY_LINKED"]);
    expect(told.denied("unlink", { complaintId: "c-4" })).toEqual(["DENIED", "UNKNOWN_COMPLAINT"]);
    told.does("unlink", { complaintId: "c-1" }).does("unlink", { complaintId: "c-3" });
    expect(told.record.complaintIds).toEqual(["c-2"]);
    expect(told.denied("unlink", { complaintId: "c-2" })).toEqual(["DENIED", "LAST_COMPLAINT"]);
    expect(told.denied("unlink", { complaintId: "c-4" })).toEqual(["DENIED", "LAST_COMPLAINT", "UNKNOWN_COMPLAINT"]);
  });
});

describe("lists", () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => `c-${i}`);
  const open = (input: object) => doors.open({ id: "a", input: { ...opening, ...input } }, context());

  it("have an end, and a code that says so", () => {
    expect(open({ complaintIds: many(100) }).ok).toBe(true);
    for (const complaintIds of [[], many(101), ["c-1", "c-1"], [""]])
      expect(refused(open({ complaintIds })).code).toBe("INVALID_INPUT");
    const full = story({ complaintIds: many(100) });
    expect(full.denied("link", { complaintId: "c-200" })).toEqual(["DENIED", "TOO_MANY_COMPLAINTS"]);
    const told = upTo("planning");
    for (let n = 0; n < 50; n++) told.does("plan_action", planned(`x-${n}`));
    expect(told.denied("plan_action", planned("one more"))).toEqual(["DENIED", "TOO_MANY_ACTIONS"]);
    expect(unwrap(doors.revive(stored(told.record)))).toStrictEqual(told.record);
    expect(told.denied("plan_action", planned("x-1"))).toEqual(["DENIED", "TOO_MANY_ACTIONS", "ALREADY_PLANNED"]);
  });

  it.each([
    ["analysing", "analyse", { ...analysis, whys: [] }],
    ["analysing", "analyse", { ...analysis, whys: many(11) }],
    ["analysing", "analyse", { whys: ["why"] }],
    ["planning", "plan_action", planned("a", { kind: "wish" })],
    ["planning", "plan_action", planned("a", { dueAt: "2026-03-30" })],
    ["planning", "submit", { days: 0, allowed: 1 }],
    ["planning", "submit", { days: 3651, allowed: 1 }],
    ["planning", "submit", { days: 1.5, allowed: 1 }],
    ["planning", "submit", { days: 30, allowed: -1 }],
    ["planning", "submit", { days: 30, allowed: 101 }],
    ["observing", "fail_check", { later: many(1001) }],
  ])("and numbers a range: in %s, %s %j is refused", (state, type, input) => {
    expect(upTo(state).on(40).denied(type, input)).toEqual(["INVALID_INPUT"]);
  });

  it("take what is at their ends", () => {
    expect(upTo("analysing").does("analyse", { ...analysis, whys: many(10) }).record.whys).toHaveLength(10);
    const told = upTo("planning").does("plan_action", planned("a")).does("submit", { days: 3650, allowed: 100 });
    told.does("verify", { method: "x" }, bea).does("complete", { id: "a" }).does("implement");
    expect(told.record.checkAt).toBe(day(3652));
    expect(told.on(3652).denied("pass_check", { later: many(101) })).toEqual(["DENIED", "NOT_EFFECTIVE"]);
    expect(told.does("fail_check", { later: many(1000) }).record.check?.later).toHaveLength(1000);
  });
});

describe("the end of the calendar", () => {
  it("is not overstepped by what is due then", () => {
    const [told, late] = [upTo("implementing"), "9999-12-31T00:00:00.000Z"];
    const done = unwrap(doors.decide(told.record, { type: "complete", input: { id: "heat" } }, context(late)));
    expect(done.next).toMatchObject({ dueAt: "9999-12-31T23:59:59.999Z" });
    const { next } = unwrap(doors.decide(done.next, { type: "implement" }, context(late)));
    expect(next).toMatchObject({ state: "observing", checkAt: "9999-12-31T23:59:59.999Z" });
  });
});

describe("its texts", () => {
  it("may be erased, and every rule takes that as a value", () => {
    const gone = { erased: true };
    const told = story({ problem: gone });
    told.does("plan_action", planned("sort", { kind: "containment", what: gone })).does("contain", { what: gone });
    told.does("analyse", { ...analysis, whys: [gone, "why"] }).does("plan_action", planned("heat", { what: gone }));
    told.does("submit", goal).does("verify", { method: gone }, bea).does("complete", { id: "heat" }).does("implement");
    const { problem, whys, containment, verification } = told.record as Capa;
    expect([problem, whys[0], containment?.what, verification?.method].every(isErased)).toBe(true);
    expect(fold(doors, stored(told.events))).toStrictEqual(told.record);
    // It is no customer's record, so nobody's key seals them.
    expect(doors.personalInRecord(upTo("observing").record)).toEqual([]);
    expect(doors.owner(told.record)).toBeUndefined();
  });
});
