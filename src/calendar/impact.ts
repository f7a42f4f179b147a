import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import type { Instant, LocalDate } from "../kernel/instant.js";
import type { Calendar } from "./calendar.js";
import type { Origin } from "./days.js";
import type { WorkingDuration } from "./duration.js";
import type { Land } from "./working-time.js";

/** A due time by how it was made: so much working time, or so many working days, after a moment. */
export type DueTime =
  | {
      readonly id: string;
      readonly start: Instant;
      readonly working: WorkingDuration;
      readonly land?: Land | undefined;
    }
  | {
      readonly id: string;
      readonly start: LocalDate | Instant;
      readonly workingDays: number;
      readonly origin?: Origin | undefined;
    };

/** A due time that a new calendar moves. */
export interface MovedDue {
  readonly id: string;
  readonly before: Instant | LocalDate;
  readonly after: Instant | LocalDate;
  /** Elapsed milliseconds later; negative: earlier. */
  readonly by: number;
  /** Whether the new one lies beyond what the new calendar's holidays are known for. */
  readonly provisional: boolean;
}

/**
 * Which due times another version of a calendar moves, and by how much: what a host shows before a holiday list is
 * adopted. Those that stay are left out. Refuses what `add` and `addDays` refuse, for whichever due time.
 *
 * @example
 * ```ts
 * import { createCalendar, impact } from "clientele";
 *
 * const week = { mon: ["09:00-17:00"], tue: ["09:00-17:00"] };
 * const before = createCalendar({ id: "hq", version: 1, zone: "UTC", week });
 * const after = createCalendar({ id: "hq", version: 2, zone: "UTC", week, holidays: ["2026-03-03"] });
 * const dues = [
 *   { id: "a", start: "2026-03-02T15:00:00.000Z", working: { hours: 4 } },
 *   { id: "b", start: "2026-03-02T09:00:00.000Z", working: { hours: 4 } },
 * ];
 * impact(before, after, dues).map((m) => [m.id, m.after]); // => [["a", "2026-03-09T11:00:00.000Z"]]
 * ```
 */
export function impact(oldCalendar: Calendar, newCalendar: Calendar, dues: readonly DueTime[]): readonly MovedDue[] {
  return guarded("INVALID_OPTIONS", "impact", () =>
    dues.flatMap((due): readonly MovedDue[] => {
      const before = dueIn(oldCalendar, due);
      const after = dueIn(newCalendar, due);
      if (before === after) return [];
      const by = Date.parse(after) - Date.parse(before);
      return [{ id: due.id, before, after, by, provisional: newCalendar.isProvisional(after) }];
    }),
  );
}

function dueIn(calendar: Calendar, due: DueTime): string {
  if (typeof due.start !== "string")
    throw new ClienteleError("INVALID_INSTANT", "a due time starts at an instant or on a date, as text");
  if ("workingDays" in due) return calendar.addDays(due.start, due.workingDays, { origin: due.origin ?? "step" });
  if ("working" in due) return calendar.add(due.start, due.working, { land: due.land ?? "deadline" });
  throw new ClienteleError("INVALID_OPTIONS", "a due time names `working` or `workingDays`");
}
