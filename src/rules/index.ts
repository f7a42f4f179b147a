export type { AnyKind } from "../lifecycle/compile.js";
export type { Doors } from "../lifecycle/life.js";
export type { ClockReading } from "../lifecycle/readings.js";
export { ownEvents, type RecordKind } from "../lifecycle/record-kind.js";
export type { Available, Command, Decision, Order, Phase } from "../lifecycle/tokens.js";
export type { Plugin } from "../plugin/plugin.js";
export { policyBook } from "./book.js";
export { corePlugin } from "./core.js";
export {
  createServiceRules,
  type DoorsOf,
  type InferCommand,
  type InferEvent,
  type InferRecord,
  type ServiceRules,
} from "./create.js";
export type {
  CommandOf,
  DraftOf,
  EventOf,
  FieldsOf,
  KindId,
  OpenInputOf,
  RecordOf,
  SlotsOf,
  Slotted,
  Sound,
  StateIdOf,
  TokensOf,
} from "./infer.js";
export { coreLabels } from "./labels.js";
export { type PlannedRecords, plannedKinds, planOrders } from "./plan.js";
export { type PolicyFields, policyRecord } from "./policy-record.js";
export type { Reacted } from "./react.js";
export { regradedKinds, regradeOrders } from "./regrade.js";
