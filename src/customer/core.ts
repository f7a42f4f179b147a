import * as z from "zod/mini";
import { isLocalDate, localDateToDay } from "../kernel/instant.js";
import { type Money, moneySchema } from "../kernel/money.js";
import { type $ZodType, text } from "../kernel/schema.js";
import type { Values } from "../kernel/token.js";
import { fact } from "../scorecard/index.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { customer } from "./model.js";
import * as permits from "./permits.js";
import * as states from "./states.js";

const date = z.string().check(z.refine(isLocalDate, { error: "a day YYYY-MM-DD is needed" }));
const count = z.int().check(z.minimum(0));

/**
 * The day of the last purchase; read as days ago, below 0 for a day to come.
 *
 * @example
 * ```ts
 * import { cardOf, createServiceRules, linear, recency, scoreBy, unwrap } from "clientele";
 *
 * const row = linear.row({ id: "last", fact: recency.id, args: { none: 100, full: 0 }, weight: 1 });
 * const card = unwrap(cardOf([row], createServiceRules().installed));
 * scoreBy(card, { recency: "2026-01-01" }, "2026-01-26").score; // => 750_000
 * ```
 */
export const recency = /* @__PURE__ */ fact("recency", {
  revision: 1,
  value: date,
  read: (day, { today }) => localDateToDay(today) - localDateToDay(day),
});
/**
 * How many purchases there have been.
 *
 * @example
 * ```ts
 * import { frequency, quantile } from "clientele";
 *
 * quantile.row({ id: "orders", fact: frequency.id, args: { cuts: [2, 5] }, weight: 50 }).fact; // => "frequency"
 * ```
 */
export const frequency = /* @__PURE__ */ fact("frequency", { revision: 1, value: count });
/**
 * What was bought for, in all; read as minor units of the policy's currency.
 *
 * @example
 * ```ts
 * import { cardOf, createServiceRules, linear, revenue, scoreBy, unwrap } from "clientele";
 *
 * const row = linear.row({ id: "money", fact: revenue.id, args: { none: 0, full: 1000 }, weight: 1 });
 * const card = unwrap(cardOf([row], createServiceRules().installed, "EUR"));
 * scoreBy(card, { revenue: { amount: 250, currency: "EUR" } }, "2026-03-01").score; // => 250_000
 * scoreBy(card, { revenue: { amount: 250, currency: "JPY" } }, "2026-03-01").coverage; // => 0
 * ```
 */
export const revenue = /* @__PURE__ */ fact("revenue", {
  revision: 1,
  value: moneySchema as unknown as $ZodType<Money>,
  unit: "money",
});
/**
 * What was left of it; read as minor units of the policy's currency. Below 0 for a loss.
 *
 * @example
 * ```ts
 * import { bands, profit } from "clientele";
 *
 * const args = [{ from: -1_000_000, mark: 0 }, { from: 0, mark: 500_000 }, { from: 100_000, mark: 1_000_000 }];
 * bands.row({ id: "earned", fact: profit.id, args, weight: 25 }).measure; // => "bands@1"
 * ```
 */
export const profit = /* @__PURE__ */ fact("profit", {
  revision: 1,
  value: moneySchema as unknown as $ZodType<Money>,
  unit: "money",
});
/**
 * The line of business, or whatever the host divides its customers by.
 *
 * @example
 * ```ts
 * import { lookup, segment } from "clientele";
 *
 * const args = { marks: { Corporate: 1_000_000, Consumer: 500_000 } };
 * lookup.row({ id: "line", fact: segment.id, args, weight: 10, missing: "neutral" }).missing; // => "neutral"
 * ```
 */
export const segment = /* @__PURE__ */ fact("segment", { revision: 1, value: text(200) });

// One by one: `Object.values` of a module would keep the name of each in every bundle. A test misses none.

/** Everything the core says about customers. */
export const customerTokens: readonly (
  | typeof customer
  | Values<typeof states>
  | Values<typeof events>
  | Values<typeof commands>
  | Values<typeof permits>
  | typeof recency
  | typeof frequency
  | typeof revenue
  | typeof profit
  | typeof segment
)[] = [
  customer,
  states.interested,
  states.likely,
  states.signed,
  states.former,
  events.factsRecorded,
  events.renamed,
  events.left,
  commands.recordFacts,
  commands.rename,
  commands.qualify,
  commands.sign,
  commands.leave,
  commands.winBack,
  commands.confirmFacts,
  permits.knowing,
  permits.feeding,
  recency,
  frequency,
  revenue,
  profit,
  segment,
];
