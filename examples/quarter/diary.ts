import type { Instant } from "clientele";

/** What is to happen, and the one clock that all of it happens on. */
export interface Diary {
  readonly now: () => Instant;
  /** Enters something for an instant; two things of one instant happen in the order in which they were entered. */
  readonly enter: (at: Instant, does: () => Promise<void> | void) => void;
  /** Lets everything happen up to an instant, and stops the clock there. */
  readonly until: (end: Instant) => Promise<void>;
}

interface Entry {
  readonly at: Instant;
  readonly does: () => Promise<void> | void;
}

/** `after` is called when anything has happened. */
export function diary(begin: Instant, after: () => Promise<void>): Diary {
  const entries: Entry[] = [];
  let now = begin;
  return {
    now: () => now,
    enter: (at, does) => {
      let low = 0;
      for (let high = entries.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (entries[middle]!.at <= at) low = middle + 1;
        else high = middle;
      }
      entries.splice(low, 0, { at, does });
    },
    until: async (end) => {
      for (let next = entries[0]; next !== undefined && next.at <= end; next = entries[0]) {
        entries.shift();
        now = next.at;
        await next.does();
        await after();
      }
      now = end;
    },
  };
}
