// The invariants find what they are there to find: each is shown a memory store that has gone wrong in one way.
import { expect, test } from "vitest";
import { createServiceRules, memoryStore, type Store } from "../../src/index.js";
import { broken } from "./invariants.js";
import type { Entry } from "./ledger.js";
import { deskOn, give, relayTo } from "./load.js";

const now = "2026-03-02T09:00:00.000Z";
const tenant = "main";

function journalOf() {
  const entries: Entry[] = [];
  return { say: (entry: Entry) => void entries.push(entry), read: () => entries, entries };
}

/** Two complaints, of which one has two notes, delivered to a consumer but for the last. */
async function scene(on: (store: Store<any>) => Store<any> = (store) => store) {
  const store = on(memoryStore());
  const journal = journalOf();
  const desk = deskOn(store, () => now);
  const id = (await give(desk, journal, "one", { open: "c-1" }))!;
  await give(desk, journal, "two", { open: "c-2" });
  await give(desk, journal, "three", { note: id });
  await relayTo(desk, journal, "mail", 60_000);
  await give(desk, journal, "four", { note: id });
  return { store, journal, id, find: () => broken(store, createServiceRules(), journal) };
}
type Unit = Parameters<Parameters<Store<any>["transaction"]>[0]>[0];

/** A store whose units of work are not quite what they should be. */
const spoiling =
  (spoil: (unit: Unit) => Partial<Unit>) =>
  (store: Store<any>): Store<any> => ({
    ...store,
    transaction: (work, options) => store.transaction((unit) => work({ ...unit, ...spoil(unit) }), options),
  });

test("a sound store is found sound", async () => {
  expect(await (await scene()).find()).toEqual([]);
});

test("a command that was acknowledged and is nowhere is lost", async () => {
  const { journal, find } = await scene();
  journal.say({ begun: "five", order: { note: "x" } });
  journal.say({ done: "five", id: "x", version: 9, events: ["main/complaint/x/9"] });
  expect(await find()).toEqual(["five was acknowledged and has no receipt", "five was acknowledged and is lost"]);
});

test("a command without an answer need not be there", async () => {
  const { journal, find } = await scene();
  journal.say({ begun: "five", order: { note: "x" } });
  expect(await find()).toEqual([]);
});

test("a command that was done twice is found", async () => {
  const { store, id, find } = await scene();
  await deskOn(store, () => now).complaints.execute({
    id,
    command: { type: "note", input: { text: "three" } },
    actor: { kind: "staff", id: "ann" },
  });
  expect(await find()).toEqual(["three was done 2 times"]);
});

test("what nobody has asked for is found", async () => {
  const { store, find } = await scene();
  await give(
    deskOn(store, () => now),
    journalOf(),
    "ghost",
    { open: "c-3" },
  );
  expect(await find()).toEqual(['"ghost" was done, and nobody has asked for it']);
});

test("an answer other than the receipt is found", async () => {
  const { journal, id, find } = await scene();
  journal.say({ done: "four", id, version: 4, events: [`main/complaint/${id}/4`] });
  expect(await find()).toEqual(["four was answered otherwise than its receipt"]);
});

test("a record that is not the fold of its events is found", async () => {
  const { id, find } = await scene(
    spoiling((unit) => ({
      of: (kind) => {
        const repository = unit.of(kind);
        return {
          ...repository,
          put: (value, ...rest) => repository.put({ ...value, summary: "else" } as never, ...rest),
        };
      },
    })),
  );
  expect(await find()).toContain(`complaint/${id} is not the fold of its events`);
});

test("events without a record are found", async () => {
  const { store, id, journal } = await scene();
  const hidden = spoiling((unit) => ({ of: (kind) => ({ ...unit.of(kind), find: async () => ({ items: [] }) }) }));
  expect(await broken(hidden(store), createServiceRules(), journal)).toContain(
    `complaint/${id} has events and no record`,
  );
});

test("a record that is behind its events is found", async () => {
  const { store, id, find } = await scene();
  await store.transaction(
    async (unit) => {
      const [last] = await unit.events.read({ kind: "complaint", id }, { afterVersion: 2, limit: 1 });
      await unit.events.append([{ event: { ...last!, id: `main/complaint/${id}/4`, version: 4 }, personal: [] }]);
    },
    { tenant },
  );
  expect(await find()).toContain(`complaint/${id} is at version 3, its log at 4`);
});

test("a receipt for an event that is not there is found", async () => {
  const { store, journal, find } = await scene();
  const receipt = { hash: "h", id: "x", version: 1, events: ["main/complaint/x/1"], expiresAt: null };
  await store.transaction((unit) => unit.receipts.put("half", receipt, now), { tenant });
  journal.say({ begun: "half", order: { note: "x" } });
  expect(await find()).toEqual(["half has a receipt for main/complaint/x/1, which is not in the log"]);
});

test("a delivery again is no fault", async () => {
  const { journal, id, find } = await scene();
  const stream = `complaint/${id}`;
  journal.say({ given: `main/${stream}/1`, consumer: "mail", stream, version: 1 });
  expect(await find()).toEqual([]);
});

test("a first delivery out of order is found", async () => {
  const { journal, id, find } = await scene();
  const stream = `complaint/${id}`;
  journal.say({ given: `main/${stream}/3`, consumer: "audit", stream, version: 3 });
  expect(await find()).toContain(`audit first had ${stream} in the order 3 1 2`);
});

test("what is never delivered is found", async () => {
  const { store, journal, id } = await scene();
  const silent: Store<any> = {
    ...store,
    outbox: {
      ...store.outbox,
      claim: async (asked) => (asked.consumer === "mail" ? [] : store.outbox.claim(asked)),
    },
  };
  const found = await broken(silent, createServiceRules(), journal);
  expect(found).toEqual([
    "mail cannot get at 1 events (0 streams are halted)",
    `mail had 2 of 3 events of complaint/${id}`,
  ]);
});

test("a lease that never ends is found, and one that two have", async () => {
  const { store, journal } = await scene();
  const due = await store.claimDue({ now: "2990-01-01T00:00:00.000Z", leaseUntil: now, limit: 9 });
  const claiming = (claimDue: Store<any>["claimDue"]) => broken({ ...store, claimDue }, createServiceRules(), journal);
  expect(await claiming(async () => [])).toContain("of 2 records 0 could be claimed after every lease");
  expect(await claiming(async () => due)).toContain("of 2 records 4 could be claimed after every lease");
});

test("what was refused and what must not happen are told", async () => {
  const { journal, find } = await scene();
  journal.say({ refused: "five", why: "no" });
  journal.say({ fault: "it ended by itself" });
  expect(await find()).toEqual(["it ended by itself", "five was refused: no"]);
});
