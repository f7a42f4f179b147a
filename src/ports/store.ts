import type { Event, Stream } from "../kernel/event.js";
import type { Instant } from "../kernel/instant.js";
import type { Mark } from "../kernel/personal.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Outbox } from "./outbox.js";

// Property signatures throughout, not methods: only those are compared strictly.

/** What an index can hold. */
export type Scalar = string | number | boolean | null;

/** What a store keeps beside a record so that it can be found. Derived at every write, never read as truth. */
export interface Columns {
  /** When time alone will next change the record; `null` is never. May be early, never late. */
  readonly wakeAt: Instant | null;
  /** `state`, `openedAt`, `touchedAt` and the indexes that the kind declares. */
  readonly fields: Readonly<Record<string, Scalar>>;
  /** The personal fields, to be sealed with the key of their person. */
  readonly personal: readonly Mark[];
  /** Whose data the record holds, its owner's included. */
  readonly people: readonly string[];
}

/** An event with its personal fields. */
export interface Sealable {
  readonly event: Event;
  readonly personal: readonly Mark[];
}

/** Equality on any of the columns' fields; the page after a cursor in the order of one of them, ties by id. */
export interface Query {
  readonly where?: Readonly<Record<string, Scalar>>;
  /** Default `openedAt`. `null` comes first; numbers by value, texts by UTF-16 code units. */
  readonly orderBy?: string;
  readonly descending?: boolean;
  /** The `next` of the page before. */
  readonly after?: string;
  readonly limit: number;
}
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

/** The records of one kind in one tenant, inside a unit of work. */
export interface Repository {
  /** A copy of the record as of the unit's snapshot and its own writes. */
  readonly get: (id: string) => Promise<AnyRecord | undefined>;
  /**
   * A conditional write: stores a copy of `value` if the stored record still has `expectedVersion` events (0: is not
   * there yet).
   * Throws `CONFLICT` at once for a stale version it can see; the truthful answer comes when the unit commits.
   */
  readonly put: (value: AnyRecord, expectedVersion: number, columns: Columns) => Promise<void>;
  /** Replaces only the columns, if the record still has this version; otherwise does nothing. Clears a lease. */
  readonly reindex: (id: string, version: number, columns: Columns) => Promise<void>;
  readonly find: (query: Query) => Promise<Page<AnyRecord>>;
  /** Grows whenever a record of the kind is put: the cheap answer to "has anything changed?". */
  readonly revision: () => Promise<number>;
}

/** What was answered to a command, kept so that the same command again replays the answer. */
export interface Receipt {
  /** Of the canonical input: the same id with another body is a mistake. */
  readonly hash: string;
  readonly id: string;
  readonly version: number;
  readonly events: readonly string[];
  readonly expiresAt: Instant | null;
}

/** The data of people, inside a unit of work. */
export interface People {
  /** Destroys the person's key: sealed fields of records, events and undelivered copies then read as erased. */
  readonly erase: (person: string) => Promise<void>;
  /** The streams that hold data of this person, in the order of kind and id. */
  readonly streams: (
    person: string,
    page: { readonly after?: string; readonly limit: number },
  ) => Promise<Page<Stream>>;
}

/** Everything that is saved together or not at all, in one tenant. */
export interface UnitOfWork<Tx = unknown> {
  readonly tenant: string;
  readonly of: (kind: string) => Repository;
  readonly events: {
    /**
     * The versions of a stream are 1, 2, 3, …, and an event's id names tenant, stream and version: an event that is
     * already there, in the log or in this unit, or that would leave a gap, is a `CONFLICT`.
     */
    readonly append: (events: readonly Sealable[]) => Promise<void>;
    /** The events of a stream after a version, in order. */
    readonly read: (
      stream: Stream,
      page: { readonly afterVersion: number; readonly limit: number },
    ) => Promise<readonly Event[]>;
  };
  readonly receipts: {
    /** An expired receipt is not found. */
    readonly find: (commandId: string, now: Instant) => Promise<Receipt | undefined>;
    /** Replaces an expired receipt; another one under the same id is a `CONFLICT`. */
    readonly put: (commandId: string, receipt: Receipt, now: Instant) => Promise<void>;
  };
  readonly people: People;
  /** The transaction itself, for `join` and for the host's own statements. */
  readonly tx: Tx;
}

/** A record whose time has come. */
export interface Due {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
}

/**
 * What a unit will read before anything else: a store that is far away may fetch it all at once. A unit that says so has
 * no need of `tx`, and may find no transaction open there.
 */
export interface Reads {
  readonly commandId?: string;
  readonly record?: Stream;
  /** The kind whose revision is asked. */
  readonly revisionOf?: string;
}

/**
 * Where decisions are kept.
 *
 * The laws assume **snapshot isolation, first committer wins**: a unit sees what was committed when it began and its
 * own writes; of two overlapping units that put the same record or receipt or append to the same stream, exactly one
 * commits and the other throws `CONFLICT`. So does a unit that writes personal fields of somebody who was erased after
 * it began.
 */
export interface Store<Tx = unknown> {
  /**
   * All of `work`, or none of it. The tenant is chosen here, once, so that no statement inside can forget it; the unit
   * is of no use once `work` has ended. With `join` the work runs inside the host's own transaction and is committed or
   * rolled back with it; when it fails, it undoes only itself. Joined works of one transaction run one after another.
   */
  readonly transaction: <R>(
    work: (unit: UnitOfWork<Tx>) => Promise<R>,
    options: { readonly tenant: string; readonly join?: Tx; readonly reads?: Reads },
  ) => Promise<R>;
  /**
   * Leases records of any tenant with `wakeAt` at or before `now`, the longest due first. Until `leaseUntil`, or
   * until one is put or reindexed, no other claim gets it. One of the two doors that see every tenant.
   */
  readonly claimDue: (request: {
    readonly now: Instant;
    readonly leaseUntil: Instant;
    readonly limit: number;
  }) => Promise<readonly Due[]>;
  /** Keeps a leased record from being claimed until an instant: nothing can be done about it now. */
  readonly postpone: (due: Due, until: Instant) => Promise<void>;
  readonly outbox: Outbox;
  /** Drops receipts that have expired, at most `limit`; answers how many. */
  readonly prune: (request: { readonly now: Instant; readonly limit: number }) => Promise<number>;
}
