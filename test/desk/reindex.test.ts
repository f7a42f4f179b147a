import { createServiceDesk, unwrap } from "clientele";
import { expect, it } from "vitest";
import { legal } from "../../examples/plugins/legal.js";
import { ann, opened, stage, stageOf } from "./stage.js";

it("every record of the tenant is checked, page by page, and nothing else happens to it", async () => {
  const { desk, store } = stage();
  for (let i = 0; i < 450; i++) await opened(desk);
  await opened(desk.tenant("acme"));
  const before = store.dump();
  const progress: number[] = [];
  expect(unwrap(await desk.reindex({ onProgress: (p) => progress.push(p.checked) }))).toEqual({ checked: 450 });
  // The other kinds have no record, and end in a page of none.
  expect([...new Set(progress)]).toEqual([200, 400, 450]);
  expect(store.dump()).toEqual(before);
  expect(unwrap(await desk.tenant("acme").reindex())).toEqual({ checked: 1 });
});

it("stops when it is called off", async () => {
  const { desk } = stage();
  for (let i = 0; i < 201; i++) await opened(desk);
  const signal = { aborted: false };
  const onProgress = () => {
    signal.aborted = true;
  };
  expect(unwrap(await desk.reindex({ signal, onProgress }))).toEqual({ checked: 200 });
  for (const options of [null, 5, { onProgress: 5 }])
    await expect(desk.reindex(options as never)).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
});

it("leaves what it cannot read as it was indexed", async () => {
  const { desk, store, clock } = stageOf([legal] as const);
  const id = await opened(desk);
  await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann });
  const input = { nature: "product", scope: "general", severity: "critical" } as const;
  await desk.complaints.execute({ id, command: { type: "assess", input }, actor: ann });
  const hold = { type: "legal.place_hold", input: { caseRef: "AB-1" } } as const;
  unwrap(await desk.complaints.execute({ id, command: hold, actor: { kind: "staff", id: "l", roles: ["counsel"] } }));
  const plain = createServiceDesk({ store, clock: clock.now });
  expect(unwrap(await plain.reindex())).toEqual({ checked: 1 });
  expect(unwrap(await desk.complaints.find({ where: { state: "legal.hold" } })).items).toHaveLength(1);
});

it("finds by an index that the kind got later", async () => {
  const { desk, store } = stage();
  const id = await opened(desk);
  await store.transaction(
    async (unit) => {
      const record = (await unit.of("complaint").get(id))!;
      await unit.of("complaint").reindex(id, record.version, {
        wakeAt: null,
        fields: { state: "received", openedAt: record.openedAt },
        personal: [],
        people: [],
      });
    },
    { tenant: "main" },
  );
  const where = { customerId: "c-7" };
  expect(unwrap(await desk.complaints.find({ where })).items).toEqual([]);
  unwrap(await desk.reindex());
  expect(unwrap(await desk.complaints.find({ where })).items.map((r) => r.id)).toEqual([id]);
});
