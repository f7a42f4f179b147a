// #region loop
import {
  createServiceDesk,
  followUpPlan,
  gradingPolicy,
  inGrade,
  invitationTo,
  linear,
  memoryStore,
  surveyPolicy,
  unwrap,
} from "clientele";

const now = "2026-03-02T09:00:00.000Z";
const desk = createServiceDesk({ store: memoryStore(), clock: () => now });
const ann = { kind: "staff", id: "ann" } as const;
const first = { version: 1, from: "2026-01-01T00:00:00.000Z" };
const orders = linear.row({ id: "orders", fact: "frequency", args: { none: 0, full: 10 }, weight: 100 });
const best = { grade: "A", from: 80 };
const rest = { grade: "B", from: 0 };
const house = gradingPolicy.version({ id: "house", ...first, body: { criteria: [orders], grades: [best, rest] } });
const visit = { id: "visit", ...inGrade.at({ every: { A: 30 } }), channel: "visit", script: "All well?" } as const;
const plan = followUpPlan.version({ id: "visits", ...first, body: { steps: [visit] } });
const asked = { questions: ["csat"], validDays: 14, dissatisfied: [{ question: "csat", atMost: 2 }] };
const survey = surveyPolicy.version({ id: "after-visit", ...first, body: asked });
for (const policy of [house, plan, survey]) unwrap(await desk.policies.adopt(policy));
// Know the customer: a fact arrives, and the grade follows from it.
unwrap(await desk.customers.open({ id: "c-7", input: { name: "Joy" }, actor: ann }));
const facts = { type: "record_facts", input: { facts: { frequency: 9 }, source: "shop" } } as const;
unwrap(await desk.customers.execute({ id: "c-7", command: facts, actor: ann }));
console.log("grade", unwrap(await desk.grading.get("c-7")).grade);
// Serve: who has that grade is visited every thirty days.
for await (const planned of desk.planAll({ plan: "visits", from: "2026-03-02", to: "2026-03-31" }))
  console.log(planned.id, planned.outcome, unwrap(await desk.followUps.find()).items[0]?.dueOn);
// Ask how it was, and act: a dissatisfied answer is a complaint, in the same unit of work.
const whom = { customerId: "c-7", subject: { kind: "firm", id: "us" } } as const;
const { id } = unwrap(await desk.satisfaction.open({ input: invitationTo(survey, whom, now), actor: ann }));
const answer = { type: "answer", input: { answers: { csat: 1 }, comment: "Nobody called back" } } as const;
unwrap(await desk.satisfaction.execute({ id, command: answer, actor: ann }));
for (const complaint of unwrap(await desk.complaints.find()).items) console.log(complaint.state, complaint.summary);
// #endregion loop
