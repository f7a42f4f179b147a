import { same } from "../law.js";
import { brought, claim, drain, halting, only, retrying, settle } from "./deliveries.js";
import { happened, minute, other, type StoreLaw, stream, tell, tellMany, tenant, unit } from "./fixtures.js";

export const consumerLaws: readonly StoreLaw[] = [
  {
    law: "a halted stream that is resumed goes on with the same event, as if that had never failed",
    run: async (store) => {
      await tellMany(store, "v1", 3);
      await tellMany(store, "v2", 1);
      await tell(store, [happened("v1", 1, { tenant: other })], other);
      const resume = (version: number, more = {}) =>
        store.outbox.resume({ consumer: "mail", tenant, stream: stream("v1"), version, ...more });
      same("resuming what is not halted", await resume(1), false);
      const first = await claim(store, 0);
      const poisoned = first.find((d) => d.tenant === tenant && d.stream.id === "v1")!;
      await settle(store, poisoned, { deliveredVersion: 1, ...retrying(30) });
      for (const d of first) if (d !== poisoned) await settle(store, d);
      same("resuming what only waits", await resume(2), false);
      await settle(store, only(await claim(store, 30)), { deliveredVersion: undefined, ...halting });
      same("resuming an event before it", await resume(1), false);
      same("resuming an event after it", await resume(3), false);
      same("resuming for another consumer", await resume(2, { consumer: "audit" }), false);
      same("resuming for another tenant", await resume(2, { tenant: other }), false);
      same("resuming another stream", await resume(2, { stream: stream("v2") }), false);
      same("what comes after that", await claim(store, 60), []);
      same("resuming the event", await resume(2), true);
      same("resuming it again", await resume(2), false);
      const backlog = { depth: 2, oldest: minute(2), halted: [] };
      same("the backlog then", await store.outbox.backlog("mail"), backlog);
      const again = only(await claim(store, 60));
      same("what comes then", [brought([again]), again.failures], [["v1 2 3"], 0]);
      await settle(store, again, { deliveredVersion: undefined, ...retrying(90) });
      same("how often it has failed when it fails once more", only(await claim(store, 90)).failures, 1);
    },
  },
  {
    law: "a consumer that is forgotten begins at the first event, as one that never was",
    run: async (store) => {
      const { backlog, forget } = store.outbox;
      await tellMany(store, "v1", 3);
      await tellMany(store, "v2", 2);
      await tell(store, [happened("v1", 1, { tenant: other })], other);
      const everything = { depth: 6, oldest: minute(1), halted: [] };
      same("the backlog of one who never came", await backlog("mail"), everything);
      same("forgetting one who was only asked about", await forget("mail"), false);
      const whole = { v1: [1, 2, 3], v2: [1, 2], "globex v1": [1] };
      same("what the other consumer gets", await drain(store, { consumer: "audit" }), whole);

      const first = await claim(store, 0);
      for (const d of first)
        if (d.stream.id === "v2") await settle(store, d, { deliveredVersion: 1, ...halting });
        else if (d.tenant === other) await settle(store, d);
        else await settle(store, d, { deliveredVersion: 2 });
      const held = only(await claim(store, 1));
      same("what is leased to it", brought([held]), ["v1 3"]);
      same("forgetting it", await forget("mail"), true);
      same("the answer under its lease", await settle(store, held), false);
      same("the skipping of its halted event", await store.outbox.skip({ ...halted, version: 2 }), false);
      same("the backlog then", await backlog("mail"), everything);
      same("forgetting it again", await forget("mail"), false);

      await tellMany(store, "v3", 1);
      const anew = await claim(store, 2);
      same("what comes when it is back", brought(anew), ["v1 1", "v1 1 2 3", "v2 1 2", "v3 1"]);
      same(
        "how often any of it has failed",
        anew.map((d) => d.failures),
        [0, 0, 0, 0],
      );
      same("the answer under the lease from before", await settle(store, held), false);
      for (const d of anew) same("whether the lease held", await settle(store, d), true);
      same("what is left", await backlog("mail"), { depth: 0, oldest: null, halted: [] });
      same("what the other consumer gets of it", await drain(store, { consumer: "audit" }), { v3: [1] });
    },
  },
  {
    law: "an event of a unit that was under way when its consumer came is delivered",
    overlapping: true,
    run: async (store) => {
      await tellMany(store, "v1", 1);
      await unit(store, async (u) => {
        // From here on the unit sees what was there before.
        await u.of("visit").get("v1");
        same("what comes first", brought(await claim(store, 0)), ["v1 1"]);
        same("what comes then", brought(await claim(store, 1)), []);
        await u.events.append([happened("late", 1)]);
      });
      same("what comes when the unit has ended", brought(await claim(store, 2)), ["late 1"]);
      await unit(store, async (u) => {
        await u.of("visit").get("v1");
        same("forgetting the consumer", await store.outbox.forget("mail"), true);
        same("what comes when it is back", brought(await claim(store, 20)), ["late 1", "v1 1"]);
        same("what comes after that", brought(await claim(store, 21)), []);
        await u.events.append([happened("later", 1)]);
      });
      same("what comes when that unit has ended", brought(await claim(store, 22)), ["later 1"]);
      await unit(store, async (u) => {
        await u.of("visit").get("v1");
        await store.outbox.forget("mail");
        await u.events.append([happened("last", 1)]);
      });
      same("forgetting who is not known, though a unit knew it", await store.outbox.forget("mail"), false);
      same("what comes at last", await drain(store), { v1: [1], late: [1], later: [1], last: [1] });
    },
  },
];

const halted = { consumer: "mail", tenant, stream: stream("v2") };
