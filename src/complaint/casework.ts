import * as z from "zod/mini";
import type { Context } from "../kernel/context.js";
import { type Instant, instantSchema } from "../kernel/instant.js";
import { deny } from "../kernel/result.js";
import { idText, text } from "../kernel/schema.js";
import { mayDecide, mayFind, mayOffer, type Silent, silenceOf } from "./checks.js";
import * as said from "./events.js";
import { type Entry, type EntryStatus, entriesFor, offer } from "./ledger.js";
import { type ComplaintFields, complaint, findings } from "./model.js";
import { bodyInForce } from "./policy.js";
import * as state from "./states.js";
import { amount, channel, listOf, words } from "./vocabulary.js";

/** Findings may come at any time, also after the closing: the record is what is learnt from. */
export const find = complaint.transition("find", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  input: findings,
  guard: mayFind,
  emits: [said.found],
  emit: ({ input }) => said.found(input),
});
/** Approves what somebody with smaller limits will offer. */
export const approve = complaint.transition("approve", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: z.object({ offers: listOf(offer, 10, 1) }),
  // Nobody approves by what somebody else has approved.
  when: (given) => mayDecide({ ...given, record: unapproved(given.record) }),
  guard: ({ input, ...given }) => mayOffer({ ...given, record: unapproved(given.record) }, input.offers),
  emits: [said.approved],
  emit: ({ record, actor, input }) =>
    said.approved({ entries: entriesFor(record, input.offers, "approved", actor.id) }),
});
const unapproved = <C extends ComplaintFields>(c: C): C => ({
  ...c,
  remedies: (c.remedies ?? []).map((one) => (one.status === "approved" ? { ...one, status: "declined" } : one)),
});

const entryOf = ({ remedies = [] }: ComplaintFields, id: string, status: EntryStatus): Entry | undefined =>
  remedies.find((one) => one.id === id && one.status === status);

/** One of several remedies that were agreed has been carried out, at what cost. */
export const carryOut = complaint.transition("carry_out", {
  from: [state.resolving],
  to: "same",
  input: z.object({ id: idText(), cost: z.optional(amount) }),
  guard: ({ record, input }) => entryOf(record, input.id, "accepted") !== undefined || deny("NOT_AGREED", input.id),
  emits: [said.carriedOut],
  emit: ({ record, input: { id, cost } }) => {
    const entry = entryOf(record, id, "accepted")!;
    return said.carriedOut({ entry: { ...entry, status: "carried_out", ...(cost === undefined ? {} : { cost }) } });
  },
});
/** It was looked whether what was carried out works. */
export const verify = complaint.transition("verify", {
  from: { phase: ["open", "closed"] },
  to: "same",
  input: z.object({ id: idText() }),
  guard: ({ record, input }) =>
    entryOf(record, input.id, "carried_out") !== undefined || deny("NOT_CARRIED_OUT", input.id),
  emits: [said.verified],
  emit: ({ input }) => said.verified(input),
});
/** Hands the work to another department; the owner stays accountable (D2). */
export const transfer = complaint.transition("transfer", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: z.object({ department: idText(), reason: text(4000) }),
  guard: ({ record, input }) => record.department !== input.department || deny("SAME_DEPARTMENT"),
  emits: [said.transferred],
  emit: ({ input }) => said.transferred(input),
});
/** Sends somebody to where it is happening. */
export const dispatch = complaint.transition("dispatch", {
  from: { phase: "open" },
  to: "same",
  input: z.object({ to: idText() }),
  emits: [said.dispatched],
  emit: ({ input }) => said.dispatched(input),
});
/** They were there, and what they saw and did. */
export const visit = complaint.transition("visit", {
  from: { phase: ["open", "paused"] },
  to: "same",
  backdated: true,
  input: z.object({ text: words }),
  when: ({ record }) => record.sentTo !== undefined || deny("NOBODY_SENT"),
  emits: [said.visited],
  emit: ({ input }) => said.visited(input),
});
const isAhead = (instant: Instant, now: Instant): boolean => instant > now;
/** A holding reply: promises the customer an answer by an instant, and no more. */
export const promise = complaint.transition("promise", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: z.object({ for: instantSchema, channel, text: words }),
  guard: ({ input, now }) => isAhead(input.for, now) || deny("PROMISE_IS_PAST"),
  emits: [said.promised],
  emit: ({ input }) => said.promised(input),
});
/** The final reply: it names the outside body that the customer may turn to, where the policy has one. */
export const answer = complaint.transition("answer", {
  from: { phase: ["open", "closed"] },
  to: "same",
  input: z.object({ channel, text: words }),
  emits: [said.answered],
  emit: ({ input, context }) => said.answered({ ...input, disputeBody: bodyInForce(context).disputeBody ?? null }),
});

const silent =
  (means: "acceptance" | "closing") =>
  ({ record, context }: { record: Silent; context: Context }) =>
    silenceOf(record, context) === means || deny("SILENCE_MEANS_NOTHING");
/** Silence was agreement: only where the policy says so, and after its reminders. */
export const deem = complaint.transition("deem", {
  from: [state.proposed],
  to: state.resolving,
  when: silent("acceptance"),
  emits: [said.accepted],
  emit: () => said.accepted({ words: null, deemed: true }),
});
/** Nobody answered: closed, where the policy says so, and after its reminders. */
export const giveUp = complaint.transition("give_up", {
  from: [state.proposed],
  to: state.closed,
  when: silent("closing"),
  emits: [said.unanswered],
  emit: ({ record }) => said.unanswered({ reminders: record.stay.lapses - 1 }),
});
