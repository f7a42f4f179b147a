import { guarded } from "../kernel/guarded.js";
import type { LocalDate } from "../kernel/instant.js";
import { type Contribution, explainScore, type Facts } from "../scorecard/index.js";
import { type Graded, type Grader, gradeAt } from "./grade.js";

/** A grade with its reasons. */
export interface ExplainedGrade extends Graded {
  /** Every criterion; their points add up to the score exactly. */
  readonly contributions: readonly Contribution[];
  /** What speaks for the customer: the criteria with points, most points first. */
  readonly reasonsFor: readonly Contribution[];
  /** What speaks against: the criteria that leave points, most points left first. */
  readonly reasonsAgainst: readonly Contribution[];
  /** The facts without which there is no grade. */
  readonly lacking: readonly string[];
  /**
   * The next better grade, the points missing for it, and the criteria of which one alone could bring it: by a better
   * value, or, where nothing is known, by a good one. `null` at the best grade, and where there is none.
   */
  readonly next: { readonly grade: string; readonly missing: number; readonly enough: readonly string[] } | null;
}

/**
 * The same grade as `gradeBy`, with its reasons: what speaks for the customer and what against, and what is missing for
 * the next grade.
 *
 * @example
 * ```ts
 * import { createServiceRules, explainGrade, gradingPolicy, graderOf, linear, unwrap } from "clientele";
 *
 * const row = (id: string, fact: string, full: number, weight: number) =>
 *   linear.row({ id, fact, args: { none: full === 0 ? 100 : 0, full }, weight });
 * const policy = gradingPolicy.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     criteria: [row("orders", "frequency", 10, 70), row("last", "recency", 0, 30)],
 *     grades: [{ grade: "A", from: 80 }, { grade: "B", from: 0 }],
 *   },
 * });
 * const grader = unwrap(graderOf(policy, createServiceRules().installed));
 * const why = explainGrade(grader, { frequency: 7, recency: "2026-02-19" }, "2026-03-01");
 * why.grade; // => "B"
 * why.reasonsFor.map((c) => [c.id, c.points]); // => [["orders", 49_000_000], ["last", 27_000_000]]
 * why.next; // => { grade: "A", missing: 4_000_000, enough: ["orders"] }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function explainGrade(grader: Grader, facts: Facts, today: LocalDate): ExplainedGrade {
  return guarded("INVALID_OPTIONS", "explainGrade", () => {
    const { score, coverage, contributions, lacking } = explainScore(grader.card, facts, today);
    const left = (c: Contribution) => c.most - c.points;
    const brings = (c: Contribution) => c.atBest! >= better!.from;
    const better = score === null ? undefined : grader.steps.findLast((step) => step.from > score);
    const missing = better === undefined ? 0 : better.from - score!;
    return {
      grade: score === null ? null : gradeAt(grader, score),
      score,
      coverage,
      policy: grader.policy,
      contributions,
      reasonsFor: contributions.filter((c) => c.points > 0).sort((a, b) => b.points - a.points),
      reasonsAgainst: contributions.filter((c) => left(c) > 0).sort((a, b) => left(b) - left(a)),
      lacking,
      next:
        better === undefined
          ? null
          : { grade: better.grade, missing, enough: contributions.filter(brings).map((c) => c.id) },
    };
  });
}
