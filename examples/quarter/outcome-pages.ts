import { unwrap } from "clientele";
import { minute } from "../broken-promises/said.js";
import { aligned, table } from "../broken-promises/table.js";
import type { Words } from "../broken-promises/words.js";
import { overrideUntil } from "./override.js";
import { headings, planningShown } from "./pages.js";
import type { Quarter } from "./quarter.js";
import { atRest, type Results, surveyStates } from "./results.js";
import type { Shop } from "./shop.js";
import { grouped, inUnit, scoreShown } from "./shown.js";

export function callsPage({ visits, surveys }: Results, words: Words): readonly string[] {
  const rows = visits.map((row) => {
    const { planned, reached, refused, unreached, dropped, open } = row;
    return [row.grade, ...[planned, reached, refused, unreached, dropped, open].map(String)];
  });
  const asked = surveys.map(({ grade, asked, became }) => [
    grade,
    String(asked),
    ...surveyStates.map((state) => String(became.get(state) ?? 0)),
  ]);
  return [
    ...table(
      headings(words, "grade", "planned", "reached", "said_no", "missed", "droppedHead", "open"),
      rows,
      [1, 2, 3, 4, 5, 6],
    ),
    "",
    ...table(
      [words.own("grade"), words.own("surveys"), ...surveyStates.map((state) => words.state(state, "satisfaction"))],
      asked,
      [1, 2, 3, 4, 5, 6],
    ),
  ];
}

export function scoresPage({ scores }: Results, words: Words): readonly string[] {
  const rows = Object.values(scores).flatMap(({ metric, all, byGrade }) => {
    const row = (name: string, score: typeof all, definition: string) => {
      const [shown, interval] = scoreShown(metric, score, words);
      return [name, grouped(score.n), shown, interval, definition];
    };
    const own = row(words.word(`metric/${metric.id}`), all, `${metric.id}@${metric.revision}: ${metric.definition}`);
    // Of what nobody was asked there is nothing to say by grade either.
    if (all.n === 0) return [own];
    return [own, ...[...byGrade].map(([grade, score]) => row(`  ${grade}`, score, ""))];
  });
  return table(headings(words, "metric", "r/n", "score", "interval", "convention"), rows, [1, 2]);
}

export async function dissatisfiedPage({ desk }: Shop, { called }: Quarter, words: Words): Promise<readonly string[]> {
  const [first, ...more] = called.dissatisfied;
  if (first === undefined) return [words.own("noneDissatisfied")];
  const { buyer, grade, survey, complaint } = first;
  const events = [
    ...unwrap(await desk.satisfaction.timeline(survey)).items,
    ...unwrap(await desk.complaints.timeline(complaint)).items,
  ];
  const record = unwrap(await desk.satisfaction.get(survey));
  const { summary, state } = unwrap(await desk.complaints.get(complaint));
  const rows = events
    .filter(({ id }) => first.events.includes(id))
    .map(({ id, type, at, cause }) => [minute(at), words.event(type), id, cause ?? "-"]);
  const answers = Object.entries(record.answers ?? {}).map(([id, score]) => `${id} ${score}`);
  return [
    `${buyer.name} (${buyer.id}), ${words.own("grade")} ${grade ?? "-"}: ${answers.join(", ")}; "${summary}" ${words.own("scripted")}`,
    "",
    ...table(headings(words, "when", "what", "event", "cause"), rows),
    "",
    `${words.own("rest")} ${grade ?? "-"}: ${words.state(state)}`,
    ...(more.length === 0 ? [] : [`+ ${more.length} ${words.own("more")}`]),
  ];
}

export async function overridePage({ overridden }: Quarter, words: Words): Promise<readonly string[]> {
  if (overridden === undefined) return [words.own("nobody")];
  const { of, grade, reason, plannings, timeline } = overridden;
  const natural = of.explained.grade ?? "-";
  const rows = (await timeline()).map((event) => [
    minute(event.at),
    event.actor.id,
    words.event(event.type),
    event.recordedAt === event.at ? "" : `[${words.own("recorded")} ${minute(event.recordedAt)}]`,
  ]);
  return [
    `${of.buyer.name} (${of.buyer.id}): ${natural} → ${grade} ${words.own("until")} ${overrideUntil}. "${reason}" ${words.own("scripted")}`,
    "",
    ...aligned(rows),
    "",
    ...plannings.map((done) => planningShown(done, "again", words)),
    `(${words.own("refusedBefore")})`,
  ];
}

export function summaryLines(quarter: Quarter, results: Results, report: string, words: Words): readonly string[] {
  const { rows } = quarter.registered;
  const { nps, csat } = results.scores;
  const total = (of: (row: Results["visits"][number]) => number) =>
    results.visits.reduce((sum, row) => sum + of(row), 0);
  const from = (what: string) => results.complaints.filter((row) => row.from === what).length;
  const closed = results.complaints.filter(atRest).length;
  const said = ({ metric, all }: typeof nps) =>
    all.value === null || all.interval === null
      ? `${words.own("nothingToSay")} (n = 0)`
      : `${inUnit(metric, all.value)} (${inUnit(metric, all.interval.low)} .. ${inUnit(metric, all.interval.high)}, n = ${all.n}) ${words.own("scripted")}`;
  const graded = rows.reduce((sum, row) => sum + row.customers, 0);
  const { overridden } = quarter;
  return aligned([
    [words.own("sum/grades"), `${grouped(graded)}: ${rows.map((row) => `${row.grade} ${row.customers}`).join(", ")}`],
    [
      words.own("sum/visits"),
      `${grouped(quarter.planned.created)}; ${words.own("sum/done")} ${grouped(total((row) => row.reached))}, ${words.own("sum/refusals")} ${total((row) => row.refused)} ${words.own("scripted")}`,
    ],
    [words.own("sum/nps"), said(nps)],
    [words.own("sum/csat"), said(csat)],
    [
      words.own("sum/complaints"),
      `${from("promise")} ${words.own("sum/promises")}, ${from("survey")} ${words.own("sum/surveys")}; ${words.own("sum/closed")} ${closed}`,
    ],
    ...(overridden === undefined
      ? []
      : [
          [
            words.own("sum/override"),
            `${overridden.of.buyer.name}: ${overridden.grade}, ${words.own("sum/lapsed")} ${overrideUntil}`,
          ],
        ]),
    [words.own("sum/report"), report],
  ]);
}
