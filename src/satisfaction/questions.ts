import { question } from "./question.js";

/** How satisfied are you? 1 to 5. */
export const csatQuestion = /* @__PURE__ */ question("csat", { revision: 1, min: 1, max: 5 });
/** How likely are you to recommend us? 0 to 10. */
export const npsQuestion = /* @__PURE__ */ question("nps", { revision: 1, min: 0, max: 10 });
/** It was easy to get my matter settled: 1 (not at all) to 7 (entirely). */
export const cesQuestion = /* @__PURE__ */ question("ces", { revision: 1, min: 1, max: 7 });
