import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { personal } from "../../src/kernel/personal.js";
import { deny } from "../../src/kernel/result.js";
import { lifeOf } from "../../src/lifecycle/life.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import { ann, carl, context, earlier, later, noon } from "../given.js";
import * as v from "./visit.js";
import { lived, opened, visit, visits, visitsWith } from "./visit.js";

const brief = (list: ReturnType<typeof visits.available>) => list.map((a) => [a.command, a.allowed, a.denials]);

describe("what is available", () => {
  it("is what the state accepts and a permit grants, with the reasons against it, sorted by command", () => {
    const { record } = lived([[noon, "start"]]);
    expect(visits.available(record, context())).toEqual([
      { command: "await_parts", allowed: true, denials: [], input: undefined },
      { command: "await_weather", allowed: true, denials: [], input: undefined },
      {
        command: "finish",
        allowed: false,
        denials: [{ code: "NOTHING_REMARKED", message: "say what was done" }],
        input: v.finish["~def"].input,
      },
      { command: "reckon", allowed: true, denials: [], input: undefined },
      { command: "remark", allowed: true, denials: [], input: v.remark["~def"].input },
    ]);
  });

  it("depends on the input where a guard will look at that", () => {
    const { record } = lived([
      [noon, "start"],
      [noon, { type: "remark", input: { text: "x" } }],
    ]);
    expect(brief(visits.available(record, context())).find(([command]) => command === "finish")).toEqual([
      "finish",
      "depends on input",
      [],
    ]);
  });

  it("collects every denial, those of guards too", () => {
    const { record } = lived([[noon, "start"]]);
    const drunk = { kind: "staff", id: "drunk" } as const;
    expect(visits.available(record, context(noon, drunk)).find((a) => a.command === "finish")!.denials).toEqual([
      { code: "NOTHING_REMARKED", message: "say what was done" },
      { code: "NOT_SOBER" },
    ]);
  });

  it("is asked of the record as it is now, not as it was stored", () => {
    const { record } = lived([[noon, "start"]]);
    const commands = (at: string) => visits.available(record, context(at)).map((a) => a.command);
    expect(commands(later(noon, { hours: 11 }))).toContain("finish");
    const waiting = lived([[noon, "await_parts"]]).record;
    expect(visits.available(waiting, context(later(noon, { hours: 1 }))).map((a) => a.command)).toContain("go_on");
    expect(visits.available(waiting, context(later(noon, { days: 3 }))).map((a) => a.command)).toContain("start");
    expect(visits.available(waiting, context(earlier(noon, { days: 3 }))).map((a) => a.command)).toContain("go_on");
  });

  it("shows an extension that fails at its command, and leaves the others usable", () => {
    const sick = visit.guard("sick", {
      on: v.start,
      when: () => {
        throw new Error("the plug is out");
      },
    });
    const no = visit.guard("no", { on: v.start, when: () => deny("NO") });
    const list = visitsWith(sick, no).available(opened(), context());
    expect(list.find((a) => a.command === "start")).toMatchObject({
      allowed: false,
      denials: [{ code: "NO" }, { code: "PLUGIN_FAULT", message: "sick: the plug is out" }],
    });
    expect(list.find((a) => a.command === "remark")!.allowed).toBe(true);
  });

  it("agrees with what decide says", () => {
    for (const record of [opened(), lived([[noon, "start"]]).record, lived([[noon, "await_parts"]]).record])
      for (const { command, allowed } of visits.available(record, context())) {
        const input = { text: "x", hours: 3 };
        const decision = visits.decide(record, { type: command, input }, context(), []);
        expect([command, decision.ok]).toEqual([command, allowed === true]);
      }
  });
});

describe("the doors of a kind", () => {
  it("tell the phase, the owner and the indexes", () => {
    expect(visits.phase(opened())).toBe("open");
    expect(visits.phase(lived([[noon, "await_parts"]]).record)).toBe("paused");
    expect(visits.phase({ ...opened(), state: "gone.away" })).toBeUndefined();
    expect(visits.owner(opened())).toBe("c-7");
    expect(visits.indexes).toEqual(["customer"]);
  });

  it("know no owner where the kind names none, or nothing that is a name", () => {
    const withOwner = (owner: unknown) =>
      lifeOf({ ...visit, "~def": { ...visit["~def"], owner: owner as never } }, v.tokens);
    expect(withOwner(undefined).owner(opened())).toBeUndefined();
    expect(withOwner(() => 5).owner(opened())).toBeUndefined();
  });

  it("let two actors of one machine see the same record", () => {
    expect(brief(visits.available(opened(), context(noon, ann)))).toEqual(
      brief(visits.available(opened(), context(noon, carl))),
    );
  });
});

describe("personal fields", () => {
  const call = recordKind("call", {
    revision: 1,
    initial: "made",
    owner: (c: { customer: string }) => c.customer,
    schema: z.object({
      customer: z.string(),
      words: personal(z.string()),
      witness: z.object({ id: z.string(), words: z.nullable(personal(z.string(), { of: "id" })) }),
    }),
  });
  const made = call.state("made", { phase: "closed" });
  const said = call.event("call.said", { v: 1, data: z.object({ lines: z.array(personal(z.string())) }) });
  const extra = call.slot("extra", z.object({ secret: personal(z.string()), open: z.string() }));
  const doors = lifeOf(call, [call, made, said, extra]);
  const record = {
    ...opened(),
    kind: "call",
    state: "made",
    customer: "c-7",
    words: "hello",
    witness: { id: "w-1", words: "hm" },
    slots: { extra: { secret: "s", open: "o" }, gone: { secret: "x" } },
  };

  it("are marked in the record and its slots, each with whose it is", () => {
    expect(doors.personalInRecord(record)).toEqual([
      { path: ["words"], person: "c-7" },
      { path: ["witness", "words"], person: "w-1" },
      { path: ["slots", "extra", "secret"], person: "c-7" },
    ]);
  });

  it("are not marked where there is nothing, or nothing any more", () => {
    const erased = { ...record, words: { erased: true }, witness: { id: "w-1", words: null }, slots: {} };
    expect(doors.personalInRecord(erased)).toEqual([]);
  });

  it("are marked in what events say and put into slots", () => {
    const event = { stream: { kind: "call", id: "v-1" }, version: 2, v: 1, at: noon, actor: ann };
    expect(
      doors.personalInEvent(
        {
          ...event,
          type: "call.said",
          data: { lines: ["a", "b"] },
          slot: { id: "extra", data: { secret: "s", open: "o" } },
        },
        record,
      ),
    ).toEqual([
      { path: ["data", "lines", 0], person: "c-7" },
      { path: ["data", "lines", 1], person: "c-7" },
      { path: ["slot", "data", "secret"], person: "c-7" },
    ]);
    expect(doors.personalInEvent({ ...event, type: "call.opened", data: record }, record)).toEqual([
      { path: ["data", "words"], person: "c-7" },
      { path: ["data", "witness", "words"], person: "w-1" },
    ]);
    expect(doors.personalInEvent({ ...event, type: "gone.said", data: { lines: ["a"] } }, record)).toEqual([]);
    expect(
      doors.personalInEvent({ ...event, type: "gone.said", data: {}, slot: { id: "extra", data: null } }, record),
    ).toEqual([]);
  });
});
