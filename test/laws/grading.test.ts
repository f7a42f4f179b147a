import { describe, expect, it } from "vitest";
import { type Order, readOrders, superstoreCsv } from "../../examples/superstore/orders.js";
import { type CustomerFields, profit } from "../../src/customer/index.js";
import {
  explainGrade,
  factValues,
  fitRfm,
  type Graded,
  type GradingFields,
  gradeBy,
  graderOf,
  gradingPolicy,
} from "../../src/grading/index.js";
import { chanceInteger } from "../../src/kernel/chance.js";
import type { Context } from "../../src/kernel/context.js";
import type { Draft } from "../../src/kernel/event.js";
import { localDateToDay } from "../../src/kernel/instant.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Order as Ordered } from "../../src/lifecycle/tokens.js";
import type { Plugin } from "../../src/plugin/plugin.js";
import { fitQuantile, quantile } from "../../src/scorecard/index.js";
import { stage } from "../desk/stage.js";
import { context, fold, kept, robot, stored } from "../given.js";
import { plugins, rulesOf } from "./composition.js";

const asOf = "2018-01-01T09:00:00.000Z";
const today = "2018-01-01";
const { orders } = readOrders(superstoreCsv());

/** What the shop knows of a customer after some orders, in whatever order they were told. */
interface Account {
  readonly last: string;
  readonly orders: number;
  readonly sales: number;
  readonly profit: number;
}
const after = (account: Account | undefined, { orderedOn, lines }: Order): Account => ({
  last: [account?.last ?? "", orderedOn].sort()[1]!,
  orders: (account?.orders ?? 0) + 1,
  sales: lines.reduce((sum, l) => sum + l.sales, account?.sales ?? 0),
  profit: lines.reduce((sum, l) => sum + l.profit, account?.profit ?? 0),
});
const factsOf = (a: Account) => ({
  recency: a.last,
  frequency: a.orders,
  revenue: { amount: a.sales, currency: "USD" },
  profit: { amount: a.profit, currency: "USD" },
});
const accounts = new Map<string, Account>();
for (const order of orders) accounts.set(order.customerId, after(accounts.get(order.customerId), order));
const base = [...accounts];

const policy = gradingPolicy.version({
  id: "superstore",
  version: 1,
  from: "2014-01-01T00:00:00.000Z",
  body: {
    currency: "USD",
    criteria: [
      ...fitRfm(
        base.map(([, a]) => ({
          recency: localDateToDay(today) - localDateToDay(a.last),
          frequency: a.orders,
          revenue: a.sales,
        })),
        { weights: { recency: 20, frequency: 25, revenue: 30 } },
      ),
      quantile.row({
        id: "profit",
        fact: profit.id,
        args: fitQuantile(
          base.map(([, a]) => a.profit),
          5,
        ),
        weight: 25,
      }),
    ],
    grades: [
      { grade: "A", from: 75 },
      { grade: "B", from: 50 },
      { grade: "C", from: 25 },
      { grade: "D", from: 0 },
    ],
  },
});
const now: Context = context(asOf, robot, [policy]);
const grader = unwrap(graderOf(policy, rulesOf([]).installed));
/** The reference: every customer's facts, graded one by one without any record. */
const expected: ReadonlyMap<string, Graded> = new Map(base.map(([id, a]) => [id, gradeBy(grader, factsOf(a), today)]));

const shuffled = <T>(list: readonly T[], seed: string): readonly T[] => {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = chanceInteger(i + 1, seed, String(i));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
};

/** Tells the shop's orders one by one, each followed by what the rules let follow; without a desk. */
function fed(list: readonly Plugin[], told: readonly Order[]) {
  const rules = rulesOf(list);
  const records = new Map<string, AnyRecord>();
  const log = new Map<string, Draft[]>();
  const doing = ({ of, command, id, input }: Ordered): readonly Draft[] => {
    const key = `${of}/${id}`;
    const doors = rules.doors(of)!;
    const before = records.get(key);
    if (command === "open" && before !== undefined) return [];
    const decided =
      command === "open" ? doors.open({ id: id!, input }, now) : doors.decide(before!, { type: command, input }, now);
    const { next, events } = unwrap(decided);
    records.set(key, next);
    log.set(key, [...(log.get(key) ?? []), ...events]);
    return events.flatMap((event) => [
      event,
      ...unwrap(rules.react(kept(event), next, now)).flatMap((r) => r.orders.flatMap(doing)),
    ]);
  };
  const known = new Map<string, Account>();
  for (const order of told) {
    const id = order.customerId;
    known.set(id, after(known.get(id), order));
    doing({ of: "customer", command: "open", id, input: {} });
    doing({ of: "customer", command: "record_facts", id, input: { facts: factsOf(known.get(id)!), source: "shop" } });
  }
  return { rules, records, log, grades: gradesIn(records) };
}
const natural = (record: AnyRecord) => (record as AnyRecord & GradingFields).natural!;
const gradesIn = (records: ReadonlyMap<string, AnyRecord>) =>
  new Map(base.map(([id]) => [id, natural(records.get(`grading/${id}`)!)]));

describe("the 793 customers of four years", () => {
  it("are all graded, none for want of facts, and every grade is given", () => {
    expect([orders.length, base.length]).toEqual([5009, 793]);
    const grades = [...expected.values()].map((g) => g.grade);
    expect(grades).not.toContain(null);
    expect(["A", "B", "C", "D"].map((g) => grades.filter((x) => x === g).length > 50)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([...expected.values()].every((g) => g.coverage === 1e6 && g.policy === policy.hash)).toBe(true);
    // Four criteria of five bins each: nearly equal shares, ties apart.
    for (const row of policy.body.criteria) {
      const { cuts } = row.args as { cuts: readonly number[] };
      expect(cuts).toHaveLength(4);
    }
  });

  it("have contributions that add up to the score exactly, also where some facts are missing", () => {
    for (const [id, account] of base) {
      const facts = factsOf(account);
      const { score, contributions, grade } = explainGrade(grader, facts, today);
      expect({ score, grade }).toMatchObject({ score: expected.get(id)!.score, grade: expected.get(id)!.grade });
      expect(contributions.reduce((sum, c) => sum + c.points, 0)).toBe(score);
      const { revenue: _, ...less } = facts;
      const partly = explainGrade(grader, less, today);
      expect(partly.contributions.reduce((sum, c) => sum + c.points, 0)).toBe(partly.score);
      expect(partly).toMatchObject({ coverage: 700_000, score: gradeBy(grader, less, today).score });
    }
  });

  it("get the same grade told order by order, in any order, and replayed from the log", () => {
    for (const told of [orders, orders.toReversed(), shuffled(orders, "any")]) {
      const { rules, log, records, grades } = fed([], told);
      expect(grades).toEqual(expected);
      for (const [id] of base) {
        const customer = records.get(`customer/${id}`)! as AnyRecord & CustomerFields;
        expect(gradeBy(grader, factValues(customer.facts), today)).toEqual(expected.get(id));
        for (const kind of ["customer", "grading"])
          expect(fold(rules.doors(kind)!, stored(log.get(`${kind}/${id}`)!))).toStrictEqual(
            records.get(`${kind}/${id}`),
          );
      }
    }
  });

  it("get the same grade and the same log under every order of the plugins", () => {
    const permuted = <T>(list: readonly T[]): readonly (readonly T[])[] =>
      list.length < 2 ? [list] : list.flatMap((one, i) => permuted(list.toSpliced(i, 1)).map((rest) => [one, ...rest]));
    // Every customer's last order, after the first 200 orders of all: each composition starts anew.
    const last = new Map(orders.map((order) => [order.customerId, order]));
    const told = [...orders.slice(0, 200), ...last.values()];
    const plain = fed([], told);
    const all = permuted(plugins);
    expect(all).toHaveLength(24);
    for (const list of all) {
      const { log, grades } = fed(list, told);
      expect(grades).toEqual(plain.grades);
      expect(log).toEqual(plain.log);
    }
  });
});

describe("at a desk", () => {
  it("a batch gives the grades that facts gave one by one, and a second batch changes nothing", async () => {
    let clock = asOf;
    const batch = stage({ clock: () => clock }).desk;
    for (const [id, account] of base) {
      unwrap(await batch.customers.open({ id, input: {}, actor: robot }));
      const command = { type: "record_facts", input: { facts: factsOf(account), source: "shop" } } as const;
      unwrap(await batch.customers.execute({ id, command, actor: robot }));
    }
    unwrap(await batch.policies.adopt(policy));
    const outcomes = async () => {
      const counts = { changed: 0, unchanged: 0, refused: 0 };
      for await (const { outcome } of batch.regradeAll()) counts[outcome]++;
      return counts;
    };
    expect(await outcomes()).toEqual({ changed: 793, unchanged: 0, refused: 0 });
    expect(await outcomes()).toEqual({ changed: 0, unchanged: 793, refused: 0 });
    const graded = async (id: string) => unwrap(await batch.grading.get(id)) as unknown as AnyRecord;
    for (const [id] of base) expect(natural(await graded(id))).toEqual(expected.get(id));

    // A quarter of a year without an order: the same facts are less recent, alone and in a batch alike.
    clock = "2018-04-01T09:00:00.000Z";
    const { changed } = await outcomes();
    expect(changed).toBeGreaterThan(0);
    for (const [id, account] of base)
      expect(natural(await graded(id))).toEqual(gradeBy(grader, factsOf(account), "2018-04-01"));
  });

  it("four years of orders, each told on its day, come to the same once they are looked at on one day", async () => {
    let clock = "2014-01-01T09:00:00.000Z";
    const { desk } = stage({ clock: () => clock });
    unwrap(await desk.policies.adopt(policy));
    const known = new Map<string, Account>();
    for (const order of orders.toSorted((a, b) => (a.orderedOn < b.orderedOn ? -1 : 1))) {
      const id = order.customerId;
      clock = `${order.orderedOn}T12:00:00.000Z`;
      if (!known.has(id)) unwrap(await desk.customers.open({ id, input: {}, actor: robot }));
      known.set(id, after(known.get(id), order));
      const command = { type: "record_facts", input: { facts: factsOf(known.get(id)!), source: "shop" } } as const;
      unwrap(await desk.customers.execute({ id, command, actor: robot }));
    }
    clock = asOf;
    for await (const { outcome } of desk.regradeAll()) expect(outcome).not.toBe("refused");
    const doors = rulesOf([]).doors("grading")!;
    for (const [id] of base) {
      const record = unwrap(await desk.grading.get(id)) as unknown as AnyRecord;
      expect(natural(record)).toEqual(expected.get(id));
      const { items } = unwrap(await desk.grading.timeline(id, { limit: 500 }));
      expect(fold(doors, items)).toEqual(record);
    }
  });
});
