import * as z from "zod/mini";
import { type PolicyKind, policyKind } from "../kernel/policy.js";
import { type $ZodType, text } from "../kernel/schema.js";
import { type Criterion, criteriaSchema } from "../scorecard/index.js";

/** A grade and the points from which it is given; points have at most six decimals. */
export interface Threshold {
  readonly grade: string;
  readonly from: number;
}

/** How customers are graded: the rows of the scorecard, and the grades, best first, the last from 0. */
export interface GradingBody {
  /** The currency in which money is weighed; needed where it is. Money of another one counts as missing. */
  readonly currency?: string | undefined;
  readonly criteria: readonly Criterion[];
  readonly grades: readonly Threshold[];
}

const millionths = (points: number): boolean => Math.round(points * 1e6) / 1e6 === points;
const falling = (grades: readonly Threshold[]): boolean =>
  grades.every((g, i) => i === 0 || g.from < grades[i - 1]!.from) &&
  grades.at(-1)?.from === 0 &&
  new Set(grades.map((g) => g.grade)).size === grades.length;
const reachable = ({ criteria, grades }: GradingBody): boolean =>
  (grades[0]?.from ?? 0) <= criteria.reduce((sum, row) => sum + row.weight, 0);

/**
 * The policy by which customers are graded. It names facts and measures by id, measures with their revision, so its
 * hash covers them; cut points of quantiles are frozen in it. A grade that no score can reach is refused.
 *
 * @example
 * ```ts
 * import { gradingPolicy, linear } from "clientele";
 *
 * const policy = gradingPolicy.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     criteria: [linear.row({ id: "orders", fact: "frequency", args: { none: 0, full: 10 }, weight: 100 })],
 *     grades: [{ grade: "A", from: 80 }, { grade: "B", from: 40 }, { grade: "C", from: 0 }],
 *   },
 * });
 * policy.body.grades.length; // => 3
 * ```
 */
export const gradingPolicy: PolicyKind<"grading", GradingBody, GradingBody> = /* @__PURE__ */ policyKind("grading", {
  revision: 1,
  body: /* @__PURE__ */ z
    .object({
      currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
      criteria: criteriaSchema,
      grades: z
        .array(
          z.object({
            grade: text(50),
            from: z.number().check(z.minimum(0), z.refine(millionths, { error: "points have at most six decimals" })),
          }),
        )
        .check(
          z.minLength(1),
          z.maxLength(50),
          z.refine(falling, {
            error: "different grades are listed, from best to 0",
          }),
        ),
    })
    .check(
      z.refine(reachable as (body: object) => boolean, { error: "the best grade is out of reach" }),
    ) as unknown as $ZodType<GradingBody, GradingBody>,
  names: (body: GradingBody) =>
    body.criteria.flatMap((c) => [
      { token: "fact", of: "customer", id: c.fact },
      { token: "measure", of: "scorecard", id: c.measure, args: c.args },
    ]),
});
