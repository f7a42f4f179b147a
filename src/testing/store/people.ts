import type { Stream } from "../../kernel/event.js";
import type { Store } from "../../ports/store.js";
import { failing, same } from "../law.js";
import {
  columns,
  happened,
  keep,
  minute,
  personalVisit,
  read,
  type StoreLaw,
  story,
  stream,
  tell,
  unit,
  visit,
} from "./fixtures.js";

const gone = { erased: true };
const keepVisit = async (store: Store<any>, id: string, person: string, words: string): Promise<void> => {
  const { record, columns: beside, event } = personalVisit(id, person, words);
  await keep(store, record, beside);
  await tell(store, [event()]);
};
const erase = (store: Store<any>, person: string): Promise<void> => unit(store, (u) => u.people.erase(person));
const erasedVisit = (id: string) => visit(id, 1, { words: gone, nested: { list: ["public", gone] } });
const erasedFact = { words: gone, nature: "product" };

export const peopleLaws: readonly StoreLaw[] = [
  {
    law: "personal fields read as they were written",
    run: async (store) => {
      const { record, event } = personalVisit("v1", "joy", "It leaks 😀");
      await keepVisit(store, "v1", "joy", "It leaks 😀");
      same("the record", await read(store, "v1"), record);
      same("the record as found", await unit(store, async (u) => (await u.of("visit").find({ limit: 1 })).items), [
        record,
      ]);
      same("the event", await story(store, "v1"), [event().event]);
      const claimed = await store.outbox.claim({ consumer: "mail", now: minute(5), leaseUntil: minute(6), limit: 9 });
      same("the delivered event", claimed[0]?.events, [event().event]);
    },
  },
  {
    law: "an erased person's fields read as erased in records and events",
    run: async (store) => {
      await keepVisit(store, "v1", "joy", "It leaks");
      const { record } = personalVisit("v1", "joy", "It leaks still");
      await keep(store, { ...record, version: 2 }, personalVisit("v1", "joy", "").columns);
      await erase(store, "joy");
      same("the record", await read(store, "v1"), { ...erasedVisit("v1"), version: 2, touchedAt: record.touchedAt });
      const found = await unit(store, async (u) => (await u.of("visit").find({ limit: 1 })).items);
      same("the record as found", found, [{ ...erasedVisit("v1"), version: 2, touchedAt: record.touchedAt }]);
      same(
        "the facts of the event",
        (await story(store, "v1")).map((e) => e.data),
        [erasedFact],
      );
    },
  },
  {
    law: "what is still to be delivered of an erased person reads as erased",
    run: async (store) => {
      await keepVisit(store, "v1", "joy", "It leaks");
      await erase(store, "joy");
      const claimed = await store.outbox.claim({ consumer: "mail", now: minute(5), leaseUntil: minute(6), limit: 9 });
      same(
        "the facts of the delivered event",
        claimed[0]?.events.map((e) => e.data),
        [erasedFact],
      );
    },
  },
  {
    law: "erasing one person takes nothing of another",
    run: async (store) => {
      await keepVisit(store, "v1", "joy", "It leaks");
      await keepVisit(store, "v2", "joyce", "It hums");
      const both = visit("v3", 1, { of: { joy: "hers", joyce: "her own" } });
      const marks = ["joy", "joyce"].map((person) => ({ path: ["of", person], person }));
      await keep(store, both, columns({}, { personal: marks, people: ["joy", "joyce"] }));
      await erase(store, "joy");
      await erase(store, "nobody");
      same("the record of another", await read(store, "v2"), personalVisit("v2", "joyce", "It hums").record);
      same(
        "the event of another",
        (await story(store, "v2")).map((e) => e.data),
        [{ words: "It hums", nature: "product" }],
      );
      same("a record of both", await read(store, "v3"), visit("v3", 1, { of: { joy: gone, joyce: "her own" } }));
    },
  },
  {
    law: "who comes back after being erased begins anew",
    run: async (store) => {
      await keepVisit(store, "v1", "joy", "It leaks");
      await erase(store, "joy");
      await keepVisit(store, "v2", "joy", "It leaks again");
      same("the new record", await read(store, "v2"), personalVisit("v2", "joy", "It leaks again").record);
      same("the old record", await read(store, "v1"), erasedVisit("v1"));
      same(
        "the facts of the old event",
        (await story(store, "v1")).map((e) => e.data),
        [erasedFact],
      );
      await erase(store, "joy");
      same("the new record after a second erasure", await read(store, "v2"), erasedVisit("v2"));
    },
  },
  {
    law: "what was erased stays erased when the record is written on",
    run: async (store) => {
      await keepVisit(store, "v1", "joy", "It leaks");
      await erase(store, "joy");
      await unit(store, async (u) => {
        const record = (await u.of("visit").get("v1"))!;
        await u.of("visit").put({ ...record, version: 2 }, 1, columns({}, { people: ["joy"] }));
        await u.events.append([happened("v1", 2)]);
      });
      same("the record", await read(store, "v1"), { ...erasedVisit("v1"), version: 2 });
      same(
        "the facts of its events",
        (await story(store, "v1")).map((e) => e.data),
        [erasedFact, { to: "step 2" }],
      );
    },
  },
  {
    law: "who had read a person before the erasure cannot write them back",
    overlapping: true,
    run: async (store) => {
      await keepVisit(store, "v1", "joy", "It leaks");
      await keep(store, visit("v2"));
      const { record, columns: beside } = personalVisit("v1", "joy", "It leaks");
      await failing("a unit that read the record before", "CONFLICT", () =>
        unit(store, async (u) => {
          await u.of("visit").get("v1");
          await erase(store, "joy");
          await u.of("visit").put({ ...record, version: 2 }, 1, beside);
        }),
      );
      same("the record", await read(store, "v1"), erasedVisit("v1"));
      await failing("a unit that says of the person in an event", "CONFLICT", () =>
        unit(store, async (u) => {
          await u.of("visit").get("v1");
          await erase(store, "joy");
          await u.of("visit").put(visit("v2", 2), 1, columns());
          await u.events.append([personalVisit("v2", "joy", "It leaks").event()]);
        }),
      );
      same("the events", await story(store, "v2"), []);
      same("the record that was put with them", await read(store, "v2"), visit("v2"));
    },
  },
  {
    law: "the streams of a person are paged in the order of kind and id",
    run: async (store) => {
      const all: readonly Stream[] = [
        ...["a", "a b", "a!", "a/b", "b"].map((id) => stream(id, "call")),
        ...["a", "z"].map((id) => stream(id, "call.back")),
        ...["10", "9", "v1"].map((id) => stream(id)),
      ];
      for (const { kind, id } of [...all].reverse())
        await keep(store, { ...visit(id), kind }, columns({}, { people: ["amy", "joy"] }));
      await keep(store, visit("v2"), columns({}, { people: ["joyce"] }));
      const paged = async (person: string, limit: number): Promise<readonly Stream[]> => {
        const had: Stream[] = [];
        let after: string | undefined;
        for (let turn = 0; turn < 30; turn++) {
          const cursor = after === undefined ? {} : { after };
          const page = await unit(store, (u) => u.people.streams(person, { limit, ...cursor }));
          same("whether a page is within its limit", page.items.length <= limit, true);
          had.push(...page.items);
          after = page.next;
          if (after === undefined) break;
        }
        return had;
      };
      for (const limit of [1, 3, 10]) same(`the streams in pages of ${limit}`, await paged("joy", limit), all);
      same("the streams of another", await paged("joyce", 3), [stream("v2")]);
      same("the streams of nobody", await paged("jo", 3), []);
      await keep(store, visit("v2", 2), columns({}, { people: [] }));
      same("the streams of one who is mentioned no more", await paged("joyce", 3), []);
    },
  },
];
