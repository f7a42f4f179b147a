import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { memoryStore, type Store } from "clientele";
import {
  migrate,
  pgClient,
  pgliteClient,
  type SqlClient,
  type SqliteDatabase,
  type SqlRow,
  type SqlStoreOptions,
  sqliteClient,
  sqlStore,
} from "clientele/sql";
import { Pool } from "pg";
import { postgres, sayWithout } from "./schemas.js";

/** How a store seals what is personal. */
export type Sealing = Pick<SqlStoreOptions, "keys" | "crypto">;

/** A fresh store. */
export interface Stored {
  readonly store: Store<any>;
  readonly close: () => Promise<void>;
}
/** One whose tables can be looked into beside it, by the driver alone. */
export interface SqlStored extends Stored {
  /** Plain SQL, with nothing of ours in between. */
  readonly second: (text: string) => Promise<readonly SqlRow[]>;
  /** The name of one of its tables, as a statement needs it. */
  readonly table: (name: string) => string;
  /** The names of all tables that are there, as statements need them. */
  readonly tables: () => Promise<readonly string[]>;
  /** The same tables by another store, as a second process would open them. */
  readonly again: (options?: Sealing) => Store<any>;
}

/** A kind of store that is at hand. */
export interface Place<S extends Stored = Stored> {
  readonly name: string;
  /** Whether it has one connection, so that two units cannot be open at once. */
  readonly serial: boolean;
  readonly make: (options?: Sealing) => Promise<S>;
}

sayWithout("PostgreSQL itself");

interface Sqlite {
  readonly DatabaseSync: new (path: string) => SqliteDatabase & { readonly close: () => void };
}
/** Node has SQLite itself from 22 on. */
const sqlite = (await import("node:sqlite" as string).catch(() => undefined)) as Sqlite | undefined;
if (sqlite === undefined) console.warn("skipped: SQLite, which this Node does not have");

const closing: (() => unknown)[] = [];
const atTheEnd = <T>(made: T, close: (made: T) => unknown): T => {
  closing.unshift(() => close(made));
  return made;
};
/** Ends what the places have in common. */
export async function closePlaces(): Promise<void> {
  pglite = pool = besidePool = folder = undefined;
  for (const close of closing.splice(0)) await close();
}

let pglite: Promise<PGlite> | undefined;
let pool: Pool | undefined;
let besidePool: Pool | undefined;
let folder: string | undefined;
let made = 0;
/** Closed at the end, if a test that failed has not done it. */
const closedOnce = (close: () => Promise<unknown>): (() => Promise<void>) => {
  let open = true;
  const once = async () => {
    if (open) {
      open = false;
      await close();
    }
  };
  return atTheEnd(once, (it) => it());
};
const onePglite = () => (pglite ??= atTheEnd(PGlite.create(), async (it) => (await it).close()));
const onePool = () => (pool ??= atTheEnd(new Pool({ connectionString: postgres, max: 12 }), (it) => it.end()));
const secondPool = () => (besidePool ??= atTheEnd(new Pool({ connectionString: postgres, max: 1 }), (it) => it.end()));
const oneFolder = () =>
  (folder ??= atTheEnd(mkdtempSync(join(tmpdir(), "clientele-")), (it) =>
    rmSync(it, { recursive: true, force: true }),
  ));

/** Each store has a schema of its own. */
async function inSchema(client: SqlClient<any>, ask: SqlStored["second"], options: Sealing): Promise<SqlStored> {
  const schema = `clientele_places_${randomUUID().slice(0, 8)}_${++made}`;
  await migrate(client, { schema });
  return {
    store: sqlStore(client, { schema, ...options }),
    again: (more = options) => sqlStore(client, { schema, ...more }),
    second: ask,
    table: (name) => `${schema}.clientele_${name}`,
    tables: async () =>
      (await ask(`select table_name from information_schema.tables where table_schema = '${schema}' order by 1`)).map(
        (row) => `${schema}.${row["table_name"]}`,
      ),
    close: closedOnce(() => ask(`drop schema ${schema} cascade`)),
  };
}

/** Each store has a database of its own; a file is looked into by another connection. */
async function inSqlite(path: string, options: Sealing): Promise<SqlStored> {
  const database = new sqlite!.DatabaseSync(path);
  const beside = path === ":memory:" ? database : new sqlite!.DatabaseSync(path);
  for (const one of new Set([database, beside]))
    for (const pragma of ["journal_mode = wal", "busy_timeout = 5000", "secure_delete = on"])
      one.prepare(`pragma ${pragma}`).all();
  const client = sqliteClient(database);
  await migrate(client);
  const ask: SqlStored["second"] = async (text) => beside.prepare(text).all() as SqlRow[];
  return {
    store: sqlStore(client, options),
    again: (more = options) => sqlStore(client, more),
    second: ask,
    table: (name) => `clientele_${name}`,
    tables: async () =>
      (await ask("select name from sqlite_master where type = 'table' order by 1")).map((row) => String(row["name"])),
    close: closedOnce(async () => {
      for (const one of new Set([database, beside])) one.close();
    }),
  };
}

/** The stores of `clientele/sql` that are at hand. */
export const sqlPlaces: readonly Place<SqlStored>[] = [
  {
    name: "PGlite",
    serial: true,
    make: async (options = {}) => {
      const database = await onePglite();
      return inSchema(pgliteClient(database), async (text) => (await database.query<SqlRow>(text)).rows, options);
    },
  },
  ...(postgres === undefined
    ? []
    : [
        {
          name: "PostgreSQL",
          serial: false,
          make: (options: Sealing = {}) =>
            inSchema(pgClient(onePool()), async (text) => (await secondPool().query(text)).rows, options),
        },
      ]),
  ...(sqlite === undefined
    ? []
    : [
        {
          name: "SQLite in memory",
          serial: true,
          make: (options: Sealing = {}) => inSqlite(":memory:", options),
        },
        {
          name: "SQLite in a file",
          serial: true,
          make: (options: Sealing = {}) => inSqlite(join(oneFolder(), `${++made}.db`), options),
        },
      ]),
];

/** Every store that is at hand. */
export const places: readonly Place[] = [
  { name: "memory", serial: false, make: async () => ({ store: memoryStore(), close: async () => undefined }) },
  ...sqlPlaces,
];
