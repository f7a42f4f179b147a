import { storable } from "../../kernel/canonical.js";
import { ClienteleError } from "../../kernel/errors.js";
import type { Event, Stream } from "../../kernel/event.js";
import type { Instant } from "../../kernel/instant.js";
import type { Mark } from "../../kernel/personal.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Columns, Receipt, Repository, UnitOfWork } from "../../ports/store.js";
import { compareTexts, page, readPlace } from "./query.js";
import { type Copied, isExpired, readEntry, readRow, rowKey, type Tables, tableKey } from "./tables.js";

/** A record that a unit has put. */
export interface Put extends Copied {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  /** The version that must still be stored when the unit commits. */
  readonly expected: number;
}
/** An event that a unit has appended. */
export interface Appended extends Copied {
  readonly tenant: string;
  readonly stream: Stream;
  readonly id: string;
  readonly version: number;
  readonly recordedAt: Instant;
}

/** What a unit of work will commit, and as of which commit it reads. */
export interface Writes {
  readonly snapshot: number;
  rows: ReadonlyMap<string, Put>;
  columns: ReadonlyMap<string, { readonly version: number; readonly columns: Columns }>;
  events: readonly Appended[];
  receipts: ReadonlyMap<string, { readonly receipt: Receipt; readonly now: Instant }>;
  erased: readonly { readonly tenant: string; readonly person: string }[];
  over: boolean;
}

export const noWrites = (snapshot: number): Writes => ({
  snapshot,
  rows: new Map(),
  columns: new Map(),
  events: [],
  receipts: new Map(),
  erased: [],
  over: false,
});

export const conflict = (what: string): ClienteleError =>
  new ClienteleError("CONFLICT", `"${what}" has been written meanwhile`);

/** The transaction of a `memoryStore`, to `join`. */
export interface MemoryTransaction {
  readonly "~writes": unknown;
}

/**
 * A unit of work in one tenant: reads its snapshot and its own writes, keeps what it writes for the commit. `joined`
 * tells that work in somebody else's transaction is over before that transaction is.
 */
export function unitOf(
  t: Tables,
  tenant: string,
  writes: Writes,
  joined: { readonly over: boolean } = writes,
): UnitOfWork<MemoryTransaction> {
  const inside = () => {
    if (writes.over || joined.over) throw new ClienteleError("UNIT_OVER", "the unit of work is over");
  };
  const versionOf = (key: string) => writes.rows.get(key)?.version ?? t.rows.read(key, writes.snapshot)?.version ?? 0;
  const columnsOf = (key: string) => writes.columns.get(key)?.columns ?? t.columns.read(key, writes.snapshot);
  const recordAt = (key: string): AnyRecord | undefined => {
    const own = writes.rows.get(key);
    if (own !== undefined) return JSON.parse(own.text);
    const row = t.rows.read(key, writes.snapshot);
    return row === undefined ? undefined : readRow(t, row);
  };
  const keysOf = (kind: string): readonly string[] => {
    const own = [...writes.rows].filter(([, put]) => put.tenant === tenant && put.kind === kind).map(([key]) => key);
    const kept = [...(t.keys.get(tableKey(tenant, kind)) ?? [])].filter((key) => t.rows.read(key, writes.snapshot));
    return [...new Set([...kept, ...own])];
  };
  const idOf = (key: string): string => JSON.parse(key)[2];

  const of = (kind: string): Repository => ({
    get: async (id) => {
      inside();
      return recordAt(rowKey(tenant, kind, id));
    },
    put: async (value, expectedVersion, columns) => {
      inside();
      const key = rowKey(tenant, kind, value.id);
      if (versionOf(key) !== expectedVersion) throw conflict(value.id);
      const { id, version } = value;
      const expected = writes.rows.get(key)?.expected ?? expectedVersion;
      const put = { tenant, kind, id, version, expected, text: storable(value), personal: marks(columns.personal) };
      writes.rows = new Map(writes.rows).set(key, put);
      writes.columns = new Map(writes.columns).set(key, { version, columns: copied(columns) });
    },
    reindex: async (id, version, columns) => {
      inside();
      const key = rowKey(tenant, kind, id);
      if (versionOf(key) !== version) return;
      writes.columns = new Map(writes.columns).set(key, { version, columns: copied(columns) });
    },
    find: async (query) => {
      inside();
      const rows = keysOf(kind).map((key) => ({
        id: idOf(key),
        columns: columnsOf(key)!,
        read: () => recordAt(key)!,
      }));
      return page(rows, query);
    },
    revision: async () => {
      inside();
      const own = [...writes.rows.values()].filter((put) => put.tenant === tenant && put.kind === kind).length;
      return (t.revisions.read(tableKey(tenant, kind), writes.snapshot) ?? 0) + own;
    },
  });

  return {
    tenant,
    of,
    events: {
      append: async (list) => {
        inside();
        const copies = list.map(({ event, personal }): Appended => {
          const { id, version, recordedAt, stream } = event;
          const at = { kind: stream.kind, id: stream.id };
          return { tenant, stream: at, id, version, recordedAt, text: storable(event), personal: marks(personal) };
        });
        writes.events = [...writes.events, ...copies];
      },
      read: async (stream, { afterVersion, limit }) => {
        inside();
        const key = rowKey(tenant, stream.kind, stream.id);
        const kept = t.streams.get(key) ?? [];
        const committed = kept
          .slice(afterVersion, afterVersion + limit)
          .filter((e) => e.commit <= writes.snapshot)
          .map((e) => readEntry(t, e));
        const own = writes.events
          .filter((e) => e.version > afterVersion && rowKey(e.tenant, e.stream.kind, e.stream.id) === key)
          .map((e): Event => JSON.parse(e.text));
        return [...committed, ...own].slice(0, limit);
      },
    },
    receipts: {
      find: async (commandId, now) => {
        inside();
        const key = JSON.stringify([tenant, commandId]);
        const receipt = writes.receipts.get(key)?.receipt ?? t.receipts.read(key, writes.snapshot);
        return receipt === undefined || isExpired(receipt, now)
          ? undefined
          : { ...receipt, events: [...receipt.events] };
      },
      put: async (commandId, receipt, now) => {
        inside();
        const key = JSON.stringify([tenant, commandId]);
        if (writes.receipts.has(key)) throw conflict(commandId);
        const copy = { ...receipt, events: [...receipt.events] };
        writes.receipts = new Map(writes.receipts).set(key, { receipt: copy, now });
      },
    },
    people: {
      erase: async (person) => {
        inside();
        writes.erased = [...writes.erased, { tenant, person }];
      },
      streams: async (person, { after, limit }) => {
        inside();
        const own = [...writes.rows.values()].map((put): [string, string] => [put.tenant, put.kind]);
        const kept = [...t.keys.keys()].map((key) => JSON.parse(key) as [string, string]);
        const kinds = new Set([...kept, ...own].flatMap(([whose, kind]) => (whose === tenant ? [kind] : [])));
        const begin = after === undefined ? undefined : readStream(after);
        const held = [...kinds]
          .flatMap((kind) => keysOf(kind).filter((key) => columnsOf(key)!.people.includes(person)))
          .map((key): Stream => {
            const [, kind, id] = JSON.parse(key) as [string, string, string];
            return { kind, id };
          })
          .filter((stream) => begin === undefined || byKindAndId(stream, begin) > 0)
          .sort(byKindAndId);
        const items = held.slice(0, limit);
        const last = items.at(-1);
        return held.length > limit && last !== undefined
          ? { items, next: JSON.stringify([last.kind, last.id]) }
          : { items };
      },
    },
    tx: { "~writes": writes },
  };
}

const marks = (list: readonly Mark[]): readonly Mark[] => list.map(({ path, person }) => ({ path: [...path], person }));
const copied = (columns: Columns): Columns => ({
  wakeAt: columns.wakeAt,
  fields: { ...columns.fields },
  personal: [],
  people: [...columns.people],
});

/** By the parts, not by the key: as JSON texts, `a b` would come before `a`. */
const byKindAndId = (a: Stream, b: Stream): number => compareTexts(a.kind, b.kind) || compareTexts(a.id, b.id);
const readStream = (after: string): Stream => {
  const [kind, id] = readPlace(after);
  return { kind: String(kind), id };
};
