import { storable } from "../../kernel/canonical.js";
import { ClienteleError } from "../../kernel/errors.js";
import type { Event, Stream } from "../../kernel/event.js";
import { guarded } from "../../kernel/guarded.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Page, Reads, Receipt, Repository, UnitOfWork } from "../../ports/store.js";
import { type Ahead, readAhead, stillSo } from "./ahead.js";
import { found, streamsOf } from "./find.js";
import { instantIn, nameIn, streamIn, wholeIn } from "./names.js";
import { placed } from "./place.js";
import { boxesIn, parsed, placeOf } from "./rows.js";
import { conflict, type Session, type Sql } from "./session.js";
import { sql } from "./statement.js";
import type { SqlTransaction } from "./store.js";
import { vaultOf } from "./vault.js";
import { writePostgres } from "./write-postgres.js";
import { writeSqlite } from "./write-sqlite.js";
import { appendedOf, copyOf, isEmpty, keptOf, mostVersion, noWrites, rowsOf, type Writes } from "./writes.js";

/** A unit of work, with the door by which its store ends it. */
export interface SqlUnit<Tx> {
  readonly unit: UnitOfWork<Tx>;
  /** Writes what is still held back. */
  readonly flush: () => Promise<void>;
  readonly end: () => void;
}

/** A unit of work in one tenant: it reads the database and its own writes, which it holds back as long as it can. */
export function unitOn<Tx>(of: Sql, session: Session, tenant: string, tx: Tx, reads?: Reads): SqlUnit<Tx> {
  const { tables } = of;
  const host = tx as SqlTransaction;
  const vault = vaultOf(of, session, tenant);
  let writes = noWrites();
  let over = false;
  /** As this unit has read or written them. */
  const versions = new Map<string, number>();
  const inside = () => {
    if (over || !session.open) throw new ClienteleError("UNIT_OVER", "the unit of work is over");
  };
  /** What has failed stays failed, though somebody may swallow it: a part of it may be written. */
  let failed: { readonly error: unknown } | undefined;
  const flush = async (): Promise<void> => {
    if (failed !== undefined) throw failed.error;
    if (isEmpty(writes)) return;
    const held = writes;
    writes = noWrites();
    try {
      await write(held);
    } catch (error) {
      failed = { error };
      throw error;
    }
  };
  /** On the way what is written must be able to be undone. */
  const flushed = async (): Promise<void> => {
    if (!isEmpty(writes)) await session.begin();
    await flush();
  };
  const write = async (held: Writes): Promise<void> => {
    const own = [...held.puts.values()].filter(({ kind }) => of.own.has(kind));
    // More than the one statement that is all or nothing by itself.
    if (own.length > 0 || held.erased.length > 0) await session.begin();
    for (const { kind, text, expected, columns } of own)
      await of.own.get(kind)!.write(host, tenant, JSON.parse(text), expected, columns.personal);
    const rows = await rowsOf(of, tenant, vault, held);
    const used = vault.used();
    if (of.dialect === "postgres") await writePostgres(of, session, tenant, rows, used);
    else await writeSqlite(of, session, tenant, rows);
    for (const person of held.erased) {
      await vault.erase(person);
      for (const table of of.own.values()) await table.erase(host, tenant, person);
    }
  };
  let fetched: Promise<Ahead> | undefined;
  const ahead = (says: Reads): Promise<Ahead> => {
    fetched ??= (async () => {
      const was = await readAhead(of, session, tenant, says);
      session.verify = () => stillSo(of, session, tenant, says, was);
      await vault.learn(was.keys);
      return was;
    })();
    return fetched;
  };
  const keyOf = (kind: string, id: string) => JSON.stringify([kind, id]);
  const versionOf = async (kind: string, id: string): Promise<number> => {
    const known = versions.get(keyOf(kind, id));
    if (known !== undefined) return known;
    const rows = await session.ask(
      sql`select version from ${tables.records} where tenant = ${tenant} and kind = ${placed(kind)} and id = ${placed(id)}`,
    );
    const version = rows[0] === undefined ? 0 : Number(rows[0]["version"]);
    versions.set(keyOf(kind, id), version);
    return version;
  };

  const kept = async (kind: string, id: string): Promise<Pick<Ahead, "version" | "body" | "boxes">> => {
    const rows = await session.ask(
      sql`select version, body, sealed from ${tables.records} where tenant = ${tenant} and kind = ${placed(kind)} and id = ${placed(id)}`,
    );
    const row = rows[0];
    if (row === undefined) return { version: 0, body: undefined, boxes: [] };
    return { version: Number(row["version"]), body: parsed(row["body"]), boxes: boxesIn(row["sealed"]) };
  };

  const repository = (kind: string): Repository => ({
    get: async (id) => {
      inside();
      nameIn("id", id);
      const own = writes.puts.get(keyOf(kind, id));
      if (own !== undefined) return JSON.parse(own.text);
      const table = of.own.get(kind);
      if (table !== undefined) {
        await session.begin();
        const [record] = await table.read(host, tenant, [id]);
        versions.set(keyOf(kind, id), record?.version ?? 0);
        return record;
      }
      const { version, body, boxes } =
        reads?.record?.kind === kind && reads.record.id === id && versions.get(keyOf(kind, id)) === undefined
          ? await ahead(reads)
          : await kept(kind, id);
      versions.set(keyOf(kind, id), version);
      if (version === 0) return undefined;
      const [record] = await vault.open([{ body, boxes, place: placeOf(tenant, kind, id) }]);
      return record as AnyRecord;
    },
    put: async (value, expectedVersion, columns) => {
      inside();
      const { id, version } = guarded("INVALID_OPTIONS", "put", () => ({
        id: nameIn("id", value.id),
        version: wholeIn("version", value.version, 1, mostVersion),
      }));
      wholeIn("expectedVersion", expectedVersion, 0, mostVersion);
      const key = keyOf(kind, id);
      const copy = { text: storable(value), columns: copyOf(columns) };
      const own = writes.puts.get(key);
      // Whether a new record is there already is seen when it is written.
      const stored = own?.version ?? (expectedVersion === 0 ? (versions.get(key) ?? 0) : await versionOf(kind, id));
      if (stored !== expectedVersion) throw conflict(id);
      writes.puts.set(key, { kind, id, version, expected: own?.expected ?? expectedVersion, ...copy });
      writes.reindexed.delete(key);
      versions.set(key, version);
    },
    reindex: async (id, version, columns) => {
      inside();
      const key = keyOf(kind, nameIn("id", id));
      wholeIn("version", version, 0, mostVersion);
      const own = writes.puts.get(key);
      const copy = copyOf(columns);
      if (own === undefined) writes.reindexed.set(key, { kind, id, version, columns: copy });
      // The personal fields are sealed by what was said when the record was put.
      else if (own.version === version)
        writes.puts.set(key, { ...own, columns: { ...copy, personal: own.columns.personal } });
    },
    find: async (query) => {
      inside();
      await flushed();
      const page = await found(of, session, tenant, vault, kind, query);
      const table = of.own.get(kind);
      if (table === undefined || page.ids.length === 0) return page.page;
      const records = new Map((await table.read(host, tenant, page.ids)).map((record) => [record.id, record]));
      return { ...page.page, items: page.ids.flatMap((id) => records.get(id) ?? []) };
    },
    revision: async () => {
      inside();
      if (reads?.revisionOf === kind && isEmpty(writes) && !session.begun) return (await ahead(reads)).revision;
      await flushed();
      const rows = await session.ask(
        sql`select coalesce(sum(version), 0) as revision from ${tables.records} where tenant = ${tenant} and kind = ${placed(kind)}`,
      );
      return Number(rows[0]?.["revision"] ?? 0);
    },
  });

  const unit: UnitOfWork<Tx> = {
    tenant,
    of: (kind) => repository(nameIn("kind", kind)),
    events: {
      append: async (list) => {
        inside();
        const copies = guarded("INVALID_OPTIONS", "append", () =>
          Array.from(list, ({ event, personal }) => appendedOf(event, personal)),
        );
        writes.events = [...writes.events, ...copies];
      },
      read: async (stream, page) => {
        inside();
        const asked = guarded("INVALID_OPTIONS", "read", () => ({
          stream: streamIn(stream),
          after: wholeIn("afterVersion", page.afterVersion, 0, mostVersion),
          limit: wholeIn("limit", page.limit),
        }));
        await flushed();
        return eventsOf(of, session, tenant, vault.open, asked.stream, asked.after, asked.limit);
      },
    },
    receipts: {
      find: async (commandId, now) => {
        inside();
        nameIn("commandId", commandId);
        instantIn("now", now);
        let receipt: Receipt | undefined = writes.receipts.get(commandId)?.receipt;
        if (receipt === undefined && reads?.commandId === commandId && !session.begun)
          receipt = (await ahead(reads)).receipt as Receipt | undefined;
        else if (receipt === undefined) {
          const rows = await session.ask(
            sql`select body from ${tables.receipts} where tenant = ${tenant} and command_id = ${commandId}`,
          );
          receipt = rows[0] === undefined ? undefined : (parsed(rows[0]["body"]) as Receipt);
        }
        if (receipt === undefined || (receipt.expiresAt !== null && receipt.expiresAt <= now)) return undefined;
        return { ...receipt, events: [...receipt.events] };
      },
      put: async (commandId, receipt, now) => {
        inside();
        const kept = guarded("INVALID_OPTIONS", "receipts", () => keptOf(receipt, now));
        if (writes.receipts.has(nameIn("commandId", commandId))) throw conflict(commandId);
        writes.receipts.set(commandId, kept);
      },
    },
    people: {
      erase: async (person) => {
        inside();
        nameIn("a person", person);
        writes.erased = [...writes.erased, person];
      },
      streams: async (person, page): Promise<Page<Stream>> => {
        inside();
        nameIn("a person", person);
        await flushed();
        return streamsOf(of, session, tenant, await vault.name(person), page);
      },
    },
    tx,
  };
  return {
    unit,
    flush,
    end: () => {
      over = true;
    },
  };
}

/** The events of a stream after a version, with the fields of all that are still known. */
export async function eventsOf(
  { tables }: Sql,
  session: Session,
  tenant: string,
  open: ReturnType<typeof vaultOf>["open"],
  { kind, id }: Stream,
  after: number,
  limit: number,
): Promise<readonly Event[]> {
  const rows = await session.ask(
    sql`select version, body, sealed from ${tables.events}
      where tenant = ${tenant} and kind = ${placed(kind)} and id = ${placed(id)} and version > ${after} order by version limit ${limit}`,
  );
  const closed = rows.map((row) => ({
    body: parsed(row["body"]),
    boxes: boxesIn(row["sealed"]),
    place: placeOf(tenant, kind, id, Number(row["version"])),
  }));
  return (await open(closed)) as Event[];
}
