import * as z from "zod/mini";
import { moneySchema } from "../kernel/money.js";
import { deny } from "../kernel/result.js";
import { idText, text } from "../kernel/schema.js";
import * as said from "./events.js";
import {
  assessment,
  because,
  channel,
  complaint,
  exchange,
  outcome,
  ownership,
  remark,
  remedy,
  words,
} from "./model.js";
import * as state from "./states.js";

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
export const assess = complaint.transition("assess", {
  from: [state.acknowledged],
  to: state.assessed,
  input: assessment,
  emits: [said.assessed],
  emit: ({ input }) => said.assessed(input),
});
/** What turns out later may change nature, scope and severity, wherever the complaint is. */
export const reassess = complaint.transition("reassess", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: assessment,
  when: ({ record }) => record.nature !== null || deny("NOT_ASSESSED"),
  emits: [said.assessed],
  emit: ({ input }) => said.assessed(input),
});
export const investigate = complaint.transition("investigate", { from: [state.assessed], to: state.investigating });
/** A general complaint is settled by the contact staff; a major one is a manager's to decide (E12). */
export const propose = complaint.transition("propose", {
  from: [state.assessed, state.investigating],
  to: state.proposed,
  input: z.object({ remedy, amount: z.optional(moneySchema), message: words }),
  when: ({ record, actor }) =>
    record.scope !== "major" || actor.roles?.includes("manager") === true || deny("MAJOR_NEEDS_MANAGER"),
  emits: [said.proposed],
  emit: ({ input }) => said.proposed({ remedy: input.remedy, amount: input.amount ?? null, message: input.message }),
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
export const reopen = complaint.transition("reopen", {
  from: { phase: "closed" },
  to: state.investigating,
  input: because,
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
export const escalate = complaint.transition("escalate", {
  from: { phase: "open" },
  to: "same",
  input: z.object({ reason: text(4000) }),
  when: ({ record }) => record.level < 3 || deny("HIGHEST_LEVEL"),
  emits: [said.escalated],
  emit: ({ record, input }) =>
    said.escalated({ from: record.level, to: record.level === 1 ? 2 : 3, reason: input.reason }),
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
  input: z.object({ to: idText(), reason: text(4000) }),
  when: ({ record }) => record.ownerId !== null || deny("NOT_OWNED"),
  guard: ({ record, input }) => record.ownerId !== input.to || deny("SAME_OWNER"),
  emits: [said.handedOver],
  emit: ({ record, input }) => said.handedOver({ from: record.ownerId!, to: input.to, reason: input.reason }),
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
  emits: [said.waited],
  emit: ({ record, input }) => said.waited({ on: record.customerId, question: input.question }),
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
