import { ClienteleError, hasCode } from "../../kernel/errors.js";
import type { Cipher, Naming, SealingKey } from "./cipher.js";
import { inTurn, type SqlClient, type SqlConnection, type SqlDialect, type SqlRow } from "./client.js";
import type { Lately } from "./lately.js";
import type { Tables } from "./names.js";
import type { OwnTable } from "./own.js";
import type { KeyKeeper } from "./seal.js";
import { type Fragment, run } from "./statement.js";

/** What every part of a store works with. */
export interface Sql {
  readonly client: SqlClient<any>;
  readonly dialect: SqlDialect;
  readonly tables: Tables;
  readonly keeper: KeyKeeper;
  readonly cipher: Cipher;
  /** Keys of persons by what is stored of them, and the names of persons. */
  readonly unwrapped: Lately<SealingKey>;
  readonly named: Lately<string>;
  /** The tables of the host's own, by the kinds whose records they hold. */
  readonly own: ReadonlyMap<string, OwnTable<any>>;
  /** The role of claims, where the database itself keeps tenants apart. */
  readonly claimRole: string | undefined;
  /** What persons are named by. */
  readonly naming: (session: Session) => Promise<Naming>;
}

/**
 * A connection with a transaction on it. Where a unit has said what it will read, the transaction begins only when it
 * reads something else; until then each statement stands for itself.
 */
export interface Session {
  readonly connection: SqlConnection;
  readonly begin: () => Promise<void>;
  /** Asks within the transaction, which begins with that if it has not. */
  readonly ask: (fragment: Fragment) => Promise<readonly SqlRow[]>;
  /** Asks on its own while there is no transaction: what is written then is all or nothing by itself. */
  readonly write: (fragment: Fragment) => Promise<readonly SqlRow[]>;
  /** What makes sure, when a transaction begins late, that what was read before it still holds. */
  verify: (() => Promise<void>) | undefined;
  begun: boolean;
  readonly turn: <R>(work: () => Promise<R>) => Promise<R>;
  /** Writes what the unit that began it still holds back. */
  flush: () => Promise<void>;
  open: boolean;
  savepoints: number;
}

export function sessionOn(
  { dialect }: Pick<Sql, "dialect">,
  connection: SqlConnection,
  begin: string | undefined,
): Session {
  const write = async (fragment: Fragment): Promise<readonly SqlRow[]> => {
    try {
      return await run(connection, dialect, fragment);
    } catch (thrown) {
      throw told(thrown);
    }
  };
  const session: Session = {
    connection,
    write,
    begin: async () => {
      if (session.begun) return;
      session.begun = true;
      if (begin !== undefined) await connection.query(begin, []);
      await session.verify?.();
    },
    ask: async (fragment) => {
      if (!session.begun) await session.begin();
      return write(fragment);
    },
    verify: undefined,
    begun: begin === undefined,
    turn: inTurn(),
    flush: async () => undefined,
    open: true,
    savepoints: 0,
  };
  return session;
}

/**
 * The isolation that the laws assume of a unit of work: it sees what was committed when it began, and the first of two
 * that write the same commits. A claim takes what nobody else has taken by the time it looks. SQLite has one writer at a
 * time.
 */
const begin = {
  postgres: { unit: "begin isolation level repeatable read", claim: "begin isolation level read committed" },
  sqlite: { unit: "begin immediate", claim: "begin immediate" },
} as const;

/** Tells the policies of the database for which tenant the rest of the transaction works. */
export const nameTenant = (connection: SqlConnection, tenant: string): Promise<unknown> =>
  connection.query("select set_config('clientele.tenant', $1, true)", [tenant]);

/** All of the work in one transaction, or none of it. */
export async function inTransaction<R>(
  { client, dialect, claimRole }: Pick<Sql, "client" | "dialect" | "claimRole">,
  /** A unit of work of a tenant, or a claim, which sees them all. */
  purpose: { readonly tenant: string } | "claim",
  work: (session: Session, driver: unknown) => Promise<R>,
): Promise<R> {
  return client.connect(async (connection, driver) => {
    const session = sessionOn({ dialect }, connection, begin[dialect][purpose === "claim" ? "claim" : "unit"]);
    if (claimRole !== undefined)
      session.verify = async () => {
        if (purpose === "claim") await connection.query(`set local role ${claimRole}`, []);
        else await nameTenant(connection, purpose.tenant);
      };
    try {
      const result = await work(session, driver);
      if (session.begun) await connection.query("commit", []);
      return result;
    } catch (thrown) {
      if (session.begun) await connection.query("rollback", []).catch(() => undefined);
      throw told(thrown);
    } finally {
      session.open = false;
    }
  });
}

/** Work within a transaction that somebody else began: when it fails, only what it did is undone. */
export async function inSavepoint<R>(session: Session, work: () => Promise<R>): Promise<R> {
  const name = `clientele_${++session.savepoints}`;
  const say = (text: string) => session.connection.query(`${text} ${name}`, []);
  await say("savepoint");
  try {
    const result = await work();
    await say("release savepoint");
    return result;
  } catch (thrown) {
    await say("rollback to savepoint").catch(() => undefined);
    await say("release savepoint").catch(() => undefined);
    throw told(thrown);
  }
}

/** Serialization failure, deadlock, unique violation. */
const conflicts = new Set<unknown>(["40001", "40P01", "23505"]);
/** SQLITE_BUSY, and of these the one of a snapshot that is no longer the newest; constraint on a primary key. */
const busy = new Set<unknown>([5, 517, 261, 1555, 2067]);

/** What a database throws where somebody else was faster. */
function told(thrown: unknown): unknown {
  if (typeof thrown !== "object" || thrown === null || hasCode(thrown, "CONFLICT")) return thrown;
  const { code, errcode, message } = thrown as { code?: unknown; errcode?: unknown; message?: unknown };
  const isBusy = typeof code === "string" && /^SQLITE_(BUSY|CONSTRAINT_(PRIMARYKEY|UNIQUE))/.test(code);
  if (conflicts.has(code) || busy.has(errcode) || isBusy)
    return new ClienteleError("CONFLICT", `somebody else was faster: ${String(message)}`, thrown);
  return thrown;
}

export const conflict = (what: string): ClienteleError =>
  new ClienteleError("CONFLICT", `"${what}" has been written meanwhile`);
