import type { Case } from "../broken-promises/cases.js";
import { shownMoney } from "../broken-promises/said.js";
import { table } from "../broken-promises/table.js";
import type { Word, Words } from "../broken-promises/words.js";
import { type Handling, handlingBy } from "./handling.js";
import { grades } from "./policies.js";
import type { Quarter } from "./quarter.js";
import type { Explained } from "./register.js";
import { dollars, exactly, grouped, knownShown, percent } from "./shown.js";

/** The heading of a table. */
export const headings = (words: Words, ...ids: readonly Word[]) => ids.map(words.own);

/** The rule as a table, and what it makes of each broken promise. */
export function rulePage(cases: readonly Case[], words: Words): readonly string[] {
  const owner = (of: Handling) =>
    of.owner === undefined ? words.own("taker") : `${of.owner}, ${words.own("manager")}`;
  const rule = grades.map((grade) => {
    const of = handlingBy[grade];
    const floor = `${words.own("atLeast")} ${words.word(`severity/${of.severity}`)}`;
    return [grade, owner(of), floor, words.word(`channel/${of.channel}`)];
  });
  const rows = cases.map(({ promise: { order }, facts, graded, handling }) => [
    order.id,
    order.customerName,
    String(facts.frequency),
    shownMoney(facts.revenue),
    graded.score === null ? "-" : (graded.score / 1e6).toFixed(1),
    graded.grade ?? "-",
    owner(handling),
  ]);
  return [
    ...table(headings(words, "grade", "owner", "severity", "told"), rule),
    "",
    words.own("rule"),
    "",
    ...table(
      headings(words, "order", "customer", "ordersThen", "revenueThen", "score", "grade", "owner"),
      rows,
      [2, 3, 4],
    ),
  ];
}

export function gradesPage({ registered: { rows, policy } }: Quarter, words: Words): readonly string[] {
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  const [customers, revenue] = [sum((row) => row.customers), sum((row) => row.revenue)];
  const cells = rows.map((row) => [
    row.grade,
    String(policy.body.grades.find(({ grade }) => grade === row.grade)?.from ?? "-"),
    grouped(row.customers),
    percent(row.customers, customers),
    percent(row.revenue, revenue),
    dollars(row.profit),
  ]);
  const total = [
    words.own("total"),
    "",
    grouped(customers),
    percent(1, 1),
    percent(1, 1),
    dollars(sum((row) => row.profit)),
  ];
  const heading = headings(words, "grade", "from", "customers", "customersShare", "revenueShare", "profit");
  return [words.own("fitted"), "", ...table(heading, [...cells, total], [1, 2, 3, 4, 5])];
}

/** Every criterion; the points add up to the score to the last digit. */
export function explainedPage({ buyer, explained }: Explained, words: Words): readonly string[] {
  const rows = explained.contributions.map((one) => [
    words.word(`fact/${one.fact}`),
    knownShown(one, words),
    one.mark === null ? "-" : (one.mark / 1e6).toFixed(2),
    exactly(one.points),
    exactly(one.most),
  ]);
  const most = explained.contributions.reduce((sum, one) => sum + one.most, 0);
  const total = [words.own("total"), "", "", exactly(explained.score ?? 0), exactly(most)];
  const { next } = explained;
  const lacking =
    next === null
      ? [words.own("bestGrade")]
      : [
          `${words.own("lacks")} ${next.grade}: ${exactly(next.missing)}`,
          `${words.own("enough")}: ${next.enough.map((id) => words.word(`fact/${id}`)).join(", ") || "-"}`,
        ];
  return [
    `${buyer.name} (${buyer.id}): ${words.own("grade")} ${explained.grade}`,
    "",
    ...table(headings(words, "criterion", "fact", "mark", "points", "most"), [...rows, total], [1, 2, 3, 4]),
    "",
    ...lacking,
  ];
}

/** What one run of planning did, in one line. */
export const planningShown = (done: Quarter["planned"], word: Word, words: Words): string => {
  const parts = (["created", "dropped", "back", "unchanged"] as const).map(
    (what) => `${words.own(what)} ${done[what]}`,
  );
  return `${done.on}  ${words.own(word)} ${grouped(done.customers)}: ${parts.join(", ")}`;
};

export function visitsPage({ byMonth, planned }: Quarter, words: Words): readonly string[] {
  const rows = [...byMonth].map(([month, of]) => {
    const counts = grades.map((grade) => of.get(grade) ?? 0);
    return [month, ...[...counts, counts.reduce((a, b) => a + b, 0)].map(String)];
  });
  const total = [0, 1, 2, 3, 4].map((column) => String(rows.reduce((sum, row) => sum + Number(row[column + 1]), 0)));
  const heading = [words.own("month"), ...grades, words.own("total")];
  return [
    words.own("every"),
    "",
    ...table(heading, [...rows, [words.own("total"), ...total]], [1, 2, 3, 4, 5]),
    "",
    planningShown(planned, "planning", words),
  ];
}
