import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beganAt, marked, type Run, type RunMark } from "../../src/kernel/run.js";

type At = RunMark<number> & { readonly at: number };
const mark = (type: RunMark["type"], at: number, more: object = {}): At => ({ type, at, ...more }) as At;
const start = (at: number, of?: "created" | "customer waiting" | "attached") => mark("start", at, { of });
const breach = (at: number, due = at) => mark("breach", at, { at, due }) as At;
const level = (id: string, at: number) => mark("level", at, { id });

const fold = (marks: readonly At[], repeats = false): Run<number> => {
  let run: Run<number> | undefined;
  for (const one of marks) run = marked(run, one, one.at, repeats);
  return run!;
};

/** What most tests are about. */
const told = (run: Run<number>) => ({
  run: run.run,
  began: beganAt(run),
  stopped: run.stoppedAt,
  paused: run.pausedAt,
  gaps: run.gaps.map(({ from, to, kind }) => `${kind} ${from}-${to}`),
});
const is = (more: object) => ({ run: 1, began: 0, stopped: null, paused: null, gaps: [], ...more });

/** How a run has come to stand, and how it stands. */
const states = {
  "had not begun": [],
  "is paused before it began": [mark("pause", 0)],
  runs: [start(0)],
  "is paused": [start(0), mark("pause", 5)],
  "has stopped": [start(0), mark("stop", 5)],
  "was reopened": [start(0), mark("stop", 5), mark("reopen", 7)],
  "has ended": [start(0), mark("end", 5, { reason: "case-7" })],
} as const satisfies Readonly<Record<string, readonly At[]>>;
type State = keyof typeof states;

describe.each<readonly [State, Readonly<Partial<Record<RunMark["type"], object>>>]>([
  [
    "had not begun",
    {
      start: is({ began: 10 }),
      restart: is({ began: 10 }),
      stop: is({ began: null }),
      reopen: is({ began: null }),
      pause: is({ began: null, paused: 10 }),
      resume: is({ began: null }),
      end: is({ began: null }),
    },
  ],
  [
    "is paused before it began",
    {
      start: is({ began: 10, paused: 0 }),
      restart: is({ began: 10, paused: 0 }),
      stop: is({ began: null, paused: 0 }),
      reopen: is({ began: null, paused: 0 }),
      pause: is({ began: null, paused: 0 }),
      resume: is({ began: null, gaps: ["pause 0-10"] }),
      end: is({ began: null, paused: 0 }),
    },
  ],
  [
    "runs",
    {
      start: is({}),
      restart: is({ run: 2, began: 10 }),
      stop: is({ stopped: 10 }),
      reopen: is({}),
      pause: is({ paused: 10 }),
      resume: is({}),
      end: is({}),
    },
  ],
  [
    "is paused",
    {
      start: is({ paused: 5 }),
      stop: is({ stopped: 10, gaps: ["pause 5-10"] }),
      reopen: is({ paused: 5 }),
      pause: is({ paused: 5 }),
      resume: is({ gaps: ["pause 5-10"] }),
      end: is({ paused: 5 }),
    },
  ],
  [
    "has stopped",
    {
      start: is({ stopped: 5 }),
      restart: is({ run: 2, began: 10 }),
      stop: is({ stopped: 5 }),
      reopen: is({ gaps: ["stop 5-10"] }),
      pause: is({ stopped: 5 }),
      resume: is({ stopped: 5 }),
      end: is({ stopped: 5 }),
    },
  ],
  [
    "was reopened",
    {
      start: is({ gaps: ["stop 5-7"] }),
      restart: is({ run: 2, began: 10 }),
      stop: is({ stopped: 10, gaps: ["stop 5-7"] }),
      reopen: is({ gaps: ["stop 5-7"] }),
      pause: is({ paused: 10, gaps: ["stop 5-7"] }),
      resume: is({ gaps: ["stop 5-7"] }),
      end: is({ gaps: ["stop 5-7"] }),
    },
  ],
  [
    "has ended",
    {
      start: is({}),
      restart: is({}),
      stop: is({}),
      reopen: is({}),
      pause: is({}),
      resume: is({}),
      end: is({}),
    },
  ],
])("a run that %s", (state, answers) => {
  it.each(Object.entries(answers))("after %s", (type, expected) => {
    const had = states[state];
    expect(told(fold([...had, mark(type as RunMark["type"], 10, { reason: "case-8" })]))).toEqual(expected);
  });

  it("is not changed by a mark, but followed", () => {
    const had = fold([...states[state], mark("resume", 8)]);
    const before = JSON.stringify(had);
    for (const type of Object.keys(answers)) marked(had, mark(type as RunMark["type"], 10), 10, true);
    expect(JSON.stringify(had)).toBe(before);
  });
});

describe("a run", () => {
  it("that is restarted during a pause stands still until that ends", () => {
    const run = fold([start(0), mark("pause", 5), mark("restart", 10), mark("resume", 20)]);
    expect(told(run)).toMatchObject({ run: 2, began: 10, paused: null });
    // From where the new run began, whatever is remembered of before.
    expect(run.gaps.map(({ from, to, kind }) => [kind, Math.max(from, 10), to])).toEqual([["pause", 10, 20]]);
  });

  it("keeps the first beginning of each kind", () => {
    const run = fold([start(3), start(5), start(4, "customer waiting"), start(6, "attached"), start(2, "attached")]);
    expect([run.created, run.waiting, run.attached]).toEqual([3, 4, 2]);
    expect(beganAt(run)).toBe(2);
  });

  it("is followed by another where its clock repeats", () => {
    const first = [start(0, "customer waiting"), mark("stop", 5)];
    expect(told(fold([...first, start(8, "customer waiting")], true))).toEqual(is({ run: 2, began: 8 }));
    expect(told(fold([...first, start(8), mark("stop", 9), start(12)], true))).toEqual(is({ run: 3, began: 12 }));
    expect(told(fold([...first, start(8), start(9)], true))).toEqual(is({ run: 2, began: 8 }));
    expect(told(fold([...first, start(3)], true))).toEqual(is({ stopped: 5 }));
  });

  it("forgets with the next what came true of the one before", () => {
    const had = [start(0), mark("pause", 1), mark("resume", 2), level("half", 3), breach(4), mark("stop", 5)];
    const next = fold([...had, start(8)], true);
    expect(next).toMatchObject({ gaps: [], idle: 0, breached: null, levels: [], stoppedAt: null, firstStopAt: null });
  });

  it("keeps the first stop, however often it is reopened", () => {
    const run = fold([start(0), mark("stop", 5), mark("reopen", 6), mark("stop", 8), mark("reopen", 9)]);
    expect(run).toMatchObject({ firstStopAt: 5, stoppedAt: null, reopenedAt: 9 });
    expect(told(run).gaps).toEqual(["stop 5-6", "stop 8-9"]);
  });

  it("is stopped earlier by an earlier stop that becomes known later", () => {
    expect(fold([start(0), mark("stop", 5), mark("stop", 3)])).toMatchObject({ stoppedAt: 3, firstStopAt: 3 });
    expect(fold([start(4), mark("stop", 5), mark("stop", 3)])).toMatchObject({ stoppedAt: 5 });
  });

  it("is not reopened by what happened before it stopped", () => {
    const run = fold([start(0), mark("stop", 5), mark("reopen", 3)]);
    expect(told(run)).toEqual(is({ stopped: 5 }));
  });

  it("remembers what it was held to when it stopped, until it goes on", () => {
    const held = { policy: "hash", row: 2 };
    const stopped = fold([start(0), mark("stop", 5, { held })]);
    expect(stopped.held).toEqual(held);
    expect(fold([start(0), mark("stop", 5, { held }), mark("stop", 6)]).held).toEqual(held);
    expect(fold([start(0), mark("stop", 5)]).held).toBeNull();
  });

  it("has no gap for a pause of no length", () => {
    expect(fold([start(0), mark("pause", 5), mark("resume", 5)]).gaps).toEqual([]);
    expect(fold([start(0), mark("pause", 5), mark("stop", 5)]).gaps).toEqual([]);
  });

  it("lets its oldest gaps go for the time that they took", () => {
    const gaps = [1, 3, 5].flatMap((at) => [mark("pause", at), mark("resume", at + 1)]);
    const run = fold([start(0), ...gaps, mark("settle", 7, { count: 2, idle: 2, after: 1, paused: 3 })]);
    expect(run).toMatchObject({ idle: 2, idleAfter: 1, idlePaused: 3 });
    expect(told(run).gaps).toEqual(["pause 5-6"]);
    const twice = marked(run, { type: "settle", count: 1, idle: 1, after: 0, paused: 1 }, 8, false);
    expect(twice).toMatchObject({ gaps: [], idle: 3, idleAfter: 1, idlePaused: 4 });
  });

  it("breaches once, and again only after a reopening", () => {
    expect(fold([start(0), breach(5, 4), breach(9, 8)]).breached).toEqual({ at: 5, due: 4 });
    const reopened = [start(0), breach(5, 4), mark("stop", 6), mark("reopen", 7)];
    expect(fold([...reopened, breach(9, 8)]).breached).toEqual({ at: 9, due: 8 });
    expect(fold([...reopened, breach(9, 8), breach(12, 11)]).breached).toEqual({ at: 9, due: 8 });
  });

  it("is cleared of a breach that was none, and may breach then", () => {
    expect(fold([start(0), breach(5), mark("clear", 6)]).breached).toBeNull();
    expect(fold([start(0), breach(5), mark("clear", 6), breach(9)]).breached).toEqual({ at: 9, due: 9 });
  });

  it("reaches each level once, and again only after a reopening", () => {
    const once = [start(0), level("half", 3), level("half", 4), level("most", 5)];
    expect(fold(once).levels).toEqual([
      { id: "half", at: 3 },
      { id: "most", at: 5 },
    ]);
    const again = fold([...once, mark("stop", 6), mark("reopen", 7), level("half", 9), level("half", 10)]);
    expect(again.levels.map(({ at }) => at)).toEqual([3, 5, 9]);
  });

  it("remembers a bounded number of levels, the last", () => {
    const many = Array.from({ length: 100 }, (_, i) => level(`l${i}`, i + 1));
    const { levels } = fold([start(0), ...many]);
    // A target has at most twenty.
    expect(levels.length).toBeGreaterThanOrEqual(20);
    expect(levels.length).toBeLessThan(100);
    expect(levels[levels.length - 1]?.id).toBe("l99");
  });

  it("remembers a bounded number of starts while it runs", () => {
    const many = Array.from({ length: 1000 }, (_, i) => start(i, "customer waiting"));
    expect(JSON.stringify(fold(many, true)).length).toBeLessThan(2000);
  });

  it("ends for the first reason, and takes nothing more", () => {
    const ended = [start(0), mark("end", 5, { reason: "case-7" })];
    expect(fold([...ended, mark("end", 6, { reason: "case-8" })]).ended).toEqual({ at: 5, reason: "case-7" });
    for (const one of [
      breach(9),
      level("half", 9),
      mark("clear", 9),
      mark("settle", 9, { count: 1, idle: 1, after: 0, paused: 1 }),
    ])
      expect(fold([...ended, one])).toEqual(fold(ended));
  });

  it("is JSON, and the same of instants as of milliseconds", () => {
    const instant = (at: number) => `2026-03-02T10:00:0${at}.000Z`;
    const marks = [start(0), mark("pause", 1), mark("resume", 2), mark("stop", 3), mark("reopen", 4)];
    const numbers = fold(marks);
    const texts = marks.reduce<Run | undefined>(
      (run, one) => marked(run, one as RunMark, instant(one.at), false),
      undefined,
    );
    expect(JSON.parse(JSON.stringify(texts))).toEqual(texts);
    const spelled = JSON.parse(JSON.stringify(numbers), (name, value) =>
      typeof value === "number" && name !== "run" && !name.startsWith("idle") ? instant(value) : value,
    );
    expect(texts).toEqual(spelled);
  });
});

describe("the order of arrival", () => {
  type Kind = "start" | "stop" | "restart";
  const arriving = (kinds: readonly Kind[]) =>
    fc
      .uniqueArray(fc.record({ at: fc.integer({ min: 1, max: 20 }), type: fc.constantFrom(...kinds) }), {
        selector: ({ at }) => at,
        maxLength: 6,
      })
      .map((list) => [start(0), ...list.map(({ type, at }) => mark(type, at))]);
  const inTime = (marks: readonly At[]) => marks.toSorted((a, b) => a.at - b.at);
  /** Every mark in its time but one, which becomes known last. */
  const oneLate = (kinds: readonly Kind[]) =>
    fc.tuple(arriving(kinds), fc.nat(5)).map(([marks, which]) => {
      const list = inTime(marks);
      const [late] = list.length > 1 ? list.splice(1 + (which % (list.length - 1)), 1) : [];
      return late === undefined ? list : [...list, late];
    });
  const same = (marks: fc.Arbitrary<readonly At[]>, repeats: boolean) =>
    fc.assert(
      fc.property(marks, (marks) => {
        const known = told(fold(marks, repeats));
        const { began, stopped } = told(fold(inTime(marks), repeats));
        expect(known).toMatchObject({ began, stopped });
      }),
      { numRuns: 500 },
    );

  it("of starts and stops does not matter to a clock that does not repeat", () =>
    same(arriving(["start", "stop"]), false));

  it("does not matter where one message or answer becomes known late", () => same(oneLate(["start", "stop"]), true));

  it("does not matter where one update becomes known late", () => same(oneLate(["stop", "restart"]), false));
});
