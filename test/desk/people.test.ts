import {
  createServiceDesk,
  createServiceRules,
  definePlugin,
  type Event,
  personal,
  recordKind,
  unwrap,
} from "clientele";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ann, atTheEnd, customer, fridge, opened, stage, stageOf, upTo } from "./stage.js";

const erased = { erased: true };
const everything = async <T>(list: AsyncIterable<T>) => {
  const all: T[] = [];
  for await (const one of list) all.push(one);
  return all;
};

describe("erasing a person", () => {
  it("takes their words out of the record, the timeline and what is still to be delivered", async () => {
    const { desk, store } = stage();
    const id = await opened(desk);
    await upTo(desk, id, "propose");
    const other = await opened(desk, { customerId: "c-8", summary: "Another person's words", wish: "Money" });
    expect(await desk.people.erase("c-7")).toEqual({ ok: true, value: undefined });

    expect(unwrap(await desk.complaints.get(id))).toMatchObject({
      customerId: "c-7",
      summary: erased,
      wish: erased,
      proposal: { message: erased },
      tally: { proposals: 1 },
    });
    const { items } = unwrap(await desk.complaints.timeline(id));
    expect(items[0]!.data).toMatchObject({ summary: erased, wish: erased });
    const delivered: Event[] = [];
    await desk.relay({ consumer: "c", publish: (e) => void delivered.push(e) });
    expect(delivered.filter((e) => e.stream.id === id)).toEqual(items);

    const { stored, personal } = store.dump();
    for (const words of [fridge.summary, fridge.wish, "We repair it on Monday"])
      expect(
        [...stored, ...personal].some((text) => text.includes(words)),
        words,
      ).toBe(false);
    expect(unwrap(await desk.complaints.get(other)).summary).toBe("Another person's words");
  });

  it("leaves a valid chain: the fold of the erased log is the erased record", async () => {
    const { desk } = stage();
    const id = await opened(desk);
    await upTo(desk, id, "resolve");
    unwrap(await desk.people.erase("c-7"));
    const doors = createServiceRules().complaints;
    const { items } = unwrap(await desk.complaints.timeline(id));
    const folded = items.reduce<any>((record, event) => unwrap(doors.evolve(record, event)), undefined);
    expect(folded).toEqual(unwrap(await desk.complaints.get(id)));
  });

  it("stops no case: commands, sweeps and new words go on", async () => {
    const { desk, clock } = stage();
    const id = await opened(desk);
    await upTo(desk, id, "propose");
    unwrap(await desk.people.erase("c-7"));
    const say = { type: "contact", input: { direction: "in", channel: "phone", text: "I call again" } } as const;
    for (const command of [say, { type: "accept", input: { words: "Fine" } } as const])
      unwrap(await desk.complaints.execute({ id, command, actor: ann }));
    clock.forward(20 * 86_400_000);
    expect(await desk.sweep()).toMatchObject({ swept: 1, refused: [] });
    const record = unwrap(await desk.complaints.get(id));
    expect(record).toMatchObject({ state: "resolving", summary: erased, proposal: { message: erased } });
    const texts = unwrap(await desk.complaints.timeline(id)).items.flatMap((e) =>
      e.type === "complaint.contacted" ? [e.data.text] : [],
    );
    expect(texts).toEqual(["I call again"]);
    unwrap(await desk.people.erase("c-7"));
    expect(JSON.stringify(unwrap(await desk.complaints.timeline(id)))).not.toContain("I call again");
  });

  it("cannot be undone by a command that had read before", async () => {
    const { desk, store, clock } = stage();
    const id = await opened(desk);
    let once = true;
    const late = createServiceDesk({
      clock: clock.now,
      store: atTheEnd(store, async () => {
        if (once) unwrap(await desk.people.erase("c-7"));
        once = false;
      }),
    });
    unwrap(await late.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann }));
    expect(unwrap(await desk.complaints.get(id))).toMatchObject({ state: "acknowledged", summary: erased });
    const { stored, personal } = store.dump();
    expect([...stored, ...personal].some((text) => text.includes(fridge.summary))).toBe(false);
  });

  it("of whom nothing is kept is no mistake; of nobody it is", async () => {
    const { desk } = stage();
    expect(await desk.people.erase("nobody")).toEqual({ ok: true, value: undefined });
    for (const person of ["", 5, null, undefined, {}])
      expect(await desk.people.erase(person as never)).toMatchObject({ ok: false, error: { code: "INVALID_INPUT" } });
  });
});

const chat = recordKind("chat.talk", {
  revision: 1,
  initial: "chat.open",
  owner: (talk: { customerId: string }) => talk.customerId,
  schema: z.object({
    customerId: z.string(),
    agentId: z.string(),
    topic: z.string(),
    question: personal(z.string()),
    answer: personal(z.string(), { of: "agentId" }),
  }),
});
const chatting = definePlugin({
  id: "chat",
  tokens: [
    chat,
    chat.state("chat.open", { phase: "closed" }),
    chat.permit("chat.may", { actors: ["staff"], opens: true, commands: [] }),
  ],
});
const talk = {
  customerId: "c-7",
  agentId: "ann",
  topic: "ice",
  question: "Why is it warm?",
  answer: "Call me at home",
};

describe("the export of a person", () => {
  it("is everything that is kept of them, stream by stream", async () => {
    const { desk } = stage();
    const ids = [await opened(desk), await opened(desk)];
    await opened(desk, { ...fridge, customerId: "c-8" });
    await upTo(desk, ids[0]!, "propose");
    const holdings = await everything(desk.people.export("c-7"));
    expect(holdings.map((h) => h.record)).toEqual(
      await Promise.all(ids.map(async (id) => unwrap(await desk.complaints.get(id)))),
    );
    expect(holdings.map((h) => h.events)).toEqual(
      await Promise.all(ids.map(async (id) => unwrap(await desk.complaints.timeline(id)).items)),
    );
    unwrap(await desk.people.erase("c-7"));
    expect(JSON.stringify(await everything(desk.people.export("c-7")))).not.toContain("fridge");
    expect(await everything(desk.people.export("nobody"))).toEqual([]);
  });

  it("covers what is other people's", async () => {
    const { desk } = stageOf([chatting] as const);
    unwrap(await desk.of(chat).open({ input: talk, actor: ann }));
    const withheld = { withheld: true };
    const [asCustomer] = await everything(desk.people.export("c-7"));
    expect(asCustomer).toMatchObject({
      record: { topic: "ice", question: talk.question, answer: withheld },
      events: [{ data: { question: talk.question, answer: withheld } }],
    });
    const [asAgent] = await everything(desk.people.export("ann"));
    expect(asAgent).toMatchObject({
      record: { question: withheld, answer: talk.answer },
      events: [{ data: { question: withheld, answer: talk.answer } }],
    });
  });

  it("withholds what no installed schema describes: it may be anybody's", async () => {
    const { desk, store, clock } = stageOf([chatting] as const);
    unwrap(await desk.of(chat).open({ input: talk, actor: ann }));
    const plain = createServiceDesk({ store, clock: clock.now });
    const [holding] = await everything(plain.people.export("c-7"));
    expect(holding!.record).toMatchObject({ kind: "chat.talk", version: 1, answer: { withheld: true } });
    expect(holding!.events).toMatchObject([{ type: "chat.talk.opened", data: { withheld: true } }]);
    expect(JSON.stringify(holding)).not.toContain("home");
  });

  it("goes over many pages", async () => {
    const { desk } = stage();
    for (let i = 0; i < 230; i++) await desk.complaints.open({ input: fridge, actor: customer });
    const holdings = await everything(desk.people.export("c-7"));
    expect(new Set(holdings.map((h) => h.record.id)).size).toBe(230);
  });

  it("needs the id of a person", async () => {
    const { desk } = stage();
    for (const person of ["", null, 5])
      await expect(everything(desk.people.export(person as never))).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
  });
});
