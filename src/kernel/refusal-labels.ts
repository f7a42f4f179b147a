import type { Actor } from "./context.js";
import type { Labels } from "./labels.js";
import type { Refusal } from "./result.js";

/** A code without a word does not compile. */
interface RefusalLabels extends Labels {
  readonly refusals: Readonly<Record<Refusal["code"], string>>;
  readonly words: Readonly<
    Record<`actor/${Actor["kind"] | "anyone"}` | `refusal/${"may" | "own" | "accepts"}`, string>
  >;
}

/** What people read when something is refused. */
export const refusalLabels: { readonly en: RefusalLabels; readonly "zh-CN": RefusalLabels } = {
  en: {
    refusals: {
      ALREADY_EXISTS: "There is already one under this id.",
      BACKDATED: "Something has happened since; this cannot be dated before it.",
      BEYOND_HORIZON: "That lies beyond the years that calendars answer for.",
      COMMAND_REUSED: "This command id was used for something else.",
      CONFLICT: "Somebody else has changed this meanwhile; look again.",
      CURRENCY_MISMATCH: "Amounts in different currencies cannot be mixed.",
      DENIED: "This is not possible now.",
      INVALID_CONTEXT: "The circumstances of the request are incomplete.",
      INVALID_EVENT: "This event cannot be read.",
      INVALID_INPUT: "Something in the input is not right.",
      INVALID_RECORD: "This record cannot be read.",
      IN_THE_FUTURE: "This has not happened yet.",
      MONEY_OVERFLOW: "The amount is too large.",
      NOTHING_TO_RETURN_TO: "There is no earlier state to return to.",
      NOT_FOUND: "There is no such record.",
      NOT_OPENED: "A history begins with an opening.",
      NOT_PERMITTED: "You are not permitted to do this.",
      NO_POLICY: "No policy is in force for this.",
      OTHER_REVISION: "This was written by another version of the software.",
      OUT_OF_ORDER: "This event does not follow what is known.",
      PLUGIN_FAULT: "An extension has failed; nothing was changed.",
      REACTION_REFUSED: "What would have followed from this was refused.",
      TIMELINE_NEEDED: "The whole history is needed for this.",
      UNKNOWN_COMMAND: "There is no such command here.",
      UNKNOWN_KIND: "There is no such kind of record here.",
      UNKNOWN_POLICY: "There is no such kind of policy here.",
      UNKNOWN_REFERENCE: "This names something that is not installed.",
      UNKNOWN_SLOT: "This record holds data of an extension that is not installed.",
      UNKNOWN_STATE: "This record is in a state that is not installed.",
      VERSION_TAKEN: "This version has already been adopted with other content.",
      WRONG_STATE: "This is not possible in the present state.",
    },
    words: {
      "actor/anyone": "anyone",
      "actor/staff": "staff",
      "actor/customer": "the customer",
      "actor/system": "the system",
      "refusal/may": "Allowed for:",
      "refusal/own": "in their own case",
      "refusal/accepts": "Possible when:",
    },
  },
  "zh-CN": {
    refusals: {
      ALREADY_EXISTS: "该编号已存在。",
      BACKDATED: "此后已有其他事项发生，不能倒填日期。",
      BEYOND_HORIZON: "超出日历可计算的年份范围。",
      COMMAND_REUSED: "该命令编号已用于其他操作。",
      CONFLICT: "他人已修改此记录，请刷新后重试。",
      CURRENCY_MISMATCH: "不同币种的金额不能混用。",
      DENIED: "目前无法执行此操作。",
      INVALID_CONTEXT: "请求的环境信息不完整。",
      INVALID_EVENT: "无法读取该事件。",
      INVALID_INPUT: "输入内容有误。",
      INVALID_RECORD: "无法读取该记录。",
      IN_THE_FUTURE: "该事项尚未发生。",
      MONEY_OVERFLOW: "金额过大。",
      NOTHING_TO_RETURN_TO: "没有可返回的先前状态。",
      NOT_FOUND: "找不到该记录。",
      NOT_OPENED: "历史记录必须从受理开始。",
      NOT_PERMITTED: "您无权执行此操作。",
      NO_POLICY: "没有适用的生效规则。",
      OTHER_REVISION: "该内容由其他版本的软件写入。",
      OUT_OF_ORDER: "该事件与已知历史不衔接。",
      PLUGIN_FAULT: "扩展程序出错，未作任何更改。",
      REACTION_REFUSED: "由此引发的后续操作被拒绝。",
      TIMELINE_NEEDED: "此操作需要完整的历史记录。",
      UNKNOWN_COMMAND: "没有该命令。",
      UNKNOWN_KIND: "没有该类记录。",
      UNKNOWN_POLICY: "没有该类规则。",
      UNKNOWN_REFERENCE: "所引用的内容尚未安装。",
      UNKNOWN_SLOT: "该记录含有未安装扩展的数据。",
      UNKNOWN_STATE: "该记录所处的状态尚未安装。",
      VERSION_TAKEN: "该版本已以其他内容生效。",
      WRONG_STATE: "当前状态下无法执行此操作。",
    },
    words: {
      "actor/anyone": "任何人",
      "actor/staff": "员工",
      "actor/customer": "客户",
      "actor/system": "系统",
      "refusal/may": "有权限者：",
      "refusal/own": "仅限本人的记录",
      "refusal/accepts": "可执行的状态：",
    },
  },
};
