export * as correctiveActionClocks from "./clocks.js";
export * as correctiveActionCommands from "./commands.js";
export { correctiveActionTokens } from "./core.js";
export { type Effect, type EffectComplaint, effectOf, type RateRatio } from "./effect.js";
export * as correctiveActionEvents from "./events.js";
export { type CorrectiveActionLabels, correctiveActionLabels } from "./labels.js";
export {
  type ActionKind,
  type Containment,
  type CorrectiveActionFields,
  type CorrectiveActionInput,
  correctiveAction,
  type EffectCheck,
  type EffectGoal,
  type PlannedAction,
  type PlanVerification,
  type Signed,
} from "./model.js";
export * as correctiveActionPermits from "./permits.js";
export * as correctiveActionStates from "./states.js";
