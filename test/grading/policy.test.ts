import { definePlugin, measure } from "clientele";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { type GradingBody, gradeBy, graderInForce, graderOf, gradingPolicy } from "../../src/grading/index.js";
import { unwrap } from "../../src/kernel/result.js";
import { createServiceRules } from "../../src/rules/index.js";
import { stage } from "../desk/stage.js";
import { context, noon, refused, stored } from "../given.js";
import { body, policy, stale } from "./policies.js";

const rules = createServiceRules();
const read = (more: object) =>
  refused(rules.readPolicy({ kind: "grading", id: "p", version: 1, from: noon, body: { ...body, ...more } }));
const [orders, last] = body.criteria;

describe("a grading policy", () => {
  it("comes back from a store as it was, and its hash tells what was changed", () => {
    const one = policy();
    expect(unwrap(rules.readPolicy(stored(one)))).toEqual(one);
    expect(one.hash).toBe(policy().hash);
    const others = [
      policy({ currency: "EUR" }),
      policy({ criteria: [last!, orders!] }),
      policy({ criteria: [{ ...orders!, weight: 61 }, last!] }),
      policy({ criteria: [{ ...orders!, measure: "linear@2" }, last!] }),
      policy({ criteria: [{ ...orders!, args: { none: 0, full: 11 } }, last!] }),
      policy({ criteria: [{ ...orders!, missing: "worst" }, last!] }),
      policy({
        grades: [
          { grade: "A", from: 80.000001 },
          { grade: "C", from: 0 },
        ],
      }),
      policy({}, 2),
    ];
    expect(new Set([one, ...others].map((p) => p.hash)).size).toBe(9);
    const changed = { ...one, body: { ...one.body, currency: "USD" } };
    expect(refused(rules.readPolicy(changed))).toMatchObject({ code: "INVALID_INPUT", issues: [{ path: "hash" }] });
  });

  it.each([
    ["no criterion", { criteria: [] }, "body.criteria"],
    ["two of one id", { criteria: [orders, orders] }, "body.criteria"],
    [
      "201 criteria",
      { criteria: Array.from({ length: 201 }, (_, i) => ({ ...orders, id: `c${i}` })) },
      "body.criteria",
    ],
    ["no weight", { criteria: [{ ...orders, weight: 0 }] }, "body.criteria.0.weight"],
    ["half a point of weight", { criteria: [{ ...orders, weight: 0.5 }] }, "body.criteria.0.weight"],
    ["too much weight", { criteria: [{ ...orders, weight: 1001 }] }, "body.criteria.0.weight"],
    ["a measure without its revision", { criteria: [{ ...orders, measure: "linear" }] }, "body.criteria.0.measure"],
    ["another way with what is missing", { criteria: [{ ...orders, missing: "guess" }] }, "body.criteria.0.missing"],
    ["no grade", { grades: [] }, "body.grades"],
    ["grades worst first", { grades: body.grades.toReversed() }, "body.grades"],
    [
      "two grades from the same points",
      {
        grades: [
          { grade: "A", from: 0 },
          { grade: "B", from: 0 },
        ],
      },
      "body.grades",
    ],
    [
      "a grade twice",
      {
        grades: [
          { grade: "A", from: 9 },
          { grade: "A", from: 0 },
        ],
      },
      "body.grades",
    ],
    ["no grade from 0", { grades: [{ grade: "A", from: 9 }] }, "body.grades"],
    [
      "points below a millionth",
      {
        grades: [
          { grade: "A", from: 0.0000001 },
          { grade: "B", from: 0 },
        ],
      },
      "body.grades.0.from",
    ],
    [
      "points that are none",
      {
        grades: [
          { grade: "A", from: Number.NaN },
          { grade: "B", from: 0 },
        ],
      },
      "body.grades.0.from",
    ],
    [
      "a best grade that nobody can reach",
      {
        grades: [
          { grade: "A", from: 100.5 },
          { grade: "B", from: 0 },
        ],
      },
      "body",
    ],
    ["a currency that is none", { currency: "euro" }, "body.currency"],
  ])("with %s is refused", (_, more, path) => {
    expect(read(more)).toMatchObject({
      code: "INVALID_INPUT",
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  it("that names what is not installed is refused when it is adopted", async () => {
    const { desk } = stage();
    for (const [row, subject] of [
      [{ fact: "acme.seats" }, "fact customer/acme.seats"],
      [{ measure: "acme.even@1" }, "measure scorecard/acme.even@1"],
    ] as const)
      expect(refused(await desk.policies.adopt(stale(row)))).toEqual({ code: "UNKNOWN_REFERENCE", subject });
    expect((await desk.policies.adopt(policy())).ok).toBe(true);
  });
});

describe("a grader", () => {
  it("is refused for another revision, arguments that do not fit, and money of no currency", () => {
    const made = (p: ReturnType<typeof policy>) => refused(graderOf(p, rules.installed));
    expect(made(stale({ measure: "linear@2" }))).toEqual({ code: "OTHER_REVISION", subject: "linear@2" });
    expect(made(stale({ args: { none: 1, full: 1 } }))).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "orders.args." }],
    });
    expect(made(stale({ fact: "revenue" }))).toMatchObject({ code: "INVALID_INPUT", issues: [{ path: "currency" }] });
    expect(graderOf(stale({ fact: "revenue" }, { currency: "EUR" }), rules.installed).ok).toBe(true);
  });

  it("gives each grade from its points on", () => {
    const grader = unwrap(graderOf(policy(), rules.installed));
    const grade = (frequency: number, recency: string) => gradeBy(grader, { frequency, recency }, "2026-03-02");
    expect(grade(10, "2026-01-11")).toMatchObject({ grade: "A", score: 80e6, coverage: 1e6, policy: policy().hash });
    expect(grade(10, "2026-01-10")).toMatchObject({ grade: "B", score: 79_600_000 });
    expect(grade(0, "2020-01-01")).toMatchObject({ grade: "C", score: 0 });
    // A purchase that is to come is as recent as can be.
    expect(grade(10, "2026-03-09")).toMatchObject({ grade: "A", score: 100e6 });
    expect(gradeBy(grader, {}, "2026-03-02")).toEqual({ grade: null, score: null, coverage: 0, policy: policy().hash });
  });

  it("compares no money of two currencies", () => {
    const grader = unwrap(
      graderOf(stale({ fact: "revenue", args: { none: 0, full: 1000 } }, { currency: "EUR" }), rules.installed),
    );
    const of = (currency: string) => gradeBy(grader, { revenue: { amount: 900, currency } }, "2026-03-02");
    expect([of("EUR").score, of("EUR").coverage]).toEqual([90e6, 1e6]);
    expect([of("JPY").score, of("JPY").coverage]).toEqual([null, 0]);
  });

  it("in force is that of the newest policy, on the local day", () => {
    const two = policy({ grades: [{ grade: "only", from: 0 }] } as Partial<GradingBody>, 2, noon);
    const at = (now: string, zone: string) =>
      unwrap(graderInForce({ ...context(now, undefined, [policy(), two]), zone }, rules.installed));
    expect(at("2026-03-02T11:59:59.999Z", "UTC").grader.policy).toBe(policy().hash);
    expect(at(noon, "UTC").grader.policy).toBe(two.hash);
    expect([
      at("2026-03-02T23:00:00.000Z", "UTC").today,
      at("2026-03-02T23:00:00.000Z", "Asia/Shanghai").today,
    ]).toEqual(["2026-03-02", "2026-03-03"]);
    expect(refused(graderInForce(context(), rules.installed))).toEqual({ code: "NO_POLICY", subject: "grading" });
  });

  it("weighs a plugin's facts and measures like the core's own", () => {
    const even = measure("acme.even", {
      revision: 3,
      args: z.object({}),
      score: () => (n) => (Number(n) % 2 === 0 ? 1e6 : 0),
    });
    const more = createServiceRules({ plugins: [definePlugin({ id: "acme", tokens: [even] })] });
    const p = policy({ criteria: [even.row({ id: "even", fact: "frequency", args: {}, weight: 100 })] });
    expect(gradeBy(unwrap(graderOf(p, more.installed)), { frequency: 4 }, "2026-03-02").grade).toBe("A");
    expect(p.body.criteria[0]!.measure).toBe("acme.even@3");
    expect(gradingPolicy.revision).toBe(1);
  });
});
