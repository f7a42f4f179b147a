import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../src/kernel/event.js";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import type { PolicyBook } from "../../src/kernel/policy.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { ClockReading } from "../../src/lifecycle/readings.js";
import type { BreachedData } from "../../src/lifecycle/record-kind.js";
import { clockHistory, replay } from "../../src/lifecycle/retell.js";
import { fold, later, robot, stored } from "../given.js";
import {
  bookOf,
  complaints,
  contextAt,
  hour,
  hours,
  jobs,
  type Life,
  levels,
  live,
  policies,
  type Scene,
  type Steps,
  serviceLevelsOf,
  steps,
  type Turn,
} from "./clocks.js";

const scenes = [
  ["jobs of a plugin", jobs],
  ["complaints", complaints],
] as const;
const runs = { numRuns: 80, seed: 11 };

const readAt = ({ doors }: Scene, record: AnyRecord, now: Instant, book: PolicyBook) =>
  unwrap(doors.clocks(record, contextAt(now, book)));
const retoldAt = ({ doors }: Scene, events: readonly Draft[], now: Instant, book: PolicyBook) =>
  unwrap(clockHistory(doors, events, contextAt(now, book)));

/** When somebody asks: at the last attempt, and some time afterwards, whether anything was swept by then or not. */
const asked = ({ now }: Life): readonly Instant[] => [now, later(now, { hours: 7 }), later(now, { days: 9 })];

/** A record remembers neither the runs before the present one nor that a verdict was another once: its log does. */
const remembered = ({ levels, earlier: _, revised: __, ...rest }: ClockReading): object => ({
  ...rest,
  levels: [...levels].sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1)),
});

/** Of what is told late, a record says when it became known: its log, when it was so. */
const undated = ({ breachedAt, levels, earlier: _, revised: __, ...rest }: ClockReading): object => ({
  ...rest,
  breached: breachedAt !== null,
  levels: levels.map((l) => l.id).sort(),
});

function equalsItsLog(scene: Scene, lives: Steps, changes: number): void {
  const known = lives.backdated === true ? undated : remembered;
  fc.assert(
    fc.property(policies(scene, changes), steps(lives), (list, tried) => {
      const book = bookOf(list);
      const life = live(scene, book, tried);
      for (const now of asked(life)) {
        const full = retoldAt(scene, life.events, now, book);
        expect(readAt(scene, life.record, now, book).map(known)).toEqual(full.map(known));
        if (lives.backdated !== true) expect(full.filter((c) => c.revised !== null)).toEqual([]);
      }
    }),
    { numRuns: 80, seed: 11 },
  );
}

describe("what a record remembers of its clocks is what its log says", () => {
  it("jobs of a plugin, under one policy or none", () => equalsItsLog(jobs, {}, 0));
  it("jobs of a plugin, under versions that come in force on the way", () => equalsItsLog(jobs, {}, 3));
  it("complaints, under one policy or none", () => equalsItsLog(complaints, { atOnce: true }, 0));
  it("complaints, under versions that come in force on the way", () => equalsItsLog(complaints, {}, 3));
  it("complaints, of which some things are told late", () => equalsItsLog(complaints, { backdated: true }, 0));
});

describe.each(scenes)("a verdict: %s", (_, scene) => {
  it("changes by an earlier-dated fact only, and then that is said", () => {
    fc.assert(
      fc.property(policies(scene, 3, { onReopen: ["resume"] }), steps({ backdated: true }), (list, tried) => {
        const book = bookOf(list);
        const verdicts = (record: AnyRecord, now: Instant) =>
          new Map(readAt(scene, record, now, book).map((c) => [c.clock, { ...c, run: record.clocks?.[c.clock]?.run }]));
        live(scene, book, tried, undefined, ({ before, after, said, now, backdated }) => {
          const is = verdicts(after, now);
          for (const [clock, was] of verdicts(before, now)) {
            const then = is.get(clock)!;
            const goesOn = was.verdict === "on time" && then.state !== "stopped";
            if (was.verdict === null || was.run !== then.run || was.verdict === then.verdict || goesOn) continue;
            const revised = said.filter((e) => e.type.endsWith(".revised")).map((e) => (e.data as BreachedData).clock);
            expect([was.verdict, then.verdict, backdated, revised]).toEqual([
              was.verdict,
              then.verdict,
              true,
              expect.arrayContaining([clock]),
            ]);
          }
        });
      }),
      runs,
    );
  });
});

type Between = NonNullable<Parameters<typeof live>[3]>;
/** Sweeps at each of some instants. */
const sweeping =
  ({ doors }: Scene, book: PolicyBook, next: (record: AnyRecord, after: Instant) => Instant | null): Between =>
  (record, until) => {
    const events: Draft[] = [];
    let swept = record;
    for (let at = next(swept, record.touchedAt); at !== null && at <= until; at = next(swept, at)) {
      const { next: after, events: said } = unwrap(doors.sweep(swept, contextAt(at, book, robot)));
      events.push(...said);
      swept = after;
    }
    return { next: swept, events };
  };
const end = ({ now }: Life): Instant => later(now, { days: 30 });

/** A life, swept to a month after its end. */
function toTheEnd(scene: Scene, book: PolicyBook, tried: Parameters<typeof live>[2], between?: Between) {
  const life = live(scene, book, tried, between);
  const rest = between?.(life.record, end(life)) ?? { next: life.record, events: [] };
  const last = unwrap(scene.doors.sweep(rest.next, contextAt(end(life), book)));
  return { record: last.next, events: [...life.events, ...rest.events, ...last.events] };
}

describe.each(scenes)("it does not matter when anybody swept: %s", (_, scene) => {
  it("at each wake-up, or not until something else happened", () => {
    fc.assert(
      fc.property(policies(scene, 3), steps({ backdated: true }), (list, tried) => {
        const book = bookOf(list);
        const wakes = sweeping(scene, book, (record) => scene.doors.wakeAt(record, book));
        expect(toTheEnd(scene, book, tried, wakes)).toEqual(toTheEnd(scene, book, tried));
      }),
      runs,
    );
  });

  it("every minute", () => {
    const short = steps({ longest: 8 }).map((all) => all.map((one) => ({ ...one, wait: one.wait % (3 * hour) })));
    fc.assert(
      fc.property(policies(scene, 3), short, (list, tried) => {
        const book = bookOf(list);
        const minutes = sweeping(scene, book, (_, at) => later(at, { minutes: 1 }));
        const life = live(scene, book, tried, minutes);
        const lazy = live(scene, book, tried);
        const last = (one: Life) => unwrap(scene.doors.sweep(one.record, contextAt(end(life), book)));
        expect([...life.events, ...last(life).events]).toEqual([...lazy.events, ...last(lazy).events]);
        expect(last(life).next).toEqual(last(lazy).next);
      }),
      { numRuns: 10, seed: 11 },
    );
  });

  it("nor which versions will be in force later", () => {
    fc.assert(
      fc.property(policies(scene, 2), serviceLevelsOf(scene), steps(), (list, body, tried) => {
        const soon = bookOf(list);
        const life = live(scene, soon, tried);
        const then = toInstant(toMs(life.now) + 1);
        const late = bookOf([
          ...list.filter((p) => p.from <= life.now),
          levels(99, then, body),
          hours(99, then, { holidays: ["2026-03-10"] }),
        ]);
        const other = live(scene, late, tried);
        expect([other.record, other.events]).toEqual([life.record, life.events]);
        expect(readAt(scene, other.record, life.now, late)).toEqual(readAt(scene, life.record, life.now, soon));
      }),
      runs,
    );
  });

  it("and nobody wakes it too late, or for nothing", () => {
    fc.assert(
      fc.property(policies(scene, 3), steps({ backdated: true }), (list, tried) => {
        const book = bookOf(list);
        const { doors } = scene;
        const said = (record: AnyRecord, at: Instant) => unwrap(doors.sweep(record, contextAt(at, book))).events.length;
        const check = ({ after }: Turn) => {
          const wake = doors.wakeAt(after, book);
          const before = wake === null ? later(after.touchedAt, { days: 900 }) : toInstant(toMs(wake) - 1);
          if (before >= after.touchedAt) expect(said(after, before)).toBe(0);
          if (wake !== null && wake >= after.touchedAt) expect(said(after, wake)).toBeGreaterThan(0);
        };
        live(scene, book, tried, undefined, check);
      }),
      runs,
    );
  });
});

describe.each(scenes)("the log of a record with clocks: %s", (_, scene) => {
  const lives = fc.tuple(policies(scene, 2), steps({ backdated: true, atOnce: true }));

  it("makes the record, also without the plugin that brought one of them", () => {
    fc.assert(
      fc.property(lives, ([list, tried]) => {
        const { record, events } = toTheEnd(scene, bookOf(list), tried);
        expect(stored(record)).toStrictEqual(record);
        for (const doors of [scene.doors, scene.fewer]) expect(fold(doors, stored(events))).toStrictEqual(record);
      }),
      runs,
    );
  });

  it("says what time did in the order of time", () => {
    fc.assert(
      fc.property(lives, ([list, tried]) => {
        const { events } = toTheEnd(scene, bookOf(list), tried);
        let touched = "";
        for (const { at, actor } of events) {
          if (actor.id === "clock") expect(at >= touched).toBe(true);
          if (at > touched) touched = at;
        }
      }),
      runs,
    );
  });
});

describe.each(scenes)("what another policy would have changed: %s", (_, scene) => {
  const outcome = ({ state, verdict, due, breachedAt, levels: reached, earlier }: ClockReading) => [
    state,
    verdict,
    due,
    breachedAt,
    reached,
    earlier,
  ];

  it("is what differs from having had it all along", () => {
    fc.assert(
      fc.property(policies(scene, 2), serviceLevelsOf(scene), steps(), (list, body, tried) => {
        const book = bookOf(list);
        const other = levels(77, "2020-01-01T00:00:00.000Z", body, "other");
        const life = live(scene, book, tried);
        const now = end(life);
        const was = retoldAt(scene, life.events, now, book);
        const would = retoldAt(scene, life.events, now, bookOf([...list.filter((p) => p.kind !== other.kind), other]));
        const differing = was.flatMap((before, i) => {
          const after = would[i]!;
          return JSON.stringify(outcome(before)) === JSON.stringify(outcome(after))
            ? []
            : [{ clock: before.clock, before, after }];
        });
        expect(unwrap(replay(scene.doors, life.events, other, contextAt(now, book)))).toEqual(differing);
      }),
      runs,
    );
  });

  it("is nothing where it was in force all along", () => {
    fc.assert(
      fc.property(policies(scene, 0), steps({ backdated: true }), (list, tried) => {
        const book = bookOf(list);
        const { events, now } = live(scene, book, tried);
        for (const policy of list)
          expect(unwrap(replay(scene.doors, events, policy, contextAt(now, book)))).toEqual([]);
      }),
      runs,
    );
  });
});

it("no clock of a closed complaint runs", () => {
  fc.assert(
    fc.property(policies(complaints, 0), steps({ backdated: true }), (list, tried) => {
      const book = bookOf(list);
      live(complaints, book, tried, undefined, ({ after, now }) => {
        if (complaints.doors.phase(after) !== "closed") return;
        const running = readAt(complaints, after, now, book).filter((c) => c.state === "running");
        expect(running.map((c) => c.clock)).toEqual([]);
      });
    }),
    runs,
  );
});
