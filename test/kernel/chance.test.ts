import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chance, chanceInteger } from "../../src/kernel/chance.js";

/** Pearson's statistic for equally likely buckets. */
function chiSquare(buckets: number, draws: readonly number[]): number {
  const counts = new Array<number>(buckets).fill(0);
  for (const bucket of draws) counts[bucket]!++;
  const expected = draws.length / buckets;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}
/** Wilson and Hilferty's approximation; 4.4 standard deviations lie beyond one in 100,000. The draws never change. */
const limit = (df: number): number => df * (1 - 2 / (9 * df) + 4.4 * Math.sqrt(2 / (9 * df))) ** 3;
const labelled: readonly [string, (i: number) => number][] = [
  ["counting labels", (i) => chance("seed", "survey", i)],
  ["texts that count", (i) => chance("seed", `c-${i}`)],
  ["counting seeds", (i) => chance(String(i), "x")],
  ["labels far apart", (i) => chance("", i * 1_000_003, "y".repeat(i % 7))],
];

describe("chance", () => {
  it("never changes: these draws are pinned", () => {
    expect([chance(""), chance("seed"), chance("seed", "survey", 17), chance("种子", "😀", -1.5)]).toEqual([
      0.01927969964543108, 0.08613315564492363, 0.21435160866489777, 0.3488835798382631,
    ]);
  });

  it("lies in [0, 1) and depends on its arguments only", () => {
    const label = fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.integer());
    fc.assert(
      fc.property(fc.string(), fc.array(label), (seed, labels) => {
        const drawn = chance(seed, ...labels);
        expect(drawn >= 0 && drawn < 1).toBe(true);
        expect(chance(seed, ...labels)).toBe(drawn);
      }),
    );
  });

  it("tells labels apart that read alike when joined", () => {
    const alike = [
      chance("s", "a", "bc"),
      chance("s", "ab", "c"),
      chance("s", "abc"),
      chance("sa", "bc"),
      chance("s", "a", "bc", ""),
      chance("s1:a2:bc"),
      chance("s", 1),
      chance("s", "1"),
      chance("s", "n1;"),
      chance("s", 1, 2),
      chance("s", 12),
    ];
    expect(new Set(alike).size).toBe(alike.length);
  });

  it.each(labelled)("is uniform over %s", (_, draw) => {
    const draws = Array.from({ length: 60_000 }, (_, i) => draw(i));
    expect(new Set(draws).size).toBe(draws.length);
    for (const buckets of [2, 7, 64, 1000])
      expect(
        chiSquare(
          buckets,
          draws.map((x) => Math.floor(x * buckets)),
        ),
      ).toBeLessThan(limit(buckets - 1));
    // The low bits as well: the fraction that is left when the high bits are taken away.
    expect(
      chiSquare(
        64,
        draws.map((x) => Math.floor(((x * 2 ** 40) % 1) * 64)),
      ),
    ).toBeLessThan(limit(63));
  });

  it.each(labelled)("does not show in one draw what the one before was, over %s", (_, draw) => {
    const pairs = Array.from(
      { length: 60_000 },
      (_, i) => Math.floor(draw(i) * 16) * 16 + Math.floor(draw(i + 1) * 16),
    );
    expect(chiSquare(256, pairs)).toBeLessThan(limit(255));
  });
});

describe("chanceInteger", () => {
  it("is a whole number below max, each as likely", () => {
    for (const max of [1, 2, 6, 100]) {
      const draws = Array.from({ length: 50_000 }, (_, i) => chanceInteger(max, "dice", i));
      expect(draws.every((n) => Number.isInteger(n) && n >= 0 && n < max)).toBe(true);
      if (max > 1) expect(chiSquare(max, draws)).toBeLessThan(limit(max - 1));
    }
    expect(chanceInteger(2 ** 32, "seed")).toBeLessThan(2 ** 32);
  });

  it("refuses a max that is not an integer from 1 to 2^32", () => {
    for (const max of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 32 + 1, "6"])
      expect(() => chanceInteger(max as number, "s")).toThrow(expect.objectContaining({ code: "INVALID_OPTIONS" }));
  });
});
