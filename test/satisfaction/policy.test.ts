import { describe, expect, it } from "vitest";
import { createServiceRules } from "../../src/rules/index.js";
import { invitationTo, type SurveyBody, surveyPolicy } from "../../src/satisfaction/index.js";
import { noon, refused } from "../given.js";
import { order, survey } from "./given.js";

const rules = createServiceRules();
const body: SurveyBody = { questions: ["csat"], validDays: 14, dissatisfied: [] };
const version = (more: object) => surveyPolicy.version({ id: "s", version: 1, from: noon, body: { ...body, ...more } });

describe("a survey", () => {
  it.each([
    ["no questions", { questions: [] }],
    ["revision 1 by number, a second spelling of one name", { questions: ["csat@1"] }],
    ["a name with blanks", { questions: ["how was it"] }],
    ["more than a hundred questions", { questions: Array.from({ length: 101 }, (_, i) => `acme.q${i}`) }],
    ["half a day", { validDays: 0.5 }],
    ["no time at all", { validDays: 0 }],
    ["more than a year", { validDays: 366 }],
    ["dissatisfaction about what is not asked", { dissatisfied: [{ question: "nps", atMost: 2 }] }],
    ["half a score", { dissatisfied: [{ question: "csat", atMost: 1.5 }] }],
  ])("cannot have %s", (_, more) => {
    expect(() => version(more)).toThrow(expect.objectContaining({ code: "INVALID_POLICY" }));
  });

  it("is refused where it asks what is not installed", () => {
    expect(refused(rules.readPolicy(version({ questions: ["acme.smell", "csat@2"] })))).toEqual({
      code: "UNKNOWN_REFERENCE",
      subject: "question satisfaction/acme.smell",
    });
    expect(rules.readPolicy(survey()).ok).toBe(true);
  });
});

describe("an invitation", () => {
  it("names its survey by hash and holds for its days", () => {
    const asked = survey({ validDays: 1 });
    expect(invitationTo(asked, { customerId: "c-7", subject: order }, noon)).toEqual({
      customerId: "c-7",
      subject: order,
      survey: { id: "after-visit", hash: asked.hash },
      expiresAt: "2026-03-03T12:00:00.000Z",
    });
  });

  it.each(["9999-12-30T00:00:00.000Z", "yesterday"])("cannot be dated %s", (at) => {
    expect(() => invitationTo(survey(), { customerId: "c-7", subject: order }, at)).toThrow(
      expect.objectContaining({ code: "INVALID_INSTANT" }),
    );
  });
});
