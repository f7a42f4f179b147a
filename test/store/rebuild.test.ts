import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServiceDesk, memoryStore, unwrap } from "../../src/index.js";
import { migrate, pgliteClient, sqlStore } from "../../src/store/sql/index.js";
import { ann, refused } from "../given.js";

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

const input = { customerId: "c-7", summary: "The fridge does not cool" };
const clock = () => "2026-03-02T12:00:00.000Z";

test("a record that was lost, or written by hand, is made anew from its events", async () => {
  const client = pgliteClient(database);
  await migrate(client);
  const desk = createServiceDesk({ store: sqlStore(client), zone: "UTC", clock });
  const { id } = unwrap(await desk.complaints.open({ input, actor: ann }));
  unwrap(await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann }));
  const before = unwrap(await desk.complaints.get(id));
  expect(unwrap(await desk.complaints.rebuild(id))).toEqual({ id, version: 2, changed: false });

  await database.query("update clientele_records set body = jsonb_set(body::jsonb, '{level}', '3')::json");
  expect(unwrap(await desk.complaints.get(id)).level).toBe(3);
  expect(unwrap(await desk.complaints.rebuild(id)).changed).toBe(true);
  expect(unwrap(await desk.complaints.get(id))).toEqual(before);

  await database.query("delete from clientele_records where kind = 'complaint'");
  expect(refused(await desk.complaints.get(id))).toEqual({ code: "NOT_FOUND", subject: id });
  expect(unwrap(await desk.complaints.rebuild(id))).toEqual({ id, version: 2, changed: true });
  expect(unwrap(await desk.complaints.get(id))).toEqual(before);
  expect(unwrap(await desk.complaints.find({ where: { customerId: "c-7" } })).items).toEqual([before]);
  unwrap(await desk.complaints.execute({ id, command: { type: "note", input: { text: "Back" } }, actor: ann }));
});

test("what has no events cannot be rebuilt", async () => {
  const desk = createServiceDesk({ store: memoryStore(), clock });
  expect(refused(await desk.complaints.rebuild("c-1"))).toEqual({ code: "NOT_FOUND", subject: "c-1" });
  expect(refused(await desk.complaints.rebuild(""))).toMatchObject({ code: "INVALID_INPUT" });
});
