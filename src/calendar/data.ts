import type { LocalDate } from "../kernel/instant.js";

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/**
 * A stretch of local wall time, `"09:00-17:00"`, half-open; `24:00` is a legal end. What ends before it begins runs past
 * midnight and belongs to the day it begins on.
 */
export type WorkingWindow = string;

export interface Holiday {
  readonly date: LocalDate;
  readonly name: string;
}

/** One date that is not like its weekday; without windows it is closed. */
export interface DayPlan {
  readonly windows: readonly WorkingWindow[];
  readonly name: string;
}

/** What a calendar is made from: plain data, so that a host can store it, draw a form for it and compare versions. */
export interface CalendarData {
  /** The time zone whose wall clock the windows are told in. */
  readonly zone: string;
  readonly week: { readonly [D in Weekday]?: readonly WorkingWindow[] | undefined };
  /** Days off; of a date that is named twice the first name is shown. */
  readonly holidays?: readonly (LocalDate | Holiday)[] | undefined;
  /** Dates that replace their weekday, and beat holidays: `[]` is closed. */
  readonly days?: Readonly<Record<LocalDate, readonly WorkingWindow[] | DayPlan>> | undefined;
  /** The last date that holidays and overrides are known for: answers beyond it are provisional. */
  readonly dataThrough?: LocalDate | undefined;
}

/** The data with the name that a calendar goes by. */
export interface NamedCalendarData extends CalendarData {
  readonly id: string;
  /** A whole number from 1. */
  readonly version: number;
}

/** What can be wrong with the data of a calendar. */
export type CalendarCode =
  | "EMPTY_WEEK"
  | "INVALID_CALENDAR"
  | "NO_WORKING_TIME"
  | "OVERLAPPING_WINDOWS"
  | "UNKNOWN_ZONE"
  | "WRONG_ORDER"
  | "ZERO_LENGTH";

/** One thing wrong: where, which kind of wrong, what was found and what is allowed. */
export interface CalendarProblem {
  readonly path: string;
  readonly code: CalendarCode;
  readonly message: string;
}
