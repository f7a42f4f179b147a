export * as complaintClocks from "./clocks.js";
export * as complaintCommands from "./commands.js";
export { complaintTokens } from "./core.js";
export * as complaintEvents from "./events.js";
export { type ComplaintLabels, complaintLabels } from "./labels.js";
export {
  type Channel,
  type ComplaintFields,
  type ComplaintInput,
  complaint,
  type Nature,
  type Proposal,
  type Remedy,
  type Scope,
  type Severity,
  type Tally,
} from "./model.js";
export * as complaintPermits from "./permits.js";
export * as complaintStates from "./states.js";
