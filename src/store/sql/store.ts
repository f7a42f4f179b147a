import { ClienteleError } from "../../kernel/errors.js";
import { guarded } from "../../kernel/guarded.js";
import { preview } from "../../kernel/schema.js";
import type { Reads, Store } from "../../ports/store.js";
import { type ArchiveRequest, archive } from "./archive.js";
import { inTurn, type SqlClient } from "./client.js";
import { dueOf } from "./due.js";
import { lately } from "./lately.js";
import { type SqlNames, tablesOf } from "./names.js";
import { outboxOf } from "./outbox.js";
import type { OwnTable } from "./own.js";
import type { SecretKey } from "./platform.js";
import { quoted, type SqlRoles } from "./row-security.js";
import { type KeyKeeper, plainKeeper } from "./seal.js";
import { inSavepoint, inTransaction, nameTenant, type Session, type Sql, sessionOn } from "./session.js";
import { unitOn } from "./unit.js";
import { secretOf } from "./vault.js";

/** Where a store keeps things, and how. */
export interface SqlStoreOptions<Driver = unknown> extends SqlNames {
  /** For PostgreSQL that keeps tenants apart itself: see `rowSecurity`. Each unit then names its tenant first. */
  readonly rowSecurity?: Pick<SqlRoles, "claimRole">;
  /** Kinds whose records stay in a table of the host's own. */
  readonly own?: Readonly<Record<string, OwnTable<Driver>>>;
  /** Wraps the keys of persons; without it they stand in a table of the store's own. */
  readonly keys?: KeyKeeper;
}

/** A transaction of a `sqlStore`, to `join` and for the host's own statements. */
export interface SqlTransaction<Driver = unknown> {
  /** The host's own connection. */
  readonly driver: Driver;
  readonly "~session": unknown;
}

/** A store on a database. */
export interface SqlStore<Driver = unknown> extends Store<SqlTransaction<Driver>> {
  /** A transaction that the host began itself, on a connection of its own, to `join`. */
  readonly within: (driver: Driver) => SqlTransaction<Driver>;
  /**
   * Takes one batch of closed records, of any tenant, out of the tables, with their events; answers how many, so that a
   * job calls it until that is 0. What a consumer has not had yet stays. A batch is one transaction.
   */
  readonly archive: (request: ArchiveRequest) => Promise<number>;
}

/**
 * Keeps everything in PostgreSQL or SQLite, by the host's own driver. The tables are made by `migrate`. A unit of work is
 * one transaction of snapshot isolation (PostgreSQL: `repeatable read`); who was slower gets a `CONFLICT`, and the desk
 * decides again. Personal fields are sealed with AES-256-GCM under a key for each person.
 *
 * @example
 * ```ts
 * import { PGlite } from "@electric-sql/pglite";
 * import { createServiceDesk } from "clientele";
 * import { migrate, pgliteClient, sqlStore } from "clientele/sql";
 *
 * const client = pgliteClient(await PGlite.create());
 * await migrate(client); // => [1]
 * const desk = createServiceDesk({ store: sqlStore(client) });
 * const opened = await desk.complaints.open({
 *   input: { customerId: "c-7", summary: "The fridge does not cool" }, actor: { kind: "staff", id: "ann" },
 * });
 * opened.ok; // => true
 * ```
 */
export function sqlStore<Driver>(client: SqlClient<Driver>, options: SqlStoreOptions<Driver> = {}): SqlStore<Driver> {
  const of = guarded("INVALID_OPTIONS", "sqlStore", (): Sql => {
    const { schema, prefix, keys = plainKeeper, rowSecurity, own = {} } = options;
    const tables = tablesOf({
      ...(schema === undefined ? {} : { schema }),
      ...(prefix === undefined ? {} : { prefix }),
    });
    const { dialect } = client;
    const claimRole = rowSecurity === undefined ? undefined : quoted(rowSecurity.claimRole);
    const secret = secretOf({ tables });
    const known = { unwrapped: lately<SecretKey>(1000), named: lately<string>(10_000) };
    return { client, dialect, tables, keeper: keys, own: new Map(Object.entries(own)), claimRole, secret, ...known };
  });
  return {
    transaction: async (work, asked) => {
      const { tenant, join, reads } = readOptions<Driver>(work, asked);
      if (join !== undefined) return joined(of, join, tenant, work);
      return inTransaction(of, { tenant }, async (session, driver) => {
        const tx: SqlTransaction<Driver> = { driver: driver as Driver, "~session": session };
        const isOwn = reads?.record !== undefined && of.own.has(reads.record.kind);
        const ahead = of.dialect === "postgres" && of.claimRole === undefined && !isOwn ? reads : undefined;
        const { unit, flush, end } = unitOn(of, session, tenant, tx, ahead);
        session.flush = flush;
        // Statements of the host's own would stand outside of a transaction that has not begun.
        if (ahead === undefined) await session.begin();
        try {
          const result = await work(unit);
          await flush();
          return result;
        } finally {
          end();
        }
      });
    },
    ...dueOf(of),
    outbox: outboxOf(of),
    archive: (request) => archive(of, request),
    within: (driver) => ({ driver, "~session": sessionOn(of, client.connection(driver), undefined) }),
  };
}

function readOptions<Driver>(
  work: unknown,
  options: { readonly tenant: string; readonly join?: SqlTransaction<Driver>; readonly reads?: Reads },
) {
  return guarded("INVALID_OPTIONS", "transaction", () => {
    const { tenant, join, reads } = options;
    if (typeof work !== "function") throw new TypeError(`work must be a function, found ${preview(work)}`);
    if (typeof tenant !== "string") throw new ClienteleError("INVALID_TENANT", `found ${preview(tenant)}`);
    return { tenant, join, reads };
  });
}

/** Work within somebody else's transaction: when it fails, what it did is undone and the transaction goes on. */
async function joined<Driver, R>(
  of: Sql,
  tx: SqlTransaction<Driver>,
  tenant: string,
  work: (unit: ReturnType<typeof unitOn<SqlTransaction<Driver>>>["unit"]) => Promise<R>,
): Promise<R> {
  const session = (tx as Partial<SqlTransaction> | null)?.["~session"] as Session | undefined;
  if (session?.open !== true) throw new ClienteleError("UNIT_OVER", "the transaction to join is over");
  return session.turn(async () => {
    await session.begin();
    if (of.claimRole !== undefined) await nameTenant(session.connection, tenant);
    await session.flush();
    return inSavepoint(session, async () => {
      // Of its own, so that this work can be joined in its turn.
      const inner: Session = { ...session, turn: inTurn() };
      const { unit, flush, end } = unitOn(of, inner, tenant, { driver: tx.driver, "~session": inner });
      inner.flush = flush;
      try {
        const result = await work(unit);
        await flush();
        return result;
      } finally {
        inner.open = false;
        end();
      }
    });
  });
}
