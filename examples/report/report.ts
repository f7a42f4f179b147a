import type { Word, Words } from "../broken-promises/words.js";
import { handlingBy } from "../quarter/handling.js";
import { overrideUntil } from "../quarter/override.js";
import { grades } from "../quarter/policies.js";
import type { Quarter } from "../quarter/quarter.js";
import type { Explained } from "../quarter/register.js";
import { atRest, type Results } from "../quarter/results.js";
import type { Shop } from "../quarter/shop.js";
import { grouped, inUnit } from "../quarter/shown.js";
import { explainedChart, gradeChart, monthChart, scoreChart } from "./charts.js";
import { lifeDrawing } from "./life.js";
import { style } from "./style.js";
import { escaped } from "./svg.js";

export interface Reported {
  readonly shop: Pick<Shop, "desk">;
  readonly quarter: Quarter;
  readonly results: Results;
  readonly words: Words;
}

/** The quarter as one page that loads nothing from anywhere. */
export function reportOf({ shop, quarter, results, words }: Reported): string {
  const own = (word: Word) => escaped(words.own(word));
  const { registered, byMonth, overridden } = quarter;
  return `${[
    "<!doctype html>",
    `<html lang="${words.language}">`,
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${own("r/title")}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    `<h1>${own("r/title")}</h1>`,
    `<p class="sub">${own("r/sub")}</p>`,
    `<p class="scripted">${own("r/scripted")}</p>`,
    tiles(quarter, results, words),
    ...part("r/grades", "r/gradesNote", gradeChart(registered.rows, words)),
    ...(registered.explained === undefined
      ? []
      : part("r/explained", "r/explainedNote", pair(registered.explained.map((one) => explainedPart(one, words))))),
    ...(overridden === undefined ? [] : part("r/override", undefined, overridePart(overridden, words))),
    ...part("r/plan", "r/planNote", monthChart(byMonth, words)),
    `<h3>${own("r/became")}</h3>`,
    `<p class="note">${own("r/becameNote")}</p>`,
    visitTable(results, words),
    ...part(
      "r/scores",
      "r/scoresNote",
      [results.scores.nps, results.scores.csat]
        .map((scores) => `<h3>${escaped(words.word(`metric/${scores.metric.id}`))}</h3>\n${scoreChart(scores, words)}`)
        .join("\n"),
    ),
    ...part("r/rule", "r/ruleNote", ruleTable(words)),
    ...part("r/list", undefined, complaintTable(results, words)),
    ...part("r/life", "r/lifeNote", lifeDrawing(shop.desk.rules, words)),
    `<footer>${own("r/foot")}</footer>`,
    "</body>",
    "</html>",
  ].join("\n")}\n`;

  function part(title: Word, note: Word | undefined, body: string): readonly string[] {
    return [`<h2>${own(title)}</h2>`, ...(note === undefined ? [] : [`<p class="note">${own(note)}</p>`]), body];
  }
}

const pair = (parts: readonly string[]): string =>
  `<div class="pair">\n${parts.map((one) => `<div>${one}</div>`).join("\n")}\n</div>`;

function tiles({ registered, planned }: Quarter, { scores, visits, complaints }: Results, words: Words): string {
  const tile = (value: string, name: Word, more: string) =>
    `<li><b>${escaped(value)}</b><span>${escaped(words.own(name))}</span><small>${escaped(more)}</small></li>`;
  const ofScore = ({ metric, all }: Results["scores"]["nps"], name: Word) =>
    all.value === null || all.interval === null
      ? tile("–", name, `${words.own("nothingToSay")} (n = 0)`)
      : tile(
          inUnit(metric, all.value),
          name,
          `${inUnit(metric, all.interval.low)} .. ${inUnit(metric, all.interval.high)}, n = ${all.n}`,
        );
  const made = visits.reduce((sum, row) => sum + row.reached, 0);
  return [
    '<ul class="tiles">',
    tile(
      grouped(registered.rows.reduce((sum, row) => sum + row.customers, 0)),
      "r/customers",
      registered.rows.map((row) => `${row.grade}\u00a0${row.customers}`).join(" · "),
    ),
    tile(grouped(planned.created), "r/visits", `${words.own("r/made")} ${grouped(made)}`),
    ofScore(scores.nps, "r/nps"),
    ofScore(scores.csat, "r/csat"),
    tile(String(complaints.length), "r/complaints", `${words.own("r/rest")} ${complaints.filter(atRest).length}`),
    "</ul>",
  ].join("\n");
}

function explainedPart(one: Explained, words: Words): string {
  const { buyer, explained } = one;
  const { next } = explained;
  const lacking =
    next === null
      ? words.own("bestGrade")
      : `${words.own("r/lacks")} ${next.grade}: ${(next.missing / 1e6).toFixed(3)}. ${words.own("enough")}: ${next.enough.map((id) => words.word(`fact/${id}`)).join(", ") || "–"}.`;
  const score = ((explained.score ?? 0) / 1e6).toFixed(3);
  return `<h3>${escaped(`${buyer.name}: ${words.own("grade")} ${explained.grade} (${score})`)}</h3>\n${explainedChart(one, words)}\n<p class="note">${escaped(lacking)}</p>`;
}

function overridePart({ of, grade, reason }: NonNullable<Quarter["overridden"]>, words: Words): string {
  const said = `${of.buyer.name} ${words.own("r/overrideText")} ${grade} ${words.own("until")} ${overrideUntil}: “${reason}” ${words.own("scripted")}.`;
  return `<p>${escaped(said)} ${escaped(words.own("r/overrideEnd"))} ${escaped(of.explained.grade ?? "–")}.</p>`;
}

type Cell = string | number;

/** Numbers are flush right. */
function table(heading: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const flush = heading.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"));
  const cells = (row: readonly Cell[], tag: string) =>
    row
      .map((cell, column) => `<${tag}${flush[column] === true ? ' class="n"' : ""}>${escaped(String(cell))}</${tag}>`)
      .join("");
  return [
    '<div class="rows"><table>',
    `<thead><tr>${cells(heading, "th")}</tr></thead>`,
    "<tbody>",
    ...rows.map((row) => `<tr>${cells(row, "td")}</tr>`),
    "</tbody>",
    "</table></div>",
  ].join("\n");
}

function visitTable({ visits }: Results, words: Words): string {
  const heading = (["grade", "planned", "reached", "said_no", "missed", "droppedHead", "open"] as const).map(words.own);
  return table(
    heading,
    visits.map(({ grade, planned, reached, refused, unreached, dropped, open }) => [
      grade,
      planned,
      reached,
      refused,
      unreached,
      dropped,
      open,
    ]),
  );
}

function ruleTable(words: Words): string {
  const rows = grades.map((grade) => {
    const { owner, severity, channel } = handlingBy[grade];
    const who = owner === undefined ? words.own("taker") : `${owner}, ${words.own("manager")}`;
    return [
      grade,
      who,
      `${words.own("atLeast")} ${words.word(`severity/${severity}`)}`,
      words.word(`channel/${channel}`),
    ];
  });
  return table((["grade", "owner", "severity", "told"] as const).map(words.own), rows);
}

function complaintTable({ complaints }: Results, words: Words): string {
  const rows = complaints.map((row) => [
    row.openedAt.slice(0, 10),
    row.customer,
    row.orderId,
    words.own(row.from === "promise" ? "r/promise" : "r/survey"),
    row.grade ?? "–",
    row.severity === null ? "–" : words.word(`severity/${row.severity}`),
    row.owner ?? "–",
    row.level,
    words.state(row.state),
    row.remedy === null ? "–" : words.remedy(row.remedy),
    Math.round((Date.parse(row.touchedAt) - Date.parse(row.openedAt)) / 86_400_000),
  ]);
  const heading = (
    ["r/received", "customer", "order", "r/source", "grade", "severity", "owner", "level", "state", "remedy"] as const
  ).map(words.own);
  return table([...heading, words.own("r/lasted")], rows);
}
