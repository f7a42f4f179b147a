import {
  type MemoryTransaction,
  memoryStore,
  type Outbox,
  type Repository,
  type Store,
  type UnitOfWork,
} from "../../src/index.js";

export type Unit = UnitOfWork<MemoryTransaction>;
export type AStore = Store<MemoryTransaction>;

/** What a faulty store does otherwise; whatever is not named is done as the memory store does it. */
export interface Otherwise {
  readonly unit?: (unit: Unit, store: AStore) => Partial<Unit>;
  readonly of?: (repository: Repository, kind: string, unit: Unit, store: AStore) => Partial<Repository>;
  readonly outbox?: (outbox: Outbox, store: AStore) => Partial<Outbox>;
  readonly store?: (store: AStore) => Partial<AStore>;
}

/** A memory store that does some things otherwise. */
export function otherwise(change: Otherwise): AStore {
  const sound = memoryStore();
  const wrapped = (unit: Unit): Unit => ({
    ...unit,
    of: (kind) => {
      const repository = unit.of(kind);
      return { ...repository, ...change.of?.(repository, kind, unit, sound) };
    },
    ...change.unit?.(unit, sound),
  });
  const store: AStore = {
    ...sound,
    transaction: (work, options) => sound.transaction((unit) => work(wrapped(unit)), options),
    outbox: { ...sound.outbox, ...change.outbox?.(sound.outbox, sound) },
  };
  return { ...store, ...change.store?.(store) };
}

/** Another tenant's unit, or the same one's, in the same transaction. */
export const inside = <R>(store: AStore, unit: Unit, tenant: string, work: (unit: Unit) => Promise<R>): Promise<R> =>
  store.transaction(work, { tenant, join: unit.tx });

/** A unit in a transaction of its own. */
export const apart = <R>(store: AStore, tenant: string, work: (unit: Unit) => Promise<R>): Promise<R> =>
  store.transaction(work, { tenant });
