import { chance } from "../kernel/chance.js";
import { ClienteleError } from "../kernel/errors.js";
import type { Event, Stream } from "../kernel/event.js";
import type { Instant } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import type { Backlog, Delivery, HaltedAt, Outcome } from "../ports/outbox.js";
import { type House, later, nameIssues } from "./house.js";
import { observed } from "./observe.js";
import { type Abort, given, isOff, whole } from "./options.js";

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
  const round = roundOf(house, options);
  const { consumer, limit, now, leaseUntil } = round;
  const claimed = await house.store.outbox.claim({ consumer, now, leaseUntil, limit });
  const ended = await Promise.allSettled(claimed.map((delivery) => deliver(house, round, delivery)));
  const report = { delivered: 0, failed: 0, halted: 0 };
  for (const one of ended) {
    // Only now: nobody may begin another round while streams of this one are still on their way.
    if (one.status === "rejected") throw one.reason;
    report.delivered += one.value.delivered;
    report.failed += one.value.failed;
    report.halted += one.value.halted;
  }
  return report;
}

/** One call of `relay`. */
interface Round {
  readonly consumer: string;
  readonly publish: RelayOptions["publish"];
  readonly limit: number;
  readonly attempts: number;
  readonly now: Instant;
  readonly leaseUntil: Instant;
  readonly signal: Abort | undefined;
}

function roundOf<Tx>(house: House<Tx>, options: RelayOptions): Round {
  const asked = given("relay", options, ["consumer", "publish", "limit", "attempts", "leaseMs", "signal"]);
  const { publish, signal } = asked;
  if (typeof publish !== "function") throw new ClienteleError("INVALID_OPTIONS", "publish must be a function");
  const now = house.clock();
  return {
    consumer: consumerName(asked.consumer),
    publish,
    limit: whole("limit", asked.limit ?? 100),
    attempts: whole("attempts", asked.attempts ?? 10),
    now,
    leaseUntil: later(now, whole("leaseMs", asked.leaseMs ?? 60_000)),
    signal,
  };
}

function consumerName(name: string): string {
  if (nameIssues(name, "").length === 0) return name;
  throw new ClienteleError("INVALID_OPTIONS", `a consumer has a name of 1 to 200 characters, found ${preview(name)}`);
}

async function deliver<Tx>(house: House<Tx>, round: Round, delivery: Delivery): Promise<RelayReport> {
  const { consumer, publish, attempts, leaseUntil, signal } = round;
  const { tenant, stream, lease } = delivery;
  const outcome = { consumer, tenant, stream, lease };
  let deliveredVersion: number | undefined;
  let delivered = 0;
  let failures = delivery.failures;
  for (const event of delivery.events) {
    // Past its lease the stream may be another relay's, which would deliver the same.
    if (isOff(signal) || (delivered > 0 && house.clock() >= leaseUntil)) break;
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
  const message = told(error);
  if (failures >= attempts) return { message, halt: true };
  const wait = Math.min(1000 * 2 ** Math.min(failures - 1, 20), 3_600_000);
  return { message, retryAt: later(house.clock(), Math.ceil(wait * (0.5 + chance(event.id, failures) / 2))) };
}

function told(error: unknown): string {
  try {
    return (error instanceof Error ? String(error.message) : String(error)).replace(/\0|\p{Surrogate}/gu, "\ufffd");
  } catch {
    return "something unreadable";
  }
}

/** The event at which a stream is halted, as `backlog` tells it. */
export interface HaltedEvent {
  readonly consumer: string;
  readonly stream: Stream;
  readonly version: number;
  readonly tenant?: string;
}

/** What a host does about deliveries. */
export interface Deliveries {
  /** Asking makes no consumer known. */
  readonly backlog: (consumer: string) => Promise<Backlog>;
  /**
   * Passes over the poisoned event of a halted stream; its later events are delivered again. Answers whether there was
   * such an event.
   */
  readonly skip: (request: HaltedEvent) => Promise<boolean>;
  /**
   * Tries the poisoned event of a halted stream again, now that the consumer has been mended: the next relay delivers it,
   * and counts its failures anew. Answers whether there was such an event.
   */
  readonly resume: (request: HaltedEvent) => Promise<boolean>;
  /**
   * Drops all that is remembered of a consumer that nobody relays to any more, in every tenant; answers whether it was
   * known. If it is relayed to again, it begins at the first event.
   */
  readonly forget: (consumer: string) => Promise<boolean>;
}

export const deliveriesOf = <Tx>(house: House<Tx>, tenant: string): Deliveries => {
  const door = <R>(name: string, work: () => Promise<R>) => observed(house.observe, `deliveries.${name}`, "*", work);
  return {
    backlog: (name) => door("backlog", async () => house.store.outbox.backlog(consumerName(name))),
    skip: (request) => door("skip", async () => house.store.outbox.skip(haltedAt("skip", request, tenant))),
    resume: (request) => door("resume", async () => house.store.outbox.resume(haltedAt("resume", request, tenant))),
    forget: (name) => door("forget", async () => house.store.outbox.forget(consumerName(name))),
  };
};

function haltedAt(door: string, request: HaltedEvent, only: string): HaltedAt {
  const asked = given(door, request, ["consumer", "stream", "version", "tenant"]);
  const { kind, id } = given(door, asked.stream, ["kind", "id"]);
  const tenant = asked.tenant ?? only;
  if (![kind, id, tenant].every((name) => nameIssues(name, "").length === 0))
    throw new ClienteleError("INVALID_OPTIONS", "a stream { kind, id } of a tenant is needed");
  return {
    consumer: consumerName(asked.consumer),
    tenant,
    stream: { kind, id },
    version: whole("version", asked.version),
  };
}
