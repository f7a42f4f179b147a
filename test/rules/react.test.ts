import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { corrective } from "../../examples/plugins/corrective.js";
import { complaint, complaintCommands, complaintEvents } from "../../src/complaint/index.js";
import { unwrap } from "../../src/kernel/result.js";
import { reaction } from "../../src/lifecycle/reaction.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import { definePlugin } from "../../src/plugin/plugin.js";
import { createServiceRules } from "../../src/rules/create.js";
import { ann, context, kept, noon, refused } from "../given.js";

const { note, assign } = complaintCommands;
const record = unwrap(
  createServiceRules().complaints.open({ id: "c-1", input: { customerId: "c-7", summary: "warm" } }, context()),
).next;
const event = (type: string, kind = "complaint") =>
  kept({ stream: { kind, id: "c-1" }, version: 2, type, v: 1, data: { outcome: "done" }, at: noon, actor: ann });
const reacting = (run: (args: { event: { stream: { id: string } } }) => unknown, id = "acme.react") =>
  reaction(id, { on: complaintEvents.resolved, sends: [note, complaint], run: run as never });
const rulesWith = (...tokens: readonly ReturnType<typeof reacting>[]) =>
  createServiceRules({ plugins: [definePlugin({ id: "acme", tokens: tokens as never })] as never });

describe("reactions", () => {
  it("answer orders, each under its id, sorted, for the events they listen to", () => {
    const rules = rulesWith(
      reacting(({ event: e }) => [note.order(e.stream.id, { text: "b" })], "acme.b"),
      reacting(() => [], "acme.a"),
    );
    expect(unwrap(rules.react(event("complaint.resolved"), record as never, context()))).toEqual([
      { reaction: "acme.a", orders: [] },
      { reaction: "acme.b", orders: [{ of: "complaint", command: "note", id: "c-1", input: { text: "b" } }] },
    ]);
    expect(unwrap(rules.react(event("complaint.noted"), record as never, context()))).toEqual([]);
  });

  it("know the event, the record and the context", () => {
    const seen: object[] = [];
    const rules = rulesWith(
      reacting((args) => {
        seen.push(args);
        return [];
      }),
    );
    unwrap(rules.react(event("complaint.resolved"), record as never, context()));
    expect(seen).toMatchObject([{ event: event("complaint.resolved"), record, context: { now: noon, actor: ann } }]);
  });

  it("do not hear an event of the same name of another kind", () => {
    const call = recordKind("acme.call", { revision: 1, initial: "acme.made", schema: z.object({}) });
    const tokens = [
      call,
      call.state("acme.made", { phase: "closed" }),
      call.event("acme.rang", { v: 1, data: z.object({}) }),
      reaction("acme.hear", {
        on: complaint.event("acme.rang", { v: 1, data: z.object({}) }),
        sends: [note],
        run: () => [],
      }),
      complaint.event("acme.rang", { v: 1, data: z.object({}) }),
    ];
    const rules = createServiceRules({ plugins: [{ id: "acme", requires: [], tokens, labels: {} }] as never });
    expect(unwrap(rules.react(event("acme.rang"), record as never, context()))).toHaveLength(1);
    expect(unwrap(rules.react(event("acme.rang", "acme.call"), record as never, context()))).toEqual([]);
  });

  it("open records of another kind", () => {
    const rules = createServiceRules({ plugins: [corrective] });
    expect(unwrap(rules.react(event("complaint.resolved"), record as never, context()))).toEqual([
      {
        reaction: "capa.learn",
        orders: [
          {
            of: "capa.action",
            command: "open",
            id: undefined,
            input: { complaintId: "c-1", what: "find out why it happened" },
          },
        ],
      },
    ]);
  });

  it.each<readonly [string, () => unknown, string]>([
    [
      "throws",
      () => {
        throw new Error("no");
      },
      "no",
    ],
    ["is asynchronous", async () => [], "a reaction must answer a list of orders"],
    ["answers nothing", () => undefined, "a reaction must answer a list of orders"],
    ["answers one order", () => note.order("c-1", { text: "x" }), "a reaction must answer a list of orders"],
    [
      "sends what it did not declare",
      () => [assign.order("c-1", { ownerId: "x" })],
      '"assign" is not among what it sends',
    ],
    [
      "sends a command of another kind",
      () => [{ ...note.order("c-1", { text: "x" }), of: "call" }],
      '"note" is not among what it sends',
    ],
    [
      "opens another kind",
      () => [{ of: "call", command: "open", id: undefined, input: {} }],
      '"open" is not among what it sends',
    ],
    ["sends null", () => [null], '"undefined" is not among what it sends'],
  ])("are contained and named: one that %s", (_, run, detail) => {
    expect(refused(rulesWith(reacting(run)).react(event("complaint.resolved"), record as never, context()))).toEqual({
      code: "PLUGIN_FAULT",
      token: "acme.react",
      detail,
    });
  });
});
