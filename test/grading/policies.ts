import { type GradingBody, gradingPolicy } from "../../src/grading/index.js";
import type { Policy } from "../../src/kernel/policy.js";
import { linear } from "../../src/scorecard/index.js";
import { earlier, noon } from "../given.js";

/** Orders for 60 points, the last of them for 40: A from 80, B from 50, C below. */
export const body: GradingBody = {
  criteria: [
    linear.row({ id: "orders", fact: "frequency", args: { none: 0, full: 10 }, weight: 60 }),
    linear.row({ id: "last", fact: "recency", args: { none: 100, full: 0 }, weight: 40 }),
  ],
  grades: [
    { grade: "A", from: 80 },
    { grade: "B", from: 50 },
    { grade: "C", from: 0 },
  ],
};
export const policy = (
  more: Partial<GradingBody> = {},
  version = 1,
  from = earlier(noon, { days: 365 }),
): Policy<"grading", GradingBody> =>
  gradingPolicy.version({ id: "standard", version, from, body: { ...body, ...more } });
/** As it might lie in a store since other times: what is not installed any more is not checked on the way in. */
export const stale = (row: object, more: Partial<GradingBody> = {}, version = 1) =>
  policy({ ...more, criteria: [{ ...body.criteria[0]!, weight: 100, ...row }] }, version);
