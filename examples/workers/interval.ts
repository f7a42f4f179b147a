// Sweeping and relaying by a plain timer: no scheduler, no queue.
import { setTimeout as pause } from "node:timers/promises";
import type { RelayOptions, ServiceDesk } from "../../src/index.js";

// #region every
export interface IntervalOptions {
  /** From the end of a run to the beginning of the next. */
  readonly everyMs: number;
  /** Ends it: between two runs at once, within a run as soon as the run lets it. */
  readonly signal: AbortSignal;
  /** Is told what a run threw; the next one comes all the same. */
  readonly onError: (error: unknown) => void;
}

/**
 * Runs `work` again and again, one run after another, and ends when it is called off. Work that answers `true` has more
 * to do and is run again at once.
 */
export async function every(
  work: (signal: AbortSignal) => Promise<boolean>,
  { everyMs, signal, onError }: IntervalOptions,
): Promise<void> {
  while (!signal.aborted) {
    const hasMore = await work(signal).catch((error: unknown) => onError(error));
    // A pause that is called off rejects.
    if (hasMore !== true) await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
// #endregion every

// #region work
/** A run of the sweep; a full one has left something. */
export const sweeping =
  (desk: Pick<ServiceDesk, "sweep">, limit = 100) =>
  async (signal: AbortSignal): Promise<boolean> => {
    const { swept, early, refused } = await desk.sweep({ limit, signal });
    return swept + early + refused.length >= limit;
  };

/** A run of the relay to one consumer. What failed waits for its time, so it is no reason to go on at once. */
export const relaying =
  (desk: Pick<ServiceDesk, "relay">, options: RelayOptions) =>
  async (signal: AbortSignal): Promise<boolean> => {
    const { delivered } = await desk.relay({ ...options, signal });
    return delivered >= (options.limit ?? 100);
  };
// #endregion work
