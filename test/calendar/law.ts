import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import type { Calendar } from "../../src/calendar/index.js";
import { localDateToDay, toMs } from "../../src/kernel/instant.js";
import { day, make, type Pair, pair, type Questions, questions, type Scene, scene } from "./arbitraries.js";

export interface Asked extends Questions {
  readonly calendar: Calendar;
  /** What is open for a month to either side, and where that was cut. */
  readonly spans: readonly { readonly from: number; readonly to: number }[];
  readonly low: number;
  readonly high: number;
  readonly scene: Scene;
}

/** What hardly ever opens is refused, and that takes all three hundred years: it has tests of its own. */
export const isWorked = (calendar: Calendar, around: number): boolean =>
  calendar.between(around - 9 * day, around + 9 * day) > day / 2;

/** A law over scenes. */
export function lawOf(law: (asked: Asked) => void): void {
  fc.assert(
    fc.property(scene, (one) => {
      const calendar = make(one.recipe);
      const [low, high] = [one.around - 40 * day, one.around + 40 * day];
      const spans = calendar.spans(low, high);
      fc.pre(isWorked(calendar, one.around));
      law({ ...questions(one, calendar), calendar, spans, low, high, scene: one });
    }),
    { numRuns: 150 },
  );
}

/** A law over two calendars of one time. */
export function lawOfTwo(law: (a: Calendar, b: Calendar, low: number, high: number) => void): void {
  fc.assert(
    fc.property(pair, ({ around, a, b }: Pair) => law(make(a), make(b), around - 10 * day, around + 10 * day)),
    { numRuns: 150 },
  );
}

/** The answer, or the code of the refusal. */
export function answer<T>(ask: () => T): T | string {
  try {
    return ask();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== "BEYOND_HORIZON" && code !== "NO_WORKING_TIME") throw error;
    return code;
  }
}

export const elapsed = (text: string): number => (text.length === 10 ? localDateToDay(text) * day : toMs(text));
export const resume = { land: "resume" } as const;
export const onDate = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The local dates that a span meets: by each stretch of one offset, as a clock set back over midnight meets a date twice. */
export function datesOf(from: number, to: number, zone: string): string[] {
  const turn = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).getTimeZoneTransition("next");
  const end = Math.min(to, turn?.epochMilliseconds ?? to);
  const met: string[] = [];
  for (let date = onDate(from, zone); date <= onDate(end - 1, zone); date = days(date, 1))
    if (exists(date, zone)) met.push(date);
  return end < to ? [...met, ...datesOf(end, to, zone)] : met;
}

export const days = (date: string, n: number): string => Temporal.PlainDate.from(date).add({ days: n }).toString();

/** Whether a zone ever had a date: it may have gone over to the other side of the date line. */
export const exists = (date: string, zone: string): boolean =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).toPlainDate().toString() === date;
