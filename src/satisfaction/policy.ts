import * as z from "zod/mini";
import { type Policy, type PolicyKind, policyKind } from "../kernel/policy.js";
import type { $ZodType } from "../kernel/schema.js";

/** What is asked, for how long an answer is taken, and which answers are those of a dissatisfied customer. */
export interface SurveyBody {
  /** Names of questions: `csat`, or `csat@2` for a later revision. */
  readonly questions: readonly string[];
  /** How many days an invitation holds, 1 to 365. */
  readonly validDays: number;
  /** A score up to `atMost` on any of these is a dissatisfied answer. */
  readonly dissatisfied: readonly { readonly question: string; readonly atMost: number }[];
}
export type Survey = Policy<"survey", SurveyBody>;

const name = z.string().check(z.regex(/^[\w.-]{1,200}(@([2-9]|[1-9]\d{1,8}))?$/));

/**
 * The policy of a survey. Several may be in force side by side, under ids of their own. What was put to a customer is
 * the version of the invitation, whatever is in force by the time of the answer.
 *
 * @example
 * ```ts
 * import { surveyPolicy } from "clientele";
 *
 * const survey = surveyPolicy.version({
 *   id: "after-visit", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: { questions: ["nps", "csat"], validDays: 14, dissatisfied: [{ question: "csat", atMost: 2 }] },
 * });
 * survey.body.questions; // => ["nps", "csat"]
 * ```
 */
export const surveyPolicy: PolicyKind<"survey", SurveyBody, SurveyBody> = /* @__PURE__ */ policyKind("survey", {
  revision: 1,
  body: /* @__PURE__ */ z
    .object({
      questions: z.array(name).check(z.minLength(1), z.maxLength(100)),
      validDays: z.int().check(z.minimum(1), z.maximum(365)),
      dissatisfied: z.array(z.object({ question: name, atMost: z.int() })).check(z.maxLength(100)),
    })
    .check(
      z.refine((s) => s.dissatisfied.every((d) => s.questions.includes(d.question)), {
        error: "`dissatisfied` names a question that is not asked",
      }),
    ) as unknown as $ZodType<SurveyBody, SurveyBody>,
  names: (body: SurveyBody) => body.questions.map((id) => ({ token: "question", of: "satisfaction", id })),
});
