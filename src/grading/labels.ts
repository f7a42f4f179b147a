import type { Labels } from "../kernel/labels.js";
import type { IdOf, Ids } from "../kernel/token.js";
import type * as commands from "./commands.js";
import type * as events from "./events.js";
import type { grading } from "./model.js";
import type * as states from "./states.js";

/** A language is whole or does not compile. */
export interface GradingLabels extends Labels {
  readonly states: Readonly<Record<`grading/${Ids<typeof states>}`, string>>;
  readonly commands: Readonly<Record<`grading/${Ids<typeof commands>}`, string>>;
  readonly events: Readonly<Record<Ids<typeof events> | IdOf<(typeof grading)["opened" | "moved" | "lapsed"]>, string>>;
  readonly refusals: Readonly<
    Record<"GRADING_POLICY_UNUSABLE" | "NO_GRADING_POLICY" | "UNKNOWN_GRADE" | "UNTIL_IS_PAST", string>
  >;
  readonly words: Readonly<Record<"grading", string>>;
}

/** What people read about grades. */
export const gradingLabels: { readonly en: GradingLabels; readonly "zh-CN": GradingLabels } = {
  en: {
    states: {
      "grading/graded": "Graded",
      "grading/overridden": "Kept by hand",
      "grading/ended": "Not graded any more",
    },
    commands: {
      "grading/grade": "Grade",
      "grading/override": "Set a grade by hand",
      "grading/lift": "End the override",
      "grading/end": "Stop grading",
      "grading/begin": "Grade again",
    },
    events: {
      "grading.opened": "First to be graded",
      "grading.moved": "Grading moved on",
      "grading.lapsed": "Time has passed",
      "grading.graded": "Graded",
      "grading.overridden": "Grade set by hand",
      "grading.restored": "Natural grade restored",
    },
    refusals: {
      GRADING_POLICY_UNUSABLE: "The grading policy does not fit what is installed.",
      NO_GRADING_POLICY: "No grading policy is in force.",
      UNKNOWN_GRADE: "The grading policy has no such grade.",
      UNTIL_IS_PAST: "An override needs an end in the future.",
    },
    words: { grading: "Grade" },
  },
  "zh-CN": {
    states: { "grading/graded": "已评级", "grading/overridden": "人工评级", "grading/ended": "不再评级" },
    commands: {
      "grading/grade": "评级",
      "grading/override": "人工设定级别",
      "grading/lift": "取消人工级别",
      "grading/end": "停止评级",
      "grading/begin": "恢复评级",
    },
    events: {
      "grading.opened": "首次评级",
      "grading.moved": "评级有变动",
      "grading.lapsed": "期限已到",
      "grading.graded": "已评级",
      "grading.overridden": "人工设定级别",
      "grading.restored": "恢复自然级别",
    },
    refusals: {
      GRADING_POLICY_UNUSABLE: "评级规则与已安装的内容不符。",
      NO_GRADING_POLICY: "没有生效的评级规则。",
      UNKNOWN_GRADE: "评级规则中没有该级别。",
      UNTIL_IS_PAST: "人工级别的截止时间必须在将来。",
    },
    words: { grading: "客户级别" },
  },
};
