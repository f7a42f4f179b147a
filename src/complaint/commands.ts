import * as z from "zod/mini";
import { deny } from "../kernel/result.js";
import { idText, text } from "../kernel/schema.js";
import { assessmentOf, seen } from "./assessment.js";
import { approvalsUsed, mayAssess, mayDecide, mayOffer, mayReopen } from "./checks.js";
import * as said from "./events.js";
import { entriesFor, offer } from "./ledger.js";
import { because, complaint, exchange, outcome, ownership, remark } from "./model.js";
import { bodyInForce } from "./policy.js";
import * as state from "./states.js";
import { amount, channel, listOf, remedy, words } from "./vocabulary.js";

export * from "./casework.js";
export * from "./relating.js";

/** Staff who speak for a customer write down what the customer said (E13: a recorded agreement). */
const customersWords = z.object({ words: z.optional(words) });
const spokenFor = ({ actor, input }: { actor: { kind: string }; input: { words?: unknown } }) =>
  actor.kind === "customer" || input.words !== undefined || deny("CUSTOMERS_WORDS_NEEDED");

export const acknowledge = complaint.transition("acknowledge", {
  from: [state.received],
  to: state.acknowledged,
  input: z.object({ channel: z.optional(channel) }),
  emits: [said.acknowledged],
  emit: ({ input }) => said.acknowledged({ channel: input.channel ?? null }),
});
/** How severe it is and whether it is major follow from what is seen, by the policy in force, unless somebody says so. */
export const assess = complaint.transition("assess", {
  from: [state.acknowledged],
  to: state.assessed,
  input: seen,
  guard: mayAssess,
  emits: [said.assessed],
  emit: ({ record, input, context }) => said.assessed(assessmentOf(bodyInForce(context), record, input)),
});
/** What turns out later may change nature, scope and severity, wherever the complaint is. */
export const reassess = complaint.transition("reassess", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: seen,
  when: ({ record }) => record.nature !== null || deny("NOT_ASSESSED"),
  guard: mayAssess,
  emits: [said.assessed],
  emit: ({ record, input, context }) => said.assessed(assessmentOf(bodyInForce(context), record, input)),
});
export const investigate = complaint.transition("investigate", { from: [state.assessed], to: state.investigating });
/** Offers what is within one's limits, or what somebody else has approved; several remedies may go together. */
export const propose = complaint.transition("propose", {
  from: [state.assessed, state.investigating],
  to: state.proposed,
  input: z.object({
    remedy,
    amount: z.optional(amount),
    cost: z.optional(amount),
    message: words,
    also: z.optional(listOf(offer, 10)),
  }),
  when: mayDecide,
  guard: ({ input: { message: _, also = [], ...first }, ...given }) => mayOffer(given, [first, ...also]),
  emits: [said.proposed],
  emit: ({ input: { message, also = [], ...first }, ...given }) => {
    const offers = [first, ...also];
    return said.proposed({
      remedy: first.remedy,
      amount: first.amount ?? null,
      message,
      offers: entriesFor(given.record, offers, "offered", given.actor.id, approvalsUsed(given, offers)),
    });
  },
});
export const accept = complaint.transition("accept", {
  from: [state.proposed],
  to: state.resolving,
  input: customersWords,
  guard: spokenFor,
  emits: [said.accepted],
  emit: ({ input }) => said.accepted({ words: input.words ?? null }),
});
/** Leads back to investigating: a new proposal follows. */
export const decline = complaint.transition("decline", {
  from: [state.proposed],
  to: state.investigating,
  input: because,
  emits: [said.declined],
  emit: ({ input }) => said.declined(input),
});
/** What was agreed has been carried out; guards see to it that whatever the policy demands is there. */
export const resolve = complaint.transition("resolve", {
  from: [state.resolving],
  to: state.resolved,
  input: outcome,
  emits: [said.resolved],
  emit: ({ input }) => said.resolved(input),
});
/** The customer is satisfied: the complaint is closed. */
export const confirm = complaint.transition("confirm", {
  from: [state.resolved],
  to: state.closed,
  input: customersWords,
  guard: spokenFor,
  emits: [said.confirmed],
  emit: ({ input }) => said.confirmed({ words: input.words ?? null }),
});
/** The customer is still unhappy: a new solution is looked for (E12). */
export const dispute = complaint.transition("dispute", {
  from: [state.resolved],
  to: state.investigating,
  input: because,
  emits: [said.disputed],
  emit: ({ input }) => said.disputed(input),
});
/** Within the days that the policy allows; afterwards a new complaint is linked to it, as one that `continues` it. */
export const reopen = complaint.transition("reopen", {
  from: { phase: "closed" },
  to: state.investigating,
  input: because,
  when: mayReopen,
  emits: [said.reopened],
  emit: ({ input }) => said.reopened(input),
});
export const withdraw = complaint.transition("withdraw", {
  from: { phase: ["open", "paused"] },
  to: state.withdrawn,
  input: customersWords,
  guard: spokenFor,
  emits: [said.withdrawn],
  emit: ({ input }) => said.withdrawn({ words: input.words ?? null }),
});
export const reject = complaint.transition("reject", {
  from: [state.received, state.acknowledged, state.assessed, state.investigating],
  to: state.rejected,
  input: because,
  emits: [said.rejected],
  emit: ({ input }) => said.rejected(input),
});
/** The customer does not accept that: it is looked into again, a level up. */
export const appeal = complaint.transition("appeal", {
  from: [state.rejected],
  to: state.investigating,
  input: because,
  emits: [said.appealed],
  emit: ({ record, input }) => said.appealed({ reason: input.reason, level: record.level === 1 ? 2 : 3 }),
});
export const escalate = complaint.transition("escalate", {
  from: { phase: "open" },
  to: "same",
  input: z.object({ reason: text(4000) }),
  when: ({ record }) => record.level < 3 || deny("HIGHEST_LEVEL"),
  emits: [said.escalated],
  emit: ({ record, input }) =>
    said.escalated({ from: record.level, to: record.level === 1 ? 2 : 3, reason: input.reason }),
});
export const deescalate = complaint.transition("deescalate", {
  from: { phase: "open" },
  to: "same",
  input: z.object({ reason: text(4000) }),
  when: ({ record }) => record.level > 1 || deny("LOWEST_LEVEL"),
  emits: [said.deescalated],
  emit: ({ record, input }) =>
    said.deescalated({ from: record.level, to: record.level === 3 ? 2 : 1, reason: input.reason }),
});
export const assign = complaint.transition("assign", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: ownership,
  when: ({ record }) => record.ownerId === null || deny("ALREADY_OWNED"),
  emits: [said.assigned],
  emit: ({ input }) => said.assigned(input),
});
/** One accountable owner at any time: a handover names the next one and why. */
export const handOver = complaint.transition("hand_over", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: z.object({ to: idText(), reason: text(4000), department: z.optional(idText()) }),
  when: ({ record }) => record.ownerId !== null || deny("NOT_OWNED"),
  guard: ({ record, input }) => record.ownerId !== input.to || deny("SAME_OWNER"),
  emits: [said.handedOver],
  emit: ({ record, input: { to, reason, department } }) =>
    said.handedOver({ from: record.ownerId!, to, reason, ...(department === undefined ? {} : { department }) }),
});
export const note = complaint.transition("note", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  backdated: true,
  input: remark,
  emits: [said.noted],
  emit: ({ input }) => said.noted(input),
});
/** The customer hears of progress during the handling (E13), or says something. "Called yesterday" may be told today. */
export const contact = complaint.transition("contact", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  backdated: true,
  input: exchange,
  guard: ({ actor, input }) => actor.kind !== "customer" || input.direction === "in" || deny("ONLY_INBOUND"),
  emits: [said.contacted],
  emit: ({ input }) => said.contacted(input),
});
export const waitForCustomer = complaint.transition("wait_for_customer", {
  from: { phase: "open" },
  to: state.waitingForCustomer,
  input: z.object({ question: words }),
  when: ({ record }) => record.customerId !== null || deny("NOBODY_TO_ASK"),
  emits: [said.waited],
  emit: ({ record, input }) => said.waited({ on: record.customerId!, question: input.question }),
});
export const waitForThirdParty = complaint.transition("wait_for_third_party", {
  from: { phase: "open" },
  to: state.waitingForThirdParty,
  input: z.object({ party: text(200), question: words }),
  emits: [said.waited],
  emit: ({ input }) => said.waited({ on: input.party, question: input.question }),
});
/** The customer answers what was asked: the handling goes on. */
export const reply = complaint.transition("reply", {
  from: [state.waitingForCustomer],
  to: "previous",
  input: z.object({ channel, text: words }),
  emits: [said.contacted],
  emit: ({ input }) => said.contacted({ direction: "in", channel: input.channel, text: input.text }),
});
export const resume = complaint.transition("resume", {
  from: [state.waitingForCustomer, state.waitingForThirdParty],
  to: "previous",
  emits: [said.resumed],
  emit: () => said.resumed({}),
});
