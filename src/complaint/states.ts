import { complaint } from "./model.js";

/**
 * No open complaint is without a running deadline (A7): what has rested for a week is told again each week, for most of
 * two years. How long the house may take is for the clocks.
 */
const handled = {
  phase: "open",
  deadline: { days: 7 },
  reminders: { every: { days: 7 }, times: 100 },
} as const;

export const received = complaint.state("received", handled);
export const acknowledged = complaint.state("acknowledged", handled);
export const assessed = complaint.state("assessed", handled);
export const investigating = complaint.state("investigating", handled);
/** The customer has the word; what silence means, the policy says. */
export const proposed = complaint.state("proposed", {
  phase: "open",
  deadline: { days: 14 },
  reminders: handled.reminders,
});
export const resolving = complaint.state("resolving", handled);
export const closed = complaint.state("closed", { phase: "closed" });
export const withdrawn = complaint.state("withdrawn", { phase: "closed" });
export const rejected = complaint.state("rejected", { phase: "closed" });
/** It goes on in another complaint. */
export const merged = complaint.state("merged", { phase: "closed" });
/** Carried out, and the customer asked: thirty days of silence close it. */
export const resolved = complaint.state("resolved", { phase: "open", deadline: { days: 30 }, then: closed });

/** Nobody's silence stops the handling for good: after two weeks the complaint goes on where it was. */
export const waitingForCustomer = complaint.state("waiting_for_customer", {
  phase: "paused",
  deadline: { days: 14 },
  then: "previous",
});
export const waitingForThirdParty = complaint.state("waiting_for_third_party", {
  phase: "paused",
  deadline: { days: 14 },
  then: "previous",
});
