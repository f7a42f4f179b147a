import {
  bands,
  createServiceRules,
  definePlugin,
  explainGrade,
  fact,
  type Grader,
  gradeBy,
  graderOf,
  gradingPolicy,
  unwrap,
} from "clientele";
import { Engine, type RuleProperties } from "json-rules-engine";
import * as z from "zod/mini";
import { type Bar, compete, printTimes, ratio } from "./rounds.js";

interface Facts {
  readonly [fact: string]: number;
}

const today = "2026-03-01";
const facts = ["frequency", "bench.orders", "bench.visits", "bench.seats"] as const;
const bandsOf = [0, 5, 20, 60, 90].map((from, i) => ({ from, mark: i * 250_000 }));
const weights = [40, 30, 20, 10];
const grades = [
  { grade: "A", from: 70 },
  { grade: "B", from: 40 },
  { grade: "C", from: 20 },
  { grade: "D", from: 0 },
];

function grader(): Grader {
  const own = facts.slice(1).map((id) => fact(id, { revision: 1, value: z.number() }));
  const { installed } = createServiceRules({ plugins: [definePlugin({ id: "bench", tokens: own as never })] });
  const policy = gradingPolicy.version({
    id: "bench",
    version: 1,
    from: "2026-01-01T00:00:00.000Z",
    body: {
      criteria: facts.map((id, i) => bands.row({ id, fact: id, args: bandsOf, weight: weights[i]! })),
      grades,
    },
  });
  return unwrap(graderOf(policy, installed));
}

/** Whole numbers that look drawn, the same in every run. */
const customers = (count: number): readonly Facts[] =>
  Array.from({ length: count }, (_, i) =>
    Object.fromEntries(facts.map((id, k) => [id, Math.imul(i + 1, 2_654_435_761 + 97 * k) >>> 25])),
  );

interface Table {
  readonly criteria: readonly { readonly fact: string; readonly weight: number; readonly bands: typeof bandsOf }[];
  readonly grades: typeof grades;
}
const table: Table = { criteria: facts.map((id, i) => ({ fact: id, weight: weights[i]!, bands: bandsOf })), grades };

/** What somebody writes whose policy is a table: bands, weights that go to the others where a fact is missing, grades. */
function byHand(
  { criteria, grades }: Table,
  list: readonly Facts[],
): readonly { readonly grade: string | null; readonly score: number | null; readonly coverage: number }[] {
  const all = criteria.reduce((sum, c) => sum + c.weight, 0);
  return list.map((customer) => {
    let known = 0;
    let sum = 0;
    for (const { fact, weight, bands } of criteria) {
      const value = customer[fact];
      if (value === undefined) continue;
      let mark = bands[0]!.mark;
      for (const band of bands) if (value >= band.from) mark = band.mark;
      known += weight;
      sum += mark * weight;
    }
    const coverage = Math.floor((known * 1e6) / all);
    if (known === 0) return { grade: null, score: null, coverage };
    const score = Math.round((sum * all) / known);
    return { grade: grades.find((g) => score >= g.from * 1e6)!.grade, score, coverage };
  });
}

/** The same scorecard as twenty rules of a rules engine. */
function engine(): Engine {
  const rules = facts.flatMap((id, k) =>
    bandsOf.map(({ from, mark }, i): RuleProperties => {
      const above = { fact: id, operator: "greaterThanInclusive", value: from };
      const next = bandsOf[i + 1];
      const below = next === undefined ? [] : [{ fact: id, operator: "lessThan", value: next.from }];
      return { conditions: { all: [above, ...below] }, event: { type: id, params: { points: mark * weights[k]! } } };
    }),
  );
  return new Engine(rules);
}

async function byEngine(rules: Engine, list: readonly Facts[]): Promise<readonly { grade: string; score: number }[]> {
  const graded: { grade: string; score: number }[] = [];
  for (const c of list) {
    const { events } = await rules.run({ ...c });
    const score = events.reduce((sum, event) => sum + (event.params?.["points"] as number), 0);
    graded.push({ score, grade: grades.find((g) => score >= g.from * 1e6)!.grade });
  }
  return graded;
}

const told = (list: readonly { readonly grade: string | null; readonly score: number | null }[]) =>
  JSON.stringify(list.map(({ grade, score }) => [grade, score]));
function agree(who: string, a: string, b: string): void {
  if (a !== b) throw new Error(`${who} grades otherwise`);
}

/** Grading 100,000 customers by four criteria, beside a rules engine and beside a loop written for this one policy. */
export async function grading(): Promise<readonly Bar[]> {
  const base = customers(100_000);
  const ours = grader();
  const all = () => base.map((c) => gradeBy(ours, c, today));
  const hand = () => byHand(table, base);
  agree("the loop", told(all()), told(hand()));
  agree(
    "the explanation",
    told(all().slice(0, 2000)),
    told(base.slice(0, 2000).map((c) => explainGrade(ours, c, today))),
  );

  const few = base.slice(0, 2000);
  const rules = engine();
  agree("the engine", told(all().slice(0, 2000)), told(await byEngine(rules, few)));
  const perCustomer = { ours: [] as number[], engine: [] as number[] };
  for (let round = 0; round < 5; round++) {
    const a = process.cpuUsage();
    await byEngine(rules, few);
    const b = process.cpuUsage(a);
    perCustomer.engine.push((b.user + b.system) / few.length);
    const c = process.cpuUsage();
    all();
    const d = process.cpuUsage(c);
    perCustomer.ours.push((d.user + d.system) / base.length);
  }
  const engineRatios = perCustomer.engine.map((time, i) => time / perCustomer.ours[i]!).sort((x, y) => x - y);

  const times = compete(
    [
      { name: "gradeBy, 100,000", run: all },
      { name: "a loop by hand, 100,000", run: hand },
    ],
    9,
    60,
  );
  printTimes("grading 100,000 customers by 4 criteria", times);
  return [
    { what: "grading: json-rules-engine to gradeBy", measured: engineRatios[2]!, atLeast: 50 },
    {
      what: "grading: gradeBy to a loop by hand",
      measured: ratio(times, "gradeBy, 100,000", "a loop by hand, 100,000"),
      atMost: 3,
    },
  ];
}
