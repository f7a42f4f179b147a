import type { Labels } from "../kernel/labels.js";
import type { IdOf, Ids } from "../kernel/token.js";
import type * as commands from "./commands.js";
import type * as events from "./events.js";
import type { FollowUpOutcome, followUp } from "./model.js";
import type { FollowUpChannel } from "./policy.js";
import type * as states from "./states.js";

/** A language is whole or does not compile. */
export interface FollowUpLabels extends Labels {
  readonly states: Readonly<Record<`follow-up/${Ids<typeof states>}`, string>>;
  readonly commands: Readonly<Record<`follow-up/${Ids<typeof commands>}`, string>>;
  readonly events: Readonly<
    Record<Ids<typeof events> | IdOf<(typeof followUp)["opened" | "moved" | "lapsed"]>, string>
  >;
  readonly refusals: Readonly<Record<"LAST_ATTEMPT" | "SAME_DAY", string>>;
  readonly words: Readonly<
    Record<`follow-up-channel/${FollowUpChannel}` | `outcome/${FollowUpOutcome}` | "follow-up", string>
  >;
}

/** What people read about follow-ups. */
export const followUpLabels: { readonly en: FollowUpLabels; readonly "zh-CN": FollowUpLabels } = {
  en: {
    states: {
      "follow-up/planned": "Planned",
      "follow-up/due": "Due",
      "follow-up/overdue": "Overdue",
      "follow-up/done": "Done",
      "follow-up/cancelled": "Cancelled",
      "follow-up/dropped": "Not called for",
    },
    commands: {
      "follow-up/reach": "Reached the customer",
      "follow-up/refuse": "The customer refused",
      "follow-up/miss": "Nobody answered",
      "follow-up/abandon": "Do not try again",
      "follow-up/reschedule": "Move to another day",
      "follow-up/replan": "Plan anew",
      "follow-up/drop": "Take out of the plan",
      "follow-up/cancel": "Cancel",
    },
    events: {
      "follow-up.opened": "Follow-up planned",
      "follow-up.moved": "Follow-up moved on",
      "follow-up.lapsed": "The day has come",
      "follow-up.reached": "Customer reached",
      "follow-up.refused": "Customer refused",
      "follow-up.missed": "Nobody answered",
      "follow-up.abandoned": "Not tried again",
      "follow-up.rescheduled": "Moved to another day",
      "follow-up.replanned": "Planned anew",
      "follow-up.cancelled": "Follow-up cancelled",
    },
    refusals: {
      LAST_ATTEMPT: "That was the last attempt the plan allows.",
      SAME_DAY: "It is on that day already.",
    },
    words: {
      "follow-up": "Follow-up",
      "follow-up-channel/phone": "Phone",
      "follow-up-channel/visit": "Visit",
      "follow-up-channel/email": "E-mail",
      "follow-up-channel/sms": "Text message",
      "follow-up-channel/chat": "Chat",
      "follow-up-channel/letter": "Letter",
      "outcome/reached": "Reached",
      "outcome/refused": "Refused",
      "outcome/unreached": "Not reached",
    },
  },
  "zh-CN": {
    states: {
      "follow-up/planned": "已计划",
      "follow-up/due": "待回访",
      "follow-up/overdue": "已逾期",
      "follow-up/done": "已完成",
      "follow-up/cancelled": "已取消",
      "follow-up/dropped": "计划不再要求",
    },
    commands: {
      "follow-up/reach": "已联系到客户",
      "follow-up/refuse": "客户拒绝",
      "follow-up/miss": "无人接听",
      "follow-up/abandon": "不再尝试",
      "follow-up/reschedule": "改期",
      "follow-up/replan": "重新计划",
      "follow-up/drop": "移出计划",
      "follow-up/cancel": "取消",
    },
    events: {
      "follow-up.opened": "已计划回访",
      "follow-up.moved": "回访有进展",
      "follow-up.lapsed": "已到回访日",
      "follow-up.reached": "已联系到客户",
      "follow-up.refused": "客户拒绝回访",
      "follow-up.missed": "无人接听",
      "follow-up.abandoned": "不再尝试",
      "follow-up.rescheduled": "已改期",
      "follow-up.replanned": "已重新计划",
      "follow-up.cancelled": "回访已取消",
    },
    refusals: { LAST_ATTEMPT: "这已是计划允许的最后一次尝试。", SAME_DAY: "已安排在该日。" },
    words: {
      "follow-up": "回访",
      "follow-up-channel/phone": "电话",
      "follow-up-channel/visit": "上门",
      "follow-up-channel/email": "电子邮件",
      "follow-up-channel/sms": "短信",
      "follow-up-channel/chat": "在线聊天",
      "follow-up-channel/letter": "信函",
      "outcome/reached": "已联系到",
      "outcome/refused": "已拒绝",
      "outcome/unreached": "未联系到",
    },
  },
};
