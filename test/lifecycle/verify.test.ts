import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { complaint } from "../../src/complaint/model.js";
import { personal } from "../../src/kernel/personal.js";
import type { Token } from "../../src/kernel/token.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import { verifyLifecycle } from "../../src/lifecycle/verify.js";
import { corePlugin } from "../../src/rules/core.js";
import * as v from "./visit.js";
import { tokens, visit } from "./visit.js";

const told = (list: readonly Token[], kind = visit) =>
  verifyLifecycle(kind, list).map((f) => [f.code, f.subject, f.message]);
const plus = (...more: readonly Token[]) => [...tokens, ...more];
const grant = (...commands: readonly (typeof v.start)[]) => visit.permit("more", { commands: commands as never });
const without = (...ids: readonly string[]) => tokens.filter((t) => !ids.includes(t.id));
const open = { phase: "open", deadline: { days: 1 } } as const;

describe("a sound life", () => {
  it("has nothing to report, in any order", () => {
    expect(verifyLifecycle(visit, tokens)).toEqual([]);
    expect(verifyLifecycle(visit, [...tokens].reverse())).toEqual([]);
    expect(verifyLifecycle(complaint, corePlugin.tokens)).toEqual([]);
  });
});

describe("what is wrong with a life", () => {
  it("UNKNOWN_REFERENCE: something names what nobody defines", () => {
    const lost = visit.transition("lost", {
      from: { phase: "open" },
      to: "same",
      emits: [v.remarked],
      emit: () => v.remarked({ text: "" }),
    });
    const island = visit.state("island", open);
    const cry = visit.event("visit.cried", { v: 1, data: z.object({}) });
    const leave = visit.transition("leave", { from: [island], to: v.done });
    const arrive = visit.transition("arrive", { from: [v.planned], to: island, emits: [cry], emit: () => cry({}) });
    const late = visit.state("late", { ...open, then: island, emits: [cry] });
    const toLate = visit.transition("to_late", { from: [v.planned], to: late });
    expect(
      told(
        plus(
          visit.guard("g", { on: lost }),
          grant(lost as never),
          leave,
          arrive,
          late,
          toLate,
          visit.permit("p", { commands: [leave, arrive, toLate] }),
        ),
      ),
    ).toEqual([
      ["UNKNOWN_REFERENCE", "lost", '"g" names the transition "lost", which no installed plugin defines'],
      ["UNKNOWN_REFERENCE", "lost", '"more" names the transition "lost", which no installed plugin defines'],
      ["UNKNOWN_REFERENCE", "visit.cried", '"late" names the event "visit.cried", which no installed plugin defines'],
      ["UNKNOWN_REFERENCE", "island", '"late" names the state "island", which no installed plugin defines'],
      ["UNKNOWN_REFERENCE", "island", '"arrive" names the state "island", which no installed plugin defines'],
      ["UNKNOWN_REFERENCE", "visit.cried", '"arrive" names the event "visit.cried", which no installed plugin defines'],
      ["UNKNOWN_REFERENCE", "island", '"leave" names the state "island", which no installed plugin defines'],
      ["NEVER_POSSIBLE", "leave", 'no reachable state accepts "leave"'],
    ]);
  });

  it("UNKNOWN_REFERENCE: it begins in a state that nobody defines, and so nothing is reached", () => {
    const found = verifyLifecycle(visit, without("planned"));
    expect(found[0]).toEqual({
      code: "UNKNOWN_REFERENCE",
      token: visit,
      subject: "planned",
      message: '"visit" begins in "planned", which nobody defines',
    });
    expect(found.filter((f) => f.code === "UNREACHABLE_STATE").map((f) => f.subject)).toEqual([
      "done",
      "overdue",
      "parts",
      "under_way",
      "weather",
    ]);
  });

  it("UNREACHABLE_STATE: nothing leads to it; a phase does not make a state reachable by itself", () => {
    const island = visit.state("island", open);
    const stay = visit.transition("stay", { from: [island], to: island });
    expect(told(plus(island, stay, grant(stay as never)))).toEqual([
      ["UNREACHABLE_STATE", "island", 'nothing leads to "island"'],
      ["NEVER_POSSIBLE", "stay", 'no reachable state accepts "stay"'],
    ]);
  });

  it("DEAD_END: no closed state can be reached from it", () => {
    const pit = visit.state("pit", { phase: "open", deadline: { days: 1 } });
    const fall = visit.transition("fall", { from: [v.planned], to: pit });
    const list = plus(pit, fall, grant(fall as never)).filter(
      (t) => t.id !== "await_parts" && t.id !== "await_weather",
    );
    expect(told(list).filter(([code]) => code === "DEAD_END")).toEqual([
      ["DEAD_END", "pit", 'from "pit" no closed state can be reached'],
    ]);
  });

  it("DEAD_END: a return leads only where a pause can have been entered", () => {
    const pit = visit.state("pit", { phase: "open", deadline: { days: 1 } });
    const nap = visit.state("nap", { phase: "paused", deadline: { days: 1 }, then: "previous" });
    const fall = visit.transition("fall", { from: [v.planned], to: pit });
    const sleep = visit.transition("sleep", { from: [pit], to: nap });
    const list = plus(pit, nap, fall, sleep, grant(fall as never, sleep as never)).filter(
      (t) => !["await_parts", "await_weather", "parts", "weather", "go_on"].includes(t.id),
    );
    expect(told(list).filter(([code]) => code === "DEAD_END")).toEqual([
      ["DEAD_END", "nap", 'from "nap" no closed state can be reached'],
      ["DEAD_END", "pit", 'from "pit" no closed state can be reached'],
    ]);
  });

  it("NO_DEADLINE: an open or paused state that nothing reminds anybody of", () => {
    const still = visit.state("planned", { phase: "open" } as never);
    const nap = visit.state("weather", { phase: "paused" } as never);
    expect(told([...without("planned", "weather"), still, nap]).filter(([code]) => code === "NO_DEADLINE")).toEqual([
      ["NO_DEADLINE", "planned", '"planned" is open and nothing ever reminds anybody of it'],
      ["NO_DEADLINE", "weather", '"weather" is paused and nothing ever reminds anybody of it'],
    ]);
  });

  it.each<readonly [object, string]>([
    [{ deadline: { days: 0 } }, 'the deadline of "planned" must be above 0 and at most 100 years'],
    [{ deadline: { days: 36_526 } }, 'the deadline of "planned" must be above 0 and at most 100 years'],
    [
      { deadline: { days: 1 }, reminders: { every: { days: 0 }, times: 1 } },
      'the reminders of "planned" must come 1 to 100 times, at a span above 0',
    ],
    ...[0, 101, 1.5].map(
      (times) =>
        [
          { deadline: { days: 1 }, reminders: { every: { days: 1 }, times } },
          'the reminders of "planned" must come 1 to 100 times, at a span above 0',
        ] as const,
    ),
  ])("INVALID_DEADLINE: %j", (part, message) => {
    const planned = visit.state("planned", { phase: "open", ...part } as never);
    expect(told([...without("planned"), planned])).toContainEqual(["INVALID_DEADLINE", "planned", message]);
  });

  it("allows one to a hundred reminders", () => {
    for (const times of [1, 100]) {
      const planned = visit.state("planned", {
        phase: "open",
        deadline: { days: 1 },
        reminders: { every: { days: 1 }, times },
      });
      expect(told([...without("planned"), planned]).filter(([code]) => code === "INVALID_DEADLINE")).toEqual([]);
    }
  });

  it("DEADLINE_CYCLE: deadlines that lead into each other, and back through a pause", () => {
    const b: Token = visit.state("overdue", { phase: "open", deadline: { days: 1 }, then: v.underWay });
    expect(told([...without("overdue"), b]).filter(([code]) => code === "DEADLINE_CYCLE")).toEqual([
      ["DEADLINE_CYCLE", "overdue", "deadlines run in a circle: overdue → under_way → overdue"],
    ]);
    const c = visit.state("planned", { phase: "open", deadline: { days: 1 }, then: v.parts });
    expect(told([...without("planned"), c]).filter(([code]) => code === "DEADLINE_CYCLE")).toEqual([
      ["DEADLINE_CYCLE", "parts", "deadlines run in a circle: parts → planned → parts"],
    ]);
  });

  it("RETURN_WITHOUT_PAUSE: a deadline or a command that returns from what is not paused", () => {
    const planned = visit.state("planned", { phase: "open", deadline: { days: 1 }, then: "previous" });
    const back = visit.transition("back", { from: { phase: ["paused", "closed"] }, to: "previous" });
    const found = told([...without("planned"), planned, back, grant(back as never)]).filter(
      ([code]) => code === "RETURN_WITHOUT_PAUSE",
    );
    expect(found).toEqual([
      ["RETURN_WITHOUT_PAUSE", "planned", '"planned" returns when its deadline lapses, and is not paused'],
      ["RETURN_WITHOUT_PAUSE", "back", '"back" returns from a state that is not paused'],
    ]);
  });

  it("NOTHING_SAID: a command that neither moves nor speaks", () => {
    const mute = visit.transition("mute", { from: { phase: "open" }, to: "same" });
    expect(told(plus(mute, grant(mute as never)))).toEqual([
      ["NOTHING_SAID", "mute", '"mute" neither moves nor says anything'],
    ]);
  });

  it("BACKDATED_MOVE: what moved cannot be back-dated", () => {
    const yesterday = visit.transition("yesterday", { from: [v.planned], to: v.underWay, backdated: true });
    expect(told(plus(yesterday, grant(yesterday as never)))).toEqual([
      ["BACKDATED_MOVE", "yesterday", '"yesterday" moves the record, and what moved cannot be back-dated'],
    ]);
  });

  it("NOBODY_MAY: a command that no permit grants", () => {
    const secret = visit.transition("secret", { from: [v.planned], to: v.underWay });
    expect(told(plus(secret))).toEqual([["NOBODY_MAY", "secret", 'nobody is permitted to "secret"']]);
  });

  it("INVALID_INDEX: an index by what is not there, or by what is personal", () => {
    const kind = recordKind("visit", {
      revision: 1,
      initial: "planned",
      schema: z.object({ customer: z.string(), remarks: z.int(), hours: z.int(), words: personal(z.string()) }),
      indexes: ["words", "colour" as never, "customer"],
    });
    expect(told([kind, ...without("visit")], kind as never)).toEqual([
      ["INVALID_INDEX", "words", '"visit" cannot be indexed by the personal field "words"'],
      ["INVALID_INDEX", "colour", '"visit" is indexed by "colour", which it does not have'],
    ]);
  });

  it("looks at the tokens of its own kind only", () => {
    const call = recordKind("call", { revision: 1, initial: "made", schema: z.object({}) });
    const pit = call.state("pit", { phase: "open" } as never);
    expect(verifyLifecycle(visit, plus(call, pit))).toEqual([]);
  });
});
