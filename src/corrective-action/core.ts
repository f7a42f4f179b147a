import type { Values } from "../kernel/token.js";
import * as clocks from "./clocks.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { correctiveAction } from "./model.js";
import * as permits from "./permits.js";
import * as states from "./states.js";

// One by one: `Object.values` of a module would keep the name of each in every bundle. A test misses none.

/** Everything the core says about corrective actions. */
export const correctiveActionTokens: readonly (
  | typeof correctiveAction
  | Values<typeof states>
  | Values<typeof events>
  | Values<typeof commands>
  | Values<typeof permits>
  | Values<typeof clocks>
)[] = [
  correctiveAction,
  states.containing,
  states.analysing,
  states.planning,
  states.verifying,
  states.implementing,
  states.observing,
  states.closed,
  states.cancelled,
  events.contained,
  events.analysed,
  events.planned,
  events.dropped,
  events.submitted,
  events.verified,
  events.sentBack,
  events.completed,
  events.implemented,
  events.checked,
  events.cancelled,
  events.reopened,
  events.linked,
  events.unlinked,
  events.escalated,
  events.assigned,
  events.handedOver,
  events.noted,
  commands.contain,
  commands.analyse,
  commands.planAction,
  commands.dropAction,
  commands.submit,
  commands.verify,
  commands.replan,
  commands.reanalyse,
  commands.complete,
  commands.implement,
  commands.passCheck,
  commands.failCheck,
  commands.cancel,
  commands.reopen,
  commands.link,
  commands.unlink,
  commands.assign,
  commands.handOver,
  commands.escalate,
  commands.note,
  permits.improving,
  permits.cancelling,
  permits.automation,
  clocks.containment,
  clocks.implementation,
  clocks.effectiveness,
];
