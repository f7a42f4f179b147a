import type { Query, Scalar, Store } from "../../ports/store.js";
import { same } from "../law.js";
import { columns, keep, minute, type StoreLaw, unit, visit } from "./fixtures.js";

const found = (store: Store<any>, query: Partial<Query>): Promise<readonly string[]> =>
  unit(store, async (u) => (await u.of("visit").find({ limit: 100, ...query })).items.map((r) => r.id));

/** Every page of a query; stops after more pages than there can be, so that a faulty store ends too. */
async function pages(store: Store<any>, query: Query): Promise<readonly (readonly string[])[]> {
  const all: (readonly string[])[] = [];
  let after: string | undefined;
  do {
    const cursor = after === undefined ? {} : { after };
    const page = await unit(store, (u) => u.of("visit").find({ ...query, ...cursor }));
    all.push(page.items.map((r) => r.id));
    after = page.next;
  } while (after !== undefined && all.length < 50);
  return all;
}

const keepAll = async (
  store: Store<any>,
  rows: Readonly<Record<string, Readonly<Record<string, Scalar>>>>,
): Promise<void> => {
  for (const [id, fields] of Object.entries(rows)) await keep(store, visit(id), columns(fields));
};

export const findLaws: readonly StoreLaw[] = [
  {
    law: "find matches on every column, null and all",
    run: async (store) => {
      await keepAll(store, {
        v1: { engineer: "ann", level: 1, urgent: true },
        v2: { engineer: null, level: 2, urgent: false },
        v3: { engineer: "Ann", level: 10, urgent: true, state: "done" },
        v4: { engineer: "", level: 1.5, urgent: false },
      });
      const where = (query: Readonly<Record<string, Scalar>>) => found(store, { where: query });
      same("a text", await where({ engineer: "ann" }), ["v1"]);
      same("an empty text", await where({ engineer: "" }), ["v4"]);
      same("null", await where({ engineer: null }), ["v2"]);
      same("a number", await where({ level: 1 }), ["v1"]);
      same("a fraction", await where({ level: 1.5 }), ["v4"]);
      same("a number as a text", await where({ level: "1" }), []);
      same("true", await where({ urgent: true }), ["v1", "v3"]);
      same("false", await where({ urgent: false }), ["v2", "v4"]);
      same("false is not 0", await where({ urgent: 0 }), []);
      same("a state", await where({ state: "done" }), ["v3"]);
      same("two columns at once", await where({ urgent: true, level: 10 }), ["v3"]);
      same("two columns that never meet", await where({ engineer: "ann", level: 2 }), []);
      same("a column that no record has", await where({ constructor: "ann" }), []);
      same("null in a column that no record has", await where({ constructor: null }), ["v1", "v2", "v3", "v4"]);
      same("nothing asked", await where({}), ["v1", "v2", "v3", "v4"]);
    },
  },
  {
    law: "find goes by the latest columns",
    run: async (store) => {
      await keep(store, visit("v1"), columns({ engineer: "ann" }));
      await keep(store, visit("v1", 2), columns({ engineer: "bob" }));
      same("the column of before", await found(store, { where: { engineer: "ann" } }), []);
      same("the column of now", await found(store, { where: { engineer: "bob" } }), ["v1"]);
      same("what is found", await unit(store, async (u) => (await u.of("visit").find({ limit: 1 })).items), [
        visit("v1", 2),
      ]);
    },
  },
  {
    law: "find orders by a column: null first, numbers by value, ties by id",
    run: async (store) => {
      await keepAll(store, {
        c: { level: 10, openedAt: minute(2) },
        a: { level: 9, openedAt: minute(3) },
        e: { level: null, openedAt: minute(1) },
        b: { level: 9, openedAt: minute(5) },
        d: { level: -1, openedAt: minute(4) },
      });
      same("by openedAt, unless said otherwise", await found(store, {}), ["e", "c", "a", "d", "b"]);
      same("descending", await found(store, { descending: true }), ["b", "d", "a", "c", "e"]);
      same("by a number", await found(store, { orderBy: "level" }), ["e", "d", "a", "b", "c"]);
      same("by a number, descending", await found(store, { orderBy: "level", descending: true }), [
        "c",
        "b",
        "a",
        "d",
        "e",
      ]);
      same("by a column that no record has", await found(store, { orderBy: "size" }), ["a", "b", "c", "d", "e"]);
    },
  },
  {
    law: "find orders texts by UTF-16 code units",
    run: async (store) => {
      // U+FF5E is below U+1F600, but above its first code unit: UTF-8 and code points order these two the other way.
      const names = ["a", "ä", "", "Z", "~", "é", "😀", "\uff5e", "aa", "10", "9", "e\u0301"];
      await keepAll(store, Object.fromEntries(names.map((name, i) => [`v${i}`, { name }])));
      const sorted = [...names].sort();
      const ordered = (await found(store, { orderBy: "name" })).map((id) => names[Number(id.slice(1))]);
      same("texts in order", ordered, sorted);
    },
  },
  {
    law: "pages lose and repeat nothing, whatever the ties",
    run: async (store) => {
      const ids = Array.from({ length: 23 }, (_, i) => `v${String((i * 7) % 23).padStart(2, "0")}`);
      const level = (id: string): Scalar => [null, 1, 1, 1, 1, 1, 2][Number(id.slice(1)) % 7]!;
      await keepAll(store, Object.fromEntries(ids.map((id) => [id, { level: level(id), engineer: "ann" }])));
      await keepAll(store, { other: { level: 1, engineer: "bob" } });
      const where = { engineer: "ann" };
      for (const descending of [false, true])
        for (const orderBy of ["level", "openedAt"]) {
          const whole = await found(store, { where, orderBy, descending });
          same(`what is found by ${orderBy}`, [...whole].sort(), [...ids].sort());
          for (const limit of [1, 4, 23]) {
            const some = await pages(store, { where, orderBy, descending, limit });
            same(`the pages of ${limit} by ${orderBy}${descending ? ", descending" : ""}`, some.flat(), whole);
          }
        }
    },
  },
  {
    law: "a page holds what its limit says, and the last one has no next",
    run: async (store) => {
      same("the pages of nothing", await pages(store, { limit: 2 }), [[]]);
      await keepAll(store, { v1: {}, v2: {}, v3: {}, v4: {} });
      same("pages of two", await pages(store, { limit: 2 }), [
        ["v1", "v2"],
        ["v3", "v4"],
      ]);
      same("pages of three", await pages(store, { limit: 3 }), [["v1", "v2", "v3"], ["v4"]]);
      same("a page of four", await pages(store, { limit: 4 }), [["v1", "v2", "v3", "v4"]]);
    },
  },
  {
    law: "a page begins after its cursor, whatever was put meanwhile",
    run: async (store) => {
      await keepAll(store, { b: { level: 1 }, d: { level: 2 }, f: { level: 3 } });
      const query = { orderBy: "level", limit: 2 };
      const first = await unit(store, (u) => u.of("visit").find(query));
      same(
        "the first page",
        first.items.map((r) => r.id),
        ["b", "d"],
      );
      await keepAll(store, { a: { level: 1 }, aa: { level: 1 }, e: { level: 2 } });
      // The record that the cursor stands on moves away: the cursor is a place in the order, not a record.
      await keep(store, visit("d", 2), columns({ level: 9 }));
      same(
        "the next page",
        await found(store, { ...query, ...(first.next === undefined ? {} : { after: first.next }) }),
        ["e", "f"],
      );
    },
  },
  {
    law: "the revision of a kind grows with every put",
    run: async (store) => {
      const revision = (kind = "visit") => unit(store, (u) => u.of(kind).revision());
      const seen = [await revision()];
      await keep(store, visit("v1"));
      seen.push(await revision());
      await keep(store, visit("v1", 2));
      seen.push(await revision());
      await keep(store, visit("v2"));
      seen.push(await revision());
      same(
        "whether each revision is above the one before",
        seen.slice(1).map((r, i) => r > seen[i]!),
        [true, true, true],
      );
      same("the revision when nothing was put", await revision(), seen[3]);
    },
  },
  {
    law: "reindexing replaces the columns of the same version, and nothing else",
    run: async (store) => {
      await keep(store, visit("v1"), columns({ engineer: "ann" }));
      const reindex = (id: string, version: number, engineer: string) =>
        unit(store, (u) => u.of("visit").reindex(id, version, columns({ engineer }, { wakeAt: minute(1) })));
      await reindex("v1", 2, "eve");
      await reindex("v9", 1, "eve");
      same("the columns of another version", await found(store, { where: { engineer: "eve" } }), []);
      same("what is due by them", await store.claimDue({ now: minute(9), leaseUntil: minute(9), limit: 9 }), []);
      await reindex("v1", 1, "bob");
      same("the columns of this version", await found(store, { where: { engineer: "bob" } }), ["v1"]);
      same("the columns of before", await found(store, { where: { engineer: "ann" } }), []);
      same(
        "what is due by them",
        (await store.claimDue({ now: minute(9), leaseUntil: minute(10), limit: 9 })).length,
        1,
      );
      await keep(store, visit("v1", 2), columns({ engineer: "ann" }));
      await reindex("v1", 1, "eve");
      same("the columns that a late reindex wanted", await found(store, { where: { engineer: "eve" } }), []);
      const record = await unit(store, (u) => u.of("visit").get("v1"));
      same("the record", record, visit("v1", 2));
    },
  },
  {
    law: "a reindex that was overtaken by a put does not win",
    overlapping: true,
    run: async (store) => {
      await keep(store, visit("v1"), columns({ engineer: "ann" }));
      await unit(store, async (u) => {
        await u.of("visit").get("v1");
        await keep(store, visit("v1", 2), columns({ engineer: "bob" }));
        await u.of("visit").reindex("v1", 1, columns({ engineer: "eve" }));
      }).catch(() => "a store may also refuse it");
      same("the columns of the put", await found(store, { where: { engineer: "bob" } }), ["v1"]);
      same("the columns of the reindex", await found(store, { where: { engineer: "eve" } }), []);
    },
  },
];
