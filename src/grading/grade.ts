import type { Context } from "../kernel/context.js";
import { coded, guarded } from "../kernel/guarded.js";
import type { LocalDate } from "../kernel/instant.js";
import type { Policy } from "../kernel/policy.js";
import { policyInForce } from "../kernel/policy.js";
import { ok, type Result } from "../kernel/result.js";
import type { Token } from "../kernel/token.js";
import { localDateOf } from "../kernel/zone.js";
import { type Card, cardOf, type Facts, scoreBy } from "../scorecard/index.js";
import type { GradingBody, Threshold } from "./policy.js";

/** What a policy says of a customer's facts on a day. */
export interface Graded {
  /** `null`: nothing can be said. */
  readonly grade: string | null;
  /** Millionths of a point. */
  readonly score: number | null;
  /** The share of the weight whose facts are known, in millionths. */
  readonly coverage: number;
  /** The hash of the policy. */
  readonly policy: string;
}

/** One policy, ready to run over any number of customers. */
export interface Grader {
  /** The hash of the policy. */
  readonly policy: string;
  readonly card: Card;
  /** Best first; `from` in millionths of a point. */
  readonly steps: readonly Threshold[];
}

/**
 * Makes a grader of a policy. Refuses a policy that names what is not installed (`UNKNOWN_REFERENCE`), another revision
 * of a measure (`OTHER_REVISION`), arguments that do not fit or money without a currency (`INVALID_INPUT`).
 *
 * @example
 * ```ts
 * import { createServiceRules, explainGrade, gradeBy, graderOf, gradingPolicy, linear, unwrap } from "clientele";
 *
 * const policy = gradingPolicy.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     criteria: [linear.row({ id: "orders", fact: "frequency", args: { none: 0, full: 10 }, weight: 100 })],
 *     grades: [{ grade: "A", from: 80 }, { grade: "B", from: 0 }],
 *   },
 * });
 * const grader = unwrap(graderOf(policy, createServiceRules().installed));
 * gradeBy(grader, { frequency: 9 }, "2026-03-01").grade; // => "A"
 * explainGrade(grader, { frequency: 5 }, "2026-03-01").next; // => { grade: "A", missing: 30_000_000, enough: ["orders"] }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function graderOf(
  policy: Policy<string, GradingBody>,
  installed: (token: string, id: string) => Token | undefined,
): Result<Grader> {
  return guarded("INVALID_POLICY", "graderOf", () => {
    const made = cardOf(policy.body.criteria, installed, policy.body.currency);
    if (!made.ok) return made;
    const steps = policy.body.grades.map(({ grade, from }) => ({ grade, from: Math.round(from * 1e6) }));
    return ok({ policy: policy.hash, card: made.value, steps });
  });
}

/** The grade of so many millionths of a point. */
export function gradeAt({ steps }: Grader, score: number): string {
  for (const step of steps) if (score >= step.from) return step.grade;
  return steps.at(-1)!.grade;
}

/**
 * The grade of a customer's facts on a day.
 *
 * @example
 * ```ts
 * import { createServiceRules, gradeBy, gradingPolicy, graderOf, linear, unwrap } from "clientele";
 *
 * const policy = gradingPolicy.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     criteria: [linear.row({ id: "orders", fact: "frequency", args: { none: 0, full: 10 }, weight: 100 })],
 *     grades: [{ grade: "A", from: 80 }, { grade: "B", from: 0 }],
 *   },
 * });
 * const grader = unwrap(graderOf(policy, createServiceRules().installed));
 * gradeBy(grader, { frequency: 8 }, "2026-03-01").score; // => 80_000_000
 * gradeBy(grader, {}, "2026-03-01").grade; // => null
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function gradeBy(grader: Grader, facts: Facts, today: LocalDate): Graded {
  try {
    const { score, coverage } = scoreBy(grader.card, facts, today);
    const { policy } = grader;
    return Number.isNaN(score)
      ? { grade: null, score: null, coverage, policy }
      : { grade: gradeAt(grader, score), score, coverage, policy };
  } catch (thrown) {
    throw coded("INVALID_OPTIONS", "gradeBy", thrown);
  }
}

/**
 * The grader of the policy in force, and the local day on which it looks. `NO_POLICY` where there is none; refuses as
 * `graderOf` does.
 *
 * @example
 * ```ts
 * import { createServiceRules, graderInForce } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * graderInForce(testContext(), createServiceRules().installed); // => { ok: false, error: { code: "NO_POLICY", subject: "grading" } }
 * ```
 */
export function graderInForce(
  context: Context,
  installed: (token: string, id: string) => Token | undefined,
): Result<{ readonly grader: Grader; readonly today: LocalDate }> {
  return guarded("INVALID_POLICY", "graderInForce", () => {
    const policy = policyInForce(context.book, "grading", context.now);
    if (!policy.ok) return policy;
    const grader = graderOf(policy.value as Policy<string, GradingBody>, installed);
    return grader.ok ? ok({ grader: grader.value, today: localDateOf(context.now, context.zone) }) : grader;
  });
}
