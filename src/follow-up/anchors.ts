import * as z from "zod/mini";
import { chanceInteger } from "../kernel/chance.js";
import { dayToLocalDate, isLocalDate, localDateToDay } from "../kernel/instant.js";
import { idText, text } from "../kernel/schema.js";
import { type Anchored, anchor } from "./anchor.js";

/** A day that stands among the customer's facts, such as an installation; or its anniversaries. */
export const onDate = /* @__PURE__ */ anchor("on_date", {
  revision: 1,
  args: z.object({ fact: idText(), yearly: z._default(z.boolean(), false) }),
  days:
    ({ fact, yearly }) =>
    ({ facts }, { from, to }) => {
      const known: unknown = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
      if (!isLocalDate(known)) return [];
      const day: string = known;
      if (!yearly) return [{ key: day, on: day }];
      const anniversaries: Anchored[] = [];
      for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
        const same = `${String(year).padStart(4, "0")}${day.slice(4)}`;
        // Who was born on 29 February is greeted on the 28th in other years.
        const exists: boolean = isLocalDate(same);
        anniversaries.push({ key: `${day}/${year}`, on: exists ? same : `${same.slice(0, 8)}28` });
      }
      return anniversaries;
    },
});

/** When the customer came into a stage of the relationship. */
export const inStage = /* @__PURE__ */ anchor("in_stage", {
  revision: 1,
  args: z.object({ stage: idText() }),
  days:
    ({ stage }) =>
    (subject) =>
      subject.stage.state === stage ? [{ key: subject.stage.since, on: subject.stage.since }] : [],
});

/** After something has happened: each event of a type is one occurrence. */
export const afterEvent = /* @__PURE__ */ anchor("after_event", {
  revision: 1,
  args: z.object({ type: text(200) }),
  days:
    ({ type }) =>
    ({ events }) =>
      events.filter((e) => e.type === type).map((e) => ({ key: e.id, on: e.on })),
});

/**
 * Every so many days, by grade. Each customer has a day of their own in the cycle, drawn by chance from their id, so
 * that the visits of a grade are spread over it and stay where they are when planned anew.
 */
export const inGrade = /* @__PURE__ */ anchor("in_grade", {
  revision: 1,
  args: z.object({ every: z.record(text(50), z.int().check(z.minimum(1), z.maximum(3650))) }),
  days:
    ({ every }) =>
    ({ customerId, grade }, { from, to }) => {
      const length = grade !== null && Object.hasOwn(every, grade) ? every[grade] : undefined;
      if (length === undefined) return [];
      const phase = chanceInteger(length, customerId, "in_grade", length);
      const first = Math.ceil((localDateToDay(from) - phase) / length);
      const visits: Anchored[] = [];
      for (let cycle = first; cycle * length + phase <= localDateToDay(to); cycle++)
        visits.push({ key: `${length}/${cycle}`, on: dayToLocalDate(cycle * length + phase) });
      return visits;
    },
});
