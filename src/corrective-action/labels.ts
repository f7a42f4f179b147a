import type { Labels } from "../kernel/labels.js";
import type { IdOf, Ids } from "../kernel/token.js";
import type * as clocks from "./clocks.js";
import type * as commands from "./commands.js";
import type * as events from "./events.js";
import type { ActionKind, correctiveAction } from "./model.js";
import type * as states from "./states.js";

/** `SAME_OWNER` is the complaint's: of two concepts only one can have the words of a code. */
type Denials =
  | "ACTIONS_OPEN"
  | "ALREADY_DONE"
  | "ALREADY_LINKED"
  | "ALREADY_PLANNED"
  | "ANALYSE_FIRST"
  | "EFFECTIVE"
  | "HAS_OWNER"
  | "LAST_COMPLAINT"
  | "NOTHING_PLANNED"
  | "NOT_EFFECTIVE"
  | "NO_OWNER"
  | "SAME_PERSON"
  | "TOO_EARLY_TO_CHECK"
  | "TOO_MANY_ACTIONS"
  | "TOO_MANY_COMPLAINTS"
  | "TOP_LEVEL"
  | "UNKNOWN_ACTION"
  | "UNKNOWN_COMPLAINT";
type Words =
  | `clock/${Ids<typeof clocks>}`
  | `action/${ActionKind}`
  | `corrective-action/${"problem" | "cause" | "escape" | "whys" | "goal" | "round" | "later"}`;

/** A language is whole or does not compile. */
export interface CorrectiveActionLabels extends Labels {
  readonly states: Readonly<Record<`corrective-action/${Ids<typeof states>}`, string>>;
  readonly commands: Readonly<Record<`corrective-action/${Ids<typeof commands>}`, string>>;
  readonly events: Readonly<
    Record<
      | Ids<typeof events>
      | IdOf<(typeof correctiveAction)["opened" | "moved" | "lapsed" | "warned" | "breached" | "revised"]>,
      string
    >
  >;
  readonly refusals: Readonly<Record<Denials, string>>;
  readonly words: Readonly<Record<Words | "corrective-action", string>>;
}

/** What people read about corrective actions. Not part of a composition: imported by the screens that show them. */
export const correctiveActionLabels: {
  readonly en: CorrectiveActionLabels;
  readonly "zh-CN": CorrectiveActionLabels;
} = {
  en: {
    states: {
      "corrective-action/containing": "Containment",
      "corrective-action/analysing": "Root-cause analysis",
      "corrective-action/planning": "Planning",
      "corrective-action/verifying": "Waiting for verification",
      "corrective-action/implementing": "Being implemented",
      "corrective-action/observing": "Effect under observation",
      "corrective-action/closed": "Closed, effective",
      "corrective-action/cancelled": "Cancelled",
    },
    commands: {
      "corrective-action/contain": "Contained",
      "corrective-action/analyse": "Record the root cause",
      "corrective-action/plan_action": "Plan an action",
      "corrective-action/drop_action": "Drop an action",
      "corrective-action/submit": "Hand the plan in",
      "corrective-action/verify": "Verify the plan",
      "corrective-action/replan": "Back to planning",
      "corrective-action/reanalyse": "Back to the root cause",
      "corrective-action/complete": "Action done",
      "corrective-action/implement": "Everything is implemented",
      "corrective-action/pass_check": "Effective: close",
      "corrective-action/fail_check": "Not effective: back to the root cause",
      "corrective-action/cancel": "Cancel",
      "corrective-action/reopen": "Reopen",
      "corrective-action/link": "Link a complaint",
      "corrective-action/unlink": "Unlink a complaint",
      "corrective-action/assign": "Assign an owner",
      "corrective-action/hand_over": "Hand over",
      "corrective-action/escalate": "Escalate",
      "corrective-action/note": "Add a note",
    },
    events: {
      "corrective-action.opened": "Corrective action opened",
      "corrective-action.moved": "Moved to the next step",
      "corrective-action.lapsed": "Its time in the state is over",
      "corrective-action.warned": "Soon due",
      "corrective-action.breached": "Overdue",
      "corrective-action.revised": "Verdict on a deadline revised",
      "corrective-action.contained": "Contained",
      "corrective-action.analysed": "Root cause recorded",
      "corrective-action.planned": "Action planned",
      "corrective-action.dropped": "Action dropped",
      "corrective-action.submitted": "Plan handed in",
      "corrective-action.verified": "Plan verified",
      "corrective-action.sent_back": "Sent back",
      "corrective-action.completed": "Action done",
      "corrective-action.implemented": "Implemented",
      "corrective-action.checked": "Effect checked",
      "corrective-action.cancelled": "Cancelled",
      "corrective-action.reopened": "Reopened",
      "corrective-action.linked": "Complaint linked",
      "corrective-action.unlinked": "Complaint unlinked",
      "corrective-action.escalated": "Escalated",
      "corrective-action.assigned": "Owner assigned",
      "corrective-action.handed_over": "Handed over",
      "corrective-action.noted": "Note added",
    },
    refusals: {
      ACTIONS_OPEN: "There are actions that are not done yet.",
      ALREADY_DONE: "This action is done already.",
      ALREADY_LINKED: "This complaint is linked already.",
      ALREADY_PLANNED: "There is an action under this id already.",
      ANALYSE_FIRST: "Before the root cause is known, only containment can be planned.",
      EFFECTIVE: "No more complaints came than allowed: the check is passed.",
      HAS_OWNER: "It has an owner already; hand it over instead.",
      LAST_COMPLAINT: "A corrective action answers at least one complaint.",
      NOTHING_PLANNED: "Plan at least one corrective or preventive action first.",
      NOT_EFFECTIVE: "More complaints came than allowed: the check is failed.",
      NO_OWNER: "It has no owner yet; assign one first.",
      SAME_PERSON: "Somebody other than who planned it has to verify it.",
      TOO_EARLY_TO_CHECK: "The time of observation is not over yet.",
      TOO_MANY_ACTIONS: "No more than 50 actions can be planned.",
      TOO_MANY_COMPLAINTS: "No more than 100 complaints can be linked.",
      TOP_LEVEL: "It is at the highest level already.",
      UNKNOWN_ACTION: "There is no such action.",
      UNKNOWN_COMPLAINT: "This complaint is not linked.",
    },
    words: {
      "corrective-action": "Corrective action",
      "corrective-action/problem": "Problem",
      "corrective-action/cause": "Root cause of occurrence",
      "corrective-action/escape": "Root cause of non-detection",
      "corrective-action/whys": "Five whys",
      "corrective-action/goal": "Goal for the effect",
      "corrective-action/round": "Round",
      "corrective-action/later": "Later complaints with the same cause",
      "clock/containment": "Containment",
      "clock/implementation": "Implementation",
      "clock/effectiveness": "Check of effectiveness",
      "action/containment": "Containment action",
      "action/corrective": "Corrective action",
      "action/preventive": "Preventive action",
    },
  },
  "zh-CN": {
    states: {
      "corrective-action/containing": "遏制中",
      "corrective-action/analysing": "根本原因分析中",
      "corrective-action/planning": "制定措施中",
      "corrective-action/verifying": "待方案验证",
      "corrective-action/implementing": "实施中",
      "corrective-action/observing": "有效性观察中",
      "corrective-action/closed": "有效，已关闭",
      "corrective-action/cancelled": "已取消",
    },
    commands: {
      "corrective-action/contain": "完成遏制",
      "corrective-action/analyse": "记录根本原因",
      "corrective-action/plan_action": "制定措施",
      "corrective-action/drop_action": "撤销措施",
      "corrective-action/submit": "提交方案",
      "corrective-action/verify": "验证方案",
      "corrective-action/replan": "退回重新制定",
      "corrective-action/reanalyse": "退回原因分析",
      "corrective-action/complete": "措施已完成",
      "corrective-action/implement": "全部实施完毕",
      "corrective-action/pass_check": "有效，予以关闭",
      "corrective-action/fail_check": "无效，退回原因分析",
      "corrective-action/cancel": "取消",
      "corrective-action/reopen": "重新打开",
      "corrective-action/link": "关联投诉",
      "corrective-action/unlink": "取消关联投诉",
      "corrective-action/assign": "指定责任人",
      "corrective-action/hand_over": "移交",
      "corrective-action/escalate": "升级",
      "corrective-action/note": "添加备注",
    },
    events: {
      "corrective-action.opened": "已立项纠正措施",
      "corrective-action.moved": "进入下一步",
      "corrective-action.lapsed": "该状态停留时间已到",
      "corrective-action.warned": "即将到期",
      "corrective-action.breached": "已超时限",
      "corrective-action.revised": "时限判定已更正",
      "corrective-action.contained": "已遏制",
      "corrective-action.analysed": "已记录根本原因",
      "corrective-action.planned": "已制定措施",
      "corrective-action.dropped": "已撤销措施",
      "corrective-action.submitted": "已提交方案",
      "corrective-action.verified": "方案已验证",
      "corrective-action.sent_back": "已退回",
      "corrective-action.completed": "措施已完成",
      "corrective-action.implemented": "已全部实施",
      "corrective-action.checked": "已验证有效性",
      "corrective-action.cancelled": "已取消",
      "corrective-action.reopened": "已重新打开",
      "corrective-action.linked": "已关联投诉",
      "corrective-action.unlinked": "已取消关联投诉",
      "corrective-action.escalated": "已升级",
      "corrective-action.assigned": "已指定责任人",
      "corrective-action.handed_over": "已移交",
      "corrective-action.noted": "已添加备注",
    },
    refusals: {
      ACTIONS_OPEN: "还有措施尚未完成。",
      ALREADY_DONE: "该措施已完成。",
      ALREADY_LINKED: "该投诉已关联。",
      ALREADY_PLANNED: "该编号的措施已存在。",
      ANALYSE_FIRST: "查明根本原因之前，只能制定遏制措施。",
      EFFECTIVE: "后续投诉未超过允许数量，有效性验证应为通过。",
      HAS_OWNER: "已有责任人，请改用移交。",
      LAST_COMPLAINT: "纠正措施至少须关联一件投诉。",
      NOTHING_PLANNED: "请先制定至少一项纠正措施或预防措施。",
      NOT_EFFECTIVE: "后续投诉超过允许数量，有效性验证未通过。",
      NO_OWNER: "尚无责任人，请先指定。",
      SAME_PERSON: "方案须由制定者以外的人员验证。",
      TOO_EARLY_TO_CHECK: "观察期尚未结束。",
      TOO_MANY_ACTIONS: "最多可制定50项措施。",
      TOO_MANY_COMPLAINTS: "最多可关联100件投诉。",
      TOP_LEVEL: "已处于最高级别。",
      UNKNOWN_ACTION: "没有这项措施。",
      UNKNOWN_COMPLAINT: "该投诉未关联。",
    },
    words: {
      "corrective-action": "纠正措施",
      "corrective-action/problem": "问题描述",
      "corrective-action/cause": "发生的根本原因",
      "corrective-action/escape": "未检出的根本原因",
      "corrective-action/whys": "五个为什么",
      "corrective-action/goal": "有效性目标",
      "corrective-action/round": "轮次",
      "corrective-action/later": "同一原因的后续投诉",
      "clock/containment": "遏制",
      "clock/implementation": "实施",
      "clock/effectiveness": "有效性验证",
      "action/containment": "遏制措施",
      "action/corrective": "纠正措施",
      "action/preventive": "预防措施",
    },
  },
};
