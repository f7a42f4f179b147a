import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ComplaintCase,
  findRepeats,
  type Pile,
  type PileOptions,
  type PileReport,
  pileOf,
  type Rate,
  recoveryAssumptions,
  startPile,
} from "../../src/complaint/index.js";
import { toMs } from "../../src/kernel/instant.js";
import { sumMoney } from "../../src/kernel/money.js";
import { unwrap } from "../../src/kernel/result.js";
import { ann, carl, max } from "../given.js";
import {
  assessment,
  at,
  eur,
  hour,
  inbound,
  lived,
  outbound,
  proposal,
  settled,
  steps,
  type Tale,
  tale,
  type Whole,
} from "./cases.js";

const days = (n: number) => n * 24;
const yearEnd = days(300);
const piled = (tales: readonly Tale[], more: Partial<PileOptions> = {}, hours = yearEnd): Pile =>
  pileOf(
    tales.map((told) => told.whole(hours)),
    { asOf: at(hours), ...more },
  );
const assessed = (id: string, seen: object = {}, hours = 0) =>
  tale({ id, hours, input: { customerId: id } })
    .does(ann, "acknowledge", { channel: "email" })
    .does(ann, "assess", { ...assessment, ...seen });
const own = (id: string, more: object = {}) => ({ id, input: { customerId: id, ...more } });

describe("what complaints are about", () => {
  it("is counted with the most frequent first, and shares that add up", () => {
    const tales = ["a", "b", "c", "d", "e"].map((id, i) =>
      assessed(id, {
        nature: i < 3 ? "product" : "service",
        ...(i < 4 ? { category: ["cold", "door", "cold", "bill"][i] } : {}),
      }),
    );
    for (const told of tales.slice(0, 3)) told.does(ann, "find", { cause: "seal" });
    const { causes, natures, categories } = piled(tales);
    expect(natures).toEqual({
      n: 5,
      unknown: 0,
      rows: [
        { key: "product", count: 3, share: 0.6, cumulative: 0.6 },
        { key: "service", count: 2, share: 0.4, cumulative: 1 },
      ],
    });
    // Of equal counts the first by its name; who has none is in no share.
    expect(categories).toEqual({
      n: 4,
      unknown: 1,
      rows: [
        { key: "cold", count: 2, share: 0.5, cumulative: 0.5 },
        { key: "bill", count: 1, share: 0.25, cumulative: 0.75 },
        { key: "door", count: 1, share: 0.25, cumulative: 1 },
      ],
    });
    expect(causes).toMatchObject({ n: 3, unknown: 2, rows: [{ key: "seal", cumulative: 1 }] });
  });

  it("is nothing of nothing", () => {
    const { natures, ageing, stages, rates, received } = piled([]);
    expect([received, natures.rows, ageing.oldest, stages.bottleneck, stages.rows]).toEqual([0, [], null, null, []]);
    expect(rates.firstContact).toMatchObject({ value: null, n: 0, interval: null });
  });
});

describe("the age of open complaints", () => {
  it("is in days of the calendar, in bands", () => {
    const tales = [0, 1, 7, 13, 14, 95].map((age, i) => tale({ ...own(`c-${i}`), hours: days(100 - age) }));
    tales[2]!.does(ann, "wait_for_customer", { question: "Which?" });
    const { ageing } = piled(tales, {}, days(100));
    expect(ageing.bands.map(({ from, to, open, paused }) => [from, to, open, paused])).toEqual([
      [0, 7, 2, 0],
      [7, 14, 2, 1],
      [14, 30, 1, 0],
      [30, 60, 0, 0],
      [60, 90, 0, 0],
      [90, null, 1, 0],
    ]);
    expect(ageing.open).toBe(6);
    expect(ageing.bands[0]!.share).toBeCloseTo(1 / 3, 15);
    expect(ageing.oldest).toEqual({ id: "c-5", openedAt: at(days(5)), days: 95 });
    expect(piled(tales, { bands: [10] }, days(100)).ageing.bands.map(({ open }) => open)).toEqual([3, 3]);
  });

  it("is of the place: at midnight another day begins", () => {
    // Received at 12:00 in UTC, 20:00 in Shanghai; five hours later it is another day there.
    const told = [tale(own("a"))];
    expect(piled(told, {}, 5).ageing.oldest?.days).toBe(0);
    expect(piled(told, { zone: "Asia/Shanghai" }, 5).ageing.oldest?.days).toBe(1);
  });

  it("leaves out what is closed, and takes closed states of plugins at their word", () => {
    const tales = [tale(own("a")).does({ ...carl, id: "a" }, "withdraw"), tale(own("b"))];
    expect(piled(tales).ageing.open).toBe(1);
    const elsewhere = tales.map((told) => ({ record: { ...told.record, state: "legal.settled" } }));
    expect(pileOf(elsewhere, { asOf: at(9) }).ageing.open).toBe(2);
    expect(pileOf(elsewhere, { asOf: at(9), closed: ["legal.settled"] }).ageing.open).toBe(0);
  });
});

describe("rates", () => {
  it("tell how many were resolved at the first contact", () => {
    const once = settled({ id: "a" });
    const talked = settled({ id: "b" }).does(carl, "contact", inbound).does(ann, "contact", outbound);
    const asked = tale({ id: "c" })
      .does(carl, "contact", inbound)
      .does(ann, "acknowledge", {})
      .does(ann, "assess", assessment)
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid" });
    const passedOn = tale({ id: "d" })
      .does(ann, "assign", { ownerId: "ann" })
      .does(ann, "hand_over", { to: "ben", reason: "shift" })
      .does(ann, "acknowledge", {})
      .does(ann, "assess", assessment)
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid" });
    const unhappy = settled({ id: "e" })
      .does(carl, "dispute", { reason: "No" })
      .does(ann, "propose", proposal)
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "Paid" });
    const rejected = tale({ id: "f" }).does(max, "reject", { reason: "Not ours" });
    const tales = [once, talked, asked, passedOn, unhappy, rejected, tale({ id: "g" })];
    const { firstContact } = piled(tales, {}, 10).rates;
    // What was said after the resolution does not count; what is not resolved is in no rate.
    expect(firstContact).toMatchObject({ value: 0.4, n: 5 });
    expect(firstContact.interval?.low).toBeCloseTo(0.1176, 4);
    expect(firstContact.interval?.high).toBeCloseTo(0.7693, 4);
    const blind = tales.map(({ record }) => ({ record }));
    expect(pileOf(blind, { asOf: at(10) }).rates.firstContact).toMatchObject({ value: null, n: 0 });
  });

  it("tell how many were reopened, of those that were ever closed", () => {
    const closed = (id: string) => settled({ id }).does(carl, "confirm");
    const again = closed("a").does(carl, "reopen", { reason: "No" });
    const tales = [again, closed("b"), closed("c"), closed("d"), settled({ id: "e" }), tale({ id: "f" })];
    expect(piled(tales, {}, 10).rates.reopened).toMatchObject({ value: 0.25, n: 4 });
  });

  it("tell how many came again, also after one of before the period", () => {
    const subject = { input: { subject: "fridge-1" } };
    const tales = [
      settled({ id: "a", ...subject }),
      settled({ id: "b", hours: days(20), ...subject }),
      settled({ id: "c", hours: days(29), ...subject }),
      settled({ id: "d", hours: days(90), ...subject }),
      assessed("e", {}, days(30)),
    ];
    expect(piled(tales).rates.repeated).toMatchObject({ value: 0.5, n: 4 });
    const { rates, received } = piled(tales, { from: at(days(20)), to: at(days(90)) });
    expect([received, rates.repeated.value, rates.repeated.n]).toEqual([3, 1, 2]);
    expect(piled(tales, { repeatDays: 10 }).rates.repeated.value).toBe(0.25);
    expect(piled(tales, { key: () => null }).rates.repeated).toMatchObject({ value: null, n: 0 });
  });

  it("tell by clock how many runs were on time", () => {
    const late = assessed("a", {}, 0);
    const tales = [late, tale(own("b")).at(50).does(ann, "acknowledge", { channel: "email" }), tale(own("c"))];
    // At 40 hours: one on time, one late at 48, one open.
    const early = piled(tales.slice(0, 1), {}, 40).rates.onTime;
    expect(early.map(({ clock, value, n }) => [clock, value, n]).filter(([, , n]) => n !== 0)).toEqual([
      ["acknowledge", 1, 1],
    ]);
    const { onTime } = piled(tales, {}, 60).rates;
    const acknowledged = onTime.find(({ clock }) => clock === "acknowledge");
    expect(acknowledged).toMatchObject({ n: 3, interval: { method: "wilson" } });
    expect(acknowledged?.value).toBeCloseTo(1 / 3, 15);
    expect(onTime.map(({ clock }) => clock)).toEqual(onTime.map(({ clock }) => clock).toSorted());
  });
});

describe("the time in each state", () => {
  it("shows where it goes, with quantiles of those who have left", () => {
    // Received for 1, 2, 3, 4 and 9 hours; the last waits from then on.
    const tales = [1, 2, 3, 4].map((hours, i) =>
      tale(own(`c-${i}`))
        .at(hours)
        .does({ ...carl, id: `c-${i}` }, "withdraw"),
    );
    tales.push(tale(own("x")).at(9).does(ann, "acknowledge", {}));
    const { stages } = piled(tales, {}, 29);
    expect(stages).toEqual({
      n: 5,
      total: 39 * hour,
      bottleneck: "acknowledged",
      rows: [
        { state: "acknowledged", n: 0, now: 1, total: 20 * hour, share: 20 / 39, mean: null, median: null, p90: null },
        {
          state: "received",
          n: 5,
          now: 0,
          total: 19 * hour,
          share: 19 / 39,
          mean: 3.8 * hour,
          median: 3 * hour,
          p90: 7 * hour,
        },
      ],
    });
  });

  it("takes all stays of one complaint together, and no time after its closing", () => {
    const told = tale({ id: "a" })
      .at(1)
      .does(ann, "wait_for_customer", { question: "Which?" })
      .at(4)
      .does(ann, "resume")
      .at(6)
      .does(carl, "withdraw")
      .at(16)
      .does(carl, "reopen", { reason: "After all" })
      .at(17)
      .does(carl, "withdraw");
    const { rows } = piled([told], {}, 40).stages;
    expect(rows.map(({ state, n, total }) => [state, n, total / hour])).toEqual([
      ["received", 1, 3],
      ["waiting_for_customer", 1, 3],
      ["investigating", 1, 1],
    ]);
  });
});

describe("what remedies have cost", () => {
  it("is told by remedy and currency, and never mixed", () => {
    const usd = (amount: number) => ({ amount, currency: "USD" });
    const offers = [
      { remedy: "refund", amount: eur(1000), message: "Sorry", also: [{ remedy: "apology" }] },
      { remedy: "refund", amount: eur(250), cost: eur(300), message: "Sorry" },
      { remedy: "refund", amount: usd(700), message: "Sorry" },
      { remedy: "repair", cost: usd(50), message: "Sorry" },
    ];
    const tales = offers.map((offer, i) => settled({ id: `c-${i}` }, offer));
    // Offered, and never carried out.
    tales.push(assessed("x").does(ann, "propose", proposal));
    expect(piled(tales).remedies).toEqual({
      rows: [
        { remedy: "refund", n: 3, unpriced: 0, costs: [eur(1300), usd(700)] },
        { remedy: "apology", n: 1, unpriced: 1, costs: [] },
        { remedy: "repair", n: 1, unpriced: 0, costs: [usd(50)] },
      ],
      total: [eur(1300), usd(750)],
    });
  });

  it("is refused where money cannot hold it, whatever the order", () => {
    const huge = (id: string, amount: number): ComplaintCase => {
      const { record } = settled({ id }).whole();
      return { record: { ...record, remedies: [{ ...record.remedies![0]!, amount: eur(amount) }] } };
    };
    const cases = [huge("a", Number.MAX_SAFE_INTEGER), huge("b", 2), huge("c", -2)];
    expect(pileOf(cases, { asOf: at(9) }).remedies.total).toEqual([eur(Number.MAX_SAFE_INTEGER)]);
    expect(() => pileOf(cases.slice(0, 2), { asOf: at(9) })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTIONS" }),
    );
  });
});

describe("responsibility", () => {
  it("is shared among parties by percents added up", () => {
    const shared = (id: string, shares: object) => assessed(id).does(ann, "find", { shares });
    const works = { of: "department", id: "works" };
    const tales = [
      shared("a", [
        { ...works, percent: 60 },
        { of: "supplier", id: "works", percent: 40 },
      ]),
      shared("b", [{ ...works, percent: 100 }]),
      assessed("c"),
    ];
    expect(piled(tales).responsibility).toEqual([
      { ...works, cases: 2, percent: 160, share: 0.8 },
      { of: "supplier", id: "works", cases: 1, percent: 40, share: 0.2 },
    ]);
  });

  it("may be somebody's who was erased", () => {
    const { record } = assessed("a").does(ann, "find", { shares: [{ of: "person", id: "eve", percent: 100 }] });
    const shares = [{ of: "person", id: { erased: true }, percent: 100 }] as never;
    expect(pileOf([{ record: { ...record, shares } }], { asOf: at(9) }).responsibility).toEqual([
      { of: "person", id: null, cases: 1, percent: 100, share: 1 },
    ]);
  });
});

describe("loss and recovery", () => {
  const rejected = (id: string, customerId = id, seen: object = {}) =>
    tale({ id, input: { customerId } })
      .does(ann, "acknowledge", { channel: "email" })
      .does(ann, "assess", { ...assessment, ...seen })
      .does(max, "reject", { reason: "Not ours" });
  const caring = (id: string) => settled({ id }).does(carl, "confirm").does(ann, "contact", outbound);

  it("are estimated by the assumptions, by hand", () => {
    const tales = [
      rejected("a"),
      rejected("b"),
      rejected("c", "c", { nature: "service" }),
      caring("d"),
      tale(own("e")),
    ];
    const worth = { customer: eur(100_000), keeping: eur(10_000) };
    const { recovery } = piled(tales, { worth }, 10);
    // Lost: 2 × 0.89 + 0.94. Kept: 0.89 − 0.05. Silent: 5 × (1 / 0.67 − 1).
    expect(recovery).toMatchObject({ n: 4, undecided: 1, unsolved: 3, solved: 0, caring: 1, told: 27 });
    expect(recovery.lost).toBeCloseTo(2.72, 12);
    expect(recovery.prospects).toBeCloseTo(10.88, 12);
    expect(recovery.kept).toBeCloseTo(0.84, 12);
    expect(recovery.silent.customers).toBeCloseTo(5 / 0.67 - 5, 12);
    expect(recovery.silent.lost).toBeCloseTo((5 / 0.67 - 5) * 0.89, 12);
    expect(recovery.lostValue).toEqual(eur(272_000));
    expect(recovery.keptValue).toEqual(eur(84_000));
    // Six times what keeping one costs, for each.
    expect(recovery.replacing).toEqual(eur(163_200));
    expect(recovery.saved).toEqual(eur(50_400));
    expect(recovery.assumptions).toEqual(recoveryAssumptions);
    expect(piled(tales, {}, 10).recovery).toMatchObject({ lostValue: null, saved: null });
  });

  it("take a solution without care for less: it keeps three of four", () => {
    const silent = settled({ id: "a" }).does(carl, "confirm");
    const { recovery } = piled([silent], {}, 10);
    expect(recovery).toMatchObject({ solved: 1, caring: 0 });
    expect(recovery.kept).toBeCloseTo(0.89 - 0.25, 12);
    // Without readings nobody knows whether it was fast.
    const blind = pileOf([{ record: caring("b").record, timeline: caring("b").timeline }], { asOf: at(10) });
    expect(blind.recovery).toMatchObject({ solved: 1, caring: 0 });
  });

  it("count a customer once, by the worst, and one without a name each time", () => {
    const nobody = (id: string) => tale({ id, input: { customerId: undefined } }).does(max, "reject", { reason: "No" });
    const tales = [rejected("a", "c-7"), caring("b"), settled({ id: "c" }), nobody("d"), nobody("e")];
    expect(piled(tales, {}, 10).recovery).toMatchObject({ n: 3, unsolved: 3, solved: 0, caring: 0 });
  });

  it("say nothing of what was withdrawn or is open", () => {
    const tales = [tale(own("a")).does({ ...carl, id: "a" }, "withdraw"), tale(own("b"))];
    expect(piled(tales, {}, 10).recovery).toMatchObject({ n: 0, undecided: 2, lost: 0, kept: 0 });
  });

  it("rest on the house's own figures where it has them", () => {
    const assumptions = [{ id: "leaves.unsolved", value: 0.5, source: "our own survey of 2025" }] as const;
    const { recovery } = piled([rejected("a")], { assumptions }, 10);
    expect(recovery.lost).toBe(0.5);
    expect(recovery.assumptions).toContainEqual(assumptions[0]);
    expect(recovery.assumptions).toHaveLength(recoveryAssumptions.length);
    expect(recoveryAssumptions.every(({ source, value }) => source.length > 10 && value > 0)).toBe(true);
  });

  it("hold a proposal that nobody answered for no solution", () => {
    const { record } = settled({ id: "a" }).whole();
    const declined = {
      ...record,
      state: "closed",
      remedies: [{ ...record.remedies![0]!, status: "declined" }],
    } as const;
    expect(pileOf([{ record: declined }], { asOf: at(9) }).recovery).toMatchObject({ unsolved: 1 });
    expect(pileOf([{ record: { ...record, state: "closed" } }], { asOf: at(9) }).recovery).toMatchObject({ solved: 1 });
  });
});

describe("a period", () => {
  it("is of receipt: from its beginning to before its end, and not after now", () => {
    const tales = [0, 10, 20, 30].map((hours) => tale({ ...own(`c-${hours}`), hours }));
    const received = (more: Partial<PileOptions>, hours = 40) => piled(tales, more, hours).received;
    expect(received({})).toBe(4);
    expect(received({ from: at(10), to: at(30) })).toBe(2);
    expect(received({ to: at(0) })).toBe(0);
    const cases = tales.map((told) => told.whole(40));
    expect(pileOf(cases, { asOf: at(20) }).received).toBe(3);
  });
});

// The laws, of any lives.

const life = fc.tuple(
  fc.constantFrom(0, 5, 24, 200, 600),
  fc.constantFrom("f-1", "f-2"),
  fc.constantFrom("c-7", "c-8"),
  steps(14),
);
const lives = fc
  .array(life, { maxLength: 6 })
  .map((list) =>
    list.map(([hours, subject, customerId, acts], i) =>
      lived({ id: `c-${i}`, hours, input: { subject, customerId } }, acts),
    ),
  );
const end = 4000;
const casesOf = (tales: readonly Tale[]): readonly Whole[] => tales.map((told) => told.whole(end));
const bySubject = ({ record }: ComplaintCase) => record.subject ?? null;
const options: PileOptions = { asOf: at(end), by: bySubject, worth: { customer: eur(12_345) } };

describe("of any pile", () => {
  it("the order of the cases does not matter, nor whether they come one by one", () => {
    fc.assert(
      fc.property(
        lives.chain((tales) => fc.tuple(fc.constant(tales), fc.shuffledSubarray(tales, { minLength: tales.length }))),
        ([tales, shuffled]) => {
          const expected = pileOf(casesOf(tales), options);
          expect(pileOf(casesOf(shuffled), options)).toEqual(expected);
          const pile = startPile(options);
          for (const one of casesOf(shuffled)) pile.add(one);
          expect(pile.report()).toEqual(expected);
          // Asking does not change the answer.
          expect(pile.report()).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("groups are piles of their own", () => {
    fc.assert(
      fc.property(lives, (tales) => {
        const cases = casesOf(tales);
        const { groups } = pileOf(cases, options);
        // No two groups have a complaint about the same thing, so that repeats stay within them.
        const names = [...new Set(cases.map(bySubject))].toSorted();
        expect([...groups.keys()]).toEqual(names);
        for (const name of names) {
          const alone = pileOf(
            cases.filter((one) => bySubject(one) === name),
            { ...options, by: undefined },
          );
          const { asOf: _, from: __, to: ___, groups: ____, ...report } = alone;
          expect(groups.get(name!)).toEqual(report);
        }
      }),
      { numRuns: 60 },
    );
  });

  const ratesIn = ({ rates }: PileReport): readonly Rate[] => [
    rates.firstContact,
    rates.reopened,
    rates.repeated,
    ...rates.onTime,
  ];

  it("rates lie within 0 and 1, and within their intervals", () => {
    fc.assert(
      fc.property(lives, (tales) => {
        for (const { value, n, interval, definition } of ratesIn(pileOf(casesOf(tales), options))) {
          expect(definition).not.toBe("");
          if (value === null) {
            expect([n, interval]).toEqual([0, null]);
            continue;
          }
          expect(n).toBeGreaterThan(0);
          expect(value * n).toBeCloseTo(Math.round(value * n), 9);
          expect([0 <= interval!.low, interval!.low <= value, value <= interval!.high, interval!.high <= 1]).toEqual([
            true,
            true,
            true,
            true,
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("a Pareto is what counting one by one gives, and ends at 1", () => {
    fc.assert(
      fc.property(lives, (tales) => {
        const cases = casesOf(tales).filter(({ record }) => record.mergedInto === undefined);
        const { natures, causes, received } = pileOf(cases, options);
        expect(received).toBe(cases.length);
        for (const [pareto, of] of [
          [natures, (c: Whole) => c.record.nature],
          [causes, (c: Whole) => c.record.cause ?? null],
        ] as const) {
          expect(pareto.n + pareto.unknown).toBe(cases.length);
          for (const { key, count, share } of pareto.rows) {
            expect(cases.filter((one) => of(one) === key)).toHaveLength(count);
            expect(share).toBe(count / pareto.n);
          }
          const counts = pareto.rows.map(({ count }) => count);
          expect(counts).toEqual(counts.toSorted((a, b) => b - a));
          if (pareto.rows.length > 0) expect(pareto.rows.at(-1)!.cumulative).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("the times in all states are the time for which complaints were not closed", () => {
    fc.assert(
      fc.property(lives, fc.constantFrom(100, 700, end), (tales, now) => {
        const cases = tales.map((told) => told.whole(end));
        const { stages } = pileOf(cases, { asOf: at(now) });
        const closed = ["closed", "withdrawn", "rejected", "merged"];
        let expected = 0;
        for (const { timeline } of cases) {
          const moves = timeline.filter((e) => e.moved !== undefined && toMs(e.at) <= toMs(at(now)));
          moves.forEach((e, i) => {
            const until = moves[i + 1]?.at ?? at(now);
            if (!closed.includes(e.moved!.to)) expected += toMs(until) - toMs(e.at);
          });
        }
        expect(stages.rows.reduce((sum, { total }) => sum + total, 0)).toBe(expected);
        expect(stages.total).toBe(expected);
        const shares = stages.rows.reduce((sum, { share }) => sum + (share ?? 0), 0);
        expect(shares).toBeCloseTo(expected === 0 ? 0 : 1, 9);
        for (const { total } of stages.rows) expect(total).toBeLessThanOrEqual(stages.rows[0]!.total);
      }),
      { numRuns: 80 },
    );
  });

  it("money is exact for each remedy and currency", () => {
    const amounts = fc.array(
      fc.tuple(
        fc.constantFrom("refund", "repair"),
        fc.integer({ min: 0, max: 1e12 }),
        fc.constantFrom("EUR", "CNY"),
        fc.boolean(),
      ),
      { maxLength: 30 },
    );
    const { record } = settled({ id: "a" });
    fc.assert(
      fc.property(amounts, (list) => {
        const cases = list.map(([remedy, amount, currency, isDone], i) => ({
          record: {
            ...record,
            id: `c-${i}`,
            remedies: [
              {
                id: "r1",
                by: "ann",
                remedy: remedy as "refund",
                amount: { amount, currency },
                status: isDone ? "carried_out" : "declined",
              } as const,
            ],
          },
        }));
        const { rows, total } = pileOf(cases, { asOf: at(9) }).remedies;
        const paid = list.filter(([, , , isDone]) => isDone);
        const sum = (currency: string, remedy?: string) =>
          unwrap(
            sumMoney(
              paid
                .filter((one) => one[2] === currency && (remedy === undefined || one[0] === remedy))
                .map(([, amount]) => ({ amount, currency })),
              currency,
            ),
          );
        const currencies = (remedy?: string) =>
          [...new Set(paid.filter((one) => remedy === undefined || one[0] === remedy).map((one) => one[2]))].toSorted();
        expect(total).toEqual(currencies().map((currency) => sum(currency)));
        expect(rows.map(({ remedy }) => remedy).toSorted()).toEqual([...new Set(paid.map((one) => one[0]))].toSorted());
        for (const { remedy, n, costs } of rows) {
          expect(n).toBe(paid.filter((one) => one[0] === remedy).length);
          expect(costs).toEqual(currencies(remedy).map((currency) => sum(currency, remedy)));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("what was merged is in no number but its own, and changes no other", () => {
    fc.assert(
      fc.property(lives, fc.nat(5), (tales, which) => {
        const cases = casesOf(tales);
        const target = tales[which];
        fc.pre(target !== undefined);
        // The same instant: it cannot have come earlier than what it went on in.
        const twin = tale({ id: "twin", hours: Math.max(0, ...tales.map(({ end }) => end)) })
          .does(ann, "acknowledge", {})
          .does(ann, "merge", { into: target!.record.id });
        const merged = [...cases, twin.whole(end)];
        const { groups: _, merged: m, ...whole } = pileOf(merged, { ...options, by: undefined });
        const { groups: __, merged: none, ...without } = pileOf(cases, { ...options, by: undefined });
        expect(whole).toEqual(without);
        expect([m, none]).toEqual([1, 0]);
      }),
      { numRuns: 60 },
    );
  });

  it("the repeat rate is that of findRepeats", () => {
    fc.assert(
      fc.property(lives, (tales) => {
        const cases = casesOf(tales);
        const { value, n } = pileOf(cases, options).rates.repeated;
        expect(n).toBe(cases.filter(({ record }) => record.nature !== null && record.state !== "merged").length);
        expect(value ?? 0).toBe(n === 0 ? 0 : findRepeats(cases).length / n);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what is no pile", () => {
  const [one] = [tale(own("a")).whole()];
  const refusing = (cases: unknown, more: object = {}) =>
    expect(() => pileOf(cases as never, { asOf: at(9), ...more })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTIONS" }),
    );

  it("is refused with a code: no cases, half of them, one twice", () => {
    for (const cases of [
      null,
      5,
      [null],
      [{}],
      [one, one],
      [{ ...one, timeline: one.timeline.slice(1) }],
      [{ ...one, clocks: [{}] }],
    ])
      refusing(cases);
    refusing([{ record: { ...one.record, openedAt: "yesterday" } }]);
    refusing([{ record: { ...one.record, shares: [{ of: "person", id: "a", percent: 101 }] } }]);
    refusing([
      { record: { ...one.record, remedies: [{ id: "r1", remedy: "refund", status: "verified", amount: 5 }] } },
    ]);
  });

  it("is refused for options that are none", () => {
    for (const more of [
      { asOf: "now" },
      { from: 5 },
      { to: "2026-02-30T00:00:00.000Z" },
      { zone: "Mars/Base" },
      { bands: [0] },
      { bands: [7, 7] },
      { bands: "7" },
      { by: () => 5 },
      { repeatDays: -1 },
      { silenceDays: 0 },
      { confidence: 1 },
      { worth: { customer: 5 } },
      { assumptions: [{ id: "luck", value: 1, source: "x" }] },
      { assumptions: [{ id: "complains", value: 0, source: "x" }] },
      { assumptions: [{ id: "stays.solved", value: 1.5, source: "x" }] },
      { assumptions: [{ id: "tells", value: 3, source: "" }] },
    ])
      refusing([one], more);
    expect(() => pileOf([], undefined as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
  });

  it("is told apart into no more groups than anybody reads", () => {
    const { record } = one;
    const many = Array.from({ length: 10_001 }, (_, i) => ({ record: { ...record, id: `c-${i}` } }));
    refusing(many, { by: (c: ComplaintCase) => c.record.id });
    expect(pileOf(many.slice(1), { asOf: at(9), by: (c) => c.record.id }).groups.size).toBe(10_000);
  });

  it("leaves a case out that was refused", () => {
    const pile = startPile({ asOf: at(9) });
    pile.add(one);
    expect(() => pile.add({ ...one, timeline: [] })).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    expect(() => pile.add(one)).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    expect(pile.report().received).toBe(1);
  });

  it("is read once, and holds no more than it needs", () => {
    const { record } = one;
    function* stream() {
      for (let i = 0; i < 200_000; i++)
        yield { record: { ...record, id: `c-${i}`, customerId: null, cause: `cause-${i % 7}` } };
    }
    const { received, causes } = pileOf(stream(), { asOf: at(9) });
    expect([received, causes.rows.length]).toEqual([200_000, 7]);
  });
});
