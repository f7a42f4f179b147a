import { corrective } from "../../examples/plugins/corrective.js";
import { legal } from "../../examples/plugins/legal.js";
import { safety } from "../../examples/plugins/safety.js";
import { vip } from "../../examples/plugins/vip.js";
import type { LabelBook } from "../../src/kernel/labels.js";
import type { Doors } from "../../src/lifecycle/life.js";
import type { Plugin } from "../../src/plugin/plugin.js";
import { coreLabels, createServiceRules } from "../../src/rules/index.js";

export const plugins: readonly Plugin[] = [legal, vip({ callWithinHours: 4 }), corrective, safety];

/** The rules of any list of plugins, for tests that treat them alike. */
export const rulesOf = (list: readonly Plugin[]) => createServiceRules({ plugins: list as never });
export const complaintsOf = (list: readonly Plugin[]): Doors => rulesOf(list).complaints as unknown as Doors;

/** The safety plugin brings no words; its host does. */
const hostLabels: LabelBook = {
  en: {
    refusals: {
      "safety.NOT_FLAGGED": "No danger was flagged.",
      "safety.DANGER_STANDS": "The danger has to be cleared first.",
    },
  },
  "zh-CN": { refusals: { "safety.NOT_FLAGGED": "未标记危险。", "safety.DANGER_STANDS": "须先排除危险。" } },
};
export const labels: readonly LabelBook[] = [...coreLabels, ...plugins.map((p) => p.labels), hostLabels];
