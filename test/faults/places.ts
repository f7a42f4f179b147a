// The databases on which faults are tried: PostgreSQL where CLIENTELE_POSTGRES names one, SQLite where this Node has it
// or `better-sqlite3` is there.
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Pool, PoolConfig } from "pg";
import {
  migrate,
  pgClient,
  type SqlClient,
  type SqliteDatabase,
  type SqlNames,
  type SqlStore,
  sqliteClient,
  sqlStore,
} from "../../src/store/sql/index.js";

/** Where a database is: plain, so that it can be handed to another process. The driver is the address of its module. */
export type Place =
  | { readonly kind: "postgres"; readonly driver: string; readonly url: string; readonly schema: string }
  | { readonly kind: "sqlite"; readonly driver: string; readonly path: string };

/** A store, opened. */
export interface Opened {
  readonly store: SqlStore<any>;
  readonly pool?: Pool;
  readonly close: () => Promise<void>;
}
export interface Opening {
  readonly pool?: PoolConfig;
  /** Stands between the store and its driver. */
  readonly through?: (client: SqlClient<any>) => SqlClient<any>;
  /** Whether the tables are made first. */
  readonly fresh?: true;
}

export async function opened(place: Place, { pool: config, through = (c) => c, fresh }: Opening = {}): Promise<Opened> {
  if (place.kind === "postgres") {
    const pool = await poolOf(place, config);
    const names: SqlNames = { schema: place.schema };
    if (fresh) await migrate(pgClient(pool), names);
    return { store: sqlStore(through(pgClient(pool)), names), pool, close: () => pool.end() };
  }
  const database = await fileOf(place);
  database.prepare("pragma busy_timeout = 10000").all();
  database.prepare("pragma journal_mode = wal").all();
  const client = sqliteClient(database);
  if (fresh) await migrate(client);
  return { store: sqlStore(through(client)), close: async () => database.close() };
}

/** What a place leaves behind in a database that stays, taken away. */
export async function cleared(place: Place): Promise<void> {
  if (place.kind === "sqlite") {
    for (const more of ["", "-wal", "-shm"]) rmSync(place.path + more, { force: true });
    return;
  }
  const pool = await poolOf(place);
  try {
    await pool.query(`drop schema if exists ${place.schema} cascade`);
  } finally {
    await pool.end();
  }
}

export async function poolOf(place: Place & { readonly kind: "postgres" }, config: PoolConfig = {}): Promise<Pool> {
  const loaded = await import(place.driver);
  const pool: Pool = new (loaded.default ?? loaded).Pool({ connectionString: place.url, max: 8, ...config });
  // As the manual of `pg` asks: idle connections break too, and the pool replaces them.
  pool.on("error", () => undefined);
  return pool;
}

type File = SqliteDatabase & { readonly close: () => void };

async function fileOf({ driver, path }: Place & { readonly kind: "sqlite" }): Promise<File> {
  const loaded = await import(driver);
  const Database = loaded.DatabaseSync ?? loaded.default;
  return new Database(path);
}

/** How places are made, and by what name a scenario calls them. */
export interface PlaceMaker {
  readonly name: string;
  readonly make: (called: string) => Place;
}

const moduleOf = (name: string, from: string = import.meta.url): string | undefined => {
  try {
    return pathToFileURL(createRequire(from).resolve(name)).href;
  } catch {
    return undefined;
  }
};
const canLoad = (address: string): Promise<boolean> =>
  import(address).then(
    () => true,
    () => false,
  );

/** PostgreSQL at an address. */
export const postgresAt = (url: string): PlaceMaker => ({
  name: "PostgreSQL",
  make: (called) => ({
    kind: "postgres",
    driver: moduleOf("pg")!,
    url,
    schema: `clientele_faults_${process.pid}_${called}`,
  }),
});

/** The server that the environment names, or why there is none. */
export function postgres(): PlaceMaker | string {
  const url = process.env["CLIENTELE_POSTGRES"] || undefined;
  return url === undefined ? "CLIENTELE_POSTGRES does not name a PostgreSQL" : postgresAt(url);
}

/** Files in a folder, or why there are none. */
export async function sqlite(folder: string): Promise<PlaceMaker | string> {
  const better = moduleOf("better-sqlite3", new URL("../native/package.json", import.meta.url).href);
  for (const driver of ["node:sqlite", ...(better === undefined ? [] : [better])])
    if (await canLoad(driver))
      return {
        name: driver === "node:sqlite" ? "SQLite (node:sqlite)" : "SQLite (better-sqlite3)",
        make: (called) => ({ kind: "sqlite", driver, path: join(folder, `${called}.db`) }),
      };
  return "this Node has no node:sqlite, and better-sqlite3 is not there";
}
