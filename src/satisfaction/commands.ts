import * as z from "zod/mini";
import type { Context } from "../kernel/context.js";
import { deny } from "../kernel/result.js";
import { answered, dismissed, excused } from "./events.js";
import { answers, comment, type SatisfactionFields, satisfaction } from "./model.js";
import type { Survey } from "./policy.js";
import type { Question } from "./question.js";
import * as state from "./states.js";

const surveyOf = (record: SatisfactionFields, context: Context): Survey | undefined =>
  context.book.byHash(record.survey.hash) as Survey | undefined;

/** Answers: whole scores of the questions asked, or `null` for one that does not apply. */
export const answer = satisfaction.transition("answer", {
  from: [state.invited],
  to: state.answered,
  input: z.object({ answers, comment: z.optional(comment) }),
  when: ({ record, context }) => surveyOf(record, context) !== undefined || deny("UNKNOWN_SURVEY"),
  guard: ({ record, input, context, installed }) => {
    const asked = surveyOf(record, context)?.body.questions ?? [];
    const given = Object.entries(input.answers);
    for (const [id, score] of given) {
      if (!asked.includes(id)) return deny("QUESTION_NOT_ASKED", `asked: ${asked.join(", ")}`);
      const question = installed("question", id) as Question | undefined;
      if (question === undefined) return deny("QUESTION_NOT_ASKED", `"${id}" is not installed`);
      if (score !== null && (score < question.min || score > question.max))
        return deny("SCORE_OFF_SCALE", `${id}: ${question.min} to ${question.max}, found ${score}`);
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
export const dismiss = satisfaction.transition("dismiss", {
  from: [state.invited],
  to: state.dismissed,
  emits: [dismissed],
  emit: () => dismissed({}),
});
export const excuse = satisfaction.transition("excuse", {
  from: [state.invited],
  to: state.notApplicable,
  emits: [excused],
  emit: () => excused({}),
});
