import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { type Calendar, explainAdd, explainBetween } from "../../src/calendar/index.js";
import { toInstant } from "../../src/kernel/instant.js";
import { type Happening, type Reading, readClock, type Target } from "../../src/sla/index.js";
import { hour } from "../calendar/given.js";
import {
  anyTarget,
  asking,
  base,
  calendar,
  type History,
  history,
  marksOf,
  seed,
  shuffled,
  soup,
  steady,
  target,
  time,
} from "./arbitraries.js";
import { walked } from "./brute-force.js";

type Mark = Happening<number>;
type Clock = Reading<number>;

const runs = { numRuns: 300 };
const read = (target: Target | null, marks: readonly Mark[], calendar: Calendar, asOf: number): Clock =>
  readClock(target, marks, { calendar, asOf });

/** A law over whatever may happen to a clock. */
const ever = (law: (target: Target, marks: readonly Mark[], calendar: Calendar, asOf: number) => void): void =>
  fc.assert(fc.property(anyTarget, soup, calendar, asking, law), runs);
type Twice = (at: (asOf: number) => Clock, asOf: number, later: number, marks: readonly Mark[]) => void;
/** A law over whatever may happen to a clock, all of it known in time, asked at two moments one after the other. */
const soups = (law: Twice): void =>
  fc.assert(
    fc.property(anyTarget, soup, calendar, asking, asking, (target, soup, calendar, a, b) => {
      const marks = soup.map(({ recordedAt: _, ...mark }) => mark as Mark);
      law((asOf) => read(target, marks, calendar, asOf), Math.min(a, b), Math.max(a, b), marks);
    }),
    runs,
  );
/** The same over what makes sense. */
const histories = (law: Twice): void =>
  fc.assert(
    fc.property(target, history, calendar, asking, asking, (target, told, calendar, a, b) => {
      const marks = marksOf(steady(told, target));
      law((asOf) => read(target, marks, calendar, asOf), Math.min(a, b), Math.max(a, b), marks);
    }),
    runs,
  );

describe("the order of arrival", () => {
  it("does not matter, nor does it among things of one instant", () => {
    fc.assert(
      fc.property(anyTarget, soup, calendar, asking, seed, (target, marks, calendar, asOf, order) => {
        expect(read(target, shuffled(marks, order), calendar, asOf)).toEqual(read(target, marks, calendar, asOf));
      }),
      runs,
    );
  });

  it("of what is all of one instant does not matter either", () => {
    fc.assert(
      fc.property(anyTarget, soup, calendar, seed, (target, soup, calendar, order) => {
        const marks = soup.map((mark) => ({ ...mark, at: base + hour, recordedAt: undefined }) as Mark);
        const begun: Mark[] = [{ type: "start", at: base }, ...marks];
        const asOf = base + 5 * hour;
        expect(read(target, shuffled(begun, order), calendar, asOf)).toEqual(read(target, begun, calendar, asOf));
      }),
      runs,
    );
  });
});

describe("a reading", () => {
  it("of instants is that of milliseconds", () => {
    const instants = (value: unknown): unknown => {
      if (typeof value === "number") return toInstant(value);
      return value;
    };
    const times = ["at", "from", "to", "startedAt", "stoppedAt", "due", "breachedAt", "wakeAt"];
    // `from` of what was revised is a verdict, and so no time.
    const inInstants = (value: unknown, name = ""): unknown => {
      if (times.includes(name)) return instants(value);
      if (Array.isArray(value)) return value.map((one) => inInstants(one));
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inInstants(one, key)]));
    };
    ever((target, marks, calendar, asOf) => {
      const told = marks.map(({ at, recordedAt, ...mark }) => ({
        ...mark,
        at: toInstant(at as number),
        ...(recordedAt === undefined ? {} : { recordedAt: toInstant(recordedAt as number) }),
      })) as Happening<string>[];
      expect(readClock(target, told, { calendar, asOf: toInstant(asOf) })).toEqual(
        inInstants(read(target, marks, calendar, asOf)),
      );
    });
  });

  it("is the same again, and changes nothing that it was given", () => {
    ever((target, marks, calendar, asOf) => {
      const before = JSON.stringify([target, marks.map(({ type, at }) => [type, at])]);
      const first = read(target, marks, calendar, asOf);
      expect(read(target, marks, calendar, asOf)).toEqual(first);
      expect(JSON.stringify([target, marks.map(({ type, at }) => [type, at])])).toBe(before);
    });
  });

  it("has intervals that follow each other from the start until it stops, is merged or is asked", () => {
    ever((target, marks, calendar, asOf) => {
      const { intervals, startedAt, stoppedAt, state, elapsed } = read(target, marks, calendar, asOf);
      expect(intervals.reduce((sum, one) => sum + one.counted, 0)).toBe(elapsed);
      for (const { from, to, state: was, counted } of intervals) {
        expect(from).toBeLessThan(to);
        if (was !== "running") expect(counted).toBe(0);
      }
      expect(intervals.slice(1).map((one) => one.from)).toEqual(intervals.slice(0, -1).map((one) => one.to));
      if (intervals.length === 0) return;
      expect(intervals[0]!.from).toBe(startedAt);
      const end = intervals[intervals.length - 1]!.to;
      if (state === "stopped") expect(end).toBe(stoppedAt);
      else if (state === "merged") expect(end).toBeLessThanOrEqual(asOf);
      else expect(end).toBe(asOf);
    });
  });

  it("has used what lies between its start and its end, less its gaps", () => {
    ever((target, marks, calendar, asOf) => {
      // What counts may change on the way: here it does not.
      const steady = marks.filter(({ type }) => type !== "target" && type !== "calendar");
      const { intervals, elapsed, paused, startedAt } = read(target, steady, calendar, asOf);
      if (startedAt === null || intervals.length === 0) return;
      const calendarDays = "days" in target.within || "weeks" in target.within;
      const between = (from: number, to: number) =>
        "elapsed" in target.within || calendarDays ? to - from : calendar.between(from, to);
      const idle = (kind: string) =>
        intervals.filter((one) => one.state === kind).reduce((sum, { from, to }) => sum + between(from, to), 0);
      expect(paused).toBe(idle("paused"));
      const end = intervals[intervals.length - 1]!.to;
      expect(elapsed + paused + idle("stopped")).toBe(between(startedAt, end));
    });
  });

  it("is late or has time left, and is due no earlier than it began", () => {
    ever((target, marks, calendar, asOf) => {
      const { verdict, due, startedAt, breachedAt, remaining, late, state } = read(target, marks, calendar, asOf);
      expect((verdict === "late") === (breachedAt !== null)).toBe(true);
      if (verdict === "late") expect(remaining).toBe(0);
      else expect(late).toBe(0);
      expect(Math.min(remaining, late)).toBe(0);
      if (due === null || startedAt === null) return;
      if (breachedAt !== null) {
        expect(breachedAt).toBeGreaterThanOrEqual(due);
        expect(breachedAt).toBeLessThanOrEqual(asOf);
        return;
      }
      expect(due).toBeGreaterThanOrEqual(startedAt);
      if (state === "running" && verdict === null) expect(due).toBeGreaterThanOrEqual(asOf);
    });
  });
});

describe("time goes on", () => {
  it("and what was late was late", () => {
    soups((at, asOf, later, marks) => {
      if (marks.some(({ type }) => type === "target")) return;
      const lates = ({ verdict, earlier }: Clock) =>
        earlier.filter((run) => run.verdict === "late").length + (verdict === "late" ? 1 : 0);
      expect(lates(at(later))).toBeGreaterThanOrEqual(lates(at(asOf)));
    });
  });

  it("and a breach keeps its time, whatever target holds by then", () => {
    histories((at, asOf, later) => {
      const { breachedAt } = at(asOf);
      if (breachedAt !== null) expect(at(later)).toMatchObject({ verdict: "late", breachedAt });
    });
  });

  it("and what has stopped keeps its verdict, whatever comes, unless it is reopened", () => {
    for (const twice of [soups, histories])
      twice((at, asOf, later, marks) => {
        const [was, is] = [at(asOf), at(later)];
        const same = is.stoppedAt === was.stoppedAt && is.earlier.length === was.earlier.length;
        const reopened = marks.some((m) => m.type === "reopen" && m.at > asOf && m.at <= later);
        if (was.state !== "stopped" || !same || reopened) return;
        expect([is.verdict, is.elapsed, is.late, is.due]).toEqual([was.verdict, was.elapsed, was.late, was.due]);
      });
  });

  it("and levels that were reached stay where they are; others come after them", () => {
    histories((at, asOf, later) => {
      const [was, is] = [at(asOf).levels, at(later).levels];
      expect(is).toEqual(expect.arrayContaining(was.slice()));
      const last = was[was.length - 1]?.at ?? -Infinity;
      for (const level of is) if (!was.some(({ id }) => id === level.id)) expect(level.at).toBeGreaterThanOrEqual(last);
      const times = is.map((level) => level.at);
      expect(times.toSorted((a, b) => a - b)).toEqual(times);
      expect(new Set(is.map(({ id }) => id)).size).toBe(is.length);
    });
  });

  it("and by itself changes nothing before the wake-up, and something then", () => {
    ever((target, soup, calendar, asOf) => {
      const marks = soup.filter(({ at }) => (at as number) <= asOf);
      const told = ({ levels, breachedAt, verdict, state }: Clock) => ({ levels, breachedAt, verdict, state });
      const now = read(target, marks, calendar, asOf);
      const { wakeAt } = now;
      if (wakeAt === null) {
        expect(told(read(target, marks, calendar, asOf + 1000 * hour))).toEqual(told(now));
        return;
      }
      expect(wakeAt).toBeGreaterThan(asOf);
      expect(told(read(target, marks, calendar, wakeAt - 1))).toEqual(told(now));
      expect(told(read(target, marks, calendar, wakeAt))).not.toEqual(told(now));
    });
  });
});

describe("what becomes known late", () => {
  const fact: fc.Arbitrary<Mark> = fc
    .tuple(time, fc.constantFrom("start", "stop", "pause", "resume"))
    .map(([at, type]) => ({ type, at }) as Mark);

  it("changes no verdict without saying so, and says so of none that it left", () => {
    fc.assert(
      fc.property(target, history, calendar, fact, fc.nat(40), asking, (target, told, calendar, fact, later, asOf) => {
        const known = (fact.at as number) + (later + 1) * hour;
        const marks = marksOf(told);
        const all = [...marks, { ...fact, recordedAt: known }];
        const before = read(target, marks, calendar, known);
        const after = read(target, all, calendar, known);
        // Things of the very instant in which it became known may have happened before or after.
        fc.pre(marks.every(({ at }) => at !== known));
        expect(before.revised).toBeNull();
        const changed = before.verdict !== null && before.verdict !== after.verdict;
        expect(after.revised).toEqual(changed ? { from: before.verdict, at: known } : null);
        // And whenever it is asked from then on, the same.
        if (asOf >= known) expect(read(target, all, calendar, asOf).revised).toEqual(after.revised);
      }),
      runs,
    );
  });

  it("folds into its place as if it had been known in time", () => {
    ever((target, marks, calendar, asOf) => {
      const known = marks.map(({ recordedAt: _, ...mark }) => mark as Mark);
      const { revised: _, ...late } = read(target, marks, calendar, asOf);
      const { revised, ...inTime } = read(target, known, calendar, asOf);
      expect(late).toEqual(inTime);
      expect(revised).toBeNull();
    });
  });
});

/** A reading without how its gaps were cut. */
const uncut = ({ intervals, ...rest }: Clock) => {
  const joined: { from: number; to: number; state: string; counted: number }[] = [];
  for (const one of intervals) {
    const last = joined[joined.length - 1];
    if (last?.state === one.state && one.state !== "running") last.to = one.to;
    else joined.push({ ...one });
  }
  return { ...rest, intervals: joined };
};

describe("pauses", () => {
  it("cut in two at an inner instant are the same pause", () => {
    fc.assert(
      fc.property(target, history, calendar, time, asking, (target, told, calendar, at, asOf) => {
        const marks = marksOf(told);
        // Of what is not paused then nothing is cut.
        const cut: Mark[] = (["customer", "supplier"] as const).flatMap((reason, i) => {
          const turns = told.pauses[i]!;
          const pausedAt = turns.findLast((one) => (one.at as number) <= at);
          return pausedAt?.type === "pause" && (pausedAt.at as number) < at
            ? ([
                { type: "resume", at, reason },
                { type: "pause", at, reason },
              ] as const)
            : [];
        });
        expect(uncut(read(target, [...marks, ...cut], calendar, asOf))).toEqual(
          uncut(read(target, marks, calendar, asOf)),
        );
      }),
      runs,
    );
  });

  it("of no length are none", () => {
    fc.assert(
      fc.property(target, history, calendar, time, asking, (target, told, calendar, at, asOf) => {
        const marks = marksOf(told);
        const none: Mark[] = [
          { type: "pause", at, reason: "other" },
          { type: "resume", at, reason: "other" },
        ];
        expect(uncut(read(target, [...marks, ...none], calendar, asOf))).toEqual(
          uncut(read(target, marks, calendar, asOf)),
        );
      }),
      runs,
    );
  });

  const run = ({ startedAt, stoppedAt, elapsed, late, verdict }: Clock) => ({
    startedAt,
    stoppedAt,
    elapsed,
    late,
    verdict,
  });

  it("last over a restart: a restarted clock is a clock that was begun then", () => {
    fc.assert(
      fc.property(target, history, calendar, time, asking, (target, told, calendar, at, asOf) => {
        fc.pre(told.start < at && at <= asOf);
        const first: Mark = { type: "start", at: told.start };
        const pauses = told.pauses.flat();
        const restarted = read(target, [first, { type: "restart", at }, ...pauses], calendar, asOf);
        const begun = read(target, [{ type: "start", at }, ...pauses], calendar, asOf);
        const had = read(target, [first, { type: "stop", at }, ...pauses], calendar, at);
        expect(restarted).toEqual({ ...begun, earlier: [run(had)] });
      }),
      runs,
    );
  });

  it("last over a stop: the next run of a clock that repeats is a clock that was begun then", () => {
    fc.assert(
      fc.property(target, history, calendar, time, time, asking, (target, told, calendar, a, b, asOf) => {
        const [stop, at] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(told.start < stop && stop < at && at <= asOf);
        const first: Mark[] = [
          { type: "start", at: told.start },
          { type: "stop", at: stop },
        ];
        const pauses = told.pauses.flat();
        const next: Mark = { type: "start", at };
        const again = read({ ...target, repeats: true }, [...first, next, ...pauses], calendar, asOf);
        const begun = read(target, [next, ...pauses], calendar, asOf);
        expect(again).toEqual({ ...begun, earlier: [run(read(target, [...first, ...pauses], calendar, stop))] });
      }),
      runs,
    );
  });

  it("last over a reopening that begins anew", () => {
    fc.assert(
      fc.property(target, history, calendar, time, time, asking, (target, told, calendar, a, b, asOf) => {
        const [stop, at] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(told.start < stop && stop < at && at <= asOf);
        const first: Mark[] = [
          { type: "start", at: told.start },
          { type: "stop", at: stop },
        ];
        const pauses = told.pauses.flat();
        const marks: Mark[] = [...first, { type: "reopen", at }, ...pauses];
        const anew = read({ ...target, onReopen: "restart" }, marks, calendar, asOf);
        const begun = read(target, [{ type: "start", at }, ...pauses], calendar, asOf);
        expect(anew).toEqual({ ...begun, earlier: [run(read(target, [...first, ...pauses], calendar, stop))] });
      }),
      runs,
    );
  });
});

describe("explanations of the calendar", () => {
  it("come to the same, with the same pauses", () => {
    const hours = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(hours, history, calendar, (hours, told, calendar) => {
        const pauses = told.pauses.flatMap((turns) =>
          turns.flatMap((one, i) =>
            one.type === "pause" && turns[i + 1] !== undefined
              ? [{ from: one.at as number, to: turns[i + 1]!.at as number }]
              : [],
          ),
        );
        const marks: Mark[] = pauses.flatMap(({ from, to }, i): Mark[] => [
          { type: "pause", at: from, reason: String(i) },
          { type: "resume", at: to, reason: String(i) },
        ]);
        const working = hours * hour;
        const asOf = base + 100 * hour;
        const reading = read({ within: { working } }, [{ type: "start", at: told.start }, ...marks], calendar, asOf);
        expect(toInstant(reading.due!)).toBe(explainAdd(calendar, told.start, working, { pauses }).to);
        const { total, used } = explainBetween(calendar, told.start, asOf, { pauses });
        expect(reading.elapsed).toBe(total);
        expect(used.reduce((sum, { ms }) => sum + ms, 0)).toBe(total);
      }),
      runs,
    );
  });

  it("land where the clock lands", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), time, calendar, (hours, at, calendar) => {
        for (const land of ["deadline", "resume"] as const) {
          const { due } = read({ within: { working: hours * hour }, land }, [{ type: "start", at }], calendar, at);
          expect(toInstant(due!)).toBe(explainAdd(calendar, at, hours * hour, { land }).to);
        }
      }),
      runs,
    );
  });
});

describe("days", () => {
  const days = fc.record({
    unit: fc.constantFrom("workingDays", "days", "weeks"),
    n: fc.nat(4),
    endOfDay: fc.boolean(),
  });

  it("are counted first, and then the time that a pause took", () => {
    fc.assert(
      fc.property(days, calendar, time, time, time, ({ unit, n, endOfDay }, calendar, at, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const target: Target = { within: { [unit]: n } as Target["within"], endOfDay };
        const begun: Mark = { type: "start", at };
        const paused: Mark[] = [
          { type: "pause", at: from },
          { type: "resume", at: to },
        ];
        const due = read(target, [begun], calendar, at).due!;
        const begins = Math.max(at, from);
        const idle =
          to <= begins || begins >= due ? 0 : unit === "workingDays" ? calendar.between(begins, to) : to - begins;
        const moved = idle === 0 ? due : unit === "workingDays" ? calendar.add(due, idle) : due + idle;
        expect(read(target, [begun, ...paused], calendar, base + 100 * hour).due).toBe(moved);
      }),
      runs,
    );
  });

  it("without an end keep the time of day, and with one end with a day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), calendar, time, (n, calendar, at) => {
        const due = (within: Target["within"], endOfDay = false) =>
          read({ within, endOfDay }, [{ type: "start", at }], calendar, at).due!;
        const { zone } = calendar;
        const clock = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        const start = clock(at);
        expect(due({ days: n })).toBe(start.add({ days: n }).epochMilliseconds);
        expect(due({ weeks: n })).toBe(start.add({ weeks: n }).epochMilliseconds);
        expect(due({ days: n }, true)).toBe(start.add({ days: n + 1 }).startOfDay().epochMilliseconds);
        expect(due({ workingDays: n })).toBe(calendar.addDays(at, n));
        const closing = due({ workingDays: n }, true);
        const sameDay = clock(calendar.addDays(at, n)).toPlainDate();
        expect(
          clock(closing - 1)
            .toPlainDate()
            .toString(),
        ).toBe(sameDay.toString());
        expect(calendar.between(closing, sameDay.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds)).toBe(0);
        expect(calendar.isOpen(closing - 1)).toBe(true);
      }),
      runs,
    );
  });
});

/** Which of two levels of one instant comes first is how they are listed. */
const sorted = (levels: Clock["levels"]): Clock["levels"] =>
  levels.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

/** Whether a pause goes on beyond a stop. */
const over = ({ pauses, stops }: History): boolean =>
  stops.some(
    ({ at, type }) => type === "stop" && pauses.some((turns) => turns.filter((one) => one.at <= at).length % 2 === 1),
  );

describe("minute by minute", () => {
  const alike = (suits: (history: History) => boolean) =>
    fc.assert(
      fc.property(target, history, calendar, asking, (target, told, calendar, asOf) => {
        fc.pre(told.start <= asOf && suits(told));
        const one = steady(told, target);
        const reading = read(target, marksOf(one), calendar, asOf);
        const expected = walked(target, one, calendar, asOf);
        expect({ ...reading, levels: sorted(reading.levels) }).toMatchObject({
          ...expected,
          levels: sorted(expected.levels!),
        });
      }),
      { numRuns: 500 },
    );

  it("a clock that is paused, stopped and reopened", () => alike((one) => one.changes.length === 0 && !over(one)));

  it("a clock that is held to one target after another", () => alike((one) => !over(one)));

  it("a clock whose pauses last longer than its runs", () => alike(() => true));
});

it("asks nothing of the zone of the process", () => {
  const own = process.env["TZ"];
  const all = (zone: string) => {
    process.env["TZ"] = zone;
    return fc
      .sample(fc.tuple(anyTarget, soup, calendar, asking), { seed: 7, numRuns: 50 })
      .map(([target, marks, calendar, asOf]) => read(target, marks, calendar, asOf));
  };
  try {
    const here = all("UTC");
    for (const zone of ["America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"]) expect(all(zone)).toEqual(here);
  } finally {
    if (own === undefined) delete process.env["TZ"];
    else process.env["TZ"] = own;
  }
});
