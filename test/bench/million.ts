// What a large house costs: claims, lists by customer and pages of a timeline, with ten thousand complaints and with many.
//
//   CLIENTELE_POSTGRES=… node --import tsx test/bench/million.ts [--complaints 1000000]
//
// Each complaint has ten events. A million of them are some gigabytes, and take minutes to load.
import { deepStrictEqual } from "node:assert";
import { parseArgs } from "node:util";
import { Pool } from "pg";
import { createServiceDesk, createServiceRules, toInstant, unwrap } from "../../src/index.js";
import { migrate, pgClient, sqlStore } from "../../src/store/sql/index.js";
import { median } from "./rounds.js";

const url = process.env["CLIENTELE_POSTGRES"] || undefined;
if (url === undefined) throw new Error("CLIENTELE_POSTGRES names no server");
const { values: asked } = parseArgs({ options: { complaints: { type: "string", default: "1000000" } } });
const pool = new Pool({ connectionString: url, max: 4 });
const ann = { kind: "staff", id: "ann" } as const;
const began = Date.UTC(2020, 0, 1);

/** Complaints like one that was really opened and spoken of, a minute apart, ten for each customer. */
async function loaded(schema: string, complaints: number) {
  const rules = createServiceRules();
  const client = pgClient(pool);
  const names = { schema };
  await migrate(client, names);
  const desk = createServiceDesk({
    ...{ store: sqlStore(client, names), rules, zone: "UTC" },
    ...{ clock: () => toInstant(began), newId: () => "c0" },
  });
  unwrap(await desk.complaints.open({ input: { customerId: "k0", summary: "It does not cool" }, actor: ann }));
  for (let i = 0; i < 9; i++)
    unwrap(
      await desk.complaints.execute({ id: "c0", command: { type: "note", input: { text: "Noted" } }, actor: ann }),
    );
  const at = `to_char(timestamp '2020-01-01' + n * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`;
  const series = `generate_series(1, ${complaints - 1}) n`;
  const t = (table: string) => `${schema}.clientele_${table}`;
  await pool.query(`insert into ${t("records")} (tenant, kind, id, version, body, sealed, fields, wake_at)
    select r.tenant, r.kind, 'c' || n, r.version, replace(r.body::text, '"c0"', '"c' || n || '"')::json, null,
      r.fields || jsonb_build_object('customerId', '3k' || n / 10, 'openedAt', '3' || ${at}, 'touchedAt', '3' || ${at}), ${at}
    from ${t("records")} r, ${series} where r.id = 'c0'`);
  await pool.query(`insert into ${t("tails")} select 'main', 'complaint', 'c' || n, 10 from ${series}`);
  await pool.query(`insert into ${t("events")} (tenant, kind, id, version, body, sealed, recorded_at)
    select e.tenant, e.kind, 'c' || n, e.version, replace(e.body::text, '"c0"', '"c' || n || '"')::json, null, e.recorded_at
    from ${t("events")} e, ${series} where e.id = 'c0'`);
  // The indexes last, as whoever takes in a large house would.
  await migrate(client, { ...names, rules });
  for (const table of ["records", "events", "tails"]) await pool.query(`vacuum analyze ${t(table)}`);
  return { desk, store: sqlStore(client, names) };
}

async function spent(work: (i: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 220; i++) {
    const from = performance.now();
    await work(i);
    if (i >= 20) times.push(performance.now() - from);
  }
  return median(times);
}

const schemas: string[] = [];
try {
  const measured: Record<string, number>[] = [];
  for (const complaints of [10_000, Number(asked.complaints)]) {
    const schema = `clientele_million_${process.pid}_${complaints}`;
    schemas.push(schema);
    const from = performance.now();
    const { desk, store } = await loaded(schema, complaints);
    console.log(`${complaints} complaints loaded in ${((performance.now() - from) / 1000).toFixed(0)} s`);
    const some = (i: number) => 1 + ((i * 7919) % (complaints - 1));
    let clock = began + complaints * 60_000;
    measured.push({
      "claim of 100": await spent(async () => {
        clock += 60_000;
        const due = await store.claimDue({ now: toInstant(clock), leaseUntil: toInstant(clock + 30_000), limit: 100 });
        deepStrictEqual(due.length, 100);
      }),
      "list by customer": await spent(async (i) => {
        const where = { customerId: `k${Math.floor(some(i) / 10)}` };
        deepStrictEqual(unwrap(await desk.complaints.find({ where, limit: 5 })).items.length, 5);
      }),
      "newest twenty": await spent(async () => {
        deepStrictEqual(unwrap(await desk.complaints.find({ descending: true, limit: 20 })).items.length, 20);
      }),
      "page of a timeline": await spent(async (i) => {
        deepStrictEqual(unwrap(await desk.complaints.timeline(`c${some(i)}`, { limit: 5 })).items.length, 5);
      }),
    });
  }
  const [small, large] = measured;
  for (const [what, ms] of Object.entries(small!))
    console.log(
      `${what.padEnd(20)} ${ms.toFixed(2)} ms, ${large![what]!.toFixed(2)} ms: ${(large![what]! / ms).toFixed(2)} times`,
    );
} finally {
  for (const schema of schemas) await pool.query(`drop schema if exists ${schema} cascade`);
  await pool.end();
}
