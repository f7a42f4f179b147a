import type { Labels } from "../kernel/labels.js";
import type { AssumptionId } from "./assumptions.js";
import type { HandlingCode } from "./finding.js";
import type { GamingCode } from "./gaming.js";
import type { HandlingWord } from "./judgement.js";

type Words =
  | `judgement/${HandlingWord}`
  | `judgement/${"passed" | "failed" | "undecided"}`
  | `finding/${HandlingCode}`
  | `gaming/${GamingCode}`
  | `assumption/${AssumptionId}`;

/** A language is whole or does not compile. */
export interface ComplaintReportLabels extends Labels {
  readonly words: Readonly<Record<Words, string>>;
}

/** What people read in judgements and reports about complaints. Not part of a composition. */
export const complaintReportLabels: {
  readonly en: ComplaintReportLabels;
  readonly "zh-CN": ComplaintReportLabels;
} = {
  en: {
    words: {
      "judgement/timely": "Timely",
      "judgement/fast": "Fast",
      "judgement/decisive": "Decisive",
      "judgement/thorough": "Thorough",
      "judgement/thankful": "Thankful",
      "judgement/passed": "Passed",
      "judgement/failed": "Failed",
      "judgement/undecided": "Not decided yet",
      "finding/ON_TIME": "On time",
      "finding/LATE": "Late",
      "finding/STILL_RUNNING": "The clock is still running",
      "finding/NOT_OWED": "Nothing was owed",
      "finding/NO_TARGET": "No target was promised",
      "finding/NO_READING": "The clock is not known",
      "finding/AMONG_PEERS": "As fast as comparable complaints",
      "finding/BEHIND_PEERS": "Slower than nearly all comparable complaints",
      "finding/TOO_FEW_PEERS": "Too few comparable complaints",
      "finding/HANDOVERS": "Handovers",
      "finding/RETURNED": "Came back to an earlier owner",
      "finding/RETURNED_TO_DEPARTMENT": "Came back to an earlier department",
      "finding/STALLED": "Was left lying",
      "finding/CAUSE_FOUND": "The cause was found",
      "finding/CAUSE_MISSING": "The cause was not found",
      "finding/REMEDIES_VERIFIED": "Remedies carried out and verified",
      "finding/REMEDIES_NOT_VERIFIED": "Remedies carried out but not verified",
      "finding/REMEDIES_NOT_CARRIED_OUT": "Remedies agreed but not carried out",
      "finding/NO_REMEDY": "No remedy was agreed",
      "finding/NO_LEDGER": "Remedies were not recorded then",
      "finding/DISPUTED": "The customer was still unhappy",
      "finding/REOPENED": "Had to be reopened",
      "finding/APPEALED": "The customer appealed",
      "finding/REPEATED": "The same came again",
      "finding/ACKNOWLEDGED": "The customer was told that it had arrived",
      "finding/NOT_ACKNOWLEDGED": "The customer was not told that it had arrived",
      "finding/INFORMED": "The customer was kept informed",
      "finding/NOT_INFORMED": "The customer was not kept informed",
      "finding/TOLD_AT_THE_END": "The customer was told or thanked at the end",
      "finding/NOT_TOLD_AT_THE_END": "The customer was neither told nor thanked at the end",
      "finding/ENDED_OTHERWISE": "Ended without a solution to carry out",
      "finding/MERGED": "Goes on in another complaint",
      "finding/NOT_CLOSED": "Not closed yet",
      "gaming/PAUSED_WHILE_CUSTOMER_WAITS": "Paused while the customer was waiting for an answer",
      "gaming/RESPONSE_WITHOUT_WORDS": "First response without a word to the customer",
      "gaming/CLOSED_AND_REOPENED": "Closed and soon reopened",
      "gaming/LOWERED_BEFORE_DUE": "Severity or priority lowered just before it was due",
      "gaming/BULK_HANDOVER": "Many complaints handed over just before they were due",
      "assumption/leaves.unsolved": "Customers who leave over an unsolved problem",
      "assumption/leaves.service": "Customers who leave over poor service",
      "assumption/stays.solved": "Customers who stay after a good solution",
      "assumption/stays.caring": "Customers who stay after a fast and caring solution",
      "assumption/complains": "Unhappy customers who complain",
      "assumption/tells": "People whom an unhappy customer tells",
      "assumption/prospects": "Prospects that a lost customer costs",
      "assumption/acquisition": "Cost of winning a customer, in costs of keeping one",
    },
  },
  "zh-CN": {
    words: {
      "judgement/timely": "及时",
      "judgement/fast": "快速",
      "judgement/decisive": "果断",
      "judgement/thorough": "彻底",
      "judgement/thankful": "感谢",
      "judgement/passed": "达到",
      "judgement/failed": "未达到",
      "judgement/undecided": "尚不能判定",
      "finding/ON_TIME": "按时",
      "finding/LATE": "超时",
      "finding/STILL_RUNNING": "仍在计时",
      "finding/NOT_OWED": "无须答复",
      "finding/NO_TARGET": "未约定时限",
      "finding/NO_READING": "时限情况不详",
      "finding/AMONG_PEERS": "与同类投诉速度相当",
      "finding/BEHIND_PEERS": "慢于绝大多数同类投诉",
      "finding/TOO_FEW_PEERS": "同类投诉过少",
      "finding/HANDOVERS": "移交次数",
      "finding/RETURNED": "退回原责任人",
      "finding/RETURNED_TO_DEPARTMENT": "退回原部门",
      "finding/STALLED": "搁置未处理",
      "finding/CAUSE_FOUND": "已查明原因",
      "finding/CAUSE_MISSING": "未查明原因",
      "finding/REMEDIES_VERIFIED": "补救措施已执行并核实",
      "finding/REMEDIES_NOT_VERIFIED": "补救措施已执行但未核实",
      "finding/REMEDIES_NOT_CARRIED_OUT": "已商定的补救措施未执行",
      "finding/NO_REMEDY": "未商定补救措施",
      "finding/NO_LEDGER": "当时未记录补救措施",
      "finding/DISPUTED": "客户仍不满意",
      "finding/REOPENED": "曾重新受理",
      "finding/APPEALED": "客户提出申诉",
      "finding/REPEATED": "同一问题再次投诉",
      "finding/ACKNOWLEDGED": "已告知客户收到投诉",
      "finding/NOT_ACKNOWLEDGED": "未告知客户收到投诉",
      "finding/INFORMED": "处理中已向客户通报进展",
      "finding/NOT_INFORMED": "处理中未向客户通报进展",
      "finding/TOLD_AT_THE_END": "结案时已告知或感谢客户",
      "finding/NOT_TOLD_AT_THE_END": "结案时未告知或感谢客户",
      "finding/ENDED_OTHERWISE": "未经执行方案而结束",
      "finding/MERGED": "在另一投诉中继续处理",
      "finding/NOT_CLOSED": "尚未结案",
      "gaming/PAUSED_WHILE_CUSTOMER_WAITS": "客户等待答复时暂停计时",
      "gaming/RESPONSE_WITHOUT_WORDS": "首次响应未向客户说明任何内容",
      "gaming/CLOSED_AND_REOPENED": "结案后随即重新受理",
      "gaming/LOWERED_BEFORE_DUE": "到期前调低严重程度或优先级",
      "gaming/BULK_HANDOVER": "到期前批量移交投诉",
      "assumption/leaves.unsolved": "问题未解决而离开的客户",
      "assumption/leaves.service": "因服务不佳而离开的客户",
      "assumption/stays.solved": "问题妥善解决后留下的客户",
      "assumption/stays.caring": "问题得到迅速、用心解决后留下的客户",
      "assumption/complains": "不满客户中提出投诉的比例",
      "assumption/tells": "一位不满客户会告诉的人数",
      "assumption/prospects": "流失一位客户所失去的潜在客户",
      "assumption/acquisition": "争取新客户的费用(以留住客户的费用为单位)",
    },
  },
};
