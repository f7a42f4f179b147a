export * as satisfactionCommands from "./commands.js";
export { complain, satisfactionTokens } from "./core.js";
export * as satisfactionEvents from "./events.js";
export { type SatisfactionLabels, satisfactionLabels } from "./labels.js";
export { type Estimate, type Metric, metric, net, topBox } from "./metric.js";
export { ces, csat, nps } from "./metrics.js";
export { type Invitation, invitationTo, type SatisfactionFields, type Subject, satisfaction } from "./model.js";
export * as satisfactionPermits from "./permits.js";
export { type Survey, type SurveyBody, surveyPolicy } from "./policy.js";
export { type Question, question } from "./question.js";
export { cesQuestion, csatQuestion, npsQuestion } from "./questions.js";
export {
  mergedResponses,
  type Response,
  type Responses,
  responsesIn,
  type Surveyed,
} from "./responses.js";
export * as satisfactionStates from "./states.js";
export { type GroupedCounts, mergedTallies, type Score, scoreOf, scoresOf, tallyColumns, tallyOf } from "./tally.js";
