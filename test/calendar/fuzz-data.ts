// What random calendars are made from, and where they are asked.
import type { NamedCalendarData } from "../../src/calendar/index.js";
import { firstInstant, lastInstant } from "../../src/calendar/plan.js";
import type { Dice } from "../dice.js";
import { hostile } from "../hostile/corpus.js";
import { always, changes, dateNear, day, minute, settled, weekdays } from "./arbitraries.js";

const zones: readonly string[] = [...Intl.supportedValuesOf("timeZone"), "UTC", "UTC", "Etc/GMT-14", "europe/berlin"];
const values = Object.values(hostile);
const texts = ["25:00-26:00", "09:00-09:00", "24:00-24:00", "17:00-09:00", "09:00–17:00", "09:00-17:00 ", "9-17"];
export const nasty = (d: Dice): unknown =>
  d.odds(0.3) ? d.one([...texts, "2025-02-30", "2025-1-1", "1899-12-31", "2200-01-01"]) : d.one(values)();

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

function windows(d: Dice): readonly string[] {
  const edges = [
    ...new Set(Array.from({ length: 2 * d.below(4) }, () => (d.odds(0.7) ? 30 * d.below(49) : d.below(1441)))),
  ];
  const sorted = edges.sort((a, b) => a - b).slice(0, edges.length & ~1);
  const list = sorted.flatMap((from, i) => (i % 2 === 0 ? [`${clock(from)}-${clock(sorted[i + 1]!)}`] : []));
  const last = sorted[sorted.length - 1];
  return last !== undefined && last < 1440 && d.odds(0.3) ? [...list, `${clock(last)}-${clock(d.below(last))}`] : list;
}

export function soundData(d: Dice, near: number): NamedCalendarData {
  const date = () => dateNear(near, d.below(17) - 8);
  const many = <T>(most: number, make: () => T): readonly T[] => Array.from({ length: d.below(most + 1) }, make);
  const patterns = [windows(d), windows(d), ["09:00-17:00"]];
  const kind = d.below(40);
  const week =
    kind === 0 ? {} : kind === 1 ? always : settled(weekdays.map((_, i) => (i === 2 ? patterns[2]! : d.one(patterns))));
  const sure = { "2025-06-03": ["09:00-17:00"] };
  return {
    id: "fuzzed",
    version: 1 + d.below(9),
    zone: d.one(zones),
    week,
    holidays: many(3, () => (d.odds(0.5) ? date() : { date: date(), name: "a feast" })),
    days: {
      ...(kind === 0 ? sure : {}),
      ...Object.fromEntries(
        many(3, () => [date(), d.odds(0.5) ? windows(d) : { windows: windows(d), name: "stocktaking" }]),
      ),
    },
    dataThrough: d.odds(0.5) ? undefined : d.odds(0.9) ? date() : d.one(["0001-01-01", "9999-12-31"]),
  };
}

/** Something else in one place. */
export function spoilt(d: Dice, data: NamedCalendarData): NamedCalendarData {
  const copy = structuredClone(data);
  let at = copy as unknown as Record<string, unknown>;
  for (;;) {
    const key = d.one(Object.keys(at));
    const inner = at[key];
    if (typeof inner === "object" && inner !== null && Object.keys(inner).length > 0 && d.odds(0.7))
      at = inner as Record<string, unknown>;
    else {
      at[key] = nasty(d);
      return copy;
    }
  }
}

/** Where a calendar is asked about: some days, or all that there is. */
export interface Place {
  readonly near: number;
  readonly far: boolean;
}

export function place(d: Dice): Place {
  const near = d.odds(0.3) ? d.one(changes).at : Date.UTC(2023 + d.below(5), d.below(12), 1 + d.below(28));
  const edge = d.odds(0.5) ? firstInstant + d.below(20) * day : lastInstant - d.below(20) * day;
  return { near: d.odds(0.03) ? edge : near, far: d.odds(0.01) };
}

export function ms(d: Dice, { near, far }: Place): number {
  if (far && d.odds(0.2))
    return d.odds(0.5)
      ? d.one([firstInstant, firstInstant + 1, lastInstant - 1, lastInstant])
      : d.below(300) * 365 * day + firstInstant;
  const at = near + d.below(20 * day) - 10 * day;
  return d.odds(0.5) ? at - (at % (30 * minute)) : at;
}
