import type { Delivery, Outcome } from "../../ports/outbox.js";
import type { Store } from "../../ports/store.js";
import { minute, tenant } from "./fixtures.js";

/** For whom, and how much. */
export interface Ask {
  readonly consumer?: string;
  readonly limit?: number;
}
/** Claims at a minute, for ten minutes. */
export const claim = (
  store: Store<any>,
  at: number,
  { consumer = "mail", limit = 100 }: Ask = {},
): Promise<readonly Delivery[]> =>
  store.outbox.claim({ consumer, now: minute(at), leaseUntil: minute(at + 10), limit });

/** What a claim brought: `v1 1 2` for two events of one stream. Streams may come in any order. */
export const brought = (deliveries: readonly Delivery[]): readonly string[] =>
  deliveries.map((d) => [d.stream.id, ...d.events.map((e) => e.version)].join(" ")).sort();

/** Acknowledges all of a delivery to `mail`, unless told otherwise. */
export const settle = (store: Store<any>, d: Delivery, more: Partial<Outcome> = {}): Promise<boolean> => {
  const { tenant: whose, stream: of, lease, events } = d;
  return store.outbox.settle({
    consumer: "mail",
    tenant: whose,
    stream: of,
    lease,
    deliveredVersion: events.at(-1)?.version,
    ...more,
  });
};
/** The delivery of one stream. */
export const only = (deliveries: readonly Delivery[], id = "v1"): Delivery => {
  const found = deliveries.find((d) => d.stream.id === id);
  if (found === undefined)
    throw new Error(`a delivery of "${id}": expected one, found ${brought(deliveries).join(", ") || "none"}`);
  return found;
};
/** The event after what was delivered halts the stream, or is tried again at a minute. */
export const halting = { failure: { message: "no such address", halt: true } } as const;
export const retrying = (at: number) => ({ failure: { message: "busy", retryAt: minute(at) } });
/** Claims everything and settles it, claim by claim; answers the versions of each stream in the order of delivery. */
export async function drain(store: Store<any>, ask: Ask = {}): Promise<Readonly<Record<string, readonly number[]>>> {
  const had: Record<string, number[]> = {};
  for (let turn = 0; turn < 50; turn++) {
    const deliveries = await claim(store, 20 * turn, ask);
    if (deliveries.length === 0) break;
    for (const d of deliveries) {
      const name = d.tenant === tenant ? d.stream.id : `${d.tenant} ${d.stream.id}`;
      had[name] = [...(had[name] ?? []), ...d.events.map((e) => e.version)];
      await settle(store, d, ask.consumer === undefined ? {} : { consumer: ask.consumer });
    }
  }
  return had;
}
