import { failingSomehow, same } from "../law.js";
import { brought, claim, drain, halting, only, retrying, settle } from "./deliveries.js";
import { happened, minute, other, type StoreLaw, stream, tell, tellMany, tenant, unit } from "./fixtures.js";

export const outboxLaws: readonly StoreLaw[] = [
  {
    law: "every consumer gets every event, from the first one on",
    run: async (store) => {
      await tellMany(store, "v1", 2);
      await tellMany(store, "v2", 1);
      same("what the first consumer gets", await drain(store), { v1: [1, 2], v2: [1] });
      same("what a second consumer gets after it", await drain(store, { consumer: "audit" }), { v1: [1, 2], v2: [1] });
      await tellMany(store, "v1", 1, 3);
      same("what the first gets then", await drain(store), { v1: [3] });
      await tellMany(store, "v2", 1, 2);
      same("what a third gets, who comes late", await drain(store, { consumer: "search" }), {
        v1: [1, 2, 3],
        v2: [1, 2],
      });
      same("what the second gets then", await drain(store, { consumer: "audit" }), { v1: [3], v2: [2] });
    },
  },
  {
    law: "a delivery carries the events as they were appended",
    run: async (store) => {
      await tellMany(store, "v1", 2);
      await tell(store, [happened("v1", 1, { tenant: other })], other);
      const deliveries = [...(await claim(store, 0))].sort((a, b) => (a.tenant < b.tenant ? -1 : 1));
      same(
        "the deliveries of two tenants",
        deliveries.map(({ lease: _, ...d }) => d),
        [
          { tenant, stream: stream("v1"), events: [happened("v1", 1).event, happened("v1", 2).event], failures: 0 },
          { tenant: other, stream: stream("v1"), events: [happened("v1", 1, { tenant: other }).event], failures: 0 },
        ],
      );
      for (const d of deliveries) same("whether the lease held", await settle(store, d), true);
      same("what is left", await claim(store, 30), []);
    },
  },
  {
    law: "a stream is delivered in order and without a gap",
    run: async (store) => {
      await tellMany(store, "v1", 11);
      await tell(store, [happened("v2", 1), happened("v1", 12), happened("v2", 2)]);
      const had = await drain(store, { limit: 5 });
      same("the versions as they came", had, { v1: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], v2: [1, 2] });
    },
  },
  {
    law: "a claim brings at most as many events as it asks for",
    run: async (store) => {
      await tellMany(store, "v1", 3);
      await tellMany(store, "v2", 3);
      const first = await claim(store, 0, { limit: 4 });
      same(
        "how many events",
        first.reduce((sum, d) => sum + d.events.length, 0),
        4,
      );
      same(
        "whether any delivery is empty",
        first.some((d) => d.events.length === 0),
        false,
      );
    },
  },
  {
    law: "what was acknowledged never comes again, what was not does",
    run: async (store) => {
      await tellMany(store, "v1", 3);
      const first = only(await claim(store, 0));
      same("the answer to a part", await settle(store, first, { deliveredVersion: 2 }), true);
      same("what comes after a part", brought(await claim(store, 1)), ["v1 3"]);
      // Nobody answers: the relay has crashed.
      const again = only(await claim(store, 20));
      same("what comes after a crash", brought([again]), ["v1 3"]);
      await settle(store, again, { deliveredVersion: undefined });
      const last = only(await claim(store, 21));
      same("what comes after an answer that acknowledged nothing", brought([last]), ["v1 3"]);
      await settle(store, last);
      same("what comes when all is acknowledged", await claim(store, 100), []);
    },
  },
  {
    law: "a leased stream is nobody else's, until the lease ends and somebody takes it over",
    run: async (store) => {
      await tellMany(store, "v1", 2);
      const slow = only(await claim(store, 0));
      same("a claim during the lease", await claim(store, 9), []);
      const taken = await claim(store, 10);
      same("a claim at the end of the lease", brought(taken), ["v1 1 2"]);
      same("the answer under the old lease", await settle(store, slow), false);
      same(
        "a failure under the old lease",
        await settle(store, slow, { deliveredVersion: undefined, ...halting }),
        false,
      );
      same("the answer under the new lease", await settle(store, only(taken), { deliveredVersion: 1 }), true);
      same("a second answer under it", await settle(store, only(taken)), false);
      const rest = await claim(store, 30);
      same("what is left", brought(rest), ["v1 2"]);
      same(
        "whether claims at the same time share a stream",
        (await Promise.all([50, 50, 50].map((at) => claim(store, at)))).flat().length,
        1,
      );
    },
  },
  {
    law: "a failing stream waits until it is tried again, and holds no other",
    run: async (store) => {
      await tellMany(store, "v1", 3);
      await tellMany(store, "v2", 2);
      const first = await claim(store, 0);
      await settle(store, only(first), { deliveredVersion: 1, ...retrying(30) });
      await settle(store, only(first, "v2"), { deliveredVersion: 1 });
      const meanwhile = await claim(store, 29);
      same("what comes before the second try", brought(meanwhile), ["v2 2"]);
      await settle(store, only(meanwhile, "v2"));
      const second = only(await claim(store, 30));
      same("what is tried again", [brought([second]), second.failures], [["v1 2 3"], 1]);
      await settle(store, second, { deliveredVersion: undefined, ...retrying(60) });
      same("what comes before the third try", await claim(store, 59), []);
      const third = only(await claim(store, 60));
      same("how often it has failed", third.failures, 2);
      await settle(store, third, { deliveredVersion: 2 });
      same("how often the next one has failed", only(await claim(store, 61)).failures, 0);
      same("what another consumer gets of it", brought(await claim(store, 0, { consumer: "audit" })), [
        "v1 1 2 3",
        "v2 1 2",
      ]);
    },
  },
  {
    law: "a halted stream waits until its event is skipped",
    run: async (store) => {
      await tellMany(store, "v1", 3);
      await tellMany(store, "v2", 1);
      await tell(store, [happened("v1", 1, { tenant: other })], other);
      const skip = (version: number, more = {}) =>
        store.outbox.skip({ consumer: "mail", tenant, stream: stream("v1"), version, ...more });
      same("skipping what is not halted", await skip(1), false);
      const first = await claim(store, 0);
      const poisoned = first.find((d) => d.tenant === tenant && d.stream.id === "v1")!;
      await settle(store, poisoned, { deliveredVersion: 1, ...halting });
      for (const d of first) if (d !== poisoned) await settle(store, d, { deliveredVersion: undefined });
      const meanwhile = await claim(store, 9_000);
      same("what comes while it is halted", meanwhile.map((d) => `${d.tenant} ${brought([d])[0]}`).sort(), [
        "acme v2 1",
        "globex v1 1",
      ]);
      same("skipping an event before it", await skip(1), false);
      same("skipping an event after it", await skip(3), false);
      same("skipping for another consumer", await skip(2, { consumer: "audit" }), false);
      same("skipping for another tenant", await skip(2, { tenant: other }), false);
      same("what comes after that", await claim(store, 9_001), []);
      same("skipping the event", await skip(2), true);
      same("skipping it again", await skip(2), false);
      const rest = only(await claim(store, 9_002));
      same("what comes then", [brought([rest]), rest.failures], [["v1 3"], 0]);
    },
  },
  {
    law: "a backlog tells how much waits, since when, and what is halted",
    run: async (store) => {
      const backlog = () => store.outbox.backlog("mail");
      same("the backlog of an empty store", await backlog(), { depth: 0, oldest: null, halted: [] });
      await tellMany(store, "v1", 3);
      await tell(store, [happened("v2", 1, { recordedAt: minute(40) }), happened("v2", 2, { recordedAt: minute(41) })]);
      same("before the first claim", await backlog(), { depth: 5, oldest: minute(1), halted: [] });
      const first = await claim(store, 50);
      same("while all is claimed", (await backlog()).depth, 5);
      await settle(store, only(first));
      same("after one stream", await backlog(), { depth: 2, oldest: minute(40), halted: [] });
      await settle(store, only(first, "v2"), { deliveredVersion: 1, ...halting });
      const halted = [{ tenant, stream: stream("v2"), version: 2, message: "no such address" }];
      same("with a halted stream", await backlog(), { depth: 1, oldest: minute(41), halted });
      same("of another consumer", (await store.outbox.backlog("audit")).depth, 5);
      await store.outbox.skip({ consumer: "mail", tenant, stream: stream("v2"), version: 2 });
      same("after it is skipped", await backlog(), { depth: 0, oldest: null, halted: [] });
    },
  },
  {
    law: "only what was committed is delivered",
    run: async (store) => {
      await failingSomehow("a unit that throws", () =>
        unit(store, async (u) => {
          await u.events.append([happened("v1", 1, { data: { to: "nowhere" } })]);
          throw new Error("no");
        }),
      );
      same("what comes of a failed unit", await claim(store, 0), []);
      await tellMany(store, "v1", 1);
      same(
        "what comes then",
        only(await claim(store, 0)).events.map((e) => e.data),
        [{ to: "step 1" }],
      );
    },
  },
  {
    law: "an event that commits after a later one was delivered is delivered too",
    overlapping: true,
    run: async (store) => {
      await unit(store, async (u) => {
        await u.events.append([happened("slow", 1)]);
        await tellMany(store, "fast", 1);
        const first = await claim(store, 0);
        same("what comes before the slow unit commits", brought(first), ["fast 1"]);
        await settle(store, only(first, "fast"));
      });
      same("what comes after it has", brought(await claim(store, 20)), ["slow 1"]);
    },
  },
];
