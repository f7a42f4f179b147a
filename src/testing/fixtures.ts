import type { Actor, Context } from "../kernel/context.js";
import { policyBook } from "../rules/book.js";
import { storyBegins } from "./clock.js";

const named = (kind: Actor["kind"], id: string, roles: readonly string[]): Actor =>
  roles.length === 0 ? { kind, id } : { kind, id, roles };

/**
 * A member of staff, with roles.
 *
 * @example
 * ```ts
 * import { staff } from "clientele/testing";
 *
 * staff("ann", "manager"); // => { kind: "staff", id: "ann", roles: ["manager"] }
 * ```
 */
export const staff = (id: string, ...roles: readonly string[]): Actor => named("staff", id, roles);

/**
 * A customer.
 *
 * @example
 * ```ts
 * import { customer } from "clientele/testing";
 *
 * customer("c-7"); // => { kind: "customer", id: "c-7" }
 * ```
 */
export const customer = (id: string): Actor => named("customer", id, []);

/**
 * A piece of the host's own software.
 *
 * @example
 * ```ts
 * import { system } from "clientele/testing";
 *
 * system("night-job"); // => { kind: "system", id: "night-job" }
 * ```
 */
export const system = (id: string): Actor => named("system", id, []);

/**
 * A context for a decision: the first of January 2026, nine o'clock in UTC, Ann of the staff, no policies; or what is
 * said otherwise.
 *
 * @example
 * ```ts
 * import { createServiceRules, unwrap } from "clientele";
 * import { customer, testContext } from "clientele/testing";
 *
 * const context = testContext({ actor: customer("c-7") });
 * context.now; // => "2026-01-01T09:00:00.000Z"
 * const request = { id: "1", input: { customerId: "c-7", summary: "The fridge does not cool" } };
 * unwrap(createServiceRules().complaints.open(request, context)).next.state; // => "received"
 * ```
 */
export const testContext = (overrides: Partial<Context> = {}): Context => ({
  now: storyBegins,
  zone: "UTC",
  actor: staff("ann"),
  seed: "test",
  book: policyBook([]),
  ...overrides,
});

/**
 * Ids that can be foretold: give it to a desk as `newId`.
 *
 * @example
 * ```ts
 * import { countingIds } from "clientele/testing";
 *
 * const newId = countingIds("case");
 * [newId(), newId()]; // => ["case-1", "case-2"]
 * ```
 */
export function countingIds(prefix = "id"): () => string {
  let count = 0;
  return () => `${prefix}-${++count}`;
}
