import { createServiceDesk, type Event } from "clientele";
import { describe, expect, it } from "vitest";
import { ann, day, hour, opened, stage } from "./stage.js";

type Desk = ReturnType<typeof stage>["desk"];
const minute = 60_000;
const note = (desk: Desk, id: string, text = "x") =>
  desk.complaints.execute({ id, command: { type: "note", input: { text } }, actor: ann });

/** A consumer that remembers what it was given, and fails as long as `fails` says so. */
function consumer(fails: (event: Event, times: number) => boolean = () => false) {
  const got: string[] = [];
  const times = new Map<string, number>();
  const publish = async (event: Event) => {
    const n = (times.get(event.id) ?? 0) + 1;
    times.set(event.id, n);
    if (fails(event, n)) throw new Error(`no ${event.id}`);
    got.push(`${event.stream.id}/${event.version}`);
  };
  return { got, publish, times };
}

describe("the relay", () => {
  it("gives each consumer everything, once, in order within a stream", async () => {
    const { desk } = stage();
    const [a, b] = [await opened(desk), await opened(desk)];
    for (let i = 0; i < 3; i++) for (const id of [a, b]) await note(desk, id);
    const one = consumer();
    const two = consumer();
    expect(await desk.relay({ consumer: "one", ...one })).toEqual({ delivered: 8, failed: 0, halted: 0 });
    for (const id of [a, b])
      expect(one.got.filter((e) => e.startsWith(`${id}/`))).toEqual([1, 2, 3, 4].map((v) => `${id}/${v}`));
    expect(await desk.relay({ consumer: "one", ...one })).toEqual({ delivered: 0, failed: 0, halted: 0 });
    await note(desk, a);
    expect(await desk.relay({ consumer: "one", ...one })).toMatchObject({ delivered: 1 });
    expect(await desk.relay({ consumer: "two", ...two })).toMatchObject({ delivered: 9 });
    expect(two.got.sort()).toEqual(one.got.sort());
    expect(await desk.deliveries.backlog("one")).toEqual({ depth: 0, oldest: null, halted: [] });
  });

  it("gives at most as many as asked, and the rest the next time", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    for (let i = 0; i < 9; i++) await note(desk, id);
    const c = consumer();
    const counts: number[] = [];
    for (let i = 0; i < 4; i++) counts.push((await desk.relay({ consumer: "c", limit: 4, ...c })).delivered);
    expect(counts).toEqual([4, 4, 2, 0]);
    expect(c.got).toEqual(Array.from({ length: 10 }, (_, i) => `${id}/${i + 1}`));
  });

  it("tries again, later each time, and holds up nobody else meanwhile", async () => {
    const { desk, clock } = stage();
    const [bad, good] = [await opened(desk), await opened(desk)];
    await note(desk, bad);
    const c = consumer((e, times) => e.stream.id === bad && e.version === 1 && times <= 3);
    const round = () => desk.relay({ consumer: "c", ...c });
    expect(await round()).toEqual({ delivered: 1, failed: 1, halted: 0 });
    await note(desk, good);
    expect(await round()).toEqual({ delivered: 1, failed: 0, halted: 0 });
    const waits: number[] = [];
    for (let waited = 0; waits.length < 3; waited += 100) {
      clock.forward(100);
      const { failed, delivered } = await round();
      if (failed + delivered === 0) continue;
      waits.push(waited + 100);
      waited = -100;
    }
    // Half to all of 1, 2 and 4 seconds.
    for (const [i, wait] of waits.entries())
      expect([wait >= 500 * 2 ** i, wait <= 1100 * 2 ** i]).toEqual([true, true]);
    expect(c.got).toEqual([`${good}/1`, `${good}/2`, `${bad}/1`, `${bad}/2`]);
  });

  it("halts only the stream of a poisoned event, only for this consumer, until it is skipped", async () => {
    const { desk, clock } = stage();
    const [bad, good] = [await opened(desk), await opened(desk)];
    await note(desk, bad);
    await note(desk, bad);
    const poisoned = consumer((e) => e.stream.id === bad && e.version === 2);
    const round = () => desk.relay({ consumer: "c", attempts: 3, ...poisoned });
    const reports = [];
    for (let i = 0; i < 4; i++) {
      reports.push(await round());
      clock.forward(hour);
    }
    expect(reports).toEqual([
      { delivered: 2, failed: 1, halted: 0 },
      { delivered: 0, failed: 1, halted: 0 },
      { delivered: 0, failed: 0, halted: 1 },
      { delivered: 0, failed: 0, halted: 0 },
    ]);
    await note(desk, good);
    expect(await round()).toMatchObject({ delivered: 1 });
    const stream = { kind: "complaint", id: bad };
    const { halted, depth } = await desk.deliveries.backlog("c");
    expect(halted).toEqual([{ tenant: "main", stream, version: 2, message: `no main/complaint/${bad}/2` }]);
    expect(depth).toBe(2);
    const other = consumer();
    expect(await desk.relay({ consumer: "d", ...other })).toEqual({ delivered: 5, failed: 0, halted: 0 });

    expect(await desk.deliveries.skip({ consumer: "c", stream, version: 1 })).toBe(false);
    expect(await desk.deliveries.skip({ consumer: "c", stream, version: 2, tenant: "acme" })).toBe(false);
    expect(await desk.deliveries.skip({ consumer: "c", stream, version: 2 })).toBe(true);
    expect(await desk.deliveries.skip({ consumer: "c", stream, version: 2 })).toBe(false);
    expect(await round()).toEqual({ delivered: 1, failed: 0, halted: 0 });
    expect(poisoned.got.at(-1)).toBe(`${bad}/3`);
  });

  it("tries a halted event again once its consumer is mended, and counts its failures anew", async () => {
    const { desk, clock } = stage();
    const [bad, good] = [await opened(desk), await opened(desk)];
    await note(desk, bad);
    let isMended = false;
    const c = consumer((e) => e.stream.id === bad && !isMended);
    const round = () => desk.relay({ consumer: "c", attempts: 2, ...c });
    await round();
    clock.forward(hour);
    expect(await round()).toEqual({ delivered: 0, failed: 0, halted: 1 });
    const stream = { kind: "complaint", id: bad };
    const { resume } = desk.deliveries;
    expect(await resume({ consumer: "c", stream, version: 2 })).toBe(false);
    expect(await resume({ consumer: "c", stream: { kind: "complaint", id: good }, version: 1 })).toBe(false);
    expect(await resume({ consumer: "d", stream, version: 1 })).toBe(false);
    expect(await resume({ consumer: "c", stream, version: 1, tenant: "acme" })).toBe(false);
    expect(await resume({ consumer: "c", stream, version: 1, tenant: "main" })).toBe(true);
    expect(await resume({ consumer: "c", stream, version: 1 })).toBe(false);
    expect((await desk.deliveries.backlog("c")).halted).toEqual([]);
    // Not mended after all: it fails and halts as it did the first time.
    expect(await round()).toEqual({ delivered: 0, failed: 1, halted: 0 });
    clock.forward(hour);
    expect(await round()).toEqual({ delivered: 0, failed: 0, halted: 1 });
    isMended = true;
    expect(await resume({ consumer: "c", stream, version: 1 })).toBe(true);
    expect(await round()).toEqual({ delivered: 2, failed: 0, halted: 0 });
    expect(c.got).toEqual([`${good}/1`, `${bad}/1`, `${bad}/2`]);
  });

  it("forgets a consumer, which then begins at the first event, of every tenant", async () => {
    const { desk } = stage();
    const here = await opened(desk);
    const there = await opened(desk.tenant("acme"));
    await note(desk, here);
    expect(await desk.deliveries.forget("c")).toBe(false);
    const [c, other] = [consumer(), consumer()];
    for (const one of [
      { consumer: "c", ...c },
      { consumer: "other", ...other },
    ])
      expect(await desk.relay(one)).toMatchObject({ delivered: 3 });
    expect(await desk.deliveries.forget("c")).toBe(true);
    expect(await desk.deliveries.forget("c")).toBe(false);
    expect((await desk.deliveries.backlog("c")).depth).toBe(3);
    expect(await desk.deliveries.forget("c")).toBe(false);
    expect(await desk.relay({ consumer: "other", ...other })).toMatchObject({ delivered: 0 });
    expect(await desk.relay({ consumer: "c", ...c })).toMatchObject({ delivered: 3 });
    expect([...c.got].sort()).toEqual([`${here}/1`, `${here}/1`, `${here}/2`, `${here}/2`, `${there}/1`, `${there}/1`]);
  });

  it("forgets a consumer while it is relayed to: what is under way is published, and counts for nothing", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    for (let i = 0; i < 2; i++) await note(desk, id);
    const got: number[] = [];
    const publish = async (event: Event) => {
      got.push(event.version);
      if (got.length === 2) expect(await desk.deliveries.forget("c")).toBe(true);
    };
    expect(await desk.relay({ consumer: "c", publish })).toMatchObject({ delivered: 3 });
    expect(await desk.deliveries.forget("c")).toBe(false);
    await desk.relay({ consumer: "c", publish });
    expect(got).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it("delivers again what was published when it crashed before it could say so", async () => {
    const { desk, store, clock } = stage();
    const id = await opened(desk);
    await note(desk, id);
    let crash = true;
    const frail = createServiceDesk({
      clock: clock.now,
      store: {
        ...store,
        outbox: {
          ...store.outbox,
          settle: async (outcome) => {
            if (crash) throw new Error("power cut");
            return store.outbox.settle(outcome);
          },
        },
      },
    });
    const c = consumer();
    await expect(frail.relay({ consumer: "c", ...c })).rejects.toThrow("power cut");
    crash = false;
    expect(await desk.relay({ consumer: "c", ...c })).toMatchObject({ delivered: 0 });
    clock.forward(minute);
    expect(await desk.relay({ consumer: "c", ...c })).toMatchObject({ delivered: 2 });
    expect(c.got).toEqual([1, 2, 1, 2].map((v) => `${id}/${v}`));
  });

  it("throws what the store throws only when every stream of the round has ended", async () => {
    const { desk, store, clock } = stage();
    const lost = await opened(desk);
    await opened(desk);
    const frail = createServiceDesk({
      clock: clock.now,
      store: {
        ...store,
        outbox: {
          ...store.outbox,
          settle: async (outcome) => {
            if (outcome.stream.id === lost) throw new Error("power cut");
            return store.outbox.settle(outcome);
          },
        },
      },
    });
    let goOn = () => {};
    const publish = ({ stream }: Event) =>
      stream.id === lost
        ? undefined
        : new Promise<void>((resolve) => {
            goOn = resolve;
          });
    let isOver = false;
    const relayed = frail.relay({ consumer: "c", publish }).finally(() => {
      isOver = true;
    });
    relayed.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isOver).toBe(false);
    goOn();
    await expect(relayed).rejects.toThrow("power cut");
    clock.forward(minute);
    const c = consumer();
    expect(await desk.relay({ consumer: "c", ...c })).toMatchObject({ delivered: 1 });
    expect(c.got).toEqual([`${lost}/1`]);
  });

  it("takes over the lease of one that hangs, which then settles nothing and goes no further", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    for (let i = 0; i < 2; i++) await note(desk, id);
    let goOn = () => {};
    const hung: string[] = [];
    const hanging = desk.relay({
      consumer: "c",
      publish: (event) => {
        hung.push(event.id);
        return new Promise<void>((resolve) => {
          goOn = resolve;
        });
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
    const c = consumer();
    expect(await desk.relay({ consumer: "c", ...c })).toMatchObject({ delivered: 0 });
    clock.forward(minute);
    expect(await desk.relay({ consumer: "c", ...c })).toMatchObject({ delivered: 3 });
    await note(desk, id);
    goOn();
    await hanging;
    expect(hung).toEqual([`main/complaint/${id}/1`]);
    expect(await desk.relay({ consumer: "c", ...c })).toMatchObject({ delivered: 1 });
    expect(c.got).toEqual([1, 2, 3, 4].map((v) => `${id}/${v}`));
  });

  it("shares the work between two relays without a double", async () => {
    const { desk, store, clock } = stage();
    for (let i = 0; i < 20; i++) await opened(desk);
    const other = createServiceDesk({ store, clock: clock.now });
    const c = consumer();
    const reports = await Promise.all(
      [desk, other, desk, other].map((d) => d.relay({ consumer: "c", limit: 5, ...c })),
    );
    expect(reports.map((r) => r.delivered)).toEqual([5, 5, 5, 5]);
    expect(new Set(c.got).size).toBe(20);
  });

  it("says what was thrown, also when it cannot be shown", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    const thrown = [Object.create(null), { toString: () => Symbol("x") }, undefined, "text", 5n];
    for (const [i, value] of thrown.entries()) {
      const publish = () => {
        throw value;
      };
      expect(await desk.relay({ consumer: `c${i}`, attempts: 1, publish })).toEqual({
        delivered: 0,
        failed: 0,
        halted: 1,
      });
    }
    const messages = await Promise.all(thrown.map(async (_, i) => (await desk.deliveries.backlog(`c${i}`)).halted[0]));
    const unshown = "something unreadable";
    expect(messages.map((h) => h?.message)).toEqual([unshown, unshown, "undefined", "text", "5"]);
    expect(messages.every((h) => h?.stream.id === id)).toBe(true);
  });

  it("stops between two events when it is called off", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    await note(desk, id);
    const signal = { aborted: false };
    const got: number[] = [];
    const publish = (event: Event) => {
      got.push(event.version);
      signal.aborted = true;
    };
    expect(await desk.relay({ consumer: "c", publish, signal })).toMatchObject({ delivered: 1 });
    signal.aborted = false;
    await desk.relay({ consumer: "c", publish, signal });
    expect(got).toEqual([1, 2]);
  });

  it("tells how far behind a consumer is", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    const first = clock.now();
    clock.forward(day);
    await note(desk, id);
    expect(await desk.deliveries.backlog("c")).toEqual({ depth: 2, oldest: first, halted: [] });
  });

  it("refuses options that are none", async () => {
    const { desk } = stage();
    const publish = () => undefined;
    const bad = [
      undefined,
      null,
      {},
      { consumer: "c" },
      { publish },
      { consumer: "", publish },
      { consumer: "c", publish, limit: 0 },
      { consumer: "c", publish, attempts: Number.NaN },
      { consumer: "c", publish, leaseMs: 0.5 },
    ];
    for (const options of bad)
      await expect(desk.relay(options as never)).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
    const { backlog, forget, skip, resume } = desk.deliveries;
    for (const door of [backlog, forget])
      for (const name of [5, "", undefined, "x".repeat(201)])
        await expect(door(name as never)).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
    const stream = { kind: "complaint", id: "x" };
    for (const door of [skip, resume])
      for (const request of [
        null,
        {},
        { consumer: "c", stream: null, version: 1 },
        { consumer: "c", stream: {}, version: 1 },
        { consumer: "", stream, version: 1 },
        { consumer: "c", stream, version: 0 },
        { consumer: "c", stream, version: 1, tenant: "" },
      ])
        await expect(door(request as never)).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
  });
});
