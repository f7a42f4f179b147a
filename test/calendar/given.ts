import { expect } from "vitest";
import {
  type Calendar,
  type CalendarData,
  createCalendar,
  type NamedCalendarData,
  type WorkingWindow,
} from "../../src/calendar/index.js";
import type { ErrorCode } from "../../src/index.js";

export const hour = 3_600_000;
export const minute = 60_000;
export const second = 1000;
export const day = 86_400_000;

type Week = CalendarData["week"];

/** Monday to Friday. */
export const workweek = (...windows: readonly WorkingWindow[]): Week => ({
  mon: windows,
  tue: windows,
  wed: windows,
  thu: windows,
  fri: windows,
});

export const everyDay = (...windows: readonly WorkingWindow[]): Week => ({
  ...workweek(...windows),
  sat: windows,
  sun: windows,
});

/** A calendar of an office, Monday to Friday from nine to five, with whatever is not like that. */
export const office = (data: Partial<NamedCalendarData> = {}): Calendar =>
  createCalendar({ id: "office", version: 1, zone: "UTC", week: workweek("09:00-17:00"), ...data });

/** Open at every moment. */
export const always = (zone = "UTC"): Calendar => office({ id: "always", zone, week: everyDay("00:00-24:00") });

/** Open on some dates only. */
export const onlyOn = (days: CalendarData["days"], zone = "UTC"): Calendar =>
  office({ id: "dates", zone, week: {}, days });

/** What is thrown with a code. */
export const coded = (code: ErrorCode): Error => expect.objectContaining({ code });

/** Every date of a year. */
export const datesOf = (year: number): readonly string[] => {
  const dates: string[] = [];
  for (let ms = Date.UTC(year, 0); ms < Date.UTC(year + 1, 0); ms += day)
    dates.push(new Date(ms).toISOString().slice(0, 10));
  return dates;
};

/** Whether a date is from Monday to Friday. */
export const isWeekday = (date: string): boolean => new Date(date).getUTCDay() % 6 !== 0;
