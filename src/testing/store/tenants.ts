import { same } from "../law.js";
import {
  columns,
  happened,
  keep,
  minute,
  other,
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

export const tenantLaws: readonly StoreLaw[] = [
  {
    law: "tenants do not see each other's records",
    run: async (store) => {
      await keep(store, visit("v1", 1, { of: tenant }));
      same("the record under another tenant", await read(store, "v1", "visit", other), undefined);
      await keep(store, visit("v1", 1, { of: other }), columns(), 0, other);
      same("the record of the one", await read(store, "v1"), visit("v1", 1, { of: tenant }));
      same("the record of the other", await read(store, "v1", "visit", other), visit("v1", 1, { of: other }));
    },
  },
  {
    law: "tenants do not find each other's records",
    run: async (store) => {
      await keep(store, visit("v1"), columns({ engineer: "ann" }));
      await keep(store, visit("v2"), columns({ engineer: "ann" }), 0, other);
      const before = await unit(store, (u) => u.of("visit").revision());
      await keep(store, visit("v3"), columns({ engineer: "ann" }), 0, other);
      const find = (of: string) =>
        unit(
          store,
          async (u) => (await u.of("visit").find({ where: { engineer: "ann" }, limit: 10 })).items.map((r) => r.id),
          of,
        );
      same("what the one finds", await find(tenant), ["v1"]);
      same("what the other finds", await find(other), ["v2", "v3"]);
      same("the revision after the other's put", await unit(store, (u) => u.of("visit").revision()), before);
    },
  },
  {
    law: "tenants do not see each other's events",
    run: async (store) => {
      await tell(store, [happened("v1", 1, { tenant, data: { of: tenant } })]);
      same("the events under another tenant", await story(store, "v1", undefined, other), []);
      await tell(store, [happened("v1", 1, { tenant: other, data: { of: other } })], other);
      same(
        "the events of the one",
        (await story(store, "v1")).map((e) => e.data),
        [{ of: tenant }],
      );
      same(
        "the events of the other",
        (await story(store, "v1", undefined, other)).map((e) => e.data),
        [{ of: other }],
      );
    },
  },
  {
    law: "tenants do not see each other's receipts",
    run: async (store) => {
      const find = (of: string) => unit(store, (u) => u.receipts.find("c1", minute(0)), of);
      await unit(store, (u) => u.receipts.put("c1", receipt("v1"), minute(0)));
      same("the receipt under another tenant", await find(other), undefined);
      await unit(store, (u) => u.receipts.put("c1", receipt("v2"), minute(0)), other);
      same("the receipt of the one", await find(tenant), receipt("v1"));
      same("the receipt of the other", await find(other), receipt("v2"));
    },
  },
  {
    law: "tenants do not see or erase each other's people",
    run: async (store) => {
      const { record, columns: beside, event } = personalVisit("v1", "joy", "It leaks");
      for (const of of [tenant, other]) {
        await keep(store, record, beside, 0, of);
        await tell(store, [event({ tenant: of })], of);
      }
      const streams = (of: string) =>
        unit(store, async (u) => (await u.people.streams("joy", { limit: 10 })).items, of);
      await keep(store, visit("v2"), columns({}, { people: ["joy"] }), 0, other);
      same("the streams of a person in one tenant", await streams(tenant), [stream("v1")]);
      same("the streams of a person in the other", await streams(other), [stream("v1"), stream("v2")]);
      await unit(store, (u) => u.people.erase("joy"), other);
      same("the record of the same person elsewhere", await read(store, "v1"), record);
      same("the event of the same person elsewhere", await story(store, "v1"), [event().event]);
    },
  },
];
