import type { Emission } from "../kernel/event.js";
import type { Lapse } from "../lifecycle/tokens.js";
import { escalated } from "./events.js";
import { type ComplaintFields, complaint } from "./model.js";

/** A deadline of ours that lapses takes the complaint up a level, until it is at the top (C5). */
const escalates = {
  emits: [escalated],
  lapse: ({
    record,
  }: Pick<Lapse<ComplaintFields>, "record">): readonly Emission<"complaint", "complaint.escalated">[] =>
    record.level === 3 ? [] : [escalated({ from: record.level, to: record.level === 1 ? 2 : 3, reason: null })],
} as const;
/** No open complaint is without a running deadline (A7): what is overdue is told again each week, for most of two years. */
const weekly = { every: { days: 7 }, times: 100 } as const;

export const received = complaint.state("received", {
  phase: "open",
  deadline: { days: 2 },
  reminders: weekly,
  ...escalates,
});
export const acknowledged = complaint.state("acknowledged", {
  phase: "open",
  deadline: { days: 3 },
  reminders: weekly,
  ...escalates,
});
export const assessed = complaint.state("assessed", {
  phase: "open",
  deadline: { days: 3 },
  reminders: weekly,
  ...escalates,
});
export const investigating = complaint.state("investigating", {
  phase: "open",
  deadline: { days: 10 },
  reminders: weekly,
  ...escalates,
});
/** The customer has the word; a lapse reminds, and does not escalate. */
export const proposed = complaint.state("proposed", { phase: "open", deadline: { days: 14 }, reminders: weekly });
export const resolving = complaint.state("resolving", {
  phase: "open",
  deadline: { days: 10 },
  reminders: weekly,
  ...escalates,
});
export const closed = complaint.state("closed", { phase: "closed" });
export const withdrawn = complaint.state("withdrawn", { phase: "closed" });
export const rejected = complaint.state("rejected", { phase: "closed" });
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
