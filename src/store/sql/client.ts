// What this store needs of a database: nothing of a driver is named, so the package depends on none.

/** The dialects that the statements are written in: PostgreSQL from 14 on, SQLite from 3.40 on. */
export type SqlDialect = "postgres" | "sqlite";

/** A row as a driver gives it: values by the names of columns. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** One connection. Placeholders are `$1`, `$2`, … for PostgreSQL and `?` for SQLite. */
export interface SqlConnection {
  readonly query: (text: string, values: readonly unknown[]) => Promise<readonly SqlRow[]>;
}

/** A database, by way of the host's own driver: see `pgClient`, `pgliteClient` and `sqliteClient`. */
export interface SqlClient<Driver = unknown> {
  readonly dialect: SqlDialect;
  /** Whether it has one connection only, so that units of work run one after another. */
  readonly serial: boolean;
  /** Lends a connection for as long as `work` takes; nobody else uses it meanwhile. */
  readonly connect: <R>(work: (connection: SqlConnection, driver: Driver) => Promise<R>) => Promise<R>;
  /** A connection of the host's, on which a transaction of its own is open. */
  readonly connection: (driver: Driver) => SqlConnection;
}

/** Works that share one connection wait for each other. */
export function inTurn(): <R>(work: () => Promise<R>) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
