import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ComplaintCase, findDuplicates, findRepeats } from "../../src/complaint/index.js";
import { toMs } from "../../src/kernel/instant.js";
import { ann, carl } from "../given.js";
import { type Begin, day, hour, lived, settled, steps, tale } from "./cases.js";

const fridge = { input: { subject: "fridge-1" } };
const sent = (begin: Begin): Begin => ({ ...begin, input: { ...fridge.input, ...begin.input } });
/** Resolved five hours after it came. */
const resolved = (id: string, hours = 0, input: object = {}) => settled(sent({ id, hours, input }));
/** Assessed, and open. */
const open = (id: string, hours: number, input: object = {}) =>
  tale(sent({ id, hours, input }))
    .does(ann, "acknowledge", {})
    .does(ann, "assess", { nature: "product", scope: "general", severity: "high" });
const wholes = (...tales: readonly { whole: () => ComplaintCase }[]) => tales.map((told) => told.whole());
const days = (n: number) => n * 24;

describe("a repeat (case 55 of the reference)", () => {
  it("is the same customer, subject and nature within the days after the resolution", () => {
    const cases = wholes(resolved("a"), open("b", 5 + days(30)));
    expect(findRepeats(cases)).toEqual([{ id: "b", of: "a", after: 30 * day }]);
    // An instant too late.
    expect(findRepeats(wholes(resolved("a"), open("b", 5 + days(30) + 0.001)))).toEqual([]);
    expect(findRepeats(cases, { days: 29 })).toEqual([]);
  });

  it("is counted from the resolution, not from when the first one came", () => {
    const late = tale(sent({ id: "a" }))
      .does(ann, "acknowledge", {})
      .does(ann, "assess", { nature: "product", scope: "general", severity: "high" })
      .does(ann, "propose", { remedy: "apology", message: "Sorry" })
      .does(carl, "accept")
      .at(days(25))
      .does(ann, "resolve", { outcome: "Told" });
    expect(findRepeats(wholes(late, open("b", days(50))))).toEqual([{ id: "b", of: "a", after: 25 * day }]);
  });

  it("is no other customer's, about nothing else, of no other nature, and of nobody unknown", () => {
    const none = (input: object) => expect(findRepeats(wholes(resolved("a"), open("b", 10, input)))).toEqual([]);
    none({ customerId: "c-8" });
    none({ subject: "fridge-2" });
    none({ customerId: undefined });
    const service = tale(sent({ id: "b", hours: 10 }))
      .does(ann, "acknowledge", {})
      .does(ann, "assess", { nature: "service", severity: "low", scope: "general" });
    expect(findRepeats(wholes(resolved("a"), service))).toEqual([]);
    expect(findRepeats(wholes(resolved("a"), tale(sent({ id: "b", hours: 10 }))))).toEqual([]);
  });

  it("may be about an order where nobody named a subject, and an order is no subject", () => {
    const order = { subject: undefined, orderId: "o-1" };
    expect(findRepeats(wholes(resolved("a", 0, order), open("b", 10, order)))).toHaveLength(1);
    const named = { subject: "o-1", orderId: undefined };
    expect(findRepeats(wholes(resolved("a", 0, order), open("b", 10, named)))).toEqual([]);
    const nothing = { subject: undefined };
    expect(findRepeats(wholes(resolved("a", 0, nothing), open("b", 10, nothing)))).toEqual([]);
  });

  it("is not what came before the resolution: that is a duplicate", () => {
    const cases = wholes(resolved("a"), open("b", 4));
    expect(findRepeats(cases)).toEqual([]);
    expect(findDuplicates(cases)).toEqual([{ id: "b", of: "a" }]);
    // At the very instant of the resolution it is a repeat.
    const then = wholes(resolved("a"), open("b", 5));
    expect(findRepeats(then)).toEqual([{ id: "b", of: "a", after: 0 }]);
    expect(findDuplicates(then)).toEqual([]);
  });

  it("is not a reopening, nor what comes while the first is open again", () => {
    const reopened = resolved("a").does(carl, "confirm").at(days(2)).does(carl, "reopen", { reason: "Warm again" });
    expect(findRepeats(wholes(reopened))).toEqual([]);
    const beside = wholes(reopened, open("b", days(3)));
    expect(findRepeats(beside)).toEqual([]);
    expect(findDuplicates(beside)).toEqual([{ id: "b", of: "a" }]);
    // What came in between was a repeat, and stays one.
    expect(findRepeats(wholes(reopened, open("b", days(1))))).toEqual([{ id: "b", of: "a", after: day - 5 * hour }]);
  });

  it("is not what duplicates a repeat", () => {
    const cases = wholes(resolved("a"), open("b", days(1)), open("c", days(2)));
    expect(findRepeats(cases).map(({ id }) => id)).toEqual(["b"]);
    expect(findDuplicates(cases)).toEqual([{ id: "c", of: "b" }]);
  });

  it("is of the one that was settled last", () => {
    const cases = wholes(resolved("a"), resolved("b", days(10)), open("c", days(20)));
    expect(findRepeats(cases)).toEqual([
      { id: "b", of: "a", after: 10 * day - 5 * hour },
      { id: "c", of: "b", after: 10 * day - 5 * hour },
    ]);
  });

  it("counts what was merged once, as received when the first of them was", () => {
    const merged = open("m", days(20)).at(days(41)).does(ann, "merge", { into: "t" });
    const cases = wholes(resolved("a"), merged, open("t", days(40)));
    expect(findRepeats(cases)).toEqual([{ id: "t", of: "a", after: 20 * day - 5 * hour }]);
    expect(findDuplicates(cases)).toEqual([]);
    // Without the one in which it went on there is nothing to count.
    expect(findRepeats(cases.slice(0, 2))).toEqual([]);
    const chain = open("k", days(15)).at(days(21)).does(ann, "merge", { into: "m" });
    expect(findRepeats([...cases, chain.whole()])).toEqual([{ id: "t", of: "a", after: 15 * day - 5 * hour }]);
  });

  it("does not follow merges in a circle for ever", () => {
    const one = open("x", 10).does(ann, "merge", { into: "y" });
    const two = open("y", 11).does(ann, "merge", { into: "x" });
    const three = open("z", 12).does(ann, "merge", { into: "x" });
    expect(findRepeats(wholes(resolved("a"), one, two, three))).toEqual([]);
  });

  it("is told by the records alone where there are no timelines, and a closing is a settlement too", () => {
    const gone = open("a", 0).at(3).does(carl, "withdraw");
    const cases = wholes(gone, open("b", 10)).map(({ record }) => ({ record }));
    expect(findRepeats(cases)).toEqual([{ id: "b", of: "a", after: 7 * hour }]);
    // A record remembers the resolution, not only the closing after it.
    const closed = resolved("a").at(days(20)).does(carl, "confirm");
    const later = wholes(closed, open("b", days(40))).map(({ record }) => ({ record }));
    expect(findRepeats(later)).toEqual([]);
    expect(findRepeats(later, { days: 40 })).toEqual([{ id: "b", of: "a", after: 40 * day - 5 * hour }]);
  });

  it("may be told by a key of the host", () => {
    const cases = wholes(resolved("a"), open("b", 10, { customerId: "c-8" }));
    expect(findRepeats(cases, { key: ({ subject }) => subject ?? null })).toHaveLength(1);
    expect(findRepeats(cases, { key: () => null })).toEqual([]);
  });

  it("takes what was erased as unknown", () => {
    const cases = wholes(resolved("a"), open("b", 10)).map((one) => ({
      record: { ...one.record, customerId: { erased: true } as never, summary: { erased: true } as const },
    }));
    expect(findRepeats(cases)).toEqual([]);
  });

  it("refuses what is no case, one that comes twice, and days that are none", () => {
    const [a] = wholes(resolved("a"));
    for (const cases of [[null], [{}], [{ record: {} }], [a, a], 5, [{ ...a, timeline: [] }]])
      expect(() => findRepeats(cases as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    for (const days of [-1, 0.5, Number.NaN, "30", 40_000])
      expect(() => findRepeats([], { days: days as never })).toThrow(
        expect.objectContaining({ code: "INVALID_OPTIONS" }),
      );
    expect(() => findDuplicates([a, a] as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
    expect(() => findRepeats([a] as never, { key: (() => 5) as never })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTIONS" }),
    );
  });

  it("is found in time among a hundred thousand about one thing", () => {
    const { record } = resolved("a").whole();
    const many = Array.from({ length: 100_000 }, (_, i) => ({ record: { ...record, id: `c-${i}` } }));
    const begun = performance.now();
    // All came at one instant, and were settled at one instant.
    expect(findDuplicates(many)).toHaveLength(99_999);
    expect(findRepeats(many)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

interface Plain {
  readonly id: string;
  readonly key: string;
  readonly opened: number;
  /** When it was settled, and until when. */
  readonly settled: readonly (readonly [number, number])[];
}

/** The rule once more, each complaint held against every other. */
function naive(list: readonly Plain[], within: number) {
  const isBefore = (a: Plain, b: Plain) => a.opened < b.opened || (a.opened === b.opened && a.id < b.id);
  const inOrder = [...list].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const repeats: object[] = [];
  const duplicates: object[] = [];
  for (const b of inOrder) {
    const earlier = inOrder.filter((a) => a.key === b.key && isBefore(a, b));
    const since = (a: Plain) => a.settled.find(([from, to]) => from <= b.opened && b.opened < to)?.[0];
    const unsettled = earlier.find((a) => since(a) === undefined);
    if (unsettled !== undefined) duplicates.push({ id: b.id, of: unsettled.id });
    if (unsettled !== undefined || earlier.length === 0) continue;
    const last = earlier.reduce((x, y) => (since(y)! >= since(x)! ? y : x));
    const after = b.opened - since(last)!;
    if (after <= within) repeats.push({ id: b.id, of: last.id, after });
  }
  return { repeats, duplicates };
}

describe("repeats and duplicates of any lives", () => {
  // Most of them come to an end, or nothing could come again.
  const toTheEnd = Array.from({ length: 6 }, () => [-1, 1] as const);
  const life = fc.tuple(
    fc.constantFrom(0, 0, 5, 24, 200, 300),
    fc.constantFrom("f-1", "f-2"),
    steps(5),
    fc.constantFrom(toTheEnd, toTheEnd, toTheEnd, []),
  );
  const told = fc
    .array(life, { maxLength: 7, size: "max" })
    .map((list) =>
      list.map(([hours, subject, acts, end], i) =>
        lived({ id: `c-${i}`, hours: hours + 60 * i, input: { subject } }, [...acts, ...end]),
      ),
    );

  const plain = (one: ReturnType<typeof lived>): Plain | undefined => {
    const { record, timeline } = one;
    if (record.nature === null || record.state === "merged") return undefined;
    const settled: [number, number][] = [];
    let is = false;
    for (const { at, moved } of timeline) {
      if (moved === undefined) continue;
      const now = ["resolved", "closed", "withdrawn", "rejected"].includes(moved.to) || moved.back === "resolved";
      if (now && !is) settled.push([toMs(at), Infinity]);
      if (!now && is) settled.at(-1)![1] = toMs(at);
      is = now;
    }
    return { id: record.id, key: `${record.subject}${record.nature}`, opened: toMs(record.openedAt), settled };
  };

  it("are those that the plain rule finds", () => {
    let found = 0;
    fc.assert(
      fc.property(told, fc.constantFrom(1, 30, 90), (tales, window) => {
        const cases = tales.map((one) => one.whole());
        const list = tales.map(plain).filter((one) => one !== undefined);
        const { repeats, duplicates } = naive(list, window * day);
        expect(findRepeats(cases, { days: window })).toEqual(repeats);
        expect(findDuplicates(cases)).toEqual(duplicates);
        found += repeats.length;
      }),
      { numRuns: 150 },
    );
    // Or the law would be about nothing.
    expect(found).toBeGreaterThan(50);
  });

  it("do not depend on the order of the cases", () => {
    fc.assert(
      fc.property(
        told.chain((tales) => fc.tuple(fc.constant(tales), fc.shuffledSubarray(tales, { minLength: tales.length }))),
        ([tales, shuffled]) => {
          expect(findRepeats(shuffled.map((one) => one.whole()))).toEqual(findRepeats(tales.map((one) => one.whole())));
          expect(findDuplicates(shuffled.map((one) => one.whole()))).toEqual(
            findDuplicates(tales.map((one) => one.whole())),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
