import { type LocalDate, localDateToDay, type Money, type Purchaser } from "clientele";
import type { Order } from "../superstore/orders.js";

/** A customer as the shop's own books know them. */
export interface Buyer {
  /** The id that the orders know them by, which is also the desk's. */
  readonly id: string;
  readonly name: string;
  /** By day, then by id. */
  readonly orders: readonly Order[];
}

/** What the shop tells the desk of a customer. */
export interface BuyerFacts {
  /** The day of the last order. */
  readonly recency: LocalDate;
  readonly frequency: number;
  readonly revenue: Money;
  readonly profit: Money;
}

export function buyersOf(orders: readonly Order[]): readonly Buyer[] {
  const byId = new Map<string, Order[]>();
  for (const order of orders) byId.set(order.customerId, [...(byId.get(order.customerId) ?? []), order]);
  return [...byId]
    .map(([id, own]): Buyer => {
      const sorted = [...own].sort((a, b) => compare(a.orderedOn, b.orderedOn) || compare(a.id, b.id));
      return { id, name: sorted[0]!.customerName, orders: sorted };
    })
    .sort((a, b) => compare(a.id, b.id));
}

/** What was known on a day; nothing of somebody who had not ordered yet. */
export function factsOn({ orders }: Buyer, day: LocalDate): BuyerFacts | undefined {
  const known = orders.filter((order) => order.orderedOn <= day);
  const last = known.at(-1);
  if (last === undefined) return undefined;
  const lines = known.flatMap((order) => order.lines);
  return {
    recency: last.orderedOn,
    frequency: known.length,
    revenue: usd(lines.reduce((sum, line) => sum + line.sales, 0)),
    profit: usd(lines.reduce((sum, line) => sum + line.profit, 0)),
  };
}

/** The same as numbers, for a fit. */
export const purchaserOf = ({ recency, frequency, revenue }: BuyerFacts, day: LocalDate): Purchaser => ({
  recency: localDateToDay(day) - localDateToDay(recency),
  frequency,
  revenue: revenue.amount,
});

const usd = (amount: number): Money => ({ amount, currency: "USD" });
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
