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

/** What belongs to no tenant: who listens, and the secret by which persons are named. */
const ofNobody = /^\s*(begin|commit|rollback|select 1)|clientele_(consumers|secrets) /;
/** What sees every tenant: what is due, what is to be delivered, what a new consumer has not had, what has expired. */
const claims = [
  /select tenant, kind, id, wake_at from clientele_records\s+where wake_at/,
  /from clientele_waiting w/,
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
  await store.outbox.backlog("mail");
  await store.prune({ now, limit: 9 });
  const texts = said.filter(({ text }) => !ofNobody.test(text) && !claims.some((claim) => claim.test(text)));
  expect(texts.length).toBeGreaterThan(20);
  const careless = texts.filter(
    ({ text, values }) => !/\btenant\b/.test(text) || !["acme", "globex"].some((tenant) => values.includes(tenant)),
  );
  expect(careless).toEqual([]);
  for (const claim of claims) expect(said.filter(({ text }) => claim.test(text)).length).toBeGreaterThan(0);
});
