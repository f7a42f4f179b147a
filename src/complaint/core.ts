import * as commands from "./commands.js";
import * as events from "./events.js";
import { complaint } from "./model.js";
import * as permits from "./permits.js";
import * as states from "./states.js";

type Values<T> = T[keyof T];

/** Everything the core says about complaints, made with the same tokens that plugins use. */
export const complaintTokens: readonly (
  | typeof complaint
  | Values<typeof states>
  | Values<typeof events>
  | Values<typeof commands>
  | Values<typeof permits>
)[] = [
  complaint,
  ...Object.values(states),
  ...Object.values(events),
  ...Object.values(commands),
  ...Object.values(permits),
];
