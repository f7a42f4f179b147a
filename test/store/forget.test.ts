import { hasCode, type Store } from "clientele";
import { migrate, pgClient, type SqlClient, type SqlStore, sqlStore } from "clientele/sql";
import { afterAll, describe, expect, it } from "vitest";
import { columns, happened, minute, other, tell, tellMany, tenant, visit } from "../../src/testing/store/fixtures.js";
import { closePlaces, places, type SqlStored, sqlPlaces } from "./places.js";
import { postgres, schemasOf } from "./schemas.js";

afterAll(closePlaces);

const claim = (store: Store<any>, consumer: string, at: number, limit = 100) =>
  store.outbox.claim({ consumer, now: minute(at), leaseUntil: minute(at + 10), limit });

const held = async ({ second, table }: SqlStored) => {
  const count = async (name: string) =>
    (await second(`select consumer from ${table(name)} order by consumer`)).map((row) => row["consumer"]);
  return [await count("consumers"), new Set(await count("waiting")), new Set(await count("progress"))];
};

describe.each(sqlPlaces)("a consumer that is forgotten in $name", ({ make }) => {
  it("leaves nothing, however much there was of it, and others keep what is theirs", async () => {
    const at = await make();
    const many = Array.from({ length: 1100 }, (_, n) => happened(`v${n}`, 1));
    await tell(at.store, many);
    await tell(at.store, [happened("v1", 1, { tenant: other })], other);
    for (const consumer of ["mail", "search"])
      for (const { lease, stream, tenant } of await claim(at.store, consumer, 0, 3))
        await at.store.outbox.settle({ consumer, tenant, stream, lease, deliveredVersion: 1 });
    const both = ["mail", "search"];
    expect(await held(at)).toEqual([both, new Set(both), new Set(both)]);
    expect(await at.store.outbox.forget("mail")).toBe(true);
    expect(await held(at)).toEqual([["search"], new Set(["search"]), new Set(["search"])]);
    expect((await at.store.outbox.backlog("search")).depth).toBe(1098);
    await at.close();
  });

  it("drops what was left of it, where it was cut off before the end, when it is forgotten again or comes back", async () => {
    for (const again of ["forget", "claim"] as const) {
      const at = await make();
      await tellMany(at.store, "v1", 2);
      await tellMany(at.store, "v2", 2);
      for (const { lease, stream, tenant } of await claim(at.store, "mail", 0))
        await at.store.outbox.settle({
          ...{ consumer: "mail", tenant, stream, lease, deliveredVersion: 1 },
          failure: { message: "no such address", halt: true },
        });
      await at.second(`delete from ${at.table("consumers")}`);
      expect((await at.store.outbox.backlog("mail")).depth).toBe(4);
      if (again === "forget") {
        expect(await at.store.outbox.forget("mail")).toBe(false);
        expect(await held(at)).toEqual([[], new Set(), new Set()]);
      }
      expect((await claim(at.store, "mail", 20)).map((d) => d.events.length)).toEqual([2, 2]);
      await at.close();
    }
  });
});

describe.each(sqlPlaces.filter(({ serial }) => !serial))("while others are at work in $name", ({ make }) => {
  it("what a unit puts on the list of a consumer that is no more keeps nothing from being archived", async () => {
    const at = await make();
    const { outbox, transaction, archive } = at.store as SqlStore;
    await tellMany(at.store, "v1", 1);
    await claim(at.store, "mail", 0);
    const closed = columns({ phase: "closed", touchedAt: minute(1) });
    await transaction(
      async (unit) => {
        await unit.of("visit").get("v2");
        expect(await outbox.forget("mail")).toBe(true);
        await unit.of("visit").put(visit("v2"), 0, closed);
        await unit.events.append([happened("v2", 1)]);
      },
      { tenant },
    );
    // The unit saw a consumer: what this is about has happened.
    expect(await held(at)).toEqual([[], new Set(["mail"]), new Set()]);
    expect(await archive({ kinds: ["visit"], touchedBefore: minute(2), limit: 9 })).toBe(1);
    await at.close();
  });

  it("commands do not wait for a claim of it that is still going on", async () => {
    const at = await make();
    await tellMany(at.store, "v1", 1);
    await tellMany(at.store, "v2", 1);
    await claim(at.store, "mail", 0);
    const { transaction } = at.store as SqlStore;
    let forgotten: Promise<boolean> | undefined;
    // Somebody who holds one row of its list, as a claim does.
    await transaction(
      async ({ tx }) => {
        const hold = `select 1 from ${at.table("waiting")} where id = 'v2' for update`;
        await (tx.driver as { query: (text: string) => Promise<unknown> }).query(hold);
        forgotten = at.store.outbox.forget("mail");
        await new Promise((resolve) => setTimeout(resolve, 200));
        for (const id of ["v1", "v2"]) await tellMany(at.store, id, 1, 2);
      },
      { tenant },
    );
    expect(await forgotten).toBe(true);
    expect(await held(at)).toEqual([[], new Set(), new Set()]);
    await at.close();
  });
});

describe.skipIf(postgres === undefined)("while a claim of a new consumer is going on in PostgreSQL", () => {
  const { pool, schema } = schemasOf("clientele_forget");

  it("what that looks up is gone with the consumer, and its outcome counts for nothing", async () => {
    const names = { schema: schema() };
    const client = pgClient(pool());
    await migrate(client, names);
    const store = sqlStore(client, names);
    await tellMany(store, "v1", 1);
    await store.transaction(
      async (unit) => {
        // It does not know the consumer, on whose list it should put the stream.
        await unit.of("visit").get("v1");
        await claim(store, "mail", 0);
        await unit.events.append([happened("late", 1)]);
      },
      { tenant },
    );
    const [looked, letGo] = [gate(), gate()];
    const slow = sqlStore(
      hearing(client, async (text) => {
        if (!/^update \S+_consumers/.test(text)) return;
        looked.open();
        await letGo.passed;
      }),
      names,
    );
    const claimed = claim(slow, "mail", 1);
    await looked.passed;
    const forgotten = store.outbox.forget("mail");
    await new Promise((resolve) => setTimeout(resolve, 200));
    letGo.open();
    const [late, ...more] = await claimed;
    expect([late?.stream.id, more]).toEqual(["late", []]);
    expect(await forgotten).toBe(true);
    for (const table of ["consumers", "waiting", "progress"])
      expect((await pool().query(`select * from ${names.schema}.clientele_${table}`)).rows).toEqual([]);
    const { lease, stream } = late!;
    expect(await slow.outbox.settle({ consumer: "mail", tenant, stream, lease, deliveredVersion: 1 })).toBe(false);
  });
});

/** Something to wait for, until somebody opens it. */
function gate() {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** A client, with somebody who hears every statement before it is carried out. */
const hearing = <D>(client: SqlClient<D>, hear: (text: string) => Promise<void>): SqlClient<D> => ({
  ...client,
  connect: (work) =>
    client.connect((connection, driver) => {
      const query: typeof connection.query = async (text, values) => {
        await hear(text);
        return connection.query(text, values);
      };
      return work({ query }, driver);
    }),
});

describe.each(places.filter(({ serial }) => !serial))("where workers never stop, in $name", ({ make }) => {
  it("a consumer may be forgotten again and again, and in the end has had everything in order", async () => {
    const { store, close } = await make();
    let now = 0;
    let isOver = false;
    /** What was acknowledged of each stream. */
    const had = new Map<string, number[]>();
    const worker = async () => {
      while (!isOver) {
        for (const { tenant, stream, lease, events } of await claim(store, "mail", ++now * 20, 7)) {
          const versions = events.map(({ version }) => version);
          const deliveredVersion = versions.at(-1);
          if (await store.outbox.settle({ consumer: "mail", tenant, stream, lease, deliveredVersion }))
            had.set(stream.id, [...(had.get(stream.id) ?? []), ...versions]);
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    };
    const streams = Array.from({ length: 12 }, (_, n) => `v${n}`);
    // A unit may be overtaken by a claim that writes the list it writes; a desk would decide again.
    const append = async (id: string, version: number): Promise<void> =>
      tellMany(store, id, 1, version).catch((thrown: unknown) => {
        if (!hasCode(thrown, "CONFLICT")) throw thrown;
        return append(id, version);
      });
    const writer = async () => {
      for (let version = 1; version <= 15; version++) for (const id of streams) await append(id, version);
    };
    const forgetter = async () => {
      const known: boolean[] = [];
      for (let n = 0; n < 15; n++) {
        known.push(await store.outbox.forget("mail"));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return known;
    };
    const workers = Promise.all([worker(), worker(), worker()]);
    const rounds = async () => {
      const [known] = await Promise.all([forgetter(), writer()]);
      expect(known.filter(Boolean).length).toBeGreaterThan(3);
      await store.outbox.forget("mail");
      while ((await store.outbox.backlog("mail")).depth > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    // A worker that fails is told at once.
    await Promise.race([workers, rounds()]).finally(() => {
      isOver = true;
    });
    await workers;
    for (const id of streams) {
      const versions = had.get(id)!;
      const anew = versions.slice(versions.lastIndexOf(1));
      expect([id, anew]).toEqual([id, Array.from({ length: 15 }, (_, n) => n + 1)]);
    }
    await close();
  });
});
