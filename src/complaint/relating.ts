import * as z from "zod/mini";
import { deny } from "../kernel/result.js";
import { idText } from "../kernel/schema.js";
import * as said from "./events.js";
import { complaint } from "./model.js";
import * as state from "./states.js";
import { link, most, words } from "./vocabulary.js";

const room = ({ record }: { record: { readonly links?: readonly unknown[] } }) =>
  (record.links ?? []).length < most.links || deny("TOO_MANY_LINKS");

export const relate = complaint.transition("relate", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  input: link,
  when: room,
  guard: ({ record, input }) =>
    input.id === record.id ? deny("SAME_COMPLAINT") : input.as !== "merged" || deny("MERGE_IT"),
  emits: [said.related],
  emit: ({ input }) => said.related(input),
});
export const unrelate = complaint.transition("unrelate", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  input: z.object({ id: idText() }),
  guard: ({ record, input }) => {
    const had = record.links?.find((one) => one.id === input.id);
    return had === undefined ? deny("NOT_LINKED", input.id) : had.as !== "merged" || deny("MERGED", input.id);
  },
  emits: [said.unlinked],
  emit: ({ input }) => said.unlinked(input),
});
/**
 * The complaint goes on in another, which takes it in within the same unit of work. Into one that has itself gone on in
 * another nothing can be merged, so chains lead somewhere and never in a circle.
 */
export const merge = complaint.transition("merge", {
  from: { phase: ["open", "paused"] },
  to: state.merged,
  input: z.object({ into: idText() }),
  guard: ({ record, input }) => input.into !== record.id || deny("SAME_COMPLAINT"),
  emits: [said.merged],
  emit: ({ input }) => said.merged(input),
});
/** What merging sends to the other complaint. */
export const absorb = complaint.transition("absorb", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: z.object({ id: idText(), customerId: z.nullable(idText()) }),
  when: room,
  guard: ({ record, input }) => record.customerId === input.customerId || deny("OTHER_CUSTOMER"),
  emits: [said.absorbed],
  emit: ({ input }) => said.absorbed({ id: input.id }),
});
/** Makes a part of it a complaint of its own, which is opened in the same unit of work and linked to this one. */
export const split = complaint.transition("split", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: z.object({ summary: words, subject: z.optional(idText()) }),
  emits: [said.split],
  emit: ({ input }) => said.split(input),
});
