import { storable } from "../../kernel/canonical.js";
import type { Event, Stream } from "../../kernel/event.js";
import { guarded } from "../../kernel/guarded.js";
import type { Instant } from "../../kernel/instant.js";
import type { Mark } from "../../kernel/personal.js";
import type { Columns, Receipt } from "../../ports/store.js";
import { fieldsIn, instantIn, isText, nameIn, streamIn, wholeIn, wrong } from "./names.js";
import { keyOf, placed } from "./place.js";
import { placeOf } from "./rows.js";
import { conflict, type Sql } from "./session.js";
import type { Vault } from "./vault.js";

/** A record that a unit has put and not written yet. */
export interface Put {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  /** The version that must still be stored. */
  readonly expected: number;
  readonly text: string;
  readonly columns: Columns;
}
export interface Reindexed {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly columns: Columns;
}
export interface Appended {
  readonly stream: Stream;
  readonly version: number;
  readonly recordedAt: Instant;
  readonly text: string;
  readonly personal: readonly Mark[];
}

/** What a unit holds back until it commits, or until somebody asks for what only the database knows. */
export interface Writes {
  readonly puts: Map<string, Put>;
  readonly reindexed: Map<string, Reindexed>;
  events: Appended[];
  readonly receipts: Map<string, { readonly receipt: Receipt; readonly now: Instant }>;
  erased: string[];
}

export const noWrites = (): Writes => ({
  puts: new Map(),
  reindexed: new Map(),
  events: [],
  receipts: new Map(),
  erased: [],
});
export const isEmpty = (w: Writes): boolean =>
  w.puts.size + w.reindexed.size + w.events.length + w.receipts.size + w.erased.length === 0;

/** The highest version that a column can hold. */
export const mostVersion = 2_147_483_646;

// What is written is looked at while it is copied: what a column cannot hold is refused (`INVALID_OPTIONS`).

export const copyOf = (columns: Columns): Columns =>
  guarded("INVALID_OPTIONS", "columns", () => ({
    wakeAt: columns.wakeAt === null ? null : instantIn("wakeAt", columns.wakeAt),
    fields: Object.fromEntries(fieldsIn("fields", columns.fields, 1000)),
    personal: marksIn(columns.personal),
    people: listIn("people", columns.people).map((person) => nameIn("a person", person)),
  }));
export const appendedOf = ({ stream, version, recordedAt, ...rest }: Event, personal: readonly Mark[]): Appended => {
  const head = {
    stream: streamIn(stream),
    version: wholeIn("version", version, 1, mostVersion),
    recordedAt: instantIn("recordedAt", recordedAt),
  };
  return { ...head, text: storable({ ...head, ...rest, stream }), personal: marksIn(personal) };
};
export const keptOf = (receipt: Receipt, now: Instant): { readonly receipt: Receipt; readonly now: Instant } => ({
  receipt: {
    hash: nameIn("hash", receipt.hash),
    id: nameIn("id", receipt.id),
    version: wholeIn("version", receipt.version, 0, mostVersion),
    events: listIn("events", receipt.events).map(textIn),
    expiresAt: receipt.expiresAt === null ? null : instantIn("expiresAt", receipt.expiresAt),
  },
  now: instantIn("now", now),
});

const marksIn = (marks: readonly Mark[]): readonly Mark[] =>
  listIn("personal", marks).map(({ path, person }) => {
    const steps = listIn("path", path).map((step) => (typeof step === "number" ? wholeIn("path", step) : textIn(step)));
    if (steps.length === 0) throw wrong("path", "a path", path);
    return { path: steps, person: nameIn("a person", person) };
  });
const textIn = (text: string): string => {
  if (isText(text)) return text;
  throw wrong("a text", "one that can be stored", text);
};
/** A copy, without holes. */
function listIn<T>(what: string, list: readonly T[]): readonly T[] {
  if (!Array.isArray(list)) throw wrong(what, "a list", list);
  return Array.from(list);
}

/** Fields as they are found by: what is `null` is left out. */
const fieldsOf = ({ fields }: Columns): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, keyOf(value)]])),
    ),
  );

/** Whose data a record holds, by the names that persons have here. */
interface Held {
  readonly kind: string;
  readonly id: string;
  readonly people: readonly string[];
}
export interface RecordRow extends Held {
  readonly version: number;
  readonly expected: number;
  readonly body: string;
  readonly sealed: string | null;
  readonly fields: string;
  readonly wakeAt: Instant | null;
}
export interface ReindexedRow extends Held {
  readonly version: number;
  readonly fields: string;
  readonly wakeAt: Instant | null;
}
/** Where a stream goes on. */
export interface TailRow {
  readonly kind: string;
  readonly id: string;
  readonly first: number;
  readonly last: number;
  readonly since: Instant;
}
export interface EventRow {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly body: string;
  readonly sealed: string | null;
  readonly recordedAt: Instant;
}
export interface ReceiptRow {
  readonly commandId: string;
  readonly body: string;
  readonly expiresAt: Instant | null;
  readonly now: Instant;
}

/** What is written, as it will stand in the tables. */
export interface Rows {
  readonly records: readonly RecordRow[];
  readonly reindexed: readonly ReindexedRow[];
  readonly tails: readonly TailRow[];
  readonly events: readonly EventRow[];
  readonly receipts: readonly ReceiptRow[];
}

/** Seals the personal fields of everything. Refuses streams with a gap, or with an event twice (`CONFLICT`). */
export async function rowsOf({ own }: Pick<Sql, "own">, tenant: string, vault: Vault, writes: Writes): Promise<Rows> {
  const named = async ({ people }: Columns): Promise<readonly string[]> => [
    ...new Set(await Promise.all([...new Set(people)].map(vault.name))),
  ];
  const records: RecordRow[] = [];
  for (const { kind, id, version, expected, text, columns } of writes.puts.values()) {
    // Of what stays in a table of the host's own only that it is there, and by what it is found.
    const { body, boxes } = own.has(kind)
      ? { body: "{}", boxes: null }
      : await vault.seal(text, columns.personal, placeOf(tenant, kind, id));
    const people = await named(columns);
    const beside = { fields: fieldsOf(columns), wakeAt: columns.wakeAt, people };
    records.push({ kind: placed(kind), id: placed(id), version, expected, body, sealed: boxes, ...beside });
  }
  const reindexed: ReindexedRow[] = [];
  for (const { kind, id, version, columns } of writes.reindexed.values()) {
    const beside = { fields: fieldsOf(columns), wakeAt: columns.wakeAt, people: await named(columns) };
    reindexed.push({ kind: placed(kind), id: placed(id), version, ...beside });
  }
  const tails = tailsOf(writes.events);
  const events: EventRow[] = [];
  for (const { stream, version, recordedAt, text, personal } of writes.events) {
    const place = placeOf(tenant, stream.kind, stream.id, version);
    const { body, boxes } = await vault.seal(text, personal, place);
    events.push({ kind: placed(stream.kind), id: placed(stream.id), version, body, sealed: boxes, recordedAt });
  }
  const receipts = [...writes.receipts].map(([commandId, { receipt, now }]) => ({
    commandId,
    body: JSON.stringify(receipt),
    expiresAt: receipt.expiresAt,
    now,
  }));
  return { records, reindexed, tails, events, receipts };
}

function tailsOf(events: readonly Appended[]): readonly TailRow[] {
  const tails = new Map<string, TailRow>();
  for (const { stream, version, recordedAt } of events) {
    const key = JSON.stringify([stream.kind, stream.id]);
    const had = tails.get(key);
    if (had !== undefined && version !== had.last + 1) throw conflict(stream.id);
    const { first, since } = had ?? { first: version, since: recordedAt };
    tails.set(key, { kind: placed(stream.kind), id: placed(stream.id), first, last: version, since });
  }
  return [...tails.values()];
}
