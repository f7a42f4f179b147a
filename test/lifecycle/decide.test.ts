import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import type { Actor } from "../../src/kernel/context.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { deny, unwrap } from "../../src/kernel/result.js";
import { lifeOf } from "../../src/lifecycle/life.js";
import { ann, carl, context, earlier, eve, kept, later, max, noon, refused, robot } from "../given.js";
import * as v from "./visit.js";
import { decided, lived, opened, visit, visits, visitsWith } from "./visit.js";

const day = { days: 1 };
const hour = { hours: 1 };

describe("opening", () => {
  const input = { customer: "c-7", remarks: 0 };

  it("makes a whole record and one event", () => {
    const { next, events } = unwrap(visits.open({ id: "v-1", input }, context(noon, max)));
    expect(events).toStrictEqual([
      {
        stream: { kind: "visit", id: "v-1" },
        version: 1,
        type: "visit.opened",
        v: 1,
        data: { customer: "c-7", remarks: 0, hours: 0 },
        at: noon,
        actor: { kind: "staff", id: "max", roles: ["manager"] },
        moved: { from: null, to: "planned" },
      },
    ]);
    expect(next).toStrictEqual({
      kind: "visit",
      revision: 1,
      id: "v-1",
      version: 1,
      commandVersion: 1,
      state: "planned",
      stay: { enteredAt: noon, since: noon, spent: 0, lapses: 0, back: null },
      openedAt: noon,
      touchedAt: noon,
      slots: {},
      customer: "c-7",
      remarks: 0,
      hours: 0,
    });
  });

  it("keeps of an actor only what belongs to one", () => {
    const actor = { ...ann, email: "ann@example.org", roles: ["desk"] } as Actor;
    expect(unwrap(visits.open({ id: "1", input }, context(noon, actor))).events[0]!.actor).toStrictEqual({
      kind: "staff",
      id: "ann",
      roles: ["desk"],
    });
  });

  it.each([[undefined], [""], [5], ["x".repeat(201)], ["\0"], ["\ud800"]])("refuses the id %j", (id) => {
    expect(refused(visits.open({ id: id as string, input }, context()))).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "id" }],
    });
  });

  it("refuses a bad input before it asks who may", () => {
    const nobody = lifeOf(
      visit,
      v.tokens.filter((t) => t.token !== "permit"),
    );
    expect(refused(nobody.open({ id: "1", input: { customer: 5 } }, context()))).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "customer" }, { path: "remarks" }],
    });
    expect(refused(nobody.open({ id: "1", input: undefined }, context())).code).toBe("INVALID_INPUT");
    expect(refused(nobody.open(null as never, context())).code).toBe("INVALID_INPUT");
    expect(refused(nobody.open({ id: "1", input }, context()))).toEqual({
      code: "NOT_PERMITTED",
      command: "open",
      may: [],
    });
  });

  it("lets a customer open only what is their own", () => {
    const own = visit.permit("anyone", { actors: ["customer"], own: true, opens: true, commands: [v.remark] });
    const doors = visitsWith(own);
    expect(doors.open({ id: "1", input }, context(noon, carl)).ok).toBe(true);
    expect(refused(doors.open({ id: "1", input }, context(noon, eve)))).toEqual({
      code: "NOT_PERMITTED",
      command: "open",
      may: [{ permit: "anyone", actors: ["customer"], roles: "any", own: true }],
    });
  });
});

describe("a context", () => {
  const whole = context();
  it.each([
    [null, [""]],
    [{ ...whole, now: "2026-03-02" }, ["now"]],
    [{ ...whole, now: undefined }, ["now"]],
    [{ ...whole, zone: 5 }, ["zone"]],
    [{ ...whole, seed: undefined }, ["seed"]],
    [{ ...whole, book: {} }, ["book"]],
    [{ ...whole, actor: null }, ["actor"]],
    [{ ...whole, actor: { kind: "robot", id: "" } }, ["actor.kind", "actor.id"]],
    [{ ...whole, actor: { kind: "system", id: "clock" } }, ["actor.id"]],
    [{ ...whole, actor: { kind: "staff", id: "ann", roles: "manager" } }, ["actor.roles"]],
    [{ ...whole, actor: { kind: "staff", id: "ann" }, now: 5, zone: 5 }, ["now", "zone"]],
  ])("is refused when it is incomplete: %#", (given, paths) => {
    const record = opened();
    const issues = paths.map((path) => expect.objectContaining({ path }));
    const refusal = { code: "INVALID_CONTEXT", issues };
    expect(refused(visits.open({ id: "1", input: {} }, given as never))).toEqual(refusal);
    expect(refused(visits.decide(record, { type: "start" }, given as never))).toEqual(refusal);
    expect(refused(visits.sweep(record, given as never))).toEqual(refusal);
    expect(visits.available(record, given as never)).toEqual([]);
  });
});

describe("a record that cannot be taken further", () => {
  const good = opened();
  const bad: readonly (readonly [string, unknown, object])[] = [
    ["nothing", null, { code: "INVALID_RECORD", subject: "undefined" }],
    ["a text", "v-1", { code: "INVALID_RECORD", subject: "undefined" }],
    ["another kind", { ...good, kind: "complaint" }, { code: "INVALID_RECORD", subject: '"complaint"' }],
    ["no id", { ...good, id: 5 }, { code: "INVALID_RECORD", subject: "5" }],
    ["no version", { ...good, version: 0 }, { code: "INVALID_RECORD", subject: '"v-1"' }],
    ["half a version", { ...good, version: 1.5 }, { code: "INVALID_RECORD", subject: '"v-1"' }],
    ["a newer revision", { ...good, revision: 2 }, { code: "OTHER_REVISION", subject: "visit revision 2" }],
    ["no revision", { ...good, revision: "1" }, { code: "OTHER_REVISION", subject: 'visit revision "1"' }],
    ["an unknown state", { ...good, state: "gone.away" }, { code: "UNKNOWN_STATE", subject: '"gone.away"' }],
    ["no state", { ...good, state: null }, { code: "INVALID_RECORD", subject: "v-1" }],
    ["an unknown slot", { ...good, slots: { gone: {} } }, { code: "UNKNOWN_SLOT", subject: "gone" }],
    ["a text for slots", { ...good, slots: "x" }, { code: "INVALID_RECORD", subject: "v-1" }],
    ["no slots", { ...good, slots: null }, { code: "INVALID_RECORD", subject: "v-1" }],
    ["no stay", { ...good, stay: null }, { code: "INVALID_RECORD", subject: "v-1" }],
    ["no touch", { ...good, touchedAt: 5 }, { code: "INVALID_RECORD", subject: "v-1" }],
    ["a touch that is no instant", { ...good, touchedAt: "zzz" }, { code: "INVALID_RECORD", subject: "v-1" }],
    ...(["enteredAt", "since", "spent", "lapses"] as const).map(
      (part) =>
        [
          `a stay without ${part}`,
          { ...good, stay: { ...good.stay, [part]: undefined } },
          { code: "INVALID_RECORD", subject: "v-1" },
        ] as const,
    ),
    [
      "a stay that never began",
      { ...good, stay: { ...good.stay, enteredAt: "x" } },
      { code: "INVALID_RECORD", subject: "v-1" },
    ],
    ["no back", { ...good, stay: { ...good.stay, back: undefined } }, { code: "INVALID_RECORD", subject: "v-1" }],
    [
      "a back without its state",
      { ...good, stay: { ...good.stay, back: { spent: 0, lapses: 0, since: noon } } },
      { code: "INVALID_RECORD", subject: "v-1" },
    ],
    [
      "a way back to a state that is not installed",
      { ...good, stay: { ...good.stay, back: { state: "gone.away", spent: 0, lapses: 0, since: noon } } },
      { code: "UNKNOWN_STATE", subject: '"gone.away"' },
    ],
  ];

  it.each(bad)("is refused: %s", (_, record, refusal) => {
    const given = record as AnyRecord;
    expect(refused(visits.decide(given, { type: "start" }, context()))).toEqual(refusal);
    expect(refused(visits.sweep(given, context()))).toEqual(refusal);
    expect(visits.available(given, context())).toEqual([]);
  });
});

describe("the order of a decision", () => {
  const record = lived([[later(noon, hour), "start"]]).record;
  const now = later(noon, hour, hour);
  const nobody = lifeOf(
    visit,
    v.tokens.filter((t) => t.token !== "permit"),
  );

  it("knows the command first", () => {
    expect(refused(decided(record, "fly", now))).toEqual({
      code: "UNKNOWN_COMMAND",
      subject: '"fly"',
      known: ["await_parts", "await_weather", "finish", "go_on", "reckon", "remark", "start"],
    });
    for (const command of [null, undefined, {}, { type: 5 }, { type: "toString" }, { type: "__proto__" }])
      expect(refused(visits.decide(record, command as never, context(now))).code).toBe("UNKNOWN_COMMAND");
  });

  it("then reads the input, even of those who may not", () => {
    expect(refused(decided(record, { type: "finish", input: { hours: 0 } }, now, nobody))).toEqual({
      code: "INVALID_INPUT",
      issues: [{ path: "hours", code: "too_small", message: "too small: at least 1 allowed" }],
    });
    expect(refused(decided(record, "finish", now)).code).toBe("INVALID_INPUT");
  });

  it("then asks for the timeline", () => {
    expect(refused(decided(record, "reckon", now, nobody))).toEqual({ code: "TIMELINE_NEEDED", subject: "reckon" });
  });

  it("then asks who may, even where the state would refuse", () => {
    expect(refused(decided(record, "go_on", now, nobody))).toEqual({
      code: "NOT_PERMITTED",
      command: "go_on",
      may: [],
    });
  });

  it("then looks at the state, after the record was brought to now", () => {
    expect(refused(decided(record, "start", now))).toEqual({
      code: "WRONG_STATE",
      kind: "visit",
      state: "under_way",
      command: "start",
      accepts: ["planned"],
    });
    expect(refused(decided(record, "start", later(noon, { days: 1 })))).toMatchObject({ state: "overdue" });
  });

  it("then looks at the date, then collects every denial: checks without input first, guards by their ids", () => {
    const finish = { type: "finish", input: { hours: 25 } };
    const drunk: Actor = { kind: "staff", id: "drunk" };
    expect(refused(decided(record, { ...finish, at: earlier(noon, day) }, context(now, drunk))).code).toBe("BACKDATED");
    expect(refused(decided(record, finish, context(now, drunk)))).toEqual({
      code: "DENIED",
      denials: [
        { code: "NOTHING_REMARKED", message: "say what was done" },
        { code: "NOT_SOBER" },
        { code: "TOO_LONG" },
      ],
    });
    expect(refused(decided(record, { type: "finish", input: { hours: 13 } }, now))).toEqual({
      code: "DENIED",
      denials: [{ code: "NOTHING_REMARKED", message: "say what was done" }, { code: "UNLUCKY" }],
    });
  });

  it("gives every check the same view: the swept record, the actor, now, the input and when it happened", () => {
    const seen: object[] = [];
    const look = (args: object) => {
      seen.push(args);
      return true as const;
    };
    const finish = visit.transition("finish", {
      from: [v.overdue],
      to: v.done,
      input: z.object({ hours: z._default(z.int(), 5) }),
      when: look,
      guard: look,
      emits: [v.finished],
      emit: (args) => {
        seen.push(args);
        return v.finished(args.input);
      },
    });
    const late = later(noon, day);
    const at = earlier(late, hour);
    decided(record, { type: "finish", at }, late, visitsWith(finish));
    expect(seen).toHaveLength(3);
    for (const args of seen)
      expect(args).toMatchObject({
        record: { state: "overdue", version: 3 },
        actor: ann,
        now: late,
        at,
        input: { hours: 5 },
        timeline: undefined,
        context: context(late),
      });
  });
});

describe("what an accepted command says", () => {
  it("says at least that the record moved", () => {
    const { next, events } = unwrap(decided(opened(), "start", later(noon, hour)));
    expect(events).toStrictEqual([
      {
        stream: { kind: "visit", id: "v-1" },
        version: 2,
        type: "visit.moved",
        v: 1,
        data: { by: "start" },
        at: later(noon, hour),
        actor: ann,
        moved: { from: "planned", to: "under_way" },
      },
    ]);
    expect(next).toMatchObject({ version: 2, commandVersion: 2, state: "under_way" });
  });

  it("moves with the first of several events", () => {
    const at = later(noon, hour, hour);
    const { record, events } = lived([
      [later(noon, hour), "start"],
      [at, { type: "remark", input: { text: "new pump" } }],
      [at, { type: "finish", input: { hours: 2 } }],
    ]);
    expect(events.slice(-2)).toMatchObject([
      { version: 4, type: "visit.finished", moved: { from: "under_way", to: "done" } },
      { version: 5, type: "visit.remarked", data: { text: "finished" } },
    ]);
    expect(events[4]).not.toHaveProperty("moved");
    expect(record).toMatchObject({ state: "done", remarks: 2, hours: 2, version: 5, commandVersion: 5 });
  });

  it("includes what had lapsed by then, before it and by the clock", () => {
    const { next, events } = unwrap(decided(opened(), "start", later(noon, { days: 2 }, hour)));
    expect(events.map(({ type, actor, at }) => [type, actor.id, at])).toEqual([
      ["visit.lapsed", "clock", later(noon, { days: 2 })],
      ["visit.reminded", "clock", later(noon, { days: 2 })],
      ["visit.moved", "ann", later(noon, { days: 2 }, hour)],
    ]);
    expect(next).toMatchObject({ version: 4, commandVersion: 4 });
  });

  it("reads the timeline where it asked for it", () => {
    const { record, events } = lived([[noon, { type: "remark", input: { text: "a" } }]]);
    const answer = visits.decide(record, { type: "reckon" }, context(), events.map(kept));
    expect(unwrap(answer).events[0]!.data).toEqual({ remarks: 1 });
    expect(visits.readsTimeline("reckon")).toBe(true);
    expect(visits.readsTimeline("remark")).toBe(false);
    expect(visits.readsTimeline("fly")).toBe(false);
  });

  it("writes, overwrites and empties slots", () => {
    const paint = (id: string, slot: "empty" | "red" | "blue") =>
      visit.transition(id, {
        from: { phase: "open" },
        to: "same",
        emits: [v.remarked],
        emit: () => v.remarked({ text: id }, slot === "empty" ? v.badge.empty : v.badge({ colour: slot })),
      });
    const all = [paint("red", "red"), paint("blue", "blue"), paint("empty", "empty")];
    const doors = visitsWith(...all, visit.permit("painter", { commands: all }));
    const red = unwrap(decided(opened(), "red", noon, doors));
    expect(red.events[0]!.slot).toStrictEqual({ id: "badge", data: { colour: "red" } });
    expect(v.badge.read(red.next)).toEqual({ colour: "red" });
    const blue = unwrap(decided(red.next, "blue", noon, doors));
    expect(blue.next.slots).toStrictEqual({ badge: { colour: "blue" } });
    const empty = unwrap(decided(blue.next, "empty", noon, doors));
    expect(empty.events[0]!.slot).toStrictEqual({ id: "badge", data: null });
    expect(empty.next.slots).toStrictEqual({});
    expect(v.badge.read(empty.next)).toBeUndefined();
    expect(unwrap(decided(empty.next, "empty", noon, doors)).next.slots).toStrictEqual({});
  });

  it("changes neither the record nor the command that were given", () => {
    const record = opened();
    const command = { type: "remark", input: { text: "a" } };
    const [was, asked] = [JSON.stringify(record), JSON.stringify(command)];
    decided(record, command, later(noon, { days: 30 }));
    expect([JSON.stringify(record), JSON.stringify(command)]).toEqual([was, asked]);
  });
});

describe("when it happened", () => {
  const { record } = lived([[later(noon, day), "start"]]);
  const now = later(noon, day, hour, hour);
  const remark = (at: unknown) => decided(record, { type: "remark", input: { text: "x" }, at: at as string }, now);

  it("is now, unless said", () => {
    expect(unwrap(decided(record, { type: "remark", input: { text: "x" } }, now)).events[0]!.at).toBe(now);
  });

  it("is never in the future, not by a millisecond", () => {
    const future = later(now, { minutes: 1 });
    expect(refused(remark(future))).toEqual({ code: "IN_THE_FUTURE", subject: future });
    const justSo = `${now.slice(0, -2)}1Z`;
    expect(refused(remark(justSo))).toEqual({ code: "IN_THE_FUTURE", subject: justSo });
    expect(remark(now).ok).toBe(true);
  });

  it.each([["yesterday"], [5], [null], ["2026-02-30T00:00:00.000Z"], ["2026-03-02T12:00:00Z"]])(
    "is an instant, not %j",
    (at) => {
      expect(refused(remark(at))).toMatchObject({
        code: "INVALID_INPUT",
        issues: [{ path: "at", code: "custom", message: expect.stringMatching(/^an instant is needed, found ./) }],
      });
    },
  );

  it("may lie before the last event only where the command tells such facts", () => {
    const yesterday = earlier(noon, day);
    const { next, events } = unwrap(remark(yesterday));
    expect(events[0]).toMatchObject({ at: yesterday, version: 3 });
    expect(next).toMatchObject({ touchedAt: record.touchedAt, remarks: 1, version: 3, commandVersion: 3 });
    const early = { type: "finish", input: { hours: 1 }, at: yesterday };
    expect(refused(decided(next, early, now))).toEqual({ code: "BACKDATED", subject: yesterday });
  });

  it("may lie between the last event and now for any command", () => {
    const at = later(noon, day, hour);
    expect(decided(record, { type: "await_parts", at: record.touchedAt }, now).ok).toBe(true);
    const noted = unwrap(remark(now)).next;
    expect(refused(decided(noted, { type: "await_parts", at }, now)).code).toBe("BACKDATED");
    const { next, events } = unwrap(decided(record, { type: "await_parts", at }, now));
    expect(events[0]!.at).toBe(at);
    expect(next).toMatchObject({ touchedAt: at, stay: { enteredAt: at, back: { spent: 3_600_000 } } });
  });

  it("cannot come before a deadline that has lapsed meanwhile", () => {
    const late = later(noon, day, { hours: 11 });
    const at = later(noon, day, hour);
    expect(refused(decided(record, { type: "await_parts", at }, late))).toEqual({ code: "BACKDATED", subject: at });
  });

  it("is never earlier than what has happened, whatever this machine's clock says", () => {
    const slow = earlier(noon, { days: 400 });
    const { next, events } = unwrap(decided(record, "await_parts", slow));
    expect(events[0]!.at).toBe(record.touchedAt);
    expect(next).toMatchObject({ touchedAt: record.touchedAt, stay: { back: { spent: 0 } } });
  });
});

describe("who may", () => {
  const commands = [v.remark];
  const remark = { type: "remark", input: { text: "x" } };
  const may = (grant: Parameters<typeof visit.permit>[1], actor: Actor) => {
    const doors = visitsWith(visit.permit("anyone", grant));
    const verdict = decided(opened(), remark, context(noon, actor), doors).ok;
    expect(doors.available(opened(), context(noon, actor)).map((a) => a.command)).toEqual(verdict ? ["remark"] : []);
    return verdict;
  };

  it("is nobody whom no permit grants", () => {
    expect(may({ commands: [] }, max)).toBe(false);
    expect(may({ actors: [], commands }, max)).toBe(false);
    expect(may({ roles: [], commands }, max)).toBe(false);
    expect(may({ commands: [v.finish] }, max)).toBe(false);
  });

  it("goes by kind of actor, by role and by whose the record is, and every part must fit", () => {
    const doctor: Actor = { kind: "staff", id: "c-7", roles: ["doctor", "manager"] };
    expect([ann, carl, robot].map((a) => may({ actors: ["staff", "system"], commands }, a))).toEqual([
      true,
      false,
      true,
    ]);
    expect([ann, max, doctor].map((a) => may({ roles: ["manager", "chief"], commands }, a))).toEqual([
      false,
      true,
      true,
    ]);
    expect([carl, eve, ann, doctor].map((a) => may({ own: true, commands }, a))).toEqual([true, false, false, true]);
    const all = { actors: ["staff"], roles: ["doctor"], own: true, commands } as const;
    expect([carl, max, doctor].map((a) => may(all, a))).toEqual([false, false, true]);
    expect(may({ own: false, commands }, eve)).toBe(true);
  });

  it("is told in the refusal, one line for each permit, sorted", () => {
    const doors = visitsWith(
      visit.permit("zeal", { roles: ["zealot"], commands }),
      visit.permit("anyone", { actors: ["customer"], own: true, commands }),
      visit.permit("else", { commands: [v.start] }),
    );
    expect(refused(decided(opened(), remark, noon, doors))).toEqual({
      code: "NOT_PERMITTED",
      command: "remark",
      may: [
        { permit: "anyone", actors: ["customer"], roles: "any", own: true },
        { permit: "zeal", actors: "anyone", roles: ["zealot"], own: false },
      ],
    });
  });

  it("is nobody's own where the kind does not say whose it is", () => {
    const plain = lifeOf({ ...visit, "~def": { ...visit["~def"], owner: undefined } }, [
      ...v.tokens.filter((t) => t.token !== "permit"),
      visit.permit("anyone", { own: true, commands }),
    ]);
    expect(refused(decided(opened(), remark, context(noon, carl), plain)).code).toBe("NOT_PERMITTED");
  });
});

describe("an extension that fails", () => {
  const withRemark = (part: object) =>
    visitsWith(
      visit.transition("remark", {
        from: { phase: "open" },
        to: "same",
        emits: [v.remarked],
        emit: () => v.remarked({ text: "x" }),
        ...part,
      } as never),
    );
  const thrown = () => {
    throw new Error("the plug is out");
  };
  const fake = { ...v.remarked, id: "visit.invented", "~def": v.remarked["~def"] };
  const loose = visit.event("visit.remarked", { v: 1, data: z.any() });
  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  const says = (data: unknown) => ({ emits: [loose], emit: () => loose(data) });
  const writes = (slot: unknown) => ({ emit: () => ({ ...v.remarked({ text: "x" }), slot }) });
  const isNot = 'what "visit.remarked" says must be an object of plain JSON';

  it.each<readonly [string, object, string]>([
    ["throws in when", { when: thrown }, "the plug is out"],
    ["throws in guard", { guard: thrown }, "the plug is out"],
    ["throws in emit", { emit: thrown }, "the plug is out"],
    ["throws a text", { when: () => Promise.reject.call(undefined) }, "PromiseReject called on non-object"],
    ["answers nothing in when", { when: () => undefined }, "a check must answer true or deny(…)"],
    ["answers null in guard", { guard: () => null }, "a check must answer true or deny(…)"],
    ["answers false", { when: () => false }, "a check must answer true or deny(…)"],
    ["denies without a code", { guard: () => ({ code: 5 }) }, "a check must answer true or deny(…)"],
    ["is asynchronous in a check", { guard: async () => true }, "a check must answer true or deny(…)"],
    ["is asynchronous in emit", { emit: async () => v.remarked({ text: "x" }) }, "it must answer events"],
    ["emits null", { emit: () => null }, "it must answer events"],
    ["emits nothing", { emit: () => undefined }, "it must answer events"],
    ["emits a list of nothing", { emit: () => [undefined] }, "it must answer events"],
    ["emits no event at all", { emit: () => [] }, "an accepted command says at least one thing"],
    ["has no emit", { emit: undefined }, "an accepted command says at least one thing"],
    [
      "emits what it did not declare",
      { emit: () => v.reckoned({ remarks: 1 }) },
      '"visit.reckoned" is not among what it emits',
    ],
    [
      "emits what nobody defined",
      { emit: () => ({ ...v.remarked({ text: "x" }), event: fake }) },
      '"visit.invented" is not among what it emits',
    ],
    [
      "emits what does not fit",
      { emit: () => v.remarked({ text: 5 } as never) },
      'what "visit.remarked" says does not fit its schema: expected string, found 5',
    ],
    ["emits a text", says("x"), isNot],
    ["emits undefined", says(undefined), isNot],
    ["emits a date", says({ at: new Date(0) }), isNot],
    ["emits NaN", says({ n: Number.NaN }), isNot],
    ["emits a map in a list", says({ list: [new Map()] }), isNot],
    ["emits a hole", says({ list: [undefined] }), isNot],
    ["emits a circle", says(cyclic), isNot],
    [
      "says that it moved, and nothing of how",
      { emit: () => visit.moved(undefined as never) },
      'what "visit.moved" says must be an object of plain JSON',
    ],
    ["writes to no slot", writes({ of: "visit", id: "nowhere", data: {} }), 'there is no slot "nowhere"'],
    ["empties no slot", writes({ of: "visit", id: "nowhere", data: null }), 'there is no slot "nowhere"'],
    ["writes to null", writes(null), "there is no slot undefined"],
    [
      "fills a slot wrongly",
      writes(v.badge({ colour: "green" } as never)),
      'what it puts into the slot "badge" does not fit its schema',
    ],
    [
      "fills a slot with nothing",
      writes(v.badge(undefined as never)),
      'what it puts into the slot "badge" does not fit its schema',
    ],
  ])("is contained and named: %s", (_, part, detail) => {
    const answer = decided(opened(), { type: "remark", input: { text: "x" } }, noon, withRemark(part));
    expect(refused(answer)).toEqual({ code: "PLUGIN_FAULT", token: "remark", detail });
  });

  it("is named by its guard, not by the command that it guards", () => {
    const doors = visitsWith(visit.guard("sober", { on: v.remark, when: thrown }));
    expect(refused(decided(opened(), { type: "remark", input: { text: "x" } }, noon, doors))).toEqual({
      code: "PLUGIN_FAULT",
      token: "sober",
      detail: "the plug is out",
    });
  });

  it("is named by its kind where that says whose a record is", () => {
    const kind = { ...visit, "~def": { ...visit["~def"], owner: thrown } };
    const doors = lifeOf(kind, [
      ...v.tokens.filter((t) => t.token !== "permit"),
      visit.permit("anyone", { own: true, opens: true, commands: [v.start] }),
    ]);
    const fault = { code: "PLUGIN_FAULT", token: "visit", detail: "the plug is out" };
    expect(refused(decided(opened(), "start", noon, doors))).toEqual(fault);
    expect(refused(doors.open({ id: "1", input: { customer: "c", remarks: 0 } }, context()))).toEqual(fault);
    expect(doors.available(opened(), context())).toEqual([]);
  });

  it.each<readonly [string, () => unknown, string]>([
    ["throws", thrown, "the plug is out"],
    [
      "is asynchronous",
      async () => ({ customer: "c", remarks: 0 }),
      'what "visit.opened" says must be an object of plain JSON',
    ],
    ["answers null", () => null, 'what "visit.opened" says must be an object of plain JSON'],
    ["answers a list", () => [], 'what "visit.opened" says lacks "customer"'],
    [
      "leaves a field out",
      () => ({ customer: "c", remarks: undefined, hours: 1 }),
      'what "visit.opened" says lacks "remarks"',
    ],
  ])("is named by its kind where it begins a record and %s", (_, begin, detail) => {
    const kind = { ...visit, "~def": { ...visit["~def"], begin: begin as () => object } };
    const doors = lifeOf(kind, v.tokens);
    const refusal = refused(doors.open({ id: "1", input: { customer: "c", remarks: 0 } }, context()));
    expect(refusal).toMatchObject({ code: "PLUGIN_FAULT", token: "visit" });
    expect((refusal as { detail: string }).detail).toContain(detail);
  });

  it.each<readonly [string, () => unknown, string]>([
    ["throws", thrown, "the plug is out"],
    ["writes the head", () => ({ version: 9 }), '"version" is not a field that an event may write'],
    ["writes the slots", () => ({ slots: {} }), '"slots" is not a field that an event may write'],
    ["writes what the kind does not have", () => ({ colour: 1 }), '"colour" is not a field that an event may write'],
    [
      "writes the prototype",
      () => JSON.parse('{"__proto__": {}}'),
      '"__proto__" is not a field that an event may write',
    ],
    ["answers null", () => null, "a plain object is needed, found null"],
    ["answers a text", () => "remarks", 'a plain object is needed, found "remarks"'],
    ["answers a list", () => [1], "a plain object is needed, found a list of 1"],
    ["is asynchronous", async () => ({ remarks: 1 }), "a plain object is needed, found an object"],
  ])("is named by its event where that evolves and %s", (_, evolve, detail) => {
    const remarked = visit.event("visit.remarked", {
      v: 1,
      data: z.object({ text: z.string() }),
      evolve: evolve as never,
    });
    expect(refused(decided(opened(), { type: "remark", input: { text: "x" } }, noon, visitsWith(remarked)))).toEqual({
      code: "PLUGIN_FAULT",
      token: "visit.remarked",
      detail,
    });
  });

  it("may leave undefined members in what it says: they are dropped, as a store would", () => {
    const remarked = visit.event("visit.remarked", {
      v: 1,
      data: z.object({ text: z.string(), by: z.optional(z.string()), deep: z.any() }),
    });
    const doors = visitsWith(
      remarked,
      visit.transition("remark", {
        from: { phase: "open" },
        to: "same",
        emits: [remarked],
        emit: () => remarked({ text: "x", by: undefined, deep: [{ a: undefined, b: -0 }] }),
      }),
    );
    expect(unwrap(decided(opened(), "remark", noon, doors)).events[0]!.data).toStrictEqual({
      text: "x",
      deep: [{ b: 0 }],
    });
  });

  it("says what the schema made of its words, and leaves the list it answered alone", () => {
    const said = Object.freeze([v.finished({ hours: 1, extra: true } as never)]);
    const doors = visitsWith(
      visit.transition("remark", { from: { phase: "open" }, to: "same", emits: [v.finished], emit: () => said }),
    );
    expect(unwrap(decided(opened(), "remark", noon, doors)).events[0]!.data).toStrictEqual({ hours: 1 });
    expect(said[0]!.data).toEqual({ hours: 1, extra: true });
  });

  it("cannot return to a state that nothing left", () => {
    const returned = visit.transition("start", { from: { phase: "open" }, to: "previous" });
    const doors = visitsWith(returned);
    expect(refused(decided(opened(), "start", noon, doors))).toEqual({
      code: "NOTHING_TO_RETURN_TO",
      subject: "v-1",
    });
    expect(doors.available(opened(), context()).find((a) => a.command === "start")).toMatchObject({
      allowed: false,
      denials: [deny("NOTHING_TO_RETURN_TO")],
    });
  });

  it("that begins in a pause may pause again, and has nowhere to go back to", () => {
    const kind = { ...visit, "~def": { ...visit["~def"], initial: "parts" } };
    const doors = lifeOf(kind, v.tokens);
    const { next } = unwrap(doors.open({ id: "v-1", input: { customer: "c-7", remarks: 0 } }, context()));
    const again = unwrap(decided(next, "await_weather", noon, doors));
    expect(again.events[0]!.moved).toStrictEqual({ from: "parts", to: "weather" });
    expect(again.next).toMatchObject({ state: "weather", stay: { back: null } });
    expect(refused(decided(again.next, "go_on", noon, doors)).code).toBe("NOTHING_TO_RETURN_TO");
    const lapsed = unwrap(doors.sweep(again.next, context(later(noon, { days: 9 }))));
    expect(lapsed.events).toHaveLength(1);
    expect(lapsed.events[0]).not.toHaveProperty("moved");
    expect(lapsed.next).toMatchObject({ state: "weather", stay: { lapses: 1 } });
  });
});
