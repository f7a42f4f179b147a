import { ClienteleError } from "../../kernel/errors.js";
import { guarded } from "../../kernel/guarded.js";
import { preview } from "../../kernel/schema.js";
import type { Reads, Store } from "../../ports/store.js";
import { type ArchiveRequest, archive } from "./archive.js";
import { type NodeCrypto, nodeCipher, type SealingKey, webCipher } from "./cipher.js";
import { inTurn, type SqlClient } from "./client.js";
import { dueOf } from "./due.js";
import { having } from "./fits.js";
import { lately } from "./lately.js";
import { isName, nameIn, type SqlNames, streamIn, tablesOf, wrong } from "./names.js";
import { outboxOf } from "./outbox.js";
import type { OwnTable } from "./own.js";
import { quoted, type SqlRoles } from "./row-security.js";
import { type KeyKeeper, plainKeeper } from "./seal.js";
import { inSavepoint, inTransaction, nameTenant, type Session, type Sql, sessionOn } from "./session.js";
import { unitOn } from "./unit.js";
import { namingOf } from "./vault.js";

/** Where a store keeps things, and how. */
export interface SqlStoreOptions<Driver = unknown> extends SqlNames {
  /** For PostgreSQL that keeps tenants apart itself: see `rowSecurity`. Each unit then names its tenant first. */
  readonly rowSecurity?: Pick<SqlRoles, "claimRole">;
  /** Kinds whose records stay in a table of the host's own. */
  readonly own?: Readonly<Record<string, OwnTable<Driver>>>;
  /** Wraps the keys of persons; without it they stand in a table of the store's own. */
  readonly keys?: KeyKeeper;
  /**
   * The module `node:crypto`, where the host runs on Node: personal fields are then sealed and opened at once. Without it
   * Web Crypto is used, for which each field is a way to another thread and back. What is stored is the same.
   */
  readonly crypto?: NodeCrypto;
}

/** A transaction of a `sqlStore`, to `join` and for the host's own statements. */
export interface SqlTransaction<Driver = unknown> {
  /** The host's own connection. */
  readonly driver: Driver;
  readonly "~session": unknown;
}

/** A store on a database. */
export interface SqlStore<Driver = unknown> extends Store<SqlTransaction<Driver>> {
  /**
   * A transaction that the host began itself, on a connection of its own, to `join`. Throws `INVALID_OPTIONS` for what is
   * no connection.
   */
  readonly within: (driver: Driver) => SqlTransaction<Driver>;
  /**
   * Takes one batch of closed records, of any tenant, out of the tables, with their events; answers how many, so that a
   * job calls it until that is 0. What a consumer has not had yet stays. A batch is one transaction. Refuses what is no
   * request (`INVALID_OPTIONS`).
   */
  readonly archive: (request: ArchiveRequest) => Promise<number>;
}

/**
 * Keeps everything in PostgreSQL or SQLite, by the host's own driver. The tables are made by `migrate`. A unit of work is
 * one transaction of snapshot isolation (PostgreSQL: `repeatable read`); who was slower gets a `CONFLICT`, and the desk
 * decides again. Personal fields are sealed with AES-256-GCM under a key for each person. Throws `INVALID_OPTIONS` for
 * what is no client, or no options for its database.
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
    const { schema, prefix, keys = plainKeeper, rowSecurity, own = {}, crypto } = options;
    const { dialect } = having("client", client, "connect", "connection");
    const names = { ...(schema === undefined ? {} : { schema }), ...(prefix === undefined ? {} : { prefix }) };
    const tables = tablesOf(names, dialect);
    if (rowSecurity !== undefined && dialect !== "postgres") throw wrong("rowSecurity", "PostgreSQL", dialect);
    const claimRole = rowSecurity === undefined ? undefined : quoted(rowSecurity.claimRole);
    const owned = Object.entries(own).map(
      ([kind, table]) => [kind, having(kind, table, "read", "write", "erase")] as const,
    );
    const cipher = crypto === undefined ? webCipher : nodeCipher(crypto);
    const naming = namingOf({ tables, cipher });
    const known = { unwrapped: lately<SealingKey>(1000), named: lately<string>(10_000) };
    return {
      client,
      dialect,
      tables,
      keeper: having("keys", keys, "wrap", "unwrap"),
      own: new Map(owned),
      claimRole,
      cipher,
      naming,
      ...known,
    };
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
    if (typeof work !== "function") throw wrong("work", "a function", work);
    if (!isName(tenant)) throw new ClienteleError("INVALID_TENANT", `found ${preview(tenant)}`);
    if (join === undefined) return { tenant, join, reads: reads === undefined ? undefined : readsOf(reads) };
    const session = (join as SqlTransaction | null)?.["~session"];
    if (!isOpen(session)) throw new ClienteleError("UNIT_OVER", "the transaction to join is over");
    return { tenant, join: { driver: join.driver, session }, reads: undefined };
  });
}

const isOpen = (session: unknown): session is Session => {
  const { open, begin, turn } = (session ?? {}) as Partial<Session>;
  return open === true && typeof begin === "function" && typeof turn === "function";
};

function readsOf({ commandId, record, revisionOf }: Reads): Reads {
  return {
    ...(commandId === undefined ? {} : { commandId: nameIn("commandId", commandId) }),
    ...(record === undefined ? {} : { record: streamIn(record) }),
    ...(revisionOf === undefined ? {} : { revisionOf: nameIn("revisionOf", revisionOf) }),
  };
}

/** Work within somebody else's transaction: when it fails, what it did is undone and the transaction goes on. */
async function joined<Driver, R>(
  of: Sql,
  { driver, session }: { readonly driver: Driver; readonly session: Session },
  tenant: string,
  work: (unit: ReturnType<typeof unitOn<SqlTransaction<Driver>>>["unit"]) => Promise<R>,
): Promise<R> {
  return session.turn(async () => {
    await session.begin();
    if (of.claimRole !== undefined) await nameTenant(session.connection, tenant);
    await session.flush();
    return inSavepoint(session, async () => {
      // Of its own, so that this work can be joined in its turn.
      const inner: Session = { ...session, turn: inTurn() };
      const { unit, flush, end } = unitOn(of, inner, tenant, { driver, "~session": inner });
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
