import * as z from "zod/mini";
import type { Context } from "../kernel/context.js";
import { deny } from "../kernel/result.js";
import { answered, dismissed, excused } from "./events.js";
import { answers, comment, type SatisfactionFields, satisfaction } from "./model.js";
import type { Survey } from "./policy.js";
import type { Question } from "./question.js";
import * as state from "./states.js";

/** The version of the invitation, not the one in force: a customer answers what they were asked. */
function surveyOf({ survey }: SatisfactionFields, context: Context): Survey | undefined {
  const policy = context.book.byHash(survey.hash) as Survey | undefined;
  return policy?.kind === "survey" && policy.id === survey.id ? policy : undefined;
}

/** Answers: whole scores of questions that were asked, by name, or `null` for one that does not apply. */
export const answer = satisfaction.transition("answer", {
  from: [state.invited],
  to: state.answered,
  input: z.object({ answers, comment: z.optional(comment) }),
  when: ({ record, context }) => surveyOf(record, context) !== undefined || deny("UNKNOWN_SURVEY"),
  guard: ({ record, input, context, installed }) => {
    const asked = surveyOf(record, context)?.body.questions ?? [];
    const given = Object.entries(input.answers);
    for (const [name, score] of given) {
      if (!asked.includes(name)) return deny("QUESTION_NOT_ASKED", `asked: ${asked.join(", ")}`);
      const question = installed("question", name.split("@")[0]!) as Question | undefined;
      if (question?.name !== name) return deny("UNKNOWN_QUESTION", `"${name}" is not installed`);
      if (score !== null && (score < question.min || score > question.max))
        return deny("SCORE_OFF_SCALE", `${name}: ${question.min} to ${question.max}, found ${score}`);
    }
    return given.some(([, score]) => score !== null) || deny("NOTHING_ANSWERED");
  },
  emits: [answered],
  emit: ({ record, input, context }) => {
    const limits = surveyOf(record, context)?.body.dissatisfied ?? [];
    const below = ({ question, atMost }: { question: string; atMost: number }) => {
      const score = input.answers[question];
      return typeof score === "number" && score <= atMost;
    };
    return answered({ answers: input.answers, comment: input.comment ?? null, dissatisfied: limits.some(below) });
  },
});
/** The customer does not want to answer. */
export const dismiss = satisfaction.transition("dismiss", {
  from: [state.invited],
  to: state.dismissed,
  emits: [dismissed],
  emit: () => dismissed({}),
});
/** Nothing of it applies to this customer. */
export const excuse = satisfaction.transition("excuse", {
  from: [state.invited],
  to: state.notApplicable,
  emits: [excused],
  emit: () => excused({}),
});
