import { guarded } from "../kernel/guarded.js";
import type { LocalDate } from "../kernel/instant.js";
import { type Card, type Facts, pointsOf, type Row, standIn } from "./card.js";
import type { Measurable } from "./fact.js";
import { full, type Millionths, type MissingPolicy } from "./measure.js";

/** What one criterion adds to a score. The points of all add up to the score exactly. */
export interface Contribution {
  readonly id: string;
  readonly fact: string;
  readonly value: Measurable | null;
  /** The mark, in millionths; `null` where the fact is not known and its weight went to the others. */
  readonly mark: Millionths | null;
  /** Millionths of a point. */
  readonly points: number;
  /** What a full mark would have been worth here, in millionths of a point. */
  readonly most: number;
  /**
   * What the whole score would be with a full mark here and all else as it is, in millionths of a point; `null` where
   * there is no score. For a fact that is not known: what it might be worth to find out.
   */
  readonly atBest: number | null;
  /** How a missing fact was treated; absent where it was known. */
  readonly missing?: MissingPolicy;
}

/** A score with everything that makes it up. */
export interface Scored {
  /** Millionths of a point; `null`: nothing can be said, because `lacking` is required or nothing is known. */
  readonly score: number | null;
  /** The share of the weight whose facts are known, in millionths. */
  readonly coverage: number;
  readonly lacking: readonly string[];
  readonly contributions: readonly Contribution[];
}

/**
 * The same score as `scoreBy`, with everything that makes it up.
 *
 * @example
 * ```ts
 * import { cardOf, createServiceRules, explainScore, linear, unwrap } from "clientele";
 *
 * const args = { none: 0, full: 10 };
 * const card = unwrap(cardOf([
 *   linear.row({ id: "orders", fact: "frequency", args, weight: 3 }),
 *   linear.row({ id: "last", fact: "recency", args: { none: 100, full: 0 }, weight: 1 }),
 * ], createServiceRules().installed));
 * const { score, coverage, contributions } = explainScore(card, { frequency: 8 }, "2026-03-01");
 * score; // => 3_200_000
 * coverage; // => 750_000
 * contributions.map((c) => [c.id, c.points, c.atBest]); // => [["orders", 3_200_000, 4_000_000], ["last", 0, 3_400_000]]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function explainScore(card: Card, facts: Facts, today: LocalDate): Scored {
  return guarded("INVALID_OPTIONS", "explainScore", () => {
    const { rows, all } = card;
    const read = rows.map((row) => {
      const value = row.read(facts, today);
      const own = value === null ? null : row.mark(value);
      return { row, value, own, mark: own ?? standIn(row.missing) };
    });
    const weigh = (list: typeof read) => list.reduce((sum, { row }) => sum + row.weight, 0);
    const known = weigh(read.filter((r) => r.own !== null));
    const counting = weigh(read.filter((r) => r.mark !== null));
    const lacking = read.filter((r) => r.own === null && r.row.missing === "required").map((r) => r.row.id);
    const sayable = lacking.length === 0 && known > 0;
    const score = sayable ? scoreWith(undefined) : null;
    /** The sum of the points, one row marked in full. */
    function scoreWith(best: Row | undefined): number {
      const found = best === undefined || read.some((r) => r.row === best && r.mark !== null) ? 0 : best.weight;
      return read.reduce((sum, { row, mark }) => {
        const marked = row === best ? full : mark;
        return marked === null ? sum : sum + pointsOf(marked, row.weight, all, counting + found);
      }, 0);
    }
    const contributions = read.map(({ row, value, own, mark }): Contribution => {
      const { id, fact, weight, missing } = row;
      const points = mark === null ? 0 : pointsOf(mark, weight, all, counting);
      const most = mark === null ? 0 : pointsOf(full, weight, all, counting);
      const part = { id, fact, value, mark, points, most, atBest: sayable ? scoreWith(row) : null };
      return own === null ? { ...part, missing } : part;
    });
    return {
      score,
      coverage: Math.floor((known * full) / all),
      lacking,
      contributions,
    };
  });
}
