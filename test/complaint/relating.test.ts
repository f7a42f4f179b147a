import { type MemoryTransaction, memoryStore, type Store } from "clientele";
import { describe, expect, it } from "vitest";
import { unwrap } from "../../src/kernel/result.js";
import { stage, start } from "../desk/stage.js";
import { ann, carl, robot } from "../given.js";
import { counter, house, story } from "./given.js";

type Told = Awaited<ReturnType<typeof counter>>;
const open = async (told: Told, many: number, input: object = {}) => {
  const ids: string[] = [];
  for (let i = 0; i < many; i++) ids.push(await told.opens(input));
  return ids as [string, string, string, string];
};
/** A store that refuses to write a complaint, when it is told to. */
function failing() {
  const store = memoryStore();
  const state = { fails: (_: string): boolean => false };
  const made: Store<MemoryTransaction> = {
    ...store,
    transaction: (work, options) =>
      store.transaction(
        (unit) =>
          work({
            ...unit,
            of: (kind) => ({
              ...unit.of(kind),
              put: async (...put) => {
                if (kind === "complaint" && state.fails(put[0].id)) throw new Error("the disk is full");
                return unit.of(kind).put(...put);
              },
            }),
          }),
        options,
      ),
  };
  return { store: made, state };
}

describe("merging", () => {
  it("closes the one and is known to the other, in one unit of work, as the reaction's doing", async () => {
    const told = await counter();
    const [first, again] = await open(told, 2);
    const events = await told.does(again, "merge", { into: first });
    expect(events).toHaveLength(2);
    expect(await told.get(again)).toMatchObject({ state: "merged", mergedInto: first });
    expect((await told.get(first)).links).toEqual([{ id: again, as: "merged" }]);
    const absorbed = unwrap(await told.desk.complaints.timeline(first)).items.at(-1)!;
    expect(absorbed).toMatchObject({
      type: "complaint.absorbed",
      data: { id: again },
      actor: { kind: "system", id: "absorbing" },
      cause: events[0],
      correlation: events[0],
    });
  });

  it("is whole or not at all, where the other cannot be written", async () => {
    const { store, state } = failing();
    const told = await counter(undefined, { store });
    const [first, again] = await open(told, 2);
    state.fails = (id) => id === first;
    await expect(told.does(again, "merge", { into: first })).rejects.toThrow("the disk is full");
    state.fails = () => false;
    expect([(await told.get(again)).state, await told.types(again)]).toEqual(["received", ["opened"]]);
    expect(await told.types(first)).toEqual(["opened"]);
  });

  it("case 38: goes on along a chain, which leads to the last of it", async () => {
    const told = await counter();
    const [a, b, c, d] = await open(told, 4);
    await told.does(a, "merge", { into: b });
    await told.does(b, "merge", { into: c });
    await told.does(c, "merge", { into: d });
    const seen: string[] = [];
    for (let id: string | undefined = a; id !== undefined; id = (await told.get(id)).mergedInto) seen.push(id);
    expect(seen).toEqual([a, b, c, d]);
    expect((await told.get(d)).state).toBe("received");
  });

  it("case 38: is refused into what went on in another, so that no circle closes, however long", async () => {
    const told = await counter();
    const [a, b, c] = await open(told, 3);
    await told.does(a, "merge", { into: b });
    await told.does(b, "merge", { into: c });
    for (const into of [a, b])
      expect(await told.mayNot(c, "merge", { into })).toMatchObject({
        code: "REACTION_REFUSED",
        reaction: "absorbing",
        because: { code: "WRONG_STATE", state: "merged", command: "absorb" },
      });
    expect(await told.types(c)).toEqual(["opened", "absorbed"]);
    expect(await told.mayNot(c, "merge", { into: c })).toMatchObject({ denials: [{ code: "SAME_COMPLAINT" }] });
  });

  it.each([
    ["withdrawn", (told: Told, id: string) => told.does(id, "withdraw", { words: "never mind" })],
    [
      "rejected",
      (told: Told, id: string) =>
        told.does(id, "reject", { reason: "x" }, { kind: "staff", id: "boss", roles: ["manager"] }),
    ],
  ])("is refused into one that is closed: %s", async (state, close) => {
    const told = await counter();
    const [into, id] = await open(told, 2);
    await close(told, into);
    expect(await told.mayNot(id, "merge", { into })).toMatchObject({ because: { code: "WRONG_STATE", state } });
    expect((await told.get(id)).state).toBe("received");
  });

  it("is refused into another customer's, nobody's, or none at all", async () => {
    const told = await counter();
    const mine = await told.opens();
    const hers = await told.opens({ customerId: "c-8" });
    const nobodys = await told.opens({ customerId: undefined });
    for (const [id, into] of [
      [mine, hers],
      [mine, nobodys],
      [nobodys, mine],
    ] as const) {
      expect(await told.mayNot(id, "merge", { into })).toMatchObject({
        because: { denials: [{ code: "OTHER_CUSTOMER" }] },
      });
      expect((await told.get(id)).state).toBe("received");
    }
    expect(await told.mayNot(mine, "merge", { into: "nothing" })).toMatchObject({
      code: "REACTION_REFUSED",
      because: { code: "NOT_FOUND", subject: "nothing" },
    });
    const another = await told.opens({ customerId: undefined });
    await told.does(nobodys, "merge", { into: another });
    expect((await told.get(nobodys)).state).toBe("merged");
  });

  it("case 38: stops the clocks for good, whatever was due; the one that goes on goes up alone", async () => {
    const told = await counter();
    const [first, again] = await open(told, 2);
    told.clock.forward(3_600_000);
    await told.does(again, "merge", { into: first });
    const stopped = unwrap(await told.desk.complaints.clocks(again)).filter((one) => one.clock === "resolution");
    expect(stopped).toMatchObject([{ state: "stopped", verdict: "on time" }]);
    await told.sweptAfter(100);
    expect(await told.types(again)).toEqual(["opened", "merged"]);
    expect((await told.get(again)).level).toBe(1);
    expect((await told.get(first)).level).toBe(3);
  });

  it("may come in a pause, of either", async () => {
    const told = await counter();
    const [first, again] = await open(told, 2);
    for (const id of [first, again]) await told.does(id, "wait_for_customer", { question: "Which?" });
    await told.does(again, "merge", { into: first });
    expect((await told.get(again)).state).toBe("merged");
    expect(await told.get(first)).toMatchObject({
      state: "waiting_for_customer",
      stay: { back: { state: "received" } },
      links: [{ id: again, as: "merged" }],
    });
  });

  it("is never undone: not by reopening, not by taking the link away", async () => {
    const told = await counter();
    const [first, again] = await open(told, 2);
    await told.does(again, "merge", { into: first });
    for (const actor of [ann, carl])
      expect(await told.mayNot(again, "reopen", { reason: "still" }, actor)).toMatchObject({
        denials: [{ code: "MERGED", message: first }],
      });
    expect(await told.mayNot(first, "unrelate", { id: again })).toMatchObject({
      denials: [{ code: "MERGED", message: again }],
    });
    // It can still be learnt from.
    await told.does(again, "find", { cause: "seal" });
    expect((await told.get(again)).cause).toBe("seal");
  });

  it("is the house's to decide, and nobody takes in by hand", async () => {
    const told = await counter();
    const [first, again] = await open(told, 2);
    expect((await told.mayNot(again, "merge", { into: first }, carl)).code).toBe("NOT_PERMITTED");
    expect((await told.mayNot(first, "absorb", { id: again, customerId: "c-7" })).code).toBe("NOT_PERMITTED");
  });

  it("is refused into one that has as many links as it can hold", async () => {
    const told = await counter();
    const links = Array.from({ length: 100 }, (_, i) => ({ id: `other-${i}`, as: "related" }));
    const [full, id] = [await told.opens({ links }), await told.opens()];
    expect(await told.mayNot(id, "merge", { into: full })).toMatchObject({
      because: { denials: [{ code: "TOO_MANY_LINKS" }] },
    });
    await told.does(full, "unrelate", { id: "other-7" });
    await told.does(id, "merge", { into: full });
    expect((await told.get(full)).links).toHaveLength(100);
  });
});

describe("splitting", () => {
  const part = { summary: "And the driver was rude", subject: "tour-9" };

  it("receives the part as a complaint of its own, of the same customer, in the same unit of work", async () => {
    const told = await counter();
    const facts = { orderId: "o-5", channel: "phone", grade: "A", severity: "high" } as const;
    const id = await told.opens({ ...facts, wish: "A new one", subject: "fridge-9", attachments: ["photo"] });
    await told.does(id, "assign", { ownerId: "ann" });
    await told.does(id, "escalate", { reason: "press" });
    const events = await told.does(id, "split", part);
    expect(events).toHaveLength(2);
    const [made, ...none] = unwrap(await told.desk.complaints.find({ where: { subject: "tour-9" } })).items;
    expect(none).toEqual([]);
    expect(made).toMatchObject({
      ...facts,
      ...part,
      customerId: "c-7",
      state: "received",
      links: [{ id, as: "split from" }],
      // It begins anew: nobody owns it, nobody has looked at it.
      level: 1,
      ownerId: null,
      nature: null,
      wish: null,
    });
    expect(made).not.toHaveProperty("attachments");
    const [opened] = unwrap(await told.desk.complaints.timeline(made!.id)).items;
    expect(opened).toMatchObject({ actor: { kind: "system", id: "splitting" }, cause: events[0] });
    // The part is no less the customer's for having been split off by staff.
    expect(await told.does(made!.id, "withdraw", {}, carl)).toHaveLength(1);
  });

  it("is whole or not at all", async () => {
    const { store, state } = failing();
    const told = await counter(undefined, { store });
    const id = await told.opens();
    state.fails = (other) => other !== id;
    await expect(told.does(id, "split", part)).rejects.toThrow("the disk is full");
    state.fails = () => false;
    expect(await told.types(id)).toEqual(["opened"]);
    expect(unwrap(await told.desk.complaints.find()).items).toHaveLength(1);
  });

  it("makes one part however often the same request comes", async () => {
    const told = await counter();
    const id = await told.opens();
    const request = { id, command: { type: "split", input: part }, actor: ann, commandId: "split-1" } as const;
    const done = unwrap(await told.desk.complaints.execute(request));
    expect(unwrap(await told.desk.complaints.execute(request))).toMatchObject({ events: done.events, replayed: true });
    expect(unwrap(await told.desk.complaints.find()).items).toHaveLength(2);
    // Another request makes another part.
    await told.does(id, "split", part);
    expect(unwrap(await told.desk.complaints.find()).items).toHaveLength(3);
  });

  it("is possible of nobody's complaint and in a pause, and not by customers or after the end", async () => {
    const told = await counter();
    const id = await told.opens({ customerId: undefined });
    await told.does(id, "wait_for_third_party", { party: "acme", question: "?" });
    await told.does(id, "split", part);
    const [made] = unwrap(await told.desk.complaints.find({ where: { subject: "tour-9" } })).items;
    expect(made).toMatchObject({ customerId: null, state: "received" });
    const mine = await told.opens();
    expect((await told.mayNot(mine, "split", part, carl)).code).toBe("NOT_PERMITTED");
    await told.does(mine, "withdraw", { words: "never mind" });
    expect((await told.mayNot(mine, "split", part)).code).toBe("WRONG_STATE");
  });
});

describe("links", () => {
  it("are kept in the order in which they came, each complaint once", () => {
    const told = story()
      .does(ann, "relate", { id: "c-2", as: "related" })
      .does(robot, "relate", { id: "c-3", as: "continues" });
    told.does(ann, "relate", { id: "c-2", as: "split from" });
    expect(told.record.links).toEqual([
      { id: "c-3", as: "continues" },
      { id: "c-2", as: "split from" },
    ]);
    told.does(ann, "unrelate", { id: "c-3" });
    expect(told.record.links).toEqual([{ id: "c-2", as: "split from" }]);
    expect(told.types().slice(-1)).toEqual(["unlinked"]);
  });

  it("lead to others, and merge nothing", () => {
    const told = story();
    expect(told.denied(ann, "relate", { id: "c-1", as: "related" })).toEqual(["SAME_COMPLAINT"]);
    expect(told.denied(ann, "relate", { id: "c-2", as: "merged" })).toEqual(["MERGE_IT"]);
    expect(told.mayNot(ann, "unrelate", { id: "c-2" })).toEqual({
      code: "DENIED",
      denials: [{ code: "NOT_LINKED", message: "c-2" }],
    });
    expect(told.mayNot(carl, "relate", { id: "c-2", as: "related" }).code).toBe("NOT_PERMITTED");
  });

  it("are a hundred at most", () => {
    const links = Array.from({ length: 99 }, (_, i) => ({ id: `other-${i}`, as: "related" as const }));
    const told = story({ links }).does(ann, "relate", { id: "c-2", as: "related" });
    expect(told.denied(ann, "relate", { id: "c-3", as: "related" })).toEqual(["TOO_MANY_LINKS"]);
    expect(told.record.links).toHaveLength(100);
  });

  it("go on after the end, when what belongs together is found", () => {
    const told = story().does(carl, "withdraw").does(ann, "relate", { id: "c-2", as: "related" });
    expect(told.record).toMatchObject({ state: "withdrawn", links: [{ id: "c-2", as: "related" }] });
  });

  it("case 34: after the window a complaint goes on in a new one that is linked to it", async () => {
    const { desk, clock } = stage();
    unwrap(await desk.policies.adopt(house({ reopenDays: 10 }, 1, start)));
    const open = (input: object) =>
      desk.complaints.open({ input: { customerId: "c-7", summary: "It is late", ...input }, actor: ann });
    const old = unwrap(await open({})).id;
    unwrap(await desk.complaints.execute({ id: old, command: { type: "withdraw" }, actor: carl }));
    clock.forward(11 * 86_400_000);
    const again = { id: old, command: { type: "reopen", input: { reason: "Late again" } }, actor: carl } as const;
    expect(await desk.complaints.execute(again)).toMatchObject({
      error: { denials: [{ code: "REOPEN_WINDOW_OVER" }] },
    });
    const next = unwrap(await open({ repeatOf: old, links: [{ id: old, as: "continues" }] })).id;
    expect(unwrap(await desk.complaints.get(next))).toMatchObject({
      repeatOf: old,
      links: [{ id: old, as: "continues" }],
    });
  });
});
