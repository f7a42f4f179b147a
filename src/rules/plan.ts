import { type CustomerFields, customer } from "../customer/index.js";
import {
  type FollowUpFields,
  followUp,
  followUpCommands,
  type Plan,
  type Planned,
  planFollowUps,
  type Window,
} from "../follow-up/index.js";
import { factValues, type GradingFields, grading } from "../grading/index.js";
import type { Context } from "../kernel/context.js";
import type { AnyRecord } from "../kernel/record.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import { localDateOf } from "../kernel/zone.js";
import type { Installed, Order } from "../lifecycle/tokens.js";

/** Whose records `planOrders` reads. */
export const plannedKinds = { customer: customer.id, grading: grading.id, followUp: followUp.id } as const;

/** One customer as the desk finds them. */
export interface PlannedRecords {
  readonly customer: AnyRecord;
  readonly grading: AnyRecord | undefined;
  /** Every follow-up of the customer, also those that are over: an occurrence is never doubled. */
  readonly followUps: readonly AnyRecord[];
  readonly events: Planned["events"];
}

/** What is to be done so that a follow-up plan holds for a customer in a window of days. */
export function planOrders(
  records: PlannedRecords,
  planId: string,
  window: Window,
  context: Context,
  installed: Installed,
): Result<readonly Order[]> {
  const plan = context.book.inForce("follow-up", context.now, planId) as Plan | undefined;
  if (plan === undefined) return refuse({ code: "NO_POLICY", subject: `follow-up ${planId}` });
  const { id, state, stay } = records.customer;
  const standing = records.followUps.map((record) => {
    const { plan, missed } = record as unknown as FollowUpFields;
    return { id: record.id, plan, missed, planned: record.state === "planned" };
  });
  const subject: Planned = {
    customerId: id,
    facts: factValues((records.customer as unknown as CustomerFields).facts),
    grade: (records.grading as unknown as GradingFields | undefined)?.grade ?? null,
    stage: { state, since: localDateOf(stay.enteredAt, context.zone) },
    events: records.events,
  };
  const planned = planFollowUps(plan, subject, standing, window, context.zone, installed);
  if (!planned.ok) return planned;
  const { create, move, cancel } = planned.value;
  return ok([
    ...create.map(({ id, occurrence }) => followUp.order(occurrence, id)),
    ...move.map(({ id, dueOn }) => followUpCommands.replan.order(id, { dueOn })),
    ...cancel.map(({ id }) => followUpCommands.cancel.order(id, { reason: "the plan does not call for it any more" })),
  ]);
}
