import type { Labels } from "../kernel/labels.js";
import type { IdOf, Ids } from "../kernel/token.js";
import type * as commands from "./commands.js";
import type * as events from "./events.js";
import type { Subject, satisfaction } from "./model.js";
import type * as states from "./states.js";

type Denials = "NOTHING_ANSWERED" | "QUESTION_NOT_ASKED" | "SCORE_OFF_SCALE" | "UNKNOWN_QUESTION" | "UNKNOWN_SURVEY";

/** A language is whole or does not compile. */
export interface SatisfactionLabels extends Labels {
  readonly states: Readonly<Record<`satisfaction/${Ids<typeof states>}`, string>>;
  readonly commands: Readonly<Record<`satisfaction/${Ids<typeof commands>}`, string>>;
  readonly events: Readonly<
    Record<Ids<typeof events> | IdOf<(typeof satisfaction)["opened" | "moved" | "lapsed"]>, string>
  >;
  readonly refusals: Readonly<Record<Denials, string>>;
  readonly words: Readonly<
    Record<
      | `question/${"csat" | "nps" | "ces"}`
      | `metric/${"csat" | "nps" | "ces"}`
      | `subject/${Subject["kind"]}`
      | "satisfaction",
      string
    >
  >;
}

/** What people read about satisfaction. */
export const satisfactionLabels: { readonly en: SatisfactionLabels; readonly "zh-CN": SatisfactionLabels } = {
  en: {
    states: {
      "satisfaction/invited": "Invited",
      "satisfaction/answered": "Answered",
      "satisfaction/dismissed": "Dismissed",
      "satisfaction/expired": "Expired",
      "satisfaction/not_applicable": "Not applicable",
    },
    commands: {
      "satisfaction/answer": "Answer",
      "satisfaction/dismiss": "Dismiss",
      "satisfaction/excuse": "Does not apply",
    },
    events: {
      "satisfaction.opened": "Invited to answer",
      "satisfaction.moved": "Survey moved on",
      "satisfaction.lapsed": "Invitation expired",
      "satisfaction.answered": "Survey answered",
      "satisfaction.dismissed": "Survey dismissed",
      "satisfaction.excused": "Survey does not apply",
    },
    refusals: {
      NOTHING_ANSWERED: "At least one question needs an answer.",
      QUESTION_NOT_ASKED: "This question was not asked.",
      SCORE_OFF_SCALE: "This score is not on the scale.",
      UNKNOWN_QUESTION: "This question is not known any more, or is asked differently by now.",
      UNKNOWN_SURVEY: "The survey of this invitation is not known any more.",
    },
    words: {
      satisfaction: "Satisfaction",
      "question/csat": "How satisfied are you?",
      "question/nps": "How likely are you to recommend us?",
      "question/ces": "It was easy to get my matter settled.",
      "metric/csat": "Satisfied customers",
      "metric/nps": "Net promoter score",
      "metric/ces": "Found it easy",
      "subject/firm": "The firm",
      "subject/order": "An order",
      "subject/person": "A contact person",
      "subject/stage": "A stage",
    },
  },
  "zh-CN": {
    states: {
      "satisfaction/invited": "已邀请",
      "satisfaction/answered": "已答复",
      "satisfaction/dismissed": "已谢绝",
      "satisfaction/expired": "已过期",
      "satisfaction/not_applicable": "不适用",
    },
    commands: {
      "satisfaction/answer": "答复",
      "satisfaction/dismiss": "谢绝",
      "satisfaction/excuse": "不适用",
    },
    events: {
      "satisfaction.opened": "已邀请答复",
      "satisfaction.moved": "调查有进展",
      "satisfaction.lapsed": "邀请已过期",
      "satisfaction.answered": "已答复调查",
      "satisfaction.dismissed": "已谢绝调查",
      "satisfaction.excused": "调查不适用",
    },
    refusals: {
      NOTHING_ANSWERED: "至少需要回答一个问题。",
      QUESTION_NOT_ASKED: "没有询问该问题。",
      SCORE_OFF_SCALE: "该分数不在量表范围内。",
      UNKNOWN_QUESTION: "该问题已不存在，或现已改为不同的问法。",
      UNKNOWN_SURVEY: "该邀请所属的调查已不可知。",
    },
    words: {
      satisfaction: "满意度",
      "question/csat": "您的满意程度如何？",
      "question/nps": "您有多大可能推荐我们？",
      "question/ces": "我的问题解决起来很轻松。",
      "metric/csat": "满意客户比例",
      "metric/nps": "净推荐值",
      "metric/ces": "认为轻松的比例",
      "subject/firm": "公司整体",
      "subject/order": "订单",
      "subject/person": "联系人",
      "subject/stage": "阶段",
    },
  },
};
