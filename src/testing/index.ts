export { type FixedClock, fixedClock } from "./clock.js";
export { countingIds, customer, staff, system, testContext } from "./fixtures.js";
export type { Law } from "./law.js";
export { type PluginLawOptions, pluginLaws } from "./plugin/laws.js";
export type { Scenario, ScenarioStep } from "./plugin/turns.js";
export type {
  Given,
  Outcome,
  Part,
  Past,
  Said,
  Specification,
  SpecificationOf,
  Specify,
} from "./specify/specification.js";
export { specify } from "./specify/specify.js";
export { type ConformanceOptions, storeConformance } from "./store/conformance.js";
