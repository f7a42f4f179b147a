import { describe, expect, it } from "vitest";
import type { Refusal } from "../../src/kernel/result.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { definePlugin } from "../../src/plugin/plugin.js";
import { createServiceRules } from "../../src/rules/index.js";
import { question, type Survey, satisfaction } from "../../src/satisfaction/index.js";
import { ann, carl, eve, fold, later, noon, refused, stored } from "../given.js";
import { type Answered, doors, invited, knowing, survey } from "./given.js";

const answer = (answers: unknown, more: object = {}) => ({ type: "answer", input: { answers, ...more } });
const given = (answers: unknown, asked: Survey = survey(), known: readonly Survey[] = [asked]) =>
  doors.decide(invited(asked), answer(answers), knowing(known, noon, carl));
const denied = (refusal: Refusal) => (refusal.code === "DENIED" ? refusal.denials.map((d) => d.code) : [refusal.code]);

describe("an answer", () => {
  it("is kept with its scores, and says whether it is a dissatisfied one", () => {
    const { next, events } = unwrap(
      doors.decide(invited(), answer({ csat: 2, nps: 9 }, { comment: "slow" }), knowing([survey()])),
    );
    expect(next).toMatchObject({
      state: "answered",
      answers: { csat: 2, nps: 9 },
      comment: "slow",
      dissatisfied: true,
    });
    expect(events.map((e) => e.type)).toEqual(["satisfaction.answered"]);
  });

  it.each([
    [{ csat: 3, nps: 1 }, false],
    [{ csat: 2 }, true],
    [{ csat: 5, nps: 0 }, true],
    [{ csat: 3, nps: null }, false],
    [{ csat: null, nps: 10 }, false],
  ])("%j is a dissatisfied one: %s", (answers, dissatisfied) => {
    expect(unwrap(given(answers)).next).toMatchObject({ dissatisfied, answers });
  });

  it("tells 0, a score, from null, which is none", () => {
    expect((unwrap(given({ nps: 0 })).next as Answered).dissatisfied).toBe(true);
    expect(denied(refused(given({ nps: null, csat: null })))).toEqual(["NOTHING_ANSWERED"]);
    expect(denied(refused(given({})))).toEqual(["NOTHING_ANSWERED"]);
  });

  it("is plain JSON, also for −0", () => {
    const { next, events } = unwrap(given({ nps: -0 }));
    expect(stored(next)).toStrictEqual(next);
    expect(stored(events)).toStrictEqual(events);
  });

  it.each([
    [{ csat: 0 }, "SCORE_OFF_SCALE"],
    [{ csat: 6 }, "SCORE_OFF_SCALE"],
    [{ nps: 11 }, "SCORE_OFF_SCALE"],
    [{ nps: -1 }, "SCORE_OFF_SCALE"],
    [{ ces: 5 }, "QUESTION_NOT_ASKED"],
    [{ constructor: 5 }, "QUESTION_NOT_ASKED"],
    [{ "csat@1": 5 }, "QUESTION_NOT_ASKED"],
    [{ csat: 4.5 }, "INVALID_INPUT"],
    [{ csat: "5" }, "INVALID_INPUT"],
    [{ csat: Number.NaN }, "INVALID_INPUT"],
    [{ csat: 1e308 }, "INVALID_INPUT"],
    [[5], "INVALID_INPUT"],
    [null, "INVALID_INPUT"],
  ])("%j is refused: %s", (answers, code) => {
    expect(denied(refused(given(answers)))).toEqual([code]);
  });

  it("cannot pollute anything", () => {
    const answers = JSON.parse('{"__proto__": {"polluted": 1}, "csat": 5}');
    expect((unwrap(given(answers)).next as Answered).answers).toStrictEqual({ csat: 5 });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("of a hundred thousand unknown questions is refused at the first", () => {
    const many = Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`q${i}`, 1]));
    expect(denied(refused(given(many)))).toEqual(["QUESTION_NOT_ASKED"]);
  });
});

describe("the survey of an invitation", () => {
  const first = survey();
  const second = survey({ questions: ["ces"], dissatisfied: [{ question: "ces", atMost: 2 }] }, 2);

  it("holds by its hash, whatever is in force since", () => {
    const both = knowing([first, second], later(noon, { days: 1 }), carl);
    expect(both.book.inForce("survey", both.now, "after-visit")?.version).toBe(2);
    expect(unwrap(doors.decide(invited(first), answer({ csat: 1 }), both)).next).toMatchObject({ dissatisfied: true });
    expect(denied(refused(doors.decide(invited(first), answer({ ces: 1 }), both)))).toEqual(["QUESTION_NOT_ASKED"]);
    expect(unwrap(doors.decide(invited(second), answer({ ces: 1 }), both)).next).toMatchObject({ dissatisfied: true });
  });

  it("may be one of several side by side", () => {
    const other = survey({ questions: ["ces"], dissatisfied: [] }, 1, "after-call");
    const both = knowing([first, other]);
    expect(both.book.inForce("survey", noon, "after-visit")?.hash).toBe(first.hash);
    expect(both.book.inForce("survey", noon, "after-call")?.hash).toBe(other.hash);
    expect(unwrap(doors.decide(invited(other), answer({ ces: 1 }), both)).next).toMatchObject({ dissatisfied: false });
  });

  it("that nobody knows any more can be dismissed, not answered", () => {
    const record = invited(first);
    expect(denied(refused(doors.decide(record, answer({ csat: 5 }), knowing([second]))))).toContain("UNKNOWN_SURVEY");
    expect(unwrap(doors.decide(record, { type: "dismiss" }, knowing([second]))).next.state).toBe("dismissed");
    const shown = doors.available(record, knowing([second]));
    expect(shown.find((a) => a.command === "answer")).toMatchObject({
      allowed: false,
      denials: [{ code: "UNKNOWN_SURVEY" }],
    });
  });

  it("is the one it is called: another policy's hash is no survey", () => {
    const claims = { ...invited(first), survey: { id: "after-call", hash: first.hash } };
    expect(denied(refused(doors.decide(claims, answer({ csat: 5 }), knowing([first]))))).toContain("UNKNOWN_SURVEY");
    const strange = { ...first, kind: "grading" } as unknown as Survey;
    expect(denied(refused(doors.decide(invited(first), answer({ csat: 5 }), knowing([strange]))))).toContain(
      "UNKNOWN_SURVEY",
    );
  });
});

describe("a question that has changed", () => {
  const old = question("acme.clean", { revision: 1, min: 1, max: 5 });
  const now = question("acme.clean", { revision: 2, min: 1, max: 7 });
  const rulesWith = (token: typeof old | typeof now) =>
    createServiceRules({ plugins: [definePlugin({ id: "acme", tokens: [token] })] }).satisfaction as unknown as Doors;

  it("is another question, under another name", () => {
    expect([old.name, now.name]).toEqual(["acme.clean", "acme.clean@2"]);
    for (const [asked, installed, score, code] of [
      [old, old, 5, undefined],
      [now, now, 7, undefined],
      [old, now, 5, "UNKNOWN_QUESTION"],
      [now, old, 5, "UNKNOWN_QUESTION"],
      [old, old, 7, "SCORE_OFF_SCALE"],
    ] as const) {
      const policy = survey({ questions: [asked.name], dissatisfied: [] });
      const result = rulesWith(installed).decide(invited(policy), answer({ [asked.name]: score }), knowing([policy]));
      expect(result.ok ? undefined : denied(result.error)[0]).toBe(code);
    }
  });

  it("makes another survey", () => {
    expect(survey({ questions: [old.name], dissatisfied: [] }).hash).not.toBe(
      survey({ questions: [now.name], dissatisfied: [] }).hash,
    );
  });

  it("needs a scale of whole scores", () => {
    for (const [min, max] of [
      [1, 1],
      [5, 1],
      [0.5, 3],
      [Number.NaN, 3],
      [0, 101],
      [1, Number.POSITIVE_INFINITY],
    ] as const)
      expect(() => question("acme.x", { revision: 1, min, max })).toThrow(
        expect.objectContaining({ code: "INVALID_OPTIONS" }),
      );
  });
});

describe("an invitation that has expired", () => {
  it("takes no answer, whoever comes late, and says when it expired", () => {
    const late = knowing([survey()], later(noon, { days: 14 }), carl);
    expect(refused(doors.decide(invited(), answer({ csat: 5 }), late))).toMatchObject({
      code: "WRONG_STATE",
      state: "expired",
    });
    const swept = unwrap(doors.sweep(invited(), knowing([survey()], later(noon, { days: 90 }))));
    expect(swept.next).toMatchObject({ state: "expired", answers: null, touchedAt: later(noon, { days: 14 }) });
    expect(swept.events.map((e) => e.type)).toEqual(["satisfaction.lapsed"]);
  });

  it("takes one to the last millisecond", () => {
    const last = knowing([survey()], "2026-03-16T11:59:59.999Z", carl);
    expect(unwrap(doors.decide(invited(), answer({ csat: 5 }), last)).next.state).toBe("answered");
  });
});

describe("who answers", () => {
  it("is the customer, or staff on their behalf; nobody else's customer", () => {
    const by = (actor: typeof ann) => doors.decide(invited(), answer({ csat: 5 }), knowing([survey()], noon, actor));
    expect(by(carl).ok && by(ann).ok).toBe(true);
    expect(refused(by(eve)).code).toBe("NOT_PERMITTED");
  });

  it("leaves words that are erased with the person, and the fold stands", () => {
    const opened = unwrap(
      doors.open(
        {
          id: "s-1",
          input: {
            customerId: "c-7",
            subject: { kind: "firm", id: "f" },
            survey: { id: "after-visit", hash: survey().hash },
            expiresAt: later(noon, { days: 1 }),
          },
        },
        knowing([survey()]),
      ),
    );
    const { next, events } = unwrap(
      doors.decide(opened.next, answer({ csat: 1 }, { comment: "my name is Carl" }), knowing([survey()])),
    );
    expect(doors.personalInRecord(next)).toEqual([{ path: ["comment"], person: "c-7" }]);
    expect(doors.personalInEvent(events[0]!, next)).toEqual([{ path: ["data", "comment"], person: "c-7" }]);
    const erased = { ...events[0]!, data: { ...(events[0]!.data as object), comment: { erased: true } } };
    expect(fold(doors, [...opened.events, erased])).toStrictEqual({ ...next, comment: { erased: true } });
  });
});

it("a record belongs to its customer", () => {
  expect(satisfaction["~def"].indexes).toEqual(["customerId", "dissatisfied"]);
  expect(doors.owner(invited())).toBe("c-7");
});
