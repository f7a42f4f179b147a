export { type Counts, countBetween, counted, emptyCounts, mergedCounts, momentsOf, totalOf } from "./counts.js";
export { type NetCounts, type NetScore, netScore, netScoreInterval } from "./net-score.js";
export { normalQuantile } from "./normal.js";
export { type Interval, wilson } from "./proportion.js";
export { quantiles } from "./quantile.js";
