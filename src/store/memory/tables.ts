import type { Event, Stream } from "../../kernel/event.js";
import type { Instant } from "../../kernel/instant.js";
import type { Mark } from "../../kernel/personal.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Columns, Receipt } from "../../ports/store.js";
import { type Sealed, type Vault, vault } from "./vault.js";
import { type Versions, versions } from "./versions.js";

/** A record as it is kept. */
export interface Row {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly sealed: Sealed;
}

/** An event as it is kept. */
export interface Entry {
  readonly tenant: string;
  readonly stream: Stream;
  readonly version: number;
  readonly recordedAt: Instant;
  readonly sealed: Sealed;
  readonly commit: number;
}

/** All that a memory store keeps. */
export interface Tables {
  readonly vault: Vault;
  readonly rows: Versions<Row>;
  readonly columns: Versions<Columns>;
  /** The keys of the rows of one kind in one tenant. */
  readonly keys: Map<string, Set<string>>;
  readonly revisions: Versions<number>;
  readonly receipts: Versions<Receipt>;
  readonly streams: Map<string, Entry[]>;
  readonly log: Entry[];
  /** Until when a row is leased to a sweeper. */
  readonly leases: Map<string, Instant>;
  /** After which commit a person was erased: who read before it may not write the person back. */
  readonly erased: Map<string, number>;
  commits: number;
}

export function tables(): Tables {
  const safe = vault();
  return {
    vault: safe,
    rows: versions<Row>((row) => safe.forget(row.tenant, row.sealed)),
    columns: versions<Columns>(),
    keys: new Map(),
    revisions: versions<number>(),
    receipts: versions<Receipt>(),
    streams: new Map(),
    log: [],
    leases: new Map(),
    erased: new Map(),
    commits: 0,
  };
}

export const rowKey = (tenant: string, kind: string, id: string): string => JSON.stringify([tenant, kind, id]);
export const tableKey = (tenant: string, kind: string): string => JSON.stringify([tenant, kind]);
export const isExpired = (receipt: Receipt, now: Instant): boolean =>
  receipt.expiresAt !== null && receipt.expiresAt <= now;

export const readRow = (t: Tables, row: Row): AnyRecord => t.vault.unseal(row.tenant, row.sealed) as AnyRecord;
export const readEntry = (t: Tables, entry: Entry): Event => t.vault.unseal(entry.tenant, entry.sealed) as Event;

/** A value on its way into a table: its canonical text, the strictest copy there is, and its personal fields. */
export interface Copied {
  readonly text: string;
  readonly personal: readonly Mark[];
}
