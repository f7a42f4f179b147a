import * as z from "zod/mini";
import { dayToLocalDate, type LocalDate, localDateToDay } from "../kernel/instant.js";
import { personal } from "../kernel/personal.js";
import { deny } from "../kernel/result.js";
import { text } from "../kernel/schema.js";
import { localDateOf, startOfLocalDate } from "../kernel/zone.js";
import * as said from "./events.js";
import { dayToCome, followUp } from "./model.js";
import * as state from "./states.js";

const open = [state.planned, state.due, state.overdue];
const heard = z.object({ words: z.optional(personal(text(4000))) });
const on = (dueOn: LocalDate, zone: string) => ({ dueOn, dueAt: startOfLocalDate(dueOn, zone) });

/** The customer was reached: what they said may be written down. */
export const reach = followUp.transition("reach", {
  from: open,
  to: state.done,
  input: heard,
  emits: [said.reached],
  emit: ({ input }) => said.reached({ words: input.words ?? null }),
});
/** The customer does not want to be contacted about this: the step is not planned for them any more. */
export const refuse = followUp.transition("refuse", {
  from: open,
  to: state.done,
  input: heard,
  emits: [said.refused],
  emit: ({ input }) => said.refused({ words: input.words ?? null }),
});
/** Nobody answered: the next attempt is planned, as long as the plan allows one. */
export const miss = followUp.transition("miss", {
  from: open,
  to: state.planned,
  when: ({ record }) => record.missed + 1 < record.attempts || deny("LAST_ATTEMPT"),
  emits: [said.missed],
  emit: ({ record, now, context }) => {
    const today = localDateToDay(localDateOf(now, context.zone));
    return said.missed(on(dayToLocalDate(today + record.retryDays), context.zone));
  },
});
/** Nobody answered, and that was the last attempt. */
export const abandon = followUp.transition("abandon", {
  from: open,
  to: state.done,
  emits: [said.abandoned],
  emit: () => said.abandoned({}),
});
/** The plan gives it another day, or calls for it again: what planning sends. */
export const replan = followUp.transition("replan", {
  from: [state.planned, state.dropped],
  to: state.planned,
  input: z.object({ dueOn: dayToCome }),
  emits: [said.replanned],
  emit: ({ input, context }) => said.replanned(on(input.dueOn, context.zone)),
});
/** The plan does not call for it, for now: what planning sends. */
export const drop = followUp.transition("drop", {
  from: [state.planned],
  to: state.dropped,
});
/** Moves it to another day, by hand: planning anew leaves it there. */
export const reschedule = followUp.transition("reschedule", {
  from: open,
  to: state.planned,
  input: z.object({ dueOn: dayToCome }),
  guard: ({ record, input }) => record.dueOn !== input.dueOn || deny("SAME_DAY"),
  emits: [said.rescheduled],
  emit: ({ input, context }) => said.rescheduled(on(input.dueOn, context.zone)),
});
/** It is not needed any more, says somebody: planning anew does not bring it back. */
export const cancel = followUp.transition("cancel", {
  from: open,
  to: state.cancelled,
  input: z.object({ reason: personal(text(400)) }),
  emits: [said.cancelled],
  emit: ({ input }) => said.cancelled(input),
});
