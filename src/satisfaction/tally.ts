import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { preview } from "../kernel/schema.js";
import { type Counts, emptyCounts, mergedCounts, totalOf } from "../statistics/index.js";
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

const wrong = (message: string): ClienteleError => new ClienteleError("INVALID_OPTIONS", message);

/**
 * Counts answers by group. Only real answers belong in it: dismissed, expired and not applicable are no answers, and
 * `null` is none either. A score that is not of the question's scale is refused (`INVALID_OPTIONS`). For stored
 * records, `responsesIn` tells them apart.
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
  return guarded("INVALID_OPTIONS", "tallyOf", () => {
    const { min, max } = metric.question;
    const groups = new Map<string, number[]>();
    for (const { group, score } of answers) {
      const of = groups.get(group) ?? [...emptyCounts(min, max).of];
      // `null - 0` would be a detractor.
      if (!Number.isInteger(score) || score < min || score > max)
        throw wrong(`${preview(score)} is not a score of ${min} to ${max}`);
      of[score - min]!++;
      groups.set(group, of);
    }
    return { metric, groups: new Map([...groups].map(([group, of]) => [group, { min, max, of }])) };
  });
}

/**
 * The same from columns: the number of each answer's group, and its score. For millions of answers: nothing is
 * allocated for one. `names[i]` is the name of group i; each is in the tally, also one that nobody answered about.
 *
 * @example
 * ```ts
 * import { csat, scoresOf, tallyColumns } from "clientele";
 *
 * const tally = tallyColumns(csat, ["ann", "ben"], Uint16Array.of(0, 0, 1), Uint8Array.of(5, 2, 4));
 * scoresOf(tally).get("ann")?.value; // => 0.5
 * scoresOf(tally).get("ben")?.value; // => 1
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function tallyColumns(
  metric: Metric,
  names: readonly string[],
  groups: ArrayLike<number>,
  scores: ArrayLike<number>,
): GroupedCounts {
  return guarded("INVALID_OPTIONS", "tallyColumns", () => {
    const { min, max } = metric.question;
    const width = max - min + 1;
    if (groups.length !== scores.length) throw wrong(`${groups.length} groups for ${scores.length} scores`);
    if (new Set(names).size !== names.length) throw wrong("two groups have one name");
    const counts = new Uint32Array(names.length * width);
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i]!;
      const place = score - min;
      const group = groups[i]!;
      // `x | 0` is x for whole numbers only, `x >>> 0` for those from 0, and both cost less than asking for each. It is
      // the score that is asked: `null - min` is a number, and `null` would be a detractor.
      if ((score | 0) !== score || place < 0 || place >= width || group >>> 0 !== group || group >= names.length)
        throw wrong(`answer ${i}: score ${preview(score)} of group ${preview(group)}`);
      counts[group * width + place]!++;
    }
    const of = (i: number): Counts => ({ min, max, of: Array.from(counts.subarray(i * width, (i + 1) * width)) });
    return { metric, groups: new Map(names.map((name, i) => [name, of(i)])) };
  });
}

/**
 * Two tallies of one metric together: the same, to the last digit, as one tally of all their answers. Throws
 * `INVALID_OPTIONS` for tallies of different metrics.
 *
 * @example
 * ```ts
 * import { mergedTallies, nps, scoresOf, tallyOf } from "clientele";
 *
 * const monday = tallyOf(nps, [{ group: "ann", score: 10 }]);
 * const tuesday = tallyOf(nps, [{ group: "ann", score: 3 }]);
 * scoresOf(mergedTallies(monday, tuesday)).get("ann")?.value; // => 0
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function mergedTallies(a: GroupedCounts, b: GroupedCounts): GroupedCounts {
  return guarded("INVALID_OPTIONS", "mergedTallies", () => {
    if (nameOf(a.metric) !== nameOf(b.metric)) throw wrong(`metrics differ: ${nameOf(a.metric)}, ${nameOf(b.metric)}`);
    const groups = new Map(a.groups);
    for (const [group, counts] of b.groups) {
      const known = groups.get(group);
      groups.set(group, known === undefined ? counts : mergedCounts(known, counts));
    }
    return { metric: a.metric, groups };
  });
}

/**
 * The score of each group.
 *
 * @example
 * ```ts
 * import { csat, scoresOf, tallyOf } from "clientele";
 *
 * const scores = scoresOf(tallyOf(csat, [{ group: "2026-03", score: 5 }, { group: "2026-04", score: 1 }]), 0.9);
 * [...scores].map(([month, { value, n }]) => [month, value, n]); // => [["2026-03", 1, 1], ["2026-04", 0, 1]]
 * scores.get("2026-03")?.interval?.confidence; // => 0.9
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function scoresOf(tally: GroupedCounts, confidence = 0.95): ReadonlyMap<string, Score> {
  return guarded("INVALID_OPTIONS", "scoresOf", () => {
    return new Map([...tally.groups].map(([group, counts]) => [group, scoreOf(tally.metric, counts, confidence)]));
  });
}

/**
 * The score of so many answers of each kind, or of a list of them. Throws `INVALID_OPTIONS` for scores or counts that
 * are not of the question's scale, and for a confidence that is not above 0 and below 1.
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
  return guarded("INVALID_OPTIONS", "scoreOf", () => {
    if (typeof confidence !== "number" || !(confidence > 0 && confidence < 1))
      throw wrong(`a confidence above 0 and below 1 is needed, found ${preview(confidence)}`);
    const counts = "of" in answers ? answers : listed(metric, answers);
    fitting(metric, counts);
    const n = totalOf(counts);
    const name = nameOf(metric);
    const { definition } = metric;
    if (n === 0) return { metric: name, definition, n, value: null, interval: null, reason: "NO_ANSWERS" };
    const { value, interval } = metric["~def"].score(counts, confidence);
    return { metric: name, definition, n, value, interval };
  });
}

const nameOf = ({ id, revision }: Metric): string => `${id}@${revision}`;

function listed(metric: Metric, scores: Iterable<number>): Counts {
  const answers = Array.from(scores, (score) => ({ group: "", score }));
  return tallyOf(metric, answers).groups.get("") ?? emptyCounts(metric.question.min, metric.question.max);
}

/** Counts that come from elsewhere, such as a database, are counts of this question. */
function fitting({ question: { min, max, name } }: Metric, counts: Counts): void {
  const whole = (n: number) => Number.isSafeInteger(n) && n >= 0;
  if (counts.min !== min || counts.max !== max || counts.of.length !== max - min + 1 || !counts.of.every(whole))
    throw wrong(`these are no counts of "${name}", ${min} to ${max}`);
}
