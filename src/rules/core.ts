import { workingHours } from "../calendar/index.js";
import { complaintTokens } from "../complaint/index.js";
import { correctiveActionTokens } from "../corrective-action/index.js";
import { customerTokens } from "../customer/index.js";
import { followUpTokens } from "../follow-up/index.js";
import { gradingTokens } from "../grading/index.js";
import { deadlines } from "../lifecycle/deadlines.js";
import type { Plugin } from "../plugin/plugin.js";
import { satisfactionTokens } from "../satisfaction/index.js";
import { serviceLevels } from "../sla/index.js";
import { policyPermit, policyRecord, policyStates } from "./policy-record.js";

type CoreToken =
  | (typeof customerTokens)[number]
  | (typeof gradingTokens)[number]
  | (typeof complaintTokens)[number]
  | (typeof correctiveActionTokens)[number]
  | (typeof satisfactionTokens)[number]
  | (typeof followUpTokens)[number]
  | typeof deadlines
  | typeof workingHours
  | typeof serviceLevels
  | typeof policyRecord
  | typeof policyStates
  | typeof policyPermit;

/** The core is a plugin like any other; only its ids have no dot. */
export const corePlugin: Plugin<"core", CoreToken, never> = {
  id: "core",
  requires: [],
  tokens: [
    ...customerTokens,
    ...gradingTokens,
    ...complaintTokens,
    ...correctiveActionTokens,
    ...satisfactionTokens,
    ...followUpTokens,
    deadlines,
    workingHours,
    serviceLevels,
    policyRecord,
    policyStates,
    policyPermit,
  ],
  labels: {},
};
