import * as z from "zod/mini";
import { isLocalDate, localDateToDay } from "../kernel/instant.js";
import { type Money, moneySchema } from "../kernel/money.js";
import { type $ZodType, text } from "../kernel/schema.js";
import { fact } from "../scorecard/index.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { customer } from "./model.js";
import * as permits from "./permits.js";
import * as states from "./states.js";

const date = z.string().check(z.refine(isLocalDate, { error: "a day YYYY-MM-DD is needed" }));
const count = z.int().check(z.minimum(0));

/** The day of the last purchase; read as days ago. */
export const recency = /* @__PURE__ */ fact("recency", {
  revision: 1,
  value: date,
  read: (day, { today }) => localDateToDay(today) - localDateToDay(day),
});
/** How many purchases there have been. */
export const frequency = /* @__PURE__ */ fact("frequency", { revision: 1, value: count });
/** What was bought for, in all; read as minor units. */
export const revenue = /* @__PURE__ */ fact("revenue", {
  revision: 1,
  value: moneySchema as unknown as $ZodType<Money>,
  read: (money) => money.amount,
});
/** What was left of it; read as minor units. */
export const profit = /* @__PURE__ */ fact("profit", {
  revision: 1,
  value: moneySchema as unknown as $ZodType<Money>,
  read: (money) => money.amount,
});
/** The line of business, or whatever the host divides its customers by. */
export const segment = /* @__PURE__ */ fact("segment", { revision: 1, value: text(200) });

type Values<T> = T[keyof T];

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
  ...Object.values(states),
  ...Object.values(events),
  ...Object.values(commands),
  ...Object.values(permits),
  recency,
  frequency,
  revenue,
  profit,
  segment,
];
