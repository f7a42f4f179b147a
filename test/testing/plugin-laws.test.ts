import { describe, expect, test } from "vitest";
import { corrective } from "../../examples/plugins/corrective.js";
import { legal } from "../../examples/plugins/legal.js";
import { safety } from "../../examples/plugins/safety.js";
import { vip } from "../../examples/plugins/vip.js";
import { pluginLaws, type Scenario, staff } from "../../src/testing/index.js";
import { faultyPlugins } from "./faulty-plugins.js";

const inCourt: Scenario = {
  kind: "complaint",
  input: { customerId: "c-7", summary: "The fridge burns", severity: "critical" },
  steps: [
    { type: "legal.place_hold", input: { caseRef: "AB-1" } },
    { type: "withdraw", actor: staff("ann") },
    { type: "legal.release" },
  ],
};

describe("the example plugins pass", () => {
  test.each(pluginLaws(legal, { scenarios: [inCourt] }))("legal: $law", ({ run }) => run());
  test.each(pluginLaws(vip({ callWithinHours: 4 }), { requires: [legal] }))("vip: $law", ({ run }) => run());
  test.each(pluginLaws(corrective))("corrective: $law", ({ run }) => run());
  test.each(pluginLaws(safety))("safety: $law", ({ run }) => run());
});

describe("a plugin with a fault is caught", () => {
  test.each(faultyPlugins)("$law: $fault", async ({ law, make, found }) => {
    const { run } = pluginLaws(make()).find((l) => l.law === law)!;
    await expect(run()).rejects.toThrow(found);
  });

  test("for every law there is one", () => {
    expect([...new Set(faultyPlugins.map((p) => p.law))].sort()).toEqual(
      pluginLaws(legal)
        .map((l) => l.law)
        .sort(),
    );
  });
});

test("a scenario that does not open proves nothing", async () => {
  const laws = pluginLaws(legal, { scenarios: [{ kind: "complaint", input: {}, steps: [] }] });
  await expect(laws.find((l) => l.law === "it answers the same twice")!.run()).rejects.toThrow("expected it to open");
});

test("the clocks are given back", async () => {
  const before = [Date, Date.now, Math.random, performance.now, crypto.randomUUID];
  await pluginLaws(safety)
    .find((l) => l.law === "it asks no clock and no chance")!
    .run();
  expect([Date, Date.now, Math.random, performance.now, crypto.randomUUID]).toEqual(before);
});
