/** What was worked out lately, at most so many; all of it is let go when there are more. */
export interface Lately<T> {
  readonly get: (key: string, make: () => Promise<T>) => Promise<T>;
  readonly clear: () => void;
}

export function lately<T>(most: number): Lately<T> {
  const known = new Map<string, T>();
  return {
    get: async (key, make) => {
      const had = known.get(key);
      if (had !== undefined) return had;
      const made = await make();
      if (known.size >= most) known.clear();
      known.set(key, made);
      return made;
    },
    clear: () => known.clear(),
  };
}
