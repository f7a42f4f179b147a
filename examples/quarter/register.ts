import { type ExplainedGrade, explainGrade, factValues, graderOf, unwrap } from "clientele";
import { all } from "./all.js";
import { type Buyer, type BuyerFacts, factsOn } from "./buyers.js";
import { books } from "./cast.js";
import { quarter } from "./days.js";
import { fittedTo, type Grade, grades } from "./policies.js";
import type { Shop } from "./shop.js";

/** A customer whose grade is explained. */
export interface Explained {
  readonly buyer: Buyer;
  readonly explained: ExplainedGrade;
}

/** What one grade holds. */
export interface GradeRow {
  readonly grade: Grade;
  readonly customers: number;
  /** Cents. */
  readonly revenue: number;
  readonly profit: number;
}

/** The base, graded. */
export type Registered = Awaited<ReturnType<typeof register>>;

/**
 * Registers every customer under the id that the shop knows them by, and feeds what the books know of them. The policy
 * is in force before the first fact arrives, so each fact brings its grade by a reaction, in the same unit of work.
 */
export async function register({ desk }: Shop, buyers: readonly Buyer[], progress: (done: number) => void) {
  const known = buyers.flatMap((buyer): readonly { buyer: Buyer; facts: BuyerFacts }[] => {
    const facts = factsOn(buyer, quarter.first);
    return facts === undefined ? [] : [{ buyer, facts }];
  });
  const policy = fittedTo(
    known.map(({ facts }) => facts),
    quarter.first,
  );
  unwrap(await desk.policies.adopt(policy));

  for (const [place, { buyer, facts }] of known.entries()) {
    const { id, name } = buyer;
    unwrap(await desk.customers.open({ id, input: { name }, actor: books }));
    unwrap(await desk.customers.execute({ id, command: { type: "sign" }, actor: books }));
    const told = { type: "record_facts", input: { facts: { ...facts }, source: "orders" } } as const;
    unwrap(await desk.customers.execute({ id, command: told, actor: books }));
    if ((place + 1) % 200 === 0 || place + 1 === known.length) progress(place + 1);
  }

  const gradeOf = new Map((await all(desk.grading.find)).map((record) => [record.customerId, record.grade]));
  const rows = grades.map((grade): GradeRow => {
    const own = known.filter(({ buyer }) => gradeOf.get(buyer.id) === grade);
    const sum = (of: (facts: BuyerFacts) => number) => own.reduce((total, { facts }) => total + of(facts), 0);
    return {
      grade,
      customers: own.length,
      revenue: sum((facts) => facts.revenue.amount),
      profit: sum((facts) => facts.profit.amount),
    };
  });
  return { policy, gradeOf, rows, explained: await explainTwo() };

  /** The best customer, and of the second grade the one who lacks least for the first. */
  async function explainTwo(): Promise<readonly [Explained, Explained] | undefined> {
    const scores = new Map((await all(desk.grading.find)).map((record) => [record.id, record.natural?.score ?? -1]));
    const bestOf = (grade: Grade) =>
      known
        .map(({ buyer }) => buyer)
        .filter(({ id }) => gradeOf.get(id) === grade)
        .sort((a, b) => scores.get(b.id)! - scores.get(a.id)! || (a.id < b.id ? -1 : 1))[0];
    const grader = unwrap(graderOf(policy, desk.rules.installed));
    const explain = async (buyer: Buyer): Promise<Explained> => {
      const { facts } = unwrap(await desk.customers.get(buyer.id));
      return { buyer, explained: explainGrade(grader, factValues(facts), quarter.first) };
    };
    const [best, next] = [bestOf("A"), bestOf("B")];
    return best === undefined || next === undefined ? undefined : [await explain(best), await explain(next)];
  }
}
