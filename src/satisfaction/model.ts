import * as z from "zod/mini";
import { guarded } from "../kernel/guarded.js";
import { type Instant, instantSchema, toInstant, toMs } from "../kernel/instant.js";
import { type Personal, personal } from "../kernel/personal.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { type RecordKind, recordKind } from "../lifecycle/record-kind.js";
import type { Survey } from "./policy.js";

/** What a survey is about: the firm as a whole, one order, a contact person, a stage of the journey. */
export interface Subject {
  readonly kind: "firm" | "order" | "person" | "stage";
  readonly id: string;
}

/** An invitation to answer, and what became of it. */
export interface SatisfactionFields {
  readonly customerId: string;
  readonly subject: Subject;
  readonly survey: { readonly id: string; readonly hash: string };
  readonly expiresAt: Instant;
  /** By the name of the question; `null` for "does not apply to me". */
  readonly answers: Readonly<Record<string, number | null>> | null;
  readonly comment: Personal<string> | null;
  readonly dissatisfied: boolean | null;
}
export type Invitation = Pick<SatisfactionFields, "customerId" | "subject" | "survey" | "expiresAt">;

export const comment = personal(text(4000));
const invitation = {
  customerId: idText(),
  subject: z.object({ kind: z.enum(["firm", "order", "person", "stage"]), id: idText() }),
  survey: z.object({ id: idText(), hash: text(64, 64) }),
  expiresAt: instantSchema,
};
export const answers = z.record(idText(), z.nullable(z.int()));

/**
 * A survey put to one customer: invited, then answered, dismissed, expired or not applicable. Only what was answered
 * counts in a score. Where nobody may answer twice, open it under an id made of survey, customer and subject: the second
 * one is `ALREADY_EXISTS`.
 *
 * @example
 * ```ts
 * import { satisfaction } from "clientele";
 *
 * satisfaction.opened.id; // => "satisfaction.opened"
 * ```
 */
export const satisfaction: RecordKind<"satisfaction", SatisfactionFields, Invitation> = recordKind("satisfaction", {
  revision: 1,
  initial: "invited",
  indexes: ["customerId", "dissatisfied"],
  owner: (s) => s.customerId,
  schema: z.object({
    ...invitation,
    answers: z.nullable(answers),
    comment: z.nullable(comment),
    dissatisfied: z.nullable(z.boolean()),
  }) as unknown as $ZodType<SatisfactionFields, SatisfactionFields>,
  input: z.object(invitation) as unknown as $ZodType<Invitation, Invitation>,
  begin: (input: Invitation): SatisfactionFields => ({
    ...input,
    answers: null,
    comment: null,
    dissatisfied: null,
  }),
});

/**
 * What opens an invitation under a survey, at an instant.
 *
 * @example
 * ```ts
 * import { invitationTo, surveyPolicy } from "clientele";
 *
 * const survey = surveyPolicy.version({
 *   id: "after-visit", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: { questions: ["csat"], validDays: 14, dissatisfied: [] },
 * });
 * const whom = { customerId: "c-7", subject: { kind: "order", id: "o-1" } } as const;
 * invitationTo(survey, whom, "2026-03-01T09:00:00.000Z").expiresAt; // => "2026-03-15T09:00:00.000Z"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function invitationTo(
  survey: Survey,
  whom: { readonly customerId: string; readonly subject: Subject },
  at: Instant,
): Invitation {
  return guarded("INVALID_OPTIONS", "invitationTo", () => ({
    customerId: whom.customerId,
    subject: whom.subject,
    survey: { id: survey.id, hash: survey.hash },
    expiresAt: toInstant(toMs(at) + survey.body.validDays * 86_400_000),
  }));
}
