import { complaint, complaintCommands, definePlugin, deny } from "clientele";
import * as z from "zod/mini";

export const flagged = complaint.event("safety.flagged", { v: 1, data: z.object({ hazard: z.string() }) });
export const cleared = complaint.event("safety.cleared", { v: 1, data: z.object({ by: z.string() }) });
export const hazard = complaint.slot("safety", z.object({ hazard: z.string() }));

/** A danger is flagged on any complaint that is not closed. */
export const flag = complaint.transition("safety.flag", {
  from: { phase: ["open", "paused"] },
  to: "same",
  input: z.object({ hazard: z.string().check(z.minLength(1), z.maxLength(500)) }),
  emits: [flagged],
  emit: ({ input }) => flagged(input, hazard(input)),
});
export const clear = complaint.transition("safety.clear", {
  from: { phase: ["open", "paused"] },
  to: "same",
  when: ({ record }) => hazard.read(record) !== undefined || deny("safety.NOT_FLAGGED"),
  emits: [cleared],
  emit: ({ actor }) => cleared({ by: actor.id }, hazard.empty),
});
/** While a danger stands, a complaint can neither be rejected nor settled. */
const nothingDangerous = ({ record }: { readonly record: { readonly slots: object } }) =>
  hazard.read(record) === undefined || deny("safety.DANGER_STANDS");
export const notRejected = complaint.guard("safety.not_rejected", {
  on: complaintCommands.reject,
  when: nothingDangerous,
});
export const notSettled = complaint.guard("safety.not_settled", {
  on: complaintCommands.resolve,
  when: nothingDangerous,
});
export const officer = complaint.permit("safety.officer", {
  actors: ["staff"],
  commands: [flag, clear],
});
export const safety = definePlugin({
  id: "safety",
  tokens: [flagged, cleared, hazard, flag, clear, notRejected, notSettled, officer],
});
