import * as z from "zod/mini";
import { type Policy, type PolicyKind, policyKind } from "../kernel/policy.js";
import { type $ZodType, text } from "../kernel/schema.js";

/** How a customer is contacted. */
export type FollowUpChannel = "phone" | "visit" | "email" | "sms" | "chat" | "letter";

/** One step of a plan: from what it counts, how many calendar days before or after, by which channel, what to say. */
export interface Step {
  /** Its occurrences are told from others by it: under another id they are others. */
  readonly id: string;
  /** `id@revision` of an anchor. */
  readonly anchor: string;
  readonly args: unknown;
  /** Calendar days; negative is before. Default 0. */
  readonly offsetDays?: number | undefined;
  readonly channel: FollowUpChannel;
  /** The name of a script, or the words themselves. */
  readonly script: string;
}

/** A plan: its steps, and what happens when nobody answers. */
export interface PlanBody {
  /** 0 to 100: a version without steps ends the plan. */
  readonly steps: readonly Step[];
  /** After how many attempts nobody tries again; default 3. */
  readonly attempts?: number | undefined;
  /** How many days later the next attempt is made; default 1. */
  readonly retryDays?: number | undefined;
}
export type Plan = Policy<"follow-up", PlanBody>;

export const channel: $ZodType<FollowUpChannel, FollowUpChannel> = z.enum([
  "phone",
  "visit",
  "email",
  "sms",
  "chat",
  "letter",
]);

/**
 * The policy of a follow-up plan. It names anchors by id and revision, so its hash covers them.
 *
 * @example
 * ```ts
 * import { followUpPlan, inGrade } from "clientele";
 *
 * const plan = followUpPlan.version({
 *   id: "visits", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: { steps: [{ id: "visit", ...inGrade.at({ every: { A: 30, B: 90 } }), channel: "visit", script: "How is it going?" }] },
 * });
 * plan.body.steps[0]?.anchor; // => "in_grade@1"
 * ```
 */
export const followUpPlan: PolicyKind<"follow-up", PlanBody, PlanBody> = /* @__PURE__ */ policyKind("follow-up", {
  revision: 1,
  body: /* @__PURE__ */ z.object({
    steps: z
      .array(
        z.object({
          id: z.string().check(z.regex(/^[\w.-]{1,100}$/)),
          anchor: z.string().check(z.regex(/^[\w.-]{1,200}@\d{1,9}$/)),
          args: z.unknown(),
          offsetDays: z.optional(z.int().check(z.minimum(-3650), z.maximum(3650))),
          channel,
          script: text(4000),
        }),
      )
      .check(
        z.maxLength(100),
        z.refine((steps) => new Set(steps.map((s) => s.id)).size === steps.length, { error: "two steps have one id" }),
      ),
    attempts: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
    retryDays: z.optional(z.int().check(z.minimum(1), z.maximum(365))),
  }) as unknown as $ZodType<PlanBody, PlanBody>,
  names: (body: PlanBody) => body.steps.map((s) => ({ token: "anchor", of: "follow-up", id: s.anchor, args: s.args })),
});
