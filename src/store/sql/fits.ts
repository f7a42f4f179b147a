import { ClienteleError } from "../../kernel/errors.js";
import { guarded } from "../../kernel/guarded.js";
import { inTurn, type SqlClient, type SqlConnection, type SqlRow } from "./client.js";
import { wrong } from "./names.js";

/** Something of a host's that has these doors. Refuses at once what lacks one (`INVALID_OPTIONS`). */
export const having = <T>(what: string, value: T, ...doors: readonly (keyof T & string)[]): T =>
  guarded("INVALID_OPTIONS", what, () => {
    for (const door of doors)
      if (typeof value[door] !== "function") throw wrong(`${what}.${door}`, "a function", value[door]);
    return value;
  });

/** The work for which a connection is lent. */
function worked<W>(work: W): W {
  if (typeof work !== "function") throw wrong("connect", "a function", work);
  return work;
}

/** What is used of a `Client`, or of a client that a `Pool` lends, of the package `pg`. */
export interface PgConnection {
  readonly query: (text: string, values: any[]) => Promise<{ readonly rows: any[]; readonly command?: string }>;
  readonly on?: (event: "error", listener: (error: Error) => void) => unknown;
  readonly off?: (event: "error", listener: (error: Error) => void) => unknown;
}
/** What is used of a `Pool` of the package `pg`. */
export interface PgPool {
  readonly connect: () => Promise<PgConnection & { readonly release: (error?: Error | boolean) => void }>;
}

/** Of a transaction in which a statement has failed, `commit` is a rollback that says nothing. */
const aborted = (): ClienteleError =>
  new ClienteleError("UNIT_OVER", "a statement of this transaction has failed, and nothing of it was committed");

/** `lost`: told of what is no answer of the server, and has left the connection in a state that nobody knows. */
const ofPg = (driver: PgConnection, lost: (error: unknown) => void = () => undefined): SqlConnection => ({
  query: async (text, values) => {
    try {
      const { rows, command } = await driver.query(text, values as any[]);
      if (text === "commit" && command === "ROLLBACK") throw aborted();
      return rows as SqlRow[];
    } catch (thrown) {
      if (typeof (thrown as { severity?: unknown } | null)?.severity !== "string") lost(thrown);
      throw thrown;
    }
  },
});
const ignored = (): void => undefined;

/**
 * A pool of the package `pg`: each unit of work has a connection of its own. Refuses what is none (`INVALID_OPTIONS`).
 *
 * @example
 * ```ts no-run
 * import { Pool } from "pg";
 * import { createServiceDesk } from "clientele";
 * import { migrate, pgClient, sqlStore } from "clientele/sql";
 *
 * const client = pgClient(new Pool());
 * await migrate(client);
 * const desk = createServiceDesk({ store: sqlStore(client) });
 * ```
 */
export function pgClient(pool: PgPool): SqlClient<PgConnection> {
  having("pool", pool, "connect");
  return {
    dialect: "postgres",
    serial: false,
    connection: (driver) => ofPg(having("driver", driver, "query")),
    connect: async (work) => {
      worked(work);
      const driver = await pool.connect();
      let broken = false;
      const connection = ofPg(driver, () => {
        broken = true;
      });
      // A pool does not listen while it lends, and an error that nobody hears ends the process.
      driver.on?.("error", ignored);
      try {
        return await work(connection, driver);
      } finally {
        driver.off?.("error", ignored);
        driver.release(broken);
      }
    },
  };
}

/** One `Client` of the package `pg`; units of work wait for each other. Refuses what is none (`INVALID_OPTIONS`). */
export function pgConnectionClient(driver: PgConnection): SqlClient<PgConnection> {
  const turn = inTurn();
  const connection = ofPg(having("driver", driver, "query"));
  return {
    dialect: "postgres",
    serial: true,
    connection: (of) => ofPg(having("driver", of, "query")),
    connect: (work) => turn(() => worked(work)(connection, driver)),
  };
}

/** What is used of a database of the package `@electric-sql/pglite`. */
export interface PgliteConnection {
  readonly query: (text: string, values?: any[]) => Promise<{ readonly rows: any[] }>;
}

/** PGlite: PostgreSQL inside this process, with one connection. Refuses what is none (`INVALID_OPTIONS`). */
export function pgliteClient(driver: PgliteConnection): SqlClient<PgliteConnection> {
  const turn = inTurn();
  const over = (of: PgliteConnection): SqlConnection => {
    having("driver", of, "query");
    return {
      query: async (text, values) => {
        // It does not say how a commit ended, but an aborted transaction takes no other statement.
        if (text === "commit")
          await of.query("select 1").catch(() => {
            throw aborted();
          });
        return (await of.query(text, values as any[])).rows as SqlRow[];
      },
    };
  };
  const connection = over(driver);
  return {
    dialect: "postgres",
    serial: true,
    connection: over,
    connect: (work) => turn(() => worked(work)(connection, driver)),
  };
}

/** What is used of a database of `better-sqlite3`, or of a `DatabaseSync` of `node:sqlite`. */
export interface SqliteDatabase {
  readonly prepare: (text: string) => { readonly all: (...values: any[]) => unknown[] };
}

/** As many statements as are kept prepared. */
const mostPrepared = 200;

/**
 * SQLite by `better-sqlite3` or `node:sqlite`: one connection, whose units of work wait for each other. Several
 * processes may share the file; give it a busy timeout (`pragma busy_timeout`) and `pragma journal_mode = wal`. Refuses
 * what is no database (`INVALID_OPTIONS`).
 */
export function sqliteClient(database: SqliteDatabase): SqlClient<SqliteDatabase> {
  const turn = inTurn();
  const over = (of: SqliteDatabase): SqlConnection => {
    having("database", of, "prepare");
    const prepared = new Map<string, ReturnType<SqliteDatabase["prepare"]>>();
    return {
      query: async (text, values) => {
        let statement = prepared.get(text);
        if (statement === undefined) {
          if (prepared.size >= mostPrepared) prepared.clear();
          statement = of.prepare(text);
          prepared.set(text, statement);
        }
        return rowsOf(statement, values);
      },
    };
  };
  const connection = over(database);
  return {
    dialect: "sqlite",
    serial: true,
    connection: over,
    connect: (work) => turn(() => worked(work)(connection, database)),
  };
}

/** `better-sqlite3` has a door of its own for statements that answer no rows. */
function rowsOf(statement: ReturnType<SqliteDatabase["prepare"]>, values: readonly unknown[]): readonly SqlRow[] {
  const { reader, run } = statement as { readonly reader?: boolean; readonly run?: (...values: unknown[]) => unknown };
  if (reader === false && run !== undefined) {
    run.apply(statement, values as unknown[]);
    return [];
  }
  return statement.all(...values) as SqlRow[];
}
