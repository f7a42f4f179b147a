import { describe, expect, it } from "vitest";
import { unwrap } from "../../src/kernel/result.js";
import { ann, carl, context, fold, max, noon, robot, stored } from "../given.js";
import { assessed, type Complaint, doors, house, story } from "./given.js";

const shares = [
  { of: "supplier", id: "acme", percent: 60 },
  { of: "department", id: "acme", percent: 40 },
] as const;
const whole = {
  cause: "seal",
  escape: "no inspection",
  whys: ["It did not cool", "The seal leaked", "It was the wrong seal"],
  shares,
  evidence: ["photos/4711.jpg"],
} as const;

describe("what an investigation finds", () => {
  it("is kept: why it occurred, why nobody noticed, who answers for which part, and what proves it", () => {
    const told = assessed().does(ann, "investigate").does(ann, "find", whole);
    expect(told.record).toMatchObject({ ...whole, state: "investigating" });
    expect(told.said()).toEqual(whole);
  });

  it("adds to what was found before: what is left out stays, what is said again replaces it", () => {
    const told = story().does(ann, "find", whole).does(ann, "find", { cause: "hinge" });
    expect(told.record).toMatchObject({ ...whole, cause: "hinge" });
    told.does(ann, "find", { whys: ["The door hung"], shares: [{ of: "person", id: "bo", percent: 100 }] });
    expect(told.record).toMatchObject({
      cause: "hinge",
      escape: "no inspection",
      whys: ["The door hung"],
      shares: [{ of: "person", id: "bo", percent: 100 }],
    });
  });

  it("may come at any time: before the assessment, in a pause, and after the end, when it is learnt from", () => {
    const find = (told: ReturnType<typeof story>) => told.does(ann, "find", { cause: "seal" }).record;
    expect(find(story())).toMatchObject({ state: "received", cause: "seal" });
    const asked = () => story().does(ann, "wait_for_third_party", { party: "acme", question: "?" });
    expect(find(asked())).toMatchObject({ state: "waiting_for_third_party", cause: "seal" });
    expect(find(story().does(carl, "withdraw"))).toMatchObject({ state: "withdrawn", cause: "seal" });
    expect(find(story().does(max, "reject", { reason: "x" }))).toMatchObject({ state: "rejected", cause: "seal" });
    expect(find(story().does(ann, "merge", { into: "c-9" }))).toMatchObject({ state: "merged", cause: "seal" });
  });

  it("is the house's own", () => {
    for (const actor of [carl, robot]) expect(story().mayNot(actor, "find", whole).code).toBe("NOT_PERMITTED");
  });

  it("is bounded", () => {
    const wrong = (input: object) => {
      const refusal = story().mayNot(ann, "find", input);
      return refusal.code === "INVALID_INPUT" ? refusal.issues[0]!.path : refusal.code;
    };
    expect(wrong({ whys: Array(11).fill("because") })).toBe("whys");
    expect(wrong({ evidence: Array(51).fill("photo") })).toBe("evidence");
    expect(wrong({ shares: Array(21).fill({ of: "person", id: "x", percent: 1 }) })).toBe("shares");
    expect(wrong({ shares: [{ of: "nobody", id: "x", percent: 100 }] })).toBe("shares.0.of");
    expect(wrong({ shares: [{ of: "person", id: "", percent: 100 }] })).toBe("shares.0.id");
    expect(wrong({ cause: "" })).toBe("cause");
    const told = story().does(ann, "find", { whys: Array(10).fill("because"), evidence: Array(50).fill("photo") });
    expect([told.record.whys?.length, told.record.evidence?.length]).toEqual([10, 50]);
  });

  it("has words that may be forgotten, and folds without them", () => {
    const told = story().does(ann, "find", { whys: ["Carl Meyer said so"] });
    const erased = stored(told.events).map((event) =>
      event.type === "complaint.found" ? { ...event, data: { whys: [{ erased: true }] } } : event,
    );
    expect((fold(doors, erased) as Complaint).whys).toEqual([{ erased: true }]);
    expect(story().does(ann, "find", { whys: [{ erased: true }] }).record.whys).toEqual([{ erased: true }]);
  });
});

describe("the parts of the responsibility", () => {
  const share = (percent: number, id = "x", of = "person") => ({ of, id, percent });
  const denied = (...list: readonly object[]) => story().mayNot(ann, "find", { shares: list });

  it.each([
    [[share(100)]],
    [[share(99), share(1, "y")]],
    [[share(50), share(50, "x", "supplier")]],
    [Array.from({ length: 20 }, (_, i) => share(5, `p${i}`))],
    [[share(25, "a"), share(25, "b", "department"), share(25, "c", "supplier"), share(25, "d", "customer")]],
  ])("are the whole: %j", (list) => {
    expect(story().does(ann, "find", { shares: list }).record.shares).toEqual(list);
  });

  it.each([
    [[share(99)], "99 %"],
    [[share(60), share(60, "y")], "120 %"],
    // One party, named twice, is one part.
    [[share(50), share(50)], "100 %"],
    [[share(100), share(1, "y")], "101 %"],
  ] as const)("are not more or less than that, nor one party twice: %j", (list, message) => {
    expect(denied(...list)).toEqual({ code: "DENIED", denials: [{ code: "SHARES_NOT_WHOLE", message }] });
  });

  it.each([0, -1, 101, 33.3])("are whole percents of 1 to 100: not %d", (percent) => {
    expect(denied(share(percent), share(100 - percent, "y")).code).toBe("INVALID_INPUT");
  });

  it("may be taken back", () => {
    const told = story().does(ann, "find", { shares }).does(ann, "find", { shares: [] });
    expect(told.record.shares).toEqual([]);
  });
});

describe("the tree of causes", () => {
  const policies = [
    house({
      causes: [
        { id: "parts", why: "occurrence" },
        { id: "seal", parent: "parts", why: "occurrence" },
        { id: "inspection", why: "escape" },
        { id: "final inspection", parent: "inspection", why: "escape" },
      ],
    }),
  ];
  const told = () => story({}, carl, policies);

  it("has causes of occurrence and of escape, each in its own place", () => {
    expect(told().does(ann, "find", { cause: "seal", escape: "final inspection" }).record).toMatchObject({
      cause: "seal",
      escape: "final inspection",
    });
    expect(told().does(ann, "find", { cause: "parts" }).record.cause).toBe("parts");
  });

  it.each([
    [{ cause: "moon" }, "moon"],
    [{ cause: "inspection" }, "inspection"],
    [{ escape: "seal" }, "seal"],
    [{ cause: "seal", escape: "moon" }, "moon"],
  ])("has no other: %j", (input, message) => {
    expect(told().mayNot(ann, "find", input)).toEqual({
      code: "DENIED",
      denials: [{ code: "UNKNOWN_CAUSE", message }],
    });
  });

  it("binds nobody where there is none", () => {
    expect(story({}, carl, [house({})]).does(ann, "find", { cause: "moon", escape: "moon" }).record.cause).toBe("moon");
  });

  it("is that of the day: what was found under another stays", () => {
    const later = house({ causes: [{ id: "parts", why: "occurrence" }] }, 2, "2026-03-09T00:00:00.000Z");
    const found = story({}, carl, [...policies, later])
      .does(ann, "find", { cause: "seal" })
      .passes({ days: 8 });
    expect(found.denied(ann, "find", { cause: "seal" })).toEqual(["UNKNOWN_CAUSE"]);
    expect(found.does(ann, "find", { evidence: ["photo"] }).record.cause).toBe("seal");
  });
});

it("reading the log of an investigation needs no policy: a fold gives the same record", () => {
  const told = assessed([house({ causes: [{ id: "seal", why: "occurrence" }] })]).does(ann, "find", {
    cause: "seal",
    shares,
  });
  expect(fold(doors, stored(told.events))).toEqual(told.record);
  expect(
    unwrap(doors.decide(told.record, { type: "note", input: { text: "x" } }, context(noon, ann))).next,
  ).toMatchObject({
    cause: "seal",
  });
});
