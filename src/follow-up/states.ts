import { followUp } from "./model.js";

export const done = followUp.state("done", { phase: "closed" });
export const cancelled = followUp.state("cancelled", { phase: "closed" });
/** The plan does not call for it: it comes back when the plan does. */
export const dropped = followUp.state("dropped", { phase: "closed" });
/** Two days after its day it is late; it is told again each week. */
export const overdue = followUp.state("overdue", {
  phase: "open",
  deadline: { days: 7 },
  reminders: { every: { days: 7 }, times: 100 },
});
export const due = followUp.state("due", { phase: "open", deadline: { days: 2 }, then: overdue });
/** Waits for its day. */
export const planned = followUp.state("planned", { phase: "open", deadline: { field: "dueAt" }, then: due });
