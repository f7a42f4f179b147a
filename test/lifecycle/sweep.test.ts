import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import { deadlines } from "../../src/lifecycle/deadlines.js";
import { lifeOf } from "../../src/lifecycle/life.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import { verifyLifecycle } from "../../src/lifecycle/verify.js";
import { ann, context, earlier, fold, later, max, noon, refused, stored } from "../given.js";
import * as v from "./visit.js";
import { decided, lived, opened, visit, visits, visitsWith } from "./visit.js";

const hour = { hours: 1 };
const day = { days: 1 };
const swept = (record: AnyRecord, at: Instant, doors = visits) => unwrap(doors.sweep(record, context(at)));
const told = (events: readonly { type: string; at: string; data: unknown }[]) =>
  events.map(({ type, at, data }) => [type, at, data]);

describe("time alone", () => {
  it("changes nothing a millisecond before a deadline, and on the dot it lapses", () => {
    const record = opened();
    const due = later(noon, { days: 2 });
    const justBefore = toInstant(toMs(due) - 1);
    expect(swept(record, justBefore)).toStrictEqual({ next: record, events: [] });
    expect(swept(record, justBefore).next).toBe(record);
    expect(swept(record, due).events).toStrictEqual([
      {
        stream: { kind: "visit", id: "v-1" },
        version: 2,
        type: "visit.lapsed",
        v: 1,
        data: { state: "planned", lapses: 1 },
        at: due,
        actor: { kind: "system", id: "clock" },
      },
      {
        stream: { kind: "visit", id: "v-1" },
        version: 3,
        type: "visit.reminded",
        v: 1,
        data: { lapses: 1 },
        at: due,
        actor: { kind: "system", id: "clock" },
      },
    ]);
    expect(swept(record, due).next).toMatchObject({
      version: 3,
      commandVersion: 1,
      touchedAt: due,
      stay: { enteredAt: noon, since: noon, spent: 0, lapses: 1, back: null },
    });
  });

  it("reminds so often, so far apart, and then never again", () => {
    const { next, events } = swept(opened(), later(noon, { days: 900 }));
    expect(told(events.filter((e) => e.type === "visit.lapsed"))).toEqual(
      [2, 3, 4, 5].map((days, i) => ["visit.lapsed", later(noon, { days }), { state: "planned", lapses: i + 1 }]),
    );
    expect(next).toMatchObject({ state: "planned", version: 9, commandVersion: 1, stay: { lapses: 4 } });
    expect(visits.wakeAt(next, context().book)).toBeNull();
    expect(swept(next, later(noon, { days: 9000 })).events).toEqual([]);
  });

  it("moves the record where its state says, each deadline counted from the one before", () => {
    const { record } = lived([[later(noon, hour), "start"]]);
    const { next, events } = swept(record, later(noon, { days: 60 }));
    expect(events).toMatchObject([
      { type: "visit.lapsed", at: later(noon, { hours: 11 }), moved: { from: "under_way", to: "overdue" } },
      { type: "visit.lapsed", at: later(noon, { hours: 35 }), data: { state: "overdue", lapses: 1 } },
    ]);
    expect(next).toMatchObject({ state: "overdue", stay: { enteredAt: later(noon, { hours: 11 }), lapses: 1 } });
  });

  it("never touches what is closed", () => {
    const { record } = lived([
      [noon, "start"],
      [noon, { type: "remark", input: { text: "x" } }],
      [noon, { type: "finish", input: { hours: 1 } }],
    ]);
    expect(swept(record, later(noon, { days: 3650 }))).toEqual({ next: record, events: [] });
    expect(visits.wakeAt(record, context().book)).toBeNull();
  });

  it("tells a lapse with the record as it was, the nominal time, and nothing of who swept or when", () => {
    const seen: unknown[] = [];
    const planned = visit.state("planned", {
      phase: "open",
      deadline: { days: 2 },
      then: v.overdue,
      emits: [v.reminded],
      lapse: (args) => {
        seen.push(args);
        return v.reminded({ lapses: args.lapses });
      },
    });
    const due = later(noon, { days: 2 });
    const { next, events } = unwrap(visitsWith(planned).sweep(opened(), context(later(noon, { days: 2 }, hour), max)));
    expect(seen).toMatchObject([
      {
        record: { state: "planned" },
        lapses: 1,
        now: due,
        context: { now: due, actor: { kind: "system", id: "clock" } },
      },
    ]);
    expect(events.map((e) => [e.type, e.moved?.to])).toEqual([
      ["visit.lapsed", "overdue"],
      ["visit.reminded", undefined],
    ]);
    expect(next).toMatchObject({ state: "overdue", version: 3 });
  });

  it("gives the same however often and late it is swept, and what was said folds to the record", () => {
    const late = toMs(later(noon, { days: 40 }));
    const steps = fc.array(fc.integer({ min: toMs(noon) - 1e9, max: late }), { maxLength: 12 });
    const begin = fc.constantFrom(
      lived([]),
      lived([[later(noon, hour), "start"]]),
      lived([
        [later(noon, hour), "start"],
        [later(noon, hour, hour), "await_parts"],
      ]),
      lived([
        [later(noon, hour), "await_weather"],
        [later(noon, { hours: 5 }), "await_weather"],
      ]),
    );
    fc.assert(
      fc.property(begin, steps, ({ record, events }, moments) => {
        const once = swept(record, toInstant(late));
        let often = record;
        const said = [];
        for (const moment of [...moments, late]) {
          const decision = unwrap(visits.sweep(often, context(toInstant(moment), max)));
          often = decision.next;
          said.push(...decision.events);
        }
        expect(said).toStrictEqual(once.events);
        expect(often).toStrictEqual(once.next);
        expect(fold(visits, stored([...events, ...said]))).toStrictEqual(often);
      }),
    );
  });

  it("wakes a record exactly when it lapses", () => {
    const { book } = context();
    for (const record of [
      opened(),
      lived([[later(noon, hour), "start"]]).record,
      lived([[noon, "await_parts"]]).record,
    ]) {
      const wake = visits.wakeAt(record, book)!;
      expect(swept(record, toInstant(toMs(wake) - 1)).events).toEqual([]);
      expect(swept(record, wake).events).not.toEqual([]);
    }
    expect(visits.wakeAt({ ...opened(), stay: { ...opened().stay, enteredAt: "x" } }, book)).toBeNull();
    expect(visits.wakeAt(null as never, book)).toBeNull();
    const end = "9999-12-31T23:59:59.999Z";
    expect(visits.wakeAt(opened(end), book)).toBeNull();
    expect(swept(opened(end), end).events).toEqual([]);
  });

  it.each<readonly [string, object]>([
    [
      "throws",
      {
        lapse: () => {
          throw new Error("no");
        },
      },
    ],
    ["is asynchronous", { lapse: async () => v.reminded({ lapses: 1 }) }],
    ["answers nothing", { lapse: () => undefined }],
    ["emits what it did not declare", { lapse: () => v.remarked({ text: "x" }) }],
    ["emits what does not fit", { lapse: () => v.reminded({ lapses: 0.5 }) }],
  ])("contains and names a state whose lapse %s", (_, part) => {
    const planned = visit.state("planned", { phase: "open", deadline: day, emits: [v.reminded], ...part } as never);
    const doors = visitsWith(planned);
    const late = context(later(noon, { days: 9 }));
    const fault = { code: "PLUGIN_FAULT", token: "planned" };
    expect(refused(doors.sweep(opened(), late))).toMatchObject(fault);
    expect(refused(doors.decide(opened(), { type: "start" }, late))).toMatchObject(fault);
    expect(doors.available(opened(), late)).toEqual([]);
  });

  it("says nothing more where a lapse answers no events", () => {
    const planned = visit.state("planned", { phase: "open", deadline: day, emits: [v.reminded], lapse: () => [] });
    expect(unwrap(visitsWith(planned).sweep(opened(), context(later(noon, day)))).events.map((e) => e.type)).toEqual([
      "visit.lapsed",
    ]);
  });
});

describe("a pause", () => {
  const started = later(noon, hour);
  const paused = later(started, { hours: 3 });

  it("leads back to the state that it left, with what was left of its deadline, to the millisecond", () => {
    const odd = toInstant(toMs(paused) + 17);
    const { record } = lived([
      [started, "start"],
      [odd, "await_parts"],
    ]);
    const spent = 3 * 3_600_000 + 17;
    expect(record).toMatchObject({
      state: "parts",
      stay: {
        enteredAt: odd,
        since: odd,
        spent: 0,
        lapses: 0,
        back: { state: "under_way", spent, lapses: 0, since: started },
      },
    });
    const resumed = later(odd, { hours: 30 });
    const { next, events } = unwrap(decided(record, "go_on", resumed));
    expect(events[0]!.moved).toStrictEqual({ from: "parts", to: "under_way" });
    expect(next.stay).toStrictEqual({ enteredAt: resumed, since: started, spent, lapses: 0, back: null });
    expect(visits.wakeAt(next, context().book)).toBe(toInstant(toMs(resumed) + 10 * 3_600_000 - spent));
  });

  it("ends by its own deadline, and the handling goes on where it was", () => {
    const { record } = lived([
      [started, "start"],
      [paused, "await_parts"],
    ]);
    const back = later(paused, { days: 3 });
    const { next, events } = swept(record, back);
    expect(events).toMatchObject([
      {
        type: "visit.lapsed",
        at: back,
        data: { state: "parts", lapses: 1 },
        moved: { from: "parts", to: "under_way" },
      },
    ]);
    expect(events[0]!.moved).not.toHaveProperty("back");
    expect(next.stay).toStrictEqual({ enteredAt: back, since: started, spent: 3 * 3_600_000, lapses: 0, back: null });
    expect(swept(next, later(back, { hours: 7 })).next.state).toBe("overdue");
  });

  it("within a pause keeps the state that the first one left, and what was spent in it", () => {
    const { record, events } = lived([
      [started, "start"],
      [paused, "await_parts"],
      [later(paused, hour), "await_weather"],
      [later(paused, hour, hour), "await_weather"],
    ]);
    expect(events.slice(-2).map((e) => e.moved)).toEqual([
      { from: "parts", to: "weather", back: "under_way" },
      { from: "weather", to: "weather", back: "under_way" },
    ]);
    expect(record.stay).toMatchObject({
      enteredAt: later(paused, hour, hour),
      back: { state: "under_way", spent: 3 * 3_600_000, since: started },
    });
    expect(swept(record, later(paused, hour, hour, day)).next).toMatchObject({
      state: "under_way",
      stay: { spent: 3 * 3_600_000 },
    });
  });

  it("does not start the deadline anew, however often: what was spent adds up", () => {
    let record = lived([[noon, "start"]]).record;
    let at = noon;
    for (let i = 0; i < 9; i++) {
      at = later(at, { minutes: 66 });
      record = unwrap(decided(record, "await_parts", at)).next;
      at = later(at, { hours: 5 });
      record = unwrap(decided(record, "go_on", at)).next;
    }
    expect(record.stay).toMatchObject({ spent: 9 * 66 * 60_000, since: noon });
    expect(visits.wakeAt(record, context().book)).toBe(later(at, { minutes: 6 }));
  });

  it("does not forget what had lapsed before it", () => {
    const third = later(noon, { days: 3 });
    const { record } = lived([[later(third, hour), "await_parts"]]);
    expect(record.stay.back).toMatchObject({ state: "planned", lapses: 2, spent: 73 * 3_600_000 });
    const { next } = unwrap(decided(record, "go_on", later(third, hour, hour)));
    expect(next.stay).toMatchObject({ lapses: 2 });
    // The next reminder was due a day after the second; one hour of that had passed.
    expect(visits.wakeAt(next, context().book)).toBe(later(third, hour, hour, { hours: 23 }));
  });

  it("counts the lapse that led into it", () => {
    const planned = visit.state("planned", {
      phase: "open",
      deadline: day,
      reminders: { every: day, times: 3 },
      then: v.parts,
    });
    const doors = visitsWith(planned);
    const { next } = swept(opened(), later(noon, day), doors);
    expect(next).toMatchObject({ state: "parts", stay: { back: { state: "planned", lapses: 1 } } });
    const back = unwrap(decided(next, "go_on", later(noon, day, hour), doors)).next;
    expect(doors.wakeAt(back, context().book)).toBe(later(noon, day, hour, day));
  });

  it("leaves nothing behind once the record goes elsewhere", () => {
    const giveUp = visit.transition("start", { from: { phase: "paused" }, to: v.overdue });
    const doors = visitsWith(giveUp);
    const { record } = lived([[later(noon, hour), "await_parts"]]);
    const at = later(noon, { hours: 2 });
    expect(unwrap(decided(record, "start", at, doors)).next.stay).toStrictEqual({
      enteredAt: at,
      since: at,
      spent: 0,
      lapses: 0,
      back: null,
    });
  });
});

describe("the policy of deadlines", () => {
  const version = (n: number, from: Instant, body: Parameters<typeof deadlines.version>[0]["body"]) =>
    deadlines.version({ id: "standard", version: n, from, body });
  const wake = (record: AnyRecord, ...policies: ReturnType<typeof version>[]) =>
    visits.wakeAt(record, context(noon, ann, policies).book);

  it("takes the place of a state's own deadline; what it does not name keeps its own", () => {
    const policy = version(1, earlier(noon, day), {
      visit: { planned: { hours: 4 } },
      other: { planned: { hours: 1 } },
    });
    expect(wake(opened(), policy)).toBe(later(noon, { hours: 4 }));
    expect(wake(lived([[noon, "start"]]).record, policy)).toBe(later(noon, { hours: 10 }));
    expect(wake(opened(), version(1, earlier(noon, day), { other: { planned: { hours: 1 } } }))).toBe(
      later(noon, { days: 2 }),
    );
  });

  it("keeps the reminders of the state, counted from the new deadline", () => {
    const policy = version(1, earlier(noon, day), { visit: { planned: { hours: 4 } } });
    const { next } = unwrap(visits.sweep(opened(), context(later(noon, { hours: 4 }), ann, [policy])));
    expect(wake(next, policy)).toBe(later(noon, { hours: 28 }));
  });

  it("holds as it was when the state was entered: a later version moves no running deadline", () => {
    const old = version(1, earlier(noon, day), { visit: { planned: { hours: 4 }, under_way: { hours: 8 } } });
    const strict = version(2, later(noon, hour), { visit: { planned: { hours: 2 }, under_way: { hours: 2 } } });
    expect(wake(opened(), old, strict)).toBe(later(noon, { hours: 4 }));
    expect(wake(lived([[later(noon, hour), "start"]]).record, old, strict)).toBe(later(noon, { hours: 3 }));
  });

  it("holds through a pause too: coming back is not entering anew", () => {
    const strict = version(2, later(noon, { hours: 2 }), { visit: { under_way: { hours: 2 }, parts: { hours: 1 } } });
    const { record } = lived([
      [noon, "start"],
      [later(noon, hour), "await_parts"],
      [later(noon, { hours: 3 }), "go_on"],
    ]);
    expect(record.stay).toMatchObject({ since: noon, spent: 3_600_000 });
    expect(wake(record, strict)).toBe(later(noon, { hours: 12 }));
  });

  it("adopted for the past cannot put a lapse before what has happened since", () => {
    const { record } = lived([[later(noon, { hours: 30 }), { type: "remark", input: { text: "x" } }]]);
    const policy = version(1, earlier(noon, day), { visit: { planned: { hours: 4 } } });
    const { events, next } = unwrap(visits.sweep(record, context(later(noon, { hours: 31 }), ann, [policy])));
    expect(told(events.filter((e) => e.type === "visit.lapsed"))).toEqual([
      ["visit.lapsed", later(noon, { hours: 30 }), { state: "planned", lapses: 1 }],
      ["visit.lapsed", later(noon, { hours: 30 }), { state: "planned", lapses: 2 }],
    ]);
    expect(next.touchedAt).toBe(later(noon, { hours: 30 }));
    expect(wake(next, policy)).toBe(later(noon, { hours: 52 }));
  });

  it("is refused as unreadable where a book holds nonsense", () => {
    const book = { inForce: () => ({ body: { visit: { planned: { days: -1 } } } }) as never, byHash: () => undefined };
    expect(refused(visits.sweep(opened(), { ...context(), book }))).toEqual({ code: "INVALID_RECORD", subject: "v-1" });
    expect(visits.wakeAt(opened(), book)).toBeNull();
  });
});

describe("a deadline that the record carries", () => {
  const call = recordKind("call", {
    revision: 1,
    initial: "due",
    schema: z.object({ dueAt: z.nullable(z.string()) }),
  });
  const missed = call.state("missed", { phase: "closed" });
  const due = call.state("due", { phase: "open", deadline: { field: "dueAt" }, then: missed });
  const nagging = call.state("due", {
    phase: "open",
    deadline: { field: "dueAt" },
    reminders: { every: { hours: 2 }, times: 2 },
  });
  const moved = call.event("call.put_off", {
    v: 1,
    data: z.object({ to: z.nullable(z.string()) }),
    evolve: (_, { to }) => ({ dueAt: to }),
  });
  const putOff = call.transition("put_off", {
    from: { phase: "open" },
    to: "same",
    input: z.object({ to: z.nullable(z.string()) }),
    emits: [moved],
    emit: ({ input }) => moved(input),
  });
  const all = call.permit("all", { opens: true, commands: [putOff] });
  const calls = lifeOf(call, [call, missed, due, moved, putOff, all]);
  const begun = (dueAt: string | null, doors = calls) =>
    unwrap(doors.open({ id: "1", input: { dueAt } }, context(noon))).next;
  const { book } = context();

  it("lapses at the instant that stands there, and not at all while none does", () => {
    const at = later(noon, { hours: 5 });
    const record = begun(at);
    expect(calls.wakeAt(record, book)).toBe(at);
    expect(swept(record, toInstant(toMs(at) - 1), calls).events).toEqual([]);
    expect(swept(record, later(at, day), calls)).toMatchObject({
      next: { state: "missed" },
      events: [{ type: "call.lapsed", at, moved: { from: "due", to: "missed" } }],
    });
    expect(calls.wakeAt(begun(null), book)).toBeNull();
    expect(swept(begun(null), later(noon, { days: 999 }), calls).events).toEqual([]);
  });

  it("moves with the field", () => {
    const record = begun(later(noon, hour));
    const put = (to: string | null) =>
      unwrap(calls.decide(record, { type: "put_off", input: { to } }, context(noon))).next;
    expect(calls.wakeAt(put(later(noon, day)), book)).toBe(later(noon, day));
    expect(calls.wakeAt(put(null), book)).toBeNull();
  });

  it("that was over before the record came to be lapses at once, and not before the record", () => {
    expect(swept(begun(earlier(noon, day)), later(noon, hour), calls).events).toMatchObject([{ at: noon }]);
  });

  it("reminds from there on", () => {
    const doors = lifeOf(call, [call, missed, nagging, moved, putOff, all]);
    const at = later(noon, hour);
    expect(swept(begun(at, doors), later(noon, { days: 9 }), doors).events.map((e) => e.at)).toEqual([
      at,
      later(at, { hours: 2 }),
      later(at, { hours: 4 }),
    ]);
  });

  it("is refused where it is no instant", () => {
    expect(refused(calls.sweep(begun("tomorrow"), context()))).toEqual({ code: "INVALID_RECORD", subject: "1" });
    expect(calls.wakeAt(begun("tomorrow"), book)).toBeNull();
  });

  it("is not touched by a policy of deadlines", () => {
    const policy = deadlines.version({
      id: "d",
      version: 1,
      from: earlier(noon, day),
      body: { call: { due: { minutes: 1 } } },
    });
    expect(calls.wakeAt(begun(later(noon, hour)), context(noon, ann, [policy]).book)).toBe(later(noon, hour));
  });

  it("must stand in a field that the kind has", () => {
    const lost = call.state("due", { phase: "open", deadline: { field: "when" as never }, then: missed });
    expect(verifyLifecycle(call, [call, missed, lost]).map((f) => [f.code, f.message])).toEqual([
      ["INVALID_DEADLINE", '"due" is due at the field "when", which it does not have'],
    ]);
  });
});
