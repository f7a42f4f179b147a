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
  /** The next better grade, what is missing for it, and the criteria of which one alone could bring it. */
  readonly next: { readonly grade: string; readonly missing: number; readonly enough: readonly string[] } | null;
}

/**
 * The same grade as `gradeBy`, with its reasons: what speaks for the customer and what against, and what is missing for
 * the next grade.
 */
/* @__NO_SIDE_EFFECTS__ */
export function explainGrade(grader: Grader, facts: Facts, today: LocalDate): ExplainedGrade {
  const { score, coverage, contributions, lacking } = explainScore(grader.card, facts, today);
  const left = (c: Contribution) => c.most - c.points;
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
        : { grade: better.grade, missing, enough: contributions.filter((c) => left(c) >= missing).map((c) => c.id) },
  };
}
