import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entry, type EntryStatus, gapOf, type Offer, rankRemedies } from "../../src/complaint/index.js";

const eur = (amount: number) => ({ amount, currency: "EUR" });
const cny = (amount: number) => ({ amount, currency: "CNY" });
const entry = (status: EntryStatus, amount: Entry["amount"], remedy: Entry["remedy"] = "refund"): Entry => ({
  id: `r${status}`,
  remedy,
  amount,
  status,
  by: "ann",
});

describe("the gap between asked and granted", () => {
  it("counts what was agreed, carried out or verified, and nothing that was only offered, approved or declined", () => {
    const remedies = [
      entry("approved", eur(1)),
      entry("offered", eur(10)),
      entry("declined", eur(100)),
      entry("accepted", eur(1000)),
      entry("carried_out", eur(2000)),
      entry("verified", eur(4000)),
    ];
    expect(gapOf({ wanted: { amount: eur(10_000) }, remedies })).toEqual({
      asked: { amount: eur(10_000) },
      granted: [eur(7000)],
      isRemedyGranted: null,
      missing: eur(3000),
    });
  });

  it("never mixes money, and tells what was granted beyond the wish", () => {
    const remedies = [entry("accepted", eur(500)), entry("verified", cny(900), "compensation")];
    const gap = gapOf({ wanted: { remedy: "repair", amount: cny(800) }, remedies });
    expect(gap).toMatchObject({ granted: [cny(900), eur(500)], isRemedyGranted: false, missing: cny(-100) });
    expect(gapOf({ wanted: { remedy: "compensation" }, remedies }).isRemedyGranted).toBe(true);
  });

  it("is nothing where nothing was asked", () => {
    expect(gapOf({})).toEqual({ asked: null, granted: [], isRemedyGranted: null, missing: null });
  });
});

describe("remedies to choose from", () => {
  const fits = (wanted: Parameters<typeof rankRemedies>[0], offer: Offer) => rankRemedies(wanted, [offer])[0]!.fit;

  it("fit wholly, by half, or not at all", () => {
    const wanted = { remedy: "refund", amount: eur(100) } as const;
    expect(fits(wanted, { remedy: "refund", amount: eur(100) })).toBe(2);
    expect(fits(wanted, { remedy: "refund", amount: eur(99) })).toBe(1);
    expect(fits(wanted, { remedy: "refund", amount: cny(100) })).toBe(1);
    expect(fits(wanted, { remedy: "compensation", amount: eur(100) })).toBe(1);
    expect(fits(wanted, { remedy: "compensation", amount: eur(99) })).toBe(0);
    expect(fits({ remedy: "repair" }, { remedy: "repair", cost: eur(5) })).toBe(2);
    expect(fits({ amount: eur(100) }, { remedy: "apology" })).toBe(0);
    expect(fits(undefined, { remedy: "apology" })).toBe(0);
  });

  it("come by fit, then by cost, or by amount where no cost is said; what has another currency comes last", () => {
    const offers: readonly Offer[] = [
      { remedy: "compensation", amount: eur(50) },
      { remedy: "compensation", amount: cny(1) },
      { remedy: "rework", cost: eur(20) },
      { remedy: "apology" },
      { remedy: "repair", amount: eur(1), cost: eur(900) },
    ];
    const order = rankRemedies({ remedy: "repair" }, offers).map(({ offer }) => offers.indexOf(offer));
    expect(order).toEqual([4, 3, 2, 0, 1]);
  });

  it("are the same, whatever the order in which they are given, but for what is equal", () => {
    const offer = fc.record({
      remedy: fc.constantFrom("refund", "repair", "apology"),
      amount: fc.option(fc.integer({ min: 0, max: 3 }).map(eur), { nil: undefined }),
    }) as fc.Arbitrary<Offer>;
    fc.assert(
      fc.property(
        fc
          .array(offer, { maxLength: 6 })
          .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, turned]) => {
          const told = (of: readonly Offer[]) =>
            rankRemedies({ remedy: "repair", amount: eur(2) }, of).map(({ offer: o, fit }) => [
              fit,
              o.amount?.amount ?? 0,
            ]);
          expect(told(turned)).toEqual(told(list));
        },
      ),
    );
  });
});
