import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry, EntryStatus, Offer } from "../../src/complaint/index.js";
import { approvalsFor, covers, entriesFor } from "../../src/complaint/ledger.js";
import type { Actor } from "../../src/kernel/context.js";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import { unwrap } from "../../src/kernel/result.js";
import { ann, carl, context, fold, max, noon, stored } from "../given.js";
import { assessed, type Complaint, doors, eur, ledger, limits, proposal, story } from "./given.js";

const message = "This is for you";
const refund = { remedy: "refund", amount: eur(4900) };
const sorry = { remedy: "apology" };
const agreed = () =>
  assessed()
    .does(ann, "propose", { ...refund, message, also: [sorry] })
    .does(carl, "accept");

describe("the ledger of remedies", () => {
  it("keeps each remedy from the offer to the proof", () => {
    const told = assessed().does(ann, "propose", { ...refund, cost: eur(5200), message, also: [sorry] });
    expect(ledger(told)).toEqual(["r1 refund 4900 offered ann", "r2 apology offered ann"]);
    expect(told.record.remedies![0]!.cost).toEqual(eur(5200));
    expect(told.record.proposal).toEqual({ ...refund, message });
    told.does(carl, "accept");
    expect(ledger(told)).toEqual(["r1 refund 4900 accepted ann", "r2 apology accepted ann"]);
    told.does(ann, "carry_out", { id: "r2" });
    expect(ledger(told)).toEqual(["r1 refund 4900 accepted ann", "r2 apology carried_out ann"]);
    told.does(ann, "resolve", { outcome: "paid" });
    expect(ledger(told)).toEqual(["r1 refund 4900 carried_out ann", "r2 apology carried_out ann"]);
    told.does(ann, "verify", { id: "r1" });
    expect(ledger(told)).toEqual(["r1 refund 4900 verified ann", "r2 apology carried_out ann"]);
    told.does(carl, "confirm");
    expect(ledger(told)).toEqual(["r1 refund 4900 verified ann", "r2 apology verified ann"]);
  });

  it("keeps what carrying out has cost, where somebody says so", () => {
    const told = agreed()
      .does(ann, "carry_out", { id: "r1", cost: eur(5300) })
      .does(ann, "carry_out", { id: "r2" });
    expect(told.record.remedies).toEqual([
      { id: "r1", ...refund, cost: eur(5300), status: "carried_out", by: "ann" },
      { id: "r2", remedy: "apology", amount: null, status: "carried_out", by: "ann" },
    ]);
  });

  it("keeps what was declined, and goes on below it", () => {
    const told = assessed().does(ann, "propose", { ...refund, message, also: [sorry] });
    told.does(carl, "decline", { reason: "A new one" }).does(ann, "propose", { remedy: "replacement", message });
    expect(ledger(told)).toEqual([
      "r1 refund 4900 declined ann",
      "r2 apology declined ann",
      "r3 replacement offered ann",
    ]);
    expect(told.record).toMatchObject({ proposal: { remedy: "replacement", amount: null }, tally: { proposals: 2 } });
  });

  it("takes what did not help for declined, but not what had been settled before", () => {
    const told = agreed().does(ann, "resolve", { outcome: "paid" }).does(ann, "verify", { id: "r2" });
    told.does(carl, "dispute", { reason: "Still warm" });
    expect(ledger(told)).toEqual(["r1 refund 4900 declined ann", "r2 apology verified ann"]);
  });

  it("takes what was agreed and never carried out for declined when a complaint is reopened", () => {
    const told = agreed().does(ann, "carry_out", { id: "r2" }).does(carl, "withdraw");
    expect(ledger(told)).toEqual(["r1 refund 4900 accepted ann", "r2 apology carried_out ann"]);
    told.does(carl, "reopen", { reason: "It is warm again" });
    expect(ledger(told)).toEqual(["r1 refund 4900 declined ann", "r2 apology carried_out ann"]);
    told
      .does(ann, "propose", { remedy: "repair", message })
      .does(carl, "accept")
      .does(ann, "resolve", { outcome: "x" });
    expect(ledger(told)[0]).toBe("r1 refund 4900 declined ann");
  });

  it("carries out only what was agreed, once, and verifies only what was carried out, once", () => {
    const told = assessed().does(ann, "propose", { ...refund, message, also: [sorry] });
    expect(told.mayNot(ann, "carry_out", { id: "r1" }).code).toBe("WRONG_STATE");
    told.does(carl, "accept");
    for (const id of ["r3", "r0", "x"])
      expect(told.mayNot(ann, "carry_out", { id })).toMatchObject({ denials: [{ code: "NOT_AGREED", message: id }] });
    expect(told.denied(ann, "verify", { id: "r1" })).toEqual(["NOT_CARRIED_OUT"]);
    told.does(ann, "carry_out", { id: "r1" });
    expect(told.denied(ann, "carry_out", { id: "r1" })).toEqual(["NOT_AGREED"]);
    told.does(ann, "verify", { id: "r1" });
    expect(told.denied(ann, "verify", { id: "r1" })).toEqual(["NOT_CARRIED_OUT"]);
    expect(told.mayNot(carl, "carry_out", { id: "r2" }).code).toBe("NOT_PERMITTED");
    expect(told.mayNot(carl, "verify", { id: "r2" }).code).toBe("NOT_PERMITTED");
  });

  it("can be verified after the closing, when it shows whether it works", () => {
    const told = agreed().does(ann, "resolve", { outcome: "x" }).passes({ days: 30 }).swept();
    expect(told.record.state).toBe("closed");
    expect(ledger(told.does(ann, "verify", { id: "r1" }))[0]).toBe("r1 refund 4900 verified ann");
  });

  it("takes nothing less than nothing, wherever money is said", () => {
    const issue = (path: string) => ({ code: "INVALID_INPUT", issues: [{ path }] });
    const told = assessed();
    expect(told.mayNot(ann, "propose", { remedy: "refund", amount: eur(-1), message })).toMatchObject(
      issue("amount.amount"),
    );
    expect(told.mayNot(ann, "propose", { ...refund, cost: eur(-1), message })).toMatchObject(issue("cost.amount"));
    expect(told.mayNot(ann, "propose", { ...refund, message, also: [{ ...refund, amount: eur(-1) }] })).toMatchObject(
      issue("also.0.amount.amount"),
    );
    expect(told.mayNot(ann, "approve", { offers: [{ ...refund, cost: eur(-1) }] })).toMatchObject(
      issue("offers.0.cost.amount"),
    );
    expect(agreed().mayNot(ann, "carry_out", { id: "r1", cost: eur(-1) })).toMatchObject(issue("cost.amount"));
    expect(ledger(told.does(ann, "propose", { remedy: "refund", amount: eur(0), message }))).toEqual([
      "r1 refund 0 offered ann",
    ]);
  });

  it("holds fifty lines, and is full then", () => {
    const told = assessed();
    for (let i = 0; i < 4; i++) told.does(ann, "approve", { offers: Array(10).fill(sorry) });
    told.does(ann, "approve", { offers: Array(9).fill(sorry) });
    expect(told.denied(ann, "approve", { offers: [refund, refund] })).toEqual(["TOO_MANY_REMEDIES"]);
    expect(told.denied(ann, "propose", { ...refund, message, also: [refund] })).toEqual(["TOO_MANY_REMEDIES"]);
    told.does(ann, "propose", { ...refund, message }).does(carl, "decline", { reason: "no" });
    expect(told.record.remedies).toHaveLength(50);
    expect(ledger(told)[49]).toBe("r50 refund 4900 declined ann");
    expect(told.denied(ann, "propose", { ...refund, message })).toEqual(["TOO_MANY_REMEDIES"]);
    expect(told.denied(ann, "approve", { offers: [refund] })).toEqual(["TOO_MANY_REMEDIES"]);
  });

  it("has eleven remedies in one proposal at most", () => {
    const told = assessed();
    expect(told.mayNot(ann, "propose", { ...refund, message, also: Array(11).fill(sorry) })).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "also" }],
    });
    expect(told.does(ann, "propose", { ...refund, message, also: Array(10).fill(sorry) }).record.remedies).toHaveLength(
      11,
    );
  });

  it("is none in a complaint from before there was one, whatever happens to it then", () => {
    const events = stored(agreed().events).map((event) => {
      const { offers: _, ...data } = event.data as { readonly offers?: unknown };
      return event.type === "complaint.proposed" ? { ...event, data } : event;
    });
    let record = fold(doors, events) as Complaint;
    for (const [actor, type, input] of [
      [ann, "resolve", { outcome: "paid" }],
      [carl, "dispute", { reason: "warm" }],
      [carl, "withdraw", {}],
      [carl, "reopen", { reason: "again" }],
    ] as const)
      record = unwrap(doors.decide(record, { type, input }, context(noon, actor))).next as Complaint;
    expect(Object.keys(record)).not.toContain("remedies");
    expect(record.state).toBe("investigating");
    record = unwrap(doors.decide(record, { type: "propose", input: { ...sorry, message } }, context(noon, ann)))
      .next as Complaint;
    expect(ledger({ record })).toEqual(["r1 apology offered ann"]);
  });
});

/** Where each status may lead: forward, or to the end of what nobody wants. */
const forward: Readonly<Record<EntryStatus, readonly EntryStatus[]>> = {
  approved: ["approved", "offered"],
  offered: ["offered", "accepted", "declined"],
  accepted: ["accepted", "carried_out", "declined"],
  carried_out: ["carried_out", "verified", "declined"],
  verified: ["verified"],
  declined: ["declined"],
};

describe("laws of the ledger, whatever is offered, approved, agreed and disputed", () => {
  const lines = fc.record({
    remedy: fc.constantFrom("refund", "compensation", "apology"),
    amount: fc.constantFrom(undefined, eur(0), eur(4000), eur(6000), eur(9000)),
  });
  const step = fc.oneof(
    fc.record({
      type: fc.constant("approve"),
      input: fc.record({ offers: fc.array(lines, { minLength: 1, maxLength: 3 }) }),
    }),
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant("propose"),
        input: fc.tuple(lines, fc.array(lines, { maxLength: 3 })).map(([one, also]) => ({ ...one, message, also })),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        { type: "accept", input: { words: "yes" } },
        { type: "decline", input: { reason: "no" } },
      ),
    },
    fc.record({
      type: fc.constantFrom("carry_out", "verify"),
      input: fc.record({ id: fc.constantFrom("r1", "r2", "r3", "r4"), cost: fc.constantFrom(eur(1)) }),
    }),
    fc.constantFrom(
      { type: "resolve", input: { outcome: "done" } },
      { type: "dispute", input: { reason: "warm" } },
      { type: "confirm", input: { words: "thanks" } },
      { type: "withdraw", input: { words: "never mind" } },
      { type: "reopen", input: { reason: "again" } },
    ),
  );
  const attempts = fc.array(fc.tuple(fc.constantFrom<Actor[]>(ann, ann, max), step), { maxLength: 80, size: "max" });
  const policies = [
    limits([
      { id: "contact", remedies: ["refund", "apology"], upTo: [eur(5000)] },
      { id: "manager", roles: ["manager"] },
    ]),
  ];
  const isWithinAnns = ({ remedy, amount }: Entry) =>
    remedy !== "compensation" && (amount === null || amount.amount <= 5000);

  it("a status only goes forward, a line keeps its remedy and its name, and nothing is ever taken off", () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(attempts, (tried) => {
        let record = assessed(policies).record;
        let now = toMs(noon);
        for (const [actor, command] of tried) {
          now += 1000;
          const answer = doors.decide(record, command, context(toInstant(now), actor, policies));
          const had = record.remedies ?? [];
          if (!answer.ok) continue;
          record = answer.value.next as Complaint;
          const has = record.remedies ?? [];
          expect(has.map((one) => one.id)).toEqual(has.map((_, i) => `r${i + 1}`));
          expect(has.length).toBeLessThanOrEqual(50);
          had.forEach((was, i) => {
            const is = has[i]!;
            met.add(`${was.status} ${is.status}`);
            expect(forward[was.status]).toContain(is.status);
            expect([is.remedy, is.by]).toEqual([was.remedy, was.by]);
            // What is offered by an approval may be less than was approved, and never more; later nothing changes it.
            if (was.status !== "approved" || is.status === "approved") expect(is.amount).toEqual(was.amount);
            else if (is.amount !== null) expect(is.amount.amount).toBeLessThanOrEqual(was.amount!.amount);
          });
          for (const line of has) {
            expect(line.amount?.amount ?? 0).toBeGreaterThanOrEqual(0);
            // Whatever stands in somebody's name was theirs to grant.
            if (line.by === "ann") expect(isWithinAnns(line)).toBe(true);
          }
          // Each offer has a line of its own: an approval that it uses up, or a new one in the name of who offers.
          if (command.type === "propose") {
            const used = had.filter((was, i) => was.status === "approved" && has[i]!.status === "offered");
            expect(used.length + has.length - had.length).toBe(1 + (command.input as { also: object[] }).also.length);
            for (const line of has.slice(had.length)) expect(line.by).toBe(actor.id);
          }
        }
      }),
      { numRuns: 200 },
    );
    for (const [from, tos] of Object.entries(forward)) for (const to of tos) expect(met).toContain(`${from} ${to}`);
  });
});

describe("which offer uses which approval", () => {
  const entry = (i: number, cents: number | null, status: EntryStatus = "approved"): Entry => ({
    id: `r${i + 1}`,
    remedy: "refund",
    amount: cents === null ? null : eur(cents),
    status,
    by: "max",
  });
  const amounts = fc.array(fc.nat(6), { maxLength: 5 });

  it("covers as many offers that need one as any assignment could", () => {
    /** The most that can be covered, by trying every assignment. */
    const best = (approved: readonly number[], needed: readonly number[]): number => {
      const [first, ...rest] = needed;
      if (first === undefined) return 0;
      const without = best(approved, rest);
      const withOne = approved.map((cents, i) =>
        cents >= first
          ? 1 +
            best(
              approved.filter((_, j) => j !== i),
              rest,
            )
          : 0,
      );
      return Math.max(without, ...withOne);
    };
    fc.assert(
      fc.property(amounts, amounts, fc.nat(6), (approved, asked, own) => {
        const offers = asked.map((cents): Offer => ({ remedy: "refund", amount: eur(cents) }));
        const needs = ({ amount }: Offer) => amount!.amount > own;
        const used = approvalsFor({ remedies: approved.map((cents, i) => entry(i, cents)) }, offers, needs);
        const covered = offers.filter((one, i) => needs(one) && used[i] !== undefined).length;
        expect(covered).toBe(
          best(
            approved,
            asked.filter((cents) => cents > own),
          ),
        );
        const ids = used.flatMap((one) => one?.id ?? []);
        expect(new Set(ids).size).toBe(ids.length);
        for (const [i, one] of used.entries()) expect(one === undefined || covers(one, offers[i]!)).toBe(true);
      }),
    );
  });

  it("never uses what is not approved, or no longer", () => {
    const spent = (["offered", "accepted", "declined", "carried_out", "verified"] as const).map((s, i) =>
      entry(i, 100, s),
    );
    expect(approvalsFor({ remedies: spent }, [{ remedy: "refund", amount: eur(1) }], () => true)).toEqual([undefined]);
    expect(approvalsFor({}, [{ remedy: "refund" }], () => true)).toEqual([undefined]);
  });

  it("takes a line that is there for what it covers, and adds lines for the rest", () => {
    const had = [entry(0, 100, "declined"), entry(1, 100)];
    const offers: readonly Offer[] = [{ remedy: "apology" }, { remedy: "refund", amount: eur(90), cost: eur(95) }];
    const used = approvalsFor({ remedies: had }, offers, () => true);
    expect(entriesFor({ remedies: had }, offers, "offered", "ann", used)).toEqual([
      { id: "r3", remedy: "apology", amount: null, status: "offered", by: "ann" },
      { id: "r2", remedy: "refund", amount: eur(90), cost: eur(95), status: "offered", by: "max" },
    ]);
  });
});

describe("a proposal", () => {
  it("may be made more than once in turn, by different people, and the last one leads", () => {
    const told = assessed();
    for (let i = 1; i <= 5; i++) {
      told.does(i % 2 === 0 ? max : ann, "propose", { remedy: "refund", amount: eur(i), message: `offer ${i}` });
      expect(told.record.proposal).toEqual({ remedy: "refund", amount: eur(i), message: `offer ${i}` });
      if (i < 5) told.does(carl, "decline", { reason: "more" });
    }
    expect(told.does(carl, "accept").record.remedies!.map((one) => [one.status, one.by])).toEqual([
      ["declined", "ann"],
      ["declined", "max"],
      ["declined", "ann"],
      ["declined", "max"],
      ["accepted", "ann"],
    ]);
  });

  it("is kept in the log with its lines, so that a fold of it gives the same ledger", () => {
    const told = story().does(ann, "acknowledge").does(ann, "assess", { nature: "product", severity: "low" });
    told.does(ann, "propose", { ...proposal, also: [sorry] });
    expect(told.said()).toEqual({
      remedy: "refund",
      amount: eur(4900),
      message: proposal.message,
      offers: [
        { id: "r1", remedy: "refund", amount: eur(4900), status: "offered", by: "ann" },
        { id: "r2", remedy: "apology", amount: null, status: "offered", by: "ann" },
      ],
    });
    expect(fold(doors, stored(told.events))).toEqual(told.record);
  });
});
