import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  addMoney,
  compareMoney,
  type Money,
  money,
  moneySchema,
  subtractMoney,
  sumMoney,
} from "../../src/kernel/money.js";
import { unwrap } from "../../src/kernel/result.js";

const eur = (amount: number): Money => ({ amount, currency: "EUR" });
const safe = fc.maxSafeInteger();
const max = Number.MAX_SAFE_INTEGER;
const revoked = (() => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
})();
const throwing = {
  get amount(): number {
    throw new Error("no");
  },
  currency: "EUR",
};
const hostile: readonly unknown[] = [
  ...[null, undefined, 5, "5 EUR", [], {}, revoked, throwing, eur(0.5), eur(Number.NaN), eur(Infinity), eur(max + 1)],
  ...["eur", "EU", "EURO", "EUR\n", "", 5, null, ["EUR"]].map((currency) => ({ amount: 1, currency })),
  { amount: "1", currency: "EUR" },
  { amount: 1n, currency: "EUR" },
];

describe("money", () => {
  it("is a safe integer of minor units and a currency", () => {
    expect(money(1999, "EUR")).toEqual({ ok: true, value: eur(1999) });
    expect(money(-0, "EUR")).toStrictEqual({ ok: true, value: eur(0) });
    expect(money(0.5, "eur")).toMatchObject({
      error: { code: "INVALID_INPUT", issues: [{ path: "amount" }, { path: "currency" }] },
    });
  });

  it("adds, subtracts and compares as integers do, or says that it overflows", () => {
    fc.assert(
      fc.property(safe, safe, (a, b) => {
        const exact = (n: bigint, subject: string) =>
          n >= -BigInt(max) && n <= BigInt(max)
            ? { ok: true, value: eur(Number(n)) }
            : { ok: false, error: { code: "MONEY_OVERFLOW", subject } };
        expect(addMoney(eur(a), eur(b))).toStrictEqual(exact(BigInt(a) + BigInt(b), "addMoney"));
        expect(subtractMoney(eur(a), eur(b))).toStrictEqual(exact(BigInt(a) - BigInt(b), "subtractMoney"));
        expect(unwrap(compareMoney(eur(a), eur(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it("never holds -0", () => {
    for (const result of [addMoney(eur(-0), eur(-0)), subtractMoney(eur(-0), eur(0)), sumMoney([eur(-0)], "EUR")])
      expect(Object.is(unwrap(result).amount, 0)).toBe(true);
    expect(Object.is(z.parse(moneySchema, JSON.parse('{"amount":-0,"currency":"EUR"}')).amount, 0)).toBe(true);
  });

  it("does not mix currencies", () => {
    const usd = { amount: 1, currency: "USD" };
    const error = { code: "CURRENCY_MISMATCH", currencies: ["EUR", "USD"] };
    for (const f of [addMoney, subtractMoney, compareMoney]) expect(f(eur(1), usd)).toEqual({ ok: false, error });
    expect(sumMoney([eur(1), usd], "EUR")).toEqual({ ok: false, error });
  });

  it("refuses hostile input at its place", () => {
    for (const value of hostile) {
      const wrong = value as Money;
      for (const f of [addMoney, subtractMoney, compareMoney]) {
        expect(f(wrong, eur(1))).toMatchObject({ error: { code: "INVALID_INPUT" } });
        const right = f(eur(1), wrong);
        if (right.ok || right.error.code !== "INVALID_INPUT") throw new Error("accepted");
        expect(right.error.issues[0]?.path).toMatch(/^1(\.|$)/);
      }
      expect(sumMoney([eur(1), wrong], "EUR")).toMatchObject({ error: { code: "INVALID_INPUT" } });
      // zod reads getters and proxies itself: those throw there, and `parse` turns what is thrown into an issue.
      if (value !== throwing && value !== revoked) expect(z.safeParse(moneySchema, value).success).toBe(false);
    }
    for (const list of [null, undefined, 5, "ab", {}, revoked, Array(1)])
      expect(sumMoney(list as Money[], "EUR")).toMatchObject({ error: { code: "INVALID_INPUT" } });
    expect(sumMoney([], "eur")).toMatchObject({ error: { code: "INVALID_INPUT", issues: [{ path: "currency" }] } });
  });

  it("sums exactly and in any order", () => {
    expect(sumMoney([eur(max), eur(max), eur(-max), eur(-3)], "EUR")).toEqual({ ok: true, value: eur(max - 3) });
    fc.assert(
      fc.property(fc.array(safe), (amounts) => {
        const total = amounts.reduce((sum, n) => sum + BigInt(n), 0n);
        const fits = total >= -BigInt(max) && total <= BigInt(max);
        const there = sumMoney(amounts.map(eur), "EUR");
        expect(sumMoney(amounts.toReversed().map(eur), "EUR")).toEqual(there);
        expect(there).toEqual(
          fits
            ? { ok: true, value: eur(Number(total)) }
            : { ok: false, error: { code: "MONEY_OVERFLOW", subject: "sumMoney" } },
        );
      }),
    );
  });

  it("has a schema that hosts can draw a form from", () => {
    expect(z.toJSONSchema(moneySchema)).toMatchObject({
      type: "object",
      required: ["amount", "currency"],
      properties: { amount: { type: "integer" }, currency: { pattern: "^[A-Z]{3}$" } },
    });
    expect(z.safeParse(moneySchema, { ...eur(1), more: 1 }).success).toBe(false);
  });
});
