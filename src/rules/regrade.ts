import { type CustomerFields, customer } from "../customer/index.js";
import { factValues, type GradingFields, gradeBy, graderInForce, grading, gradingCommands } from "../grading/index.js";
import type { Context } from "../kernel/context.js";
import type { AnyRecord } from "../kernel/record.js";
import { ok, type Result } from "../kernel/result.js";
import type { Installed } from "../kernel/token.js";
import { contained } from "../lifecycle/fault.js";
import type { Order } from "../lifecycle/tokens.js";

/** Whose records `regradeOrders` reads. */
export const regradedKinds = { customer: customer.id, grading: grading.id } as const;

/**
 * What is to be done so that a customer's grade is the one of the policy in force now: nothing where it is already.
 * `NO_POLICY` where there is none.
 */
export function regradeOrders(
  record: AnyRecord,
  graded: AnyRecord | undefined,
  context: Context,
  installed: Installed,
): Result<readonly Order[]> {
  return contained(grading.id, () => {
    const made = graderInForce(context, installed);
    if (!made.ok) return made;
    const { grader, today } = made.value;
    const facts = factValues((record as unknown as CustomerFields).facts);
    const now = gradeBy(grader, facts, today);
    const before = (graded as unknown as GradingFields | undefined)?.natural;
    const same =
      before?.grade === now.grade &&
      before.score === now.score &&
      before.coverage === now.coverage &&
      before.policy === now.policy;
    if (same) return ok([]);
    const customerId = record.id;
    return ok([grading.order({ customerId }, customerId), gradingCommands.grade.order(customerId, { facts })]);
  });
}
