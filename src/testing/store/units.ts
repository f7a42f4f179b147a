import { hasCode } from "../../kernel/errors.js";
import type { Store, UnitOfWork } from "../../ports/store.js";
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
  together,
  unit,
  visit,
} from "./fixtures.js";

/** Nothing that the unit of the law wrote must be left. */
async function nothingLeft(store: Store<any>, after: string): Promise<void> {
  same(`the record ${after}`, await read(store, "v1"), personalVisit("v1", "joy", "It leaks").record);
  same(`a new record ${after}`, await read(store, "v2"), undefined);
  same(`the events ${after}`, (await story(store, "v1")).length, 1);
  await unit(store, async (u) => {
    same(`the receipt ${after}`, await u.receipts.find("c1", minute(0)), undefined);
    same(
      `what is found by new columns ${after}`,
      (await u.of("visit").find({ where: { state: "done" }, limit: 9 })).items,
      [],
    );
  });
  const due = await store.claimDue({ now: minute(50), leaseUntil: minute(60), limit: 9 });
  same(`what is due ${after}`, due, []);
  const backlog = await store.outbox.backlog("mail");
  same(`the events to deliver ${after}`, backlog.depth, 1);
}

const known = async (store: Store<any>): Promise<void> => {
  const { record, columns: beside, event } = personalVisit("v1", "joy", "It leaks");
  await keep(store, record, beside);
  await tell(store, [event()]);
};

const writeEverything = async (u: UnitOfWork<any>): Promise<void> => {
  const due = columns({ state: "done" }, { wakeAt: minute(1) });
  await u.of("visit").put(visit("v2"), 0, due);
  await u.events.append([happened("v1", 2), happened("v2", 1)]);
  await u.receipts.put("c1", receipt("v1"), minute(0));
  await u.of("visit").put(visit("v1", 2), 1, due);
};

export const unitLaws: readonly StoreLaw[] = [
  {
    law: "a failing unit leaves nothing behind",
    run: async (store) => {
      await known(store);
      await failingSomehow("a unit whose work throws", () =>
        unit(store, async (u) => {
          await writeEverything(u);
          await u.people.erase("joy");
          throw new Error("the host changed its mind");
        }),
      );
      await nothingLeft(store, "after a failing unit");
      await failingSomehow("a unit that only reindexes", () =>
        unit(store, async (u) => {
          await u.of("visit").reindex("v1", 1, columns({ state: "done" }, { wakeAt: minute(1) }));
          throw new Error("the host changed its mind");
        }),
      );
      await nothingLeft(store, "after a failing reindex");
    },
  },
  {
    law: "what the work throws and what it answers come out unchanged",
    run: async (store) => {
      const error = { its: "own" };
      const thrown = await unit(store, () => Promise.reject(error)).catch((caught: unknown) => caught);
      same("whether what came out is what was thrown", thrown === error, true);
      same("the answer", await unit(store, async (u) => `done in ${u.tenant}`), "done in acme");
    },
  },
  {
    law: "a conflict takes the whole unit with it",
    run: async (store) => {
      await known(store);
      await failing("a unit with a stale put at its end", "CONFLICT", () =>
        unit(store, async (u) => {
          await u.of("visit").put(visit("v2"), 0, columns({ state: "done" }, { wakeAt: minute(1) }));
          await u.events.append([happened("v1", 2), happened("v2", 1)]);
          await u.receipts.put("c1", receipt("v1"), minute(0));
          await u.of("visit").put(visit("v1", 9), 8, columns({ state: "done" }));
        }),
      );
      await nothingLeft(store, "after a conflict");
    },
  },
  {
    law: "a conflict that somebody swallows takes the whole unit with it all the same",
    run: async (store) => {
      await known(store);
      await failing("a unit that goes on after a conflict", "CONFLICT", () =>
        unit(store, async (u) => {
          await u.of("visit").put(visit("v2"), 0, columns({ state: "done" }, { wakeAt: minute(1) }));
          await u.events.append([happened("v1", 9)]);
          await u
            .of("visit")
            .find({ limit: 9 })
            .catch(() => "never mind");
          await u.receipts.put("c1", receipt("v1"), minute(0));
        }),
      );
      await nothingLeft(store, "after a conflict that was swallowed");
    },
  },
  {
    law: "a unit that loses to an overlapping one leaves nothing behind",
    overlapping: true,
    run: async (store) => {
      await keep(store, visit("v1"));
      await tell(store, [happened("v1", 1)]);
      await failing("the unit that was overtaken", "CONFLICT", () =>
        unit(store, async (u) => {
          await u.of("visit").get("v1");
          await keep(store, visit("v1", 2, { by: "the faster" }));
          await u.of("visit").put(visit("v3"), 0, columns());
          await u.events.append([happened("v3", 1)]);
          await u.receipts.put("c1", receipt("v3"), minute(0));
          await u.of("visit").put(visit("v1", 2, { by: "the slower" }), 1, columns());
        }),
      );
      same("the record", await read(store, "v1"), visit("v1", 2, { by: "the faster" }));
      same("the other record of the slower", await read(store, "v3"), undefined);
      same("the event of the slower", await story(store, "v3"), []);
      same("the receipt of the slower", await unit(store, (u) => u.receipts.find("c1", minute(0))), undefined);
    },
  },
  {
    law: "of overlapping units that put one record exactly one commits",
    overlapping: true,
    run: async (store) => {
      await keep(store, visit("v1"));
      for (const [id, version] of [
        ["v1", 2],
        ["new", 1],
      ] as const) {
        const ended = await together(
          store,
          ["ann", "bob", "eve"].map((by) => ({
            first: (u) => u.of("visit").get(id),
            then: async (u) => {
              await u.of("visit").put(visit(id, version, { by }), version - 1, columns({ by }));
              return by;
            },
          })),
        );
        const won = ended.flatMap((e) => (e.status === "fulfilled" ? [e.value] : []));
        same(`the number of units that put "${id}" and committed`, won.length, 1);
        const lost = ended.flatMap((e) => (e.status === "rejected" ? [hasCode(e.reason, "CONFLICT")] : []));
        same("whether the others failed with CONFLICT", lost, [true, true]);
        same("whose record it is", await read(store, id), visit(id, version, { by: won[0] }));
      }
    },
  },
  {
    law: "nothing is lost when many count at once",
    run: async (store) => {
      await keep(store, visit("v1", 1, { count: 0 }));
      const once = async (): Promise<void> => {
        for (let attempt = 1; ; attempt++)
          try {
            return await unit(store, async (u) => {
              const record = (await u.of("visit").get("v1"))!;
              const count = (record as unknown as { count: number }).count + 1;
              await u.of("visit").put(visit("v1", record.version + 1, { count }), record.version, columns());
            });
          } catch (error) {
            if (!hasCode(error, "CONFLICT") || attempt >= 50) throw error;
          }
      };
      await Promise.all(Array.from({ length: 8 }, once));
      same("the count of eight", await read(store, "v1"), visit("v1", 9, { count: 8 }));
    },
  },
  {
    law: "overlapping units that put different records all commit",
    overlapping: true,
    run: async (store) => {
      const ended = await together(
        store,
        ["v1", "v2", "v3"].map((id) => ({
          first: (u) => u.of("visit").get(id),
          then: (u) => u.of("visit").put(visit(id), 0, columns()),
        })),
      );
      same(
        "how the units ended",
        ended.map((e) => e.status),
        ["fulfilled", "fulfilled", "fulfilled"],
      );
    },
  },
  {
    law: "a unit sees a stable snapshot",
    overlapping: true,
    run: async (store) => {
      await keep(store, visit("v1"));
      await tell(store, [happened("v1", 1)]);
      await unit(store, async (u) => {
        const visits = u.of("visit");
        const look = async () => ({
          record: await visits.get("v1"),
          missing: await visits.get("v2"),
          found: (await visits.find({ limit: 10 })).items,
          byColumn: (await visits.find({ where: { state: "done" }, limit: 10 })).items,
          events: await u.events.read(stream("v1"), { afterVersion: 0, limit: 10 }),
          receipt: await u.receipts.find("c1", minute(0)),
          revision: await visits.revision(),
          people: (await u.people.streams("joy", { limit: 10 })).items,
        });
        const before = await look();
        await unit(store, async (faster) => {
          await faster.of("visit").put(visit("v1", 2), 1, columns({ state: "done" }, { people: ["joy"] }));
          await faster.of("visit").put(visit("v2"), 0, columns());
          await faster.events.append([happened("v1", 2)]);
          await faster.receipts.put("c1", receipt("v1"), minute(0));
        });
        same("what the unit sees after another has committed", await look(), before);
      });
      same("what a later unit sees", await read(store, "v1"), visit("v1", 2));
    },
  },
  {
    law: "a unit that is over does nothing any more",
    run: async (store) => {
      const over = await unit(store, async (u) => u);
      let failed: UnitOfWork<any> | undefined;
      await failingSomehow("a failing unit", () =>
        unit(store, async (u) => {
          failed = u;
          throw new Error("no");
        }),
      );
      for (const [which, late] of [
        ["a committed unit", over],
        ["a failed unit", failed!],
      ] as const) {
        const uses: Readonly<Record<string, () => Promise<unknown>>> = {
          get: () => late.of("visit").get("v1"),
          put: () => late.of("visit").put(visit("v1"), 0, columns()),
          find: () => late.of("visit").find({ limit: 1 }),
          reindex: () => late.of("visit").reindex("v1", 1, columns()),
          revision: () => late.of("visit").revision(),
          append: () => late.events.append([happened("v1", 1)]),
          read: () => late.events.read(stream("v1"), { afterVersion: 0, limit: 1 }),
          "find a receipt": () => late.receipts.find("c1", minute(0)),
          "put a receipt": () => late.receipts.put("c1", receipt("v1"), minute(0)),
          erase: () => late.people.erase("joy"),
          streams: () => late.people.streams("joy", { limit: 1 }),
        };
        for (const [name, use] of Object.entries(uses)) await failingSomehow(`${name} through ${which}`, use);
      }
      same("the record", await read(store, "v1"), undefined);
      same("the events", await story(store, "v1"), []);
    },
  },
];
