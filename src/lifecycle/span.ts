/** A stretch of elapsed time: a day is 24 hours, whatever the clocks of a country do. */
export type Span = { readonly days: number } | { readonly hours: number } | { readonly minutes: number };

const hour = 3_600_000;
/** A hundred years: long enough for a warranty, short enough that no due date leaves the calendar. */
const longest = 36_525 * 24 * hour;

/** A span in milliseconds; `NaN` for what is none: not positive, not whole milliseconds, over a hundred years. */
export function spanMs(span: Span): number {
  const s = span as { days?: number; hours?: number; minutes?: number };
  if (typeof s !== "object" || s === null || Object.keys(s).length !== 1) return Number.NaN;
  const ms = s.days !== undefined ? s.days * 24 * hour : s.hours !== undefined ? s.hours * hour : s.minutes! * 60_000;
  return Number.isInteger(ms) && ms > 0 && ms <= longest ? ms : Number.NaN;
}
