/** Runs work on one key one after the other: writers of one process wait instead of conflicting. */
export type Turns = <R>(key: string, work: () => Promise<R>) => Promise<R>;

export function turns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    const quiet = mine.catch(() => undefined);
    last.set(key, quiet);
    try {
      return await mine;
    } finally {
      if (last.get(key) === quiet) last.delete(key);
    }
  };
}
