import type { Money } from "../kernel/money.js";
import type { Assumption, AssumptionId } from "./assumptions.js";
import { type CaseFacts, moneyOf, objectOf } from "./case.js";
import { judged } from "./finding.js";
import { withinTarget } from "./judgement-clocks.js";
import { thankful } from "./judgement-events.js";
import { outcomeOf } from "./outcome.js";
import { wrong } from "./telling.js";

/** What a customer is worth to the house, over whatever time it counts. */
export interface Worth {
  /** What a customer brings who stays. */
  readonly customer: Money;
  /** What it costs to keep one. */
  readonly keeping?: Money | undefined;
}

/**
 * What complaints cost and what handling them saves, as far as assumptions tell. Customers are counted, not complaints:
 * each by the worst that became of one of theirs; those whose complaint names nobody one by one.
 *
 * - `lost` = unsolved × `leaves.unsolved` (`leaves.service`): leavers who are dissatisfied, and no others.
 * - `prospects` = lost × `prospects`; `told` = unsolved × `tells`.
 * - `kept` = solved × (leaves − (1 − `stays.solved`)) + caring × (leaves − (1 − `stays.caring`)): how many fewer leave
 *   than if nothing had been solved.
 * - `silent` customers = all complainants × (1 / `complains` − 1), of whom `leaves.unsolved` leave.
 * - Money: `lostValue` = lost × what a customer is worth, `keptValue` = kept × the same; `replacing` = lost ×
 *   `acquisition` × what keeping one costs, `saved` = kept × the same. Rounded once, half away from zero. A customer is
 *   either lost or replaced: the two are not to be added.
 *
 * They are expectations under assumptions, not samples: no interval belongs to them.
 */
export interface Recovery {
  /** Customers with a complaint that has ended, well or badly. */
  readonly n: number;
  /** Customers whose complaints are all open, withdrawn, or ended in a state of a plugin: nothing is said of them. */
  readonly undecided: number;
  readonly unsolved: number;
  readonly solved: number;
  /** Solved within its target, and with care: `fast` and `thankful` of `judgeHandling`. */
  readonly caring: number;
  readonly lost: number;
  readonly prospects: number;
  readonly told: number;
  readonly kept: number;
  readonly silent: { readonly customers: number; readonly lost: number };
  /** `null` where nobody said what a customer is worth, or what keeping one costs. */
  readonly lostValue: Money | null;
  readonly keptValue: Money | null;
  readonly replacing: Money | null;
  readonly saved: Money | null;
  /** What it rests on. */
  readonly assumptions: readonly Assumption[];
}

export interface RecoveryOptions {
  readonly assumptions: readonly Assumption[];
  readonly worth: Worth | undefined;
  readonly silenceDays: number;
}

export function worthOf(worth: Worth | undefined): Worth | undefined {
  if (worth === undefined) return undefined;
  const { customer, keeping } = objectOf("worth", worth);
  const read = { customer: moneyOf("worth.customer", customer) };
  return keeping === undefined ? read : { ...read, keeping: moneyOf("worth.keeping", keeping) };
}

/** What became of a customer's complaints, bit by bit. */
const bit = { caring: 1, solved: 2, unsolved: 4, unsolvedService: 8, service: 16 } as const;
const decided = bit.caring | bit.solved | bit.unsolved;

function bitsOf(facts: CaseFacts, silenceDays: number): number {
  const outcome = outcomeOf(facts);
  if (outcome !== "solved" && outcome !== "unsolved") return 0;
  const service = facts.nature === "service" ? bit.service : 0;
  if (outcome === "unsolved") return bit.unsolved | service | (service === 0 ? 0 : bit.unsolvedService);
  const isCaring = judged(withinTarget(facts)).passed === true && judged(thankful(facts, silenceDays)).passed === true;
  return (isCaring ? bit.caring : bit.solved) | service;
}

export interface RecoveryPart {
  readonly add: (facts: CaseFacts) => void;
  readonly report: () => Recovery;
}

export function recoveryPart({ assumptions, worth, silenceDays }: RecoveryOptions): RecoveryPart {
  const customers = new Map<string, number>();
  /** How many customers there are of each combination. */
  const counts = new Array<number>(32).fill(0);
  return {
    add: (facts) => {
      const bits = bitsOf(facts, silenceDays);
      if (facts.customerId === null) counts[bits]!++;
      else customers.set(facts.customerId, (customers.get(facts.customerId) ?? 0) | bits);
    },
    report: () => {
      const all = [...counts];
      for (const bits of customers.values()) all[bits]!++;
      return estimated(all, assumptions, worth);
    },
  };
}

function estimated(counts: readonly number[], assumptions: readonly Assumption[], worth: Worth | undefined): Recovery {
  const value = (id: AssumptionId) => assumptions.find((one) => one.id === id)!.value;
  const leaves = (isService: boolean) => value(isService ? "leaves.service" : "leaves.unsolved");
  let [undecided, unsolved, solved, caring, lost, kept] = [0, 0, 0, 0, 0, 0];
  counts.forEach((count, bits) => {
    const has = (one: number) => (bits & one) !== 0;
    if (!has(decided)) undecided += count;
    else if (has(bit.unsolved)) {
      unsolved += count;
      lost += count * leaves(has(bit.unsolvedService));
    } else if (has(bit.solved)) {
      solved += count;
      kept += count * (leaves(has(bit.service)) - (1 - value("stays.solved")));
    } else {
      caring += count;
      kept += count * (leaves(has(bit.service)) - (1 - value("stays.caring")));
    }
  });
  const n = unsolved + solved + caring;
  const silent = (n + undecided) * (1 / value("complains") - 1);
  const keeping = worth?.keeping;
  const replacing = value("acquisition");
  return {
    n,
    undecided,
    unsolved,
    solved,
    caring,
    lost,
    prospects: lost * value("prospects"),
    told: unsolved * value("tells"),
    kept,
    silent: { customers: silent, lost: silent * value("leaves.unsolved") },
    lostValue: worth === undefined ? null : times(lost, worth.customer),
    keptValue: worth === undefined ? null : times(kept, worth.customer),
    replacing: keeping === undefined ? null : times(lost * replacing, keeping),
    saved: keeping === undefined ? null : times(kept * replacing, keeping),
    assumptions,
  };
}

function times(count: number, { amount, currency }: Money): Money {
  const product = count * amount;
  // Half away from zero; adding 0 turns -0 into 0.
  const rounded = Math.sign(product) * Math.round(Math.abs(product)) + 0;
  if (!Number.isSafeInteger(rounded)) throw wrong("worth: more than money holds");
  return { amount: rounded, currency };
}
