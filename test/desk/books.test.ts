import { deadlines, memoryStore, unwrap } from "clientele";
import { expect, it } from "vitest";
import { counting, opened, stage, start } from "./stage.js";

const version = (n: number) => deadlines.version({ id: "d", version: n, from: start, body: { complaint: {} } });

it("a tenant's policies are read once, and again only when one was adopted", async () => {
  const { store, calls } = counting(memoryStore());
  const { desk } = stage({ store });
  for (let i = 1; i <= 3; i++) unwrap(await desk.policies.adopt(version(i)));
  await opened(desk);
  const { finds } = calls;
  for (let i = 0; i < 20; i++) await opened(desk);
  expect(calls.finds).toBe(finds);
  unwrap(await desk.policies.adopt(version(4), { reindex: false }));
  expect(unwrap(await desk.policies.inForce("deadlines")).version).toBe(4);
  expect(calls.finds).toBe(finds + 1);
});

it("a tenant without policies is not searched for any", async () => {
  const { store, calls } = counting(memoryStore());
  const { desk } = stage({ store });
  for (let i = 0; i < 5; i++) await opened(desk.tenant(`t${i}`));
  expect(calls.finds).toBe(0);
});

it("of more policies than a page holds all count", async () => {
  const { desk } = stage();
  for (let i = 1; i <= 510; i++) unwrap(await desk.policies.adopt(version(i), { reindex: false }));
  expect(unwrap(await desk.policies.inForce("deadlines")).version).toBe(510);
});

it("a policy that was changed behind the library's back is not in force", async () => {
  const { desk, store } = stage();
  unwrap(await desk.policies.adopt(version(1)));
  await store.transaction(
    async (unit) => {
      const [record] = (await unit.of("policy").find({ limit: 1 })).items;
      const { policy } = record as unknown as { policy: object };
      const forged = { ...record!, version: 2, policy: { ...policy, body: { complaint: { received: { hours: 1 } } } } };
      await unit.of("policy").put(forged as never, 1, { wakeAt: null, fields: {}, personal: [], people: [] });
    },
    { tenant: "main" },
  );
  expect(await desk.policies.inForce("deadlines")).toMatchObject({ ok: false, error: { code: "NO_POLICY" } });
  expect(await opened(desk)).toBe("n1");
});

it("more tenants than books are kept at hand are all served right", async () => {
  const { desk } = stage();
  for (let i = 0; i < 1005; i++) unwrap(await desk.tenant(`t${i}`).policies.adopt(version(1)));
  for (const i of [0, 500, 1004])
    expect(unwrap(await desk.tenant(`t${i}`).policies.inForce("deadlines")).version).toBe(1);
});
