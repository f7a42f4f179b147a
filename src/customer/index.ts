export * as customerCommands from "./commands.js";
export { customerTokens, frequency, profit, recency, revenue, segment } from "./core.js";
export * as customerEvents from "./events.js";
export { type CustomerLabels, customerLabels } from "./labels.js";
export { type CustomerFields, type CustomerInput, customer, type KnownFact, type PartyKind } from "./model.js";
export * as customerPermits from "./permits.js";
export * as customerStates from "./states.js";
