import type { Money } from "../kernel/money.js";
import type { CaseFacts } from "./case.js";
import { done } from "./outcome.js";
import { own } from "./own.js";
import { wrong } from "./telling.js";

/** What one remedy has cost. */
export interface RemedyCost {
  readonly remedy: string;
  /** How often it was carried out. */
  readonly n: number;
  /** How often nobody said what it cost, as of an apology. */
  readonly unpriced: number;
  /** In each currency; one is never turned into another. */
  readonly costs: readonly Money[];
}

/** What remedies have cost. */
export interface RemedyCosts {
  /** Most often carried out first. */
  readonly rows: readonly RemedyCost[];
  readonly total: readonly Money[];
}

/** The part of one party in the responsibility. */
export interface Responsibility {
  readonly of: string;
  /** `null`: somebody who was erased. */
  readonly id: string | null;
  /** The complaints that it is a part of. */
  readonly cases: number;
  /** Its percents in all of them, added up. */
  readonly percent: number;
  /** Of the percents of everybody. */
  readonly share: number;
}

/** Exact in any order: sums are whole numbers of any size until they are told. */
function sums() {
  const of = new Map<string, bigint>();
  return {
    add: ({ amount, currency }: Money): void => {
      of.set(currency, (of.get(currency) ?? 0n) + BigInt(amount));
    },
    told: (): readonly Money[] =>
      [...of]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, sum]) => {
          const amount = Number(sum);
          if (!Number.isSafeInteger(amount)) throw wrong(`costs in ${currency} are more than money holds`);
          return { amount, currency };
        }),
  };
}

export interface CostPart {
  readonly add: (facts: CaseFacts) => void;
  readonly report: () => RemedyCosts;
}

export function costPart(): CostPart {
  const rows = new Map<string, { n: number; unpriced: number; readonly costs: ReturnType<typeof sums> }>();
  const all = sums();
  return {
    add: ({ entries = [] }) => {
      for (const { remedy, status, cost } of entries) {
        if (!done.has(status)) continue;
        const row = own(rows, remedy, () => ({ n: 0, unpriced: 0, costs: sums() }));
        row.n++;
        if (cost === null) row.unpriced++;
        else {
          row.costs.add(cost);
          all.add(cost);
        }
      }
    },
    report: () => ({
      rows: [...rows]
        .sort(([a, { n }], [b, { n: m }]) => m - n || (a < b ? -1 : 1))
        .map(([remedy, { n, unpriced, costs }]) => ({ remedy, n, unpriced, costs: costs.told() })),
      total: all.told(),
    }),
  };
}

export interface ResponsibilityPart {
  readonly add: (facts: CaseFacts) => void;
  readonly report: () => readonly Responsibility[];
}

export function responsibilityPart(): ResponsibilityPart {
  const parties = new Map<
    string,
    { readonly of: string; readonly id: string | null; cases: number; percent: number }
  >();
  return {
    add: ({ shares }) => {
      const here = new Set<string>();
      for (const { of, id, percent } of shares) {
        const key = JSON.stringify([of, id]);
        const party = own(parties, key, () => ({ of, id, cases: 0, percent: 0 }));
        party.percent += percent;
        if (!here.has(key)) party.cases++;
        here.add(key);
      }
    },
    report: () => {
      const list = [...parties].filter(([, { percent }]) => percent > 0);
      const all = list.reduce((sum, [, { percent }]) => sum + percent, 0);
      list.sort(([a, p], [b, q]) => q.percent - p.percent || (a < b ? -1 : 1));
      return list.map(([, { of, id, cases, percent }]) => ({ of, id, cases, percent, share: percent / all }));
    },
  };
}
