import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { circle } from "../../src/lifecycle/circle.js";

const graph = (edges: readonly (readonly [string, string])[]) => {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  return next;
};

describe("a circle", () => {
  it("is told from its first name on", () => {
    expect(
      circle(
        graph([
          ["c", "a"],
          ["a", "b"],
          ["b", "a"],
        ]),
      ),
    ).toEqual(["a", "b", "a"]);
    expect(circle(graph([["x", "x"]]))).toEqual(["x", "x"]);
    expect(
      circle(
        graph([
          ["a", "b"],
          ["a", "c"],
          ["b", "d"],
          ["c", "d"],
        ]),
      ),
    ).toBeUndefined();
    expect(circle(new Map())).toBeUndefined();
  });

  it("is found exactly where there is one, and the same one in any order of insertion", () => {
    const node = fc.constantFrom("a", "b", "c", "d", "e");
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 9 }), (edges) => {
        const found = circle(graph(edges));
        expect(circle(graph([...edges].reverse()))).toEqual(found);
        const has = (from: string, to: string) => edges.some(([f, t]) => f === from && t === to);
        if (found !== undefined) {
          expect(found.at(-1)).toBe(found[0]);
          for (let i = 1; i < found.length; i++) expect(has(found[i - 1]!, found[i]!)).toBe(true);
          return;
        }
        // Kahn: without a circle every node can be taken away, sources first.
        let left = [...edges];
        for (let before = -1; before !== left.length; ) {
          before = left.length;
          left = left.filter(([from]) => left.some(([, to]) => to === from));
        }
        expect(left).toEqual([]);
      }),
    );
  });
});
