import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { idText, parse, preview, text } from "../../src/kernel/schema.js";

const issues = (schema: Parameters<typeof parse>[0], value: unknown) => {
  const read = parse(schema, value);
  return read.ok ? [] : read.error.map(({ path, message }) => `${path}: ${message}`);
};

describe("what is wrong with an input", () => {
  it.each([
    [z.object({ a: z.string() }), { a: 3 }, "a: expected string, found 3"],
    [z.object({ a: z.string().check(z.minLength(2)) }), { a: "x" }, "a: too small: at least 2 allowed"],
    [z.object({ a: z.array(z.number()).check(z.maxLength(1)) }), { a: [1, 2] }, "a: too big: at most 1 allowed"],
    [z.object({ a: z.enum(["x", "y"]) }), { a: "z" }, 'a: allowed: x, y, found "z"'],
    [z.strictObject({}), { b: 1 }, ": unknown: b"],
    [z.number().check(z.multipleOf(5)), 7, ": not a multiple of 5"],
  ])("names what was found and what is allowed", (schema, value, told) => {
    expect(issues(schema, value)).toEqual([told]);
  });

  it("is told at most fifty times", () => {
    expect(
      issues(
        z.array(z.string()),
        Array.from({ length: 100_000 }, () => 1),
      ),
    ).toHaveLength(50);
  });
});

describe("a text", () => {
  it("is well-formed, without NUL, and within its length", () => {
    expect(issues(text(3), "abc")).toEqual([]);
    expect(issues(text(3), "𠮷")).toEqual([]);
    for (const wrong of ["", "abcd", "\ud800", "a\0", 3, null]) expect(issues(text(3), wrong)).toHaveLength(1);
    expect(issues(text(3, 0), "")).toEqual([]);
    expect(issues(idText(), "x".repeat(201))).toHaveLength(1);
  });
});

describe("a preview", () => {
  it("is short and safe for any value", () => {
    const values = ["x".repeat(50), 3, null, undefined, [1, 2], {}, () => 1, Symbol("s"), 5n];
    expect(values.map(preview)).toEqual([
      `"${"x".repeat(40)}…"`,
      "3",
      "null",
      "undefined",
      "a list of 2",
      "an object",
      "a function",
      "a symbol",
      "a bigint",
    ]);
  });
});
