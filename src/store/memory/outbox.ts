import type { Event, Stream } from "../../kernel/event.js";
import type { Instant } from "../../kernel/instant.js";
import type { Delivery, Outbox } from "../../ports/outbox.js";

/** The event log as an outbox reads it. */
export interface Log {
  /** Which stream got an event, in the order of commits. */
  readonly order: readonly { readonly tenant: string; readonly stream: Stream }[];
  readonly lastVersion: (tenant: string, stream: Stream) => number;
  readonly recordedAt: (tenant: string, stream: Stream, version: number) => Instant | undefined;
  readonly read: (tenant: string, stream: Stream, afterVersion: number, limit: number) => readonly Event[];
}

/** What one consumer has of one stream. */
interface Progress {
  readonly tenant: string;
  readonly stream: Stream;
  delivered: number;
  failures: number;
  retryAt: Instant | undefined;
  halted: string | undefined;
  lease: { readonly name: string; readonly until: Instant } | undefined;
}

interface Consumer {
  /** How much of the log has been looked through. */
  seen: number;
  readonly streams: Map<string, Progress>;
  /** The streams that have something to deliver, longest waiting first. */
  readonly waiting: Map<string, Progress>;
}

const keyOf = (tenant: string, stream: Stream) => JSON.stringify([tenant, stream.kind, stream.id]);

/** The reading side of the log: a state for each consumer, kept by stream. */
export function outbox(log: Log): Outbox {
  const consumers = new Map<string, Consumer>();
  let leases = 0;
  /** A consumer as it stands now; one that is not known has had nothing, and is not known by that. */
  const consumerOf = (name: string): Consumer => {
    const consumer = consumers.get(name) ?? { seen: 0, streams: new Map(), waiting: new Map() };
    for (; consumer.seen < log.order.length; consumer.seen++) {
      const { tenant, stream } = log.order[consumer.seen]!;
      const key = keyOf(tenant, stream);
      const progress = consumer.streams.get(key) ?? untouched(tenant, stream);
      consumer.streams.set(key, progress);
      consumer.waiting.set(key, progress);
    }
    return consumer;
  };
  const left = (p: Progress) => log.lastVersion(p.tenant, p.stream) - p.delivered;
  const rest = (consumer: Consumer, key: string, p: Progress) => {
    if (left(p) === 0) consumer.waiting.delete(key);
  };
  /** Ends the halt of a stream, if it is at this version that it is halted. */
  const goesOn = (p: Progress | undefined, version: number): p is Progress => {
    if (p?.halted === undefined || p.delivered + 1 !== version) return false;
    p.failures = 0;
    p.halted = undefined;
    return true;
  };
  return {
    claim: async ({ consumer: name, now, leaseUntil, limit }) => {
      const consumer = consumerOf(name);
      consumers.set(name, consumer);
      const deliveries: Delivery[] = [];
      let room = limit;
      for (const p of consumer.waiting.values()) {
        if (room <= 0) break;
        if (p.halted !== undefined || (p.retryAt !== undefined && p.retryAt > now)) continue;
        if (p.lease !== undefined && p.lease.until > now) continue;
        p.lease = { name: `lease-${++leases}`, until: leaseUntil };
        const events = log.read(p.tenant, p.stream, p.delivered, room);
        room -= events.length;
        deliveries.push({
          tenant: p.tenant,
          stream: { ...p.stream },
          events,
          failures: p.failures,
          lease: p.lease.name,
        });
      }
      return deliveries;
    },
    settle: async ({ consumer: name, tenant, stream, lease, deliveredVersion, failure }) => {
      const consumer = consumerOf(name);
      const key = keyOf(tenant, stream);
      const p = consumer.streams.get(key);
      if (p?.lease?.name !== lease) return false;
      p.lease = undefined;
      if (deliveredVersion !== undefined && deliveredVersion > p.delivered) {
        p.delivered = deliveredVersion;
        p.failures = 0;
        p.retryAt = undefined;
      }
      if (failure !== undefined) {
        p.failures++;
        if ("halt" in failure) p.halted = failure.message;
        else p.retryAt = failure.retryAt;
      }
      rest(consumer, key, p);
      return true;
    },
    skip: async ({ consumer: name, tenant, stream, version }) => {
      const consumer = consumerOf(name);
      const key = keyOf(tenant, stream);
      const p = consumer.streams.get(key);
      if (!goesOn(p, version)) return false;
      p.delivered = version;
      rest(consumer, key, p);
      return true;
    },
    resume: async ({ consumer, tenant, stream, version }) =>
      goesOn(consumerOf(consumer).streams.get(keyOf(tenant, stream)), version),
    forget: async (consumer) => consumers.delete(consumer),
    backlog: async (consumer) => {
      const waiting = [...consumerOf(consumer).waiting.values()];
      const oldest = waiting
        .flatMap((p) => log.recordedAt(p.tenant, p.stream, p.delivered + 1) ?? [])
        .reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
      const halted = waiting.flatMap(({ tenant, stream, delivered, halted: message }) =>
        message === undefined ? [] : [{ tenant, stream: { ...stream }, version: delivered + 1, message }],
      );
      return { depth: waiting.reduce((sum, p) => sum + left(p), 0), oldest, halted };
    },
  };
}

const untouched = (tenant: string, stream: Stream): Progress => ({
  tenant,
  stream,
  delivered: 0,
  failures: 0,
  retryAt: undefined,
  halted: undefined,
  lease: undefined,
});
