import type { Labels } from "../kernel/labels.js";
import type { IdOf, Ids } from "../kernel/token.js";
import type * as clocks from "./clocks.js";
import type * as commands from "./commands.js";
import type * as events from "./events.js";
import type { Channel, complaint, Nature, Remedy, Scope, Severity } from "./model.js";
import type * as states from "./states.js";

type Denials =
  | "ALREADY_OWNED"
  | "CUSTOMERS_WORDS_NEEDED"
  | "HIGHEST_LEVEL"
  | "MAJOR_NEEDS_MANAGER"
  | "NOT_ASSESSED"
  | "NOT_OWNED"
  | "ONLY_INBOUND"
  | "SAME_OWNER";
type Words =
  | `clock/${Ids<typeof clocks>}`
  | `channel/${Channel}`
  | `nature/${Nature}`
  | `scope/${Scope}`
  | `severity/${Severity}`
  | `remedy/${Remedy}`;

/** A language is whole or does not compile. */
export interface ComplaintLabels extends Labels {
  readonly states: Readonly<Record<`complaint/${Ids<typeof states>}`, string>>;
  readonly commands: Readonly<Record<`complaint/${Ids<typeof commands>}`, string>>;
  readonly events: Readonly<
    Record<
      Ids<typeof events> | IdOf<(typeof complaint)["opened" | "moved" | "lapsed" | "warned" | "breached" | "revised"]>,
      string
    >
  >;
  readonly refusals: Readonly<Record<Denials, string>>;
  readonly words: Readonly<Record<Words | "complaint", string>>;
}

/** What people read about complaints. Not part of a composition: imported by the screens that show it. */
export const complaintLabels: { readonly en: ComplaintLabels; readonly "zh-CN": ComplaintLabels } = {
  en: {
    states: {
      "complaint/received": "Received",
      "complaint/acknowledged": "Acknowledged",
      "complaint/assessed": "Assessed",
      "complaint/investigating": "Investigating",
      "complaint/proposed": "Solution proposed",
      "complaint/resolving": "Being resolved",
      "complaint/resolved": "Resolved",
      "complaint/closed": "Closed",
      "complaint/withdrawn": "Withdrawn",
      "complaint/rejected": "Rejected",
      "complaint/waiting_for_customer": "Waiting for the customer",
      "complaint/waiting_for_third_party": "Waiting for a third party",
    },
    commands: {
      "complaint/acknowledge": "Acknowledge",
      "complaint/assess": "Assess",
      "complaint/reassess": "Assess anew",
      "complaint/investigate": "Investigate",
      "complaint/propose": "Propose a solution",
      "complaint/accept": "Accept the solution",
      "complaint/decline": "Decline the solution",
      "complaint/resolve": "Mark as carried out",
      "complaint/confirm": "Confirm satisfaction",
      "complaint/dispute": "Still unhappy",
      "complaint/reopen": "Reopen",
      "complaint/withdraw": "Withdraw",
      "complaint/reject": "Reject",
      "complaint/escalate": "Escalate",
      "complaint/assign": "Assign an owner",
      "complaint/hand_over": "Hand over",
      "complaint/note": "Add a note",
      "complaint/contact": "Record a contact",
      "complaint/wait_for_customer": "Wait for the customer",
      "complaint/wait_for_third_party": "Wait for a third party",
      "complaint/reply": "Reply",
      "complaint/resume": "Resume",
    },
    events: {
      "complaint.opened": "Complaint received",
      "complaint.moved": "Moved on",
      "complaint.lapsed": "Its time in this state has run out",
      "complaint.warned": "Due soon",
      "complaint.breached": "Overdue",
      "complaint.revised": "Verdict on a deadline corrected",
      "complaint.acknowledged": "Receipt acknowledged",
      "complaint.assessed": "Assessed",
      "complaint.proposed": "Solution proposed",
      "complaint.accepted": "Solution accepted",
      "complaint.declined": "Solution declined",
      "complaint.resolved": "Solution carried out",
      "complaint.confirmed": "Customer satisfied",
      "complaint.disputed": "Customer still unhappy",
      "complaint.reopened": "Reopened",
      "complaint.withdrawn": "Withdrawn",
      "complaint.rejected": "Rejected",
      "complaint.escalated": "Escalated",
      "complaint.assigned": "Owner assigned",
      "complaint.handed_over": "Handed over",
      "complaint.noted": "Note added",
      "complaint.contacted": "Contact with the customer",
      "complaint.waited": "Waiting",
      "complaint.resumed": "Resumed",
    },
    refusals: {
      ALREADY_OWNED: "The complaint already has an owner; hand it over instead.",
      CUSTOMERS_WORDS_NEEDED: "Write down what the customer said.",
      HIGHEST_LEVEL: "The complaint is already at the highest level.",
      MAJOR_NEEDS_MANAGER: "A major complaint is for a manager to settle.",
      NOT_ASSESSED: "The complaint has not been assessed yet.",
      NOT_OWNED: "The complaint has no owner yet; assign one first.",
      ONLY_INBOUND: "A customer can only record what they say themselves.",
      SAME_OWNER: "That person is the owner already.",
    },
    words: {
      complaint: "Complaint",
      "clock/acknowledge": "Acknowledgement",
      "clock/first_response": "First response",
      "clock/next_response": "Next response",
      "clock/update": "Progress update",
      "clock/resolution": "Resolution",
      "channel/phone": "Phone",
      "channel/email": "E-mail",
      "channel/letter": "Letter",
      "channel/web": "Web form",
      "channel/chat": "Chat",
      "channel/visit": "Visit",
      "channel/social": "Social media",
      "channel/other": "Other",
      "nature/product": "Product",
      "nature/service": "Service",
      "nature/logistics": "Logistics",
      "nature/other": "Other",
      "scope/general": "General",
      "scope/major": "Major",
      "severity/low": "Low",
      "severity/normal": "Normal",
      "severity/high": "High",
      "severity/critical": "Critical",
      "remedy/refund": "Refund",
      "remedy/replacement": "Replacement",
      "remedy/repair": "Repair",
      "remedy/redelivery": "New delivery",
      "remedy/compensation": "Compensation",
      "remedy/improvement": "Improvement",
      "remedy/accountability": "Holding those responsible to account",
      "remedy/apology": "Apology",
      "remedy/explanation": "Explanation",
    },
  },
  "zh-CN": {
    states: {
      "complaint/received": "已受理",
      "complaint/acknowledged": "已确认",
      "complaint/assessed": "已评估",
      "complaint/investigating": "调查中",
      "complaint/proposed": "已提出方案",
      "complaint/resolving": "处理中",
      "complaint/resolved": "已解决",
      "complaint/closed": "已结案",
      "complaint/withdrawn": "已撤诉",
      "complaint/rejected": "不予受理",
      "complaint/waiting_for_customer": "等待客户",
      "complaint/waiting_for_third_party": "等待第三方",
    },
    commands: {
      "complaint/acknowledge": "确认受理",
      "complaint/assess": "评估",
      "complaint/reassess": "重新评估",
      "complaint/investigate": "调查",
      "complaint/propose": "提出方案",
      "complaint/accept": "接受方案",
      "complaint/decline": "拒绝方案",
      "complaint/resolve": "执行完毕",
      "complaint/confirm": "确认满意",
      "complaint/dispute": "仍不满意",
      "complaint/reopen": "重新受理",
      "complaint/withdraw": "撤诉",
      "complaint/reject": "不予受理",
      "complaint/escalate": "升级",
      "complaint/assign": "指定责任人",
      "complaint/hand_over": "移交",
      "complaint/note": "添加备注",
      "complaint/contact": "记录沟通",
      "complaint/wait_for_customer": "等待客户",
      "complaint/wait_for_third_party": "等待第三方",
      "complaint/reply": "回复",
      "complaint/resume": "继续处理",
    },
    events: {
      "complaint.opened": "收到投诉",
      "complaint.moved": "进入下一步",
      "complaint.lapsed": "该状态停留时间已到",
      "complaint.warned": "即将到期",
      "complaint.breached": "已超时限",
      "complaint.revised": "时限判定已更正",
      "complaint.acknowledged": "已确认受理",
      "complaint.assessed": "已评估",
      "complaint.proposed": "已提出方案",
      "complaint.accepted": "客户接受方案",
      "complaint.declined": "客户拒绝方案",
      "complaint.resolved": "方案已执行",
      "complaint.confirmed": "客户满意",
      "complaint.disputed": "客户仍不满意",
      "complaint.reopened": "重新受理",
      "complaint.withdrawn": "已撤诉",
      "complaint.rejected": "不予受理",
      "complaint.escalated": "已升级",
      "complaint.assigned": "已指定责任人",
      "complaint.handed_over": "已移交",
      "complaint.noted": "已添加备注",
      "complaint.contacted": "与客户沟通",
      "complaint.waited": "等待中",
      "complaint.resumed": "已继续处理",
    },
    refusals: {
      ALREADY_OWNED: "该投诉已有责任人，请改用移交。",
      CUSTOMERS_WORDS_NEEDED: "请记录客户的原话。",
      HIGHEST_LEVEL: "该投诉已处于最高级别。",
      MAJOR_NEEDS_MANAGER: "重大投诉须由经理处理。",
      NOT_ASSESSED: "该投诉尚未评估。",
      NOT_OWNED: "该投诉尚无责任人，请先指定。",
      ONLY_INBOUND: "客户只能记录自己的话。",
      SAME_OWNER: "该人员已是责任人。",
    },
    words: {
      complaint: "投诉",
      "clock/acknowledge": "受理确认",
      "clock/first_response": "首次响应",
      "clock/next_response": "后续响应",
      "clock/update": "进展通报",
      "clock/resolution": "解决",
      "channel/phone": "电话",
      "channel/email": "电子邮件",
      "channel/letter": "信函",
      "channel/web": "网页表单",
      "channel/chat": "在线聊天",
      "channel/visit": "上门",
      "channel/social": "社交媒体",
      "channel/other": "其他",
      "nature/product": "产品",
      "nature/service": "服务",
      "nature/logistics": "物流",
      "nature/other": "其他",
      "scope/general": "一般投诉",
      "scope/major": "重大投诉",
      "severity/low": "低",
      "severity/normal": "普通",
      "severity/high": "高",
      "severity/critical": "严重",
      "remedy/refund": "退款",
      "remedy/replacement": "换货",
      "remedy/repair": "维修",
      "remedy/redelivery": "重新配送",
      "remedy/compensation": "赔偿",
      "remedy/improvement": "改进",
      "remedy/accountability": "追责",
      "remedy/apology": "道歉",
      "remedy/explanation": "解释说明",
    },
  },
};
