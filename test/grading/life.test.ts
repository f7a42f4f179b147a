import { createServiceDesk, definePlugin, labelCatalogue, measure, memoryStore } from "clientele";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { gradingLabels } from "../../src/grading/index.js";
import type { Policy } from "../../src/kernel/policy.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { coreLabels, createServiceRules } from "../../src/rules/index.js";
import { ann, boss, day, stage, stageOf, start } from "../desk/stage.js";
import { context, fold, noon, refused, robot } from "../given.js";
import { body, policy, stale } from "./policies.js";

const doors = createServiceRules().grading as unknown as Doors;
const facts = (frequency: number, more: object = {}) =>
  ({ type: "record_facts", input: { facts: { frequency, ...more }, source: "shop" } }) as const;
type Desk = ReturnType<typeof stage>["desk"];
const feed = (desk: Desk, frequency: number, more: object = {}) =>
  desk.customers.execute({ id: "c-7", command: facts(frequency, more), actor: robot });
const graded = async (desk: Desk) => unwrap(await desk.grading.get("c-7"));

async function begun(...policies: readonly Policy[]) {
  const on = stage();
  for (const p of policies) unwrap(await on.desk.policies.adopt(p));
  unwrap(await on.desk.customers.open({ id: "c-7", input: { name: "Ann Lee" }, actor: ann }));
  return on;
}

describe("on every new fact", () => {
  it("a customer is graded in the same unit of work", async () => {
    const { desk } = await begun(policy());
    const { events } = unwrap(await feed(desk, 10, { recency: "2026-01-05" }));
    expect(events).toHaveLength(3);
    expect(await graded(desk)).toMatchObject({
      id: "c-7",
      state: "graded",
      grade: "A",
      natural: { score: 100e6, coverage: 1e6, policy: policy().hash },
    });
    const { items } = unwrap(await desk.grading.timeline("c-7"));
    expect(items.map((e) => [e.type, e.actor.id, e.recordedAt, e.correlation])).toEqual([
      ["grading.opened", "regrade", start, events[0]],
      ["grading.graded", "regrade", start, events[0]],
    ]);
    unwrap(await feed(desk, 5));
    expect(await graded(desk)).toMatchObject({ grade: "B", natural: { score: 70e6 }, version: 3 });
    expect(fold(doors, unwrap(await desk.grading.timeline("c-7")).items)).toEqual(await graded(desk));
  });

  it("a late fact that changes nothing known gives the same grade again", async () => {
    const { desk, clock } = await begun(policy());
    clock.forward(10 * day);
    unwrap(await feed(desk, 10));
    const before = (await graded(desk)).natural;
    unwrap(await desk.customers.execute({ id: "c-7", command: facts(1), at: start, actor: robot }));
    expect((await graded(desk)).natural).toEqual(before);
  });

  it("without a policy there is no grade, and the fact is taken all the same", async () => {
    const { desk } = await begun();
    expect(unwrap(await feed(desk, 10)).events).toHaveLength(1);
    expect(refused(await desk.grading.get("c-7")).code).toBe("NOT_FOUND");
    unwrap(await desk.policies.adopt(policy({}, 1, "2026-01-06T00:00:00.000Z")));
    expect(unwrap(await feed(desk, 9)).events).toHaveLength(1);
  });

  it("a customer whose grading has ended goes on telling facts, and begins again with the grade of today", async () => {
    const { desk } = await begun(policy());
    unwrap(await feed(desk, 10));
    unwrap(await desk.grading.execute({ id: "c-7", command: { type: "end" }, actor: ann }));
    expect((await feed(desk, 1)).ok).toBe(true);
    expect(await graded(desk)).toMatchObject({ state: "ended", grade: "C" });
    unwrap(await desk.grading.execute({ id: "c-7", command: { type: "begin" }, actor: ann }));
    expect(await graded(desk)).toMatchObject({ state: "graded", grade: "C" });
  });

  it("a fact of another currency is not weighed, and shows in the coverage", async () => {
    const weighing = policy({
      currency: "EUR",
      criteria: [
        ...body.criteria,
        { id: "worth", fact: "revenue", measure: "linear@1", args: { none: 0, full: 1000 }, weight: 100 },
      ],
    });
    const { desk } = await begun(weighing);
    unwrap(await feed(desk, 10, { recency: "2026-01-05", revenue: { amount: 0, currency: "EUR" } }));
    expect((await graded(desk)).natural).toMatchObject({ score: 100e6, coverage: 1e6 });
    unwrap(await feed(desk, 10, { revenue: { amount: 999_999, currency: "JPY" } }));
    expect((await graded(desk)).natural).toMatchObject({ score: 200e6, coverage: 500_000 });
  });
});

describe("a policy that does not fit what is installed", () => {
  const attempt = (p: Policy) =>
    refused(
      doors.decide(
        unwrap(doors.open({ id: "c", input: { customerId: "c" } }, context())).next,
        { type: "grade", input: { facts: { frequency: 1 } } },
        context(noon, robot, [p]),
      ),
    );

  it("is told as such: another revision, something gone, money of no currency", () => {
    for (const [row, detail] of [
      [{ measure: "linear@2" }, "OTHER_REVISION"],
      [{ measure: "acme.gone@1" }, "UNKNOWN_REFERENCE"],
      [{ fact: "acme.gone" }, "UNKNOWN_REFERENCE"],
      [{ fact: "revenue" }, "currency"],
    ] as const)
      expect(attempt(stale(row))).toEqual({
        code: "DENIED",
        denials: [{ code: "GRADING_POLICY_UNUSABLE", message: expect.stringContaining(detail) }],
      });
    expect(
      refused(
        doors.decide(
          unwrap(doors.open({ id: "c", input: { customerId: "c" } }, context())).next,
          { type: "grade", input: { facts: {} } },
          context(noon, robot),
        ),
      ),
    ).toMatchObject({
      denials: [{ code: "NO_GRADING_POLICY" }],
    });
  });

  it("whose arguments its measure does not take says where", () => {
    expect(attempt(stale({ args: { none: 5, full: 5 } }))).toEqual({
      code: "DENIED",
      denials: [{ code: "GRADING_POLICY_UNUSABLE", message: expect.stringContaining("orders.args") }],
    });
  });

  it("cannot be adopted: another revision, arguments that do not fit", async () => {
    const { desk } = stage();
    const adopted = async (row: object) => refused(await desk.policies.adopt(stale(row)));
    expect(await adopted({ measure: "linear@2" })).toEqual({ code: "OTHER_REVISION", subject: "linear@2" });
    expect(await adopted({ args: { none: 5, full: 5 } })).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("since its measure has changed refuses the fact whose grade it would be: no older policy steps in for it", async () => {
    const even = (revision: number) =>
      definePlugin({
        id: "acme",
        tokens: [measure("acme.even", { revision, args: z.object({}), score: () => () => 0 })],
      });
    const store = memoryStore();
    const deskOf = (revision: number) =>
      createServiceDesk({ store, clock: () => start, rules: createServiceRules({ plugins: [even(revision)] }) });
    const before = deskOf(1);
    unwrap(await before.policies.adopt(policy()));
    unwrap(await before.policies.adopt(stale({ measure: "acme.even@1", args: {} }, {}, 2)));
    unwrap(await before.customers.open({ id: "c-7", input: {}, actor: ann }));
    const after = deskOf(2);
    expect(refused(await after.customers.execute({ id: "c-7", command: facts(10), actor: robot }))).toMatchObject({
      code: "REACTION_REFUSED",
      reaction: "regrade",
      because: { code: "DENIED", denials: [{ code: "GRADING_POLICY_UNUSABLE" }] },
    });
    expect(unwrap(await after.customers.get("c-7")).facts).toEqual({});
    expect(refused(await after.grading.get("c-7")).code).toBe("NOT_FOUND");
  });

  it("is not made up for by a measure that marks what is no mark", async () => {
    const broken = measure("acme.broken", { revision: 1, args: z.object({}), score: () => () => 0.5 });
    const { desk } = stageOf([definePlugin({ id: "acme", tokens: [broken] })] as const);
    unwrap(
      await desk.policies.adopt(
        policy({ criteria: [broken.row({ id: "x", fact: "frequency", args: {}, weight: 100 })] }),
      ),
    );
    unwrap(await desk.customers.open({ id: "c-7", input: {}, actor: ann }));
    expect(refused(await desk.customers.execute({ id: "c-7", command: facts(1), actor: robot }))).toMatchObject({
      because: { code: "PLUGIN_FAULT", detail: "acme.broken@1: 0.5 is no mark" },
    });
  });
});

describe("a grade kept by hand", () => {
  const by = (grade: string, until: string) =>
    ({ type: "override", input: { grade, reason: "The owner's brother", until } }) as const;

  it("holds until its date, over what new facts say, and then the natural grade of those holds", async () => {
    const { desk, clock } = await begun(policy());
    unwrap(await feed(desk, 10));
    const until = clock.after(30 * day);
    unwrap(await desk.grading.execute({ id: "c-7", command: by("C", until), actor: boss }));
    expect(await graded(desk)).toMatchObject({
      state: "overridden",
      grade: "C",
      natural: { grade: "A" },
      override: { grade: "C", by: "boss" },
      overrideUntil: until,
    });
    clock.forward(day);
    unwrap(await feed(desk, 6));
    expect(await graded(desk)).toMatchObject({ grade: "C", natural: { grade: "B" } });
    clock.forward(40 * day);
    await desk.sweep();
    expect(await graded(desk)).toMatchObject({ state: "graded", grade: "B", override: null, overrideUntil: null });
    const { items } = unwrap(await desk.grading.timeline("c-7"));
    expect(items.slice(-2).map((e) => [e.type, e.at, e.actor.id])).toEqual([
      ["grading.lapsed", until, "clock"],
      ["grading.restored", until, "clock"],
    ]);
    expect(fold(doors, items)).toEqual(await graded(desk));
  });

  it("may be lifted before, or set anew", async () => {
    const { desk, clock } = await begun(policy());
    unwrap(await feed(desk, 10));
    unwrap(await desk.grading.execute({ id: "c-7", command: by("C", clock.after(day)), actor: boss }));
    unwrap(await desk.grading.execute({ id: "c-7", command: by("B", clock.after(9 * day)), actor: boss }));
    clock.forward(2 * day);
    await desk.sweep();
    expect(await graded(desk)).toMatchObject({ grade: "B", state: "overridden" });
    unwrap(await desk.grading.execute({ id: "c-7", command: { type: "lift" }, actor: boss }));
    expect(await graded(desk)).toMatchObject({ grade: "A", state: "graded", override: null });
  });

  it("ends with the grading: it could never lapse", async () => {
    const { desk, clock } = await begun(policy());
    unwrap(await feed(desk, 10));
    unwrap(await desk.grading.execute({ id: "c-7", command: by("C", clock.after(day)), actor: boss }));
    unwrap(await desk.grading.execute({ id: "c-7", command: { type: "end" }, actor: boss }));
    expect(await graded(desk)).toMatchObject({ state: "ended", grade: "A", override: null, overrideUntil: null });
  });

  it("is a manager's, of the policy's grades, for a reason and until a date to come", async () => {
    const { desk, clock } = await begun(policy());
    unwrap(await feed(desk, 10));
    const attempt = async (input: object, actor = boss) => {
      const refusal = refused(
        await desk.grading.execute({ id: "c-7", command: { type: "override", input } as never, actor }),
      );
      return refusal.code === "DENIED" ? refusal.denials[0]!.code : refusal.code;
    };
    const { input } = by("B", clock.after(day));
    expect(await attempt(input, ann as never)).toBe("NOT_PERMITTED");
    expect(await attempt({ ...input, grade: "Z" })).toBe("UNKNOWN_GRADE");
    expect(await attempt({ ...input, until: clock.now() })).toBe("UNTIL_IS_PAST");
    expect(await attempt({ ...input, reason: "" })).toBe("INVALID_INPUT");
    expect(await attempt({ ...input, until: "tomorrow" })).toBe("INVALID_INPUT");
    // Who could name the facts could name the grade.
    const made = await desk.grading.execute({
      id: "c-7",
      command: { type: "grade", input: { facts: { frequency: 10 } } },
      actor: boss,
    });
    expect(refused(made).code).toBe("NOT_PERMITTED");
  });
});

describe("the words about grades", () => {
  it("are there in both languages, for everything that can be met", () => {
    const words = labelCatalogue(...coreLabels);
    for (const part of ["states", "commands", "events", "refusals", "words"] as const) {
      const ids = Object.keys(gradingLabels.en[part]);
      expect(Object.keys(gradingLabels["zh-CN"][part]).sort()).toEqual([...ids].sort());
      for (const id of ids) {
        expect(words.label(part, id, "en")).not.toBe(id);
        expect(words.label(part, id, "zh-CN")).toMatch(/\p{Script=Han}/u);
      }
    }
    for (const { token, of, id } of createServiceRules().tokens) {
      const part = token === "state" ? "states" : token === "transition" ? "commands" : undefined;
      if (of === "grading" && part !== undefined) expect(words.has(part, `grading/${id}`, "zh-CN")).toBe(true);
      if (of === "grading" && token === "event") expect(words.has("events", id, "zh-CN")).toBe(true);
    }
  });
});
