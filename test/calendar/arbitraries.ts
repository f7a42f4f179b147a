import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import {
  type Calendar,
  createCalendar,
  type DayPlan,
  type Holiday,
  intersect,
  type NamedCalendarData,
  subtract,
  unite,
  type Weekday,
} from "../../src/calendar/index.js";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A change of the clocks of a zone: the first instant of the new offset. */
export interface Change {
  readonly zone: string;
  readonly at: number;
}

/** The first change of the clocks after a date, asked of the reference. */
const changeAfter = (zone: string, date: string): Change => {
  const found = Temporal.Instant.from(`${date}T00:00Z`).toZonedDateTimeISO(zone).getTimeZoneTransition("next");
  if (found === null) throw new Error(`the clocks of ${zone} never change after ${date}`);
  return { zone, at: found.epochMilliseconds };
};

export const changes: readonly Change[] = [
  { zone: "UTC", at: Date.UTC(2024, 1, 29) },
  changeAfter("America/New_York", "2025-03-01"),
  changeAfter("America/New_York", "2025-10-01"),
  changeAfter("Europe/Berlin", "2025-03-01"),
  changeAfter("Europe/Berlin", "2025-10-01"),
  // Half an hour.
  changeAfter("Australia/Lord_Howe", "2025-03-01"),
  changeAfter("Australia/Lord_Howe", "2025-09-01"),
  // Two hours.
  changeAfter("Antarctica/Troll", "2025-03-01"),
  changeAfter("Antarctica/Troll", "2025-10-01"),
  // At midnight: a day that begins at 01:00, a day whose last hour comes twice.
  changeAfter("America/Sao_Paulo", "2018-02-01"),
  changeAfter("America/Sao_Paulo", "2018-10-01"),
  // A date that was skipped, a date that came twice, and another that was skipped.
  changeAfter("Pacific/Apia", "2011-12-01"),
  changeAfter("Pacific/Kwajalein", "1969-09-01"),
  changeAfter("Pacific/Kwajalein", "1993-08-01"),
  changeAfter("Asia/Shanghai", "1988-04-01"),
  changeAfter("Asia/Shanghai", "1988-09-01"),
  // Ramadan.
  changeAfter("Africa/Casablanca", "2025-02-01"),
  changeAfter("Africa/Casablanca", "2025-03-15"),
  changeAfter("Asia/Kathmandu", "1985-12-01"),
  changeAfter("Asia/Tehran", "2021-03-01"),
  changeAfter("Asia/Tehran", "2021-09-01"),
  changeAfter("Asia/Tehran", "2022-09-01"),
  // One minute after midnight, back into the day before.
  changeAfter("America/St_Johns", "2000-10-01"),
  // Summer time for a week.
  changeAfter("America/Recife", "2000-10-01"),
  // Winter time for a week: after Ramadan, and before the autumn.
  changeAfter("Asia/Gaza", "2040-10-01"),
  // From -00:44:30.
  changeAfter("Africa/Monrovia", "1971-12-01"),
];

const zones: readonly string[] = [...new Set(changes.map((c) => c.zone))];
export const weekdays: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The UTC date of an instant, some days later. */
export const dateNear = (ms: number, days: number): string => new Date(ms + days * day).toISOString().slice(0, 10);

/** Few times of the day, so that windows touch, and begin and end where clocks change. */
const early = ["00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "09:00", "12:00"];
const times: readonly string[] = [...early, "17:00", "22:00", "23:00", "24:00"];

type Windows = readonly string[];
const startOf = (window: string): string => window.slice(0, 5);
const endOf = (window: string): string => window.slice(6);
const isNight = (window: string): boolean => endOf(window) < startOf(window);

const daytime: fc.Arbitrary<Windows> = fc
  .tuple(
    fc.subarray([...times], { minLength: 2, maxLength: 5 }),
    fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  )
  .map(([edges, open]) => edges.slice(1).flatMap((to, i) => (open[i] === true ? [`${edges[i]}-${to}`] : [])));
const night = fc.constantFrom("22:00-06:00", "22:00-02:30", "23:00-00:30", "17:00-02:00", "23:30-23:00", "12:00-01:30");

/** The windows of a day: none, by day, and into the night. */
export const windows: fc.Arbitrary<Windows> = fc
  .tuple(daytime, fc.option(night, { freq: 2 }))
  .map(([list, late]) => (late === null ? list : [...list.filter((w) => endOf(w) <= startOf(late)), late]));

type Week = NamedCalendarData["week"];

/** A week may not work the same hour twice: each night ends where the next day begins. */
export function settled(week: readonly Windows[]): Week {
  const days = week.map((list, i): Windows => {
    const [last, next] = [list[list.length - 1], week[(i + 1) % 7]![0]];
    if (last === undefined || next === undefined || !isNight(last) || endOf(last) <= startOf(next)) return list;
    return [...list.slice(0, -1), `${startOf(last)}-${startOf(next) === "00:00" ? "24:00" : startOf(next)}`];
  });
  return Object.fromEntries(weekdays.map((name, i) => [name, days[i]!]));
}

const week: fc.Arbitrary<Week> = fc
  .tuple(
    fc.array(windows, { minLength: 1, maxLength: 3 }),
    fc.array(fc.nat(2), { minLength: 7, maxLength: 7 }),
    fc.constantFrom(...weekdays),
  )
  .map(([patterns, which, sure]) => {
    const list = which.map((n) => patterns[n % patterns.length]!);
    return settled(
      list.some((w) => w.length > 0) ? list : list.map((w, i) => (weekdays[i] === sure ? ["09:00-17:00"] : w)),
    );
  });

/** Always open, in one stretch without an end. */
export const always: Week = Object.fromEntries(weekdays.map((name) => [name, ["00:00-24:00"]]));

/** A calendar of plain data, with holidays and overrides around an instant. */
export function dataNear(around: number, zone: fc.Arbitrary<string>): fc.Arbitrary<NamedCalendarData> {
  const near = fc.integer({ min: -4, max: 4 }).map((n) => dateNear(around, n));
  const holiday: fc.Arbitrary<string | Holiday> = near.chain((date) =>
    fc.constantFrom<string | Holiday>(date, { date, name: "a feast" }, { date, name: "another" }),
  );
  const own: fc.Arbitrary<Windows | DayPlan> = fc.oneof(
    windows,
    windows.map((list) => ({ windows: list, name: "stocktaking" })),
  );
  const days = fc.dictionary(near, own, { maxKeys: 4 });
  const rest = { zone, days, holidays: fc.array(holiday, { maxLength: 4 }) };
  const through = fc.option(near, { nil: undefined });
  return fc
    .oneof(
      { weight: 36, arbitrary: fc.record({ week, ...rest, dataThrough: through }) },
      { weight: 1, arbitrary: fc.record({ week: fc.constant(always), ...rest, dataThrough: through }) },
      {
        weight: 1,
        arbitrary: fc.record({ week: fc.constant({}), ...rest, dataThrough: through }).map((data) => ({
          ...data,
          days: { ...data.days, [dateNear(around, 6)]: ["09:00-17:00"] },
        })),
      },
    )
    .map((data) => ({ id: "c", version: 1, ...data }));
}

/** How a calendar is made, so that it can be made anew: one that has been asked nothing. */
export type Recipe = NamedCalendarData | Combination;
interface Combination {
  readonly how: "intersect" | "unite" | "subtract";
  readonly a: Recipe;
  readonly b: Recipe;
}

export function make(recipe: Recipe): Calendar {
  if (!("how" in recipe)) return createCalendar(recipe);
  const { how, a, b } = recipe;
  return { intersect, unite, subtract }[how](make(a), make(b));
}

/** A calendar, and questions around a change of the clocks; which ones exactly is told by `questions`. */
export interface Scene {
  readonly around: number;
  readonly recipe: Recipe;
  readonly picks: readonly Pick[];
}

interface Pick {
  readonly by: "edge" | "change" | "somewhere";
  readonly place: number;
  readonly shift: number;
}

const places = 1 << 20;
const pick: fc.Arbitrary<Pick> = fc.record({
  by: fc.constantFrom("edge", "edge", "change", "somewhere"),
  place: fc.nat(places - 1),
  shift: fc.constantFrom(0, 0, 0, 1, -1, minute, -30 * minute, hour, -hour, 2 * hour, day, -day),
});

const eras = fc.constantFrom(...changes);
const anyZone = fc.constantFrom(...zones);
const scenes = (recipe: (change: Change) => fc.Arbitrary<Recipe>): fc.Arbitrary<Scene> =>
  eras.chain((change) =>
    fc.record({
      around: fc.constant(change.at),
      recipe: recipe(change),
      picks: fc.array(pick, { minLength: 6, maxLength: 6 }),
    }),
  );

const leaf = ({ zone, at }: Change) => dataNear(at, fc.constant(zone));
const other = ({ at }: Change) => dataNear(at, anyZone);
const combination = (change: Change): fc.Arbitrary<Combination> =>
  fc.record({
    how: fc.constantFrom("intersect", "unite", "subtract"),
    a: leaf(change),
    b: fc.oneof(leaf(change), other(change)),
  });

/** A calendar of plain data, or two of them combined, in zones of their own. */
export const scene: fc.Arbitrary<Scene> = scenes((change) =>
  fc.oneof<fc.Arbitrary<Recipe>[]>(leaf(change), leaf(change), combination(change)),
);

export interface Pair {
  readonly around: number;
  readonly a: NamedCalendarData;
  readonly b: NamedCalendarData;
}

/** Two calendars of plain data, half of the time in one zone. */
export const pair: fc.Arbitrary<Pair> = eras.chain((change) =>
  fc.record({ around: fc.constant(change.at), a: leaf(change), b: fc.oneof(leaf(change), other(change)) }),
);

/** Moments to ask about, and amounts of working time: often those that end exactly where something opens or closes. */
export function questions({ around, picks }: Scene, calendar: Calendar): Questions {
  const edges = calendar.spans(around - 9 * day, around + 9 * day).flatMap(({ from, to }) => [from, to]);
  const moment = ({ by, place, shift }: Pick): number => {
    if (by === "edge" && edges.length > 0) return edges[place % edges.length]! + shift;
    return by === "somewhere" ? around - 9 * day + Math.floor((place / places) * 18 * day) : around + shift;
  };
  const [t, u, v, ...rest] = picks.map(moment) as [number, number, number, ...number[]];
  const amount = (to: number | undefined): number => Math.abs(calendar.between(t, to ?? around)) || 1 + (t & 0xfffff);
  return { at: [t, u, v], amounts: [amount(rest[0]), amount(rest[1])], n: (picks[5]!.place % 9) + 1 };
}

export interface Questions {
  readonly at: readonly [number, number, number];
  readonly amounts: readonly [number, number];
  readonly n: number;
}
