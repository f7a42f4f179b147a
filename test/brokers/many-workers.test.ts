import { createServiceDesk, type Event, memoryStore, type Store, unwrap } from "clientele";
import { migrate, pgClient, sqlStore } from "clientele/sql";
import { fixedClock } from "clientele/testing";
import { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { every, relaying, sweeping } from "../../examples/workers/interval.js";
import { ann, byStream, serverOf } from "./given.js";

const url = serverOf("CLIENTELE_POSTGRES", "many workers on PostgreSQL");
const began = "2026-03-02T09:00:00.000Z";
const complaints = 24;
const workers = 4;

/** Opens complaints and writes a note to each. */
async function used(store: Store<any>, clock: () => string) {
  let minted = 0;
  const desk = createServiceDesk({ store, clock, newId: () => `c${++minted}` });
  for (let i = 0; i < complaints; i++) {
    const { id } = unwrap(
      await desk.complaints.open({ input: { customerId: `p${i % 5}`, summary: "Late" }, actor: ann }),
    );
    unwrap(await desk.complaints.execute({ id, command: { type: "note", input: { text: "called" } }, actor: ann }));
  }
  const told = async () => {
    const { items } = unwrap(await desk.complaints.find({ limit: complaints }));
    const timelines = await Promise.all(items.map(async ({ id }) => unwrap(await desk.complaints.timeline(id)).items));
    return timelines.flat().map(({ id, type, at, data }) => ({ id, type, at, data }));
  };
  return { first: desk, told };
}

/** What one worker alone would have said. */
async function saidByOne(until: string) {
  const clock = fixedClock(began);
  const { first, told } = await used(memoryStore(), clock);
  clock.set(until);
  while ((await first.sweep()).swept > 0);
  return told();
}
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

describe.skipIf(url === undefined)("many workers on one schema of PostgreSQL", () => {
  const pools: Pool[] = [];
  const schemas: string[] = [];
  const pool = () => {
    pools.push(new Pool({ connectionString: url, max: 4 }));
    return pools.at(-1)!;
  };
  afterAll(async () => {
    for (const schema of schemas) await pools[0]!.query(`drop schema if exists ${schema} cascade`);
    for (const one of pools) await one.end();
  });
  async function office() {
    const schema = `clientele_workers_${process.pid}_${schemas.length}`;
    schemas.push(schema);
    const clock = fixedClock(began);
    const client = pgClient(pool());
    await migrate(client, { schema });
    const store = sqlStore(client, { schema });
    /** A desk with connections of its own, as another process has them. */
    const desk = (own = clock.now) => createServiceDesk({ store: sqlStore(pgClient(pool()), { schema }), clock: own });
    return { clock, desk, store, ...(await used(store, clock.now)) };
  }

  it("sweep at once, and time is told of as one worker would have told it, nothing twice", async () => {
    const { clock, desk, told } = await office();
    const until = clock.advance({ days: 40 });
    const sweepers = Array.from({ length: workers }, () => sweeping(desk(), 3));
    const { signal } = new AbortController();
    await Promise.all(
      sweepers.map(async (sweep) => {
        while (await sweep(signal));
      }),
    );
    expect((await desk().sweep()).swept).toBe(0);
    const said = await told();
    expect(said.sort(byId)).toEqual((await saidByOne(until)).sort(byId));
    expect(said.length).toBeGreaterThan(3 * complaints);
  });

  it("relay at once, and every event is delivered once, in order within its stream", async () => {
    const { clock, desk, told } = await office();
    clock.advance({ days: 40 });
    while ((await desk().sweep()).swept > 0);
    const got: Event[] = [];
    const publish = async (event: Event) => {
      await new Promise((resolve) => setImmediate(resolve));
      got.push(event);
    };
    const by = Array.from({ length: workers }, () => desk());
    const delivered = await Promise.all(
      by.map(async (one) => {
        let sum = 0;
        for (let last = 1; last > 0; sum += last)
          last = (await one.relay({ consumer: "mail", publish, limit: 10 })).delivered;
        return sum;
      }),
    );
    expect(delivered.reduce((a, b) => a + b)).toBe(got.length);
    for (const versions of Object.values(byStream(got))) expect(versions).toEqual(versions.map((_, i) => i + 1));
    expect(got.map(({ id }) => id).sort()).toEqual((await told()).map(({ id }) => id).sort());
  });

  it("sweep and relay while others write: nothing is lost, first deliveries are in order", async () => {
    const { clock, desk, told } = await office();
    clock.advance({ days: 3 });
    const off = new AbortController();
    const errors: unknown[] = [];
    const loop = { everyMs: 1, signal: off.signal, onError: (error: unknown) => errors.push(error) };
    const got = new Map<string, Event>();
    const relay = {
      consumer: "mail",
      publish: (event: Event) => got.set(event.id, got.get(event.id) ?? event),
      limit: 5,
    };
    const loops = [desk(), desk()].flatMap((one) => [every(sweeping(one, 3), loop), every(relaying(one, relay), loop)]);
    const write = async (by: ReturnType<typeof desk>, text: string) => {
      for (let i = 1; i <= complaints; i++)
        unwrap(await by.complaints.execute({ id: `c${i}`, command: { type: "note", input: { text } }, actor: ann }));
    };
    await Promise.all([write(desk(), "from one"), write(desk(), "from another")]);
    off.abort();
    await Promise.all(loops);
    expect(errors).toEqual([]);
    const last = desk();
    while ((await last.sweep()).swept > 0);
    while ((await last.relay(relay)).delivered > 0);
    for (const versions of Object.values(byStream([...got.values()])))
      expect(versions).toEqual(versions.map((_, i) => i + 1));
    expect([...got.keys()].sort()).toEqual((await told()).map(({ id }) => id).sort());
  });

  it("take over from one that has died, when its lease ends", async () => {
    const { clock, desk, told, store } = await office();
    const until = clock.advance({ days: 40 });
    const leaseUntil = fixedClock(until).advance({ minutes: 1 });
    // It claims, and is heard of no more.
    await store.claimDue({ now: until, leaseUntil, limit: complaints });
    let dies = () => {};
    const died = new Promise<void>((resolve) => {
      dies = resolve;
    });
    const got: string[] = [];
    void desk().relay({
      consumer: "mail",
      limit: 2,
      publish: (event) => {
        got.push(event.id);
        if (event.version < 2) return;
        dies();
        return new Promise(() => undefined);
      },
    });
    await died;
    const other = desk();
    const relay = () => other.relay({ consumer: "mail", publish: (event) => got.push(event.id), limit: 1000 });
    expect((await other.sweep()).swept).toBe(0);
    expect((await relay()).delivered).toBe(2 * (complaints - 1));
    clock.set(leaseUntil);
    while ((await other.sweep()).swept > 0);
    while ((await relay()).delivered > 0);
    expect((await told()).map(({ id, at }) => `${id} ${at}`).sort()).toEqual(
      (await saidByOne(leaseUntil)).map(({ id, at }) => `${id} ${at}`).sort(),
    );
    const twice = got.filter((id, i) => got.indexOf(id) < i);
    expect(twice).toEqual(got.slice(0, 2));
    expect([...new Set(got)].sort()).toEqual((await told()).map(({ id }) => id).sort());
  });

  it("whose clock is ahead by more than a lease deliver twice, and lose nothing", async () => {
    const { clock, desk, told } = await office();
    const ahead = desk(() => fixedClock(clock.now()).advance({ minutes: 10 }));
    const got: Event[] = [];
    let goOn = () => {};
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let isUnderWay = () => {};
    const underWay = new Promise<void>((resolve) => {
      isUnderWay = resolve;
    });
    const behind = desk().relay({
      consumer: "mail",
      limit: 2,
      publish: (event) => {
        got.push(event);
        isUnderWay();
        return waits;
      },
    });
    await underWay;
    await ahead.relay({ consumer: "mail", limit: 1000, publish: (event) => got.push(event) });
    goOn();
    await behind;
    expect((await ahead.deliveries.backlog("mail")).depth).toBe(0);
    const first = got.filter((event, i) => got.findIndex(({ id }) => id === event.id) === i);
    expect(got.length).toBeGreaterThan(first.length);
    for (const versions of Object.values(byStream(first))) expect(versions).toEqual([1, 2]);
    expect(first.map(({ id }) => id).sort()).toEqual((await told()).map(({ id }) => id).sort());
  });
});
