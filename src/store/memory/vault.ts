import type { Mark } from "../../kernel/personal.js";

/** A stored value: its text with the personal fields taken out, and where they are kept. */
export interface Sealed {
  readonly text: string;
  readonly parts: readonly { readonly path: Mark["path"]; readonly person: string; readonly place: number }[];
}

/**
 * Keeps personal fields apart, by person. There is nothing to encrypt in one process's memory; erasing a person drops
 * the fields themselves, and what referred to them reads as erased.
 */
export interface Vault {
  readonly seal: (tenant: string, text: string, marks: readonly Mark[]) => Sealed;
  readonly unseal: (tenant: string, sealed: Sealed) => unknown;
  readonly forget: (tenant: string, sealed: Sealed) => void;
  readonly erase: (tenant: string, person: string) => void;
  /** Everything that is kept of everybody, for tests that look at what is really stored. */
  readonly dump: () => readonly string[];
}

export const personKey = (tenant: string, person: string): string => JSON.stringify([tenant, person]);

export function vault(): Vault {
  const people = new Map<string, Map<number, string>>();
  let places = 0;
  return {
    seal: (tenant, text, marks) => {
      if (marks.length === 0) return { text, parts: [] };
      const open = JSON.parse(text);
      const parts = marks.map(({ path, person }) => {
        const place = places++;
        const own = people.get(personKey(tenant, person)) ?? new Map<number, string>();
        people.set(personKey(tenant, person), own);
        own.set(place, JSON.stringify(exchange(open, path, null)));
        return { path, person, place };
      });
      return { text: JSON.stringify(open), parts };
    },
    unseal: (tenant, { text, parts }) => {
      const value = JSON.parse(text);
      for (const { path, person, place } of parts) {
        const kept = people.get(personKey(tenant, person))?.get(place);
        exchange(value, path, kept === undefined ? { erased: true } : JSON.parse(kept));
      }
      return value;
    },
    forget: (tenant, { parts }) => {
      for (const { person, place } of parts) people.get(personKey(tenant, person))?.delete(place);
    },
    erase: (tenant, person) => people.delete(personKey(tenant, person)),
    dump: () => [...people.values()].flatMap((own) => [...own.values()]),
  };
}

/** Puts a value at a path and answers what was there. */
function exchange(root: unknown, path: Mark["path"], value: unknown): unknown {
  let node = root as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) node = node[step] as Record<string | number, unknown>;
  const last = path.at(-1)!;
  const before = node[last];
  node[last] = value;
  return before;
}
