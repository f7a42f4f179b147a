import { type Interval, wilson } from "./proportion.js";

/** A share with what it rests on. */
export interface Rate {
  /** 0 to 1; `null` where there is nothing to divide by, never 0. */
  readonly value: number | null;
  readonly n: number;
  /** Wilson's. */
  readonly interval: Interval | null;
  /** What was counted, of what: for whoever compares. */
  readonly definition: string;
}

/** So many of so many, with the interval of `wilson` and what it refuses. */
export const rateOf = (hits: number, n: number, definition: string, confidence = 0.95): Rate => {
  const interval = wilson(hits, n, confidence);
  return { value: n === 0 ? null : hits / n, n, interval, definition };
};
