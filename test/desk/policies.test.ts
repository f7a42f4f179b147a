import { createServiceDesk, deadlines, definePlugin, policyKind, type Result, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ann, customer, day, hour, opened, stage, stageOf, start } from "./stage.js";

const codeOf = (result: Result<unknown>) => (result.ok ? "accepted" : result.error.code);
const within = (hours: number, version = 1, from = start) =>
  deadlines.version({ id: "standard", version, from, body: { complaint: { received: { hours } } } });

describe("adopting a policy", () => {
  it("puts it in force from its own date, and a later one after it", async () => {
    const { desk, clock } = stage();
    expect(codeOf(await desk.policies.inForce("deadlines"))).toBe("NO_POLICY");
    const first = within(4);
    const second = within(8, 2, clock.after(day));
    for (const policy of [second, first]) expect(unwrap(await desk.policies.adopt(policy))).toEqual(policy);
    expect(unwrap(await desk.policies.inForce("deadlines"))).toEqual(first);
    expect(unwrap(await desk.policies.inForce("deadlines", clock.after(day)))).toEqual(second);
    expect(codeOf(await desk.policies.inForce("deadlines", "2020-01-01T00:00:00.000Z"))).toBe("NO_POLICY");
    clock.forward(day);
    expect(unwrap(await desk.policies.inForce("deadlines"))).toEqual(second);
    expect(codeOf(await desk.policies.inForce("deadlines", "yesterday"))).toBe("INVALID_INPUT");
  });

  it("twice changes nothing; other content under the same version is refused", async () => {
    const { desk, store } = stage();
    unwrap(await desk.policies.adopt(within(4)));
    const { length } = store.dump().stored;
    unwrap(await desk.policies.adopt(within(4)));
    expect(store.dump().stored).toHaveLength(length);
    expect(await desk.policies.adopt(within(5))).toEqual({
      ok: false,
      error: { code: "VERSION_TAKEN", subject: "deadlines/standard/1" },
    });
  });

  it("by many at once adopts one", async () => {
    const { desk, store, clock } = stage();
    const other = createServiceDesk({ store, clock: clock.now });
    const answers = await Promise.all([4, 4, 5, 5, 4].map((h, i) => (i % 2 ? desk : other).policies.adopt(within(h))));
    const { hash } = unwrap(await desk.policies.inForce("deadlines"));
    expect(answers.map((a) => (a.ok ? a.value.hash : a.error.code))).toEqual(
      [4, 4, 5, 5, 4].map((h) => (within(h).hash === hash ? hash : "VERSION_TAKEN")),
    );
  });

  it("is refused for what is unknown, changed or does not fit", async () => {
    const { desk } = stage();
    const unknownState = { id: "x", version: 1, from: start, body: { complaint: { "legal.hold": { hours: 1 } } } };
    const other = policyKind("acme.other", { revision: 1, body: z.object({}) });
    const cases = [
      [deadlines.version(unknownState), "UNKNOWN_REFERENCE"],
      [other.version({ id: "x", version: 1, from: start, body: {} }), "UNKNOWN_POLICY"],
      [{ ...within(4), body: { complaint: { received: { hours: 5 } } } }, "INVALID_INPUT"],
      [{ ...within(4), hash: "0".repeat(64) }, "INVALID_INPUT"],
      [{ ...within(4), hash: undefined, version: 0 }, "INVALID_INPUT"],
      [{ ...within(4), hash: undefined, from: "2026-01-01" }, "INVALID_INPUT"],
      [{ ...within(4), hash: undefined, body: { complaint: { received: { hours: -1 } } } }, "INVALID_INPUT"],
      [null, "UNKNOWN_POLICY"],
    ] as const;
    for (const [policy, code] of cases) expect(codeOf(await desk.policies.adopt(policy as never))).toBe(code);
    expect(codeOf(await desk.policies.adopt(within(4), { actor: customer }))).toBe("NOT_PERMITTED");
    expect(codeOf(await desk.policies.adopt(within(4), { actor: { kind: "staff" } as never }))).toBe("INVALID_INPUT");
    expect(codeOf(await desk.policies.adopt(within(4), { actor: ann }))).toBe("accepted");
  });

  it("of a plugin's kind needs no more than the plugin", async () => {
    const greeting = policyKind("hello.words", { revision: 1, body: z.object({ words: z.string() }) });
    const { desk } = stageOf([definePlugin({ id: "hello", tokens: [greeting] })] as const);
    const policy = greeting.version({ id: "a", version: 1, from: start, body: { words: "Hello" } });
    unwrap(await desk.policies.adopt(policy));
    expect(unwrap(await desk.policies.inForce("hello.words")).body).toEqual({ words: "Hello" });
  });
});

describe("an adopted policy", () => {
  it("is seen at once by a second desk that has read before, and it counts for what is opened then", async () => {
    const { desk, store, clock } = stage();
    const other = createServiceDesk({ store, clock: clock.now });
    await opened(other);
    unwrap(await desk.policies.adopt(within(1)));
    expect(unwrap(await other.policies.inForce("deadlines")).version).toBe(1);
    const id = await opened(other);
    clock.forward(hour);
    expect(await desk.sweep()).toMatchObject({ swept: 2, early: 0 });
    expect(unwrap(await desk.complaints.get(id)).stay.lapses).toBe(1);
  });

  it("moves wake-ups at once where times are counted by it", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    unwrap(await desk.policies.adopt(within(1)));
    clock.forward(hour);
    expect(await desk.sweep()).toMatchObject({ swept: 1 });
    const lapsed = unwrap(await desk.complaints.timeline(id)).items[1]!;
    expect([lapsed.type, lapsed.at]).toEqual(["complaint.lapsed", clock.now()]);
  });

  it("leaves the wake-ups to the host who says so", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    unwrap(await desk.policies.adopt(within(1), { reindex: false }));
    clock.forward(hour);
    expect(await desk.sweep()).toMatchObject({ swept: 0, early: 0 });
    expect(unwrap(await desk.reindex())).toEqual({ checked: 2 });
    expect(await desk.sweep()).toMatchObject({ swept: 1 });
    const lapsed = unwrap(await desk.complaints.timeline(id)).items[1]!;
    expect([lapsed.type, lapsed.at]).toEqual(["complaint.lapsed", clock.now()]);
  });

  it("counts in a joined transaction, and is forgotten when that is rolled back", async () => {
    const { desk, store, clock } = stage();
    unwrap(await desk.policies.adopt(within(1)));
    const id = await opened(desk);
    const undone = store.transaction(
      async ({ tx }) => {
        const command = { type: "note", input: { text: "x" } } as const;
        unwrap(await desk.complaints.execute({ id, command, actor: ann, join: tx }));
        throw new Error("undone");
      },
      { tenant: "main" },
    );
    await expect(undone).rejects.toThrow("undone");
    unwrap(await desk.policies.adopt(within(3, 2, clock.now())));
    expect(unwrap(await desk.policies.inForce("deadlines")).version).toBe(2);
  });
});
