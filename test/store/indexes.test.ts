import { afterAll, beforeAll, expect, test } from "vitest";
import { createServiceDesk, createServiceRules, unwrap } from "../../src/index.js";
import { migrate, sqlStore } from "../../src/store/sql/index.js";
import { ann } from "../given.js";
import { listening } from "./listening.js";

/** What each kind of statement does with the tables, by its first words. */
const plans = new Map<string, string>();
let explaining = false;
let at: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  at = await listening(async ({ text, values }, database) => {
    if (!explaining || !/^\s*(select|with|update|delete|insert)/.test(text)) return;
    const { rows } = await database.query<{ "QUERY PLAN": string }>(`explain ${text}`, [...values]);
    plans.set(text.replaceAll(/\$\d+/g, "$").replaceAll(/\s+/g, " "), rows.map((row) => row["QUERY PLAN"]).join("\n"));
  });
});
afterAll(() => at.close());

test("nothing that the desk asks looks through a table, and pages come in the order of an index", async () => {
  const rules = createServiceRules();
  await migrate(at.client, { rules });
  // Few rows would be read one by one even where there is an index.
  await at.database.exec("set enable_seqscan = off");
  let now = "2026-03-02T12:00:00.000Z";
  const desk = createServiceDesk({ store: sqlStore(at.client), rules, zone: "UTC", clock: () => now });
  const input = { customerId: "c-7", summary: "The fridge does not cool" };
  const { id } = unwrap(await desk.complaints.open({ input, actor: ann, commandId: "1" }));
  explaining = true;
  unwrap(await desk.complaints.open({ input, actor: ann, commandId: "2" }));
  unwrap(await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann, commandId: "3" }));
  unwrap(await desk.complaints.get(id));
  unwrap(await desk.complaints.timeline(id));
  for (const descending of [false, true])
    for (const where of [{}, { customerId: "c-7" }, { state: "received" }] as const) {
      const first = unwrap(await desk.complaints.find({ where, descending, limit: 1 }));
      if (first.next !== undefined)
        unwrap(await desk.complaints.find({ where, descending, limit: 1, after: first.next }));
    }
  now = "2026-03-09T12:00:00.000Z";
  await desk.sweep();
  await desk.relay({ consumer: "mail", publish: async () => undefined });
  await desk.people.erase("c-7");
  explaining = false;

  expect(plans.size).toBeGreaterThan(15);
  // A consumer's first relay looks up every stream, once; consumers and the secret are a handful of rows.
  const whole = [...plans].filter(([text]) => !text.includes("join clientele_progress") || text.startsWith("select"));
  const scanned = whole.filter(([, plan]) => /Seq Scan on clientele_(?!consumers|secrets)/.test(plan));
  expect(scanned).toEqual([]);
  const pages = [...plans].filter(([text]) => text.includes("as place from clientele_records"));
  expect(pages.length).toBeGreaterThan(3);
  expect(pages.filter(([, plan]) => plan.includes("Sort"))).toEqual([]);
});
