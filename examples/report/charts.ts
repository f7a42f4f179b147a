import type { Score } from "clientele";
import type { Words } from "../broken-promises/words.js";
import type { ByMonth } from "../quarter/planning.js";
import { grades } from "../quarter/policies.js";
import type { Explained, GradeRow } from "../quarter/register.js";
import type { Scores } from "../quarter/results.js";
import { grouped, inUnit, knownShown, percent } from "../quarter/shown.js";
import { ink, line, rect, svg, text } from "./svg.js";

/** Two bars for each grade: its share of the customers, and of their revenue. */
export function gradeChart(rows: readonly GradeRow[], words: Words): string {
  const customers = rows.reduce((sum, row) => sum + row.customers, 0);
  const revenue = rows.reduce((sum, row) => sum + row.revenue, 0);
  const most = Math.max(...rows.flatMap((row) => [row.customers / customers, row.revenue / (revenue || 1)]));
  const long = (share: number) => (360 * share) / (most || 1);
  const parts = rows.flatMap((row, place) => {
    const y = 12 + place * 58;
    const wide = long(row.customers / customers);
    const light = long(revenue === 0 ? 0 : row.revenue / revenue);
    return [
      text(22, y + 27, row.grade, "grade", "middle"),
      rect(46, y, wide, 20, ink("A")),
      text(
        54 + wide,
        y + 15,
        `${grouped(row.customers)} · ${percent(row.customers, customers)} % ${words.own("r/ofCustomers")}`,
      ),
      rect(46, y + 23, light, 14, ink("C")),
      text(54 + light, y + 35, `${percent(row.revenue, revenue)} % ${words.own("r/ofRevenue")}`, "small"),
    ];
  });
  return svg(words.own("r/grades"), 640, 12 + rows.length * 58, [...parts, line(46, 4, 46, rows.length * 58, "axis")]);
}

/** One bar for each criterion: the points within what they could have been. */
export function explainedChart({ buyer, explained }: Explained, words: Words): string {
  const { contributions } = explained;
  const most = Math.max(...contributions.map((one) => one.most), 1);
  const parts = contributions.flatMap((one, place) => {
    const y = 6 + place * 34;
    const all = (190 * one.most) / most;
    return [
      text(150, y + 12, words.word(`fact/${one.fact}`), "", "end"),
      text(150, y + 25, knownShown(one, words), "small", "end"),
      rect(162, y + 3, all, 16, "#e9eef1"),
      rect(162, y + 3, (190 * one.points) / most, 16, ink("B")),
      text(170 + all, y + 16, `${(one.points / 1e6).toFixed(1)} / ${one.most / 1e6}`),
    ];
  });
  return svg(`${buyer.name}: ${words.own("grade")} ${explained.grade}`, 440, 10 + contributions.length * 34, parts);
}

/** A column for each month, a piece for each grade. */
export function monthChart(byMonth: ByMonth, words: Words): string {
  const totals = [...byMonth.values()].map((of) => grades.reduce((sum, grade) => sum + (of.get(grade) ?? 0), 0));
  const high = (n: number) => (190 * n) / Math.max(1, ...totals);
  const parts = [...byMonth].flatMap(([month, of], place) => {
    const x = 40 + place * 130;
    let y = 230;
    const pieces = grades.flatMap((grade) => {
      const n = of.get(grade) ?? 0;
      if (n === 0) return [];
      y -= high(n);
      const inside =
        high(n) > 15
          ? [text(x + 40, y + high(n) / 2 + 5, String(n), grade === "A" || grade === "B" ? "light" : "", "middle")]
          : [];
      return [rect(x, y, 80, high(n) - 1, ink(grade)), ...inside];
    });
    return [
      ...pieces,
      text(x + 40, y - 7, String(totals[place]), "strong", "middle"),
      text(x + 40, 250, month, "", "middle"),
    ];
  });
  const shown = grades.filter((grade) => [...byMonth.values()].some((of) => (of.get(grade) ?? 0) > 0));
  const legend = shown.flatMap((grade, place) => [
    rect(60 + byMonth.size * 130, 60 + place * 26, 14, 14, ink(grade)),
    text(82 + byMonth.size * 130, 72 + place * 26, `${words.own("grade")} ${grade}`),
  ]);
  const width = 170 + byMonth.size * 130;
  return svg(words.own("r/plan"), width, 262, [
    ...parts,
    ...legend,
    line(24, 230, 36 + byMonth.size * 130, 230, "axis"),
  ]);
}

/** A dot with its interval for everybody and for each grade; words where there is nothing to say. */
export function scoreChart({ metric, all, byGrade }: Scores, words: Words): string {
  const [low, high] = metric.unit === "net share" ? [-1, 1] : [0, 1];
  const x = (value: number) => 100 + (330 * (value - low)) / (high - low);
  const rows: readonly (readonly [string, Score])[] = [
    [words.own("everybody"), all],
    ...[...byGrade].map(([grade, score]) => [`${words.own("grade")} ${grade}`, score] as const),
  ];
  const bottom = 30 + rows.length * 30;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
  const parts = [
    ...ticks.flatMap((tick) => [
      line(x(tick), 18, x(tick), bottom - 8, tick === 0 && low < 0 ? "axis" : "rule"),
      text(x(tick), bottom + 8, inUnit(metric, tick).replace("+0", "0"), "small", "middle"),
    ]),
    ...rows.flatMap(([name, score], place) => {
      const y = 34 + place * 30;
      const label = text(90, y + 5, name, place === 0 ? "strong" : "", "end");
      if (score.value === null || score.interval === null)
        return [
          label,
          text(x(low) + 8, y + 5, `${words.own("nothingToSay")} (n = 0): ${words.own("noAnswers")}`, "small on"),
        ];
      const of = place === 0 ? "#333333" : ink("B");
      return [
        label,
        line(x(score.interval.low), y, x(score.interval.high), y, "whisker", ` stroke="${of}"`),
        `<circle cx="${x(score.value).toFixed(1)}" cy="${y}" r="5" fill="${of}"/>`,
        text(442, y + 5, inUnit(metric, score.value), "strong"),
        text(
          492,
          y + 5,
          `${inUnit(metric, score.interval.low)} .. ${inUnit(metric, score.interval.high)}, n = ${score.n}`,
          "small",
        ),
      ];
    }),
  ];
  return svg(words.word(`metric/${metric.id}`), 640, bottom + 16, parts);
}
