import * as z from "zod/mini";
import * as clientele from "../../src/index.js";
import type { Probe } from "./corpus.js";
import { context, now } from "./doors.js";

const { bands, inStage, linear, nps, npsQuestion, unwrap } = clientele;
const { installed } = clientele.createServiceRules();
const today = "2026-01-05";
const facts = { recency: "2026-01-01", frequency: 4, revenue: { amount: 5, currency: "EUR" } };
const criteria = () => [
  linear.row({ id: "last", fact: "recency", args: { none: 100, full: 0 }, weight: 3 }),
  bands.row({ id: "orders", fact: "frequency", args: [{ from: 0, mark: 5 }], weight: 1, missing: "neutral" }),
];
const version = { id: "p", version: 1, from: now };
const gradingPolicy = () => {
  const grades = [{ grade: "A", from: 2 }].concat({ grade: "B", from: 0 });
  return clientele.gradingPolicy.version({ ...version, body: { criteria: criteria(), currency: "EUR", grades } });
};
const survey = () =>
  clientele.surveyPolicy.version({
    ...version,
    body: { questions: ["nps"], validDays: 30, dissatisfied: [{ question: "nps", atMost: 6 }] },
  });
const plan = () =>
  clientele.followUpPlan.version({
    ...version,
    body: {
      steps: [{ id: "call", ...inStage.at({ stage: "signed" }), offsetDays: 1, channel: "phone", script: "Hello" }],
    },
  });
export const policies = { grading: gradingPolicy, survey, plan };

const card = () => unwrap(clientele.cardOf(criteria(), installed, "EUR"));
const grader = () => unwrap(clientele.graderOf(gradingPolicy(), installed));
const graded = () => ({ ...context(), book: clientele.policyBook([gradingPolicy()]) });
const counts = () => clientele.counted(clientele.emptyCounts(0, 2), [0, 2, 2]);
const npsCounts = () => clientele.counted(clientele.emptyCounts(0, 10), [0, 10, 10]);
const tally = () => clientele.tallyOf(nps, [{ group: "a", score: 9 }]);
const answered = { state: "answered", answers: { nps: 9 }, group: "a" };
const byGroup = (record: { readonly group: string }) => record.group;
const surveyed = () => clientele.responsesIn([answered], nps, byGroup);
const parts = { promoters: 5, passives: 3, detractors: 2 };
const subject = () => ({
  customerId: "c-7",
  facts,
  grade: "A",
  stage: { state: "signed", since: today, left: false },
  events: [{ id: "e", type: "order.delivered", on: today, at: now }],
});
const planning = {
  window: { from: today, to: "2026-02-05" },
  standing: [{ id: "f", plan: { id: "p", step: "call", on: today }, is: "planned" }],
};

/** The public functions of statistics and of the concepts. */
export const concepts: Readonly<Record<string, Probe>> = {
  // Statistics
  emptyCounts: { call: clientele.emptyCounts, sound: () => [1, 5] },
  counted: { call: clientele.counted, sound: () => [counts(), [1, 2]] },
  mergedCounts: { call: clientele.mergedCounts, sound: () => [counts(), counts()] },
  totalOf: { call: clientele.totalOf, sound: () => [counts()] },
  countBetween: { call: clientele.countBetween, sound: () => [counts(), 0, 1] },
  momentsOf: { call: clientele.momentsOf, sound: () => [counts()] },
  netScore: { call: clientele.netScore, sound: () => [parts] },
  netScoreInterval: {
    call: clientele.netScoreInterval,
    sound: () => [parts, { confidence: 0.9, clip: true, method: "wald" }],
  },
  normalQuantile: { call: clientele.normalQuantile, sound: () => [0.5] },
  quantiles: { call: clientele.quantiles, sound: () => [[3, 1, 2], [0.5]] },
  wilson: { call: clientele.wilson, sound: () => [5, 9, 0.9] },
  // Scorecards
  fact: { call: clientele.fact, sound: () => ["acme.f", { revision: 1, value: z.string(), read: () => 1 }] },
  measure: {
    call: (...args: [any, any]) => {
      const made = clientele.measure(...args);
      return made.row({ id: "x", fact: "frequency", args: {}, weight: 1, missing: "worst" });
    },
    sound: () => ["acme.m", { revision: 1, args: z.object({}), score: () => () => 1 }],
    whole: ["1.args"],
  },
  "measure().row": {
    call: linear.row,
    sound: () => [{ id: "x", fact: "frequency", args: { none: 0, full: 1 }, weight: 1, missing: "worst" }],
  },
  cardOf: { call: clientele.cardOf, sound: () => [criteria(), installed, "EUR"] },
  scoreBy: { call: clientele.scoreBy, sound: () => [card(), facts, today] },
  explainScore: { call: clientele.explainScore, sound: () => [card(), facts, today] },
  fitQuantile: { call: clientele.fitQuantile, sound: () => [[3, 1, 2], 3] },
  // Grading
  graderOf: { call: clientele.graderOf, sound: () => [gradingPolicy(), installed], depth: 5 },
  graderInForce: { call: clientele.graderInForce, sound: () => [graded(), installed] },
  gradeBy: { call: clientele.gradeBy, sound: () => [grader(), facts, today] },
  explainGrade: { call: clientele.explainGrade, sound: () => [grader(), facts, today] },
  factValues: {
    call: clientele.factValues,
    sound: () => [{ frequency: { value: 4, source: "shop", at: now } }],
  },
  fitRfm: {
    call: clientele.fitRfm,
    sound: () => [
      [{ recency: 1, frequency: 2, revenue: 3 }],
      { bins: 3, weights: { recency: 1, frequency: 2, revenue: 3 } },
    ],
  },
  "gradingPolicy.version": {
    call: clientele.gradingPolicy.version,
    sound: () => [gradingPolicy()],
    depth: 6,
  },
  // Corrective action
  effectOf: {
    call: clientele.effectOf,
    sound: () => [
      { cause: "seal", implementedAt: now, goal: { days: 30, allowed: 1 } },
      [{ id: "c-1", cause: "seal", receivedAt: "2026-01-09T09:00:00.000Z", mergedInto: null }],
      0.9,
    ],
  },
  // Satisfaction
  metric: {
    call: clientele.metric,
    sound: () => ["acme.m", { revision: 1, question: npsQuestion, unit: "share", definition: "x", score: () => null }],
    depth: 2,
  },
  question: { call: clientele.question, sound: () => ["acme.q", { revision: 2, min: 1, max: 5 }] },
  topBox: {
    call: (from, to, of, confidence) => clientele.topBox(from, to)(of, confidence),
    sound: () => [1, 2, counts(), 0.9],
  },
  net: {
    call: (from, to, of, confidence) => clientele.net(from, to)(of, confidence),
    sound: () => [2, 0, counts(), 0.9],
  },
  invitationTo: {
    call: clientele.invitationTo,
    sound: () => [survey(), { customerId: "c-7", subject: { kind: "order", id: "o" } }, now],
  },
  responsesIn: { call: clientele.responsesIn, sound: () => [[answered], nps, byGroup] },
  mergedResponses: { call: clientele.mergedResponses, sound: () => [surveyed(), surveyed()] },
  tallyOf: { call: clientele.tallyOf, sound: () => [nps, [{ group: "a", score: 9 }]] },
  tallyColumns: { call: clientele.tallyColumns, sound: () => [nps, ["a", "b"], [0, 1, 0], [9, 10, 0]] },
  mergedTallies: { call: clientele.mergedTallies, sound: () => [tally(), tally()] },
  scoreOf: { call: clientele.scoreOf, sound: () => [nps, [9, 10], 0.9] },
  "scoreOf.counts": { call: clientele.scoreOf, sound: () => [nps, npsCounts(), 0.9] },
  scoresOf: { call: clientele.scoresOf, sound: () => [tally(), 0.9] },
  "surveyPolicy.version": { call: clientele.surveyPolicy.version, sound: () => [survey()], depth: 6 },
  // Follow-up
  anchor: {
    call: (...args: [any, any]) => clientele.anchor(...args).at({}),
    sound: () => ["acme.a", { revision: 1, args: z.object({}), days: () => () => [] }],
    whole: ["1.args"],
  },
  occurrenceId: { call: clientele.occurrenceId, sound: () => ["c-7", "p", "call", "2026-01-05"] },
  planFollowUps: {
    call: clientele.planFollowUps,
    sound: () => [plan(), subject(), planning.standing, planning.window, "UTC", installed],
    depth: 4,
  },
  "followUpPlan.version": { call: clientele.followUpPlan.version, sound: () => [plan()], depth: 6 },
};

/** What of them is no door, and why. */
export const noDoors: Readonly<Record<string, string>> = {
  afterEvent: "a token: assaulted through planFollowUps",
  inGrade: "a token: assaulted through planFollowUps",
  inStage: "a token: assaulted through planFollowUps",
  onDate: "a token: assaulted through planFollowUps",
  bands: "a token: assaulted through cardOf and scoreBy",
  linear: "a token: measure().row",
  lookup: "a token: assaulted through cardOf and scoreBy",
  quantile: "a token: assaulted through cardOf and scoreBy",
  criteriaSchema: "a schema of zod, whose doors are zod's",
  recency: "a token",
  frequency: "a token",
  revenue: "a token",
  profit: "a token",
  segment: "a token",
  csat: "a token: assaulted through scoreOf",
  nps: "a token: assaulted through scoreOf",
  ces: "a token: assaulted through scoreOf",
  csatQuestion: "a token",
  npsQuestion: "a token",
  cesQuestion: "a token",
  complain: "a token: a reaction, whose door is rules.react",
  regrade: "a token: a reaction, whose door is rules.react",
  gradingPolicy: "a token: gradingPolicy.version",
  surveyPolicy: "a token: surveyPolicy.version",
  followUpPlan: "a token: followUpPlan.version",
  correctiveActionClocks: "tokens",
  ...Object.fromEntries(
    ["customer", "grading", "correctiveAction", "satisfaction", "followUp"].flatMap((of) => [
      [of, "a token: its constructors are those of recordKind"],
      [`${of}Commands`, "tokens: assaulted through the doors of rules and desk"],
      [`${of}Events`, "tokens"],
      [`${of}Labels`, "words"],
      [`${of}Permits`, "tokens"],
      [`${of}States`, "tokens"],
      [`${of}Tokens`, "a list of tokens"],
    ]),
  ),
};
