// Commands and claims on PostgreSQL, beside the same statements by `pg` alone and beside pg-boss. Wall time, because the
// work is the database's; in turns, because others work there, too.
import { deepStrictEqual } from "node:assert";
import * as crypto from "node:crypto";
import { Pool } from "pg";
import PgBoss from "pg-boss";
import { type Instant, toInstant } from "../../src/index.js";
import { migrate, type PgConnection, pgClient, sqlStore } from "../../src/store/sql/index.js";
import { columns, visit } from "../../src/testing/store/fixtures.js";
import { inTurns, ratioOf } from "./in-turns.js";
import { noting } from "./noting.js";
import type { Bar } from "./rounds.js";

const noon = Date.UTC(2026, 2, 2, 12);

interface Said {
  readonly text: string;
  readonly values: readonly unknown[];
}
/** A pool, with somebody who writes down what is said. */
const overheard = (pool: Pool, said: Said[]) =>
  pgClient({
    connect: async () => {
      const lent = await pool.connect();
      const query = (text: string, values: unknown[]) => {
        said.push({ text, values });
        return lent.query(text, values);
      };
      return { query: query as PgConnection["query"], release: (error?: Error | boolean) => lent.release(error) };
    },
  });

async function commands(pool: Pool, schema: string): Promise<readonly Bar[]> {
  const [many, rounds] = [50, 12];
  const shop = async (name: string, said: Said[]) => {
    const names = { schema: `${schema}_${name}` };
    const client = overheard(pool, said);
    await migrate(client, names);
    return noting(sqlStore(client, { ...names, crypto }));
  };
  // What is said is written down first, and then said again by `pg` alone, to tables that are as they were.
  const script: Said[] = [];
  const first = await shop("a", script);
  script.length = 0;
  for (let i = 0; i < (rounds + 2) * many; i++) await first();
  const told = script.map(({ text, values }) => ({ text: text.replaceAll(`${schema}_a.`, `${schema}_b.`), values }));
  deepStrictEqual(told.length, (rounds + 2) * many * 2);
  await shop("b", []);
  await pool.query(`delete from ${schema}_b.clientele_keys`);
  await pool.query(`insert into ${schema}_b.clientele_keys select * from ${schema}_a.clientele_keys`);
  const ours = await shop("c", []);
  let at = 0;
  const times = await inTurns(
    {
      ours: async () => {
        for (let i = 0; i < many; i++) await ours();
      },
      "by hand": async () => {
        for (let i = 0; i < many * 2; i++) {
          const { text, values } = told[at++]!;
          const { rows } = await pool.query(text, [...values]);
          deepStrictEqual(rows.length, 1);
        }
      },
    },
    rounds,
  );
  const version = async (name: string) =>
    (await pool.query(`select version from ${schema}_${name}.clientele_records where kind = 'complaint'`)).rows[0]
      .version;
  deepStrictEqual(await version("b"), await version("c"));
  return [{ what: "SQL commands: by hand / ours", measured: ratioOf(times, "by hand", "ours"), atLeast: 0.8 }];
}

async function claims(pool: Pool, schema: string, url: string): Promise<readonly Bar[]> {
  const names = { schema: `${schema}_due` };
  const said: Said[] = [];
  const client = overheard(pool, said);
  await migrate(client, names);
  const store = sqlStore(client, names);
  const total = 20_000;
  for (let from = 0; from < total; from += 500)
    await store.transaction(
      async (unit) => {
        for (let i = from; i < from + 500; i++)
          await unit.of("visit").put(visit(`v${i}`), 0, columns({}, { wakeAt: toInstant(noon - total + i) }));
      },
      { tenant: "main" },
    );
  await pool.query(`analyze ${names.schema}.clientele_records`);
  let clock = noon;
  const claimed = (limit: number): Promise<readonly { id: string }[]> => {
    clock += 1000;
    return store.claimDue({ now: toInstant(clock), leaseUntil: toInstant(clock + 500), limit });
  };
  said.length = 0;
  await claimed(1);
  const [statement] = said;
  deepStrictEqual(said.length, 1);
  const byHand = async (limit: number) => {
    clock += 1000;
    const [now, until]: Instant[] = [toInstant(clock), toInstant(clock + 500)];
    return (await pool.query(statement!.text, [now, now, limit, until])).rows;
  };
  const bars: Bar[] = [];
  for (const limit of [1, 10, 100, 500]) {
    deepStrictEqual(
      (await claimed(limit)).map((one) => one.id),
      (await byHand(limit)).map((row) => row.id),
    );
    const many = limit === 1 ? 100 : limit === 10 ? 60 : 15;
    const times = await inTurns(
      {
        ours: async () => {
          for (let i = 0; i < many; i++) deepStrictEqual((await claimed(limit)).length, limit);
        },
        "by hand": async () => {
          for (let i = 0; i < many; i++) deepStrictEqual((await byHand(limit)).length, limit);
        },
      },
      10,
    );
    bars.push({
      what: `SQL claims of ${limit}: by hand / ours`,
      measured: ratioOf(times, "by hand", "ours"),
      atLeast: 0.8,
    });
  }

  const boss = new PgBoss({ connectionString: url, schema: `${schema}_boss` });
  await boss.start();
  try {
    await boss.createQueue("due");
    for (let from = 0; from < 12_000; from += 500)
      await boss.insert(Array.from({ length: 500 }, (_, i) => ({ name: "due", data: { id: `v${from + i}` } })));
    for (const limit of [10, 100]) {
      const complete = async () => {
        const due = await claimed(limit);
        await store.transaction(
          async (unit) => {
            for (const { id } of due) await unit.of("visit").reindex(id, 1, columns({}, { wakeAt: toInstant(clock) }));
          },
          { tenant: "main" },
        );
        return due.length;
      };
      const fetched = async () => {
        const jobs = await boss.fetch("due", { batchSize: limit });
        await boss.complete(
          "due",
          jobs.map((job) => job.id),
        );
        return jobs.length;
      };
      const times = await inTurns(
        {
          ours: async () => {
            for (let i = 0; i < 5; i++) deepStrictEqual(await complete(), limit);
          },
          "pg-boss": async () => {
            for (let i = 0; i < 5; i++) deepStrictEqual(await fetched(), limit);
          },
        },
        8,
      );
      bars.push({
        what: `SQL claim and complete ${limit}: pg-boss / ours`,
        measured: ratioOf(times, "pg-boss", "ours"),
        atLeast: 1,
      });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  return bars;
}

/** Only where CLIENTELE_POSTGRES names a server; says so otherwise. */
export async function sqlStores(): Promise<readonly Bar[]> {
  const url = process.env["CLIENTELE_POSTGRES"] || undefined;
  if (url === undefined) {
    console.log("\nskipped: stores on PostgreSQL, as CLIENTELE_POSTGRES does not name one");
    return [];
  }
  const pool = new Pool({ connectionString: url, max: 4 });
  const schema = `clientele_bench_${process.pid}`;
  try {
    return [...(await commands(pool, schema)), ...(await claims(pool, schema, url))];
  } finally {
    const { rows } = await pool.query("select nspname from pg_namespace where nspname like $1", [`${schema}%`]);
    for (const { nspname } of rows) await pool.query(`drop schema ${nspname} cascade`);
    await pool.end();
  }
}
