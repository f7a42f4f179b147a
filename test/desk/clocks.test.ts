import {
  clockHistory,
  createServiceDesk,
  type Instant,
  type Policy,
  policyBook,
  type ServiceLevels,
  type Store,
  serviceLevels,
  type TargetRow,
  unwrap,
  workingHours,
} from "clientele";
import { describe, expect, it } from "vitest";
import { ann, boss, customer, day, hour, opened, stage, start } from "./stage.js";

type Desk = ReturnType<typeof stage>["desk"];
const hours = (n: number, more: Partial<TargetRow> = {}): TargetRow => ({
  clock: "acknowledge",
  within: { elapsed: { hours: n } },
  ...more,
});
const levels = (rows: readonly TargetRow[], more: Partial<ServiceLevels> = {}, version = 1, from: Instant = start) =>
  serviceLevels.version({ id: "house", version, from, body: { ...more, targets: { complaint: rows } } });
const office = ["09:00-17:00"];
const week = { mon: office, tue: office, wed: office, thu: office, fri: office };
const hq = (version = 1, from: Instant = start, holidays: readonly string[] = []) =>
  workingHours.version({ id: "hq", version, from, body: { zone: "UTC", week, holidays } });
const working = (n: number) =>
  levels([{ clock: "acknowledge", within: { working: { hours: n } } }], { calendar: "hq" });

const told = async (desk: Desk, id: string) =>
  unwrap(await desk.complaints.timeline(id)).items.map((e) => [e.type.replace("complaint.", ""), e.at]);
const acknowledging = async (desk: Desk, id: string) =>
  unwrap(await desk.complaints.clocks(id)).find((c) => c.clock === "acknowledge")!;
const refusal = (answer: { readonly ok: boolean; readonly error?: unknown }) => answer.error;
const up = { id: "up", at: { percent: 100 }, escalates: true } as const;

/** A store that gives up when it is told to. */
const dying = <Tx>(store: Store<Tx>, lives: () => boolean): Store<Tx> => ({
  ...store,
  transaction: (work, options) => {
    if (!lives()) throw new Error("the line is dead");
    return store.transaction(work, options);
  },
});

describe("adopting service levels", () => {
  it("takes the calendars that they name first", async () => {
    const { desk, clock } = stage();
    const unknown = { code: "UNKNOWN_REFERENCE", subject: "policy calendar/hq" };
    expect(refusal(await desk.policies.adopt(working(4)))).toEqual(unknown);
    expect(refusal(await desk.policies.adopt(levels([hours(4, { calendar: "hq" })])))).toEqual(unknown);
    unwrap(await desk.tenant("acme").policies.adopt(hq()));
    expect(refusal(await desk.policies.adopt(working(4)))).toEqual(unknown);
    // In force only after what names it.
    unwrap(await desk.policies.adopt(hq(2, clock.after(day))));
    expect(refusal(await desk.policies.adopt(working(4)))).toEqual(unknown);
    unwrap(await desk.policies.adopt(hq()));
    unwrap(await desk.policies.adopt(working(4)));
    expect(unwrap(await desk.policies.inForce("service-level"))).toEqual(working(4));
  });

  it("knows the clocks of every kind by name", async () => {
    const { desk } = stage();
    expect(refusal(await desk.policies.adopt(levels([hours(4, { clock: "reply" })])))).toEqual({
      code: "UNKNOWN_REFERENCE",
      subject: "clock complaint/reply",
    });
    const elsewhere = serviceLevels.version({
      id: "house",
      version: 1,
      from: start,
      body: { targets: { "follow-up": [hours(4)] } },
    });
    expect(refusal(await desk.policies.adopt(elsewhere))).toMatchObject({ code: "UNKNOWN_REFERENCE" });
  });

  it("refuses data that promise nothing that can be measured", async () => {
    const { desk } = stage();
    const good = levels([hours(4)]);
    for (const [body, path] of [
      [{ targets: { complaint: [{ clock: "acknowledge", within: { working: { hours: 1 } } }] } }, "calendar"],
      [{ targets: { complaint: [{ clock: "acknowledge", within: { elapsed: { hours: -1 } } }] } }, "within"],
      [{ targets: { complaint: [{ clock: "acknowledge", within: { elapsed: { days: 1 } } }] } }, "within"],
      [{ targets: { complaint: [{ clock: "acknowledge" }] } }, "within"],
      [{ targets: { complaint: [hours(4, { levels: [up, up] })] } }, "levels"],
      [{ targets: { complaint: [hours(4, { levels: [{ id: "x", at: { percent: 0 } }] })] } }, "levels"],
      [{ targets: { complaint: [hours(4, { when: { severity: [] } })] } }, "when"],
      [{ targets: {}, calendarVersion: "newest" }, "calendarVersion"],
    ] as const) {
      const refused = refusal(await desk.policies.adopt({ ...good, hash: undefined, body } as never));
      expect(refused).toMatchObject({ code: "INVALID_INPUT" });
      expect(JSON.stringify(refused)).toContain(path);
    }
  });
});

describe("the next wake-up", () => {
  it("comes sooner under a harder version, and nobody has to ask for it", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    unwrap(await desk.policies.adopt(levels([hours(4, { levels: [up] })])));
    clock.forward(4 * hour);
    expect(await desk.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
    clock.forward(1);
    expect(await desk.sweep()).toEqual({ swept: 1, early: 0, refused: [] });
    expect(await told(desk, id)).toEqual([
      ["opened", start],
      ["breached", "2026-01-05T13:00:00.000Z"],
      ["escalated", "2026-01-05T13:00:00.000Z"],
    ]);
  });

  it("comes later under an easier one", async () => {
    const { desk, clock } = stage();
    await opened(desk);
    unwrap(await desk.policies.adopt(levels([hours(100)])));
    clock.forward(48 * hour + 1);
    expect(await desk.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
    clock.forward(52 * hour);
    expect(await desk.sweep()).toEqual({ swept: 1, early: 0, refused: [] });
  });

  it("moves with a calendar, too", async () => {
    const { desk, clock } = stage();
    for (const policy of [hq(), working(12)]) unwrap(await desk.policies.adopt(policy));
    const id = await opened(desk);
    expect((await acknowledging(desk, id)).due).toBe("2026-01-06T13:00:00.000Z");
    clock.forward(hour);
    unwrap(await desk.policies.adopt(hq(2, clock.now(), ["2026-01-06"])));
    expect(await acknowledging(desk, id)).toMatchObject({
      due: "2026-01-07T13:00:00.000Z",
      calendar: { id: "hq", version: 2 },
    });
    clock.forward(day + 4 * hour);
    expect(await desk.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
    clock.forward(day);
    expect(await desk.sweep()).toEqual({ swept: 1, early: 0, refused: [] });
  });

  it("is the host's to rebuild where it says so; what passed is then dated when it did", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    unwrap(await desk.policies.adopt(levels([hours(4)]), { reindex: false }));
    clock.forward(30 * hour);
    expect(await desk.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
    unwrap(await desk.reindex());
    expect(await desk.sweep()).toEqual({ swept: 1, early: 0, refused: [] });
    expect((await told(desk, id)).at(-1)).toEqual(["breached", "2026-01-05T13:00:00.000Z"]);
  });

  it("is known beforehand of a version that comes in force later", async () => {
    const { desk, clock } = stage();
    unwrap(await desk.policies.adopt(levels([hours(4)], {}, 2, clock.after(10 * hour))));
    const id = await opened(desk);
    clock.forward(10 * hour);
    expect(await desk.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
    expect((await acknowledging(desk, id)).policy).toMatchObject({ version: 2 });
    clock.forward(1);
    expect(await desk.sweep()).toEqual({ swept: 1, early: 0, refused: [] });
    expect((await told(desk, id)).at(-1)).toEqual(["breached", "2026-01-05T19:00:00.000Z"]);
    expect(await acknowledging(desk, id)).toMatchObject({
      due: "2026-01-05T13:00:00.000Z",
      breachedAt: "2026-01-05T19:00:00.000Z",
    });
  });

  it("is rebuilt to the end when a version is adopted again after that was broken off", async () => {
    const { desk, store, clock } = stage();
    const ids: string[] = [];
    for (let i = 0; i < 450; i++) ids.push(await opened(desk));
    let left = Number.POSITIVE_INFINITY;
    const failing = createServiceDesk({ clock: clock.now, store: dying(store, () => left-- > 0) });
    left = 3;
    await expect(failing.policies.adopt(levels([hours(4)]))).rejects.toThrow("the line is dead");
    expect(unwrap(await desk.policies.inForce("service-level"))).toEqual(levels([hours(4)]));
    left = Number.POSITIVE_INFINITY;
    unwrap(await failing.policies.adopt(levels([hours(4)])));
    clock.forward(4 * hour + 1);
    expect(await desk.sweep({ limit: 1000 })).toEqual({ swept: 450, early: 0, refused: [] });
  });
});

describe("a sweep", () => {
  const strict = levels([
    hours(10, {
      levels: [
        { id: "half", at: { percent: 50 } },
        up,
        { id: "late", at: { after: { elapsed: { hours: 5 } } }, escalates: true },
      ],
    }),
  ]);

  it("says everything when it came true, however late it comes and however often", async () => {
    const logs: unknown[] = [];
    for (const steps of [[5 * day], Array.from({ length: 240 }, () => hour / 2)]) {
      const { desk, clock } = stage();
      unwrap(await desk.policies.adopt(strict));
      const id = await opened(desk);
      for (const step of steps) {
        clock.forward(step);
        await desk.sweep();
      }
      logs.push(await told(desk, id));
    }
    expect(logs[0]).toEqual(logs[1]);
    expect(logs[0]).toEqual([
      ["opened", start],
      ["warned", "2026-01-05T14:00:00.000Z"],
      ["breached", "2026-01-05T19:00:00.000Z"],
      ["escalated", "2026-01-05T19:00:00.000Z"],
      ["escalated", "2026-01-06T00:00:00.000Z"],
    ]);
  });

  it("says it once, however many sweep", async () => {
    const { desk, store, clock } = stage();
    unwrap(await desk.policies.adopt(strict));
    const ids = await Promise.all(Array.from({ length: 12 }, () => opened(desk)));
    const sweepers = Array.from({ length: 4 }, () => createServiceDesk({ store, clock: clock.now }));
    clock.forward(2 * day);
    const reports = await Promise.all(sweepers.map((one) => one.sweep({ limit: 5 })));
    expect(reports.reduce((sum, r) => sum + r.swept, 0)).toBe(12);
    for (const id of ids) expect((await told(desk, id)).map(([type]) => type)).toHaveLength(5);
  });

  it("that a command was faster than finds nothing left to say", async () => {
    const { desk, clock } = stage();
    unwrap(await desk.policies.adopt(strict));
    const id = await opened(desk);
    clock.forward(12 * hour);
    unwrap(await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann }));
    expect((await told(desk, id)).map(([type]) => type)).toEqual([
      "opened",
      "warned",
      "breached",
      "escalated",
      "acknowledged",
    ]);
    clock.forward(3 * day);
    expect(await desk.sweep()).toEqual({ swept: 0, early: 0, refused: [] });
  });
});

describe("what a desk shows of the clocks of a record", () => {
  it("needs no sweep before it, and is what its log says", async () => {
    const { desk, clock } = stage();
    unwrap(await desk.policies.adopt(hq()));
    const rows = [hours(4), { clock: "resolution", within: { workingDays: 3 }, endOfDay: true } as const];
    unwrap(await desk.policies.adopt(levels(rows, { calendar: "hq" })));
    const id = await opened(desk);
    clock.forward(3 * hour);
    const question = { type: "wait_for_customer", input: { question: "Which one?" } } as const;
    unwrap(await desk.complaints.execute({ id, command: question, actor: ann }));
    clock.forward(20 * day);
    const shown = unwrap(await desk.complaints.clocks(id));
    const { items } = unwrap(await desk.complaints.timeline(id));
    const policies: Policy[] = [hq(), levels(rows, { calendar: "hq" })];
    const context = { now: clock.now(), zone: "UTC", actor: ann, seed: "", book: policyBook(policies) };
    expect(unwrap(clockHistory(desk.rules.complaints, items, context))).toEqual(shown);
    await desk.sweep();
    expect(unwrap(await desk.complaints.clocks(id))).toEqual(shown);
    expect(shown.map((c) => [c.clock, c.state, c.calendar?.id])).toEqual([
      ["acknowledge", "running", undefined],
      ["first_response", "cancelled", undefined],
      ["next_response", "cancelled", undefined],
      ["promise", "cancelled", undefined],
      ["resolution", "running", "hq"],
      ["update", "cancelled", undefined],
      ["visit", "cancelled", undefined],
    ]);
  });

  it("is refused for what is not there", async () => {
    const { desk } = stage();
    expect(refusal(await desk.complaints.clocks("nobody"))).toEqual({ code: "NOT_FOUND", subject: "nobody" });
    expect(refusal(await desk.complaints.clocks(5 as never))).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("changes when somebody tells of a call that was in time, and the log says since when that is known", async () => {
    const { desk, clock } = stage();
    unwrap(await desk.policies.adopt(levels([hours(4, { clock: "first_response" })])));
    const id = await opened(desk);
    clock.forward(day);
    await desk.sweep();
    const called = { type: "contact", input: { direction: "out", channel: "phone", text: "On our way" } } as const;
    unwrap(await desk.complaints.execute({ id, command: called, actor: boss, at: "2026-01-05T10:00:00.000Z" }));
    const { items } = unwrap(await desk.complaints.timeline(id));
    expect(items.at(-1)).toMatchObject({
      type: "complaint.revised",
      data: { clock: "first_response", from: "late", to: "on time" },
      at: clock.now(),
    });
    const context = {
      now: clock.now(),
      zone: "UTC",
      actor: customer,
      seed: "",
      book: policyBook([levels([hours(4, { clock: "first_response" })])]),
    };
    const retold = unwrap(clockHistory(desk.rules.complaints, items, context))[1]!;
    expect(retold).toMatchObject({ verdict: "on time", revised: { from: "late", at: clock.now() } });
    expect(unwrap(await desk.complaints.clocks(id))[1]).toMatchObject({
      verdict: "on time",
      stoppedAt: "2026-01-05T10:00:00.000Z",
    });
  });

  it("counts for cases that were taken in with their dates", async () => {
    const { desk, clock } = stage();
    unwrap(await desk.policies.adopt(levels([hours(4)], {}, 1, "2025-01-01T00:00:00.000Z")));
    const old = {
      id: "old-1",
      at: "2025-06-02T09:00:00.000Z",
      actor: ann,
      input: { customerId: "c-7", summary: "Old" },
      commands: [{ type: "acknowledge", input: {}, at: "2025-06-02T15:00:00.000Z", actor: ann }] as const,
    };
    for await (const { outcome } of desk.complaints.import([old])) expect(outcome).toBe("imported");
    expect(await told(desk, "old-1")).toEqual([
      ["opened", "2025-06-02T09:00:00.000Z"],
      ["breached", "2025-06-02T13:00:00.000Z"],
      ["acknowledged", "2025-06-02T15:00:00.000Z"],
    ]);
    expect(await acknowledging(desk, "old-1")).toMatchObject({ verdict: "late", late: 2 * hour, revised: null });
    expect(clock.now()).toBe(start);
  });
});
