import * as z from "zod/mini";
import * as clientele from "../../src/index.js";
import type { Probe } from "./corpus.js";
import { context, now } from "./doors.js";

const { unwrap } = clientele;
const { complaints, installed } = clientele.createServiceRules();
const money = { amount: 500, currency: "EUR" };
const version = { id: "p", version: 1, from: now };
const entry = { id: "r1", remedy: "refund", amount: money, cost: money, status: "accepted", by: "ann" };
const durations = () => [1, 2, 3].map((duration) => ({ duration, censored: duration === 3 }));
const rows = () => [
  clientele.bySkill.row({ id: "skill", weight: 3, args: { required: false } }),
  clientele.byLanguage.row({ id: "language", weight: 2, args: {} }),
  clientele.byLoad.row({ id: "load", weight: 1, args: {} }),
];

/** A complaint with its timeline and its clocks. */
const handled = () => {
  const opened = unwrap(
    complaints.open({ id: "1", input: { customerId: "c-7", summary: "Warm", subject: "fridge" } }, context()),
  );
  const events: unknown[] = [...opened.events];
  let record = opened.next;
  for (const command of [
    { type: "acknowledge", input: { channel: "phone" } },
    { type: "assign", input: { ownerId: "ann" } },
    { type: "assess", input: { nature: "product", severity: "high" } },
    { type: "hand_over", input: { to: "bo", reason: "shift" } },
  ] as const) {
    const told = unwrap(complaints.decide(record, command, context()));
    events.push(...told.events);
    record = told.next;
  }
  const timeline = events as never;
  return structuredClone({ record, timeline, clocks: unwrap(clientele.clockHistory(complaints, timeline, context())) });
};

/** Every public function about complaints, and the statistics that only they use. */
export const complaint: Readonly<Record<string, Probe>> = {
  assessmentOf: {
    call: clientele.assessmentOf,
    sound: () => [
      { major: [{ id: "m", stake: money, media: true, severities: ["high"], grades: ["A"] }] },
      { grade: "A", repeatOf: "c-1", wanted: { amount: money } },
      { nature: "product", impact: 1, urgency: 2, safety: true, stake: money },
    ],
    depth: 4,
  },
  assignmentRule: {
    call: (...args: [any, any]) => clientele.assignmentRule(...args).row({ id: "r", weight: 1, args: {} }),
    sound: () => ["acme.near", { revision: 1, args: z.object({}), suits: () => () => 0 }],
    whole: ["1.args"],
  },
  "assignment.version": {
    call: clientele.assignment.version,
    sound: () => [{ ...version, body: { rows: rows() } }],
    depth: 5,
  },
  "authorityLimits.version": {
    call: clientele.authorityLimits.version,
    sound: () => [
      {
        ...version,
        body: { limits: [{ id: "a", roles: ["manager"], levels: [1], remedies: ["refund"], upTo: [money] }] },
      },
    ],
    depth: 6,
  },
  "complaintPolicy.version": {
    call: clientele.complaintPolicy.version,
    sound: () => [
      {
        ...version,
        body: {
          major: [{ id: "m", stake: money, media: true, severities: ["high"], grades: ["A"] }],
          priorities: [{ priority: 1, severities: ["high"], scopes: ["major"] }],
          categories: [
            { id: "a", nature: "product" },
            { id: "b", parent: "a" },
          ],
          causes: [{ id: "x", why: "occurrence" }],
          closing: ["cause"],
          reopenDays: 5,
          silence: { reminders: 2, means: "closing" },
          disputeBody: "Board",
        },
      },
    ],
    depth: 6,
  },
  "visibility.version": {
    call: clientele.visibility.version,
    sound: () => [
      { ...version, body: { sights: [{ id: "a", actors: ["staff"], fields: ["summary"], events: "all" }] } },
    ],
    depth: 6,
  },
  remedyKind: { call: clientele.remedyKind, sound: () => ["acme.voucher"] },
  rankOwners: {
    call: clientele.rankOwners,
    sound: () => [
      { rows: rows() },
      installed,
      { nature: "product", category: "fridge", language: "en" },
      [{ id: "ann", skills: ["product"], languages: ["en"], load: 1, capacity: 2 }],
    ],
    depth: 4,
  },
  rankRemedies: {
    call: clientele.rankRemedies,
    sound: () => [{ remedy: "refund", amount: money }, [{ remedy: "refund", amount: money, cost: money }]],
  },
  gapOf: {
    call: clientele.gapOf,
    sound: () => [{ wanted: { remedy: "refund", amount: money }, remedies: [structuredClone(entry)] }],
    depth: 4,
  },
  viewFor: {
    call: clientele.viewFor,
    sound: () => [{ kind: "customer", id: "c-7", roles: ["a"] }, handled().record, { sights: clientele.usualSights }],
    depth: 3,
  },
  eventsFor: {
    call: clientele.eventsFor,
    sound: () => {
      const { record, timeline } = handled();
      return [{ kind: "customer", id: "c-7" }, record, timeline, { sights: clientele.usualSights }];
    },
    depth: 3,
  },
  handlingTimeOf: { call: clientele.handlingTimeOf, sound: () => [handled().timeline], depth: 3 },
  judgeHandling: {
    call: clientele.judgeHandling,
    sound: () => [
      { ...handled(), peers: [1, 2, 3] },
      { handovers: 3, silenceDays: 7, slowest: 0.9, leastPeers: 2 },
    ],
    depth: 4,
  },
  pingPong: {
    call: clientele.pingPong,
    sound: () => {
      const { owners, tally } = handled().record;
      return [{ owners, tally }, { handovers: 3 }];
    },
  },
  pileOf: {
    call: clientele.pileOf,
    sound: () => [
      [handled()],
      { asOf: now, from: now, to: now, zone: "UTC", bands: [7], repeatDays: 3, confidence: 0.9 },
    ],
    depth: 4,
  },
  startPile: {
    call: (options: any) => clientele.startPile(options).report(),
    sound: () => [{ asOf: now, zone: "UTC", bands: [7, 14] }],
  },
  findRepeats: { call: clientele.findRepeats, sound: () => [[handled()], { days: 30 }], depth: 4 },
  findDuplicates: { call: clientele.findDuplicates, sound: () => [[handled()], { closed: ["acme.over"] }], depth: 4 },
  gamingIn: {
    call: clientele.gamingIn,
    sound: () => [handled().timeline, { overlapMinutes: 1, reopenMinutes: 60, dueHours: 4, pauses: ["acme.wait"] }],
    depth: 3,
  },
  bulkHandovers: {
    call: clientele.bulkHandovers,
    sound: () => [[handled().timeline], { cases: 2, minutes: 5, dueHours: 1 }],
    depth: 4,
  },
  ears: {
    call: clientele.ears,
    sound: () => [
      [1, null, 2, 0, 1, 1, 2, 0, 1, 9],
      { method: "C2", baseline: 7, season: 1, minDeviation: 1, threshold: 3, atLeast: 2, reach: 28 },
    ],
  },
  kaplanMeier: { call: clientele.kaplanMeier, sound: () => [durations()] },
  conditionalSurvival: {
    call: clientele.conditionalSurvival,
    sound: () => [clientele.kaplanMeier(durations()), 1, 2, 0.9],
    depth: 4,
  },
  remainingQuantiles: {
    call: clientele.remainingQuantiles,
    sound: () => [clientele.kaplanMeier(durations()), 1, [0.5]],
    depth: 4,
  },
  detectSpikes: {
    call: clientele.detectSpikes,
    sound: () => [
      [{ id: "k", customerId: "c-7", at: now, key: ["fridge", "noise"], mergedInto: "z" }],
      {
        ...{ zone: "Asia/Shanghai", from: "2025-12-01", to: "2026-01-05", method: "C2", baseline: "days", calmDays: 3 },
        ...{ closedDays: "left out", calendar: { isWorkingDay: () => true }, minDeviation: 1 },
        levels: [{ id: "alarm", score: 3, customers: 5 }],
      },
    ],
    depth: 4,
  },
  forecastBreach: {
    call: clientele.forecastBreach,
    sound: () => [
      {
        history: [
          { handling: 2, open: false },
          { handling: 3, open: true },
        ],
        ...{ age: 1, remaining: 1, confidence: 0.9, atLeast: 2 },
      },
    ],
    depth: 4,
  },
};

/** What of it is no door, and why. */
export const noComplaintDoors: Readonly<Record<string, string>> = {
  assignment: "a token: assignment.version",
  authorityLimits: "a token: authorityLimits.version",
  complaintPolicy: "a token: complaintPolicy.version",
  visibility: "a token: visibility.version",
  bySkill: "a token: assaulted through rankOwners",
  byLanguage: "a token: assaulted through rankOwners",
  byLoad: "a token: assaulted through rankOwners",
  complaintGuards: "tokens",
  complaintReactions: "tokens: reactions, whose door is rules.react",
  complaintReportLabels: "words",
  recoveryAssumptions: "data",
  usualSights: "data",
};
