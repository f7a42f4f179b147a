import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWithin, type Limit, limitsOf } from "../../src/complaint/authority.js";
import { authorityLimits, type Remedy, remedyKind, type Scope } from "../../src/complaint/index.js";
import type { Actor } from "../../src/kernel/context.js";
import type { Money } from "../../src/kernel/money.js";
import { unwrap } from "../../src/kernel/result.js";
import { definePlugin } from "../../src/plugin/plugin.js";
import { createServiceRules } from "../../src/rules/index.js";
import { ann, carl, context, max, noon, refused } from "../given.js";
import { complaintsOf } from "../laws/composition.js";
import { assessed, eur, ledger, limits, proposal, story, usd } from "./given.js";

const lena: Actor = { kind: "staff", id: "lena", roles: ["lead"] };
const message = "This is for you";
const major = { nature: "product", scope: "major", severity: "high" };

interface Case {
  readonly roles: readonly string[];
  readonly level: 1 | 2 | 3;
  readonly scope: Scope | null;
  readonly remedy: Remedy;
  readonly amount: Money | undefined;
}
const may = (list: readonly Limit[], { roles, level, scope, remedy, amount }: Case): boolean => {
  const actor: Actor = { kind: "staff", id: "x", roles };
  return isWithin(limitsOf(context(noon, actor, [limits(list)]), actor, { level, scope }), {
    remedy,
    ...(amount === undefined ? {} : { amount }),
  });
};
const cross = <T extends object, K extends string, V>(list: readonly T[], name: K, values: readonly V[]) =>
  list.flatMap((one) => values.map((value) => ({ ...one, [name]: value }) as T & Record<K, V>));
const cases: readonly Case[] = [
  ["roles", [[], ["lead"], ["manager"], ["lead", "manager"], ["auditor"]]] as const,
  ["level", [1, 2, 3]] as const,
  ["scope", ["general", "major", null]] as const,
  ["remedy", ["refund", "apology", "compensation", "acme.voucher"]] as const,
  ["amount", [undefined, eur(0), eur(5000), eur(5001), eur(50_000), eur(50_001), usd(6000), usd(6001)]] as const,
].reduce<readonly object[]>((list, [name, values]) => cross(list, name, values as readonly unknown[]), [{}]) as never;

describe("who may grant what", () => {
  const list: readonly Limit[] = [
    { id: "contact", levels: [1], scopes: ["general"], remedies: ["refund", "apology"], upTo: [eur(5000), usd(6000)] },
    { id: "lead", roles: ["lead"], levels: [1, 2], upTo: [eur(50_000)] },
    { id: "goodwill", roles: ["lead", "auditor"], remedies: ["acme.voucher"] },
    { id: "manager", roles: ["manager"] },
  ];
  /** The same house told in sentences. */
  const told = ({ roles, level, scope, remedy, amount }: Case): boolean => {
    if (roles.includes("manager")) return true;
    if ((roles.includes("lead") || roles.includes("auditor")) && remedy === "acme.voucher") return true;
    const cents = amount?.amount ?? 0;
    const isEuro = amount === undefined || amount.currency === "EUR";
    if (roles.includes("lead") && level < 3 && isEuro && cents <= 50_000) return true;
    if (level > 1 || scope === "major" || (remedy !== "refund" && remedy !== "apology")) return false;
    return isEuro ? cents <= 5000 : cents <= 6000;
  };

  it("follows from role, level, scope, remedy, amount and currency", () => {
    expect(cases).toHaveLength(5 * 3 * 3 * 4 * 8);
    for (const one of cases) expect([one, may(list, one)]).toEqual([one, told(one)]);
    // Both happen, or the table says nothing.
    expect(new Set(cases.map(told)).size).toBe(2);
  });

  it.each([
    ["a role", { roles: ["lead"] }, (c: Case) => c.roles.includes("lead")],
    ["one of several roles", { roles: ["x", "manager"] }, (c: Case) => c.roles.includes("manager")],
    ["a level", { levels: [2, 3] }, (c: Case) => c.level !== 1],
    ["a scope; what nobody has assessed is general", { scopes: ["general"] }, (c: Case) => c.scope !== "major"],
    ["the other scope", { scopes: ["major"] }, (c: Case) => c.scope === "major"],
    ["a remedy", { remedies: ["apology"] }, (c: Case) => c.remedy === "apology"],
    [
      "an amount",
      { upTo: [eur(5000)] },
      (c: Case) => c.amount === undefined || (c.amount.currency === "EUR" && c.amount.amount <= 5000),
    ],
    [
      "amounts of two currencies",
      { upTo: [usd(6000), eur(0)] },
      (c: Case) =>
        c.amount === undefined || c.amount.amount === 0 || (c.amount.currency === "USD" && c.amount.amount <= 6000),
    ],
    ["nothing at all", {}, () => true],
  ] as const)("is narrowed by %s alone", (_, limit, expected) => {
    for (const one of cases) expect([one, may([{ id: "it", ...limit }], one)]).toEqual([one, expected(one)]);
  });

  it("is nothing where a policy gives nothing", () => {
    for (const one of cases) expect(may([], one)).toBe(false);
  });

  it("without a policy: contact staff settle what is general, managers whatever there is", () => {
    for (const { roles, level, scope, remedy, amount } of cases) {
      const actor: Actor = { kind: "staff", id: "x", roles };
      const allowed = limitsOf(context(noon, actor), actor, { level, scope });
      const offer = { remedy, ...(amount === undefined ? {} : { amount }) };
      expect([roles, scope, isWithin(allowed, offer)]).toEqual([
        roles,
        scope,
        scope !== "major" || roles.includes("manager"),
      ]);
    }
  });

  it("only grows with another limit, and does not depend on their order", () => {
    const some = <T>(...values: readonly T[]) =>
      fc.constantFrom(undefined, ...values.map((v) => [v]), values.slice(0, 2));
    const limit = fc.record({
      id: fc.constantFrom("a", "b"),
      roles: some("lead", "manager"),
      levels: some<1 | 2 | 3>(1, 2, 3),
      scopes: some<Scope>("general", "major"),
      remedies: some<Remedy>("refund", "apology"),
      upTo: some(eur(5000), usd(6000)),
    });
    fc.assert(
      fc.property(fc.array(limit, { maxLength: 3 }), limit, fc.constantFrom(...cases), (has, more, one) => {
        const was = may(has, one);
        expect(may([...has].reverse(), one)).toBe(was);
        expect(may([...has, more], one)).toBe(was || may([more], one));
      }),
    );
  });
});

describe("contact staff", () => {
  it("settle general complaints themselves, whatever it costs, where the house has set no limits (E12)", () => {
    const told = assessed().does(ann, "propose", { remedy: "compensation", amount: eur(1_000_000), message });
    expect([told.record.state, ...ledger(told)]).toEqual(["proposed", "r1 compensation 1000000 offered ann"]);
  });

  it("may grant what is within their limits, and are told what is beyond", () => {
    const policies = [limits([{ id: "contact", remedies: ["refund", "apology"], upTo: [eur(5000)] }])];
    const told = assessed(policies);
    for (const [remedy, amount] of [
      ["refund", eur(5001)],
      ["refund", usd(1)],
      ["compensation", eur(1)],
      ["repair", undefined],
    ] as const)
      expect(told.mayNot(ann, "propose", { remedy, amount, message })).toEqual({
        code: "DENIED",
        denials: [{ code: "BEYOND_AUTHORITY", message: remedy }],
      });
    // Of several remedies each must be within.
    expect(
      told.mayNot(ann, "propose", { ...proposal, also: [{ remedy: "apology" }, { remedy: "repair" }] }),
    ).toMatchObject({
      denials: [{ code: "BEYOND_AUTHORITY", message: "repair" }],
    });
    told.does(ann, "propose", { remedy: "refund", amount: eur(5000), message, also: [{ remedy: "apology" }] });
    expect(ledger(told)).toEqual(["r1 refund 5000 offered ann", "r2 apology offered ann"]);
  });

  it("see that they may grant nothing before they have written anything", () => {
    const told = assessed([], major);
    const shown = told.record;
    const rules = complaintsOf([]);
    const propose = (actor: Actor) =>
      rules.available(shown, context(noon, actor)).find((one) => one.command === "propose")!;
    expect(propose(ann)).toMatchObject({ allowed: false, denials: [{ code: "MAJOR_NEEDS_MANAGER" }] });
    expect(propose(max)).toMatchObject({ allowed: "depends on input", denials: [] });
    const nothing = assessed([limits([{ id: "manager", roles: ["manager"] }])]);
    expect(nothing.denied(ann, "propose", proposal)).toEqual(["BEYOND_AUTHORITY"]);
  });

  it("may no more when the complaint has gone up", () => {
    const policies = [
      limits([
        { id: "contact", levels: [1] },
        { id: "lead", roles: ["lead"], levels: [1, 2] },
      ]),
    ];
    const told = assessed(policies).does(ann, "escalate", { reason: "press" });
    expect(told.denied(ann, "propose", proposal)).toEqual(["BEYOND_AUTHORITY"]);
    told.does(ann, "escalate", { reason: "more press" });
    expect(told.denied(lena, "propose", proposal)).toEqual(["BEYOND_AUTHORITY"]);
    told.does(ann, "deescalate", { reason: "calmer" });
    expect(told.does(lena, "propose", proposal).record.state).toBe("proposed");
  });
});

describe("an approval", () => {
  const policies = [
    limits([
      { id: "contact", scopes: ["general"], upTo: [eur(5000)] },
      { id: "manager", roles: ["manager"] },
    ]),
  ];
  const refund = (cents: number) => ({ remedy: "refund", amount: eur(cents) });
  const approved = (...offers: readonly object[]) => assessed(policies).does(max, "approve", { offers });

  it("lets somebody with smaller limits offer it, in the name of whose limit it was", () => {
    const told = approved(refund(9000));
    expect(ledger(told)).toEqual(["r1 refund 9000 approved max"]);
    told.does(ann, "propose", { ...refund(9000), message });
    expect(ledger(told)).toEqual(["r1 refund 9000 offered max"]);
  });

  it("covers less of the same money, and neither more, another currency nor another remedy", () => {
    const told = approved(refund(9000));
    for (const [remedy, amount] of [
      ["refund", eur(9001)],
      ["refund", usd(8000)],
      ["compensation", eur(8000)],
    ] as const)
      expect(told.denied(ann, "propose", { remedy, amount, message })).toEqual(["BEYOND_AUTHORITY"]);
    told.does(ann, "propose", { ...refund(8000), message });
    expect(ledger(told)).toEqual(["r1 refund 8000 offered max"]);
  });

  it("of no money covers none", () => {
    expect(approved({ remedy: "refund" }).denied(ann, "propose", { ...refund(9000), message })).toEqual([
      "BEYOND_AUTHORITY",
    ]);
  });

  it("is used up by the offer that it covers", () => {
    const told = approved(refund(9000));
    expect(told.denied(ann, "propose", { ...refund(9000), message, also: [refund(9000)] })).toEqual([
      "BEYOND_AUTHORITY",
    ]);
    told.does(ann, "propose", { ...refund(9000), message }).does(carl, "decline", { reason: "More" });
    expect(ledger(told)).toEqual(["r1 refund 9000 declined max"]);
    expect(told.denied(ann, "propose", { ...refund(9000), message })).toEqual(["BEYOND_AUTHORITY"]);
  });

  it("goes to the offer that needs it, whichever is written first", () => {
    for (const [first, second] of [
      [4000, 9000],
      [9000, 4000],
    ] as const) {
      const told = approved(refund(9000)).does(ann, "propose", { ...refund(first), message, also: [refund(second)] });
      expect([...ledger(told)].sort()).toEqual(["r1 refund 9000 offered max", "r2 refund 4000 offered ann"]);
    }
  });

  it("is the smallest that is enough, so that the larger one is left for what needs it", () => {
    for (const offers of [
      [9000, 6000],
      [6000, 9000],
    ] as const)
      for (const [first, second] of [
        [6000, 9000],
        [9000, 6000],
      ] as const) {
        const told = approved(...offers.map(refund)).does(ann, "propose", {
          ...refund(first),
          message,
          also: [refund(second)],
        });
        expect([...ledger(told)].map((line) => line.slice(3)).sort()).toEqual([
          "refund 6000 offered max",
          "refund 9000 offered max",
        ]);
        expect(told.record.remedies).toHaveLength(2);
      }
  });

  it("keeps its line, even where one's own limit were enough", () => {
    const told = approved(refund(4000)).does(ann, "propose", { ...refund(4000), message });
    expect(ledger(told)).toEqual(["r1 refund 4000 offered max"]);
  });

  it("of a major complaint is the word of a manager, and then contact staff may offer just that", () => {
    const told = assessed(policies, major);
    expect(told.denied(ann, "propose", { ...refund(100), message })).toEqual(["MAJOR_NEEDS_MANAGER"]);
    expect(told.denied(ann, "approve", { offers: [refund(100)] })).toEqual(["MAJOR_NEEDS_MANAGER"]);
    told.does(max, "approve", { offers: [refund(100)] });
    expect(told.denied(ann, "propose", { ...refund(101), message })).toEqual(["BEYOND_AUTHORITY"]);
    expect(told.does(ann, "propose", { ...refund(100), message }).record.state).toBe("proposed");
  });

  it("is given by one's own limit only, never by what somebody else has approved", () => {
    const told = approved(refund(9000));
    expect(told.denied(ann, "approve", { offers: [refund(9000)] })).toEqual(["BEYOND_AUTHORITY"]);
    expect(ledger(told.does(ann, "approve", { offers: [refund(5000)] }))).toEqual([
      "r1 refund 9000 approved max",
      "r2 refund 5000 approved ann",
    ]);
    expect(
      assessed(policies, major)
        .does(max, "approve", { offers: [refund(1)] })
        .denied(ann, "approve", { offers: [refund(1)] }),
    ).toEqual(["MAJOR_NEEDS_MANAGER"]);
  });

  it("may come before anybody has looked at it, and is of one thing at least and of ten at most", () => {
    const told = story({}, ann, policies).does(ann, "approve", { offers: [refund(100)] });
    expect(ledger(told)).toEqual(["r1 refund 100 approved ann"]);
    expect(told.mayNot(ann, "approve", { offers: [] }).code).toBe("INVALID_INPUT");
    expect(told.mayNot(ann, "approve", { offers: Array(11).fill(refund(1)) }).code).toBe("INVALID_INPUT");
    expect(told.does(ann, "approve", { offers: Array(10).fill(refund(1)) }).record.remedies).toHaveLength(11);
  });

  it("is the house's own, and none is given for what is closed", () => {
    const told = approved(refund(9000));
    expect(told.mayNot(carl, "approve", { offers: [refund(1)] }).code).toBe("NOT_PERMITTED");
    expect(told.does(carl, "withdraw").mayNot(max, "approve", { offers: [refund(1)] }).code).toBe("WRONG_STATE");
  });
});

describe("a remedy of a plugin", () => {
  const voucher = remedyKind("acme.voucher");
  const words = { en: { words: { "remedy/acme.voucher": "Voucher" } } };
  const acme = definePlugin({ id: "acme", tokens: [voucher], labels: words });
  const gift = { remedy: "acme.voucher", amount: eur(2000) };

  it("is offered like any other where it is installed, and unknown where it is not", () => {
    const rules = complaintsOf([acme]);
    const told = story({}, ann, [], rules)
      .does(ann, "acknowledge")
      .does(ann, "assess", { nature: "service", severity: "low" })
      .does(ann, "approve", { offers: [gift] })
      .does(ann, "propose", { ...gift, message });
    expect(ledger(told)).toEqual(["r1 acme.voucher 2000 offered ann"]);
    expect(assessed().mayNot(ann, "propose", { ...gift, message })).toEqual({
      code: "DENIED",
      denials: [{ code: "UNKNOWN_REMEDY", message: "acme.voucher" }],
    });
    expect(assessed().denied(max, "approve", { offers: [{ remedy: "apology" }, gift] })).toEqual(["UNKNOWN_REMEDY"]);
  });

  it("is named by limits only where it is installed", () => {
    const version = limits([{ id: "gifts", remedies: ["refund", "acme.voucher"] }]);
    expect(unwrap(createServiceRules({ plugins: [acme] }).readPolicy(version))).toEqual(version);
    expect(refused(createServiceRules().readPolicy(version))).toEqual({
      code: "UNKNOWN_REFERENCE",
      subject: "remedy complaint/acme.voucher",
    });
    expect(createServiceRules().readPolicy(limits([{ id: "core", remedies: ["refund"] }])).ok).toBe(true);
  });

  it.each(["voucher", "acme.", ".voucher", "acme voucher.x", "", `acme.${"x".repeat(91)}`])(
    "is not called %j",
    (id) => {
      expect(() => remedyKind(id as "a.b")).toThrow(/id of a plugin's remedy/);
    },
  );
});

describe("a policy of limits", () => {
  it.each([
    ["a level that there is not", { levels: [4] }],
    ["an empty list of roles", { roles: [] }],
    ["an empty list of levels", { levels: [] }],
    ["a scope that there is not", { scopes: ["huge"] }],
    ["a remedy that is none", { remedies: ["gold"] }],
    ["less than nothing", { upTo: [eur(-1)] }],
    ["half a cent", { upTo: [eur(0.5)] }],
    ["a field that there is not", { teams: ["a"] }],
  ])("has not %s", (_, limit) => {
    expect(() => limits([{ id: "x", ...limit } as never])).toThrow();
  });

  it("lists limits, if none", () => {
    expect(() => authorityLimits.version({ id: "x", version: 1, from: noon, body: {} as never })).toThrow();
    expect(limits([]).body).toEqual({ limits: [] });
  });
});
