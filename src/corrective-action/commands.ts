import * as z from "zod/mini";
import { type Instant, toInstant, toMs } from "../kernel/instant.js";
import { deny } from "../kernel/result.js";
import { idText } from "../kernel/schema.js";
import * as said from "./events.js";
import {
  action,
  because,
  type CorrectiveActionFields,
  correctiveAction,
  goal,
  later,
  mostActions,
  one,
  whys,
  words,
} from "./model.js";
import * as state from "./states.js";

export * from "./upkeep.js";

type Fields = CorrectiveActionFields;
interface Checking {
  readonly record: Fields;
  readonly now: Instant;
}

const signedBy = ({ actor, at }: { readonly actor: { readonly id: string }; readonly at: Instant }) => ({
  by: actor.id,
  at,
});
/** Days of 24 hours later; never beyond the last instant that there is. */
const after = (at: Instant, days: number): Instant =>
  toInstant(Math.min(toMs(at) + days * 86_400_000, toMs("9999-12-31T23:59:59.999Z")));
const open = (record: Fields, but?: string) => record.actions.filter((a) => a.done === null && a.id !== but);
/** When the next of the open actions is due; without one, a week is left to say that everything is done. */
const nextDue = (record: Fields, at: Instant, but?: string): Instant =>
  open(record, but)
    .map((a) => a.dueAt)
    .sort()[0] ?? after(at, 7);
const isOpen = ({ record, input }: { readonly record: Fields; readonly input: { readonly id: string } }) => {
  const found = record.actions.find((a) => a.id === input.id);
  return found === undefined ? deny("UNKNOWN_ACTION") : found.done === null || deny("ALREADY_DONE");
};
const isOver = ({ record, now }: Checking) => now >= record.checkAt! || deny("TOO_EARLY_TO_CHECK");

/** What protects customers now, or why nothing has to: the root cause is looked for from here. */
export const contain = correctiveAction.transition("contain", {
  from: [state.containing],
  to: state.analysing,
  input: z.object({ what: words }),
  emits: [said.contained],
  emit: (given) => said.contained({ what: given.input.what, ...signedBy(given) }),
});
/** The five whys (1 to 10), the cause they lead to, and the cause of non-detection; also once more while planning. */
export const analyse = correctiveAction.transition("analyse", {
  from: [state.analysing, state.planning],
  to: state.planning,
  input: z.object({ whys, cause: idText(), escape: z.optional(z.nullable(idText())) }),
  emits: [said.analysed],
  emit: ({ record, input }) =>
    said.analysed({ ...input, escape: input.escape === undefined ? record.escape : input.escape }),
});
/**
 * Plans one of at most 50 actions (`TOO_MANY_ACTIONS`), under an id of its own (`ALREADY_PLANNED`). Before the cause is
 * known, only containment can be planned (`ANALYSE_FIRST`).
 */
export const planAction = correctiveAction.transition("plan_action", {
  from: [state.containing, state.planning],
  to: "same",
  input: z.object(action),
  when: ({ record }) => record.actions.length < mostActions || deny("TOO_MANY_ACTIONS"),
  guard: ({ record, input }) =>
    record.actions.some((a) => a.id === input.id)
      ? deny("ALREADY_PLANNED")
      : input.kind === "containment" || record.state === state.planning.id || deny("ANALYSE_FIRST"),
  emits: [said.planned],
  emit: ({ input, actor }) => said.planned({ ...input, by: actor.id }),
});
/** Gives up what is planned and not done (`UNKNOWN_ACTION`, `ALREADY_DONE`). */
export const dropAction = correctiveAction.transition("drop_action", {
  from: [state.containing, state.planning],
  to: "same",
  input: one,
  guard: isOpen,
  emits: [said.dropped],
  emit: ({ input }) => said.dropped(input),
});
/**
 * Hands the plan in, with what its effect will be judged by: fixed before anybody knows how it comes out. Containment
 * alone is no plan (`NOTHING_PLANNED`).
 */
export const submit = correctiveAction.transition("submit", {
  from: [state.planning],
  to: state.verifying,
  input: z.object(goal),
  when: ({ record }) => open(record).some((a) => a.kind !== "containment") || deny("NOTHING_PLANNED"),
  emits: [said.submitted],
  emit: ({ input, actor }) => said.submitted({ ...input, by: actor.id }),
});
/** Four eyes: whoever planned an open action or handed the plan in does not verify it (`SAME_PERSON`). */
export const verify = correctiveAction.transition("verify", {
  from: [state.verifying],
  to: state.implementing,
  input: z.object({ method: words }),
  when: ({ record, actor }) =>
    (record.submittedBy !== actor.id && open(record).every((a) => a.plannedBy !== actor.id)) || deny("SAME_PERSON"),
  emits: [said.verified],
  emit: (given) =>
    said.verified({ method: given.input.method, ...signedBy(given), dueAt: nextDue(given.record, given.at) }),
});
/** The plan does not hold: it is changed, and verified anew. */
export const replan = correctiveAction.transition("replan", {
  from: [state.verifying, state.implementing],
  to: state.planning,
  input: because,
  emits: [said.sentBack],
  emit: ({ input }) => said.sentBack({ to: "planning", reason: input.reason }),
});
/** The cause is another one, or was not the only one: the next round begins at its analysis. */
export const reanalyse = correctiveAction.transition("reanalyse", {
  from: [state.planning, state.verifying, state.implementing, state.observing],
  to: state.analysing,
  input: because,
  emits: [said.sentBack],
  emit: ({ input }) => said.sentBack({ to: "analysing", reason: input.reason }),
});
/**
 * An action was done (`UNKNOWN_ACTION`, `ALREADY_DONE`). Enters its state anew: each due date is told of at its own
 * time.
 */
export const complete = correctiveAction.transition("complete", {
  from: [state.implementing],
  to: state.implementing,
  input: one,
  guard: isOpen,
  emits: [said.completed],
  emit: (given) => {
    const { id } = given.input;
    return said.completed({ id, ...signedBy(given), dueAt: nextDue(given.record, given.at, id) });
  },
});
/** Everything planned is done (`ACTIONS_OPEN`): from when the last of it was, the effect is observed. */
export const implement = correctiveAction.transition("implement", {
  from: [state.implementing],
  to: state.observing,
  when: ({ record }) => open(record).length === 0 || deny("ACTIONS_OPEN"),
  emits: [said.implemented],
  emit: ({ record }) => {
    const implementedAt = record.actions
      .map(({ done }) => done!.at)
      .sort()
      .at(-1)!;
    return said.implemented({ implementedAt, checkAt: after(implementedAt, record.goal!.days) });
  },
});
/**
 * The time of observation is over (`TOO_EARLY_TO_CHECK`), and no more complaints with the same cause came than the goal
 * allows (`NOT_EFFECTIVE`): closed. `effectOf` finds them.
 */
export const passCheck = correctiveAction.transition("pass_check", {
  from: [state.observing],
  to: state.closed,
  input: z.object({ later }),
  when: isOver,
  guard: ({ record, input }) => input.later.length <= record.goal!.allowed || deny("NOT_EFFECTIVE"),
  emits: [said.checked],
  emit: (given) => said.checked({ later: given.input.later, effective: true, ...signedBy(given) }),
});
/**
 * The time of observation is over (`TOO_EARLY_TO_CHECK`), and more complaints with the same cause came than the goal
 * allows (`EFFECTIVE`): back to the root cause. `effectOf` finds them.
 */
export const failCheck = correctiveAction.transition("fail_check", {
  from: [state.observing],
  to: state.analysing,
  input: z.object({ later }),
  when: isOver,
  guard: ({ record, input }) => input.later.length > record.goal!.allowed || deny("EFFECTIVE"),
  emits: [said.checked],
  emit: (given) => said.checked({ later: given.input.later, effective: false, ...signedBy(given) }),
});
/** Leaves the cause where it is: a manager's to say. */
export const cancel = correctiveAction.transition("cancel", {
  from: { phase: "open" },
  to: state.cancelled,
  input: because,
  emits: [said.cancelled],
  emit: ({ input }) => said.cancelled(input),
});
/** The same cause came back: customers are protected first, again. */
export const reopen = correctiveAction.transition("reopen", {
  from: { phase: "closed" },
  to: state.containing,
  input: because,
  emits: [said.reopened],
  emit: ({ input }) => said.reopened(input),
});
