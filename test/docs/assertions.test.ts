import { describe, expect, test } from "vitest";
import { equal, rewrite, throws } from "./assertions.js";

const code = (text: string) => rewrite(text, (line) => `a:${line}`);

describe("rewriting", () => {
  test.each([
    ["a(1); // => 3", '__equal((a(1)), 3, "a:1"); // => 3'],
    ["await a(); // => -1.5", '__equal((await a()), -1.5, "a:1"); // => -1.5'],
    ["console.log(a); // => [1, null]", '__equal((a), [1, null], "a:1"); // => [1, null]'],
    ["const a = b; // => { c: 'd' }", `const a = b; __equal(a, { c: 'd' }, "a:1"); // => { c: 'd' }`],
    ["a(); // => throws NO", 'await __throws(async () => (a()), "NO", "a:1"); // => throws NO'],
    ["if (a) {\n  b; // => true\n}", 'if (a) {\n  __equal((b), true, "a:2"); // => true\n}'],
    ["a(\n  1,\n); // => undefined", '__equal((a(\n  1,\n)), undefined, "a:3"); // => undefined'],
    ["a; // => {\n//   b: 1,\n// }\nc;", '__equal((a), { b: 1, }, "a:1"); // => {\n//   b: 1,\n// }\nc;'],
    ["a; // just words", "a; // just words"],
  ])("%s", (from, to) => expect(code(from)).toEqual({ code: to, problems: [] }));

  test("two in a row do not run together", () => {
    expect(code("a; // => 1\nb; // => 2").code).toBe(
      '__equal((a), 1, "a:1"); // => 1\n__equal((b), 2, "a:2"); // => 2',
    );
  });

  test.each([
    ["a; // => a result", "a literal, or `throws CODE`"],
    ["a; // => { b }", "a literal, or `throws CODE`"],
    ["a; // => [1,", "a literal, or `throws CODE`"],
    ["a; // => throws", "a literal, or `throws CODE`"],
    ["a; // =>", "a literal, or `throws CODE`"],
    ["const a = b(); // => throws NO", "behind an expression only"],
    ["const { a } = b; // => 1", "behind one plain name only"],
    ["// => 1", "asserts only behind"],
    ["f({\n  a: 1, // => 1\n});", "asserts only behind"],
    ["const f = () => {\n  a; // => 1\n};", "asserts only behind"],
  ])("a comment that would assert nothing is a problem: %s", (text, message) => {
    const { problems } = code(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
  });
});

describe("asserting", () => {
  const coded = () => Promise.reject(Object.assign(new Error("no"), { code: "NO" }));

  test("equality is deep and strict", () => {
    equal({ a: [1] }, { a: [1] }, "a:1");
    expect(() => equal({ a: 1, b: undefined }, { a: 1 }, "a:1")).toThrow("a:1");
    expect(() => equal({ a: 1 }, { a: 2 }, "a:1")).toThrow("a:1");
  });

  test("a thrown code is compared", async () => {
    await throws(coded, "NO", "a:1");
    await expect(throws(coded, "OTHER", "a:1")).rejects.toThrow("a:1");
    await expect(throws(async () => 1, "NO", "a:1")).rejects.toThrow("nothing was thrown");
    await expect(throws(() => Promise.reject(new TypeError("a is not a function")), "NO", "a:1")).rejects.toThrow(
      "a is not a function",
    );
  });
});
