import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { Calendar } from "../../src/calendar/index.js";
import { toInstant } from "../../src/kernel/instant.js";
import { always, changes, day, hour, make, minute } from "./arbitraries.js";
import { answer, days, lawOf, onDate } from "./law.js";

/** What the reference takes for the same local time of day, some working days later. */
function atTheSameTime({ zone, addDays }: Calendar, t: number, count: number): number | string {
  const local = Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(zone).toPlainDateTime();
  const date = answer(() => addDays(local.toPlainDate().toString(), count));
  if (date === "BEYOND_HORIZON" || date === "NO_WORKING_TIME") return date;
  const { year, month, day: dayOfMonth } = Temporal.PlainDate.from(date);
  return local.with({ year, month, day: dayOfMonth }).toZonedDateTime(zone).epochMilliseconds;
}

describe("working days", () => {
  it("are counted as they are added", () => {
    lawOf(({ calendar, at: [t], n }) => {
      const date = onDate(t, calendar.zone);
      for (const origin of ["step", "roll"] as const)
        for (const count of [0, n, -n]) {
          const there = answer(() => calendar.addDays(date, count, { origin }));
          if (there === "BEYOND_HORIZON" || there === "NO_WORKING_TIME") continue;
          if (count !== 0 || origin === "roll") expect(calendar.isWorkingDay(there)).toBe(true);
          // On the way back an idle day that counts as itself is left, but was never worked.
          const idle = origin === "step" && count < 0 && !calendar.isWorkingDay(date);
          expect(calendar.daysBetween(date, there, { origin })).toBe(idle ? count + 1 : count);
        }
    });
  });

  it("are added in two steps as in one, and rolled at the first only", () => {
    lawOf(({ calendar, at: [t], n, amounts: [more] }) => {
      const date = onDate(t, calendar.zone);
      const [a, b] = [n, more % 7];
      for (const sign of [1, -1]) {
        const add = (on: string, count: number, origin?: "roll") =>
          calendar.addDays(on, sign * count, { origin: origin ?? "step" });
        expect(answer(() => add(add(date, a), b))).toBe(answer(() => add(date, a + b)));
        expect(answer(() => add(add(date, a, "roll"), b))).toBe(answer(() => add(date, a + b, "roll")));
      }
    });
  });

  it("between two dates are those after the one, up to the other", () => {
    lawOf(({ calendar, at }) => {
      const [a, b, c] = at.map((ms) => onDate(ms, calendar.zone)) as [string, string, string];
      const [from, to] = a < b ? [a, b] : [b, a];
      let worked = 0;
      for (let date = days(from, 1); date <= to; date = days(date, 1)) if (calendar.isWorkingDay(date)) worked++;
      expect(calendar.daysBetween(from, to)).toBe(worked);
      expect(calendar.daysBetween(a, b) + calendar.daysBetween(b, a)).toBe(0);
      expect(calendar.daysBetween(a, b) + calendar.daysBetween(b, c)).toBe(calendar.daysBetween(a, c));
      expect(calendar.daysBetween(at[0], at[1])).toBe(calendar.daysBetween(a, b));
      expect(calendar.isWorkingDay(at[0])).toBe(calendar.isWorkingDay(a));
    });
  });

  it("end after every moment of theirs", () => {
    for (const { zone, at } of changes) {
      const { endOfDay } = make({ id: "c", version: 1, zone, week: always })["~def"];
      for (let t = at - 2 * hour; t <= at + 26 * hour; t += 15 * minute) {
        expect([zone, toInstant(t), endOfDay(t) > t]).toEqual([zone, toInstant(t), true]);
        expect(onDate(endOfDay(t), zone) > onDate(t, zone)).toBe(true);
      }
    }
  });

  it("keep the local time of day of a moment: later where clocks skip it, the first where it comes twice", () => {
    lawOf(({ calendar, at: [t], n }) => {
      for (const count of [n, -n])
        expect(answer(() => calendar.addDays(t, count))).toEqual(atTheSameTime(calendar, t, count));
      expect(calendar.addDays(t, 0)).toBe(t);
    });
  });

  it.each(changes.map(({ zone, at }) => [zone, new Date(at).toISOString()]))(
    "do so where the clocks of %s change at %s",
    (zone, change) => {
      const calendar = make({ id: "c", version: 1, zone, week: always });
      for (let near = -2 * hour; near <= 2 * hour; near += 15 * minute)
        for (const count of [-2, -1, 1, 2]) {
          const t = Date.parse(change) + near - count * day;
          expect([t, calendar.addDays(t, count)]).toEqual([t, atTheSameTime(calendar, t, count)]);
        }
    },
  );
});
