import type { LocalDate } from "../kernel/instant.js";
import { type Card, type Facts, pointsOf, standIn } from "./card.js";
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

/** The same score as `scoreBy`, with everything that makes it up. */
export function explainScore({ rows, all }: Card, facts: Facts, today: LocalDate): Scored {
  const read = rows.map((row) => {
    const value = row.read(facts, today);
    const own = value === null ? null : row.mark(value);
    return { row, value, own, mark: own ?? standIn(row.missing) };
  });
  const weigh = (list: typeof read) => list.reduce((sum, { row }) => sum + row.weight, 0);
  const known = weigh(read.filter((r) => r.own !== null));
  const counting = weigh(read.filter((r) => r.mark !== null));
  const lacking = read.filter((r) => r.own === null && r.row.missing === "required").map((r) => r.row.id);
  const contributions = read.map(({ row, value, own, mark }): Contribution => {
    const { id, fact, weight, missing } = row;
    const points = mark === null ? 0 : pointsOf(mark, weight, all, counting);
    const most = mark === null ? 0 : pointsOf(full, weight, all, counting);
    const part = { id, fact, value, mark, points, most };
    return own === null ? { ...part, missing } : part;
  });
  const sayable = lacking.length === 0 && known > 0;
  return {
    score: sayable ? contributions.reduce((sum, c) => sum + c.points, 0) : null,
    coverage: Math.floor((known * full) / all),
    lacking,
    contributions,
  };
}
