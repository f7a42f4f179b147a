import {
  complaint,
  complaintCommands,
  complaintEvents,
  definePlugin,
  derivedId,
  type Result,
  reaction,
  recordKind,
  unwrap,
} from "clientele";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { action } from "../../examples/plugins/corrective.js";
import { ann, boss, day, opened, stageOf, stageWithActions, upTo } from "./stage.js";

const resolve = { type: "resolve", input: { outcome: "Done" } } as const;
const errorOf = (result: Result<unknown>) => (result.ok ? undefined : result.error);

describe("a reaction", () => {
  it("is carried out in the same unit of work, with derived ids and its cause told", async () => {
    const { desk, store } = stageWithActions();
    const id = await opened(desk);
    await upTo(desk, id, "accept");
    const before = store.dump().stored.length;
    const done = unwrap(await desk.complaints.execute({ id, command: resolve, actor: boss, commandId: "k" }));
    const cause = `main/complaint/${id}/6`;
    const actionId = derivedId("main", cause, "capa.learn", 0);
    expect(done.events).toEqual([cause, `main/capa.action/${actionId}/1`]);
    expect(store.dump().stored).toHaveLength(before + 3);

    const [event] = unwrap(await desk.of(action).timeline(actionId)).items;
    expect(event).toMatchObject({ cause, correlation: cause, actor: { kind: "system", id: "capa.learn" } });
    const own = unwrap(await desk.complaints.timeline(id)).items.at(-1)!;
    expect(own.correlation).toBe(own.id);
    expect("cause" in own).toBe(false);
    expect(unwrap(await desk.of(action).find({ where: { complaintId: id } })).items).toHaveLength(1);

    const replayed = unwrap(await desk.complaints.execute({ id, command: resolve, actor: boss, commandId: "k" }));
    expect([replayed.events, replayed.replayed]).toEqual([done.events, true]);
    expect(unwrap(await desk.of(action).find()).items).toHaveLength(1);
  });

  it("that is refused refuses the unit and leaves nothing", async () => {
    const note = reaction("tell.once", {
      on: complaintEvents.assigned,
      sends: [complaintCommands.note],
      run: ({ event }) => [
        complaintCommands.note.order(event.stream.id, { text: "told" }),
        complaintCommands.note.order("nobody", { text: "told" }),
      ],
    });
    const { desk, store } = stageOf([definePlugin({ id: "tell", tokens: [note] })] as const);
    const id = await opened(desk);
    const before = store.dump();
    const request = { id, command: { type: "assign", input: { ownerId: "bob" } }, actor: ann, commandId: "k" } as const;
    expect(errorOf(await desk.complaints.execute(request))).toEqual({
      code: "REACTION_REFUSED",
      reaction: "tell.once",
      because: { code: "NOT_FOUND", subject: "nobody" },
    });
    expect(store.dump()).toEqual(before);
    expect(unwrap(await desk.complaints.get(id)).ownerId).toBeNull();
  });

  it("may order what touches the very record that caused it", async () => {
    const note = reaction("tell.once", {
      on: complaintEvents.assigned,
      sends: [complaintCommands.note],
      run: ({ event }) => [1, 2].map((n) => complaintCommands.note.order(event.stream.id, { text: `told ${n}` })),
    });
    const { desk } = stageOf([definePlugin({ id: "tell", tokens: [note] })] as const);
    const id = await opened(desk);
    const command = { type: "assign", input: { ownerId: "bob" } } as const;
    const done = unwrap(await desk.complaints.execute({ id, command, actor: ann }));
    expect(done.events).toEqual([2, 3, 4].map((v) => `main/complaint/${id}/${v}`));
    expect(unwrap(await desk.complaints.get(id))).toMatchObject({ version: 4, tally: { notes: 2 }, ownerId: "bob" });
  });

  it("that answers what it did not declare, or throws, is at fault", async () => {
    const undeclared = reaction("bad.order", {
      on: complaintEvents.assigned,
      sends: [complaintCommands.note],
      run: ({ event }) => [complaintCommands.escalate.order(event.stream.id, { reason: "x" }) as never],
    });
    const throwing = reaction("bad.order", {
      on: complaintEvents.assigned,
      sends: [complaintCommands.note],
      run: () => {
        throw new Error("lost its way");
      },
    });
    for (const [token, detail] of [
      [undeclared, '"escalate" is not among what it sends'],
      [throwing, "lost its way"],
    ] as const) {
      const { desk } = stageOf([definePlugin({ id: "bad", tokens: [token] })] as const);
      const id = await opened(desk);
      const command = { type: "assign", input: { ownerId: "bob" } } as const;
      const refused = errorOf(await desk.complaints.execute({ id, command, actor: ann }));
      expect(refused).toEqual({ code: "PLUGIN_FAULT", token: "bad.order", detail });
      expect(unwrap(await desk.complaints.get(id)).version).toBe(1);
    }
  });

  it.each([
    [1000, undefined],
    [1001, { code: "PLUGIN_FAULT", token: "wide.many", detail: "more than 1000 orders follow from one command" }],
  ])("may give %i orders", async (orders, refusal) => {
    const many = reaction("wide.many", {
      on: complaintEvents.assigned,
      sends: [complaintCommands.note],
      run: ({ event }) =>
        Array.from({ length: orders }, (_, i) => complaintCommands.note.order(event.stream.id, { text: `n${i}` })),
    });
    const { desk } = stageOf([definePlugin({ id: "wide", tokens: [many] })] as const);
    const id = await opened(desk);
    const command = { type: "assign", input: { ownerId: "bob" } } as const;
    expect(errorOf(await desk.complaints.execute({ id, command, actor: ann }))).toEqual(refusal);
    expect(unwrap(await desk.complaints.get(id)).tally.notes).toBe(refusal === undefined ? orders : 0);
  });

  it("to what time alone has caused is carried out by the sweep", async () => {
    const woken = reaction("capb.late", {
      on: complaintEvents.escalated,
      sends: [complaintCommands.note],
      run: ({ event }) => [complaintCommands.note.order(event.stream.id, { text: "too late" })],
    });
    const { desk, clock } = stageOf([definePlugin({ id: "capb", tokens: [woken] })] as const);
    const id = await opened(desk);
    clock.forward(2 * day + 1);
    expect(await desk.sweep()).toMatchObject({ swept: 1 });
    const { items } = unwrap(await desk.complaints.timeline(id));
    expect(items.map((e) => [e.type, e.actor.id])).toEqual([
      ["complaint.opened", "ann"],
      ["complaint.breached", "clock"],
      ["complaint.escalated", "clock"],
      ["complaint.noted", "capb.late"],
    ]);
    expect(items[3]).toMatchObject({ cause: items[2]!.id, correlation: items[1]!.id });
  });
});

describe("a command that reads the timeline", () => {
  it("is given every event, over several pages", async () => {
    const counted = complaint.event("recount.counted", { v: 1, data: z.object({}) });
    const seen: number[] = [];
    const recount = complaint.transition("recount.recount", {
      from: { phase: ["open", "paused", "closed"] },
      to: "same",
      reads: "timeline",
      emits: [counted],
      emit: ({ timeline }) => {
        seen.push(timeline!.length, timeline!.at(-1)!.version);
        return counted({});
      },
    });
    const may = complaint.permit("recount.may", { actors: ["staff"], commands: [recount] });
    const { desk } = stageOf([definePlugin({ id: "recount", tokens: [counted, recount, may] })] as const);
    const id = await opened(desk);
    for (let i = 0; i < 1100; i++)
      await desk.complaints.execute({ id, command: { type: "note", input: { text: `${i}` } }, actor: ann });
    unwrap(await desk.complaints.execute({ id, command: { type: "recount.recount" }, actor: ann }));
    expect(seen).toEqual([1101, 1101]);
  });
});

describe("the code of a plugin between two doors", () => {
  it("refuses the unit when it fails", async () => {
    const kind = recordKind("odd.thing", {
      revision: 1,
      initial: "odd.done",
      schema: z.object({ name: z.string() }),
      owner: () => {
        throw new Error("no owner");
      },
    });
    const done = kind.state("odd.done", { phase: "closed" });
    const may = kind.permit("odd.may", { actors: ["staff"], opens: true, commands: [] });
    const { desk } = stageOf([definePlugin({ id: "odd", tokens: [kind, done, may] })] as const);
    expect(errorOf(await desk.of(kind).open({ input: { name: "x" }, actor: ann }))).toMatchObject({
      code: "PLUGIN_FAULT",
      token: "odd.thing",
      detail: "no owner",
    });
  });
});
