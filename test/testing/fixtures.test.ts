import { expect, test } from "vitest";
import { createServiceDesk, memoryStore, unwrap } from "../../src/index.js";
import { countingIds, customer, fixedClock, staff, system, testContext } from "../../src/testing/index.js";

test("a clock stands still until it is told otherwise", () => {
  const clock = fixedClock();
  expect([clock(), clock.now()]).toEqual(["2026-01-01T09:00:00.000Z", "2026-01-01T09:00:00.000Z"]);
  expect(clock.advance({ minutes: 90 })).toBe("2026-01-01T10:30:00.000Z");
  expect(clock.set("2020-02-29T00:00:00.000Z")).toBe(clock());
  expect(() => clock.set("yesterday")).toThrow(expect.objectContaining({ code: "INVALID_INSTANT" }));
  expect(() => clock.advance({ days: 0 })).toThrow(expect.objectContaining({ code: "INVALID_INSTANT" }));
  expect(() => fixedClock("2026-01-01")).toThrow(expect.objectContaining({ code: "INVALID_INSTANT" }));
  expect(clock()).toBe("2020-02-29T00:00:00.000Z");
});

test("a desk runs by it, and by ids that can be foretold", async () => {
  const clock = fixedClock("2026-03-01T08:00:00.000Z");
  const desk = createServiceDesk({ store: memoryStore(), clock: clock.now, newId: countingIds("case") });
  const input = { customerId: "c-7", summary: "The fridge does not cool" };
  const first = unwrap(await desk.complaints.open({ input, actor: customer("c-7") }));
  clock.advance({ days: 1 });
  const second = unwrap(await desk.complaints.open({ input, actor: system("import") }));
  expect([first.id, second.id]).toEqual(["case-1", "case-2"]);
  expect(unwrap(await desk.complaints.get(second.id)).openedAt).toBe("2026-03-02T08:00:00.000Z");
});

test("a context says what it is told and has the rest", () => {
  expect(testContext({ actor: staff("lee", "counsel"), seed: "s" })).toMatchObject({
    now: "2026-01-01T09:00:00.000Z",
    zone: "UTC",
    seed: "s",
    actor: { kind: "staff", id: "lee", roles: ["counsel"] },
  });
});
