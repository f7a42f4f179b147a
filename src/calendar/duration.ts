import type { Duration } from "date-fns";
import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";

/** Working time: whole milliseconds, or an object of hours and smaller. Days have doors of their own. */
export type WorkingDuration = number | Pick<Duration, "hours" | "minutes" | "seconds">;

/** Nobody adds more than the calendar's three hundred years. */
const longest = 300 * 366 * 86_400_000;
const parts: Readonly<Record<string, number>> = { hours: 3_600_000, minutes: 60_000, seconds: 1000 };
const long: readonly string[] = ["years", "months", "weeks", "days"];

/**
 * Milliseconds of a duration. Throws a `ClienteleError`: `USE_ADD_DAYS` for days and longer, because a day of work is
 * not a number of hours; `INVALID_DURATION` for anything but whole milliseconds of at most three hundred years.
 *
 * @example
 * ```ts
 * import { durationMs } from "clientele";
 *
 * durationMs({ hours: 1, minutes: 30 }); // => 5400000
 * durationMs({ days: 1 } as never); // => throws USE_ADD_DAYS
 * ```
 */
export function durationMs(duration: WorkingDuration): number {
  const ms =
    typeof duration === "number" ? duration : guarded("INVALID_DURATION", "durationMs", () => summed(duration));
  if (ms % 1 === 0 && ms <= longest && ms >= -longest) return ms;
  throw new ClienteleError("INVALID_DURATION", `whole milliseconds, or { hours, minutes, seconds }, are needed: ${ms}`);
}

function summed(duration: unknown): number {
  if (typeof duration !== "object" || duration === null) return Number.NaN;
  const prototype: unknown = Object.getPrototypeOf(duration);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return Number.NaN;
  let ms = 0;
  for (const [name, count] of Object.entries(duration)) {
    if (count === undefined) continue;
    if (long.includes(name) && count !== 0)
      throw new ClienteleError("USE_ADD_DAYS", `${name} are not working time; addDays counts working days`);
    ms += typeof count === "number" ? count * (parts[name] ?? (count === 0 ? 0 : Number.NaN)) : Number.NaN;
  }
  // 1.1 hours are 3,960,000.0000000005 milliseconds of a binary machine.
  const whole = Math.round(ms);
  return Math.abs(ms - whole) < 1e-6 ? whole : ms;
}
