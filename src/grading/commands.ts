import * as z from "zod/mini";
import type { Context } from "../kernel/context.js";
import { instantSchema } from "../kernel/instant.js";
import { deny, unwrap } from "../kernel/result.js";
import { idText, text } from "../kernel/schema.js";
import * as said from "./events.js";
import { gradeBy, graderInForce } from "./grade.js";
import { grading } from "./model.js";
import type { GradingBody } from "./policy.js";
import * as state from "./states.js";

const bodyInForce = ({ book, now }: Context) => book.inForce("grading", now)?.body as GradingBody | undefined;

/**
 * Grades by the policy in force, from the facts as they are known now. Accepted in any state, or a fact about a customer
 * whose grading has ended would be refused by what follows from it.
 */
export const grade = grading.transition("grade", {
  from: { phase: ["open", "paused", "closed"] },
  to: "same",
  input: z.object({ facts: z.record(idText(), z.unknown()) }),
  when: ({ context, installed }) => {
    const made = graderInForce(context, installed);
    if (made.ok) return true;
    const { error } = made;
    return error.code === "NO_POLICY"
      ? deny("NO_GRADING_POLICY")
      : deny("GRADING_POLICY_UNUSABLE", JSON.stringify(error));
  },
  emits: [said.graded],
  emit: ({ input, context, installed }) => {
    const { grader, today } = unwrap(graderInForce(context, installed));
    return said.graded(gradeBy(grader, input.facts, today));
  },
});
/** Keeps a grade by hand until a date. */
export const override = grading.transition("override", {
  from: [state.graded, state.overridden],
  to: state.overridden,
  input: z.object({ grade: text(50), reason: text(4000), until: instantSchema }),
  guard: ({ input, now, context }) => {
    if (input.until <= now) return deny("UNTIL_IS_PAST");
    const grades = bodyInForce(context)?.grades;
    return grades === undefined || grades.some((g) => g.grade === input.grade) || deny("UNKNOWN_GRADE");
  },
  emits: [said.overridden],
  emit: ({ input, actor }) =>
    said.overridden({ override: { grade: input.grade, reason: input.reason, by: actor.id }, until: input.until }),
});
/** Ends an override before its date. */
export const lift = grading.transition("lift", {
  from: [state.overridden],
  to: state.graded,
  emits: [said.restored],
  emit: () => said.restored({}),
});
/** Ends an override too: it could not lapse any more. */
export const end = grading.transition("end", {
  from: { phase: "open" },
  to: state.ended,
  emits: [said.restored],
  emit: ({ record }) => (record.override === null ? [] : said.restored({})),
});
export const begin = grading.transition("begin", { from: [state.ended], to: state.graded });
