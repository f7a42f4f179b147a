import { deny } from "../kernel/result.js";
import { resolve } from "./commands.js";
import { type ComplaintFields, complaint } from "./model.js";
import { bodyInForce, type Demand } from "./policy.js";

// What the policy demands of a complaint before it counts as resolved. One guard for each, so that all that is missing
// is told at once.

const demanded = <const Id extends string>(
  id: Id,
  demand: Demand,
  code: string,
  has: (c: ComplaintFields) => boolean,
) =>
  complaint.guard(id, {
    on: resolve,
    when: ({ record, context }) => bodyInForce(context).closing?.includes(demand) !== true || has(record) || deny(code),
  });

/** The cause of occurrence is known. */
export const causeNeeded = /* @__PURE__ */ demanded(
  "cause_needed",
  "cause",
  "CAUSE_NEEDED",
  (c) => c.cause !== undefined,
);
/** Responsibility is divided (D1). */
export const responsibilityNeeded = /* @__PURE__ */ demanded(
  "responsibility_needed",
  "responsibility",
  "RESPONSIBILITY_NEEDED",
  (c) => (c.shares ?? []).length > 0,
);
/** A remedy has been agreed. */
export const remedyNeeded = /* @__PURE__ */ demanded("remedy_needed", "remedy", "REMEDY_NEEDED", (c) =>
  (c.remedies ?? []).some(({ status }) => status === "accepted" || status === "carried_out" || status === "verified"),
);
/** The customer has agreed in words, and not by silence. */
export const acceptanceNeeded = /* @__PURE__ */ demanded(
  "acceptance_needed",
  "acceptance",
  "ACCEPTANCE_NEEDED",
  (c) => c.deemed !== true,
);
