import { complaint, lifecycleDiagram } from "clientele";
import { grouped } from "../quarter/shown.js";
import type { BrokenPromise, OrdersRead } from "../superstore/orders.js";
import { promisedDays, type ShipMode } from "../superstore/orders.js";
import type { Case } from "./cases.js";
import type { Played } from "./play.js";
import { shownMoney } from "./said.js";
import { aligned, table } from "./table.js";
import type { Words } from "./words.js";

/** What was read, and every line that was not trusted. */
export function readPage({ orders, lines, problems }: OrdersRead, words: Words): readonly string[] {
  const days = orders.map((order) => order.orderedOn).sort();
  const facts = [
    [words.own("lines"), grouped(lines)],
    [words.own("orders"), grouped(orders.length)],
    [words.own("customers"), grouped(new Set(orders.map((order) => order.customerId)).size)],
    [words.own("bad"), grouped(problems.length)],
  ];
  return [
    ...aligned(facts, [1]),
    ...problems.map(({ line, reason }) => `  ${words.own("line")} ${line}: ${reason}`),
    `${words.own("period")}  ${days[0] ?? "-"} .. ${days.at(-1) ?? "-"}`,
  ];
}

/** How each ship mode kept its promise, and the orders that did not. */
export function promisesPage(
  { orders }: OrdersRead,
  broken: readonly BrokenPromise[],
  words: Words,
): readonly string[] {
  const modes = (Object.keys(promisedDays) as ShipMode[]).map((mode) => [
    mode,
    `${promisedDays[mode]} ${words.own("days")}`,
    grouped(orders.filter((order) => order.shipMode === mode).length),
    String(broken.filter(({ order }) => order.shipMode === mode).length),
  ]);
  const late = broken.map(({ order, lateBy }) => [
    order.id,
    order.customerName,
    order.shipMode,
    order.orderedOn,
    order.shippedOn,
    `${lateBy} ${words.own("days")}`,
  ]);
  const share = orders.length === 0 ? 0 : (100 * broken.length) / orders.length;
  const own = (...ids: readonly Parameters<Words["own"]>[0][]) => ids.map(words.own);
  return [
    ...table(own("mode", "promised", "orders", "broken"), modes, [1, 2, 3]),
    "",
    `${broken.length} / ${grouped(orders.length)} = ${share.toFixed(2)} % ${words.own("share")}`,
    "",
    ...table(own("order", "customer", "mode", "ordered", "shipped", "late"), late, [5]),
  ];
}

export function lettersPage({ letters }: Played, words: Words): readonly string[] {
  const rows = letters.rows().map(({ to, type, count }) => [words.own(`to/${to}`), words.event(type), String(count)]);
  const total = [words.own("total"), "", String(letters.total())];
  return table([words.own("to"), words.own("why"), words.own("count")], [...rows, total], [2]);
}

/** One line for each complaint, as the desk has it now. */
export async function summaryPage(cases: readonly Case[], { desk, idOf }: Played, words: Words) {
  const rows: string[][] = [];
  for (const one of cases) {
    const { order, lateBy } = one.promise;
    const found = await desk.complaints.get(idOf(one));
    // A promise that was broken on the last days is complained of in the quarter.
    if (!found.ok) continue;
    const record = found.value;
    const { proposal } = record;
    const remedy = proposal === null ? "-" : words.remedy(proposal.remedy);
    rows.push([
      order.id,
      order.customerName,
      `${lateBy} ${words.own("days")}`,
      words.state(record.state),
      String(record.level),
      one.graded.grade ?? "-",
      record.severity === null ? "-" : words.word(`severity/${record.severity}`),
      record.ownerId ?? "-",
      proposal === null || proposal.amount === null ? remedy : `${remedy}, ${shownMoney(proposal.amount)}`,
      `${Math.round((Date.parse(record.touchedAt) - Date.parse(record.openedAt)) / 86_400_000)} ${words.own("days")}`,
    ]);
  }
  const heading = (
    ["order", "customer", "late", "state", "level", "grade", "severity", "owner", "remedy", "lasted"] as const
  ).map(words.own);
  return table(heading, rows, [2, 4, 9]);
}

/** Paste it where Mermaid is drawn: most wikis and code hosts do. */
export const diagramPage = ({ desk }: Played, words: Words): readonly string[] => [
  "```mermaid",
  ...lifecycleDiagram(complaint, desk.rules.tokens, words.label).split("\n"),
  "```",
];
