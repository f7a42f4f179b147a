import type { Calendar } from "../../src/calendar/index.js";
import type { Instant, LocalDate } from "../../src/kernel/instant.js";
import type { StartOf } from "../../src/kernel/run.js";
import { type Happening, type Level, type Offset, type Reading, readClock, type Target } from "../../src/sla/index.js";
import { hour, office } from "../calendar/given.js";

export type Mark = Happening<Instant>;

/** A Monday; no zone changes its clocks in this week. */
export const monday: LocalDate = "2026-03-02";
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** "Tue 09:30" of the week of that Monday, "Mon+1 09:00" of the week after; to the millisecond where it is told. */
export function on(text: string): Instant {
  const [day, time] = text.split(" ") as [string, string];
  const [name, weeks = "0"] = day.split("+") as [string, string?];
  const place = weekdays.indexOf(name) + 7 * Number(weeks);
  const date = new Date(Date.parse(monday) + place * 24 * hour).toISOString().slice(0, 10);
  return `${date}T${time}${"00:00:00.000".slice(time.length)}Z`;
}

export const start = (text: string, of?: StartOf): Mark => ({ type: "start", at: on(text), of });
export const begun: Mark = start("Mon 10:00");
export const restart = (text: string): Mark => ({ type: "restart", at: on(text) });
export const stop = (text: string): Mark => ({ type: "stop", at: on(text) });
export const reopen = (text: string): Mark => ({ type: "reopen", at: on(text) });
export const merge = (text: string, into: string): Mark => ({ type: "merge", at: on(text), into });
export const retarget = (text: string, target: Target | null, reason?: string): Mark => ({
  type: "target",
  at: on(text),
  target,
  reason,
});
export const recalendar = (text: string, calendar: Calendar): Mark => ({ type: "calendar", at: on(text), calendar });
/** A pause and its end; without an end it goes on. */
export const pause = (from: string, to?: string, reason?: string): readonly Mark[] => [
  { type: "pause", at: on(from), reason },
  ...(to === undefined ? [] : [{ type: "resume", at: on(to), reason } as const]),
];
/** A fact that was told later. */
export const told = (text: string, mark: Mark): Mark => ({ ...mark, recordedAt: on(text) });

export const working = (hours: number, more: Partial<Target> = {}): Target => ({
  within: { working: { hours } },
  ...more,
});
export const elapsed = (hours: number, more: Partial<Target> = {}): Target => ({
  within: { elapsed: { hours } },
  ...more,
});
export const percent = (id: string, of: number): Level => ({ id, at: { percent: of } });
export const beforeDue = (id: string, offset: Offset): Level => ({ id, at: { before: offset } });
export const afterDue = (id: string, offset: Offset): Level => ({ id, at: { after: offset } });

const nineToFive = office();

/** Reads a clock of an office that is open from nine to five. */
export const read = (
  target: Target | null,
  marks: readonly (Mark | readonly Mark[])[],
  asOf: string,
  calendar: Calendar = nineToFive,
): Reading => readClock(target, marks.flat() as Mark[], { calendar, asOf: on(asOf) });

export const levels = (reading: Reading) => reading.levels.map(({ id, at }) => [id, at]);
