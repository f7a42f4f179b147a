export * from "./calendar/index.js";
export * from "./complaint/index.js";
export * from "./corrective-action/index.js";
export * from "./customer/index.js";
export * from "./desk/index.js";
export * from "./follow-up/index.js";
export * from "./grading/index.js";
export { canonical } from "./kernel/canonical.js";
export { chance, chanceInteger } from "./kernel/chance.js";
export type { Actor, Context } from "./kernel/context.js";
export { ClienteleError, type ErrorCode, hasCode } from "./kernel/errors.js";
export type {
  ClockMark,
  Draft,
  Emission,
  Event,
  EventToken,
  Move,
  SlotWrite,
  Stream,
  Upcasters,
} from "./kernel/event.js";
export { hashOf } from "./kernel/hash.js";
export { derivedId } from "./kernel/id.js";
export {
  dayToLocalDate,
  type Instant,
  instantSchema,
  isInstant,
  isLocalDate,
  type LocalDate,
  localDateSchema,
  localDateToDay,
  toInstant,
  toMs,
} from "./kernel/instant.js";
export { type LabelBook, type LabelCatalogue, type LabelPart, type Labels, labelCatalogue } from "./kernel/labels.js";
export { addMoney, compareMoney, type Money, money, moneySchema, subtractMoney, sumMoney } from "./kernel/money.js";
export { type Erased, isErased, type Mark, type Personal, personal } from "./kernel/personal.js";
export {
  type Policy,
  type PolicyBook,
  type PolicyKind,
  type PolicyReference,
  policyInForce,
  policyKind,
  type Reference,
} from "./kernel/policy.js";
export type { AnyRecord, Back, Clocks, Head, RecordView, Stay } from "./kernel/record.js";
export {
  type Denial,
  deny,
  type Grantee,
  type Issue,
  ok,
  type Refusal,
  type Result,
  refuse,
  type SubjectCode,
  unwrap,
  type Verdict,
} from "./kernel/result.js";
export type { Gap, HeldRow, Reached, Run, RunMark, Start, StartOf } from "./kernel/run.js";
export type { $ZodType } from "./kernel/schema.js";
export { sha256 } from "./kernel/sha256.js";
export type { Slot } from "./kernel/slot.js";
export type { Installed, Token } from "./kernel/token.js";
export { isZone, localDateOf, startOfLocalDate } from "./kernel/zone.js";
export type { AnyKind } from "./lifecycle/compile.js";
export { type Deadlines, deadlines } from "./lifecycle/deadlines.js";
export { lifecycleDiagram } from "./lifecycle/diagram.js";
export { type Reacting, type Reaction, reaction } from "./lifecycle/reaction.js";
export type { ClockReading, Version } from "./lifecycle/readings.js";
export {
  type Breached,
  type BreachedData,
  hears,
  type Lapsed,
  type Moved,
  type NoInput,
  type Opened,
  type RecordKind,
  type Revised,
  type RevisedData,
  recordKind,
  type StateDef,
  type Warned,
  type WarnedData,
} from "./lifecycle/record-kind.js";
export { type ClockDifference, clockHistory, type Knowing, replay } from "./lifecycle/retell.js";
export type { DueField, Span } from "./lifecycle/span.js";
export type {
  Available,
  Check,
  Clock,
  Command,
  Decision,
  Escalation,
  From,
  Given,
  Grant,
  Guard,
  Hears,
  Lapse,
  Marking,
  Order,
  Permit,
  Phase,
  Reminders,
  State,
  Transition,
  When,
} from "./lifecycle/tokens.js";
export { type Finding, type LifecycleCode, verifyLifecycle } from "./lifecycle/verify.js";
export { type Diagnostic, type DiagnosticCode, diagnose } from "./plugin/diagnose.js";
export { definePlugin, type Plugin, type ReservedWord, reservedWords } from "./plugin/plugin.js";
export type { Backlog, Delivery, Halted, HaltedAt, Outbox, Outcome } from "./ports/outbox.js";
export type {
  Columns,
  Due,
  Page,
  People,
  Query,
  Reads,
  Receipt,
  Repository,
  Scalar,
  Sealable,
  Store,
  UnitOfWork,
} from "./ports/store.js";
export {
  type CommandOf,
  coreLabels,
  corePlugin,
  createServiceRules,
  type Doors,
  type DoorsOf,
  type DraftOf,
  type EventOf,
  type FieldsOf,
  type InferCommand,
  type InferEvent,
  type InferRecord,
  type KindId,
  type OpenInputOf,
  type PolicyFields,
  policyBook,
  policyRecord,
  type Reacted,
  type RecordOf,
  type ServiceRules,
  type SlotsOf,
  type Slotted,
  type Sound,
  type StateIdOf,
  type TokensOf,
} from "./rules/index.js";
export * from "./satisfaction/index.js";
export * from "./scorecard/index.js";
export {
  type ClockInterval,
  type Dated,
  type EarlierRun,
  type Happening,
  type Level,
  type LevelReached,
  type Offset,
  type Plain,
  type Reading,
  type ReadOptions,
  readClock,
  type ServiceLevels,
  serviceLevels,
  type Target,
  type TargetRow,
  type Within,
} from "./sla/index.js";
export * from "./statistics/index.js";
export { type MemoryStore, type MemoryTransaction, memoryStore } from "./store/memory/index.js";
