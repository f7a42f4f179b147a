import * as z from "zod/mini";
import type { Money } from "../kernel/money.js";
import { type $ZodType, idText } from "../kernel/schema.js";
import { amount, type Remedy, remedy } from "./vocabulary.js";

/** How far a remedy has come. */
export type EntryStatus = "approved" | "offered" | "accepted" | "declined" | "carried_out" | "verified";

/** One line of the ledger of remedies. */
export interface Entry {
  /** `r1`, `r2`, … in the order in which they came. */
  readonly id: string;
  readonly remedy: Remedy;
  /** What the customer gets; `null` for what is not money. */
  readonly amount: Money | null;
  /** What it costs the house, where that is known and not the amount. */
  readonly cost?: Money;
  readonly status: EntryStatus;
  /** Whose limit it was approved by. */
  readonly by: string;
}

export const entry: $ZodType<Entry, Entry> = z.object({
  id: idText(),
  remedy,
  amount: z.nullable(amount),
  cost: z.optional(amount),
  status: z.enum(["approved", "offered", "accepted", "declined", "carried_out", "verified"]),
  by: idText(),
}) as unknown as $ZodType<Entry, Entry>;

/** What is offered, before it is in the ledger. */
export interface Offer {
  readonly remedy: Remedy;
  readonly amount?: Money | undefined;
  readonly cost?: Money | undefined;
}
export const offer: $ZodType<Offer, Offer> = z.object({
  remedy,
  amount: z.optional(amount),
  cost: z.optional(amount),
}) as unknown as $ZodType<Offer, Offer>;

/** What the ledger has of a complaint. */
export interface Ledger {
  readonly remedies?: readonly Entry[];
}

/** The ledger where every entry of some states has come further. A complaint without one stays without one. */
export const moved = (c: Ledger, from: readonly EntryStatus[], to: EntryStatus): Ledger =>
  c.remedies === undefined
    ? {}
    : { remedies: c.remedies.map((one) => (from.includes(one.status) ? { ...one, status: to } : one)) };

/** The ledger with entries as they are now: those of a known id are replaced, others come last. */
export function written(c: Ledger, entries: readonly Entry[]): Ledger {
  const list = [...(c.remedies ?? [])];
  for (const one of entries) {
    const at = list.findIndex((had) => had.id === one.id);
    if (at === -1) list.push(one);
    else list[at] = one;
  }
  return { remedies: list };
}

/** Whether an approval covers an offer: the same remedy, and no more of the same money. */
export const covers = (approval: Entry, { remedy, amount }: Offer): boolean =>
  approval.remedy === remedy &&
  (amount === undefined || (approval.amount?.currency === amount.currency && approval.amount.amount >= amount.amount));

/**
 * The approval that each offer uses up, if any: those that need one come first, and each takes the smallest that covers
 * it, so that as many as possible are covered.
 */
export function approvalsFor(
  { remedies = [] }: Ledger,
  offers: readonly Offer[],
  needsOne: (offer: Offer) => boolean,
): readonly (Entry | undefined)[] {
  const open = remedies
    .filter(({ status }) => status === "approved")
    .sort((a, b) => (a.amount?.amount ?? 0) - (b.amount?.amount ?? 0));
  const used: (Entry | undefined)[] = offers.map(() => undefined);
  const rank = (one: Offer) => (needsOne(one) ? 2 : 0) + (one.amount === undefined ? 0 : 1);
  const order = offers.map((one, place) => ({ one, place, rank: rank(one) })).sort((a, b) => b.rank - a.rank);
  for (const { one, place } of order) {
    const at = open.findIndex((had) => covers(had, one));
    if (at !== -1) used[place] = open.splice(at, 1)[0];
  }
  return used;
}

/** Offers as entries: what was approved before keeps its line. */
export function entriesFor(
  c: Ledger,
  offers: readonly Offer[],
  status: EntryStatus,
  by: string,
  approvals: readonly (Entry | undefined)[] = [],
): readonly Entry[] {
  let next = (c.remedies ?? []).length;
  return offers.map((one, place) => {
    const approval = approvals[place];
    return {
      id: approval?.id ?? `r${++next}`,
      remedy: one.remedy,
      amount: one.amount ?? null,
      ...(one.cost === undefined ? {} : { cost: one.cost }),
      status,
      by: approval?.by ?? by,
    };
  });
}
