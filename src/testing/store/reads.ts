import { hasCode } from "../../kernel/errors.js";
import type { Reads, Store, UnitOfWork } from "../../ports/store.js";
import { failing, failingSomehow, same } from "../law.js";
import {
  columns,
  happened,
  keep,
  minute,
  personalVisit,
  read,
  receipt,
  type StoreLaw,
  story,
  stream,
  tell,
  tenant,
  unit,
  visit,
} from "./fixtures.js";

const reads: Reads = { commandId: "c1", record: stream("v1"), revisionOf: "visit" };
/** A unit that says what it will read first. */
const telling = <R>(store: Store<any>, work: (u: UnitOfWork<any>) => Promise<R>, says = reads): Promise<R> =>
  store.transaction(work, { tenant, reads: says });

const looked = async (u: UnitOfWork<any>) => ({
  receipt: await u.receipts.find("c1", minute(0)),
  record: await u.of("visit").get("v1"),
  revision: await u.of("visit").revision(),
  missing: await u.of("visit").get("v2"),
});

export const readsLaws: readonly StoreLaw[] = [
  {
    law: "what a unit says it will read it reads as any other unit does",
    run: async (store) => {
      same("in an empty store", await telling(store, looked), await unit(store, looked));
      const { record, columns: beside, event } = personalVisit("v1", "joy", "It leaks");
      await keep(store, record, beside);
      await tell(store, [event()]);
      await unit(store, (u) => u.receipts.put("c1", receipt("v1"), minute(0)));
      const seen = await telling(store, looked);
      same("all that it said", seen, await unit(store, looked));
      same("the record", seen.record, record);
      same("what it reads twice", await telling(store, async (u) => [await looked(u), await looked(u)]), [seen, seen]);
    },
  },
  {
    law: "what a unit that says what it reads has written is there, or none of it",
    run: async (store) => {
      await telling(store, async (u) => {
        await looked(u);
        await u.of("visit").put(visit("v1"), 0, columns({}, { wakeAt: minute(1) }));
        await u.events.append([happened("v1", 1)]);
        await u.receipts.put("c1", receipt("v1"), minute(0));
        same("its own record", await u.of("visit").get("v1"), visit("v1"));
      });
      const seen = await unit(store, looked);
      same("the record", seen.record, visit("v1"));
      same("the receipt", seen.receipt, receipt("v1"));
      same("the events", (await story(store, "v1")).length, 1);
      await failing("a unit whose second event leaves a gap", "CONFLICT", () =>
        telling(store, async (u) => {
          const before = (await u.of("visit").get("v1"))!;
          await u.of("visit").put(visit("v1", 2), before.version, columns());
          await u.events.append([happened("v1", 3)]);
        }),
      );
      same("the record after a conflict", await read(store, "v1"), visit("v1"));
    },
  },
  {
    law: "a unit that says what it reads, and fails after it has found what it wrote, leaves nothing behind",
    run: async (store) => {
      await failingSomehow("a unit whose work throws", () =>
        telling(store, async (u) => {
          await u.of("visit").get("v1");
          await u.of("visit").put(visit("v1"), 0, columns());
          await u.events.append([happened("v1", 1)]);
          same("what it finds", (await u.of("visit").find({ limit: 9 })).items, [visit("v1")]);
          same("what it reads", (await u.events.read(stream("v1"), { afterVersion: 0, limit: 9 })).length, 1);
          throw new Error("the host changed its mind");
        }),
      );
      same("the record", await read(store, "v1"), undefined);
      same("the events", await story(store, "v1"), []);
    },
  },
  {
    law: "of overlapping units that say what they read the slower conflicts",
    overlapping: true,
    run: async (store) => {
      await keep(store, visit("v1"));
      await failing("the unit that was overtaken", "CONFLICT", () =>
        telling(store, async (u) => {
          const before = (await u.of("visit").get("v1"))!;
          await keep(store, visit("v1", 2, { by: "the faster" }));
          await u.of("visit").put(visit("v1", 2, { by: "the slower" }), before.version, columns());
        }),
      );
      same("the record", await read(store, "v1"), visit("v1", 2, { by: "the faster" }));
    },
  },
  {
    law: "a unit that reads more than it said sees one state, or conflicts",
    overlapping: true,
    run: async (store) => {
      await keep(store, visit("v1"));
      const seen = await telling(store, async (u) => {
        const before = (await u.of("visit").get("v1"))!.version;
        await unit(store, async (faster) => {
          await faster.of("visit").put(visit("v1", 2), 1, columns());
          await faster.of("visit").put(visit("v2"), 0, columns());
        });
        return [before, (await u.of("visit").find({ limit: 10 })).items.map((r) => `${r.id} ${r.version}`).join()];
      }).catch((error: unknown) => {
        if (hasCode(error, "CONFLICT")) return undefined;
        throw error;
      });
      if (seen !== undefined) same("what it saw before and after another had committed", seen, [1, "v1 1"]);
    },
  },
];
