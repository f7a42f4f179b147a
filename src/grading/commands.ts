import * as z from "zod/mini";
import { instantSchema } from "../kernel/instant.js";
import { deny } from "../kernel/result.js";
import { idText, text } from "../kernel/schema.js";
import * as said from "./events.js";
import { gradeBy, graderInForce } from "./grade.js";
import { grading } from "./model.js";
import * as state from "./states.js";

/** Grades by the policy in force, from the facts as they are known now. */
export const grade = grading.transition("grade", {
  from: { phase: "open" },
  to: "same",
  input: z.object({ facts: z.record(idText(), z.unknown()) }),
  when: ({ context, installed }) => {
    const made = graderInForce(context, installed);
    return made.ok || deny(made.error.code === "NO_POLICY" ? "NO_GRADING_POLICY" : "GRADING_POLICY_UNUSABLE");
  },
  emits: [said.graded],
  emit: ({ input, context, installed }) => {
    const made = graderInForce(context, installed);
    if (!made.ok) throw new TypeError(made.error.code);
    return said.graded(gradeBy(made.value.grader, input.facts, made.value.today));
  },
});
/** Keeps a grade by hand until a date. */
export const override = grading.transition("override", {
  from: [state.graded, state.overridden],
  to: state.overridden,
  input: z.object({ grade: text(50), reason: text(4000), until: instantSchema }),
  guard: ({ input, now }) => input.until > now || deny("UNTIL_IS_PAST"),
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
export const end = grading.transition("end", { from: { phase: "open" }, to: state.ended });
export const begin = grading.transition("begin", { from: [state.ended], to: state.graded });
