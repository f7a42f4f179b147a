import type { Store, UnitOfWork } from "../../ports/store.js";
import { failing, failingSomehow, same } from "../law.js";
import {
  columns,
  happened,
  keep,
  minute,
  read,
  receipt,
  type StoreLaw,
  story,
  stream,
  unit,
  visit,
} from "./fixtures.js";

/** The library's work inside the host's own transaction. */
const joined = <R>(store: Store<any>, host: UnitOfWork<any>, work: (u: UnitOfWork<any>) => Promise<R>): Promise<R> =>
  store.transaction(work, { tenant: host.tenant, join: host.tx });

const write = async (u: UnitOfWork<any>, id: string): Promise<void> => {
  await u.of("visit").put(visit(id), 0, columns({ by: id }, { people: [id] }));
  await u.events.append([happened(id, 1)]);
  await u.receipts.put(id, receipt(id), minute(0));
};
/** Which of the parts of `write` are there. */
const left = async (store: Store<any>, id: string) => ({
  record: (await read(store, id)) !== undefined,
  found: (await unit(store, (u) => u.of("visit").find({ where: { by: id }, limit: 1 }))).items.length === 1,
  event: (await story(store, id)).length === 1,
  receipt: (await unit(store, (u) => u.receipts.find(id, minute(0)))) !== undefined,
});
const all = { record: true, found: true, event: true, receipt: true };
const none = { record: false, found: false, event: false, receipt: false };

export const joinLaws: readonly StoreLaw[] = [
  {
    law: "joined work commits with the host's transaction",
    run: async (store) => {
      await unit(store, async (host) => {
        await write(host, "host");
        const answer = await joined(store, host, async (u) => {
          same("what joined work sees of the host's", await u.of("visit").get("host"), visit("host"));
          await write(u, "joined");
          return "its answer";
        });
        same("the answer of joined work", answer, "its answer");
        same("what the host sees of joined work", await host.of("visit").get("joined"), visit("joined"));
        same("its events", (await host.events.read(stream("joined"), { afterVersion: 0, limit: 9 })).length, 1);
      });
      same("what is left of the host", await left(store, "host"), all);
      same("what is left of joined work", await left(store, "joined"), all);
    },
  },
  {
    law: "joined work is rolled back with the host's transaction",
    run: async (store) => {
      await failingSomehow("a host that fails after joined work", () =>
        unit(store, async (host) => {
          await joined(store, host, (u) => write(u, "joined"));
          throw new Error("the host changed its mind");
        }),
      );
      same("what is left of joined work", await left(store, "joined"), none);
    },
  },
  {
    law: "joined work that fails undoes only itself",
    run: async (store) => {
      await keep(
        store,
        visit("person", 1, { words: "hers" }),
        columns({}, { people: ["joy"], personal: [{ path: ["words"], person: "joy" }] }),
      );
      await unit(store, async (host) => {
        await write(host, "before");
        await joined(store, host, (u) => write(u, "joined before"));
        await failingSomehow("joined work that throws", () =>
          joined(store, host, async (u) => {
            await write(u, "failed");
            await u.people.erase("joy");
            throw new Error("refused");
          }),
        );
        await failing("joined work with a stale put", "CONFLICT", () =>
          joined(store, host, async (u) => {
            await write(u, "stale");
            await u.of("visit").put(visit("before", 9), 8, columns());
          }),
        );
        await write(host, "after");
      });
      for (const id of ["before", "joined before", "after"])
        same(`what is left of "${id}"`, await left(store, id), all);
      for (const id of ["failed", "stale"]) same(`what is left of "${id}"`, await left(store, id), none);
      same(
        "the person whom the failed work would have erased",
        await read(store, "person"),
        visit("person", 1, { words: "hers" }),
      );
    },
  },
  {
    law: "joined work can itself be joined",
    run: async (store) => {
      await unit(store, (host) =>
        joined(store, host, async (outer) => {
          await write(outer, "outer");
          await joined(store, outer, async (inner) => {
            same("what the inner sees of the outer", await inner.of("visit").get("outer"), visit("outer"));
            await write(inner, "inner");
          });
          await failingSomehow("inner work that throws", () =>
            joined(store, outer, async (inner) => {
              await write(inner, "failed");
              throw new Error("refused");
            }),
          );
        }),
      );
      for (const id of ["outer", "inner"]) same(`what is left of the ${id}`, await left(store, id), all);
      same("what is left of what failed", await left(store, "failed"), none);
    },
  },
  {
    law: "a transaction that is over cannot be joined",
    run: async (store) => {
      const over = await unit(store, async (host) => host);
      await failingSomehow("joining a committed transaction", () => joined(store, over, (u) => write(u, "v1")));
      let failed: UnitOfWork<any> | undefined;
      await failingSomehow("a failing host", () =>
        unit(store, async (host) => {
          failed = host;
          throw new Error("no");
        }),
      );
      await failingSomehow("joining a failed transaction", () => joined(store, failed!, (u) => write(u, "v1")));
      same("what is left", await left(store, "v1"), none);
    },
  },
  {
    law: "joined work has a unit of its own, which ends with it",
    run: async (store) => {
      await unit(store, async (host) => {
        const late = await joined(store, host, async (u) => u);
        await failingSomehow("a put through joined work that is over", () => write(late, "late"));
        await write(host, "host");
      });
      same("what is left of the late put", await left(store, "late"), none);
      same("what is left of the host", await left(store, "host"), all);
    },
  },
];
