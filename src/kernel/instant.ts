import * as z from "zod/mini";
import { ClienteleError } from "./errors.js";

/** A moment in UTC, always `YYYY-MM-DDTHH:mm:ss.sssZ`, years 0001 to 9999: text order is time order. */
export type Instant = string;

/** A day of the calendar, wherever it is lived: `YYYY-MM-DD`, years 0001 to 9999. Text order is time order. */
export type LocalDate = string;

const dayMs = 86_400_000;
const firstDay = -719_162;
const lastDay = 2_932_896;

/** Two digits as a number; so negative that no sum repairs it when they are not digits (`NaN` included: past the end). */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1e9;
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return 30 + ((month + (month >> 3)) & 1);
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/**
 * Days since 1970-01-01 of the date that a text begins with, or NaN. Howard Hinnant's `days_from_civil`
 * (https://howardhinnant.github.io/date_algorithms.html): years begin in March, so that the leap day comes last. His
 * eras of 400 years are needed for negative years only.
 */
function leadingDay(text: string): number {
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || year < 1 || month < 1 || month > 12) return Number.NaN;
  if (day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  const y = month > 2 ? year : year - 1;
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day;
  return 365 * y + ((y / 4) | 0) - ((y / 100) | 0) + ((y / 400) | 0) + dayOfYear - 719_469;
}

/** The date of a day as the number YYYYMMDD: Hinnant's `civil_from_days`, for the years 1 to 9999. */
function civil(day: number): number {
  const n = day + 719_468;
  const era = (n / 146_097) | 0;
  const doe = n - era * 146_097;
  const yoe = ((doe - ((doe / 1460) | 0) + ((doe / 36_524) | 0) - ((doe / 146_096) | 0)) / 365) | 0;
  const doy = doe - (365 * yoe + ((yoe / 4) | 0) - ((yoe / 100) | 0));
  const mp = ((5 * doy + 2) / 153) | 0;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + doy - (((153 * mp + 2) / 5) | 0) + 1;
}

/**
 * Epoch milliseconds of an instant; `NaN` for anything that is not exactly `YYYY-MM-DDTHH:mm:ss.sssZ` of a real
 * moment (30 February, hour 24, second 60, another length, not a text). About four times faster than `Date.parse`, which
 * also accepts far more.
 *
 * @example
 * ```ts
 * import { toMs } from "clientele";
 *
 * toMs("2025-03-01T00:00:00.000Z"); // => 1740787200000
 * toMs("2025-02-30T00:00:00.000Z"); // => NaN
 * ```
 */
export function toMs(instant: Instant): number {
  if (typeof instant !== "string" || instant.length !== 24) return Number.NaN;
  const hour = two(instant, 11);
  const minute = two(instant, 14);
  const second = two(instant, 17);
  const last = instant.charCodeAt(22) - 48;
  const ms = two(instant, 20) * 10 + last;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || ms < 0) return Number.NaN;
  if (last < 0 || last > 9 || instant.charCodeAt(10) !== 84 || instant.charCodeAt(13) !== 58) return Number.NaN;
  if (instant.charCodeAt(16) !== 58 || instant.charCodeAt(19) !== 46 || instant.charCodeAt(23) !== 90)
    return Number.NaN;
  return leadingDay(instant) * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
}

/**
 * The instant of whole epoch milliseconds. Throws a `ClienteleError` with code `INVALID_INSTANT` for anything but an
 * integer within the years 0001 to 9999. About six times faster than `Date.prototype.toISOString`.
 *
 * @example
 * ```ts
 * import { toInstant } from "clientele";
 *
 * toInstant(1740787200000); // => "2025-03-01T00:00:00.000Z"
 * toInstant(0.5); // => throws INVALID_INSTANT
 * ```
 */
export function toInstant(ms: number): Instant {
  if (!Number.isInteger(ms) || ms < firstDay * dayMs || ms >= (lastDay + 1) * dayMs)
    throw new ClienteleError("INVALID_INSTANT", `whole milliseconds of the years 1 to 9999 are needed: ${shown(ms)}`);
  const day = Math.floor(ms / dayMs);
  const rest = ms - day * dayMs;
  const ymd = civil(day);
  const year = (ymd / 10_000) | 0;
  const month = ((ymd / 100) | 0) % 100;
  const date = ymd % 100;
  const hour = (rest / 3_600_000) | 0;
  const minute = ((rest / 60_000) | 0) % 60;
  const second = ((rest / 1000) | 0) % 60;
  const milli = rest % 1000;
  // One call with every code makes a flat text at once; joined pieces measure twice as slow.
  // biome-ignore format: one line for the date, one for the time
  return String.fromCharCode(
    48 + ((year / 1000) | 0), 48 + (((year / 100) | 0) % 10), 48 + (((year / 10) | 0) % 10), 48 + (year % 10), 45, 48 + ((month / 10) | 0), 48 + (month % 10), 45, 48 + ((date / 10) | 0), 48 + (date % 10),
    84, 48 + ((hour / 10) | 0), 48 + (hour % 10), 58, 48 + ((minute / 10) | 0), 48 + (minute % 10), 58, 48 + ((second / 10) | 0), 48 + (second % 10), 46, 48 + ((milli / 100) | 0), 48 + (((milli / 10) | 0) % 10), 48 + (milli % 10), 90,
  );
}

/**
 * Whether a value is an instant in the one form that is stored.
 *
 * @example
 * ```ts
 * import { isInstant } from "clientele";
 *
 * isInstant("2025-03-01T00:00:00.000Z"); // => true
 * isInstant("2025-03-01T00:00:00Z"); // => false
 * ```
 */
export function isInstant(value: unknown): value is Instant {
  return !Number.isNaN(toMs(value as string));
}

/**
 * Whether a value is a day of the calendar as `YYYY-MM-DD`.
 *
 * @example
 * ```ts
 * import { isLocalDate } from "clientele";
 *
 * isLocalDate("2024-02-29"); // => true
 * isLocalDate("2025-02-29"); // => false
 * ```
 */
export function isLocalDate(value: unknown): value is LocalDate {
  return !Number.isNaN(localDateToDay(value as string));
}

/**
 * Days from 1970-01-01 to a date, so that dates can be subtracted; `NaN` for what is not a real date.
 *
 * @example
 * ```ts
 * import { localDateToDay } from "clientele";
 *
 * localDateToDay("1970-01-02"); // => 1
 * localDateToDay("2025-02-29"); // => NaN
 * ```
 */
export function localDateToDay(date: LocalDate): number {
  return typeof date === "string" && date.length === 10 ? leadingDay(date) : Number.NaN;
}

/**
 * The date that many days after 1970-01-01. Throws a `ClienteleError` with code `INVALID_INSTANT` for anything but an
 * integer within the years 0001 to 9999.
 *
 * @example
 * ```ts
 * import { dayToLocalDate } from "clientele";
 *
 * dayToLocalDate(19_782); // => "2024-02-29"
 * ```
 */
export function dayToLocalDate(day: number): LocalDate {
  if (!Number.isInteger(day) || day < firstDay || day > lastDay)
    throw new ClienteleError("INVALID_INSTANT", `a whole day of the years 1 to 9999 is needed: ${shown(day)}`);
  return toInstant(day * dayMs).slice(0, 10);
}

const shown = (value: unknown): string => (typeof value === "number" ? String(value) : `a ${typeof value}`);

const year0 = { error: "years run from 0001 to 9999" };

/**
 * Schema of an `Instant`; in JSON Schema a `date-time` with its pattern. Refuses what `toMs` answers with `NaN`.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { instantSchema } from "clientele";
 *
 * z.safeParse(instantSchema, "2025-03-01").success; // => false
 * ```
 */
export const instantSchema: z.ZodMiniISODateTime = /* @__PURE__ */ z.iso
  .datetime({ precision: 3 })
  .check(/* @__PURE__ */ z.refine((text) => !text.startsWith("0000"), year0));

/**
 * Schema of a `LocalDate`; in JSON Schema a `date` with its pattern. Refuses what `localDateToDay` answers with `NaN`.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { localDateSchema } from "clientele";
 *
 * z.safeParse(localDateSchema, "2024-02-29").success; // => true
 * ```
 */
export const localDateSchema: z.ZodMiniISODate = /* @__PURE__ */ z.iso
  .date()
  .check(/* @__PURE__ */ z.refine((text) => !text.startsWith("0000"), year0));
