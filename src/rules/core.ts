import { complaintTokens } from "../complaint/index.js";
import { deadlines } from "../lifecycle/deadlines.js";
import type { Plugin } from "../plugin/plugin.js";
import { policyPermit, policyRecord, policyStates } from "./policy-record.js";

/** The core is a plugin like any other; only its ids have no dot. */
export const corePlugin: Plugin<
  "core",
  (typeof complaintTokens)[number] | typeof deadlines | typeof policyRecord | typeof policyStates | typeof policyPermit,
  never
> = {
  id: "core",
  requires: [],
  tokens: [...complaintTokens, deadlines, policyRecord, policyStates, policyPermit],
  labels: {},
};
