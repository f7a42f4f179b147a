import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customerCommands, customerEvents, customerStates } from "../../src/customer/index.js";
import type { Instant } from "../../src/kernel/instant.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { createServiceRules } from "../../src/rules/index.js";
import { context, noon } from "../given.js";
import { lived, type Model, people, shownRightly, situations, type Who } from "../laws/walk.js";

const doors = createServiceRules().customers as unknown as Doors;
const house: readonly Who[] = ["staff", "manager", "system"];
const staff: readonly Who[] = ["staff", "manager"];
const prospects = ["interested", "likely"];
const present = [...prospects, "signed"];
const all = [...present, "former"];
const facts = (frequency: unknown) => ({ facts: { frequency }, source: "shop" });

const model: Model<{ readonly state: string }> = {
  doors,
  context: (now: Instant, actor) => context(now, actor),
  situation: ({ state }) => ({ state }),
  edges: {
    record_facts: { who: house, from: all, to: "same", input: facts(3) },
    "record_facts/wrong": { who: house, from: all, to: "same", input: facts(-1), denied: () => "INVALID_FACT" },
    rename: { who: house, from: all, to: "same", input: { name: "Ann Lee" } },
    qualify: { who: house, from: ["interested"], to: "likely" },
    sign: { who: house, from: prospects, to: "signed" },
    leave: { who: house, from: present, to: "former", input: { reason: "price" } },
    win_back: { who: house, from: ["former"], to: "interested" },
    confirm_facts: { who: staff, from: ["signed"], to: "signed" },
  },
};
const opened = unwrap(doors.open({ id: "c-7", input: {} }, context()));
const found = situations(model, opened.next);

describe("every step of a customer from every state by everybody", () => {
  it("is as the model says, and the model knows all of them", () => {
    expect(found.map((r) => r.state).sort()).toEqual(
      Object.values(customerStates)
        .map((s) => s.id)
        .sort(),
    );
    expect([...new Set(Object.keys(model.edges).map((name) => name.split("/")[0]))].sort()).toEqual(
      Object.values(customerCommands)
        .map((c) => c.id)
        .sort(),
    );
  });

  it.each(found.map((r) => [r.state, r] as const))("is shown rightly: %s", (_, record) => shownRightly(model, record));

  it("leads where the model says in any life, and the log makes the record", () => {
    const step = fc.record({
      name: fc.constantFrom(...Object.keys(model.edges)),
      who: fc.constantFrom(...people),
      wait: fc.oneof(
        { weight: 6, arbitrary: fc.nat(9 * 3_600_000) },
        { weight: 1, arbitrary: fc.nat(500 * 86_400_000) },
      ),
    });
    const types = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120, size: "max" }), (steps) => {
        const { record, events } = lived(model, opened, steps);
        for (const { type } of events) types.add(type);
        const wake = doors.wakeAt(record, context(noon).book);
        if (record.state === "former") expect(wake).toBeNull();
      }),
      { numRuns: 60, seed: 3 },
    );
    expect([...types].sort()).toEqual(
      [
        "customer.lapsed",
        "customer.moved",
        "customer.opened",
        ...Object.values(customerEvents).map((e) => e.id),
      ].sort(),
    );
  });
});
