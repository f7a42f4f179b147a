import * as z from "zod/mini";
import { instantSchema } from "../kernel/instant.js";
import { idText } from "../kernel/schema.js";
import {
  action,
  because,
  type CorrectiveActionFields,
  correctiveAction,
  goal,
  later,
  level,
  link,
  one,
  type PlannedAction,
  remark,
  type Signed,
  signed,
  whys,
  words,
} from "./model.js";

type Fields = CorrectiveActionFields;
const department = z.nullable(idText());

/** The actions with those done that are meant. */
const doneIf = (c: Fields, is: (a: PlannedAction) => boolean, { by, at }: Signed): readonly PlannedAction[] =>
  c.actions.map((a) => (a.done === null && is(a) ? { ...a, done: { by, at } } : a));
/** Without a plan that holds. What is planned stays in it until it is dropped. */
const unplanned = { goal: null, submittedBy: null, verification: null, dueAt: null };
/** The next round. What was done in this one the timeline tells. */
const afresh = (c: Fields) => ({
  ...unplanned,
  round: c.round + 1,
  actions: c.actions.filter((a) => a.done === null),
  implementedAt: null,
  checkAt: null,
  check: null,
});

/** Customers are protected, as long as the cause is not removed. Planned containment is done by it. */
export const contained = correctiveAction.event("corrective-action.contained", {
  v: 1,
  data: z.object({ what: words, ...signed }),
  evolve: (c, data) => ({
    containment: { what: data.what, by: data.by, at: data.at },
    actions: doneIf(c, (a) => a.kind === "containment", data),
  }),
});
/** The root cause was found, first or anew, and why nothing stopped it. */
export const analysed = correctiveAction.event("corrective-action.analysed", {
  v: 1,
  data: z.object({ whys, cause: idText(), escape: z.nullable(idText()) }),
  evolve: (_, data) => ({ whys: data.whys, cause: data.cause, escape: data.escape }),
});
/** An action was planned. */
export const planned = correctiveAction.event("corrective-action.planned", {
  v: 1,
  data: z.object({ ...action, by: idText() }),
  evolve: (c, { id, kind, what, ownerId, dueAt, by }) => ({
    actions: [...c.actions, { id, kind, what, ownerId, dueAt, plannedBy: by, done: null }],
  }),
});
/** A planned action was given up. */
export const dropped = correctiveAction.event("corrective-action.dropped", {
  v: 1,
  data: one,
  evolve: (c, { id }) => ({ actions: c.actions.filter((a) => a.id !== id) }),
});
/** The plan was handed in, with what its effect will be judged by. */
export const submitted = correctiveAction.event("corrective-action.submitted", {
  v: 1,
  data: z.object({ ...goal, by: idText() }),
  evolve: (_, { days, allowed, by }) => ({ goal: { days, allowed }, submittedBy: by }),
});
/** Somebody else has made sure that the plan will remove the cause. */
export const verified = correctiveAction.event("corrective-action.verified", {
  v: 1,
  data: z.object({ method: words, ...signed, dueAt: instantSchema }),
  evolve: (_, { method, by, at, dueAt }) => ({ verification: { method, by, at }, dueAt }),
});
/** The plan, or even the analysis, does not hold. */
export const sentBack = correctiveAction.event("corrective-action.sent_back", {
  v: 1,
  data: z.object({ to: z.enum(["planning", "analysing"]), reason: words }),
  evolve: (c, { to }) => (to === "planning" ? unplanned : afresh(c)),
});
/** An action was done; another is due next. */
export const completed = correctiveAction.event("corrective-action.completed", {
  v: 1,
  data: z.object({ id: idText(), ...signed, dueAt: instantSchema }),
  evolve: (c, data) => ({ actions: doneIf(c, (a) => a.id === data.id, data), dueAt: data.dueAt }),
});
/** Everything planned is done, since then; the time of observation runs. */
export const implemented = correctiveAction.event("corrective-action.implemented", {
  v: 1,
  data: z.object({ implementedAt: instantSchema, checkAt: instantSchema }),
  evolve: (_, { implementedAt, checkAt }) => ({ implementedAt, checkAt }),
});
/** The effect was checked. */
export const checked = correctiveAction.event("corrective-action.checked", {
  v: 1,
  data: z.object({ later, effective: z.boolean(), ...signed }),
  evolve: (c, { later, effective, by, at }) => ({
    ...(effective ? {} : afresh(c)),
    check: { later, effective, by, at },
  }),
});
/** It was given up. */
export const cancelled = correctiveAction.event("corrective-action.cancelled", { v: 1, data: because });
/** The same cause came back. */
export const reopened = correctiveAction.event("corrective-action.reopened", {
  v: 1,
  data: because,
  evolve: (c) => ({ ...afresh(c), containment: null }),
});
/** It answers another complaint. */
export const linked = correctiveAction.event("corrective-action.linked", {
  v: 1,
  data: link,
  evolve: (c, { complaintId }) => ({ complaintIds: [...c.complaintIds, complaintId] }),
});
/** It answers a complaint no more. */
export const unlinked = correctiveAction.event("corrective-action.unlinked", {
  v: 1,
  data: link,
  evolve: (c, { complaintId }) => ({ complaintIds: c.complaintIds.filter((id) => id !== complaintId) }),
});
/** It went up a level, by somebody or because a clock ran out. */
export const escalated = correctiveAction.event("corrective-action.escalated", {
  v: 1,
  data: z.object({ from: level, to: level, reason: z.nullable(words) }),
  evolve: (_, { to }) => ({ level: to }),
});
/** It got its accountable owner. */
export const assigned = correctiveAction.event("corrective-action.assigned", {
  v: 1,
  data: z.object({ ownerId: idText(), department }),
  evolve: (_, { ownerId, department }) => ({ ownerId, department }),
});
/** Another person is accountable now. */
export const handedOver = correctiveAction.event("corrective-action.handed_over", {
  v: 1,
  data: z.object({ from: idText(), to: idText(), department, reason: words }),
  evolve: (c, { to, department }) => ({
    ownerId: to,
    department,
    tally: { ...c.tally, handovers: c.tally.handovers + 1 },
  }),
});
/** Something was remarked. */
export const noted = correctiveAction.event("corrective-action.noted", {
  v: 1,
  data: remark,
  evolve: (c) => ({ tally: { ...c.tally, notes: c.tally.notes + 1 } }),
});
