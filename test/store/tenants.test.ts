import { afterAll, beforeAll, expect, test } from "vitest";
import { createServiceDesk, unwrap } from "../../src/index.js";
import { migrate, sqlStore } from "../../src/store/sql/index.js";
import { ann } from "../given.js";
import { listening, type Said } from "./listening.js";

const said: Said[] = [];
let at: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  at = await listening((one) => void said.push(one));
  await migrate(at.client);
});
afterAll(() => at.close());

/** What belongs to no tenant: who listens, who is under way, and the secret by which persons are named. */
const isOfNobody = (text: string) =>
  (text.match(/clientele_[a-z]+/g) ?? []).every((table) => /_(consumers|secrets)$/.test(table));
/**
 * What sees every tenant: what is due, what is to be delivered, what a new consumer has not had, how much that is of one
 * who never came, what is left of one who is forgotten, what has expired.
 */
const claims = [
  /select tenant, kind, id, wake_at from clientele_records\s+where wake_at/,
  /from clientele_waiting w/,
  /select coalesce\(sum\(t\.version\), 0\) as depth, min\(e\.recorded_at\) as oldest from clientele_tails t\s/,
  /delete from clientele_waiting where consumer = \$1/,
  /delete from clientele_progress where not exists .* and \(tenant, kind, id, consumer\) in \(\s+select /,
  /select 1 as one from clientele_progress where consumer = \$1 limit 1$/,
  /insert into clientele_waiting \(tenant, kind, id, consumer, since, failures\)\s+select t\.tenant/,
  /delete from clientele_receipts where \(tenant, command_id\) in/,
];

test("every statement is about one tenant, but for the claims", async () => {
  let now = "2026-03-02T12:00:00.000Z";
  const store = sqlStore(at.client);
  const desk = createServiceDesk({ store, zone: "UTC", clock: () => now });
  said.length = 0;
  for (const tenant of ["acme", "globex"]) {
    const { complaints, people, policies } = desk.tenant(tenant);
    const input = { customerId: "c-7", summary: "The fridge does not cool" };
    const { id } = unwrap(await complaints.open({ input, actor: ann, commandId: "1" }));
    unwrap(await complaints.execute({ id, command: { type: "acknowledge" }, actor: ann }));
    unwrap(await complaints.find({ where: { customerId: "c-7" }, limit: 5 }));
    unwrap(await complaints.timeline(id));
    await people.erase("c-7");
    void policies;
  }
  now = "2026-05-09T12:00:00.000Z";
  await desk.sweep();
  await desk.relay({ consumer: "mail", publish: async () => undefined });
  const { backlog, forget, skip, resume } = store.outbox;
  for (const consumer of ["mail", "nobody"]) await backlog(consumer);
  const event = { consumer: "mail", tenant: "acme", stream: { kind: "complaint", id: "x" }, version: 1 };
  for (const door of [skip, resume]) await door(event);
  await forget("mail");
  await store.prune({ now, limit: 9 });
  const texts = said.filter(({ text }) => !isOfNobody(text) && !claims.some((claim) => claim.test(text)));
  expect(texts.length).toBeGreaterThan(20);
  const careless = texts.filter(
    ({ text, values }) => !/\btenant\b/.test(text) || !["acme", "globex"].some((tenant) => values.includes(tenant)),
  );
  expect(careless).toEqual([]);
  for (const claim of claims) expect(said.filter(({ text }) => claim.test(text)).length).toBeGreaterThan(0);
});
