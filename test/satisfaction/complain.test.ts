import {
  type Actor,
  type AnyRecord,
  createServiceDesk,
  createServiceRules,
  definePlugin,
  type Event,
  invitationTo,
  type MemoryTransaction,
  memoryStore,
  question,
  type Store,
  type Subject,
  type Survey,
  surveyPolicy,
  unwrap,
} from "clientele";
import { describe, expect, it } from "vitest";
import { ann, customer, stage, start } from "../desk/stage.js";

const survey = surveyPolicy.version({
  id: "after-visit",
  version: 1,
  from: start,
  body: { questions: ["csat", "nps"], validDays: 14, dissatisfied: [{ question: "csat", atMost: 2 }] },
});
type Desk = ReturnType<typeof stage>["desk"];

async function asked(desk: Desk, subject: Subject, policy: Survey = survey): Promise<string> {
  unwrap(await desk.policies.adopt(policy));
  return unwrap(
    await desk.satisfaction.open({ input: invitationTo(policy, { customerId: "c-7", subject }, start), actor: ann }),
  ).id;
}
const answering = (
  desk: Desk,
  id: string,
  answers: Record<string, number | null>,
  comment?: string,
  actor: Actor = customer,
) =>
  desk.satisfaction.execute({
    id,
    actor,
    command: { type: "answer", input: comment === undefined ? { answers } : { answers, comment } },
  });
const complaints = async (desk: Desk) => unwrap(await desk.complaints.find()).items;

describe("a dissatisfied answer", () => {
  it("opens a complaint in the customer's words, about the order, caused by the answer", async () => {
    const { desk } = stage();
    const id = await asked(desk, { kind: "order", id: "o-1" });
    const done = unwrap(await answering(desk, id, { csat: 1 }, "It came broken"));
    const [opened] = await complaints(desk);
    expect(opened).toMatchObject({ customerId: "c-7", summary: "It came broken", orderId: "o-1", state: "received" });
    expect(done.events).toHaveLength(2);
    const [event] = unwrap(await desk.complaints.timeline(opened!.id)).items;
    expect(event).toMatchObject({ actor: { kind: "system", id: "complain" }, cause: done.events[0] });
  });

  it("tells the scores where there are no words, and names no order where it is about none", async () => {
    for (const subject of [
      { kind: "firm", id: "f" },
      { kind: "person", id: "ann" },
      { kind: "stage", id: "delivery" },
    ] as const) {
      const { desk } = stage();
      unwrap(await answering(desk, await asked(desk, subject), { csat: 2, nps: null }));
      expect(await complaints(desk)).toMatchObject([{ summary: "csat: 2, nps: –", orderId: null }]);
    }
  });

  it("is one by the survey's limits only", async () => {
    const { desk } = stage();
    unwrap(await answering(desk, await asked(desk, { kind: "firm", id: "f" }), { csat: 3, nps: 0 }));
    expect(await complaints(desk)).toEqual([]);
  });

  it("may have more scores than a summary holds", async () => {
    const long = "x".repeat(150);
    const questions = Array.from({ length: 100 }, (_, i) =>
      question(`acme.${long}${i}`, { revision: 1, min: 1, max: 5 }),
    );
    const rules = createServiceRules({ plugins: [definePlugin({ id: "acme", tokens: questions })] as never });
    const { desk } = stage({ rules: rules as never });
    const names = questions.map((q) => q.name);
    const policy = surveyPolicy.version({
      id: "long",
      version: 1,
      from: start,
      body: { questions: names, validDays: 14, dissatisfied: [{ question: names[0]!, atMost: 1 }] },
    });
    const id = await asked(desk, { kind: "firm", id: "f" }, policy);
    unwrap(await answering(desk, id, Object.fromEntries(names.map((name) => [name, 1]))));
    expect((await complaints(desk))[0]?.summary).toHaveLength(4000);
  });

  it("is not taken where its complaint cannot be: both or neither", async () => {
    const { store } = stage();
    let fail = false;
    const failing: Store<MemoryTransaction> = {
      ...store,
      transaction: (work, options) =>
        store.transaction(
          (unit) =>
            work({
              ...unit,
              of: (kind) => ({
                ...unit.of(kind),
                put: async (...put) => {
                  if (fail && kind === "complaint") throw new Error("the disk is full");
                  return unit.of(kind).put(...put);
                },
              }),
            }),
          options,
        ),
    };
    const { desk } = stage({ store: failing });
    const id = await asked(desk, { kind: "firm", id: "f" });
    fail = true;
    await expect(answering(desk, id, { csat: 1 })).rejects.toThrow("the disk is full");
    expect(unwrap(await desk.satisfaction.get(id))).toMatchObject({ state: "invited", version: 1, answers: null });
    fail = false;
    unwrap(await answering(desk, id, { csat: 1 }));
    expect(await complaints(desk)).toHaveLength(1);
  });

  it("can be heard by staff at a follow-up, and written down for the customer", async () => {
    const { desk, clock } = stage();
    const id = await asked(desk, { kind: "order", id: "o-1" });
    const { id: call } = unwrap(
      await desk.followUps.open({
        input: {
          customerId: "c-7",
          plan: { id: "by-hand", hash: "0".repeat(64), step: "call", key: "1", on: "2026-01-05" },
          dueOn: "2026-01-05",
          dueAt: "2026-01-05T00:00:00.000Z",
          channel: "phone",
          script: "How was it?",
          attempts: 3,
          retryDays: 1,
        },
        actor: ann,
      }),
    );
    unwrap(
      await desk.followUps.execute({ id: call, command: { type: "reach", input: { words: "not happy" } }, actor: ann }),
    );
    clock.forward(60_000);
    unwrap(await answering(desk, id, { csat: 2 }, "The engineer was late", ann));
    expect(unwrap(await desk.followUps.get(call))).toMatchObject({ state: "done", outcome: "reached" });
    expect(await complaints(desk)).toMatchObject([
      { customerId: "c-7", summary: "The engineer was late", orderId: "o-1" },
    ]);
  });
});

describe("an erased customer", () => {
  it("leaves neither the comment nor the complaint's words; everything folds", async () => {
    const store = memoryStore();
    const desk = createServiceDesk({ store, clock: () => start });
    const id = await asked(desk as unknown as Desk, { kind: "order", id: "o-1" });
    unwrap(await answering(desk as unknown as Desk, id, { csat: 1 }, "A secret complaint"));
    unwrap(await desk.people.erase("c-7"));
    expect(unwrap(await desk.satisfaction.get(id))).toMatchObject({
      comment: { erased: true },
      answers: { csat: 1 },
      dissatisfied: true,
    });
    const [opened] = unwrap(await desk.complaints.find()).items;
    expect(opened).toMatchObject({ summary: { erased: true }, orderId: "o-1" });
    expect(JSON.stringify(store.dump())).not.toContain("A secret complaint");
    const folded = (kind: "satisfaction" | "complaint", events: readonly Event[]) =>
      events.reduce<AnyRecord | undefined>(
        (record, event) => unwrap(desk.rules.doors(kind)!.evolve(record, event)),
        undefined,
      );
    const answer = unwrap(await desk.satisfaction.timeline(id)).items;
    expect(folded("satisfaction", answer)).toStrictEqual(unwrap(await desk.satisfaction.get(id)));
    const heard = unwrap(await desk.complaints.timeline(opened!.id)).items;
    expect(folded("complaint", heard)).toStrictEqual(opened);
  });
});
