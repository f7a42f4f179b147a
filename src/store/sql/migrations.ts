import { guarded } from "../../kernel/guarded.js";
import type { SqlClient, SqlConnection, SqlDialect } from "./client.js";
import { fieldOf } from "./find.js";
import { having } from "./fits.js";
import { fieldIndexes, type Indexed } from "./indexes.js";
import { type SqlNames, type TableName, tablesOf } from "./names.js";
import { run, sql } from "./statement.js";

/** One step of the schema; its statements are applied together, once. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

/**
 * The schema as plain SQL, step by step, for hosts that apply it with a tool of their own; `migrate` does it otherwise.
 * Throws `INVALID_OPTIONS` for names that would not be names in it.
 *
 * @example
 * ```ts
 * import { migrations } from "clientele/sql";
 *
 * migrations("sqlite")[0]?.version; // => 1
 * migrations("postgres", { schema: "service" })[0]?.statements[0]?.includes("service.clientele_records"); // => true
 * ```
 */
export function migrations(dialect: SqlDialect, names: SqlNames = {}): readonly Migration[] {
  const tables = tablesOf(names, dialect);
  const name = (table: TableName): string => tables[table].pieces.join("");
  const postgres = dialect === "postgres";
  // Ordered by bytes everywhere: what is stored is made so that this is the right order.
  const text = postgres ? `text collate "C"` : "text";
  const json = postgres ? "json" : "text";
  const field = (of: string): string => `(${fieldOf({ dialect }, of).pieces.join("")})`;
  const stream = `tenant ${text} not null, kind ${text} not null, id ${text} not null`;
  return [
    {
      version: 1,
      statements: [
        `create table ${name("records")} (${stream}, version integer not null, body ${json} not null, sealed ${json},
  fields ${postgres ? "jsonb" : "text"} not null, wake_at ${text}, leased_until ${text}, primary key (tenant, kind, id))`,
        `create index ${tables.index("records_due")} on ${name("records")} (wake_at) where wake_at is not null`,
        `create index ${tables.index("records_closed")} on ${name("records")} (${field("touchedAt")}) where ${field("phase")} = '3closed'`,
        `create table ${name("people")} (tenant ${text} not null, person ${text} not null, kind ${text} not null,
  id ${text} not null, primary key (tenant, person, kind, id))`,
        `create index ${tables.index("people_of")} on ${name("people")} (tenant, kind, id)`,
        `create table ${name("events")} (${stream}, version integer not null, body ${json} not null, sealed ${json},
  recorded_at ${text} not null, primary key (tenant, kind, id, version))`,
        `create table ${name("tails")} (${stream}, version integer not null, primary key (tenant, kind, id))`,
        `create table ${name("receipts")} (tenant ${text} not null, command_id ${text} not null, body ${json} not null,
  expires_at ${text}, primary key (tenant, command_id))`,
        `create index ${tables.index("receipts_expired")} on ${name("receipts")} (expires_at) where expires_at is not null`,
        `create table ${name("keys")} (tenant ${text} not null, person ${text} not null, generation integer not null,
  content text, primary key (tenant, person))`,
        `create table ${name("secrets")} (name ${text} primary key, content text not null)`,
        // By which persons are named; made by the database, so that it is there for whoever applies this.
        `insert into ${name("secrets")} (name, content) values ('people', ${
          postgres
            ? "encode(sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea), 'base64')"
            : "hex(randomblob(32))"
        })`,
        `create table ${name("consumers")} (consumer ${text} primary key, since ${text} not null, settled integer not null)`,
        `create table ${name("progress")} (${stream}, consumer ${text} not null, delivered integer not null,
  primary key (tenant, kind, id, consumer))`,
        `create table ${name("waiting")} (${stream}, consumer ${text} not null, since ${text} not null,
  failures integer not null, retry_at ${text}, halted text, lease ${text}, leased_until ${text},
  primary key (tenant, kind, id, consumer))`,
        `create index ${tables.index("waiting_since")} on ${name("waiting")} (consumer, since)`,
      ],
    },
  ];
}

/** What `migrate` is told. */
export interface MigrateOptions extends SqlNames {
  /** The composition, whose records are then found by the fields that their kinds declare by way of an index. */
  readonly rules?: Indexed;
}

/**
 * Brings the schema to the newest version; answers the versions that it applied. Safe when several processes begin at
 * once: one applies, the others wait and find it done. Refuses what is no client, or no names (`INVALID_OPTIONS`).
 */
export async function migrate(client: SqlClient<any>, options: MigrateOptions = {}): Promise<readonly number[]> {
  const { dialect, steps, indexes, table, schema } = guarded("INVALID_OPTIONS", "migrate", () => {
    const { dialect } = having("client", client, "connect");
    const { rules, ...names } = options;
    const { migrations: table, schema } = tablesOf(names, dialect);
    const indexes = rules === undefined ? [] : fieldIndexes(dialect, rules, names);
    return { dialect, steps: migrations(dialect, names), indexes, table, schema };
  });
  return client.connect(async (connection) => {
    const ask = (text: string) => connection.query(text, []);
    await ask(dialect === "postgres" ? "begin" : "begin immediate");
    try {
      if (dialect === "postgres") await prepareSchema(connection, schema);
      await ask(
        `create table if not exists ${table.pieces.join("")} (version integer primary key, applied_at text not null)`,
      );
      const rows = await run(connection, dialect, sql`select version from ${table}`);
      const had = new Set(rows.map((row) => Number(row["version"])));
      const missing = steps.filter(({ version }) => !had.has(version));
      for (const { version, statements } of missing) {
        for (const statement of statements) await ask(statement);
        const at = new Date().toISOString();
        await run(connection, dialect, sql`insert into ${table} (version, applied_at) values (${version}, ${at})`);
      }
      for (const statement of indexes) await ask(statement);
      await ask("commit");
      return missing.map(({ version }) => version);
    } catch (thrown) {
      await ask("rollback").catch(() => undefined);
      throw thrown;
    }
  });
}

/** Any two processes that migrate the same database take turns; the number is that of this package. */
async function prepareSchema(connection: SqlConnection, schema: string | undefined): Promise<void> {
  await connection.query("select pg_advisory_xact_lock(7238473100)", []);
  if (schema !== undefined) await connection.query(`create schema if not exists ${schema}`, []);
}
