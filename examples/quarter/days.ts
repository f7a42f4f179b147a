import { dayToLocalDate, type Instant, type LocalDate, localDateToDay } from "clientele";

export const quarter = { first: "2018-01-01", last: "2018-03-31" } as const;

export const later = (date: LocalDate, days: number): LocalDate => dayToLocalDate(localDateToDay(date) + days);
/** The desk counts its days in UTC. */
export const instant = (date: LocalDate, time: string): Instant => `${date}T${time}:00.000Z`;
export const dayOf = (at: Instant): LocalDate => at.slice(0, 10);
export const monthOf = (date: LocalDate | Instant): string => date.slice(0, 7);

export function daysFrom(first: LocalDate, last: LocalDate): readonly LocalDate[] {
  const length = localDateToDay(last) - localDateToDay(first) + 1;
  return Array.from({ length: Math.max(0, length) }, (_, day) => later(first, day));
}
