import { type CustomerFields, customer } from "../customer/index.js";
import {
  type FollowUpFields,
  followUp,
  followUpCommands,
  followUpStates,
  type Plan,
  type Planned,
  planFollowUps,
  type Standing,
  type Window,
} from "../follow-up/index.js";
import { factValues, type GradingFields, grading } from "../grading/index.js";
import type { Context } from "../kernel/context.js";
import type { Instant } from "../kernel/instant.js";
import { isErased } from "../kernel/personal.js";
import type { AnyRecord } from "../kernel/record.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import type { Installed } from "../kernel/token.js";
import { localDateOf } from "../kernel/zone.js";
import type { Order } from "../lifecycle/tokens.js";

/** Whose records `planOrders` reads. */
export const plannedKinds = { customer: customer.id, grading: grading.id, followUp: followUp.id } as const;

/** One customer as the desk finds them. */
export interface PlannedRecords {
  readonly customer: AnyRecord;
  /** Since when they are in their stage, and whether that is one of customers who have left. */
  readonly stage: { readonly since: Instant; readonly left: boolean };
  readonly grading: AnyRecord | undefined;
  /** Every follow-up of the customer, also those that are over: an occurrence is never doubled. */
  readonly followUps: readonly AnyRecord[];
  readonly events: Planned["events"];
}

/**
 * What is to be done so that a follow-up plan holds for a customer in a window of days. Whoever has been erased is not
 * contacted: what was planned is dropped.
 */
export function planOrders(
  records: PlannedRecords,
  planId: string,
  window: Window,
  context: Context,
  installed: Installed,
): Result<readonly Order[]> {
  const inForce = context.book.inForce(followUp.id, context.now, planId) as Plan | undefined;
  if (inForce === undefined) return refuse({ code: "NO_POLICY", subject: `${followUp.id} ${planId}` });
  const { id, state } = records.customer;
  const { facts, name } = records.customer as unknown as CustomerFields;
  const plan = isErased(name) ? { ...inForce, body: { ...inForce.body, steps: [] } } : inForce;
  const { since, left } = records.stage;
  const subject: Planned = {
    customerId: id,
    facts: factValues(facts),
    grade: (records.grading as unknown as GradingFields | undefined)?.grade ?? null,
    stage: { state, since: localDateOf(since, context.zone), left },
    events: records.events,
  };
  const standing = records.followUps.map((record) => standingOf(record, context.now));
  const planned = planFollowUps(plan, subject, standing, window, context.zone, installed);
  if (!planned.ok) return planned;
  const { create, move, drop } = planned.value;
  return ok([
    ...create.map(({ id, occurrence }) => followUp.order(occurrence, id)),
    ...move.map(({ id, dueOn }) => followUpCommands.replan.order(id, { dueOn })),
    ...drop.map(({ id }) => followUpCommands.drop.order(id, {})),
  ]);
}

/** What is due by now is due, whether or not a sweep has said so. */
function standingOf(record: AnyRecord, now: Instant): Standing {
  const { plan, missed, dueOn, dueAt, outcome } = record as unknown as FollowUpFields;
  const untouched = record.state === followUpStates.planned.id && dueAt > now && missed === 0 && dueOn === plan.on;
  const is = untouched
    ? "planned"
    : record.state === followUpStates.dropped.id
      ? "dropped"
      : outcome === "refused"
        ? "refused"
        : "kept";
  return { id: record.id, plan, is };
}
