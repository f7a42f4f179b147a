export type { Pareto, ParetoRow } from "../statistics/pareto.js";
export type { Rate } from "../statistics/rate.js";
export { type Assessed, type Assessment, assessmentOf, type Seen } from "./assessment.js";
export {
  type AssignmentBody,
  type AssignmentRow,
  type AssignmentRule,
  assignment,
  assignmentRule,
  byLanguage,
  byLoad,
  bySkill,
  type Candidate,
  type Ownerless,
  type RankedOwner,
  rankOwners,
  type Suits,
} from "./assignment.js";
export { type Assumption, type AssumptionId, recoveryAssumptions } from "./assumptions.js";
export { type AuthorityBody, authorityLimits, type Limit } from "./authority.js";
export { type BulkHandover, type BulkOptions, bulkHandovers } from "./bulk-handovers.js";
export type { CaseRecord, ComplaintCase } from "./case.js";
export * as complaintClocks from "./clocks.js";
export * as complaintCommands from "./commands.js";
export { complaintTokens } from "./core.js";
export * as complaintEvents from "./events.js";
export type { HandlingCheck, HandlingCode, HandlingFinding, HandlingSays, Judgement } from "./finding.js";
export { type BreachForecast, type BreachQuestion, forecastBreach, type Handled } from "./forecast.js";
export {
  type GamingCheck,
  type GamingCode,
  type GamingFinding,
  type GamingOptions,
  gamingIn,
} from "./gaming.js";
export type { ClocksAt, DueOptions } from "./gaming-due.js";
export * as complaintGuards from "./guards.js";
export { handlingTimeOf } from "./handling-time.js";
export {
  type HandledCase,
  type HandlingJudgement,
  type HandlingOptions,
  type HandlingWord,
  judgeHandling,
} from "./judgement.js";
export { type ComplaintLabels, complaintLabels } from "./labels.js";
export type { Entry, EntryStatus, Offer } from "./ledger.js";
export {
  type ComplaintFields,
  type ComplaintInput,
  complaint,
  type Findings,
  type Proposal,
  type Tally,
} from "./model.js";
export * as complaintPermits from "./permits.js";
export { type Pile, type PileInProgress, type PileOptions, pileOf, startPile } from "./pile.js";
export type { AgeBand, Ageing } from "./pile-ageing.js";
export type { PileReport } from "./pile-heap.js";
export type { ClockRate, HandlingRates } from "./pile-rates.js";
export type { RemedyCost, RemedyCosts, Responsibility } from "./pile-remedies.js";
export type { StageRow, StageTimes } from "./pile-stages.js";
export { type PingPong, pingPong, type Return } from "./ping-pong.js";
export {
  type Category,
  type Cause,
  type ComplaintBody,
  complaintPolicy,
  type Demand,
  type MajorRule,
  type Node,
  type PriorityRow,
} from "./policy.js";
export * as complaintReactions from "./reactions.js";
export type { Recovery, Worth } from "./recovery.js";
export { type RemedyKind, remedyKind } from "./remedy.js";
export { findDuplicates, findRepeats } from "./repeats.js";
export type { Duplicate, Repeat } from "./repeats-within.js";
export { type ComplaintReportLabels, complaintReportLabels } from "./report-labels.js";
export type { SameOptions } from "./sameness.js";
export { gapOf, type Ranked, rankRemedies, type Settled, type SettlementGap } from "./settlement.js";
export type { ComplaintReport } from "./spike-cases.js";
export { type ComplaintSpike, detectSpikes, type SpikeLevel, type SpikeOptions } from "./spikes.js";
export * as complaintStates from "./states.js";
export {
  eventsFor,
  type Hidden,
  type Sight,
  usualSights,
  type ViewOf,
  type VisibilityBody,
  viewFor,
  visibility,
} from "./visibility.js";
export type {
  Channel,
  CoreRemedy,
  Flags,
  Grade3,
  Link,
  Nature,
  Priority,
  RaisedBy,
  Remedy,
  Scope,
  Severity,
  Share,
  Wanted,
} from "./vocabulary.js";
