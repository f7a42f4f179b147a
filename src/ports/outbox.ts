import type { Event, Stream } from "../kernel/event.js";
import type { Instant } from "../kernel/instant.js";

/** The next events of one stream for one consumer, under a lease. */
export interface Delivery {
  readonly tenant: string;
  readonly stream: Stream;
  /** In order, without a gap after what was acknowledged. */
  readonly events: readonly Event[];
  /** How often the first of them has been tried in vain. */
  readonly failures: number;
  /** Names this claim: an answer under an expired lease that somebody else has taken over is ignored. */
  readonly lease: string;
}

/** How a delivery ended. */
export interface Outcome {
  readonly consumer: string;
  readonly tenant: string;
  readonly stream: Stream;
  readonly lease: string;
  /** The last version that was delivered; what is up to it never comes again. */
  readonly deliveredVersion: number | undefined;
  /** The event after it failed: when to try again, or `halt` until it is skipped or resumed. */
  readonly failure?:
    | { readonly message: string; readonly retryAt: Instant }
    | { readonly message: string; readonly halt: true };
}

/** A stream that waits, for one consumer, until its poisoned event is skipped or resumed. */
export interface Halted {
  readonly tenant: string;
  readonly stream: Stream;
  readonly version: number;
  readonly message: string;
}

/** The event at which a stream is halted for a consumer. */
export interface HaltedAt {
  readonly consumer: string;
  readonly tenant: string;
  readonly stream: Stream;
  readonly version: number;
}

/** How far behind a consumer is. */
export interface Backlog {
  /** Events not yet acknowledged, those of halted streams included. */
  readonly depth: number;
  /** When the oldest of them was recorded. */
  readonly oldest: Instant | null;
  readonly halted: readonly Halted[];
}

/**
 * The reading side of the event log, with a state of its own for each consumer: every event reaches every consumer at
 * least once, in order within a stream. A consumer is known from its first claim on, which begins at the first event.
 */
export interface Outbox {
  /**
   * Leases streams that have events for the consumer and are neither leased, halted nor waiting to be tried again;
   * at most `limit` events in all. One of the two doors that see every tenant.
   */
  readonly claim: (request: {
    readonly consumer: string;
    readonly now: Instant;
    readonly leaseUntil: Instant;
    readonly limit: number;
  }) => Promise<readonly Delivery[]>;
  /** Takes an outcome in; answers whether the lease still held. */
  readonly settle: (outcome: Outcome) => Promise<boolean>;
  /** Passes over the poisoned event of a halted stream; answers whether there was one of this version. */
  readonly skip: (request: HaltedAt) => Promise<boolean>;
  /**
   * Tries the poisoned event of a halted stream again: it comes with the next claim, as if it had never failed. Answers
   * whether there was one of this version.
   */
  readonly resume: (request: HaltedAt) => Promise<boolean>;
  /**
   * Drops all that is remembered of a consumer, in every tenant; answers whether it was known. What is leased to it is
   * leased no more. If it claims again, it begins at the first event.
   */
  readonly forget: (consumer: string) => Promise<boolean>;
  /** Who has never claimed has everything to go. To ask makes nobody known. */
  readonly backlog: (consumer: string) => Promise<Backlog>;
}
