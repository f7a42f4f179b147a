import { restored } from "./events.js";
import { grading } from "./model.js";

/** A grade that nothing has touched for a year is looked over. */
export const graded = grading.state("graded", {
  phase: "open",
  deadline: { days: 365 },
  reminders: { every: { days: 30 }, times: 100 },
});
/** Kept by hand until a date; then the natural grade holds again, without anybody doing anything. */
export const overridden = grading.state("overridden", {
  phase: "open",
  deadline: { field: "overrideUntil" },
  then: graded,
  emits: [restored],
  lapse: () => restored({}),
});
/** The customer is no customer any more. */
export const ended = grading.state("ended", { phase: "closed" });
