// The customers stay in the table that the shop has had for years, behind Kysely; everything else is in the tables of the
// store, in the same transaction.
import { PGlite } from "@electric-sql/pglite";
import { type AnyRecord, ClienteleError, createServiceDesk, type Mark, unwrap } from "clientele";
import { migrate, type OwnTable, type PgliteConnection, pgliteClient, sqlStore } from "clientele/sql";
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { type Print, runIfStarted } from "./run.js";

// #region table
/** The shop's own columns, and three more: what the service knows of a customer, as of which version, and what is whose. */
interface Shop {
  readonly customers: {
    readonly shop: string;
    readonly id: string;
    readonly name: string | null;
    readonly version: number | null;
    readonly service: string | null;
    readonly personal: string | null;
  };
}
export const addColumns =
  "alter table customers add column version integer, add column service json, add column personal jsonb";
// #endregion table

// #region kysely
/** Kysely writes the statements; they run on the connection that has the transaction, whoever began it. */
const db = new Kysely<Shop>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
interface Query {
  readonly compile: () => { readonly sql: string; readonly parameters: readonly unknown[] };
}
async function rowsOf(driver: PgliteConnection, query: Query): Promise<readonly Row[]> {
  const { sql, parameters } = query.compile();
  return (await driver.query(sql, [...parameters])).rows;
}
// #endregion kysely

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly version: number;
  readonly service: Readonly<Record<string, unknown>>;
  readonly personal: readonly Mark[];
}
const recordOf = ({ name, service }: Row): AnyRecord =>
  ({ ...service, ...(name === null ? {} : { name }) }) as unknown as AnyRecord;

/** A name has a column of its own; what was erased is told by the service's part. */
function columnsOf(record: AnyRecord) {
  const { name, ...service } = record as AnyRecord & { readonly name?: unknown };
  return typeof name === "string"
    ? { name, service: JSON.stringify(service) }
    : { name: null, service: JSON.stringify(record) };
}

function erased(record: AnyRecord, marks: readonly Mark[]): AnyRecord {
  const copy = structuredClone(record) as unknown as Record<string | number, unknown>;
  for (const { path } of marks) {
    let node = copy;
    for (const step of path.slice(0, -1)) node = node[step] as Record<string | number, unknown>;
    node[path.at(-1)!] = { erased: true };
  }
  return copy as unknown as AnyRecord;
}

// #region own
export const customers: OwnTable<PgliteConnection> = {
  read: async ({ driver }, tenant, ids) => {
    const known = db.selectFrom("customers").selectAll().where("version", "is not", null);
    const rows = await rowsOf(driver, known.where("shop", "=", tenant).where("id", "in", [...ids]));
    return rows.map(recordOf);
  },
  write: async ({ driver }, tenant, record, expectedVersion, personal) => {
    const set = { ...columnsOf(record), version: record.version, personal: JSON.stringify(personal) };
    const written =
      expectedVersion === 0
        ? db
            .insertInto("customers")
            .values({ shop: tenant, id: record.id, ...set })
            // The shop has known the customer for years: now the service does, too.
            .onConflict((on) => on.columns(["shop", "id"]).doUpdateSet(set).where("customers.version", "is", null))
            .returning("id")
        : db
            .updateTable("customers")
            .set(set)
            .where("shop", "=", tenant)
            .where("id", "=", record.id)
            .where("version", "=", expectedVersion)
            .returning("id");
    if ((await rowsOf(driver, written)).length === 0)
      throw new ClienteleError("CONFLICT", `customer "${record.id}" has been written meanwhile`);
  },
  erase: async ({ driver }, tenant, person) => {
    const about = db.selectFrom("customers").selectAll().where("shop", "=", tenant);
    const rows = await rowsOf(driver, about.where("personal", "@>", JSON.stringify([{ person }])));
    for (const row of rows) {
      const record = erased(
        recordOf(row),
        row.personal.filter((mark) => mark.person === person),
      );
      const update = db.updateTable("customers").set(columnsOf(record)).where("shop", "=", tenant);
      await rowsOf(driver, update.where("id", "=", row.id));
    }
  },
};
// #endregion own

export async function main(print: Print): Promise<void> {
  const database = await PGlite.create();
  await database.exec("create table customers (shop text, id text, name text, email text, primary key (shop, id))");
  await database.exec("insert into customers values ('main', 'c-7', 'Joy', 'joy@example.org')");
  await database.exec(addColumns);
  const client = pgliteClient(database);
  await migrate(client);
  const store = sqlStore(client, { own: { customer: customers } });
  const desk = createServiceDesk({ store, zone: "UTC", clock: () => "2026-03-02T09:00:00.000Z" });
  const actor = { kind: "staff", id: "ann" } as const;

  unwrap(await desk.customers.open({ id: "c-7", input: { name: "Joy" }, actor }));
  const input = { customerId: "c-7", summary: "The fridge does not cool" };
  unwrap(await desk.complaints.open({ input, actor }));
  const told = async () => {
    const { rows } = await database.query<{ name: string | null; email: string; state: string }>(
      "select name, email, service ->> 'state' as state from customers",
    );
    for (const row of rows) print(`${row.name ?? "(erased)"}, ${row.email}: ${row.state}`);
  };
  await told();

  // In one transaction with the shop's own statements; it fails, and nothing of either is left.
  const failed = await store
    .transaction(
      async ({ tx }) => {
        await tx.driver.query("update customers set email = 'new@example.org'");
        unwrap(await desk.complaints.open({ input, actor, join: tx }));
        throw new Error("the card was refused");
      },
      { tenant: "main" },
    )
    .catch((error: Error) => error.message);
  print(`${failed}: ${unwrap(await desk.complaints.find()).items.length} complaint`);
  await told();

  unwrap(await desk.people.erase("c-7"));
  await told();
  print(`the service says: ${JSON.stringify(unwrap(await desk.customers.get("c-7")).name)}`);
  await database.close();
}

await runIfStarted(import.meta.url, main);
