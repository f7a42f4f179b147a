import { metric, net, topBox } from "./metric.js";
import { cesQuestion, csatQuestion, npsQuestion } from "./questions.js";

// Not among the tokens of the core: no rule of a composition needs a metric, and statistics cost only who imports them.

/**
 * Customer satisfaction as a top-box share.
 *
 * @example
 * ```ts
 * import { csat, scoreOf } from "clientele";
 *
 * scoreOf(csat, [5, 4, 3, 1]).value; // => 0.5
 * ```
 */
export const csat = /* @__PURE__ */ metric("csat", {
  revision: 1,
  question: csatQuestion,
  unit: "share",
  definition: "4 or 5 of 1 to 5",
  score: topBox(4, 5),
});
/**
 * Net promoter score, as a share from −1 to 1; people are shown points, times 100.
 *
 * @example
 * ```ts
 * import { nps, scoreOf } from "clientele";
 *
 * scoreOf(nps, [10, 9, 8, 0]).value; // => 0.25
 * ```
 */
export const nps = /* @__PURE__ */ metric("nps", {
  revision: 1,
  question: npsQuestion,
  unit: "net share",
  definition: "9 and 10 less 0 to 6, of 0 to 10",
  score: net(9, 6),
});
/**
 * Customer effort as the share who found it easy.
 *
 * @example
 * ```ts
 * import { ces, scoreOf } from "clientele";
 *
 * scoreOf(ces, [7, 5, 4, 1]).value; // => 0.5
 * ```
 */
export const ces = /* @__PURE__ */ metric("ces", {
  revision: 1,
  question: cesQuestion,
  unit: "share",
  definition: "5 to 7 of 1 to 7",
  score: topBox(5, 7),
});
