import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GradingFields, gradingCommands, gradingEvents, gradingStates } from "../../src/grading/index.js";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { createServiceRules } from "../../src/rules/index.js";
import { context, later, noon } from "../given.js";
import { lived, type Model, people, shownRightly, situations, type Who } from "../laws/walk.js";
import { policy } from "./policies.js";

const doors = createServiceRules().grading as unknown as Doors;
const house: readonly Who[] = ["staff", "manager", "system"];
const manager: readonly Who[] = ["manager"];
const open = ["graded", "overridden"];
const until = later(noon, { days: 30 });
const fields = (record: AnyRecord) => record as AnyRecord & GradingFields;
const by = (grade: string, reason = "a friend") => ({ grade, reason, until });

interface Situation {
  readonly state: string;
  readonly natural: string | null;
  readonly override: string | null;
  readonly past: boolean;
}
const model: Model<Situation> = {
  doors,
  context: (now, actor) => context(now, actor, [policy()]),
  situation: (r) => ({
    state: r.state,
    natural: fields(r).natural?.grade ?? null,
    override: fields(r).override?.grade ?? null,
    past: r.touchedAt >= until,
  }),
  edges: {
    grade: { who: ["system"], from: [...open, "ended"], to: "same", input: { facts: { frequency: 10 } } },
    "grade/low": { who: ["system"], from: [...open, "ended"], to: "same", input: { facts: { frequency: 1 } } },
    "grade/nothing": { who: ["system"], from: [...open, "ended"], to: "same", input: { facts: {} } },
    override: {
      who: manager,
      from: open,
      to: "overridden",
      input: by("A"),
      denied: (s) => (s.past ? "UNTIL_IS_PAST" : undefined),
    },
    "override/unknown": {
      who: manager,
      from: open,
      to: "overridden",
      input: by("Z"),
      denied: (s) => (s.past ? "UNTIL_IS_PAST" : "UNKNOWN_GRADE"),
    },
    lift: { who: manager, from: ["overridden"], to: "graded" },
    end: { who: house, from: open, to: "ended" },
    begin: { who: house, from: ["ended"], to: "graded" },
  },
};
const opened = unwrap(doors.open({ id: "c-7", input: { customerId: "c-7" } }, context()));
const found = situations(model, opened.next);

/** What must be so in whatever state. */
function sound(record: AnyRecord): void {
  const { state, grade, natural, override, overrideUntil } = fields(record);
  expect(override !== null).toBe(state === "overridden");
  expect(overrideUntil !== null).toBe(state === "overridden");
  expect(grade).toBe(override?.grade ?? natural?.grade ?? null);
}

describe("every step of a grading from every state by everybody", () => {
  it("is as the model says, and the model knows all of them", () => {
    expect([...new Set(found.map((r) => r.state))].sort()).toEqual(
      Object.values(gradingStates)
        .map((s) => s.id)
        .sort(),
    );
    expect([...new Set(Object.keys(model.edges).map((name) => name.split("/")[0]))].sort()).toEqual(
      Object.values(gradingCommands)
        .map((c) => c.id)
        .sort(),
    );
    // graded and ended with three natural grades or none yet, overridden likewise.
    expect(found).toHaveLength(9);
    for (const record of found) sound(record);
  });

  it.each(found.map((r) => [JSON.stringify(model.situation(r)), r] as const))("is shown rightly: %s", (_, record) =>
    shownRightly(model, record),
  );

  it("leads where the model says in any life, and the log makes the record", () => {
    const step = fc.record({
      name: fc.constantFrom(...Object.keys(model.edges)),
      who: fc.constantFrom(...people, "manager" as const, "system" as const),
      wait: fc.oneof(
        { weight: 9, arbitrary: fc.nat(9 * 3_600_000) },
        { weight: 1, arbitrary: fc.nat(40 * 86_400_000) },
      ),
    });
    const types = new Set<string>();
    const ways = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120, size: "max" }), (steps) => {
        // `past` is asked of the moment of the attempt.
        let now = toMs(noon);
        let past = false;
        const timed: Model<Situation> = {
          ...model,
          context: (at, actor) => {
            past = at >= until;
            return model.context(at, actor);
          },
          situation: (r) => ({ ...model.situation(r), past }),
        };
        const { record, events } = lived(timed, opened, steps);
        for (const { wait } of steps) now += wait;
        expect(record.touchedAt <= toInstant(now)).toBe(true);
        sound(record);
        for (const { type, actor, data } of events) {
          types.add(type);
          if (type === "grading.restored")
            ways.add(actor.kind === "system" && actor.id === "clock" ? "by its date" : "by hand");
          if (type === "grading.graded") expect((data as { policy: string }).policy).toBe(policy().hash);
        }
      }),
      { numRuns: 80, seed: 3 },
    );
    expect([...types].sort()).toEqual(
      ["grading.lapsed", "grading.moved", "grading.opened", ...Object.values(gradingEvents).map((e) => e.id)].sort(),
    );
    expect([...ways].sort()).toEqual(["by hand", "by its date"]);
  });
});
