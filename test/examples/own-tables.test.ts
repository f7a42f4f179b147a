import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addColumns, customers, main } from "../../examples/15-own-tables.js";
import {
  migrate,
  type PgliteConnection,
  pgClient,
  pgliteClient,
  type SqlClient,
  sqlStore,
} from "../../src/store/sql/index.js";
import { storeConformance } from "../../src/testing/index.js";
import { postgres, sayWithout, schemasOf } from "../store/schemas.js";
import { linesOf } from "./lines.js";

test("15: the shop's customers stay in its table, in the same transaction as everything else", async () => {
  expect(await linesOf(main)).toEqual([
    "Joy, joy@example.org: interested",
    "the card was refused: 1 complaint",
    "Joy, joy@example.org: interested",
    "(erased), joy@example.org: interested",
    'the service says: {"erased":true}',
  ]);
});

/** A store that keeps the records of the laws in the shop's table. */
async function shopOn(client: SqlClient<PgliteConnection>, schema: string) {
  await migrate(client, { schema });
  await client.connect(async ({ query }) => {
    await query(`create table ${schema}.customers (shop text, id text, name text, primary key (shop, id))`, []);
    await query(addColumns.replace("customers", `${schema}.customers`), []);
  });
  const of: typeof customers = {
    read: (tx, ...rest) => customers.read({ ...tx, driver: within(tx.driver, schema) }, ...rest),
    write: (tx, ...rest) => customers.write({ ...tx, driver: within(tx.driver, schema) }, ...rest),
    erase: (tx, ...rest) => customers.erase({ ...tx, driver: within(tx.driver, schema) }, ...rest),
  };
  return sqlStore(client, { schema, own: { visit: of } });
}
const within = (driver: PgliteConnection, schema: string): PgliteConnection => ({
  query: (text, values) =>
    driver.query(
      text
        .replaceAll('"customers"', `"${schema}"."customers"`)
        .replaceAll(`"${schema}"."customers"."`, '"customers"."'),
      values,
    ),
});

describe("the shop's table keeps the laws", () => {
  let database: PGlite;
  let made = 0;
  beforeAll(async () => {
    database = await PGlite.create();
  });
  afterAll(() => database.close());
  const fresh = () => shopOn(pgliteClient(database), `s${++made}`);
  test.each(storeConformance(fresh, { serial: true }))("$law", ({ run }) => run());
});

sayWithout("the shop's table on PostgreSQL itself");

describe.skipIf(postgres === undefined)("the shop's table keeps the laws on PostgreSQL itself", () => {
  const { pool, schema } = schemasOf("clientele_own");
  const fresh = () => shopOn(pgClient(pool()) as unknown as SqlClient<PgliteConnection>, schema());
  test.each(storeConformance(fresh))("$law", ({ run }) => run());
});
