import type { Values } from "../kernel/token.js";
import { assignment, byLanguage, byLoad, bySkill } from "./assignment.js";
import { authorityLimits } from "./authority.js";
import * as clocks from "./clocks.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import * as guards from "./guards.js";
import { complaint } from "./model.js";
import * as permits from "./permits.js";
import { complaintPolicy } from "./policy.js";
import * as reactions from "./reactions.js";
import * as states from "./states.js";
import { visibility } from "./visibility.js";

// One by one: `Object.values` of a module would keep the name of each in every bundle. A test misses none.

/** Everything the core says about complaints, made with the same tokens that plugins use. */
export const complaintTokens: readonly (
  | typeof complaint
  | Values<typeof states>
  | Values<typeof events>
  | Values<typeof commands>
  | Values<typeof permits>
  | Values<typeof clocks>
  | Values<typeof guards>
  | Values<typeof reactions>
  | typeof complaintPolicy
  | typeof authorityLimits
  | typeof assignment
  | typeof bySkill
  | typeof byLanguage
  | typeof byLoad
  | typeof visibility
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
  states.merged,
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
  events.found,
  events.approved,
  events.carriedOut,
  events.verified,
  events.transferred,
  events.deescalated,
  events.dispatched,
  events.visited,
  events.promised,
  events.answered,
  events.unanswered,
  events.appealed,
  events.related,
  events.unlinked,
  events.merged,
  events.absorbed,
  events.split,
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
  commands.appeal,
  commands.deescalate,
  commands.find,
  commands.approve,
  commands.carryOut,
  commands.verify,
  commands.transfer,
  commands.dispatch,
  commands.visit,
  commands.promise,
  commands.answer,
  commands.deem,
  commands.giveUp,
  commands.relate,
  commands.unrelate,
  commands.merge,
  commands.absorb,
  commands.split,
  permits.handling,
  permits.deciding,
  permits.complaining,
  permits.automation,
  clocks.acknowledge,
  clocks.firstResponse,
  clocks.nextResponse,
  clocks.update,
  clocks.resolution,
  clocks.visit,
  clocks.promise,
  guards.causeNeeded,
  guards.responsibilityNeeded,
  guards.remedyNeeded,
  guards.acceptanceNeeded,
  reactions.absorbing,
  reactions.splitting,
  reactions.silence,
  complaintPolicy,
  authorityLimits,
  assignment,
  bySkill,
  byLanguage,
  byLoad,
  visibility,
];
