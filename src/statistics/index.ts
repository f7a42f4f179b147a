export { type Counts, countBetween, counted, emptyCounts, mergedCounts, momentsOf, totalOf } from "./counts.js";
export { type EarsMethod, type EarsOptions, type EarsPoint, ears } from "./ears.js";
export { type NetCounts, type NetScore, netScore, netScoreInterval } from "./net-score.js";
export { normalQuantile } from "./normal.js";
export { type Interval, wilson } from "./proportion.js";
export { quantiles } from "./quantile.js";
export {
  conditionalSurvival,
  kaplanMeier,
  type Observation,
  remainingQuantiles,
  type SurvivalCurve,
  type SurvivalEstimate,
  type SurvivalStep,
} from "./survival.js";
