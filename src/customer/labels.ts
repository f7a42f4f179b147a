import type { Labels } from "../kernel/labels.js";
import type { IdOf, Ids } from "../kernel/token.js";
import type * as commands from "./commands.js";
import type * as events from "./events.js";
import type { customer, PartyKind } from "./model.js";
import type * as states from "./states.js";

type FactId = "recency" | "frequency" | "revenue" | "profit" | "segment";

/** A language is whole or does not compile. */
export interface CustomerLabels extends Labels {
  readonly states: Readonly<Record<`customer/${Ids<typeof states>}`, string>>;
  readonly commands: Readonly<Record<`customer/${Ids<typeof commands>}`, string>>;
  readonly events: Readonly<
    Record<Ids<typeof events> | IdOf<(typeof customer)["opened" | "moved" | "lapsed"]>, string>
  >;
  readonly refusals: Readonly<Record<"FACTS_NEEDED" | "INVALID_FACT" | "UNKNOWN_FACT", string>>;
  readonly words: Readonly<Record<`party/${PartyKind}` | `fact/${FactId}` | "customer", string>>;
}

/** What people read about customers. */
export const customerLabels: { readonly en: CustomerLabels; readonly "zh-CN": CustomerLabels } = {
  en: {
    states: {
      "customer/interested": "Interested",
      "customer/likely": "Likely",
      "customer/signed": "Signed",
      "customer/former": "Former",
    },
    commands: {
      "customer/record_facts": "Record facts",
      "customer/rename": "Change the name",
      "customer/qualify": "Is about to sign",
      "customer/sign": "Has signed",
      "customer/leave": "Has left",
      "customer/win_back": "Has come back",
      "customer/confirm_facts": "Confirm what is known",
    },
    events: {
      "customer.opened": "Customer registered",
      "customer.moved": "Relationship moved on",
      "customer.lapsed": "What is known has not been looked over for a year",
      "customer.facts_recorded": "Facts recorded",
      "customer.renamed": "Name changed",
      "customer.left": "Customer left",
    },
    refusals: {
      FACTS_NEEDED: "Between one and five hundred facts are needed.",
      INVALID_FACT: "A fact does not have the right form.",
      UNKNOWN_FACT: "There is no such kind of fact here.",
    },
    words: {
      customer: "Customer",
      "party/person": "Person",
      "party/company": "Company",
      "party/employee": "Employee",
      "party/department": "Department",
      "party/supplier": "Supplier",
      "party/distributor": "Distributor",
      "party/dealer": "Dealer",
      "party/partner": "Partner",
      "fact/recency": "Last purchase",
      "fact/frequency": "Number of purchases",
      "fact/revenue": "Revenue",
      "fact/profit": "Profit",
      "fact/segment": "Segment",
    },
  },
  "zh-CN": {
    states: {
      "customer/interested": "意向客户",
      "customer/likely": "准客户",
      "customer/signed": "签约客户",
      "customer/former": "流失客户",
    },
    commands: {
      "customer/record_facts": "记录资料",
      "customer/rename": "更改名称",
      "customer/qualify": "即将签约",
      "customer/sign": "已签约",
      "customer/leave": "已流失",
      "customer/win_back": "已挽回",
      "customer/confirm_facts": "确认资料",
    },
    events: {
      "customer.opened": "客户已登记",
      "customer.moved": "客户关系有进展",
      "customer.lapsed": "客户资料一年未核对",
      "customer.facts_recorded": "资料已记录",
      "customer.renamed": "名称已更改",
      "customer.left": "客户流失",
    },
    refusals: {
      FACTS_NEEDED: "需要一至五百项资料。",
      INVALID_FACT: "某项资料格式不正确。",
      UNKNOWN_FACT: "没有该类资料。",
    },
    words: {
      customer: "客户",
      "party/person": "个人",
      "party/company": "企业",
      "party/employee": "员工",
      "party/department": "部门",
      "party/supplier": "供应商",
      "party/distributor": "分销商",
      "party/dealer": "经销商",
      "party/partner": "合作伙伴",
      "fact/recency": "最近购买",
      "fact/frequency": "购买次数",
      "fact/revenue": "销售额",
      "fact/profit": "利润",
      "fact/segment": "客户群",
    },
  },
};
