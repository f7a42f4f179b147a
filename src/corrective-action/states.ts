import { correctiveAction } from "./model.js";

/** What nothing is done about is told of each week, for most of two years. How long it may take is for the clocks. */
const reminders = { every: { days: 7 }, times: 100 } as const;
const handled = { phase: "open", deadline: { days: 7 }, reminders } as const;

/** Customers are protected first, before the cause is known (8D: D3). */
export const containing = correctiveAction.state("containing", handled);
/** The root cause is looked for: why it happened, and why nothing stopped it (D4). */
export const analysing = correctiveAction.state("analysing", handled);
/** What removes the cause is chosen (D5). */
export const planning = correctiveAction.state("planning", handled);
/** The plan waits for somebody else to make sure, before anything is changed, that it will remove the cause. */
export const verifying = correctiveAction.state("verifying", handled);
/** Rests until the next action is due. */
export const implementing = correctiveAction.state("implementing", {
  phase: "open",
  deadline: { field: "dueAt" },
  reminders,
});
/** Rests until the time of observation is over: then the check is due. */
export const observing = correctiveAction.state("observing", {
  phase: "open",
  deadline: { field: "checkAt" },
  reminders,
});
/** Implemented and found effective. */
export const closed = correctiveAction.state("closed", { phase: "closed" });
/** Given up. */
export const cancelled = correctiveAction.state("cancelled", { phase: "closed" });
