import type { Values } from "../kernel/token.js";
import * as anchors from "./anchors.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { followUp } from "./model.js";
import * as permits from "./permits.js";
import { followUpPlan } from "./policy.js";
import * as states from "./states.js";

// One by one: `Object.values` of a module would keep the name of each in every bundle. A test misses none.

/** Everything the core says about follow-ups. */
export const followUpTokens: readonly (
  | typeof followUp
  | Values<typeof states>
  | Values<typeof events>
  | Values<typeof commands>
  | Values<typeof permits>
  | Values<typeof anchors>
  | typeof followUpPlan
)[] = [
  followUp,
  states.done,
  states.cancelled,
  states.dropped,
  states.overdue,
  states.due,
  states.planned,
  events.reached,
  events.refused,
  events.missed,
  events.abandoned,
  events.rescheduled,
  events.replanned,
  events.cancelled,
  commands.reach,
  commands.refuse,
  commands.miss,
  commands.abandon,
  commands.replan,
  commands.drop,
  commands.reschedule,
  commands.cancel,
  permits.contacting,
  permits.planning,
  anchors.onDate,
  anchors.inStage,
  anchors.afterEvent,
  anchors.inGrade,
  followUpPlan,
];
