import { type CommandOf, createServiceDesk, memoryStore, type TokensOf, unwrap } from "clientele";
import { expect, it } from "vitest";
import { ann, boss, counting, handClock, opened } from "./stage.js";

type Given = CommandOf<TokensOf<readonly []>, "complaint">;
const reason = "It came back";
const text = "What the customer said on the phone, in a sentence or two";
/** A round of ten events through notes, pauses, words of the customer, an end and a new beginning. */
const round: readonly Given[] = [
  { type: "note", input: { text } },
  { type: "wait_for_customer", input: { question: "Which model is it?" } },
  { type: "contact", input: { direction: "in", channel: "phone", text } },
  { type: "reply", input: { channel: "email", text } },
  { type: "wait_for_third_party", input: { party: "The forwarder", question: "Where is the parcel?" } },
  { type: "note", input: { text } },
  { type: "resume" },
  { type: "find", input: { cause: "seal", whys: [text], shares: [{ of: "supplier", id: "acme", percent: 100 }] } },
  { type: "withdraw", input: { words: text } },
  { type: "reopen", input: { reason } },
];
/** A clock keeps its last gaps one by one and settles them when they are many, so a record swells and shrinks. */
const rounds = 20;

it("ten thousand events make neither the record nor the next command larger", async () => {
  const clock = handClock();
  const { store, calls } = counting(memoryStore());
  const desk = createServiceDesk({ store, clock: clock.now, newId: () => "c1" });
  const id = await opened(desk);
  const give = async (command: Given, actor = boss) => {
    clock.forward(1000);
    return unwrap(await desk.complaints.execute({ id, command, actor }));
  };
  await give({ type: "acknowledge" });
  await give({ type: "assess", input: { nature: "product", scope: "major", severity: "high" } });
  await give({ type: "investigate" });

  const measure = async () => {
    let widest = 0;
    for (let n = 0; n < rounds; n++) {
      for (const command of round) await give(command);
      widest = Math.max(widest, JSON.stringify(unwrap(await desk.complaints.get(id))).length);
    }
    const before = { ...calls };
    const done = await give({ type: "note", input: { text } }, ann);
    const spent = Object.fromEntries(
      Object.entries(calls).map(([name, n]) => [name, n - before[name as keyof typeof calls]]),
    );
    const last = { after: done.version - rounds * round.length, limit: 1000 };
    const told = unwrap(await desk.complaints.timeline(id, last)).items;
    const events = told.map((event) => JSON.stringify(event).length);
    return { spent, record: widest, event: Math.max(...events), version: done.version };
  };
  const early = await measure();
  for (let n = early.version; n < 10_000; n += round.length) for (const command of round) await give(command);
  const late = await measure();

  expect(late.version).toBeGreaterThan(10_000);
  expect(late.spent).toEqual(early.spent);
  expect(late.spent).toEqual({ transactions: 1, gets: 1, puts: 1, finds: 0, reads: 0, eventsRead: 0, appended: 1 });
  // Only the digits of counters, and of the milliseconds that were settled, grow.
  expect(late.record - early.record).toBeLessThan(40);
  expect(late.event - early.event).toBeLessThan(20);
});
