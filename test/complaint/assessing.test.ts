import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Assessed,
  assessmentOf,
  type ComplaintBody,
  type MajorRule,
  type Seen,
} from "../../src/complaint/index.js";
import { ann, max, robot } from "../given.js";
import { assessed, eur, house, story, usd } from "./given.js";

const seen = (more: Partial<Seen> = {}): Seen => ({ nature: "product", severity: "normal", ...more });
const made = (body: ComplaintBody, given: Partial<Seen> = {}, complaint: Assessed = {}) =>
  assessmentOf(body, complaint, seen(given));
const grades = [1, 2, 3] as const;

describe("how severe it is", () => {
  const usual = [
    ["critical", "high", "normal"],
    ["high", "normal", "normal"],
    ["normal", "low", "low"],
  ] as const;
  const own = [
    ["low", "low", "low"],
    ["normal", "normal", "normal"],
    ["critical", "high", "critical"],
  ] as const;

  it.each([
    ["usually", {}, usual],
    ["by a matrix of the house", { severity: own }, own],
  ] as const)("follows from impact and urgency, %s", (_, body, matrix) => {
    for (const impact of grades)
      for (const urgency of grades) {
        const { severity } = assessmentOf(body, {}, { nature: "service", impact, urgency });
        expect([impact, urgency, severity]).toEqual([impact, urgency, matrix[impact - 1]![urgency - 1]]);
      }
  });

  it("is what somebody says, whatever the matrix says", () => {
    expect(assessmentOf({}, {}, { nature: "service", impact: 1, urgency: 1, severity: "low" }).severity).toBe("low");
  });

  it("has to be said, or both impact and urgency", () => {
    for (const half of [{}, { impact: 1 }, { urgency: 1 }])
      expect(
        story()
          .does(ann, "acknowledge")
          .denied(ann, "assess", { nature: "service", ...half }),
      ).toEqual(["SEVERITY_NEEDED"]);
    expect(assessed([], { nature: "service", impact: 2, urgency: 1 }).record).toMatchObject({
      severity: "high",
      impact: 2,
      urgency: 1,
    });
  });
});

describe("what makes a complaint major", () => {
  /** Each rule on its own: what it asks for, a complaint of which that holds, and complaints of which it does not. */
  const alone: readonly (readonly [
    string,
    Omit<MajorRule, "id">,
    readonly [Partial<Seen>, Assessed],
    readonly (readonly [Partial<Seen>, Assessed])[],
  ])[] = [
    [
      "safety",
      { safety: true },
      [{ safety: true }, {}],
      [
        [{}, {}],
        [{ safety: false }, {}],
        [{ legal: true }, {}],
      ],
    ],
    [
      "law",
      { legal: true },
      [{ legal: true }, {}],
      [
        [{}, {}],
        [{ legal: false }, {}],
        [{ media: true }, {}],
      ],
    ],
    [
      "media",
      { media: true },
      [{ media: true }, {}],
      [
        [{}, {}],
        [{ media: false }, {}],
        [{ safety: true }, {}],
      ],
    ],
    ["no danger", { safety: false }, [{}, {}], [[{ safety: true }, {}]]],
    ["a repeat", { repeat: true }, [{}, { repeatOf: "c-0" }], [[{}, {}]]],
    ["no repeat", { repeat: false }, [{}, {}], [[{}, { repeatOf: "c-0" }]]],
    [
      "severity",
      { severities: ["high", "critical"] },
      [{ severity: "high" }, {}],
      [
        [{ severity: "normal" }, {}],
        [{ severity: "low" }, {}],
      ],
    ],
    [
      "grade",
      { grades: ["A", "B"] },
      [{}, { grade: "B" }],
      [
        [{}, { grade: "C" }],
        [{}, {}],
      ],
    ],
    [
      "what is at stake",
      { stake: eur(100) },
      [{ stake: eur(100) }, {}],
      [
        [{ stake: eur(99) }, {}],
        [{ stake: usd(500) }, {}],
        [{}, {}],
      ],
    ],
    [
      "what is wanted",
      { stake: eur(100) },
      [{}, { wanted: { amount: eur(100) } }],
      [
        [{}, { wanted: { amount: eur(99) } }],
        [{}, { wanted: { remedy: "refund" } }],
        [{ stake: usd(100) }, {}],
      ],
    ],
  ];

  it.each(alone)("may be %s", (_, rule, [given, complaint], others) => {
    const body = { major: [{ id: "it", ...rule }] };
    const { scope, major } = made(body, given, complaint);
    expect([scope, major]).toEqual(["major", ["it"]]);
    for (const [less, other] of others) {
      const not = made(body, less, other);
      expect([less, other, not.scope, not.major]).toEqual([less, other, "general", undefined]);
    }
  });

  it("may be several things together: all that a rule asks for must hold", () => {
    const rule: MajorRule = {
      id: "key customer again",
      repeat: true,
      grades: ["A"],
      severities: ["high"],
      stake: eur(10),
    };
    const whole = { repeatOf: "c-0", grade: "A", wanted: { amount: eur(10) } } as const;
    expect(made({ major: [rule] }, { severity: "high" }, whole).scope).toBe("major");
    const { repeatOf, grade, wanted } = whole;
    for (const less of [
      { grade, wanted },
      { repeatOf, wanted },
      { repeatOf, grade },
    ])
      expect([less, made({ major: [rule] }, { severity: "high" }, less).scope]).toEqual([less, "general"]);
    expect(made({ major: [rule] }, { severity: "low" }, whole).scope).toBe("general");
  });

  it("is told by the ids of all rules that hold, in the order of the policy", () => {
    const body = {
      major: [
        { id: "b", media: true },
        { id: "c", legal: true },
        { id: "a", safety: true },
      ],
    };
    expect(made(body, { safety: true, media: true }).major).toEqual(["b", "a"]);
  });

  it("is usually danger, the law, the media and whatever is critical, each for itself", () => {
    for (const [given, major] of [
      [{ safety: true }, ["safety"]],
      [{ legal: true }, ["legal"]],
      [{ media: true }, ["media"]],
      [{ severity: "critical" }, ["critical"]],
      [{ safety: true, legal: true, media: true, severity: "critical" }, ["safety", "legal", "media", "critical"]],
      [{ severity: "high" }, undefined],
    ] as const)
      expect(made({}, given).major).toEqual(major);
    // A house that names rules has those and no others.
    expect(made({ major: [] }, { safety: true, severity: "critical" }).scope).toBe("general");
  });

  it("is never a rule that asks for nothing", () => {
    expect(made({ major: [{ id: "all" }, { id: "none", safety: undefined }] }, { safety: true }).scope).toBe("general");
  });

  it("may be decided by hand, and then no rule has made it so", () => {
    const general = made({}, { safety: true, scope: "general" });
    expect([general.scope, general.major]).toEqual(["general", undefined]);
    const major = made({}, { scope: "major" });
    expect([major.scope, major.major]).toEqual(["major", undefined]);
    expect(made({}, { safety: true, scope: "major" }).major).toEqual(["safety"]);
  });

  it("does not depend on the order of the rules, and another rule never makes less of it", () => {
    const flag = fc.constantFrom(undefined, true, false);
    const rule = fc.record({
      id: fc.constantFrom("a", "b", "c"),
      safety: flag,
      legal: flag,
      repeat: flag,
      stake: fc.constantFrom(undefined, eur(10), usd(10)),
      severities: fc.constantFrom(undefined, ["high"] as const, ["low", "normal"] as const),
      grades: fc.constantFrom(undefined, ["A"] as const),
    });
    const given = fc.record({
      safety: flag,
      legal: flag,
      stake: fc.constantFrom(undefined, eur(9), eur(10), usd(10)),
      severity: fc.constantFrom("low", "normal", "high"),
    });
    const complaint = fc.constantFrom<Assessed[]>(
      {},
      { grade: "A" },
      { repeatOf: "c-0" },
      { grade: "A", repeatOf: "c-0" },
    );
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), rule, given, complaint, (rules, more, is, of) => {
        const { scope, major = [] } = made({ major: rules }, is as Partial<Seen>, of);
        const turned = made({ major: [...rules].reverse() }, is as Partial<Seen>, of);
        expect([turned.scope, [...(turned.major ?? [])].reverse()]).toEqual([scope, major]);
        const { scope: then, major: both = [] } = made({ major: [...rules, more] }, is as Partial<Seen>, of);
        expect(both.slice(0, major.length)).toEqual(major);
        if (scope === "major") expect(then).toBe("major");
      }),
    );
  });
});

describe("in which order complaints are worked on", () => {
  it("is usually by severity", () => {
    const usual = { critical: 1, high: 2, normal: 3, low: 4 } as const;
    for (const [severity, priority] of Object.entries(usual))
      expect(made({}, { severity: severity as "low" }).priority).toBe(priority);
  });

  it("is the first row that fits, by severity, scope and grade", () => {
    const priorities = [
      { priority: 1, grades: ["A"], scopes: ["major"] },
      { priority: 2, severities: ["high", "critical"] },
      { priority: 3, grades: ["A", "B"] },
      { priority: 4, scopes: ["general"] },
    ] as const;
    const of = (given: Partial<Seen>, complaint: Assessed = {}) => made({ priorities }, given, complaint).priority;
    expect(of({ scope: "major" }, { grade: "A" })).toBe(1);
    expect(of({ severity: "high" }, { grade: "A" })).toBe(2);
    expect(of({}, { grade: "A" })).toBe(3);
    expect(of({}, { grade: "B" })).toBe(3);
    expect(of({}, { grade: "C" })).toBe(4);
    expect(of({})).toBe(4);
    expect(of({ scope: "major" })).toBeUndefined();
  });

  it("goes by what the rules made of it, not by what was said", () => {
    const priorities = [{ priority: 1, scopes: ["major"] }, { priority: 5 }] as const;
    expect(made({ priorities }, { safety: true }).priority).toBe(1);
    expect(made({ priorities }, { safety: true, scope: "general" }).priority).toBe(5);
  });

  it("is none any more where no row fits", () => {
    const policies = [house({ priorities: [{ priority: 2, severities: ["high"] }] })];
    const told = assessed(policies);
    expect(told.record.priority).toBe(2);
    told.does(ann, "reassess", { nature: "product", severity: "low" });
    expect(Object.keys(told.record)).not.toContain("priority");
  });
});

describe("assessing", () => {
  it("keeps what was seen on the record, and by which rules it is major in the log", () => {
    const given = {
      nature: "logistics",
      category: "late",
      impact: 1,
      urgency: 2,
      stake: eur(7_000),
      safety: true,
      media: false,
    } as const;
    const told = assessed([], given);
    expect(told.record).toMatchObject({ ...given, severity: "high", scope: "major", priority: 2 });
    expect(told.said()).toEqual({ ...given, severity: "high", scope: "major", priority: 2, major: ["safety"] });
    expect(Object.keys(told.record)).not.toContain("major");
  });

  it("goes by the grade that the customer had when the complaint came", () => {
    const policies = [house({ major: [{ id: "key", grades: ["A"] }] })];
    const seenNow = { nature: "product", severity: "low" };
    expect(assessed(policies, seenNow, { grade: "A" }).record.scope).toBe("major");
    expect(assessed(policies, seenNow, { grade: "B" }).record.scope).toBe("general");
  });

  it("anew keeps what nobody says otherwise: a danger stays one until it is said to be none", () => {
    const told = assessed([], { nature: "product", severity: "normal", safety: true, stake: eur(500) });
    told.does(ann, "reassess", { nature: "product", severity: "low" });
    expect(told.record).toMatchObject({ severity: "low", safety: true, scope: "major", stake: eur(500) });
    expect(told.denied(ann, "propose", { remedy: "refund", message: "x" })).toEqual(["MAJOR_NEEDS_MANAGER"]);
    told.does(ann, "reassess", { nature: "product", severity: "low", safety: false });
    expect(told.record).toMatchObject({ safety: false, scope: "general" });
  });

  it("anew weighs the stake that was seen before", () => {
    const policies = [house({ major: [{ id: "dear", stake: eur(500) }] })];
    const told = assessed(policies, { nature: "product", severity: "low", stake: eur(500) });
    expect(told.does(ann, "reassess", { nature: "product", severity: "low" }).record.scope).toBe("major");
    expect(told.does(ann, "reassess", { nature: "product", severity: "low", stake: eur(499) }).record.scope).toBe(
      "general",
    );
  });

  it("is the house's own, and nobody assesses anew what nobody has assessed", () => {
    const told = story().does(ann, "acknowledge");
    expect(told.mayNot(robot, "assess", { nature: "product", severity: "low" }).code).toBe("NOT_PERMITTED");
    expect(told.denied(ann, "reassess", { nature: "product", severity: "low" })).toEqual(["NOT_ASSESSED"]);
  });

  it("weighs nothing that is less than nothing", () => {
    const told = story().does(ann, "acknowledge");
    expect(told.mayNot(ann, "assess", { nature: "product", severity: "low", stake: eur(-1) })).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "stake.amount" }],
    });
  });
});

describe("what the rules call major", () => {
  const policies = [
    house({
      major: [
        { id: "danger", safety: true },
        { id: "press", media: true },
      ],
    }),
  ];
  const danger = { nature: "product", severity: "low", safety: true, media: true, scope: "general" };
  const begun = () => story({}, ann, policies).does(ann, "acknowledge");

  it("is made general by a manager only, and who is refused is told by which rules", () => {
    expect(begun().mayNot(ann, "assess", danger)).toEqual({
      code: "DENIED",
      denials: [{ code: "MAJOR_BY_RULE", message: "danger, press" }],
    });
    expect(begun().does(max, "assess", danger).record.scope).toBe("general");
    expect(begun().does(ann, "assess", { ...danger, scope: undefined }).record.scope).toBe("major");
    expect(begun().does(ann, "assess", { ...danger, scope: "major" }).record.scope).toBe("major");
    expect(begun().does(ann, "assess", { ...danger, safety: false, media: false }).record.scope).toBe("general");
  });

  it("stays so when it is assessed anew", () => {
    const told = begun().does(ann, "assess", { ...danger, scope: undefined });
    const again = { nature: "product", severity: "low", scope: "general" };
    expect(told.denied(ann, "reassess", again)).toEqual(["MAJOR_BY_RULE"]);
    expect(told.does(max, "reassess", again).record.scope).toBe("general");
  });

  it("is anybody's to decide where the house names no rules of its own", () => {
    const told = story({}, ann, [house({})]).does(ann, "acknowledge");
    expect(told.does(ann, "assess", danger).record.scope).toBe("general");
  });
});

describe("the tree of categories", () => {
  const policies = [
    house({
      categories: [
        { id: "white goods", nature: "product" },
        { id: "fridges", parent: "white goods" },
        { id: "seals", parent: "fridges" },
        { id: "staff", nature: "service" },
        { id: "odd" },
        { id: "engineers", parent: "white goods", nature: "service" },
      ],
    }),
  ];
  const assess = (category: string, nature: string) => ({ category, nature, severity: "low" });
  const begun = () => story({}, ann, policies).does(ann, "acknowledge");

  it.each([
    ["white goods", "product"],
    ["seals", "product"],
    ["staff", "service"],
    ["odd", "service"],
    ["odd", "other"],
    // The nearest nature counts.
    ["engineers", "service"],
  ])("has %s of nature %s", (category, nature) => {
    expect(begun().does(ann, "assess", assess(category, nature)).record).toMatchObject({ category, nature });
  });

  it.each([
    ["hats", "product", "UNKNOWN_CATEGORY", "hats"],
    ["seals", "service", "OTHER_NATURE", "product"],
    ["white goods", "logistics", "OTHER_NATURE", "product"],
    ["engineers", "product", "OTHER_NATURE", "service"],
  ])("has no %s of nature %s", (category, nature, code, message) => {
    expect(begun().mayNot(ann, "assess", assess(category, nature))).toEqual({
      code: "DENIED",
      denials: [{ code, message }],
    });
  });

  it("binds nobody where there is none, or where none is named", () => {
    expect(story().does(ann, "acknowledge").does(ann, "assess", assess("hats", "product")).record.category).toBe(
      "hats",
    );
    expect(begun().does(ann, "assess", { nature: "service", severity: "low" }).record.category).toBeUndefined();
  });
});

describe("a policy of complaints", () => {
  it.each([
    [
      "a matrix of two rows",
      {
        severity: [
          ["low", "low", "low"],
          ["low", "low", "low"],
        ],
      },
    ],
    ["a matrix of two columns", { severity: Array(3).fill(["low", "low"]) }],
    ["a severity that there is not", { severity: Array(3).fill(["low", "low", "grave"]) }],
    [
      "a circle of categories",
      {
        categories: [
          { id: "a", parent: "b" },
          { id: "b", parent: "a" },
        ],
      },
    ],
    ["a category above itself", { categories: [{ id: "a", parent: "a" }] }],
    ["a category below nothing", { categories: [{ id: "a", parent: "b" }] }],
    ["two categories of one id", { categories: [{ id: "a" }, { id: "a" }] }],
    [
      "a circle of causes",
      { causes: ["a", "b", "c"].map((id, i, all) => ({ id, parent: all[(i + 1) % 3], why: "escape" })) },
    ],
    ["a cause of neither kind", { causes: [{ id: "a", why: "fate" }] }],
    ["days that are less than none", { reopenDays: -1 }],
    ["half a day", { repeatDays: 0.5 }],
    ["no reminder before silence counts", { silence: { reminders: 0, means: "closing" } }],
    ["silence that means something else", { silence: { reminders: 1, means: "joy" } }],
    ["a demand that there is not", { closing: ["patience"] }],
    ["a priority that there is not", { priorities: [{ priority: 6 }] }],
    ["a stake that is less than nothing", { major: [{ id: "x", stake: eur(-1) }] }],
    ["a field that there is not", { windows: 7 }],
    [
      "silence as agreement, and words demanded: that could never be closed",
      { silence: { reminders: 1, means: "acceptance" }, closing: ["acceptance"] },
    ],
  ])("has not %s", (_, body) => {
    expect(() => house(body as never)).toThrow();
  });

  it("may leave everything out, and may have a deep tree", () => {
    const deep = Array.from({ length: 1000 }, (_, i) => ({ id: `n${i}`, ...(i === 0 ? {} : { parent: `n${i - 1}` }) }));
    expect(house({}).body).toEqual({});
    const policies = [house({ categories: deep })];
    const told = story({}, ann, policies).does(ann, "acknowledge");
    expect(told.does(ann, "assess", { nature: "other", severity: "low", category: "n999" }).record.category).toBe(
      "n999",
    );
  });
});
