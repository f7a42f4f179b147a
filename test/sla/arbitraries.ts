import fc from "fast-check";
import type { Calendar } from "../../src/calendar/index.js";
import type { Happening, Level, Target } from "../../src/sla/index.js";
import { always, everyDay, hour, minute, office } from "../calendar/given.js";

/** A Friday noon before a night in which the clocks of Europe go forward. */
export const base = Date.UTC(2026, 2, 27, 12);

const split = office({ id: "split", zone: "Europe/Berlin", week: everyDay("09:00-12:00", "13:00-17:00") });
const nights = office({ id: "nights", zone: "Europe/Berlin", week: everyDay("22:00-04:30") });
/** An example that fails names its calendar; all that a calendar knows would fill pages. */
const named = (calendar: Calendar): Calendar =>
  Object.assign(calendar, { [fc.toStringMethod]: (): string => calendar.id } as object);
export const calendars: readonly Calendar[] = [office({ id: "weekdays" }), split, nights, always()].map(named);
export const calendar: fc.Arbitrary<Calendar> = fc.constantFrom(...calendars);

/** Few times, so that things happen in one instant, just at closing and just when something is due. */
const span = 60;
export const time: fc.Arbitrary<number> = fc.nat(span).map((n) => base + n * hour);
/** A moment of asking: any of the times, a little before or after one, or long after all. */
export const asking: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: time },
  { weight: 2, arbitrary: fc.tuple(time, fc.constantFrom(-minute, minute)).map(([at, ms]) => at + ms) },
  { weight: 1, arbitrary: fc.constant(base + 2 * span * hour) },
);

type Counted = "working" | "elapsed";
const of = (counted: Counted, ms: number) => (counted === "working" ? { working: ms } : { elapsed: ms });

/** Whole hours, of which the percentages are whole minutes. */
const level = (counted: Counted): fc.Arbitrary<Level["at"]> =>
  fc.oneof(
    fc.constantFrom(25, 50, 75, 100, 150).map((percent) => ({ percent })),
    fc.integer({ min: 1, max: 4 }).map((hours) => ({ before: of(counted, hours * hour) })),
    fc.integer({ min: 1, max: 8 }).map((hours) => ({ after: of(counted, hours * hour) })),
  );
const levels = (counted: Counted): fc.Arbitrary<readonly Level[]> =>
  fc.array(level(counted), { maxLength: 4 }).map((list) => list.map((at, i) => ({ id: `level ${i}`, at })));

/** A target in working or elapsed time. */
export const target: fc.Arbitrary<Target> = fc.constantFrom<Counted>("working", "elapsed").chain((counted) =>
  fc.record(
    {
      within: fc.integer({ min: 1, max: 12 }).map((hours) => of(counted, hours * hour)),
      levels: levels(counted),
      pausable: fc.boolean(),
      onReopen: fc.constantFrom<Target["onReopen"]>("resume", "ignore"),
    },
    { requiredKeys: ["within"] },
  ),
);

/** Any target, days and weeks included. */
export const anyTarget: fc.Arbitrary<Target> = fc
  .tuple(
    target,
    fc.option(fc.oneof(...["workingDays", "days", "weeks"].map((unit) => fc.nat(3).map((n) => ({ [unit]: n }))))),
    fc.record(
      {
        land: fc.constantFrom<Target["land"]>("deadline", "resume"),
        endOfDay: fc.boolean(),
        origin: fc.constantFrom<Target["origin"]>("step", "roll"),
        onReopen: fc.constantFrom<Target["onReopen"]>("resume", "ignore", "restart"),
        starts: fc.constantFrom<Target["starts"]>("created", "customer waiting", "attached"),
        repeats: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([one, days, more]) => ({ ...one, ...more, within: (days ?? one.within) as Target["within"] }))
  .filter(({ onReopen, repeats }) => !(onReopen === "ignore" && repeats === true));

type Mark = Happening<number>;
const reason = fc.constantFrom(undefined, "customer", "supplier");
const recorded = fc.option(fc.nat(20), { nil: undefined, freq: 4 });

/** Anything that may happen, in any order, sense or none. */
export const soup: fc.Arbitrary<readonly Mark[]> = fc.array(
  fc
    .tuple(
      time,
      recorded,
      fc.oneof(
        fc.constantFrom(undefined, "created", "customer waiting", "attached").map((of) => ({ type: "start", of })),
        fc.constantFrom("stop", "reopen", "restart", "stop").map((type) => ({ type })),
        fc.tuple(fc.constantFrom("pause", "resume"), reason).map(([type, reason]) => ({ type, reason })),
        fc.tuple(fc.option(anyTarget, { freq: 5 }), reason).map(([target, reason]) => ({
          type: "target",
          target,
          reason,
        })),
        calendar.map((calendar) => ({ type: "calendar", calendar })),
        fc.constantFrom("one", "other").map((into) => ({ type: "merge", into })),
      ),
    )
    .map(([at, later, what]) => ({
      ...what,
      at,
      ...(later === undefined ? {} : { recordedAt: at + later * hour }),
    })) as fc.Arbitrary<Mark>,
  { maxLength: 14 },
);

/** One after another, two of one instant included. */
const turns = (first: string, second: string, reason?: string): fc.Arbitrary<readonly Mark[]> =>
  fc
    .array(time, { maxLength: 5 })
    .map((times) =>
      times.sort((a, b) => a - b).map((at, i): Mark => ({ type: i % 2 === 0 ? first : second, at, reason }) as Mark),
    );

/** What could have happened to one clock, with a single start and whatever is known in its time. */
export interface History {
  readonly start: number;
  readonly stops: readonly Mark[];
  readonly pauses: readonly (readonly Mark[])[];
  readonly changes: readonly { readonly at: number; readonly target: Target }[];
}

export const history: fc.Arbitrary<History> = fc
  .record({
    start: fc.nat(20).map((n) => base + n * hour),
    stops: turns("stop", "reopen"),
    pauses: fc.tuple(turns("pause", "resume", "customer"), turns("pause", "resume", "supplier")),
    changes: fc.uniqueArray(fc.record({ at: time, target }), { maxLength: 3, selector: ({ at }) => at }),
  })
  .map((one) => ({ ...one, changes: one.changes.toSorted((a, b) => a.at - b.at) }))
  .map((one) => ({ ...one, stops: one.stops.filter(({ at }) => at >= one.start) }))
  // What is left may begin with a reopening, which nothing would have stopped.
  .map((one) => ({ ...one, stops: one.stops[0]?.type === "reopen" ? one.stops.slice(1) : one.stops }));

/** Whether a reopening brings it back is asked of what holds when it is read: here that does not change. */
export const steady = (one: History, { onReopen }: Target): History => ({
  ...one,
  changes: one.changes.map(({ at, target }) => ({ at, target: { ...target, onReopen } })),
});

export const marksOf = ({ start, stops, pauses, changes }: History): readonly Mark[] => [
  { type: "start", at: start },
  ...stops,
  ...pauses.flat(),
  ...changes.map(({ at, target }): Mark => ({ type: "target", at, target })),
];

/** An order of its own for each example. */
export const shuffled = <T>(list: readonly T[], seed: readonly number[]): T[] =>
  list
    .map((one, i) => ({ one, rank: seed[i % seed.length] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
export const seed: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });
