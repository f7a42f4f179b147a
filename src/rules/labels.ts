import { complaintLabels, complaintReportLabels } from "../complaint/index.js";
import { correctiveActionLabels } from "../corrective-action/index.js";
import { customerLabels } from "../customer/index.js";
import { followUpLabels } from "../follow-up/index.js";
import { gradingLabels } from "../grading/index.js";
import type { LabelBook } from "../kernel/labels.js";
import { refusalLabels } from "../kernel/refusal-labels.js";
import { satisfactionLabels } from "../satisfaction/index.js";

/** Every word of the core, in English and Chinese; not part of a composition. */
export const coreLabels: readonly LabelBook[] = [
  refusalLabels,
  {
    en: {
      states: { "policy/adopted": "Adopted" },
      events: {
        "policy.opened": "Policy adopted",
        "policy.moved": "Policy moved on",
        "policy.lapsed": "Deadline passed",
      },
    },
    "zh-CN": {
      states: { "policy/adopted": "已生效" },
      events: { "policy.opened": "规则已采用", "policy.moved": "规则已变更", "policy.lapsed": "超过期限" },
    },
  },
  customerLabels,
  gradingLabels,
  complaintLabels,
  complaintReportLabels,
  correctiveActionLabels,
  satisfactionLabels,
  followUpLabels,
];
