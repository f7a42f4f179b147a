import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { json } from "../../src/lifecycle/json.js";

class Point {
  readonly x = 1;
}

describe("a value as JSON holds it", () => {
  it("is itself where storing it changes nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(json(plain)).toBe(plain);
      }),
    );
    const bare = Object.create(null) as object;
    expect(json(bare)).toBe(bare);
  });

  it("is a copy without what is undefined, and without -0", () => {
    const value = { a: 1, b: undefined, c: [{ d: undefined, e: -0 }, 2] };
    expect(json(value)).toStrictEqual({ a: 1, c: [{ e: 0 }, 2] });
    expect(value.c[0]).toStrictEqual({ d: undefined, e: -0 });
    expect(Object.is(json(-0), 0)).toBe(true);
    expect(json({ a: 1, b: -0 })).toStrictEqual({ a: 1, b: 0 });
  });

  it.each([
    [undefined],
    [Number.NaN],
    [Infinity],
    [1n],
    [Symbol("x")],
    [() => 1],
    [new Date(0)],
    [new Map()],
    [new Point()],
    [Promise.resolve(1)],
    [[undefined]],
    [new Array(1)],
    [{ a: [Number.NaN] }],
    [{ a: { b: new Date(0) } }],
  ])("is nothing where JSON cannot hold it: %#", (value) => {
    expect(json(value)).toBeUndefined();
  });

  it("goes 500 deep, so that a circle comes to an end", () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
    const deep = nested(500);
    expect(json(deep)).toBe(deep);
    expect(json(nested(502))).toBeUndefined();
    const circle: unknown[] = [];
    circle.push(circle);
    expect(json(circle)).toBeUndefined();
  });
});
