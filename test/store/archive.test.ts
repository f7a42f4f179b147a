import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createServiceDesk, hasCode, unwrap } from "../../src/index.js";
import { type Archived, migrate, pgliteClient, sqlStore } from "../../src/store/sql/index.js";
import { carl } from "../given.js";

let database: PGlite;
let made = 0;
beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

async function shop() {
  const client = pgliteClient(database);
  const names = { schema: `s${++made}` };
  await migrate(client, names);
  const store = sqlStore(client, names);
  const desk = createServiceDesk({ store, zone: "UTC", clock: () => "2026-03-02T12:00:00.000Z" });
  const input = { customerId: "c-7", summary: "The fridge does not cool" };
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const { id } = unwrap(await desk.complaints.open({ input, actor: carl }));
    ids.push(id);
    if (n > 0)
      unwrap(await desk.complaints.execute({ id, command: { type: "withdraw", input: { words: "No" } }, actor: carl }));
  }
  const rows = async (table: string) =>
    Number(
      (await database.query<{ n: number }>(`select count(*) as n from ${names.schema}.clientele_${table}`)).rows[0]!.n,
    );
  return { store, desk, ids, rows };
}
const later = "2026-06-01T00:00:00.000Z";
const all = { kinds: ["complaint"], touchedBefore: later, limit: 3 };

describe("closed records that nobody has touched for long", () => {
  test("are handed over whole and taken out, batch by batch", async () => {
    const { store, desk, ids, rows } = await shop();
    const kept: Archived[] = [];
    const batches: number[] = [];
    const keep = async (one: Archived) => void kept.push(one);
    for (let n = -1; n !== 0; batches.push(n)) n = await store.archive({ ...all, keep });
    expect(batches).toEqual([3, 1, 0]);
    expect(kept.map((one) => one.record.id).sort()).toEqual(ids.slice(1).sort());
    for (const { record, events } of kept) {
      expect(record).toMatchObject({ state: "withdrawn", summary: "The fridge does not cool" });
      expect(events.map((e) => e.version)).toEqual(Array.from({ length: record.version }, (_, i) => i + 1));
    }
    for (const table of ["records", "tails"]) expect([table, await rows(table)]).toEqual([table, 1]);
    expect(unwrap(await desk.complaints.find()).items.map((one) => one.id)).toEqual([ids[0]]);
    expect((await desk.complaints.get(ids[1]!)).ok).toBe(false);
  });

  test("stay where they are while they were touched later, are open, or are of another kind", async () => {
    const { store, rows } = await shop();
    expect(await store.archive({ ...all, touchedBefore: "2026-03-02T12:00:00.000Z" })).toBe(0);
    expect(await store.archive({ ...all, kinds: ["customer"] })).toBe(0);
    expect(await store.archive({ ...all, kinds: [] })).toBe(0);
    expect(await rows("records")).toBe(5);
  });

  test("stay until every consumer has had their events", async () => {
    const { store, desk } = await shop();
    const relay = (limit: number) => desk.relay({ consumer: "mail", publish: async () => undefined, limit });
    await relay(1);
    expect(await store.archive(all)).toBe(0);
    while ((await relay(100)).delivered > 0);
    expect(await store.archive(all)).toBe(3);
  });

  test("do not stay for a consumer that was forgotten, or that was only asked about", async () => {
    const { store, desk } = await shop();
    const relay = () => desk.relay({ consumer: "mail", publish: async () => undefined, limit: 1 });
    await relay();
    await desk.deliveries.backlog("search");
    expect(await store.archive(all)).toBe(0);
    expect(await desk.deliveries.forget("mail")).toBe(true);
    await desk.deliveries.backlog("mail");
    expect(await store.archive(all)).toBe(3);
    await relay();
    expect(await store.archive(all)).toBe(0);
  });

  test("stay all together where one of them cannot be kept elsewhere", async () => {
    const { store, rows } = await shop();
    let n = 0;
    const keep = async () => {
      if (++n === 2) throw new Error("disk full");
    };
    await expect(store.archive({ ...all, keep })).rejects.toThrow("disk full");
    expect(await rows("records")).toBe(5);
  });

  test("are asked for in batches of 1 to 1000", async () => {
    const { store } = await shop();
    for (const limit of [0, 1001, 0.5, Number.NaN]) {
      const thrown = await store.archive({ ...all, limit }).catch((error: unknown) => error);
      expect(hasCode(thrown, "INVALID_OPTIONS")).toBe(true);
    }
  });
});
