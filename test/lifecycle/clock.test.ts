import { describe, expect, it } from "vitest";
import type { ClockMark, Draft } from "../../src/kernel/event.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Run } from "../../src/kernel/run.js";
import type { Token } from "../../src/kernel/token.js";
import { hears } from "../../src/lifecycle/record-kind.js";
import type { Marking } from "../../src/lifecycle/tokens.js";
import { verifyLifecycle } from "../../src/lifecycle/verify.js";
import { context, fold, later, noon, stored } from "../given.js";
import * as v from "./visit.js";
import { lived, tokens, visit, visitsWith } from "./visit.js";

/** A remark tells the clock what to do. */
const told = hears(v.remarked, ({ text }) => (text === "nothing" ? undefined : (text as Marking)));
const opened = hears(visit.opened, "created");
const within = (hours: number) => ({ within: { elapsed: { hours } } });
const clock = (more: Partial<Parameters<typeof visit.clock>[1]> = {}) =>
  visit.clock("promised", { hears: [opened, told], target: within(10), ...more });
const at = (hours: number) => (hours === 0 ? noon : later(noon, { hours }));
const say = (text: string) => ({ type: "remark", input: { text } });

const runOf = (record: AnyRecord): Run => record.clocks!["promised"]!;
const marksIn = (event: Draft | undefined): readonly ClockMark[] => event?.marks ?? [];
const reading = (doors: ReturnType<typeof visitsWith>, record: AnyRecord, now: string) =>
  unwrap(doors.clocks(record, context(now)))[0]!;

describe("a clock", () => {
  it("hears what happens, and the event keeps what that meant", () => {
    const doors = visitsWith(clock());
    const { record, events } = lived([[at(1), say("stop")]], doors);
    expect(events.map(marksIn)).toEqual([
      [{ clock: "promised", type: "start", of: "created" }],
      [{ clock: "promised", type: "stop" }],
    ]);
    expect(runOf(record)).toMatchObject({ created: noon, stoppedAt: at(1), run: 1 });
    expect(reading(doors, record, at(9))).toMatchObject({ state: "stopped", verdict: "on time", elapsed: 3_600_000 });
  });

  it("is told who speaks, and of which record", () => {
    const asked: unknown[] = [];
    const doors = visitsWith(
      clock({
        hears: [
          hears(visit.opened, (data, actor, record) => void asked.push([data.customer, actor.id, record])),
          hears(v.remarked, (data, actor, record) => void asked.push([data.text, actor.id, record?.version])),
        ],
      }),
    );
    lived([[at(1), say("hello")]], doors);
    expect(asked).toEqual([
      ["c-7", "ann", undefined],
      ["hello", "ann", 1],
    ]);
  });

  it("that hears nothing leaves no trace", () => {
    const doors = visitsWith(clock({ hears: [] }));
    const { record, events } = lived([[at(1), say("nothing")]], doors);
    expect(record).not.toHaveProperty("clocks");
    expect(events.some((e) => "marks" in e)).toBe(false);
    expect(reading(doors, record, at(2))).toMatchObject({ state: "waiting", startedAt: null, due: null });
  });

  it("folds without whoever defined it, and without the events that it heard", () => {
    const doors = visitsWith(clock({ repeats: true, reopens: true }));
    const { record, events } = lived(
      [
        [at(1), "await_parts"],
        [at(2), say("stop")],
        [at(3), "go_on"],
        [at(4), say("customer waiting")],
        [at(5), say("attached")],
        [at(6), say("restart")],
        [at(7), "start"],
        [at(20), { type: "finish", input: { hours: 2 } }],
      ],
      doors,
    );
    expect(events.map((e) => e.type)).toContain("visit.breached");
    expect(fold(v.visits, stored(events))).toStrictEqual(record);
    expect(stored(record)).toStrictEqual(record);
  });

  it("stops when the record closes, and goes on when it opens again only if it says so", () => {
    const again = visit.transition("come_back", { from: [v.done], to: v.planned });
    const allowed = visit.permit("anyone", {
      opens: true,
      commands: [v.start, v.finish, v.remark, again],
    });
    for (const [reopens, state] of [
      [true, "running"],
      [false, "stopped"],
    ] as const) {
      const doors = visitsWith(clock({ reopens }), again, allowed);
      const { record } = lived(
        [
          [at(1), say("nothing")],
          [at(2), "start"],
          [at(3), { type: "finish", input: { hours: 1 } }],
          [at(4), say("restart")],
          [at(5), "come_back"],
        ],
        doors,
      );
      expect(runOf(record)).toMatchObject({ run: 1, created: noon, firstStopAt: at(3) });
      expect(reading(doors, record, at(6)).state).toBe(state);
    }
  });

  it("keeps its longest life in a bounded record: old gaps are settled when the next begins", () => {
    const doors = visitsWith(clock({ target: within(100) }));
    const steps = Array.from({ length: 80 }, (_, i) => [at(i + 1), i % 2 === 0 ? "await_parts" : "go_on"] as const);
    const { record, events } = lived(steps, doors);
    const settled = events.flatMap(marksIn).filter((m) => m.type === "settle");
    expect(settled.length).toBeGreaterThan(1);
    expect(runOf(record).gaps.length).toBeLessThanOrEqual(16);
    expect(JSON.stringify(record).length).toBeLessThan(3000);
    expect(reading(doors, record, at(81))).toMatchObject({ due: at(140), elapsed: 41 * 3_600_000, state: "running" });
    expect(fold(v.visits, stored(events))).toStrictEqual(record);
  });

  it("of the same instant speaks in the order of the clocks' names, whichever began first", () => {
    const both = ["b", "a"].map((id) =>
      visit.clock(id, { hears: [hears(visit.opened, "created")], target: within(3) }),
    );
    const late = visit.clock("0", { hears: [hears(v.remarked, "created")], target: within(2) });
    const doors = visitsWith(...both, late);
    const { record } = lived([[at(1), say("x")]], doors);
    // However a store keeps the names of what it keeps.
    const turned = { ...record, clocks: Object.fromEntries(Object.entries(record.clocks!).reverse()) };
    for (const one of [record, turned]) {
      const { events } = unwrap(doors.sweep(one, context(at(4))));
      expect(events.map((e) => [(e.data as { clock: string }).clock, e.at])).toEqual([
        ["0", at(3)],
        ["a", at(3)],
        ["b", at(3)],
      ]);
    }
  });
});

describe("what time makes a clock say", () => {
  const levels = [
    { id: "half", at: { percent: 50 } },
    { id: "up", at: { percent: 100 }, escalates: true },
  ];
  const urging = clock({
    target: { ...within(10), levels },
    emits: [v.reminded],
    escalate: ({ clock: id, level, now, record, context: asked }) => {
      expect([id, level.id, now, asked.now, asked.actor.id, record.state]).toEqual([
        "promised",
        "up",
        at(10),
        at(10),
        "clock",
        "planned",
      ]);
      return [v.reminded({ lapses: 1 }), v.reminded({ lapses: 2 })];
    },
  });

  it("is dated when it came true, and wakes the record a millisecond after", () => {
    const doors = visitsWith(urging);
    const { record } = lived([], doors);
    const { book } = context();
    expect(doors.wakeAt(record, book)).toBe("2026-03-02T17:00:00.001Z");
    expect(unwrap(doors.sweep(record, context(at(5)))).events).toEqual([]);
    const { next, events } = unwrap(doors.sweep(record, context(at(30))));
    expect(events.map((e) => [e.type, e.at, e.data])).toEqual([
      ["visit.warned", at(5), { clock: "promised", level: "half", due: at(10) }],
      ["visit.breached", at(10), { clock: "promised", due: at(10) }],
      ["visit.reminded", at(10), { lapses: 1 }],
      ["visit.reminded", at(10), { lapses: 2 }],
    ]);
    expect(events.map((e) => marksIn(e).map((m) => m.type))).toEqual([["level"], ["breach"], ["level"], []]);
    expect(doors.wakeAt(next, book)).toBe(later(noon, { days: 2 }));
    expect(unwrap(doors.sweep(next, context(at(31)))).events).toEqual([]);
  });

  it("is at least a warning where there is nothing to escalate to", () => {
    for (const escalate of [undefined, () => []]) {
      const doors = visitsWith(
        clock({ target: { ...within(1), levels: [levels[1]!] }, ...(escalate ? { escalate } : {}) }),
      );
      const { events } = unwrap(doors.sweep(lived([], doors).record, context(at(2))));
      expect(events.map((e) => e.type)).toEqual(["visit.breached", "visit.warned"]);
    }
  });

  it("may itself be heard by a clock", () => {
    const chaser = visit.clock("chaser", { hears: [hears(visit.breached, "created")], target: within(4) });
    const doors = visitsWith(clock(), chaser);
    const { record } = lived([[at(20), say("nothing")]], doors);
    expect(record.clocks!["chaser"]).toMatchObject({ created: at(10), breached: { at: at(14), due: at(14) } });
  });
});

describe("a composition is told before it runs", () => {
  const problems = (...more: readonly Token[]) =>
    verifyLifecycle(visit, [...tokens, ...more]).map((f) => [f.code, f.subject]);

  it("of a clock that hears or says what nobody defines", () => {
    const foreign = visit.event("visit.vanished", { v: 1, data: v.remarked["~def"].data as never });
    expect(problems(clock())).toEqual([]);
    expect(problems(clock({ hears: [hears(foreign, "stop")] }))).toEqual([["UNKNOWN_REFERENCE", "visit.vanished"]]);
    expect(problems(clock({ emits: [foreign] }))).toEqual([["UNKNOWN_REFERENCE", "visit.vanished"]]);
  });

  it("of a clock whose own target no policy could hold either", () => {
    const many = Array.from({ length: 60 }, (_, i) => ({ id: `l${i}`, at: { percent: i + 1 } }));
    const twice = { id: "half", at: { percent: 50 } };
    for (const target of [
      // Only a policy can name a calendar.
      { within: { working: { hours: 1 } } },
      { within: { elapsed: { hours: -1 } } },
      { within: { elapsed: { hours: 1 } }, levels: [twice, twice] },
      // More levels than a record remembers would be said again and again.
      { within: { elapsed: { hours: 1 } }, levels: many },
    ])
      expect(problems(clock({ target }))).toHaveLength(1);
  });
});
