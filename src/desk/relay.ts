import { chance } from "../kernel/chance.js";
import type { Event, Stream } from "../kernel/event.js";
import type { Backlog, Delivery, Outcome } from "../ports/outbox.js";
import { type House, later } from "./house.js";
import type { Abort } from "./options.js";

export interface RelayOptions {
  /** The name under which what was delivered is remembered. */
  readonly consumer: string;
  /** Takes one event into the world. It may see an event again: drop what has the same `id`. */
  readonly publish: (event: Event) => unknown;
  /** How many events at most; default 100. */
  readonly limit?: number;
  /** After how many failures an event halts its stream for this consumer; default 10. */
  readonly attempts?: number;
  /** How long a stream is kept from other relays of this consumer; default a minute. */
  readonly leaseMs?: number;
  readonly signal?: Abort;
}
export interface RelayReport {
  readonly delivered: number;
  /** Events that failed and will be tried again. */
  readonly failed: number;
  /** Events that have halted their stream: see `deliveries`. */
  readonly halted: number;
}

/**
 * Delivers what a consumer has not had: in order within a stream, streams independent of each other, each event at
 * least once. Any number may run at once.
 */
export async function relay<Tx>(house: House<Tx>, options: RelayOptions): Promise<RelayReport> {
  const { consumer, limit = 100, leaseMs = 60_000 } = options;
  const now = house.clock();
  const claimed = await house.store.outbox.claim({ consumer, now, leaseUntil: later(now, leaseMs), limit });
  const reports = await Promise.all(claimed.map((delivery) => deliver(house, options, delivery)));
  return reports.reduce(
    (a, b) => ({
      delivered: a.delivered + b.delivered,
      failed: a.failed + b.failed,
      halted: a.halted + b.halted,
    }),
    nothing,
  );
}
const nothing: RelayReport = { delivered: 0, failed: 0, halted: 0 };

async function deliver<Tx>(house: House<Tx>, options: RelayOptions, delivery: Delivery): Promise<RelayReport> {
  const { consumer, publish, attempts = 10, signal } = options;
  const { tenant, stream, lease } = delivery;
  const outcome = { consumer, tenant, stream, lease };
  let deliveredVersion: number | undefined;
  let delivered = 0;
  let failures = delivery.failures;
  for (const event of delivery.events) {
    if (signal?.aborted === true) break;
    try {
      await publish(event);
      deliveredVersion = event.version;
      delivered++;
      failures = 0;
    } catch (error) {
      const failure = failed(house, event, failures + 1, attempts, error);
      await house.store.outbox.settle({ ...outcome, deliveredVersion, failure });
      const halted = "halt" in failure;
      return { delivered, failed: halted ? 0 : 1, halted: halted ? 1 : 0 };
    }
  }
  await house.store.outbox.settle({ ...outcome, deliveredVersion });
  return { delivered, failed: 0, halted: 0 };
}

/** Waits twice as long after each failure, up to an hour, with jitter so that consumers do not come back all at once. */
function failed<Tx>(
  house: House<Tx>,
  event: Event,
  failures: number,
  attempts: number,
  error: unknown,
): NonNullable<Outcome["failure"]> {
  const message = error instanceof Error ? error.message : String(error);
  if (failures >= attempts) return { message, halt: true };
  const wait = Math.min(1000 * 2 ** Math.min(failures - 1, 20), 3_600_000);
  return { message, retryAt: later(house.clock(), Math.ceil(wait * (0.5 + chance(event.id, failures) / 2))) };
}

/** What a host does about deliveries. */
export interface Deliveries {
  readonly backlog: (consumer: string) => Promise<Backlog>;
  /** Passes over the poisoned event of a halted stream; its later events are delivered again. */
  readonly skip: (request: {
    readonly consumer: string;
    readonly stream: Stream;
    readonly version: number;
    readonly tenant?: string;
  }) => Promise<boolean>;
}

export const deliveriesOf = <Tx>(house: House<Tx>, tenant: string): Deliveries => ({
  backlog: (consumer) => house.store.outbox.backlog(consumer),
  skip: (request) => house.store.outbox.skip({ tenant, ...request }),
});
