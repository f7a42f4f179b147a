import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap } from "../../src/kernel/result.js";
import { localDateOf } from "../../src/kernel/zone.js";
import {
  csat,
  mergedResponses,
  nps,
  type Response,
  responsesIn,
  scoresOf,
  tallyOf,
} from "../../src/satisfaction/index.js";
import { later, noon } from "../given.js";
import { type Answered, doors, invited, knowing, survey } from "./given.js";

const ended = (type: string, input?: unknown): Answered =>
  unwrap(doors.decide(invited(), { type, input }, knowing([survey()]))).next as Answered;
const expired = unwrap(doors.sweep(invited(), knowing([survey()], later(noon, { days: 20 })))).next as Answered;
const records: readonly Answered[] = [
  ended("answer", { answers: { csat: 5, nps: 0 } }),
  ended("answer", { answers: { csat: null, nps: 9 } }),
  ended("answer", { answers: { nps: 7 } }),
  ended("dismiss"),
  ended("excuse"),
  expired,
  invited(),
];

describe("stored records", () => {
  it("count in the score only where a score was given; every invitation counts among the responses", () => {
    const counted = responsesIn(records, csat, ({ subject }) => subject.id);
    expect(scoresOf(counted).get("o-1")).toMatchObject({ n: 1, value: 1 });
    expect(counted.responses.get("o-1")).toEqual({
      invited: 7,
      scored: 1,
      unscored: 2,
      states: { answered: 3, dismissed: 1, not_applicable: 1, expired: 1, invited: 1 },
    });
    expect(scoresOf(responsesIn(records, nps, () => "all")).get("all")).toMatchObject({ n: 3, value: 0 });
  });

  it("are grouped by whatever is made of them: subject, survey, month", () => {
    const byMonth = responsesIn(records, nps, ({ openedAt }) => localDateOf(openedAt, "UTC").slice(0, 7));
    expect([...scoresOf(byMonth).keys()]).toEqual(["2026-03"]);
    const none = responsesIn(records, nps, ({ survey: { id } }) => (id === "after-call" ? id : null));
    expect([none.groups.size, none.responses.size]).toEqual([0, 0]);
  });

  it("give a group without a score a reason", () => {
    const counted = responsesIn([expired, invited()], nps, () => "quiet");
    expect(scoresOf(counted).get("quiet")).toMatchObject({ n: 0, value: null, interval: null, reason: "NO_ANSWERS" });
    expect(counted.responses.get("quiet")?.invited).toBe(2);
  });

  it("of a question's other revision do not count", () => {
    const record: Response = { state: "answered", answers: { "csat@2": 7 } };
    expect(responsesIn([record], csat, () => "a").responses.get("a")).toMatchObject({ scored: 0, unscored: 1 });
  });

  it("refuse a score off the scale, and names that every object has", () => {
    expect(() => responsesIn([{ state: "answered", answers: { csat: 9 } }], csat, () => "a")).toThrow(
      expect.objectContaining({ code: "INVALID_OPTIONS" }),
    );
    const odd = responsesIn([{ state: "constructor", answers: null }], csat, () => "__proto__");
    expect(odd.responses.get("__proto__")?.states).toEqual({ constructor: 1 });
    expect(mergedResponses(odd, odd).responses.get("__proto__")?.states).toEqual({ constructor: 2 });
  });

  it("give the same in any shares, and the same score as a tally of the bare answers", () => {
    const record = fc.record({
      state: fc.constantFrom("answered", "expired", "dismissed"),
      group: fc.constantFrom("a", "b", "c"),
      score: fc.option(fc.integer({ min: 0, max: 10 })),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), fc.nat(60), (list, cut) => {
        const stored = list.map(({ state, group, score }) => ({
          group,
          state,
          answers: state === "answered" ? { nps: score } : null,
        }));
        const by = (r: { readonly group: string }) => r.group;
        const whole = responsesIn(stored, nps, by);
        const merged = mergedResponses(
          responsesIn(stored.slice(0, cut), nps, by),
          responsesIn(stored.slice(cut), nps, by),
        );
        expect(merged.responses).toEqual(whole.responses);
        expect(new Map(scoresOf(merged))).toEqual(new Map(scoresOf(whole)));
        const bare = stored.flatMap(({ group, answers }) =>
          answers?.nps == null ? [] : [{ group, score: answers.nps }],
        );
        for (const [group, score] of scoresOf(tallyOf(nps, bare)))
          expect(scoresOf(whole).get(group)).toStrictEqual(score);
        for (const [group, { invited, scored, unscored }] of whole.responses) {
          expect(scored).toBe(scoresOf(whole).get(group)?.n);
          expect(scored + unscored).toBeLessThanOrEqual(invited);
        }
      }),
    );
  });
});
