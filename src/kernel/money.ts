import * as z from "zod/mini";
import type { Issue, Refusal, Result } from "./result.js";
import { ok, refuse } from "./result.js";

/** An amount in whole minor units (cents, fen, yen) of one currency. Never a fraction: what is split is rounded first. */
export interface Money {
  /** Minor units, a safe integer, never -0; negative for what is owed the other way. */
  readonly amount: number;
  /** Three capital letters, as ISO 4217 writes them. */
  readonly currency: string;
}

const currencyForm = /^[A-Z]{3}$/;
const isCurrency = (value: unknown): value is string => typeof value === "string" && currencyForm.test(value);

/** Reads each field once, so that a getter cannot answer twice differently; a thrown error is a wrong input. */
function readMoney(value: unknown, path: string): Result<Money> {
  try {
    if (typeof value === "object" && value !== null) {
      const { amount, currency } = value as Partial<Money>;
      return checked(amount, currency, path === "" ? "" : `${path}.`);
    }
  } catch {}
  return invalid([{ path, code: "invalid_type", message: "money { amount, currency } is needed" }]);
}

function checked(amount: unknown, currency: unknown, prefix: string): Result<Money> {
  const issues: Issue[] = [];
  if (!Number.isSafeInteger(amount))
    issues.push({ path: `${prefix}amount`, code: "invalid_type", message: "a safe integer of minor units is needed" });
  if (!isCurrency(currency)) issues.push(currencyIssue(`${prefix}currency`));
  if (issues.length > 0) return invalid(issues);
  // Adding 0 turns -0, which JSON cannot hold, into 0.
  return ok({ amount: (amount as number) + 0, currency: currency as string });
}

const invalid = (issues: readonly Issue[]): Result<never> => refuse({ code: "INVALID_INPUT", issues });
const currencyIssue = (path: string): Issue => ({
  path,
  code: "invalid_format",
  message: "a currency of three capital letters is needed",
});
const mismatch = (a: string, b: string): Result<never, Refusal> =>
  refuse({ code: "CURRENCY_MISMATCH", currencies: [a, b] });

function fitting(amount: number, currency: string, subject: string): Result<Money> {
  return Number.isSafeInteger(amount)
    ? ok({ amount: amount + 0, currency })
    : refuse({ code: "MONEY_OVERFLOW", subject });
}

function combine<T>(a: Money, b: Money, answer: (a: Money, b: Money) => Result<T>): Result<T> {
  const left = readMoney(a, "0");
  if (!left.ok) return left;
  const right = readMoney(b, "1");
  if (!right.ok) return right;
  const { currency } = left.value;
  return currency === right.value.currency ? answer(left.value, right.value) : mismatch(currency, right.value.currency);
}

/**
 * Money of an amount of minor units. Refuses with `INVALID_INPUT` what is not a safe integer, and a currency that is
 * not three capital letters.
 *
 * @example
 * ```ts
 * import { money } from "clientele";
 *
 * money(1999, "EUR"); // => { ok: true, value: { amount: 1999, currency: "EUR" } }
 * money(19.99, "EUR").ok; // => false
 * ```
 */
export function money(amount: number, currency: string): Result<Money> {
  return checked(amount, currency, "");
}

/**
 * `a + b`. Refuses `CURRENCY_MISMATCH`, `MONEY_OVERFLOW` (beyond safe integers; subject `"addMoney"`) and
 * `INVALID_INPUT`, with issues under the path `0` or `1`, the place of the argument.
 *
 * @example
 * ```ts
 * import { addMoney } from "clientele";
 *
 * const five = { amount: 500, currency: "EUR" };
 * addMoney(five, five); // => { ok: true, value: { amount: 1000, currency: "EUR" } }
 * addMoney(five, { amount: 1, currency: "USD" }); // => { ok: false, error: { code: "CURRENCY_MISMATCH", currencies: ["EUR", "USD"] } }
 * ```
 */
export function addMoney(a: Money, b: Money): Result<Money> {
  return combine(a, b, (x, y) => fitting(x.amount + y.amount, x.currency, "addMoney"));
}

/**
 * `a - b`; may be negative. Refuses as `addMoney` does (subject `"subtractMoney"`).
 *
 * @example
 * ```ts
 * import { subtractMoney } from "clientele";
 *
 * subtractMoney({ amount: 500, currency: "EUR" }, { amount: 700, currency: "EUR" }); // => { ok: true, value: { amount: -200, currency: "EUR" } }
 * ```
 */
export function subtractMoney(a: Money, b: Money): Result<Money> {
  return combine(a, b, (x, y) => fitting(x.amount - y.amount, x.currency, "subtractMoney"));
}

/**
 * -1 where `a` is less than `b`, 0 where they are equal, 1 where it is more. Refuses `CURRENCY_MISMATCH` and
 * `INVALID_INPUT`.
 *
 * @example
 * ```ts
 * import { compareMoney } from "clientele";
 *
 * compareMoney({ amount: 500, currency: "EUR" }, { amount: 700, currency: "EUR" }); // => { ok: true, value: -1 }
 * ```
 */
export function compareMoney(a: Money, b: Money): Result<-1 | 0 | 1> {
  return combine<-1 | 0 | 1>(a, b, (x, y) => ok(x.amount < y.amount ? -1 : x.amount > y.amount ? 1 : 0));
}

/**
 * The sum of a list, 0 for an empty one: exact, and so the same in any order. Refuses the first element of another
 * currency (`CURRENCY_MISMATCH`: the wanted one, then the one found), a total beyond safe integers (`MONEY_OVERFLOW`,
 * subject `"sumMoney"`) and `INVALID_INPUT`, with issues under the index of the first wrong element.
 *
 * @example
 * ```ts
 * import { sumMoney } from "clientele";
 *
 * sumMoney([{ amount: 500, currency: "EUR" }, { amount: -200, currency: "EUR" }], "EUR"); // => { ok: true, value: { amount: 300, currency: "EUR" } }
 * sumMoney([], "JPY"); // => { ok: true, value: { amount: 0, currency: "JPY" } }
 * ```
 */
export function sumMoney(list: readonly Money[], currency: string): Result<Money> {
  if (!isCurrency(currency)) return invalid([currencyIssue("currency")]);
  let total = 0;
  let carried = 0n;
  try {
    if (!Array.isArray(list))
      return invalid([{ path: "", code: "invalid_type", message: "a list of money is needed" }]);
    for (let i = 0; i < list.length; i++) {
      const read = readMoney(list[i], String(i));
      if (!read.ok) return read;
      if (read.value.currency !== currency) return mismatch(currency, read.value.currency);
      const next = total + read.value.amount;
      if (Number.isSafeInteger(next)) total = next;
      else {
        // A later element may bring the total back: only the end decides.
        carried += BigInt(total);
        total = read.value.amount;
      }
    }
  } catch {
    return invalid([{ path: "", code: "invalid_type", message: "a list that can be read is needed" }]);
  }
  return fitting(carried === 0n ? total : Number(carried + BigInt(total)), currency, "sumMoney");
}

/**
 * Schema of `Money`; refuses unknown keys, fractions and unsafe integers.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { moneySchema } from "clientele";
 *
 * z.safeParse(moneySchema, { amount: 1999, currency: "EUR" }).success; // => true
 * z.safeParse(moneySchema, { amount: 19.99, currency: "EUR" }).success; // => false
 * ```
 */
export const moneySchema: z.ZodMiniType<Money, Money> = /* @__PURE__ */ z.strictObject({
  amount: /* @__PURE__ */ z.int().check(/* @__PURE__ */ z.overwrite((amount) => amount + 0)),
  currency: /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.regex(currencyForm)),
});
