/** What a key held after which commit. */
interface Written<T> {
  readonly commit: number;
  readonly value: T;
}

/** Values by key, with as much of their past as a running unit of work may still read. */
export interface Versions<T> {
  /** The value as of a commit. */
  readonly read: (key: string, commit: number) => T | undefined;
  readonly latest: (key: string) => T | undefined;
  /** `needed`: the oldest commit that somebody still reads at. */
  readonly write: (key: string, value: T, commit: number, needed: number) => void;
  readonly delete: (key: string) => void;
  readonly keys: () => IterableIterator<string>;
}

export function versions<T>(forget: (value: T) => void = () => undefined): Versions<T> {
  const cells = new Map<string, Written<T>[]>();
  return {
    read: (key, commit) => cells.get(key)?.findLast((w) => w.commit <= commit)?.value,
    latest: (key) => cells.get(key)?.at(-1)?.value,
    write: (key, value, commit, needed) => {
      const cell = cells.get(key);
      if (cell === undefined) {
        cells.set(key, [{ commit, value }]);
        return;
      }
      cell.push({ commit, value });
      const first = cell.findLastIndex((w) => w.commit <= needed);
      if (first > 0) for (const old of cell.splice(0, first)) forget(old.value);
    },
    delete: (key) => cells.delete(key),
    keys: () => cells.keys(),
  };
}
