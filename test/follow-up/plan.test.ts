import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  afterEvent,
  anchor,
  followUpPlan,
  inGrade,
  inStage,
  type Occurrence,
  occurrenceId,
  onDate,
  type Plan,
  type Planned,
  type Planning,
  planFollowUps,
  type Standing,
} from "../../src/follow-up/index.js";
import { dayToLocalDate } from "../../src/kernel/instant.js";
import { unwrap } from "../../src/kernel/result.js";
import { definePlugin } from "../../src/plugin/plugin.js";
import { createServiceRules } from "../../src/rules/index.js";
import { refused } from "../given.js";
import { customerWith, installed, planOf } from "./given.js";

const march = { from: "2026-03-01", to: "2026-03-31" };
const plan = (plan: Plan, subject = customerWith(), standing: readonly Standing[] = [], window = march, zone = "UTC") =>
  planFollowUps(plan, subject, standing, window, zone, installed);
const days = (planning: Planning) => planning.create.map((c) => c.occurrence.dueOn);
const nothing = { create: [], move: [], drop: [] };
const call = { id: "call", ...inStage.at({ stage: "signed" }) };

/** What the desk would have after doing it. */
const done = (standing: readonly Standing[], { create, move, drop }: Planning): readonly Standing[] => [
  ...standing.map((s): Standing => {
    const moved = move.find((m) => m.id === s.id);
    if (moved !== undefined) return { ...s, plan: { ...s.plan, on: moved.dueOn }, is: "planned" };
    return drop.some((d) => d.id === s.id) ? { ...s, is: "dropped" } : s;
  }),
  ...create.map(({ id, occurrence: { plan } }): Standing => ({ id, plan, is: "planned" })),
];

describe("what is planned", () => {
  it("carries its origin, its words and its day", () => {
    const visits = planOf([{ ...call, offsetDays: 60, channel: "visit", script: "welcome" }], {
      attempts: 5,
      retryDays: 4,
    });
    expect(unwrap(plan(visits)).create).toEqual([
      {
        id: occurrenceId("c-7", "visits", "call", "2026-01-10"),
        occurrence: {
          customerId: "c-7",
          plan: { id: "visits", hash: visits.hash, step: "call", key: "2026-01-10", on: "2026-03-11" },
          dueOn: "2026-03-11",
          dueAt: "2026-03-11T00:00:00.000Z",
          channel: "visit",
          script: "welcome",
          attempts: 5,
          retryDays: 4,
        } satisfies Occurrence,
      },
    ]);
    expect(unwrap(plan(planOf([{ ...call, offsetDays: 60 }]))).create[0]?.occurrence).toMatchObject({
      attempts: 3,
      retryDays: 1,
    });
  });

  it("has an id that never changes, of a length that never grows", () => {
    expect(occurrenceId("c-7", "visits", "call", "2026-01-10")).toBe("f-560f691070b72f73975ef4a111a3d37a");
    expect(occurrenceId("a", "b,c", "d", "e")).not.toBe(occurrenceId("a", "b", "c,d", "e"));
    expect(occurrenceId("x".repeat(200), "p", "s", "k".repeat(400))).toHaveLength(34);
  });

  it.each([
    ["2026-01-31", 28, "2026-02-28"],
    ["2026-01-31", 29, "2026-03-01"],
    ["2024-02-01", 28, "2024-02-29"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2026-03-08", 30, "2026-04-07"],
    ["2026-03-31", -31, "2026-02-28"],
    ["2026-01-01", 3650, "2035-12-30"],
  ])("counts calendar days: %s and %i days is %s", (since, offsetDays, on) => {
    const subject = customerWith({ stage: { state: "signed", since } });
    for (const zone of ["UTC", "America/New_York", "Pacific/Apia"])
      expect(days(unwrap(plan(planOf([{ ...call, offsetDays }]), subject, [], { from: on, to: on }, zone)))).toEqual([
        on,
      ]);
  });

  it.each([
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
    ["2026-11-02", "America/New_York", "2026-11-02T05:00:00.000Z"],
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
    ["2026-03-10", "Asia/Shanghai", "2026-03-09T16:00:00.000Z"],
  ])("is due when %s begins in %s", (since, zone, dueAt) => {
    const subject = customerWith({ stage: { state: "signed", since } });
    const { create } = unwrap(plan(planOf([call]), subject, [], { from: since, to: since }, zone));
    expect(create[0]?.occurrence).toMatchObject({ dueOn: since, dueAt });
  });

  it("lies in the window, its ends included, whatever the offset", () => {
    const at = (since: string, offsetDays: number) =>
      days(unwrap(plan(planOf([{ ...call, offsetDays }]), customerWith({ stage: { state: "signed", since } }))));
    expect([at("2026-02-22", 7), at("2026-03-24", 7), at("2026-02-21", 7), at("2026-03-25", 7)]).toEqual([
      ["2026-03-01"],
      ["2026-03-31"],
      [],
      [],
    ]);
    expect(at("2026-04-05", -7)).toEqual(["2026-03-29"]);
  });
});

describe("planning anew", () => {
  const a = planOf([{ id: "visit", ...inGrade.at({ every: { A: 10, B: 15 } }) }]);
  const graded = (grade: string | null) => customerWith({ grade });

  it("finds nothing to do", () => {
    const first = unwrap(plan(a, graded("A")));
    expect(first.create).toHaveLength(4);
    expect(unwrap(plan(a, graded("A"), done([], first)))).toEqual(nothing);
  });

  it("drops the visits of the old grade, plans those of the new, and brings the old back with the old grade", () => {
    const first = done([], unwrap(plan(a, graded("A"))));
    const toB = unwrap(plan(a, graded("B"), first));
    expect([toB.create.length, toB.move.length, toB.drop.map((d) => d.id)]).toEqual([2, 0, first.map((s) => s.id)]);
    const second = done(first, toB);
    const back = unwrap(plan(a, graded("A"), second));
    expect(back.create).toEqual([]);
    expect(back.move.map((m) => m.id)).toEqual(first.map((s) => s.id));
    expect(back.drop).toHaveLength(2);
    expect(unwrap(plan(a, graded("A"), done(second, back)))).toEqual(nothing);
  });

  it("moves what the plan puts on another day, out of the window and back in too", () => {
    const step = (offsetDays: number) => planOf([{ ...call, offsetDays }]);
    const [id] = [occurrenceId("c-7", "visits", "call", "2026-01-10")];
    const first = done([], unwrap(plan(step(60))));
    const moved = unwrap(plan(step(63), customerWith(), first));
    expect(moved).toEqual({ ...nothing, move: [{ id, dueOn: "2026-03-14" }] });
    const out = unwrap(plan(step(90), customerWith(), done(first, moved)));
    expect(out).toEqual({ ...nothing, drop: [{ id }] });
    const april = { from: "2026-04-01", to: "2026-04-30" };
    const inApril = unwrap(plan(step(90), customerWith(), done(done(first, moved), out), april));
    expect(inApril).toEqual({ ...nothing, move: [{ id, dueOn: "2026-04-10" }] });
  });

  it("follows a fact that is corrected, and corrected back", () => {
    const visit = planOf([{ id: "check", ...onDate.at({ fact: "installed" }), offsetDays: 3 }]);
    const at = (day: string) => customerWith({ facts: { installed: day } });
    const first = done([], unwrap(plan(visit, at("2026-03-02"))));
    const corrected = unwrap(plan(visit, at("2026-03-09"), first));
    expect([days(corrected), corrected.drop.length]).toEqual([["2026-03-12"], 1]);
    const back = unwrap(plan(visit, at("2026-03-02"), done(first, corrected)));
    expect([back.create, back.move, back.drop.length]).toEqual([[], [{ id: first[0]!.id, dueOn: "2026-03-05" }], 1]);
  });

  it("leaves alone what is done, due, tried again, moved by hand, or another plan's", () => {
    const [standing] = done([], unwrap(plan(planOf([{ ...call, offsetDays: 60 }]))));
    const other = planOf([{ ...call, offsetDays: 70 }]);
    expect(unwrap(plan(other, customerWith(), [{ ...standing!, is: "kept" }]))).toEqual(nothing);
    expect(unwrap(plan(planOf([]), customerWith(), [{ ...standing!, is: "kept" }]))).toEqual(nothing);
    const foreign: Standing = { id: "f-x", plan: { id: "other", step: "call", on: "2026-03-11" }, is: "planned" };
    expect(unwrap(plan(planOf([]), customerWith(), [foreign]))).toEqual(nothing);
  });

  it("ends with a version without steps; outside the window nothing is touched", () => {
    const first = done([], unwrap(plan(a, graded("A"))));
    expect(unwrap(plan(planOf([]), graded("A"), first)).drop).toEqual(first.map(({ id }) => ({ id })));
    expect(unwrap(plan(planOf([]), graded("A"), first, { from: "2026-05-01", to: "2026-05-31" }))).toEqual(nothing);
  });

  it("leaves a step alone that the customer has refused, and no other", () => {
    const both = planOf([
      { id: "visit", ...inGrade.at({ every: { A: 10 } }) },
      { ...call, offsetDays: 60 },
    ]);
    const [one, ...others] = done([], unwrap(plan(both, graded("A"))));
    const after = unwrap(plan(both, graded("A"), [{ ...one!, is: "refused" }, ...others]));
    expect(after).toEqual({
      ...nothing,
      drop: others.filter((s) => s.plan.step === "visit").map(({ id }) => ({ id })),
    });
    const april = { from: "2026-04-01", to: "2026-04-30" };
    expect(unwrap(plan(both, graded("A"), [{ ...one!, is: "refused" }], april)).create).toEqual([]);
  });

  const subject = fc.record({
    customerId: fc.constant("c-7"),
    grade: fc.constantFrom("A", "B", "C", null),
    facts: fc.record({ day: fc.constantFrom("2026-02-27", "2026-03-15", "2025-03-20", "2024-02-29", null) }),
    stage: fc.record({
      state: fc.constantFrom("signed", "former"),
      since: fc.constantFrom("2026-01-10", "2026-03-01"),
      left: fc.boolean(),
    }),
    events: fc.subarray([
      { id: "e1", type: "complaint.resolved", on: "2026-03-03", at: "2026-03-03T10:00:00.000Z" },
      { id: "e2", type: "complaint.resolved", on: "2026-04-03", at: "2026-04-03T10:00:00.000Z" },
    ]),
  });
  const anyStep = fc.record({
    anchor: fc.constantFrom(
      inGrade.at({ every: { A: 7, B: 20 } }),
      inStage.at({ stage: "signed" }),
      onDate.at({ fact: "day", yearly: true }),
      onDate.at({ fact: "day", yearly: false }),
      afterEvent.at({ type: "complaint.resolved" }),
    ),
    offsetDays: fc.integer({ min: -40, max: 80 }),
  });
  const anyPlan = fc
    .array(anyStep, { maxLength: 4 })
    .map((steps) => planOf(steps.map(({ anchor, offsetDays }, i) => ({ id: `s${i}`, ...anchor, offsetDays }))));
  const anyWindow = fc
    .tuple(fc.integer({ min: 20_480, max: 20_560 }), fc.nat(60))
    .map(([from, length]) => ({ from: dayToLocalDate(from), to: dayToLocalDate(from + length) }));

  it("never doubles and settles at once, whatever changes in between", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyPlan, subject, anyWindow, fc.option(fc.nat(30))), { maxLength: 6 }),
        (rounds) => {
          let standing: readonly Standing[] = [];
          for (const [version, who, window, keep] of rounds) {
            const planning = unwrap(plan(version, who as Planned, standing, window));
            const touched = [...planning.move, ...planning.drop].map((t) => t.id);
            const kept = standing.filter((s) => s.is === "kept").map((s) => s.id);
            expect(touched.filter((id) => kept.includes(id))).toEqual([]);
            const after = done(standing, planning);
            expect(new Set(after.map((s) => s.id)).size).toBe(after.length);
            expect(unwrap(plan(version, who as Planned, after, window))).toEqual(nothing);
            // Exactly what the plan calls for is planned in the window, but for what somebody keeps as it is.
            const fresh = unwrap(plan(version, who as Planned, [], window)).create.map((c) => c.id);
            const planned = after.filter(
              (s) => s.is === "planned" && s.plan.on >= window.from && s.plan.on <= window.to,
            );
            expect(planned.map((s) => s.id).sort()).toEqual(fresh.filter((id) => !kept.includes(id)).sort());
            standing = after.map((s, i) => (i === keep && s.is === "planned" ? { ...s, is: "kept" } : s));
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("a window or a plan that cannot be", () => {
  it.each([
    [{ from: "2026-03-31", to: "2026-03-01" }, "UTC", "to"],
    [{ from: "2026-02-29", to: "2026-03-01" }, "UTC", "from"],
    [{ from: "2026-03-01", to: "later" }, "UTC", "to"],
    [{ from: "0001-01-01", to: "9999-12-31" }, "UTC", "from"],
    [{ from: "2026-03-01", to: "2036-03-08" }, "UTC", "to"],
    [{ from: undefined, to: 5 }, "UTC", "from"],
    [march, "Mars/Base", "zone"],
    [march, undefined, "zone"],
  ])("is refused: %j %s", (window, zone, path) => {
    const answer = planFollowUps(planOf([call]), customerWith(), [], window as never, zone as never, installed);
    expect(refused(answer)).toMatchObject({
      code: "INVALID_INPUT",
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  it("is bounded: ten years of days at most, at the ends of time too", () => {
    const daily = planOf([{ id: "visit", ...inGrade.at({ every: { A: 1 } }) }]);
    const ten = { from: "2026-03-01", to: "2036-03-07" };
    expect(unwrap(plan(daily, customerWith({ grade: "A" }), [], ten)).create).toHaveLength(3660);
    for (const [from, offsetDays] of [
      ["0002-01-01", 3650],
      ["9997-12-31", -3650],
    ] as const)
      for (const step of [inGrade.at({ every: { A: 1 } }), onDate.at({ fact: "d", yearly: true })])
        expect(
          plan(
            planOf([{ id: "s", ...step, offsetDays }]),
            customerWith({ grade: "A", facts: { d: "0001-01-01" } }),
            [],
            { from, to: from },
            "Asia/Shanghai",
          ).ok,
        ).toBe(true);
  });

  it("names what is not installed, another revision, or arguments that do not fit", () => {
    const named = (step: object) => refused(plan(planOf([{ id: "s", anchor: "in_stage@1", args: {}, ...step }])));
    expect(named({ anchor: "acme.lunar@1" })).toEqual({ code: "UNKNOWN_REFERENCE", subject: 'anchor "acme.lunar@1"' });
    expect(named({ anchor: "in_stage@2" })).toEqual({ code: "OTHER_REVISION", subject: "in_stage@2" });
    expect(named({})).toMatchObject({ code: "INVALID_INPUT", issues: [{ path: "s.args.stage" }] });
    expect(
      refused(createServiceRules().readPolicy(planOf([{ id: "s", anchor: "acme.lunar@1", args: {} }]))),
    ).toMatchObject({ code: "UNKNOWN_REFERENCE" });
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no moon tonight");
      },
    ],
    ["answers no list", () => ({}) as never],
    ["answers nothing", () => undefined as never],
    ["answers no date", () => [{ key: "k", on: "soon" }]],
    ["answers no key", () => [{ key: "", on: "2026-03-01" }]],
    ["answers a key without end", () => [{ key: "k".repeat(401), on: "2026-03-01" }]],
    ["answers null days", () => [null] as never],
  ])("blames the anchor of a plugin that %s", (_, answer) => {
    const lunar = anchor("acme.lunar", { revision: 1, args: z.object({}), days: () => answer });
    const rules = createServiceRules({ plugins: [definePlugin({ id: "acme", tokens: [lunar] })] });
    const answered = planFollowUps(
      planOf([{ id: "s", ...lunar.at({}) }]),
      customerWith(),
      [],
      march,
      "UTC",
      rules.installed,
    );
    expect(refused(answered)).toMatchObject({ code: "PLUGIN_FAULT", token: "acme.lunar" });
  });

  it.each([
    [
      "two steps of one id",
      {
        steps: [
          { ...call, channel: "phone", script: "x" },
          { ...call, channel: "phone", script: "y" },
        ],
      },
    ],
    ["an offset of eleven years", { steps: [{ ...call, channel: "phone", script: "x", offsetDays: 4000 }] }],
    ["a channel that is none", { steps: [{ ...call, channel: "smoke", script: "x" }] }],
    ["no attempts", { steps: [], attempts: 0 }],
    ["a retry on the same day", { steps: [], retryDays: 0 }],
  ])("cannot have %s", (_, body) => {
    expect(() =>
      followUpPlan.version({ id: "p", version: 1, from: "2026-01-01T00:00:00.000Z", body: body as never }),
    ).toThrow(expect.objectContaining({ code: "INVALID_POLICY" }));
  });
});
