import { dayToLocalDate, type Instant, type LocalDate, localDateToDay } from "clientele";
import type { BrokenPromise } from "../superstore/orders.js";
import { stories } from "./stories.js";
import { plainStory, type Step, type Story } from "./story.js";

/** A broken promise with the story that is told about it. */
export interface Case {
  readonly promise: BrokenPromise;
  readonly story: Story;
}

/** What the agenda brings: a night, a complaint to open, a step of a story. */
export type Moment =
  | { readonly at: Instant; readonly what: "night" }
  | { readonly at: Instant; readonly what: "open"; readonly of: Case }
  | { readonly at: Instant; readonly what: "step"; readonly of: Case; readonly step: Step; readonly number: number };

const later = (date: LocalDate, days: number): LocalDate => dayToLocalDate(localDateToDay(date) + days);
const instant = (date: LocalDate, time: string): Instant => `${date}T${time}:00.000Z`;

export const casesOf = (promises: readonly BrokenPromise[]): readonly Case[] =>
  promises.map((promise) => ({ promise, story: stories[promise.order.id] ?? plainStory }));

/** The day on which the shipment was due. */
const dueOn = ({ promise: { order, promisedDays } }: Case): LocalDate => later(order.orderedOn, promisedDays);

/** How long the clock goes on after the last step: silence closes a complaint after thirty days. */
const afterwards = 40;

/** Everything that happens, in the order of time: from the first promised day to the end of the last story. */
export function agendaOf(cases: readonly Case[]): readonly Moment[] {
  const moments: Moment[] = cases.flatMap((of): Moment[] => {
    const { shippedOn } = of.promise.order;
    const steps = of.story.steps.map((step, number): Moment => {
      return { at: instant(later(shippedOn, step.day), step.time), what: "step", of, step, number };
    });
    return [{ at: instant(later(shippedOn, 1), "09:00"), what: "open", of }, ...steps];
  });
  const first = cases.map(dueOn).sort()[0];
  const last = moments
    .map((moment) => moment.at.slice(0, 10))
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return [];
  for (let day = localDateToDay(first); day <= localDateToDay(last) + afterwards; day++)
    moments.push({ at: instant(dayToLocalDate(day), "02:00"), what: "night" });
  // The sort is stable, so two things of one minute stay in the order of the file.
  return moments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
