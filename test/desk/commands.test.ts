import { createServiceDesk, policyRecord, type Result, unwrap } from "clientele";
import { describe, expect, it } from "vitest";
import { ann, atTheEnd, boss, customer, day, fridge, opened, stage } from "./stage.js";

const codeOf = (result: Result<unknown>) => (result.ok ? "accepted" : result.error.code);
const acknowledge = { type: "acknowledge" } as const;
const noting = (text: string) => ({ type: "note", input: { text } }) as const;

describe("an answer", () => {
  it("is a Result and can be taken apart at once", async () => {
    const { desk } = stage();
    const answer = await desk.complaints.open({ input: fridge, actor: ann });
    expect(answer).toEqual({
      ok: true,
      value: { id: "n1", version: 1, events: ["main/complaint/n1/1"], replayed: false },
      id: "n1",
      version: 1,
      events: ["main/complaint/n1/1"],
      replayed: false,
    });
    const { id, ok } = await desk.complaints.execute({ id: "n1", command: acknowledge, actor: ann });
    expect([id, ok]).toEqual(["n1", true]);
    const refused = await desk.complaints.execute({ id: "n1", command: acknowledge, actor: ann });
    expect([refused.id, refused.ok]).toEqual([undefined, false]);
    expect(() => unwrap(refused)).toThrow(expect.objectContaining({ code: "REFUSED" }));
  });

  it("says no with the rules' own reasons, and nothing is kept", async () => {
    const { desk, store } = stage();
    const id = await opened(desk);
    const before = store.dump();
    const cases = [
      [{ id, command: { type: "reject", input: { reason: "no" } }, actor: ann }, "NOT_PERMITTED"],
      [{ id, command: { type: "investigate" }, actor: ann }, "WRONG_STATE"],
      [{ id, command: { type: "fly" }, actor: ann }, "UNKNOWN_COMMAND"],
      [{ id, command: { type: "note", input: { text: "" } }, actor: ann }, "INVALID_INPUT"],
      [{ id, command: { type: "hand_over", input: { to: "bob", reason: "off" } }, actor: ann }, "DENIED"],
      [{ id: "nobody", command: acknowledge, actor: ann }, "NOT_FOUND"],
      [{ id, command: acknowledge, actor: ann, at: "2026-01-05T08:00:00.000Z" }, "BACKDATED"],
      [{ id, command: acknowledge, actor: ann, at: "2026-01-06T08:00:00.000Z" }, "IN_THE_FUTURE"],
      [{ id, command: acknowledge, actor: { kind: "system", id: "clock" } }, "INVALID_INPUT"],
      [{ id, command: acknowledge, actor: { kind: "staff", id: "a\0b" } }, "INVALID_INPUT"],
    ] as const;
    for (const [request, code] of cases)
      expect([request.command.type, codeOf(await desk.complaints.execute(request as never))]).toEqual([
        request.command.type,
        code,
      ]);
    expect(store.dump()).toEqual(before);
  });

  it("records an event as of the instant of the decision, so that only a back-dated one looks so", async () => {
    let ms = 0;
    const { desk } = stage({ clock: () => new Date(Date.UTC(2026, 0, 5) + ++ms).toISOString() });
    const id = await opened(desk);
    await desk.complaints.execute({ id, command: acknowledge, actor: ann });
    const at = "2026-01-04T00:00:00.000Z";
    await desk.complaints.execute({ id, command: noting("He called yesterday"), actor: ann, at });
    const { items } = unwrap(await desk.complaints.timeline(id));
    expect(items.map((e) => e.at < e.recordedAt)).toEqual([false, false, true]);
    expect(items[2]!.at).toBe(at);
  });
});

describe("a command id", () => {
  it("replays the answer of an opening and of a command, also after the desk was opened anew", async () => {
    const { desk, store, clock } = stage();
    const request = { input: fridge, actor: ann, commandId: "open-1" };
    const first = await desk.complaints.open(request);
    const command = { id: first.id!, command: acknowledge, actor: ann, commandId: "ack-1" };
    const done = await desk.complaints.execute(command);
    const again = createServiceDesk({ store, clock: clock.now });
    for (const d of [desk, again]) {
      expect(await d.complaints.open(request)).toMatchObject({ ...first, replayed: true, value: { replayed: true } });
      expect(await d.complaints.execute(command)).toMatchObject({ version: done.version, replayed: true });
    }
    expect(unwrap(await desk.complaints.find()).items).toHaveLength(1);
    expect(unwrap(await desk.complaints.timeline(first.id!)).items).toHaveLength(2);
  });

  it("does not mind the order of the keys of an input", async () => {
    const { desk } = stage();
    const a = await desk.complaints.open({ input: { customerId: "c", summary: "s" }, actor: ann, commandId: "x" });
    const b = await desk.complaints.open({ input: { summary: "s", customerId: "c" }, actor: ann, commandId: "x" });
    expect([a.replayed, b.replayed, b.id]).toEqual([false, true, a.id]);
  });

  it("cannot be used for another body, actor, pin, date, record or opening", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    const other = await opened(desk);
    const base = { id, command: noting("one"), actor: ann, commandId: "k" };
    unwrap(await desk.complaints.execute(base));
    const others = [
      { ...base, command: noting("two") },
      { ...base, command: acknowledge },
      { ...base, actor: boss },
      { ...base, expectedVersion: 1 },
      { ...base, at: "2026-01-05T09:00:00.000Z" },
      { ...base, id: other },
    ];
    for (const request of others) expect(codeOf(await desk.complaints.execute(request))).toBe("COMMAND_REUSED");
    expect(codeOf(await desk.complaints.open({ input: fridge, actor: ann, commandId: "k" }))).toBe("COMMAND_REUSED");
    const tenant = desk.tenant("acme").complaints;
    expect(codeOf(await tenant.open({ input: fridge, actor: ann, commandId: "k" }))).toBe("accepted");
  });

  it("is free again when its receipt has expired, and pruning drops what has", async () => {
    const { desk, clock } = stage({ receiptDays: 2 });
    const id = await opened(desk);
    const request = { id, command: noting("one"), actor: ann, commandId: "k" };
    unwrap(await desk.complaints.execute(request));
    clock.forward(2 * day - 1);
    expect(unwrap(await desk.complaints.execute(request)).replayed).toBe(true);
    expect(await desk.prune()).toBe(0);
    clock.forward(1);
    expect(unwrap(await desk.complaints.execute({ ...request, command: noting("two") })).replayed).toBe(false);
    await desk.complaints.execute({ ...request, commandId: "j" });
    clock.forward(2 * day);
    expect([await desk.prune({ limit: 1 }), await desk.prune(), await desk.prune()]).toEqual([1, 1, 0]);
  });

  it("is kept for ever where that is asked", async () => {
    const { desk, clock } = stage({ receiptDays: null });
    const id = await opened(desk);
    const request = { id, command: noting("one"), actor: ann, commandId: "k" };
    unwrap(await desk.complaints.execute(request));
    clock.forward(20_000 * day);
    expect([await desk.prune(), unwrap(await desk.complaints.execute(request)).replayed]).toEqual([0, true]);
  });

  it("of a refused command is not used up", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    const investigate = { id, command: { type: "investigate" } as const, actor: ann, commandId: "k" };
    expect(codeOf(await desk.complaints.execute(investigate))).toBe("WRONG_STATE");
    expect(codeOf(await desk.complaints.execute({ ...investigate, command: acknowledge }))).toBe("accepted");
  });

  it("given many times at once is carried out once", async () => {
    const { desk, store, clock } = stage();
    const second = createServiceDesk({ store, clock: clock.now });
    const openings = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        (i % 2 ? desk : second).complaints.open({ input: fridge, actor: ann, commandId: "o" }),
      ),
    );
    expect(new Set(openings.map((o) => o.id)).size).toBe(1);
    expect(openings.filter((o) => o.replayed === false)).toHaveLength(1);
    const id = openings[0]!.id!;
    const notes = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        (i % 2 ? desk : second).complaints.execute({ id, command: noting("once"), actor: ann, commandId: "n" }),
      ),
    );
    expect(notes.filter((n) => n.replayed === false)).toHaveLength(1);
    expect(unwrap(await desk.complaints.get(id)).tally.notes).toBe(1);
  });

  it("is refused when it is none, and so is an input that cannot be hashed", async () => {
    const { desk } = stage();
    for (const commandId of ["", 5, null, "x".repeat(201), "a\0"])
      expect(codeOf(await desk.complaints.open({ input: fridge, actor: ann, commandId } as never))).toBe(
        "INVALID_INPUT",
      );
    const input = { ...fridge, more: () => 1 };
    expect(codeOf(await desk.complaints.open({ input, actor: ann, commandId: "k" } as never))).toBe("INVALID_INPUT");
  });
});

describe("a pinned version", () => {
  it("is that of the last command, so that a ticking clock breaks no form", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    const { commandVersion, version } = unwrap(await desk.complaints.get(id));
    clock.forward(3 * day);
    await desk.sweep();
    const later = unwrap(await desk.complaints.get(id));
    expect(later.version).toBeGreaterThan(version);
    expect(later.commandVersion).toBe(commandVersion);
    const pinned = { id, command: acknowledge, actor: ann, expectedVersion: commandVersion };
    expect(codeOf(await desk.complaints.execute(pinned))).toBe("accepted");
    expect(await desk.complaints.execute({ ...pinned, command: noting("late") })).toMatchObject({
      error: { code: "CONFLICT", subject: id },
    });
  });

  it("lets exactly one of two forms through", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    const forms = await Promise.all(
      [ann, boss].map((actor) => desk.complaints.execute({ id, command: noting(actor.id), actor, expectedVersion: 1 })),
    );
    expect(forms.map(codeOf).sort()).toEqual(["CONFLICT", "accepted"]);
  });

  it("must be a whole number", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    for (const expectedVersion of ["1", 1.5, Number.NaN, null])
      expect(
        codeOf(await desk.complaints.execute({ id, command: acknowledge, actor: ann, expectedVersion } as never)),
      ).toBe("INVALID_INPUT");
  });
});

describe("a conflict", () => {
  it("is decided again on fresh state", async () => {
    const { desk, store } = stage();
    const id = await opened(desk);
    let interfered = false;
    const late = createServiceDesk({
      pause: async () => undefined,
      clock: () => "2026-01-05T09:00:00.000Z",
      store: atTheEnd(store, async () => {
        if (interfered) return;
        interfered = true;
        unwrap(await desk.complaints.execute({ id, command: noting("first"), actor: ann }));
      }),
    });
    const done = await late.complaints.execute({ id, command: noting("second"), actor: ann });
    expect(done.version).toBe(3);
    expect(unwrap(await desk.complaints.get(id)).tally.notes).toBe(2);
  });

  it("is answered as one after the last attempt", async () => {
    const { desk, store } = stage();
    const id = await opened(desk);
    let tried = 0;
    const paused: number[] = [];
    const unlucky = createServiceDesk({
      attempts: 4,
      pause: async (attempt) => void paused.push(attempt),
      store: atTheEnd(store, async () => {
        tried++;
        unwrap(await desk.complaints.execute({ id, command: noting("faster"), actor: ann }));
      }),
    });
    expect(await unlucky.complaints.execute({ id, command: noting("slower"), actor: ann })).toEqual({
      ok: false,
      error: { code: "CONFLICT", subject: id },
    });
    expect([tried, paused]).toEqual([4, [1, 2, 3]]);
  });

  it("over a name is got out of by another name", async () => {
    const names = ["a", "a", "b"];
    const { desk } = stage({ newId: () => names.shift()! });
    expect([await opened(desk), await opened(desk)]).toEqual(["a", "b"]);
  });
});

describe("joined work", () => {
  it("is committed with the host's transaction", async () => {
    const { desk, store } = stage();
    const id = await store.transaction(
      async ({ tx }) => {
        const { id } = await desk.complaints.open({ input: fridge, actor: ann, join: tx });
        unwrap(await desk.complaints.execute({ id: id!, command: acknowledge, actor: ann, join: tx }));
        expect(codeOf(await desk.complaints.get(id!))).toBe("NOT_FOUND");
        return id!;
      },
      { tenant: "main" },
    );
    expect(unwrap(await desk.complaints.get(id)).state).toBe("acknowledged");
  });

  it("is rolled back with it, receipt and all", async () => {
    const { desk, store } = stage();
    const id = await opened(desk);
    const request = { id, command: acknowledge, actor: ann, commandId: "k" };
    const broken = store.transaction(
      async ({ tx }) => {
        unwrap(await desk.complaints.execute({ ...request, join: tx }));
        throw new Error("the host's own statement failed");
      },
      { tenant: "main" },
    );
    await expect(broken).rejects.toThrow("the host's own");
    expect(unwrap(await desk.complaints.get(id)).state).toBe("received");
    expect(unwrap(await desk.complaints.execute(request)).replayed).toBe(false);
  });

  it("that is refused leaves the rest of the host's transaction alone", async () => {
    const { desk, store } = stage();
    const id = await opened(desk);
    await store.transaction(
      async ({ tx }) => {
        unwrap(await desk.complaints.execute({ id, command: noting("kept"), actor: ann, join: tx }));
        const no = await desk.complaints.execute({ id, command: { type: "investigate" }, actor: ann, join: tx });
        expect(codeOf(no)).toBe("WRONG_STATE");
      },
      { tenant: "main" },
    );
    expect(unwrap(await desk.complaints.get(id))).toMatchObject({ version: 2, state: "received" });
  });

  it("is never tried again: the conflict is the host's", async () => {
    const { desk, store } = stage();
    const id = await opened(desk);
    const late = store.transaction(
      async ({ tx }) => {
        unwrap(await desk.complaints.execute({ id, command: noting("joined"), actor: ann, join: tx }));
        unwrap(await desk.complaints.execute({ id, command: noting("faster"), actor: ann }));
      },
      { tenant: "main" },
    );
    await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
    expect(unwrap(await desk.complaints.get(id)).tally.notes).toBe(1);
  });

  it("into a transaction that is over is the host's mistake", async () => {
    const { desk, store } = stage();
    const join = await store.transaction(async ({ tx }) => tx, { tenant: "main" });
    await expect(desk.complaints.open({ input: fridge, actor: ann, join })).rejects.toMatchObject({
      code: "UNIT_OVER",
    });
  });
});

describe("what a request carries", () => {
  it("is kept only as far as it belongs to an actor", async () => {
    const { desk } = stage();
    const actor = { ...customer, email: "c7@example.org", roles: [] };
    const { id } = await desk.complaints.open({ input: fridge, actor });
    expect(unwrap(await desk.complaints.timeline(id!)).items[0]!.actor).toEqual({ ...customer, roles: [] });
  });

  it("needs no JSON form where no command id is given, as the schema keeps only what it knows", async () => {
    const { desk } = stage();
    const input: Record<string, unknown> = { ...fridge };
    input["itself"] = input;
    expect(codeOf(await desk.complaints.open({ input, actor: ann } as never))).toBe("accepted");
  });

  it("is refused for the kind of policies, which are adopted", async () => {
    const { desk } = stage();
    const refused = await desk.of(policyRecord).open({ input: { policy: {} as never }, actor: ann });
    expect(codeOf(refused)).toBe("INVALID_INPUT");
  });
});
