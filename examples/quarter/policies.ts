import { fitRfm, followUpPlan, gradingPolicy, inGrade, type LocalDate, linear, surveyPolicy } from "clientele";
import { type BuyerFacts, purchaserOf } from "./buyers.js";
import { instant, quarter } from "./days.js";

export const grades = ["A", "B", "C", "D"] as const;
export type Grade = (typeof grades)[number];

const steps = [
  { grade: "A", from: 75 },
  { grade: "B", from: 50 },
  { grade: "C", from: 25 },
  { grade: "D", from: 0 },
] as const;

/** Before there was a base to fit anything to: a rule of thumb on straight lines. Amounts are in cents. */
export const ruleOfThumb = gradingPolicy.version({
  id: "house",
  version: 1,
  from: "2014-01-01T00:00:00.000Z",
  body: {
    currency: "USD",
    criteria: [
      linear.row({ id: "frequency", fact: "frequency", args: { none: 0, full: 8 }, weight: 30 }),
      linear.row({ id: "revenue", fact: "revenue", args: { none: 0, full: 300_000 }, weight: 40 }),
      linear.row({ id: "profit", fact: "profit", args: { none: 0, full: 50_000 }, weight: 30 }),
    ],
    grades: steps,
  },
});

/** Recency, frequency and revenue by fifths of the base, fitted once and frozen; profit up to 1,000 USD. */
export const fittedTo = (base: readonly BuyerFacts[], day: LocalDate) =>
  gradingPolicy.version({
    id: "house",
    version: 2,
    from: instant(quarter.first, "00:00"),
    body: {
      currency: "USD",
      criteria: [
        ...fitRfm(
          base.map((facts) => purchaserOf(facts, day)),
          { bins: 5, weights: { recency: 25, frequency: 25, revenue: 25 } },
        ),
        linear.row({ id: "profit", fact: "profit", args: { none: 0, full: 100_000 }, weight: 25 }),
      ],
      grades: steps,
    },
  });

/** How often a customer of a grade is visited, in days. D is served when they call. */
export const visitEvery = { A: 45, B: 90, C: 180 } as const;

const { A, B, C } = visitEvery;
export const visits = followUpPlan.version({
  id: "visits",
  version: 1,
  from: instant(quarter.first, "00:00"),
  body: {
    steps: [
      { id: "visit", ...inGrade.at({ every: { A } }), channel: "visit", script: "How do we serve you?" },
      { id: "call", ...inGrade.at({ every: { B } }), channel: "phone", script: "How do we serve you?" },
      { id: "letter", ...inGrade.at({ every: { C } }), channel: "email", script: "Two questions" },
    ],
    attempts: 3,
    retryDays: 2,
  },
});

/** Two questions about the last order. One or two of five is dissatisfied. */
export const survey = surveyPolicy.version({
  id: "after-visit",
  version: 1,
  from: instant(quarter.first, "00:00"),
  body: { questions: ["nps", "csat"], validDays: 14, dissatisfied: [{ question: "csat", atMost: 2 }] },
});
