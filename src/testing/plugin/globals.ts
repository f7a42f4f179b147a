/** Runs work while the global sources of time and chance are watched; answers which of them it asked. */
export function watched(work: () => unknown): readonly string[] {
  const asked = new Set<string>();
  const restore: (() => void)[] = [];
  const watch = (owner: object | undefined, name: string, label: string) => {
    const own = owner === undefined ? undefined : Object.getOwnPropertyDescriptor(owner, name);
    const before = (owner as Record<string, unknown> | undefined)?.[name];
    // What an engine does not let be replaced cannot be watched.
    if (owner === undefined || typeof before !== "function" || (own !== undefined && own.configurable !== true)) return;
    const replacement: unknown = new Proxy(before, {
      apply: (target, self, args) => {
        asked.add(label);
        return Reflect.apply(target, self, args);
      },
      construct: (target, args, self): object => {
        // A date made from a value asks nobody.
        if (args.length === 0) asked.add(`new ${label}`);
        return Reflect.construct(target, args, self === replacement ? target : self);
      },
    });
    try {
      Object.defineProperty(owner, name, { value: replacement, configurable: true, writable: true });
    } catch {
      return;
    }
    restore.push(() => {
      if (own === undefined) delete (owner as Record<string, unknown>)[name];
      else Object.defineProperty(owner, name, own);
    });
  };
  const { Date: date, Math: math, performance, crypto } = globalThis as unknown as Record<string, object | undefined>;
  watch(date, "now", "Date.now");
  watch(globalThis, "Date", "Date");
  watch(math, "random", "Math.random");
  watch(performance, "now", "performance.now");
  watch(crypto, "randomUUID", "crypto.randomUUID");
  watch(crypto, "getRandomValues", "crypto.getRandomValues");
  try {
    work();
  } finally {
    for (const back of restore.reverse()) back();
  }
  return [...asked].sort();
}

/** A value that nobody can change any more, all the way down. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}
