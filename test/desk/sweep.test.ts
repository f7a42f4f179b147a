import { createServiceDesk, deadlines, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import { legal } from "../../examples/plugins/legal.js";
import { ann, atTheEnd, day, handClock, hour, opened, stage, stageOf, start } from "./stage.js";

describe("a sweep", () => {
  it("says everything at its nominal time, however late it comes, and the same however often", async () => {
    const told: unknown[] = [];
    for (const steps of [[40 * day], Array.from({ length: 80 }, () => 12 * hour)]) {
      const { desk, clock } = stage();
      const id = await opened(desk);
      for (const step of steps) {
        clock.forward(step);
        await desk.sweep();
      }
      const { items } = unwrap(await desk.complaints.timeline(id));
      told.push(items.map((e) => [e.type, e.at, e.actor.id]));
      expect(items.every((e) => e.recordedAt >= e.at)).toBe(true);
    }
    expect(told[0]).toEqual(told[1]);
    const times = (type: string) => (told[0] as [string, string][]).filter((e) => e[0] === type).map((e) => e[1]);
    const clock = handClock();
    expect(times("complaint.lapsed")).toEqual([7, 14, 21, 28, 35].map((d) => clock.after(d * day)));
    expect(times("complaint.warned")).toEqual([clock.after(0.8 * 28 * day)]);
    expect(times("complaint.breached")).toEqual([2, 28].map((d) => clock.after(d * day)));
    expect(times("complaint.escalated")).toEqual(times("complaint.breached"));
  });

  it("leads where the deadline leads", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    const command = { type: "wait_for_customer", input: { question: "Which model?" } } as const;
    unwrap(await desk.complaints.execute({ id, command, actor: ann }));
    clock.forward(14 * day);
    expect(await desk.sweep()).toEqual({ swept: 1, early: 0, refused: [] });
    expect(unwrap(await desk.complaints.get(id))).toMatchObject({ state: "received", stay: { spent: 0 } });
  });

  it("says nothing twice where several sweep at once", async () => {
    const { desk, store, clock } = stage();
    const ids = await Promise.all(Array.from({ length: 25 }, () => opened(desk)));
    const sweepers = Array.from({ length: 5 }, () => createServiceDesk({ store, clock: clock.now }));
    clock.forward(2 * day + 1);
    const reports = await Promise.all(sweepers.map((s) => s.sweep({ limit: 10 })));
    expect(reports.reduce((sum, r) => sum + r.swept, 0)).toBe(25);
    expect(reports.flatMap((r) => r.refused)).toEqual([]);
    for (const id of ids)
      expect(unwrap(await desk.complaints.timeline(id)).items.map((e) => e.type)).toEqual([
        "complaint.opened",
        "complaint.breached",
        "complaint.escalated",
      ]);
    expect(await desk.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
  });

  it("takes the longest due first, and no more than asked", async () => {
    const { desk, clock } = stage();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      ids.push(await opened(desk));
      clock.forward(hour);
    }
    clock.forward(3 * day);
    expect(await desk.sweep({ limit: 2 })).toMatchObject({ swept: 2 });
    const versions = await Promise.all(ids.map(async (id) => unwrap(await desk.complaints.get(id)).version));
    expect(versions).toEqual([3, 3, 1, 1, 1]);
    expect(await desk.sweep({ signal: { aborted: true } })).toMatchObject({ swept: 0 });
  });

  it("gives up a lease that its owner did not use", async () => {
    const { desk, clock } = stage();
    await opened(desk);
    clock.forward(2 * day + 1);
    await desk.sweep({ signal: { aborted: true }, leaseMs: 5000 });
    clock.forward(4999);
    expect(await desk.sweep()).toMatchObject({ swept: 0 });
    clock.forward(1);
    expect(await desk.sweep()).toMatchObject({ swept: 1 });
  });

  it("postpones what it cannot sweep, so that it crowds nothing out", async () => {
    const { desk, store, clock } = stageOf([legal] as const);
    const broken = await opened(desk);
    const lex = { kind: "staff", id: "lex", roles: ["counsel"] } as const;
    unwrap(await desk.complaints.execute({ id: broken, command: { type: "acknowledge" }, actor: ann }));
    const input = { nature: "product", scope: "general", severity: "critical" } as const;
    unwrap(await desk.complaints.execute({ id: broken, command: { type: "assess", input }, actor: ann }));
    const hold = { type: "legal.place_hold", input: { caseRef: "AB-1" } } as const;
    unwrap(await desk.complaints.execute({ id: broken, command: hold, actor: lex }));
    clock.forward(29 * day);
    const sound = await opened(desk);
    clock.forward(3 * day);

    const plain = createServiceDesk({ store, clock: clock.now });
    const due = { tenant: "main", kind: "complaint", id: broken };
    const unknown = { code: "UNKNOWN_STATE", subject: '"legal.hold"' };
    expect(await plain.sweep({ limit: 1 })).toEqual({ swept: 0, early: 0, refused: [{ ...due, refusal: unknown }] });
    expect(await plain.sweep({ limit: 1 })).toEqual({ swept: 1, early: 0, refused: [] });
    expect(unwrap(await plain.complaints.get(sound)).level).toBe(2);
    clock.forward(hour - 1);
    expect(await plain.sweep()).toMatchObject({ refused: [] });
    clock.forward(1);
    expect(await plain.sweep()).toMatchObject({ refused: [due] });
    clock.forward(hour);
    expect(await desk.sweep()).toMatchObject({ swept: 1, refused: [] });
    expect(unwrap(await desk.complaints.get(broken)).state).toBe("assessed");
  });

  it("sweeps the others where the store fails for one, postpones that one, and throws at the end", async () => {
    const { desk, store, clock } = stage();
    const [before, broken, after] = [await opened(desk), await opened(desk), await opened(desk)];
    let isMended = false;
    const frail: typeof store = {
      ...store,
      transaction: (work, options) => {
        if (options.reads?.record?.id === broken && !isMended) throw new Error("disk full");
        return store.transaction(work, options);
      },
    };
    const sweeper = createServiceDesk({ store: frail, clock: clock.now });
    clock.forward(2 * day + 1);
    await expect(sweeper.sweep()).rejects.toThrow("disk full");
    const levels = async () =>
      Promise.all([before, broken, after].map(async (id) => unwrap(await desk.complaints.get(id)).level));
    expect(await levels()).toEqual([2, 1, 2]);
    // Long after the lease, and not before the hour is over.
    clock.forward(hour - 1);
    expect(await sweeper.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
    clock.forward(1);
    await expect(sweeper.sweep()).rejects.toThrow("disk full");
    isMended = true;
    clock.forward(hour);
    expect(await sweeper.sweep()).toEqual({ swept: 1, early: 0, refused: [] });
    expect(await levels()).toEqual([2, 2, 2]);
  });

  it("throws what failed first, also where nothing can be postponed", async () => {
    const { desk, store, clock } = stage();
    const ids = [await opened(desk), await opened(desk), await opened(desk)];
    const frail: typeof store = {
      ...store,
      transaction: (work, options) => {
        const id = options.reads?.record?.id;
        return id === ids[2] ? store.transaction(work, options) : Promise.reject(new Error(`no ${id}`));
      },
      postpone: () => Promise.reject(new Error("no more room")),
    };
    clock.forward(2 * day + 1);
    await expect(createServiceDesk({ store: frail, clock: clock.now }).sweep()).rejects.toThrow(`no ${ids[0]}`);
    const versions = await Promise.all(ids.map(async (id) => unwrap(await desk.complaints.get(id)).version));
    expect(versions).toEqual([1, 1, 3]);
  });

  it("sweeps the others, too, where what is refused cannot be postponed", async () => {
    const { desk, store, clock } = stage();
    const [broken, sound] = [await opened(desk), await opened(desk)];
    const lost = async () => {
      throw new Error("no more room");
    };
    const frail: typeof store = {
      ...store,
      claimDue: async (request) =>
        (await store.claimDue(request)).map((due) => (due.id === broken ? { ...due, id: "nobody" } : due)),
      postpone: lost,
    };
    clock.forward(2 * day + 1);
    await expect(createServiceDesk({ store: frail, clock: clock.now }).sweep()).rejects.toThrow("no more room");
    expect(unwrap(await desk.complaints.get(sound)).level).toBe(2);
  });

  it("indexes anew what was woken too early", async () => {
    const { desk, clock } = stage();
    const strict = { complaint: { received: { hours: 1 } } };
    unwrap(await desk.policies.adopt(deadlines.version({ id: "d", version: 1, from: start, body: strict })));
    const id = await opened(desk);
    const lax = { complaint: { received: { days: 1 } } };
    const later = deadlines.version({ id: "d", version: 2, from: start, body: lax });
    unwrap(await desk.policies.adopt(later, { reindex: false }));
    clock.forward(hour);
    expect(await desk.sweep()).toEqual({ swept: 0, early: 1, refused: [] });
    expect(await desk.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
    clock.forward(day - hour);
    expect(await desk.sweep()).toEqual({ swept: 1, early: 0, refused: [] });
    const said = { type: "complaint.lapsed", at: clock.now() };
    expect(unwrap(await desk.complaints.timeline(id)).items[1]).toMatchObject(said);
  });

  it("that loses to a command leaves the record to it", async () => {
    const { desk, store, clock } = stage();
    const id = await opened(desk);
    clock.forward(2 * day + 1);
    let n = 0;
    const slow = createServiceDesk({
      clock: clock.now,
      attempts: 2,
      pause: async () => undefined,
      store: atTheEnd(store, async () => {
        const command = { type: "note", input: { text: `${++n}` } } as const;
        unwrap(await desk.complaints.execute({ id, command, actor: ann }));
      }),
    });
    expect(await slow.sweep()).toMatchObject({ swept: 0 });
    const types = unwrap(await desk.complaints.timeline(id)).items.map((e) => e.type);
    expect(types.filter((t) => t === "complaint.breached")).toHaveLength(1);
    clock.forward(7 * day);
    expect(await desk.sweep()).toMatchObject({ swept: 1 });
  });

  it("refuses options that are none", async () => {
    const { desk } = stage();
    for (const options of [null, 5, { limit: 0 }, { limit: Number.NaN }, { leaseMs: -1 }, { leaseMs: "1" }])
      await expect(desk.sweep(options as never)).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
  });
});
