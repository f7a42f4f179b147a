import { failing, same } from "../law.js";
import { minute, receipt, type StoreLaw, together, unit } from "./fixtures.js";

const put = (store: Parameters<StoreLaw["run"]>[0], commandId: string, kept: ReturnType<typeof receipt>, now: string) =>
  unit(store, (u) => u.receipts.put(commandId, kept, now));
const find = (store: Parameters<StoreLaw["run"]>[0], commandId: string, now: string) =>
  unit(store, (u) => u.receipts.find(commandId, now));

export const receiptLaws: readonly StoreLaw[] = [
  {
    law: "a receipt is found until it expires",
    run: async (store) => {
      await put(store, "c1", receipt("v1", { expiresAt: minute(10) }), minute(0));
      await put(store, "c2", receipt("v2", { expiresAt: null }), minute(0));
      same("a receipt before it expires", await find(store, "c1", minute(9)), receipt("v1", { expiresAt: minute(10) }));
      same("a receipt at the instant at which it expires", await find(store, "c1", minute(10)), undefined);
      same("a receipt after it has expired", await find(store, "c1", minute(11)), undefined);
      same("a receipt that never expires", (await find(store, "c2", minute(9_999_999)))?.id, "v2");
      same("a receipt that nobody put", await find(store, "C1", minute(0)), undefined);
    },
  },
  {
    law: "another receipt under the same id conflicts",
    run: async (store) => {
      await put(store, "c1", receipt("v1", { expiresAt: null }), minute(0));
      await failing("a second receipt", "CONFLICT", () => put(store, "c1", receipt("v2"), minute(0)));
      await failing("two receipts in one unit", "CONFLICT", () =>
        unit(store, async (u) => {
          await u.receipts.put("c2", receipt("v1"), minute(0));
          await u.receipts.put("c2", receipt("v2"), minute(0));
        }),
      );
      same("the first receipt", (await find(store, "c1", minute(0)))?.id, "v1");
      same("neither of two", await find(store, "c2", minute(0)), undefined);
    },
  },
  {
    law: "of overlapping units that put one receipt exactly one commits",
    overlapping: true,
    run: async (store) => {
      await put(store, "c2", receipt("v0", { expiresAt: minute(1) }), minute(0));
      for (const id of ["c1", "c2"]) {
        const ended = await together(
          store,
          ["v1", "v2"].map((of) => ({
            first: (u) => u.receipts.find(id, minute(5)),
            then: (u) => u.receipts.put(id, receipt(of), minute(5)),
          })),
        );
        same(`how the units ended that put "${id}"`, ended.map((e) => e.status).sort(), ["fulfilled", "rejected"]);
      }
    },
  },
  {
    law: "an expired receipt is replaced",
    run: async (store) => {
      await put(store, "c1", receipt("v1", { expiresAt: minute(10) }), minute(0));
      await put(store, "c1", receipt("v2", { expiresAt: minute(30) }), minute(10));
      same("the receipt that came after", (await find(store, "c1", minute(20)))?.id, "v2");
      await failing("a receipt before that one expires", "CONFLICT", () => put(store, "c1", receipt("v3"), minute(29)));
    },
  },
  {
    law: "expired receipts are pruned, and only they",
    run: async (store) => {
      for (const n of [1, 2, 3]) await put(store, `old ${n}`, receipt(`v${n}`, { expiresAt: minute(n) }), minute(0));
      await put(store, "young", receipt("v4", { expiresAt: minute(100) }), minute(0));
      await put(store, "for ever", receipt("v5", { expiresAt: null }), minute(0));
      same("how many are pruned before any expires", await store.prune({ now: minute(0), limit: 9 }), 0);
      same("how many are pruned at most", await store.prune({ now: minute(3), limit: 2 }), 2);
      same("how many are pruned then", await store.prune({ now: minute(3), limit: 9 }), 1);
      same("how many are left to prune", await store.prune({ now: minute(3), limit: 9 }), 0);
      same("a receipt that was pruned, asked as of earlier", await find(store, "old 3", minute(0)), undefined);
      same("a receipt that has not expired", (await find(store, "young", minute(3)))?.id, "v4");
      same("a receipt that never expires", (await find(store, "for ever", minute(3)))?.id, "v5");
    },
  },
];
