import * as z from "zod/mini";
import { deny } from "../kernel/result.js";
import { idText } from "../kernel/schema.js";
import * as said from "./events.js";
import { correctiveAction, link as linking, mostComplaints, remark, words } from "./model.js";

// What keeps the record as it is in its life: which complaints, whose, how high, what is remarked.

const anytime = { phase: ["open", "closed"] } as const;
const idOr = z.optional(idText());

/** Another complaint with this problem: at most 100 (`TOO_MANY_COMPLAINTS`), each once (`ALREADY_LINKED`). */
export const link = correctiveAction.transition("link", {
  from: anytime,
  to: "same",
  input: linking,
  when: ({ record }) => record.complaintIds.length < mostComplaints || deny("TOO_MANY_COMPLAINTS"),
  guard: ({ record, input }) => !record.complaintIds.includes(input.complaintId) || deny("ALREADY_LINKED"),
  emits: [said.linked],
  emit: ({ input }) => said.linked(input),
});
/** A complaint that does not belong to it, or was merged into another (`UNKNOWN_COMPLAINT`); never the `LAST_COMPLAINT`. */
export const unlink = correctiveAction.transition("unlink", {
  from: anytime,
  to: "same",
  input: linking,
  when: ({ record }) => record.complaintIds.length > 1 || deny("LAST_COMPLAINT"),
  guard: ({ record, input }) => record.complaintIds.includes(input.complaintId) || deny("UNKNOWN_COMPLAINT"),
  emits: [said.unlinked],
  emit: ({ input }) => said.unlinked(input),
});
/** Names the first owner (`HAS_OWNER`). */
export const assign = correctiveAction.transition("assign", {
  from: { phase: "open" },
  to: "same",
  input: z.object({ ownerId: idText(), department: idOr }),
  when: ({ record }) => record.ownerId === null || deny("HAS_OWNER"),
  emits: [said.assigned],
  emit: ({ record, input: { ownerId, department = record.department } }) => said.assigned({ ownerId, department }),
});
/** One accountable owner at any time: a handover names the next one and why (`NO_OWNER`, `SAME_OWNER`). */
export const handOver = correctiveAction.transition("hand_over", {
  from: { phase: "open" },
  to: "same",
  input: z.object({ to: idText(), department: idOr, reason: words }),
  when: ({ record }) => record.ownerId !== null || deny("NO_OWNER"),
  guard: ({ record, input }) => record.ownerId !== input.to || deny("SAME_OWNER"),
  emits: [said.handedOver],
  emit: ({ record, input: { to, department = record.department, reason } }) =>
    said.handedOver({ from: record.ownerId!, to, department, reason }),
});
/** Takes it up a level, to the third (`TOP_LEVEL`). */
export const escalate = correctiveAction.transition("escalate", {
  from: { phase: "open" },
  to: "same",
  input: z.object({ reason: words }),
  when: ({ record }) => record.level < 3 || deny("TOP_LEVEL"),
  emits: [said.escalated],
  emit: ({ record, input }) =>
    said.escalated({ from: record.level, to: record.level === 1 ? 2 : 3, reason: input.reason }),
});
/** A remark, which may be told later than it was made. */
export const note = correctiveAction.transition("note", {
  from: anytime,
  to: "same",
  backdated: true,
  input: remark,
  emits: [said.noted],
  emit: ({ input }) => said.noted(input),
});
