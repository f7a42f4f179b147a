export { type Card, cardOf, criteriaSchema, type Facts, type Row, scoreBy } from "./card.js";
export { bands, linear, lookup, quantile } from "./core.js";
export { type Contribution, explainScore, type Scored } from "./explain.js";
export { type Fact, fact, type Looking, type Measurable } from "./fact.js";
export { fitQuantile } from "./fit.js";
export { type Criterion, type Measure, type Millionths, type MissingPolicy, measure } from "./measure.js";
