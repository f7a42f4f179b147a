import * as z from "zod/mini";
import { chanceInteger } from "../kernel/chance.js";
import { dayToLocalDate, isLocalDate, localDateToDay } from "../kernel/instant.js";
import { idText, text } from "../kernel/schema.js";
import { type Anchored, anchor } from "./anchor.js";

/**
 * A day that stands among the customer's facts, such as an installation; or, with `yearly`, its anniversaries, from the
 * year after it. Not for customers who have left.
 *
 * @example
 * ```ts
 * import { onDate } from "clientele";
 *
 * const { anchor, args } = onDate.at({ fact: "acme.birthday", yearly: true });
 * anchor; // => "on_date@1"
 * args; // => { fact: "acme.birthday", yearly: true }
 * ```
 */
export const onDate = /* @__PURE__ */ anchor("on_date", {
  revision: 1,
  args: z.object({ fact: idText(), yearly: z._default(z.boolean(), false) }),
  days:
    ({ fact, yearly }) =>
    ({ facts, stage }, { from, to }) => {
      const known: unknown = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
      if (stage.left || !isLocalDate(known)) return [];
      const day: string = known;
      if (!yearly) return [{ key: day, on: day }];
      const anniversaries: Anchored[] = [];
      const first = Math.max(Number(from.slice(0, 4)), Number(day.slice(0, 4)) + 1);
      for (let year = first; year <= Number(to.slice(0, 4)); year++) {
        const same = `${String(year).padStart(4, "0")}${day.slice(4)}`;
        // Who was born on 29 February is greeted on the 28th in other years.
        const exists: boolean = isLocalDate(same);
        anniversaries.push({ key: `${day}/${year}`, on: exists ? same : `${same.slice(0, 8)}28` });
      }
      return anniversaries;
    },
});

/**
 * When the customer came into a stage of the relationship, for as long as they are in it.
 *
 * @example
 * ```ts
 * import { inStage } from "clientele";
 *
 * inStage.at({ stage: "signed" }); // => { anchor: "in_stage@1", args: { stage: "signed" } }
 * ```
 */
export const inStage = /* @__PURE__ */ anchor("in_stage", {
  revision: 1,
  args: z.object({ stage: idText() }),
  days:
    ({ stage }) =>
    (subject) =>
      subject.stage.state === stage ? [{ key: subject.stage.since, on: subject.stage.since }] : [],
});

/**
 * After something has happened: each event of a type is one occurrence, also for customers who have left. `planAll`
 * sees the events of the kinds that it is told to `follow`.
 *
 * @example
 * ```ts
 * import { afterEvent } from "clientele";
 *
 * const { anchor, args } = afterEvent.at({ type: "complaint.resolved" });
 * anchor; // => "after_event@1"
 * args; // => { type: "complaint.resolved" }
 * ```
 */
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
 * that the visits of a grade are spread over it and stay where they are when planned anew. Not for customers who have
 * left.
 *
 * @example
 * ```ts
 * import { inGrade } from "clientele";
 *
 * const { anchor, args } = inGrade.at({ every: { A: 30, B: 90 } });
 * anchor; // => "in_grade@1"
 * args; // => { every: { A: 30, B: 90 } }
 * ```
 */
export const inGrade = /* @__PURE__ */ anchor("in_grade", {
  revision: 1,
  args: z.object({ every: z.record(text(50), z.int().check(z.minimum(1), z.maximum(3650))) }),
  days:
    ({ every }) =>
    ({ customerId, grade, stage }, { from, to }) => {
      const length = !stage.left && grade !== null && Object.hasOwn(every, grade) ? every[grade] : undefined;
      if (length === undefined) return [];
      const phase = chanceInteger(length, customerId, "in_grade", length);
      const first = Math.ceil((localDateToDay(from) - phase) / length);
      const visits: Anchored[] = [];
      for (let cycle = first; cycle * length + phase <= localDateToDay(to); cycle++)
        visits.push({ key: `${length}/${cycle}`, on: dayToLocalDate(cycle * length + phase) });
      return visits;
    },
});
