import type { Instant } from "../../kernel/instant.js";
import type { Due, Store } from "../../ports/store.js";
import { same } from "../law.js";
import { columns, keep, minute, other, read, type StoreLaw, tenant, unit, visit } from "./fixtures.js";

const plan = (store: Store<any>, id: string, wakeAt: Instant | null, of = tenant, version = 1): Promise<void> =>
  keep(store, visit(id, version), columns({}, { wakeAt }), version - 1, of);
/** Claims at a minute, for ten minutes. */
const claim = async (store: Store<any>, at: number, limit = 10): Promise<readonly string[]> =>
  (await store.claimDue({ now: minute(at), leaseUntil: minute(at + 10), limit })).map((due) => due.id);
const due = (id: string): Due => ({ tenant, kind: "visit", id });

export const dueLaws: readonly StoreLaw[] = [
  {
    law: "what is due is claimed, the longest due first",
    run: async (store) => {
      await plan(store, "never", null);
      await plan(store, "second", minute(2));
      await plan(store, "third", minute(3));
      await plan(store, "first", minute(1));
      await plan(store, "later", minute(4));
      same("before anything is due", await claim(store, 0), []);
      same("at the instant at which the third is due", await claim(store, 3), ["first", "second", "third"]);
    },
  },
  {
    law: "a claim takes at most what it asks for",
    run: async (store) => {
      for (const n of [1, 2, 3]) await plan(store, `v${n}`, minute(n));
      same("two of three", await claim(store, 5, 2), ["v1", "v2"]);
      same("the third", await claim(store, 5, 2), ["v3"]);
    },
  },
  {
    law: "a claimed record is nobody else's until its lease ends",
    run: async (store) => {
      await plan(store, "v1", minute(1));
      same("the first claim", await claim(store, 5), ["v1"]);
      same("a claim during the lease", await claim(store, 14), []);
      same("a claim at the end of the lease", await claim(store, 15), ["v1"]);
      const claimed = await Promise.all([1, 2, 3].map(() => claim(store, 30)));
      same("claims at the same time", claimed.flat(), ["v1"]);
    },
  },
  {
    law: "a put or a reindex ends the lease",
    run: async (store) => {
      await plan(store, "put", minute(1));
      await plan(store, "reindexed", minute(1));
      await plan(store, "held", minute(1));
      same("the first claim", (await claim(store, 5)).length, 3);
      await plan(store, "put", minute(2), tenant, 2);
      await unit(store, (u) => u.of("visit").reindex("reindexed", 1, columns({}, { wakeAt: minute(3) })));
      same("a claim after a put and a reindex", await claim(store, 6), ["put", "reindexed"]);
      await plan(store, "put", minute(50), tenant, 3);
      same("a claim after a put that moved the wake-up", await claim(store, 20), ["held", "reindexed"]);
      same("the record is as it was put", await read(store, "put"), visit("put", 3));
    },
  },
  {
    law: "the due records of all tenants and kinds are claimed",
    run: async (store) => {
      await plan(store, "v1", minute(2));
      await plan(store, "v1", minute(1), other);
      await keep(store, { ...visit("v1"), kind: "call" }, columns({}, { wakeAt: minute(3) }));
      same("what is claimed", await store.claimDue({ now: minute(5), leaseUntil: minute(6), limit: 10 }), [
        { tenant: other, kind: "visit", id: "v1" },
        { tenant, kind: "visit", id: "v1" },
        { tenant, kind: "call", id: "v1" },
      ]);
      await keep(store, visit("v1", 2), columns({}, { wakeAt: minute(2) }));
      same("a lease that a put ended is that of one tenant and kind", await claim(store, 5), ["v1"]);
    },
  },
  {
    law: "a postponed record waits",
    run: async (store) => {
      await plan(store, "v1", minute(1));
      await plan(store, "v2", minute(2));
      await claim(store, 5);
      await store.postpone(due("v1"), minute(60));
      same("a claim after the lease, before the end of the delay", await claim(store, 20), ["v2"]);
      same("a claim at the end of the delay", await claim(store, 60), ["v1", "v2"]);
      await store.postpone(due("v1"), minute(500));
      await plan(store, "v1", minute(70), tenant, 2);
      same("a claim after a put has ended the delay", await claim(store, 75), ["v2", "v1"]);
    },
  },
];
