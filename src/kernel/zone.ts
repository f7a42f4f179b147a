import { tzOffset } from "@date-fns/tz";
import { ClienteleError } from "./errors.js";
import { dayToLocalDate, type Instant, type LocalDate, localDateToDay, toInstant, toMs } from "./instant.js";

const dayMs = 86_400_000;

// `tzOffset` caches by name for ever and, for a name the platform refuses, reads any "+12" inside it as an offset. So a
// name is held to the grammar of the zone database first: a sign before digits belongs to these few names only.
const fixed = /^(?:Etc\/GMT(?:\+(?:\d|1[0-2])|-(?:\d|1[0-4]))|GMT[+-]0)$/;
const named = /^(?!.*[+-]\d)[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z][A-Za-z0-9_+-]*){0,3}$/;

/** Milliseconds to add to UTC in a zone; NaN where the zone is unknown. */
export function offsetMs(zone: string, ms: number): number {
  if (zone === "UTC") return 0;
  if (typeof zone !== "string" || zone.length > 64 || !(named.test(zone) || fixed.test(zone))) return Number.NaN;
  const at = new Date(ms);
  const minutes: unknown = tzOffset(zone, at);
  // Not a number for names such as "constructor", which its cache inherits from Object.prototype.
  if (typeof minutes !== "number") return Number.NaN;
  // Local mean times had seconds, which come as fractions of a minute.
  const offset = Math.round(minutes * 60) * 1000;
  // It loses the minus of offsets such as -00:44:30 (Monrovia until 1972). Asking again is slow, and rare.
  return offset !== 0 && Math.abs(offset) < 3_600_000 ? (isWest(zone, at) ? -1 : 1) * Math.abs(offset) : offset;
}

const isWest = (zone: string, at: Date): boolean =>
  new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).format(at).includes("GMT-");

function knownOffsetMs(zone: string, ms: number): number {
  const offset = offsetMs(zone, ms);
  if (Number.isNaN(offset))
    throw new ClienteleError(
      "UNKNOWN_ZONE",
      `no time zone is called ${typeof zone === "string" ? JSON.stringify(zone.slice(0, 64)) : typeof zone}`,
    );
  return offset;
}

/**
 * Whether the platform knows a time zone of this name: an IANA name (`"Europe/Berlin"`, `"UTC"`, `"Etc/GMT+5"`), in
 * whatever case the platform takes; not a bare offset such as `"+02:00"`. Bounded work for any value.
 *
 * @example
 * ```ts
 * import { isZone } from "clientele";
 *
 * isZone("Asia/Shanghai"); // => true
 * isZone("Mars/Base"); // => false
 * isZone("+02:00"); // => false
 * ```
 */
export function isZone(name: unknown): boolean {
  return typeof name === "string" && !Number.isNaN(offsetMs(name, 0));
}

/**
 * The day of the calendar that it is in a zone at an instant. Throws a `ClienteleError`: `UNKNOWN_ZONE`, or
 * `INVALID_INSTANT` where the instant is none or the local day falls outside the years 0001 to 9999.
 *
 * @example
 * ```ts
 * import { localDateOf } from "clientele";
 *
 * localDateOf("2025-03-01T20:00:00.000Z", "UTC"); // => "2025-03-01"
 * localDateOf("2025-03-01T20:00:00.000Z", "Asia/Shanghai"); // => "2025-03-02"
 * ```
 */
export function localDateOf(instant: Instant, zone: string): LocalDate {
  const ms = toMs(instant);
  if (Number.isNaN(ms)) throw new ClienteleError("INVALID_INSTANT", "an instant YYYY-MM-DDTHH:mm:ss.sssZ is needed");
  if (zone === "UTC") return instant.slice(0, 10);
  return dayToLocalDate(Math.floor((ms + knownOffsetMs(zone, ms)) / dayMs));
}

/**
 * The first instant of a day in a zone. Where clocks skip midnight that is the end of the gap; where the day was
 * skipped as a whole (Apia, 2011-12-30) it is the first instant after it; where midnight comes twice, the first one.
 * Throws a `ClienteleError`: `UNKNOWN_ZONE`, or `INVALID_INSTANT` for what is not a date or begins outside the years
 * 0001 to 9999.
 *
 * @example
 * ```ts
 * import { startOfLocalDate } from "clientele";
 *
 * startOfLocalDate("2025-07-01", "America/New_York"); // => "2025-07-01T04:00:00.000Z"
 * startOfLocalDate("2018-11-04", "America/Sao_Paulo"); // => "2018-11-04T03:00:00.000Z"
 * ```
 */
export function startOfLocalDate(date: LocalDate, zone: string): Instant {
  const midnight = localDateToDay(date) * dayMs;
  if (Number.isNaN(midnight)) throw new ClienteleError("INVALID_INSTANT", "a date YYYY-MM-DD is needed");
  // No zone is a day away from UTC, so the answer lies in between; two changes of the clock never do (measured).
  const before = knownOffsetMs(zone, midnight - dayMs);
  const after = knownOffsetMs(zone, midnight + dayMs);
  if (before === after) return toInstant(midnight - before);
  const change = changeOf(zone, midnight - dayMs, midnight + dayMs, before);
  if (midnight - before < change) return toInstant(midnight - before);
  return toInstant(Math.max(change, midnight - after));
}

/** The first millisecond in (from, to] at which a zone's offset is no longer `before`; changes fall on whole seconds. */
export function changeOf(zone: string, from: number, to: number, before: number): number {
  let low = from / 1000;
  let high = to / 1000;
  while (high - low > 1) {
    // Nearly all fall on a quarter of an hour: halving on those, and one look at the second before, saves half.
    const middle = Math.floor((low + high) / 2);
    const quarter = Math.floor(middle / 900) * 900;
    const next = high - low <= 900 && high % 900 === 0 && high - 1 > low ? high - 1 : quarter > low ? quarter : middle;
    if (offsetMs(zone, next * 1000) === before) low = next;
    else high = next;
  }
  return high * 1000;
}
