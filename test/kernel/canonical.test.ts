import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../../src/kernel/canonical.js";
import { ClienteleError } from "../../src/kernel/errors.js";

const notJson = (found: RegExp | string, path = "") =>
  expect.objectContaining({
    code: "NOT_JSON",
    details: { path, found: typeof found === "string" ? found : expect.stringMatching(found) },
  });

/** The obvious way, for values that JSON holds. */
function slow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(slow).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${slow(v)}`).join()}}`;
}

const nested = (depth: number, leaf: unknown = 1): unknown => {
  let value = leaf;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

describe("canonical", () => {
  it("writes what the obvious way writes, and reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary", maxDepth: 6 }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(canonical(plain)).toBe(slow(plain));
        expect(JSON.parse(canonical(plain))).toEqual(plain);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not show in which order keys were written", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.integer()), (record) => {
        expect(canonical(Object.fromEntries(Object.entries(record).reverse()))).toBe(canonical(record));
      }),
    );
  });

  it("sorts keys as RFC 8785 §3.2.3 does", () => {
    const keys = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(Object.values(JSON.parse(canonical(keys)))).toEqual([4, 2, 6, 7, 1, 5, 3]);
    expect(canonical(keys)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });

  it("writes numbers and texts as RFC 8785 does", () => {
    const numbers = [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0];
    expect(canonical(numbers)).toBe("[333333333.3333333,1e+30,4.5,0.002,1e-27,0]");
    expect(canonical('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
    expect(canonical("\\ud800")).toBe('"\\\\ud800"');
  });

  it("takes __proto__ and inherited names as plain data", () => {
    const value: unknown = JSON.parse('{"toString":1,"__proto__":{"b":1,"a":2},"constructor":null}');
    expect(canonical(value)).toBe('{"__proto__":{"a":2,"b":1},"constructor":null,"toString":1}');
    expect(canonical(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  it("drops undefined properties and nothing else", () => {
    expect(canonical({ a: undefined, b: { c: undefined } })).toBe('{"b":{}}');
  });

  it("refuses what JSON cannot hold, naming the place", () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = [loop];
    const cases: readonly [unknown, RegExp | string, string][] = [
      [undefined, "undefined", ""],
      [{ a: [1, undefined] }, "undefined", "a.1"],
      // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
      [{ a: [1, , 2] }, "a hole", "a.1"],
      [{ a: { b: Number.NaN } }, "NaN", "a.b"],
      [-Infinity, "-Infinity", ""],
      [[1n], "bigint", "0"],
      [{ f: () => 1 }, "function", "f"],
      [{ toJSON: () => 1 }, "function", "toJSON"],
      [Symbol("s"), "symbol", ""],
      [{ at: new Date(0) }, "an instance of a class", "at"],
      [new Map(), "an instance of a class", ""],
      [new Uint8Array(2), "an instance of a class", ""],
      [Object("boxed"), "an instance of a class", ""],
      [["\ud800"], "a lone surrogate", "0"],
      [{ a: `${"x".repeat(200)}\udc00` }, "a lone surrogate", "a"],
      [{ "\udc00": 1 }, "a lone surrogate", "\udc00"],
      [loop, "a cycle", expect.stringMatching(/^self\.0\.self/) as unknown as string],
    ];
    for (const [value, found, path] of cases) expect(() => canonical(value), path).toThrow(notJson(found, path));
  });

  it("holds 500 levels and refuses more, however many", () => {
    expect(canonical(nested(500))).toContain("1");
    for (const depth of [501, 100_000])
      expect(() => canonical(nested(depth))).toThrow(expect.objectContaining({ code: "NOT_JSON" }));
    const shared = {};
    expect(canonical([shared, shared, [shared]])).toBe("[{},{},[{}]]");
  });

  it("ends where shared values unfold without end", () => {
    let value: unknown = [];
    for (let i = 0; i < 60; i++) value = [value, value];
    expect(() => canonical(value)).toThrow(expect.objectContaining({ code: "NOT_JSON" }));
  });

  it("answers for whatever throws while it is read", () => {
    const lookAlike = new ClienteleError("CONFLICT", "from outside");
    const getter = Object.defineProperty({}, "bad", {
      enumerable: true,
      get: () => {
        throw lookAlike;
      },
    });
    const fault = () => {
      throw null;
    };
    const trap = (name: string) => new Proxy({ a: 1 }, { [name]: fault });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(() => canonical({ x: getter })).toThrow(notJson(/throws/, "x.bad"));
    for (const value of [proxy, [proxy], trap("ownKeys"), trap("get"), trap("getPrototypeOf")])
      expect(() => canonical(value)).toThrow(expect.objectContaining({ code: "NOT_JSON" }));
    const endless: object = new Proxy(
      {},
      {
        ownKeys: () => ["a"],
        getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
        get: () => endless,
      },
    );
    expect(() => canonical(endless)).toThrow(expect.objectContaining({ code: "NOT_JSON" }));
  });
});
