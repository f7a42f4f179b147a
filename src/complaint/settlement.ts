import { guarded } from "../kernel/guarded.js";
import type { Money } from "../kernel/money.js";
import type { Entry, Offer } from "./ledger.js";
import type { Wanted } from "./vocabulary.js";

/** What was asked for, and what was granted of it (D1). */
export interface SettlementGap {
  readonly asked: Wanted | null;
  /** What has been agreed, in each currency, in the order of their letters. */
  readonly granted: readonly Money[];
  /** Whether the remedy that was wanted has been agreed; `null` where none was named. */
  readonly isRemedyGranted: boolean | null;
  /** What is missing of the amount that was wanted, in its currency: negative where more was granted. */
  readonly missing: Money | null;
}

const agreed: ReadonlySet<Entry["status"]> = new Set<Entry["status"]>(["accepted", "carried_out", "verified"]);

/**
 * The gap between what the customer wanted and what was agreed. Amounts of different currencies are never mixed.
 *
 * @example
 * ```ts
 * import { gapOf } from "clientele";
 *
 * const gap = gapOf({
 *   wanted: { remedy: "refund", amount: { amount: 10_000, currency: "EUR" } },
 *   remedies: [
 *     { id: "r1", remedy: "refund", amount: { amount: 6_000, currency: "EUR" }, status: "accepted", by: "ann" },
 *   ],
 * });
 * gap.missing; // => { amount: 4000, currency: "EUR" }
 * ```
 */
export const gapOf = (complaint: Settled): SettlementGap => guarded("INVALID_OPTIONS", "gapOf", () => gap(complaint));

/** What of a complaint counts. */
export interface Settled {
  readonly wanted?: Wanted | undefined;
  readonly remedies?: readonly Entry[] | undefined;
}

function gap({ wanted, remedies = [] }: Settled): SettlementGap {
  const list = remedies.filter(({ status }) => agreed.has(status));
  const sums = new Map<string, number>();
  for (const { amount } of list)
    if (amount !== null) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amount);
  const granted = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]): Money => ({ amount, currency }));
  const { remedy, amount } = wanted ?? {};
  return {
    asked: wanted ?? null,
    granted,
    isRemedyGranted: remedy === undefined ? null : list.some((one) => one.remedy === remedy),
    missing:
      amount === undefined
        ? null
        : { amount: amount.amount - (sums.get(amount.currency) ?? 0), currency: amount.currency },
  };
}

/** A remedy that could be offered, with how well it fits the wish. */
export interface Ranked {
  readonly offer: Offer;
  /** 2: what was wanted, and all of the amount; 1: the remedy or the amount that was wanted; 0: something else. */
  readonly fit: 0 | 1 | 2;
}

/**
 * Remedies by fit to the wish, and of equal fit the cheaper first: by cost, or by amount where no cost is said. What is
 * in another currency than the first cannot be compared and comes last, in the order in which it was given.
 *
 * @example
 * ```ts
 * import { rankRemedies } from "clientele";
 *
 * const eur = (amount: number) => ({ amount, currency: "EUR" });
 * const ranked = rankRemedies({ remedy: "repair" }, [
 *   { remedy: "refund", amount: eur(40_000) },
 *   { remedy: "repair", cost: eur(9_000) },
 *   { remedy: "apology" },
 * ]);
 * ranked.map((one) => one.offer.remedy); // => ["repair", "apology", "refund"]
 * ```
 */
export const rankRemedies = (wanted: Wanted | undefined, offers: readonly Offer[]): readonly Ranked[] =>
  guarded("INVALID_OPTIONS", "rankRemedies", () => ranked(wanted, offers));

function ranked(wanted: Wanted | undefined, offers: readonly Offer[]): readonly Ranked[] {
  const currency = offers.map(costOf).find((cost) => cost !== undefined)?.currency;
  const price = (one: Offer): number => {
    const cost = costOf(one);
    return cost === undefined ? 0 : cost.currency === currency ? cost.amount : Infinity;
  };
  return offers
    .map((offer, place) => ({ offer, fit: fitOf(wanted, offer), price: price(offer), place }))
    .sort((a, b) => b.fit - a.fit || compared(a.price, b.price) || a.place - b.place)
    .map(({ offer, fit }) => ({ offer, fit }));
}

const costOf = ({ cost, amount }: Offer): Money | undefined => cost ?? amount;
const compared = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

function fitOf(wanted: Wanted | undefined, { remedy, amount }: Offer): Ranked["fit"] {
  const hasRemedy = wanted?.remedy === remedy;
  const enough =
    wanted?.amount !== undefined &&
    amount?.currency === wanted.amount.currency &&
    amount.amount >= wanted.amount.amount;
  if (hasRemedy && (enough || wanted?.amount === undefined)) return 2;
  return hasRemedy || enough ? 1 : 0;
}
