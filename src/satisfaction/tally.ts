import { ClienteleError } from "../kernel/errors.js";
import { type Counts, counted, emptyCounts, mergedCounts, totalOf } from "../statistics/index.js";
import type { Estimate, Metric } from "./metric.js";

/** Answers counted by group (a firm, an order, a contact person, a stage, a month …). */
export interface GroupedCounts {
  readonly metric: Metric;
  readonly groups: ReadonlyMap<string, Counts>;
}

/** A score with what it rests on. */
export interface Score extends Estimate {
  /** `id@revision` of the metric. */
  readonly metric: string;
  readonly definition: string;
  readonly n: number;
  /** Why there is no value. */
  readonly reason?: "NO_ANSWERS";
}

/**
 * Counts answers by group. Only real answers belong in it: dismissed, expired and not applicable are no answers. A
 * score that is not of the question's scale is refused (`INVALID_OPTIONS`).
 *
 * @example
 * ```ts
 * import { nps, scoresOf, tallyOf } from "clientele";
 *
 * const tally = tallyOf(nps, [{ group: "ann", score: 10 }, { group: "ann", score: 7 }, { group: "ben", score: 2 }]);
 * scoresOf(tally).get("ann")?.value; // => 0.5
 * scoresOf(tally).get("ben")?.n; // => 1
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function tallyOf(
  metric: Metric,
  answers: Iterable<{ readonly group: string; readonly score: number }>,
): GroupedCounts {
  const { min, max } = metric.question;
  const byGroup = new Map<string, number[]>();
  for (const { group, score } of answers) {
    const of = byGroup.get(group) ?? new Array<number>(max - min + 1).fill(0);
    const place = score - min;
    if (of[place] === undefined)
      throw new ClienteleError("INVALID_OPTIONS", `${score} is not a score of ${min} to ${max}`);
    of[place]++;
    byGroup.set(group, of);
  }
  return { metric, groups: new Map([...byGroup].map(([group, of]) => [group, { min, max, of }])) };
}

/**
 * The same from columns: the number of each answer's group, and its score. For millions of answers: nothing is
 * allocated for one. `names[i]` is the name of group i.
 */
/* @__NO_SIDE_EFFECTS__ */
export function tallyColumns(
  metric: Metric,
  names: readonly string[],
  groups: ArrayLike<number>,
  scores: ArrayLike<number>,
): GroupedCounts {
  const { min, max } = metric.question;
  const width = max - min + 1;
  if (groups.length !== scores.length)
    throw new ClienteleError("INVALID_OPTIONS", `${groups.length} groups for ${scores.length} scores`);
  const counts = new Float64Array(names.length * width);
  for (let i = 0; i < scores.length; i++) {
    const place = scores[i]! - min;
    const group = groups[i]!;
    if (
      !(place >= 0 && place < width && group >= 0 && group < names.length) ||
      !Number.isInteger(place) ||
      !Number.isInteger(group)
    )
      throw new ClienteleError("INVALID_OPTIONS", `answer ${i}: score ${scores[i]} of group ${group}`);
    counts[group * width + place]!++;
  }
  const of = (i: number): Counts => ({ min, max, of: [...counts.subarray(i * width, (i + 1) * width)] });
  return { metric, groups: new Map(names.map((name, i) => [name, of(i)])) };
}

/** Two tallies of one metric together: the same, to the last digit, as one tally of all their answers. */
/* @__NO_SIDE_EFFECTS__ */
export function mergedTallies(a: GroupedCounts, b: GroupedCounts): GroupedCounts {
  if (a.metric.id !== b.metric.id || a.metric.revision !== b.metric.revision)
    throw new ClienteleError("INVALID_OPTIONS", `metrics differ: ${a.metric.id}, ${b.metric.id}`);
  const groups = new Map(a.groups);
  for (const [group, counts] of b.groups) {
    const known = groups.get(group);
    groups.set(group, known === undefined ? counts : mergedCounts(known, counts));
  }
  return { metric: a.metric, groups };
}

/** The score of each group. */
/* @__NO_SIDE_EFFECTS__ */
export function scoresOf(tally: GroupedCounts, confidence = 0.95): ReadonlyMap<string, Score> {
  return new Map([...tally.groups].map(([group, counts]) => [group, scoreOf(tally.metric, counts, confidence)]));
}

/**
 * The score of so many answers of each kind, or of a list of them.
 *
 * @example
 * ```ts
 * import { csat, scoreOf } from "clientele";
 *
 * scoreOf(csat, [5, 4, 2, 5]).value; // => 0.75
 * scoreOf(csat, []); // => { metric: "csat@1", definition: "4 or 5 of 1 to 5", n: 0, value: null, interval: null, reason: "NO_ANSWERS" }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function scoreOf(metric: Metric, answers: Counts | Iterable<number>, confidence = 0.95): Score {
  const { min, max } = metric.question;
  const counts = "of" in answers ? (answers as Counts) : counted(emptyCounts(min, max), answers as Iterable<number>);
  const n = totalOf(counts);
  const named = { metric: `${metric.id}@${metric.revision}`, definition: metric.definition, n };
  if (n === 0) return { ...named, value: null, interval: null, reason: "NO_ANSWERS" };
  return { ...named, ...metric["~def"].score(counts, confidence) };
}
