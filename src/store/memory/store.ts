import { ClienteleError } from "../../kernel/errors.js";
import { guarded } from "../../kernel/guarded.js";
import { preview } from "../../kernel/schema.js";
import type { Due, Store } from "../../ports/store.js";
import { commit } from "./commit.js";
import { outbox } from "./outbox.js";
import { isExpired, readEntry, rowKey, tables } from "./tables.js";
import { type MemoryTransaction, noWrites, unitOf, type Writes } from "./unit.js";

/** A `memoryStore`, which can also show what is really kept. */
export interface MemoryStore extends Store<MemoryTransaction> {
  /** Every text that is kept, sealed parts apart: for tests that look behind the port. */
  readonly dump: () => { readonly stored: readonly string[]; readonly personal: readonly string[] };
}

/**
 * The strictest store: snapshot isolation, the first to commit wins, values are copied both ways and must be JSON.
 * What passes here passes on a database. It keeps everything in this process's memory.
 *
 * @example
 * ```ts
 * import { createServiceDesk, memoryStore } from "clientele";
 *
 * const desk = createServiceDesk({ store: memoryStore() });
 * const opened = await desk.complaints.open({
 *   input: { customerId: "c-7", summary: "The fridge does not cool" }, actor: { kind: "staff", id: "ann" },
 * });
 * opened.ok; // => true
 * ```
 */
export function memoryStore(): MemoryStore {
  const t = tables();
  const running = new Set<Writes>();
  return {
    transaction: async (work, options) => {
      const { tenant, join } = asked(work, options);
      if (join !== undefined) return joined(join, (writes, end) => work(unitOf(t, tenant, writes, end)));
      const writes = noWrites(t.commits);
      running.add(writes);
      try {
        const result = await work(unitOf(t, tenant, writes));
        running.delete(writes);
        commit(t, writes, Math.min(t.commits, ...[...running].map((w) => w.snapshot)));
        return result;
      } finally {
        writes.over = true;
        running.delete(writes);
      }
    },
    claimDue: async ({ now, leaseUntil, limit }) => {
      const due: { readonly key: string; readonly wakeAt: string }[] = [];
      for (const key of t.columns.keys()) {
        const { wakeAt } = t.columns.latest(key)!;
        if (wakeAt !== null && wakeAt <= now && (t.leases.get(key) ?? "") <= now) due.push({ key, wakeAt });
      }
      due.sort((a, b) => (a.wakeAt === b.wakeAt ? (a.key < b.key ? -1 : 1) : a.wakeAt < b.wakeAt ? -1 : 1));
      return due.slice(0, limit).map(({ key }): Due => {
        t.leases.set(key, leaseUntil);
        const [tenant, kind, id] = JSON.parse(key) as [string, string, string];
        return { tenant, kind, id };
      });
    },
    postpone: async ({ tenant, kind, id }, until) => {
      t.leases.set(rowKey(tenant, kind, id), until);
    },
    outbox: outbox({
      order: t.log,
      lastVersion: (tenant, { kind, id }) => t.streams.get(rowKey(tenant, kind, id))?.length ?? 0,
      recordedAt: (tenant, { kind, id }, version) => t.streams.get(rowKey(tenant, kind, id))?.[version - 1]?.recordedAt,
      read: (tenant, { kind, id }, after, limit) =>
        (t.streams.get(rowKey(tenant, kind, id)) ?? []).slice(after, after + limit).map((e) => readEntry(t, e)),
    }),
    prune: async ({ now, limit }) => {
      const gone = [...t.receipts.keys()].filter((key) => isExpired(t.receipts.latest(key)!, now)).slice(0, limit);
      for (const key of gone) t.receipts.delete(key);
      return gone.length;
    },
    dump: () => ({
      stored: [
        ...[...t.rows.keys()].map((key) => t.rows.latest(key)!.sealed.text),
        ...t.log.map((entry) => entry.sealed.text),
      ],
      personal: t.vault.dump(),
    }),
  };
}

/** The options, read once; a transaction to join that is none has no writes, and is over. */
function asked(work: unknown, options: { readonly tenant: string; readonly join?: MemoryTransaction }) {
  return guarded("INVALID_OPTIONS", "transaction", () => {
    const { tenant, join } = options;
    if (typeof work !== "function") throw new TypeError(`work must be a function, found ${preview(work)}`);
    if (typeof tenant !== "string") throw new ClienteleError("INVALID_TENANT", `found ${preview(tenant)}`);
    return {
      tenant,
      join:
        join === undefined
          ? undefined
          : (((join as Partial<MemoryTransaction> | null)?.["~writes"] as Writes | null) ?? null),
    };
  });
}

/** Work inside somebody else's transaction: when it fails, what it did is undone and the transaction goes on. */
async function joined<R>(
  writes: Writes | null,
  work: (writes: Writes, end: { readonly over: boolean }) => Promise<R>,
): Promise<R> {
  if (writes?.over !== false) throw new ClienteleError("UNIT_OVER", "the transaction to join is over");
  const { rows, columns, events, receipts, erased } = writes;
  const end = { over: false };
  try {
    return await work(writes, end);
  } catch (error) {
    Object.assign(writes, { rows, columns, events, receipts, erased });
    throw error;
  } finally {
    end.over = true;
  }
}
