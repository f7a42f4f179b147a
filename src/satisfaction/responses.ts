import { guarded } from "../kernel/guarded.js";
import type { Metric } from "./metric.js";
import type { SatisfactionFields } from "./model.js";
import { type GroupedCounts, mergedTallies, tallyOf } from "./tally.js";

/** What became of a group's invitations. */
export interface Responses {
  /** All of them: what a response rate divides by. */
  readonly invited: number;
  /** Those with a score for the metric's question: the n of the score. */
  readonly scored: number;
  /** Answered, but not this question: it does not apply, was left out, or was not asked. */
  readonly unscored: number;
  /** By state, those of plugins included: answered, dismissed, expired and not applicable are kept apart. */
  readonly states: Readonly<Record<string, number>>;
}

/** Scored answers, with the invitations behind them. */
export interface Surveyed extends GroupedCounts {
  readonly responses: ReadonlyMap<string, Responses>;
}

/** The part of a satisfaction record that counts. */
export type Response = Pick<SatisfactionFields, "answers"> & { readonly state: string };

/**
 * Counts stored satisfaction records for a metric, by group: whatever `by` makes of a record (its subject, a contact
 * person, a month); `null` leaves it out, such as one of another survey. Only a given score counts in the score; every
 * invitation counts among the responses. A group that nobody has scored is there too, so that its score says why it
 * has no value. Throws `INVALID_OPTIONS` for a score that is not of the question's scale.
 *
 * @example
 * ```ts
 * import { csat, localDateOf, responsesIn, scoresOf } from "clientele";
 *
 * // const records = unwrap(await desk.satisfaction.find({ limit: 1000 })).items;
 * const ann = { kind: "person", id: "ann" };
 * const records = [
 *   { state: "answered", answers: { csat: 5 }, subject: ann, openedAt: "2026-03-02T09:00:00.000Z" },
 *   { state: "answered", answers: { csat: null }, subject: ann, openedAt: "2026-03-03T09:00:00.000Z" },
 *   { state: "expired", answers: null, subject: ann, openedAt: "2026-04-02T09:00:00.000Z" },
 * ];
 * const byPerson = responsesIn(records, csat, ({ subject }) => (subject.kind === "person" ? subject.id : null));
 * scoresOf(byPerson).get("ann")?.n; // => 1
 * byPerson.responses.get("ann"); // => { invited: 3, scored: 1, unscored: 1, states: { answered: 2, expired: 1 } }
 *
 * const byMonth = responsesIn(records, csat, ({ openedAt }) => localDateOf(openedAt, "Asia/Shanghai").slice(0, 7));
 * scoresOf(byMonth).get("2026-04")?.reason; // => "NO_ANSWERS"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function responsesIn<R extends Response>(
  records: Iterable<R>,
  metric: Metric,
  by: (record: R) => string | null,
): Surveyed {
  return guarded("INVALID_OPTIONS", "responsesIn", () => {
    const { name, min, max } = metric.question;
    const answers: { readonly group: string; readonly score: number }[] = [];
    const responses = new Map<string, Responses>();
    for (const record of records) {
      const group = by(record);
      if (group === null) continue;
      const { state, answers: given } = record;
      const score = given !== null && Object.hasOwn(given, name) ? given[name]! : null;
      if (score !== null) answers.push({ group, score });
      const scored = score === null ? 0 : 1;
      const one = { invited: 1, scored, unscored: given === null ? 0 : 1 - scored, states: { [state]: 1 } };
      responses.set(group, together(responses.get(group), one));
    }
    const none = new Array<number>(max - min + 1).fill(0);
    const groups = new Map([...responses.keys()].map((group) => [group, { min, max, of: none }]));
    return { ...mergedTallies({ metric, groups }, tallyOf(metric, answers)), responses };
  });
}

/**
 * Two counts of different records together, so that pages or machines can count on their own. Throws
 * `INVALID_OPTIONS` for different metrics.
 *
 * @example
 * ```ts
 * import { mergedResponses, nps, responsesIn } from "clientele";
 *
 * const one = responsesIn([{ state: "answered", answers: { nps: 9 } }], nps, () => "all");
 * const two = responsesIn([{ state: "dismissed", answers: null }], nps, () => "all");
 * const both = mergedResponses(one, two).responses.get("all");
 * both; // => { invited: 2, scored: 1, unscored: 0, states: { answered: 1, dismissed: 1 } }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function mergedResponses(a: Surveyed, b: Surveyed): Surveyed {
  return guarded("INVALID_OPTIONS", "mergedResponses", () => {
    const responses = new Map(a.responses);
    for (const [group, more] of b.responses) responses.set(group, together(responses.get(group), more));
    return { ...mergedTallies(a, b), responses };
  });
}

function together(a: Responses | undefined, b: Responses): Responses {
  if (a === undefined) return b;
  const states: Record<string, number> = { ...a.states };
  for (const [state, n] of Object.entries(b.states))
    states[state] = (Object.hasOwn(states, state) ? states[state]! : 0) + n;
  const { invited, scored, unscored } = b;
  return { invited: a.invited + invited, scored: a.scored + scored, unscored: a.unscored + unscored, states };
}
