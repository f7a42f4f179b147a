import type { Values } from "../kernel/token.js";
import * as clocks from "./clocks.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { complaint } from "./model.js";
import * as permits from "./permits.js";
import * as states from "./states.js";

// One by one: `Object.values` of a module would keep the name of each in every bundle. A test misses none.

/** Everything the core says about complaints, made with the same tokens that plugins use. */
export const complaintTokens: readonly (
  | typeof complaint
  | Values<typeof states>
  | Values<typeof events>
  | Values<typeof commands>
  | Values<typeof permits>
  | Values<typeof clocks>
)[] = [
  complaint,
  states.received,
  states.acknowledged,
  states.assessed,
  states.investigating,
  states.proposed,
  states.resolving,
  states.closed,
  states.withdrawn,
  states.rejected,
  states.resolved,
  states.waitingForCustomer,
  states.waitingForThirdParty,
  events.acknowledged,
  events.assessed,
  events.proposed,
  events.accepted,
  events.declined,
  events.resolved,
  events.confirmed,
  events.disputed,
  events.reopened,
  events.withdrawn,
  events.rejected,
  events.escalated,
  events.assigned,
  events.handedOver,
  events.noted,
  events.contacted,
  events.waited,
  events.resumed,
  commands.acknowledge,
  commands.assess,
  commands.reassess,
  commands.investigate,
  commands.propose,
  commands.accept,
  commands.decline,
  commands.resolve,
  commands.confirm,
  commands.dispute,
  commands.reopen,
  commands.withdraw,
  commands.reject,
  commands.escalate,
  commands.assign,
  commands.handOver,
  commands.note,
  commands.contact,
  commands.waitForCustomer,
  commands.waitForThirdParty,
  commands.reply,
  commands.resume,
  permits.handling,
  permits.deciding,
  permits.complaining,
  permits.automation,
  clocks.acknowledge,
  clocks.firstResponse,
  clocks.nextResponse,
  clocks.update,
  clocks.resolution,
];
