import type { Mark } from "../../kernel/personal.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { SqlTransaction } from "./store.js";

/**
 * A table of the host's own in which the records of one kind are kept. The store keeps beside it only what they are found
 * and woken by, and everything else: events, receipts, what is to be delivered; all in the same transaction.
 */
export interface OwnTable<Driver = unknown> {
  /** The records with these ids, one or more, as they were written; what is not there is left out. */
  readonly read: (tx: SqlTransaction<Driver>, tenant: string, ids: readonly string[]) => Promise<readonly AnyRecord[]>;
  /**
   * Inserts a record (`expectedVersion` 0), or replaces the one that still has this version; otherwise throws `CONFLICT`.
   * `personal` says which of its fields are whose.
   */
  readonly write: (
    tx: SqlTransaction<Driver>,
    tenant: string,
    record: AnyRecord,
    expectedVersion: number,
    personal: readonly Mark[],
  ) => Promise<void>;
  /** Puts `{ erased: true }` in the place of whatever the table holds of a person. */
  readonly erase: (tx: SqlTransaction<Driver>, tenant: string, person: string) => Promise<void>;
}
