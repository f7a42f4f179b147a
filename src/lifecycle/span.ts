/** A stretch of elapsed time: a day is 24 hours, whatever the clocks of a country do. */
export type Span = { readonly days: number } | { readonly hours: number } | { readonly minutes: number };

/** A deadline that the record itself carries: the instant in this field; none while the field is `null`. */
export interface DueField<Field extends string = string> {
  readonly field: Field;
}

const hour = 3_600_000;
/** A hundred years: long enough for a warranty, short enough that no due date leaves the calendar. */
const longest = 36_525 * 24 * hour;

/** A span in milliseconds; `NaN` for what is none: not positive, not whole milliseconds, over a hundred years. */
export function spanMs(span: Span): number {
  const s = span as { days?: number; hours?: number; minutes?: number };
  if (typeof s !== "object" || s === null || Object.keys(s).length !== 1) return Number.NaN;
  const ms = s.days !== undefined ? s.days * 24 * hour : s.hours !== undefined ? s.hours * hour : s.minutes! * 60_000;
  // The text "2" multiplies like a number, but adds like a text.
  const counted = Object.values(s).every((n) => typeof n === "number");
  return counted && Number.isInteger(ms) && ms > 0 && ms <= longest ? ms : Number.NaN;
}
