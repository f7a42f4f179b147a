import type { Context } from "../../src/kernel/context.js";
import type { Instant } from "../../src/kernel/instant.js";
import type { Policy } from "../../src/kernel/policy.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { createServiceRules, policyBook } from "../../src/rules/index.js";
import {
  invitationTo,
  type SatisfactionFields,
  type Subject,
  type Survey,
  type SurveyBody,
  surveyPolicy,
} from "../../src/satisfaction/index.js";
import { ann, context, noon, robot } from "../given.js";

export type Answered = AnyRecord & SatisfactionFields;
export const doors = createServiceRules().satisfaction as unknown as Doors;
export const order: Subject = { kind: "order", id: "o-1" };

/** A survey after a visit, or what is said otherwise. */
export const survey = (body: Partial<SurveyBody> = {}, version = 1, id = "after-visit"): Survey =>
  surveyPolicy.version({
    id,
    version,
    from: noon,
    body: {
      questions: ["csat", "nps"],
      validDays: 14,
      dissatisfied: [
        { question: "csat", atMost: 2 },
        { question: "nps", atMost: 0 },
      ],
      ...body,
    },
  });

/** What knows these policies. */
export const knowing = (policies: readonly Policy[], now: Instant = noon, actor = ann): Context => ({
  ...context(now, actor),
  book: policyBook(policies),
});

/** An invitation under a survey. */
export const invited = (asked: Survey = survey(), subject: Subject = order): Answered =>
  unwrap(
    doors.open(
      { id: "s-1", input: invitationTo(asked, { customerId: "c-7", subject }, noon) },
      knowing([asked], noon, robot),
    ),
  ).next as Answered;
