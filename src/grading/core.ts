import { type CustomerFields, customerEvents } from "../customer/index.js";
import type { Values } from "../kernel/token.js";
import { reaction } from "../lifecycle/reaction.js";
import { bands, linear, lookup, quantile } from "../scorecard/index.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { factValues } from "./facts.js";
import { grading } from "./model.js";
import * as permits from "./permits.js";
import { gradingPolicy } from "./policy.js";
import * as states from "./states.js";

/**
 * A customer is graded anew on every new fact (C6), in the same unit of work, wherever a policy is in force.
 *
 * @example
 * ```ts
 * import { regrade } from "clientele";
 *
 * regrade["~def"].on.id; // => "customer.facts_recorded"
 * ```
 */
export const regrade = reaction("regrade", {
  on: customerEvents.factsRecorded,
  sends: [grading, commands.grade],
  run: ({ event, record, context }) => {
    if (context.book.inForce("grading", context.now) === undefined) return [];
    const customerId = event.stream.id;
    const facts = factValues((record as unknown as CustomerFields).facts);
    return [grading.order({ customerId }, customerId), commands.grade.order(customerId, { facts })];
  },
});

// One by one: `Object.values` of a module would keep the name of each in every bundle. A test misses none.

/** Everything the core says about grading. */
export const gradingTokens: readonly (
  | typeof grading
  | Values<typeof states>
  | Values<typeof events>
  | Values<typeof commands>
  | Values<typeof permits>
  | typeof regrade
  | typeof gradingPolicy
  | typeof bands
  | typeof linear
  | typeof lookup
  | typeof quantile
)[] = [
  grading,
  states.graded,
  states.overridden,
  states.ended,
  events.graded,
  events.overridden,
  events.restored,
  commands.grade,
  commands.override,
  commands.lift,
  commands.end,
  commands.begin,
  permits.working,
  permits.keeping,
  permits.overriding,
  regrade,
  gradingPolicy,
  bands,
  linear,
  lookup,
  quantile,
];
