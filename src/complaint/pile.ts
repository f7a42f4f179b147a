import { guarded } from "../kernel/guarded.js";
import { type Instant, toInstant } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import { type Assumption, assumptionsOf } from "./assumptions.js";
import { type ComplaintCase, caseOf } from "./case.js";
import { own } from "./own.js";
import { bandsOf, zoneOf } from "./pile-ageing.js";
import { type Heap, type How, heap, type PileReport } from "./pile-heap.js";
import { type Worth, worthOf } from "./recovery.js";
import { daysOf, repeatsIn } from "./repeats-within.js";
import { collection, keyOf, type SameOptions } from "./sameness.js";
import { closedStates, knownText, msOf, wrong } from "./telling.js";

/** What is looked at, and how. */
export interface PileOptions<C extends ComplaintCase = ComplaintCase> extends SameOptions {
  /** When the cases were read: until then open ones have aged. Later ones do not count. */
  readonly asOf: Instant;
  /** Complaints received from here on; left out: all. */
  readonly from?: Instant | undefined;
  /** And before here. */
  readonly to?: Instant | undefined;
  /** Whose days the age of open complaints is counted in; default UTC. */
  readonly zone?: string | undefined;
  /** Where bands of age begin, in days, after the first; default 7, 14, 30, 60, 90. */
  readonly bands?: readonly number[] | undefined;
  /** A report for each group as well: a month, a department, a product. `null` belongs to none. */
  readonly by?: ((one: C) => string | null) | undefined;
  /** See `findRepeats`; default 30. */
  readonly repeatDays?: number | undefined;
  /** See `judgeHandling`; default 7. */
  readonly silenceDays?: number | undefined;
  /** In the place of `recoveryAssumptions` of the same id. */
  readonly assumptions?: readonly Assumption[] | undefined;
  /** Without it loss and recovery are told in customers only. */
  readonly worth?: Worth | undefined;
  /** Of every interval; default 0.95. */
  readonly confidence?: number | undefined;
}

/** A pile of complaints, whole and by group. */
export interface Pile extends PileReport {
  readonly asOf: Instant;
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** By their names, in the order of code units. */
  readonly groups: ReadonlyMap<string, PileReport>;
}

/** Takes complaints in one by one, and tells what they come to so far. */
export interface PileInProgress<C extends ComplaintCase = ComplaintCase> {
  readonly add: (one: C) => void;
  readonly report: () => Pile;
}

/**
 * What a pile of complaints tells (C4, C5, E5): of the complaints received from `from` to before `to`, and no later than
 * `asOf`,
 *
 * - causes, natures and categories, the most frequent first, with cumulative shares (Pareto);
 * - the age of those that are not closed, in bands of calendar days;
 * - rates with n, Wilson's interval and definition: resolved at the first contact, reopened, repeated (`findRepeats`,
 *   where complaints received outside the period count as the earlier ones), and on time by clock, of which every run
 *   with a verdict counts;
 * - the time spent in each state, and the bottleneck;
 * - what remedies that were carried out have cost, by remedy and currency: the `cost` of an entry of the ledger, or its
 *   amount;
 * - the parts of each party in the responsibility, in percents added up over complaints;
 * - estimated loss and recovery (see `Recovery` for the formula, `recoveryAssumptions` for the figures).
 *
 * Merged complaints count once, as the one in which they went on. What needs a timeline or readings of clocks rests on
 * the cases that have them, and its n says on how many. The order of the cases does not matter. One pass over them;
 * what is kept of a complaint is its id, its time in each state, whose it is, and when it was settled.
 *
 * Throws `INVALID_OPTIONS` for what is no case, a case that comes twice, options out of their ranges, more than 10,000
 * groups or 10,000,000 cases, and costs beyond what money holds.
 *
 * @example
 * ```ts
 * import { createServiceRules, pileOf, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const made = (id: string, nature: "product" | "service") => {
 *   const input = { customerId: id, summary: "It does not cool" };
 *   const { next, events } = unwrap(complaints.open({ id, input }, testContext()));
 *   const told = unwrap(complaints.decide(next, { type: "acknowledge", input: {} }, testContext()));
 *   const command = { type: "assess", input: { nature, severity: "high" } } as const;
 *   const assessed = unwrap(complaints.decide(told.next, command, testContext()));
 *   return { record: assessed.next, timeline: [...events, ...told.events, ...assessed.events] };
 * };
 * const cases = [made("a", "product"), made("b", "service"), made("c", "product")];
 * const pile = pileOf(cases, { asOf: "2026-01-11T09:00:00.000Z", by: ({ record }) => record.nature });
 * pile.natures.rows.map(({ key, count }) => [key, count]); // => [["product", 2], ["service", 1]]
 * pile.natures.rows[1]?.cumulative; // => 1
 * pile.ageing.bands[1]; // => { from: 7, to: 14, open: 3, paused: 0, share: 1 }
 * pile.stages.bottleneck; // => "assessed"
 * pile.groups.get("service")?.received; // => 1
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function pileOf<C extends ComplaintCase>(cases: Iterable<C>, options: PileOptions<C>): Pile {
  return guarded("INVALID_OPTIONS", "pileOf", () => {
    const pile = piling(options);
    for (const one of cases) pile.add(one);
    return pile.report();
  });
}

/**
 * `pileOf` for cases that come page by page: add each, then ask for the report, as often as you like. Throws as `pileOf`
 * does; a case that was refused is not in the pile.
 *
 * @example
 * ```ts
 * import { createServiceRules, startPile, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const input = { customerId: "c-7", summary: "It does not cool" };
 * const { next } = unwrap(createServiceRules().complaints.open({ id: "1", input }, testContext()));
 * const pile = startPile({ asOf: "2026-01-11T09:00:00.000Z" });
 * // for await (const page of pagesOf(desk)) for (const one of page) pile.add(one);
 * pile.add({ record: next });
 * pile.report().ageing.oldest; // => { id: "1", openedAt: "2026-01-01T09:00:00.000Z", days: 10 }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function startPile<C extends ComplaintCase = ComplaintCase>(options: PileOptions<C>): PileInProgress<C> {
  return guarded("INVALID_OPTIONS", "startPile", () => {
    const { add, report } = piling(options);
    return {
      add: (one) => guarded("INVALID_OPTIONS", "add", () => add(one)),
      report: () => guarded("INVALID_OPTIONS", "report", report),
    };
  });
}

const mostGroups = 10_000;

function piling<C extends ComplaintCase>(options: PileOptions<C>): PileInProgress<C> {
  const { asOf, from, to, by, key } = options;
  const { silenceDays = 7, confidence = 0.95 } = options;
  if (typeof silenceDays !== "number" || !(silenceDays > 0 && silenceDays <= 36_500))
    throw wrong(`silenceDays: a number above 0 is needed, found ${preview(silenceDays)}`);
  if (typeof confidence !== "number" || !(confidence > 0 && confidence < 1))
    throw wrong(`confidence: a number above 0 and below 1 is needed, found ${preview(confidence)}`);
  const closed = closedStates(options.closed);
  const within = daysOf(options.repeatDays);
  const period = {
    asOf: msOf("asOf", asOf),
    from: from === undefined ? -Infinity : msOf("from", from),
    to: to === undefined ? Infinity : msOf("to", to),
  };
  const how: How = {
    asOf: period.asOf,
    zone: zoneOf(options.zone),
    bands: bandsOf(options.bands),
    confidence,
    silenceDays,
    assumptions: assumptionsOf(options.assumptions),
    worth: worthOf(options.worth),
  };
  const whole = heap(how);
  const groups = new Map<string, Heap>();
  const all = collection();
  const add = (one: C) => {
    const facts = caseOf(one, closed);
    const { opened } = facts;
    const isLookedAt = opened >= period.from && opened < period.to && opened <= period.asOf;
    const name = by === undefined || !isLookedAt ? null : knownText("by", by(one));
    if (name !== null && !groups.has(name) && groups.size === mostGroups)
      throw wrong(`at most ${mostGroups} groups are told apart`);
    const isKeyed = all.add(facts, keyOf(key, one.record));
    if (!isLookedAt) return;
    whole.add(facts, isKeyed);
    if (name === null) return;
    own(groups, name, () => heap(how)).add(facts, isKeyed);
  };
  const report = (): Pile => {
    const repeats = new Set(repeatsIn(all.same(), within).map(({ id }) => id));
    const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      asOf: toInstant(period.asOf),
      from: from ?? null,
      to: to ?? null,
      ...whole.report(repeats),
      groups: new Map(sorted.map(([name, group]) => [name, group.report(repeats)])),
    };
  };
  return { add, report };
}
