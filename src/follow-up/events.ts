import * as z from "zod/mini";
import { instantSchema, localDateSchema } from "../kernel/instant.js";
import { personal } from "../kernel/personal.js";
import { text } from "../kernel/schema.js";
import { followUp } from "./model.js";

const heard = z.object({ words: z.nullable(personal(text(4000))) });
const moved = { dueOn: localDateSchema, dueAt: instantSchema };

/** The customer was reached. */
export const reached = followUp.event("follow-up.reached", {
  v: 1,
  data: heard,
  evolve: () => ({ outcome: "reached" }),
});
/** The customer does not want to be contacted about this. */
export const refused = followUp.event("follow-up.refused", {
  v: 1,
  data: heard,
  evolve: () => ({ outcome: "refused" }),
});
/** Nobody answered; it is tried again. */
export const missed = followUp.event("follow-up.missed", {
  v: 1,
  data: z.object(moved),
  evolve: (f, { dueOn, dueAt }) => ({ missed: f.missed + 1, dueOn, dueAt }),
});
/** Nobody answered, and it is not tried again. */
export const abandoned = followUp.event("follow-up.abandoned", {
  v: 1,
  data: z.object({}),
  evolve: (f) => ({ missed: f.missed + 1, outcome: "unreached" }),
});
/** It is due on another day. */
export const rescheduled = followUp.event("follow-up.rescheduled", {
  v: 1,
  data: z.object(moved),
  evolve: (_, { dueOn, dueAt }) => ({ dueOn, dueAt }),
});
/** The plan gives it another day now, or calls for it again. */
export const replanned = followUp.event("follow-up.replanned", {
  v: 1,
  data: z.object(moved),
  evolve: (f, { dueOn, dueAt }) => ({ plan: { ...f.plan, on: dueOn }, dueOn, dueAt }),
});
/** It is not needed any more, says somebody. */
export const cancelled = followUp.event("follow-up.cancelled", {
  v: 1,
  data: z.object({ reason: personal(text(400)) }),
});
