import * as anchors from "./anchors.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { followUp } from "./model.js";
import * as permits from "./permits.js";
import { followUpPlan } from "./policy.js";
import * as states from "./states.js";

type Values<T> = T[keyof T];

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
  ...Object.values(states),
  ...Object.values(events),
  ...Object.values(commands),
  ...Object.values(permits),
  ...Object.values(anchors),
  followUpPlan,
];
