import { canonical } from "../../kernel/canonical.js";
import type { AnyRecord } from "../../kernel/record.js";
import { failing, same } from "../law.js";
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
  tell,
  unit,
  visit,
} from "./fixtures.js";

/** All that JSON can hold and a column of a database might bend. */
const everything = {
  texts: [
    "",
    " ",
    "a ",
    "你好",
    "😀 e\u0301 é",
    '"\\/\b\f\n\r\t\u0001\u2028',
    "'; drop table visits; --",
    "x".repeat(10_000),
  ],
  numbers: [0, -1, 0.1, 1e21, 5e-324, 123456789012345, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE],
  others: [true, false, null, [], {}, [[null]]],
  absent: null,
  "a.b": { "": { ünï: [1, { deep: { deeper: null } }] }, constructor: "a word" },
};

export const recordLaws: readonly StoreLaw[] = [
  {
    law: "a record that is not there is undefined",
    run: async (store) => {
      same("a record of an empty store", await read(store, "v1"), undefined);
      await keep(store, visit("v1"));
      for (const id of ["V1", "v1 ", "v", "v11", "%"]) same(`"${id}" beside "v1"`, await read(store, id), undefined);
    },
  },
  {
    law: "a record, an event and a receipt read as they were written",
    run: async (store) => {
      const record = visit("你好/😀 'v1'", 1, { everything, slots: { legal: { ref: "AB-1" } } });
      const said = happened(record.id, 1, {
        data: everything,
        moved: { from: "planned", to: "paused", back: "planned" },
        slot: { id: "legal", data: everything },
        cause: "acme/complaint/c1/3",
      });
      const kept = receipt(record.id, { events: ["e1", "e2"], expiresAt: null, version: 7 });
      await unit(store, async (u) => {
        await u.of("visit").put(record, 0, columns());
        await u.events.append([said]);
        await u.receipts.put("a command/😀", kept, minute(0));
      });
      const found = await read(store, record.id);
      same("the record", found, record);
      same("the record as canonical text", canonical(found), canonical(record));
      same("the event", (await story(store, record.id))[0], said.event);
      same("the receipt", await unit(store, (u) => u.receipts.find("a command/😀", minute(0))), kept);
    },
  },
  {
    law: "a unit reads its own writes",
    run: (store) =>
      unit(store, async (u) => {
        const visits = u.of("visit");
        const before = await visits.revision();
        await visits.put(visit("v1"), 0, columns({}, { people: ["joy"] }));
        await visits.put(visit("v1", 2, { state: "done" }), 1, columns({ state: "done" }, { people: ["joy"] }));
        await u.events.append([happened("v1", 1)]);
        await u.events.append([happened("v1", 2), happened("v1", 3)]);
        await u.receipts.put("c1", receipt("v1"), minute(0));
        same("the record it has put", await visits.get("v1"), visit("v1", 2, { state: "done" }));
        const found = await visits.find({ where: { state: "done" }, limit: 10 });
        same(
          "find after its puts",
          found.items.map((r) => r.id),
          ["v1"],
        );
        same(
          "the events it has appended",
          (await u.events.read(stream("v1"), { afterVersion: 1, limit: 1 })).map((e) => e.version),
          [2],
        );
        same("the receipt it has put", await u.receipts.find("c1", minute(0)), receipt("v1"));
        same("whether the revision has grown", (await visits.revision()) > before, true);
        same("the streams of a person", (await u.people.streams("joy", { limit: 10 })).items, [stream("v1")]);
      }),
  },
  {
    law: "what is given to a store is copied",
    run: async (store) => {
      const record = visit("v1", 1, { list: [1] });
      const beside = columns({ engineer: "ann" });
      const said = happened("v1", 1);
      const kept = receipt("v1");
      const spoil = () => {
        (record as { list?: number[] }).list?.push(2);
        (beside.fields as Record<string, string>)["engineer"] = "bob";
        (said.event.data as { to: string }).to = "nowhere";
        (kept.events as string[]).push("another");
      };
      await unit(store, async (u) => {
        await u.of("visit").put(record, 0, beside);
        await u.events.append([said]);
        await u.receipts.put("c1", kept, minute(0));
        spoil();
        same(
          "the record, changed by its owner before the commit",
          await u.of("visit").get("v1"),
          visit("v1", 1, { list: [1] }),
        );
      });
      spoil();
      same("the record, changed by its owner", await read(store, "v1"), visit("v1", 1, { list: [1] }));
      same("the event, changed by its owner", (await story(store, "v1"))[0]?.data, { to: "step 1" });
      await unit(store, async (u) => {
        same("the receipt, changed by its owner", await u.receipts.find("c1", minute(0)), receipt("v1"));
        const found = await u.of("visit").find({ where: { engineer: "ann" }, limit: 10 });
        same("a column, changed by its owner", found.items.length, 1);
      });
    },
  },
  {
    law: "what a store gives is a copy",
    run: async (store) => {
      await keep(store, visit("v1", 1, { list: [1] }));
      await tell(store, [happened("v1", 1)]);
      await unit(store, (u) => u.receipts.put("c1", receipt("v1"), minute(0)));
      const spoil = (value: unknown) => {
        (value as { list: number[] }).list.push(2);
      };
      await unit(store, async (u) => {
        const visits = u.of("visit");
        spoil(await visits.get("v1"));
        spoil((await visits.find({ limit: 1 })).items[0]);
        ((await u.events.read(stream("v1"), { afterVersion: 0, limit: 1 }))[0]?.data as { to: string }).to = "nowhere";
        ((await u.receipts.find("c1", minute(0)))!.events as string[]).push("another");
        same("the record, changed by its reader", await visits.get("v1"), visit("v1", 1, { list: [1] }));
      });
      const claim = { consumer: "mail", now: minute(5), leaseUntil: minute(6), limit: 10 };
      ((await store.outbox.claim(claim))[0]?.events[0]?.data as { to: string }).to = "nowhere";
      const again = await store.outbox.claim({ ...claim, now: minute(6), leaseUntil: minute(7) });
      same("the delivered event, changed by its consumer", again[0]?.events[0]?.data, { to: "step 1" });
      same("the record, changed by another unit", await read(store, "v1"), visit("v1", 1, { list: [1] }));
      same("the event, changed by its reader", (await story(store, "v1"))[0]?.data, { to: "step 1" });
      same(
        "the receipt, changed by its reader",
        await unit(store, (u) => u.receipts.find("c1", minute(0))),
        receipt("v1"),
      );
    },
  },
  {
    law: "creating a record that is there conflicts",
    run: async (store) => {
      await keep(store, visit("v1", 1, { first: true }));
      await failing("a second creation", "CONFLICT", () => keep(store, visit("v1", 1, { first: false }), columns(), 0));
      same("the record", await read(store, "v1"), visit("v1", 1, { first: true }));
      await failing("a change of what is not there", "CONFLICT", () => keep(store, visit("v2", 2), columns(), 1));
      same("the record that never was", await read(store, "v2"), undefined);
    },
  },
  {
    law: "a stale put conflicts at once and changes nothing",
    run: async (store) => {
      await keep(store, visit("v1"));
      await keep(store, visit("v1", 2, { state: "done" }), columns({ state: "done" }));
      await failing("the unit with a stale put", "CONFLICT", () =>
        unit(store, async (u) => {
          await failing("a stale put, before the commit", "CONFLICT", () =>
            u.of("visit").put(visit("v1", 2), 1, columns()),
          );
          // Somebody who swallows the answer must not get the write through either.
          await u.of("visit").put(visit("v1", 2), 1, columns());
        }),
      );
      same("the record", await read(store, "v1"), visit("v1", 2, { state: "done" }));
      const planned = await unit(store, (u) => u.of("visit").find({ where: { state: "planned" }, limit: 10 }));
      same("what is found under the columns of the stale put", planned.items, []);
    },
  },
  {
    law: "kinds do not see each other",
    run: async (store) => {
      const call = (id: string): AnyRecord => ({ ...visit(id), kind: "call" });
      await keep(store, visit("1"));
      await keep(store, call("1"));
      await keep(store, call("2"));
      await tell(store, [
        happened("1", 1),
        happened("1", 1, { stream: stream("1", "call"), data: { of: "the call" } }),
      ]);
      same("the record of one kind", await read(store, "1"), visit("1"));
      same("the record of another kind", await read(store, "1", "call"), call("1"));
      same("the id of another kind", await read(store, "2"), undefined);
      await unit(store, async (u) => {
        same("what is found of one kind", (await u.of("visit").find({ limit: 10 })).items, [visit("1")]);
        const calls = await u.events.read(stream("1", "call"), { afterVersion: 0, limit: 10 });
        same(
          "the events of another kind",
          calls.map((e) => e.data),
          [{ of: "the call" }],
        );
      });
    },
  },
];
