import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EffectComplaint, effectOf } from "../../src/corrective-action/index.js";
import { hasCode } from "../../src/kernel/errors.js";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import { day, story, upTo } from "./given.js";

const cause = "cold_seal";
const action = { cause, implementedAt: day(100), goal: { days: 30, allowed: 2 } };
const came = (id: string, on: number, more: Partial<EffectComplaint> = {}): EffectComplaint => ({
  id,
  cause,
  receivedAt: day(on),
  ...more,
});
/** So many before the implementation, and so many after it. */
const counts = (before: number, after: number): readonly EffectComplaint[] => [
  ...Array.from({ length: before }, (_, i) => came(`b-${i}`, 90)),
  ...Array.from({ length: after }, (_, i) => came(`a-${i}`, 110)),
];

describe("what an effect counts", () => {
  it("is the complaints with its cause, once each, those merged into others left out", () => {
    const effect = effectOf(action, [
      came("d", 120),
      came("c", 101),
      came("c", 102),
      came("other", 105, { cause: "late_parcel" }),
      came("unknown", 105, { cause: null }),
      came("merged", 105, { mergedInto: "c" }),
      came("standing", 106, { mergedInto: null }),
      came("b", 99),
      came("b", 105),
      came("merged before", 98, { mergedInto: "b" }),
    ]);
    expect(effect).toMatchObject({ later: ["c", "standing", "d"], before: 1, after: 3, effective: false });
  });

  it("lies in two windows of equal length, each with its last instant and not its first", () => {
    const near = (on: number, ms: number) => ({ receivedAt: toInstant(toMs(day(on)) + ms) });
    const edge = (on: number, ms: number) => {
      const { before, after } = effectOf(action, [came("x", on, near(on, ms))])!;
      return [before, after];
    };
    expect([edge(70, 0), edge(70, 1), edge(100, 0), edge(100, 1), edge(130, 0), edge(130, 1)]).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 0],
    ]);
  });

  it("is in the order of time, and of one instant in the order of ids", () => {
    const ids = ["d", "a", "c", "b", "f", "e"];
    const shuffled = ids.map((id) => came(id, id === "f" ? 101 : 110));
    expect(effectOf(action, shuffled)?.later).toEqual(["f", "a", "b", "c", "d", "e"]);
    expect(effectOf(action, [...shuffled].reverse())?.later).toEqual(["f", "a", "b", "c", "d", "e"]);
  });

  it("is effective up to and including what the goal allows", () => {
    const effective = (after: number) => effectOf(action, counts(0, after))?.effective;
    expect([0, 2, 3].map(effective)).toEqual([true, true, false]);
    const none = { ...action, goal: { days: 30, allowed: 0 } };
    expect([0, 1].map((n) => effectOf(none, counts(4, n))?.effective)).toEqual([true, false]);
  });

  it("is as much as a naive count says, whatever comes in whatever order", () => {
    const complaint = fc.record({
      id: fc.nat(30).map(String),
      cause: fc.constantFrom(cause, cause, "late_parcel", null),
      receivedAt: fc.integer({ min: 60, max: 140 }).map(day),
      mergedInto: fc.constantFrom(undefined, null, "other"),
    });
    let told = 0;
    fc.assert(
      fc.property(fc.array(complaint, { maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (complaints, days) => {
        const counting = complaints.filter((c) => c.cause === cause && (c.mergedInto ?? null) === null);
        const first = counting.filter((c, i) => counting.findIndex((d) => d.id === c.id) === i);
        const within = (from: number, to: number) =>
          first.filter((c) => c.receivedAt > day(from) && c.receivedAt <= day(to));
        const after = within(100, 100 + days);
        const effect = effectOf({ ...action, goal: { days, allowed: 3 } }, complaints)!;
        expect(effect.before).toBe(within(100 - days, 100).length);
        expect(effect.after).toBe(after.length);
        expect([...effect.later].sort()).toEqual(after.map((c) => c.id).sort());
        const times = effect.later.map((id) => after.find((c) => c.id === id)!.receivedAt);
        expect(times).toEqual([...times].sort());
        expect(effect.effective).toBe(after.length <= 3);
        expect(effect.rateRatio?.n ?? 0).toBe(effect.before + effect.after);
        told += after.length;
      }),
      { numRuns: 300 },
    );
    expect(told).toBeGreaterThan(100);
  });

  it("names no more than a check takes, and counts them all", () => {
    const { later, after } = effectOf(action, counts(0, 1500))!;
    expect([later.length, after]).toEqual([1000, 1500]);
    expect(upTo("observing").on(40).does("fail_check", { later }).record.state).toBe("analysing");
  });

  it("takes any iterable once", () => {
    function* each() {
      yield* counts(2, 1);
    }
    expect(effectOf(action, each())).toEqual(effectOf(action, counts(2, 1)));
  });
});

describe("of a corrective action that has none yet", () => {
  it("there is nothing to say", () => {
    expect(effectOf(story({ cause }).record, counts(1, 1))).toBeNull();
    for (const missing of ["cause", "implementedAt", "goal"])
      expect(effectOf({ ...action, [missing]: null }, counts(1, 1))).toBeNull();
  });

  it("what it says decides the check", () => {
    const told = upTo("observing").on(40);
    const facts = (n: number) => Array.from({ length: n }, (_, i) => came(`c-${10 + i}`, 20 + i));
    const failed = effectOf(told.record, facts(2))!;
    expect([failed.effective, told.denied("pass_check", { later: failed.later })]).toEqual([
      false,
      ["DENIED", "NOT_EFFECTIVE"],
    ]);
    const passed = effectOf(told.record, facts(1))!;
    expect(passed.effective).toBe(true);
    expect(told.denied("fail_check", { later: passed.later })).toEqual(["DENIED", "EFFECTIVE"]);
    expect(told.does("pass_check", { later: passed.later }).record.state).toBe("closed");
    expect(effectOf(told.record, facts(1))).toEqual(passed);
  });
});

describe("the ratio of the rates", () => {
  const ratio = (before: number, after: number, confidence?: number) =>
    effectOf(action, counts(before, after), confidence)!.rateRatio;

  it("has an interval that was worked out by hand", () => {
    // 2 of 10, z² = 3.8415: centre (0.2 + 0.19207) / 1.38415 = 0.28326, half 1.41601 × √(0.016 + 0.0096036) = 0.22658,
    // so the share is 0.05668 to 0.50984, and its odds 0.06009 to 1.04014.
    const it = ratio(8, 2)!;
    expect(it).toMatchObject({ ratio: 0.25, n: 10, confidence: 0.95, method: "conditional-wilson" });
    expect([it.low.toFixed(4), it.high?.toFixed(4)]).toEqual(["0.0601", "1.0401"]);
  });

  it("has bounds where the score test of two Poisson rates just lets go", () => {
    // By the definition, without the conditional argument: under a ratio r, both rates are estimated together from the
    // sum, and the score statistic is compared with z (Graham, Mengersen & Morton 2003).
    const z = (before: number, after: number, r: number) => (after - r * before) / Math.sqrt(r * (before + after));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (before, after) => {
        const { low, high } = ratio(before, after)!;
        expect(z(before, after, low)).toBeCloseTo(1.959964, 4);
        expect(z(before, after, high!)).toBeCloseTo(-1.959964, 4);
      }),
    );
  });

  it("is that of the same counts the other way round, turned over", () => {
    for (const [before, after] of [
      [3, 7],
      [1, 1],
      [40, 2],
    ] as const) {
      const [there, back] = [ratio(before, after)!, ratio(after, before)!];
      expect(there.low * back.high!).toBeCloseTo(1, 9);
      expect(there.high! * back.low).toBeCloseTo(1, 9);
    }
  });

  it("says what it can where there was none before, none after, or none at all", () => {
    expect(ratio(0, 0)).toBeNull();
    expect(ratio(5, 0)).toMatchObject({ ratio: 0, low: 0, n: 5 });
    expect(ratio(5, 0)!.high!.toFixed(3)).toBe("0.768");
    expect(ratio(0, 5)).toMatchObject({ ratio: null, high: null });
    expect(ratio(0, 5)!.low.toFixed(3)).toBe("1.302");
    expect(JSON.parse(JSON.stringify(effectOf(action, counts(0, 5))))).toEqual(effectOf(action, counts(0, 5)));
  });

  it("is as sure as it is asked to be", () => {
    expect(ratio(8, 2, 0.9)!.high!).toBeLessThan(ratio(8, 2)!.high!);
    expect(ratio(8, 2, 0.9)!.confidence).toBe(0.9);
  });
});

describe("what is no corrective action, complaint or confidence", () => {
  it.each([
    ["an implementation that is no instant", { ...action, implementedAt: "2026-05-01" }, [], 0.95],
    ["days that are none", { ...action, goal: { days: Number.NaN, allowed: 1 } }, [], 0.95],
    ["a number that is none", { ...action, goal: { days: 30, allowed: Number.NaN } }, [], 0.95],
    ["a cause that is no id", { ...action, cause: 5 }, [], 0.95],
    ["a complaint of no time", action, [came("x", 1, { receivedAt: "yesterday" })], 0.95],
    ["a complaint of no name", action, [{ ...came("x", 1), id: 5 }], 0.95],
    ["no complaints", action, null, 0.95],
    ["more than sure", action, [], 1],
  ])("is refused with a code: %s", (_, given, complaints, confidence) => {
    let thrown: unknown;
    try {
      effectOf(given as never, complaints as never, confidence);
    } catch (error) {
      thrown = error;
    }
    expect(hasCode(thrown, "INVALID_OPTIONS")).toBe(true);
  });
});
