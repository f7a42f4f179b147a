import { describe, expect, test } from "vitest";
import { fromMarkdown, fromSource } from "./blocks.js";

const page = (...lines: string[]) => fromMarkdown("a.md", lines.join("\n"));
const source = (...lines: string[]) => fromSource("a.ts", lines.join("\n"));

describe("markdown", () => {
  test("ts fences are blocks, other fences are not", () => {
    const { blocks, problems } = page(
      "# A",
      "```ts",
      "one;",
      "",
      "two;",
      "```",
      "```sh",
      "ls",
      "```",
      "```",
      "x",
      "```",
    );
    expect(blocks).toEqual([{ file: "a.md", line: 3, code: "one;\n\ntwo;", mode: "run" }]);
    expect(problems).toEqual([]);
  });

  test("a fence says how far it goes", () => {
    const { blocks } = page("```ts no-run", "a;", "```", "```ts no-check", "b;", "```");
    expect(blocks.map((b) => [b.line, b.mode])).toEqual([
      [2, "no-run"],
      [5, "no-check"],
    ]);
    expect(page("```ts norun", "a;", "```").problems).toEqual(["a.md:1 a ts fence says nothing, no-run or no-check"]);
  });

  test("a fence in a list loses its indentation", () => {
    expect(page("- a", "  ```ts", "  if (a) {", "    b;", "  }", "  ```").blocks[0]?.code).toBe("if (a) {\n  b;\n}");
  });

  test("a fence within a longer fence is text", () => {
    expect(page("````md", "```ts", "a;", "```", "````")).toEqual({ blocks: [], problems: [] });
  });

  test("a fence that never closes is a problem", () => {
    expect(page("", "```ts", "a;").problems).toEqual(["a.md:2 a fence that never closes"]);
  });

  test("a region belongs to the fence directly below it", () => {
    const mark = "<!-- region: examples/a.ts#part -->";
    expect(page(mark, "```ts", "a;", "```", "```ts", "b;", "```").blocks.map((b) => b.region)).toEqual([
      { path: "examples/a.ts", name: "part" },
      undefined,
    ]);
    expect(page(mark, "", "```ts", "a;", "```").problems).toEqual(["a.md:1 a region without a code fence below it"]);
    expect(page("", mark).problems).toEqual(["a.md:2 a region without a code fence below it"]);
    expect(page(mark, "```sh", "a", "```").problems).toEqual(["a.md:2 a region above a fence that is not ts"]);
    expect(page("<!-- region examples/a.ts -->").problems).toEqual(["a.md:1 a region is <!-- region: path#name -->"]);
  });
});

describe("doc comments", () => {
  test("blocks lose the stars and keep their lines", () => {
    const { blocks, problems } = source(
      "/** One line. */",
      "export const a = 1;",
      "  /**",
      "   * Says.",
      "   *",
      "   * @example",
      "   * ```ts",
      "   * if (a) {",
      "   *   b;",
      "   *",
      "   * }",
      "   * ```",
      "   */",
      "  // ```ts",
    );
    expect(blocks).toEqual([{ file: "a.ts", line: 8, code: "if (a) {\n  b;\n\n}", mode: "run" }]);
    expect(problems).toEqual([]);
  });

  test("an example without a ts fence is a problem", () => {
    const lines = ["/**", " * @example", " * a(1);", " * @example", " * ```ts", " * b;", " * ```", " */"];
    const { blocks, problems } = source(...lines);
    expect(blocks.map((b) => b.line)).toEqual([6]);
    expect(problems).toEqual(["a.ts:2 an @example without a ts fence"]);
  });

  test("ordinary comments and code hold no examples", () => {
    expect(source("/*", "```ts", "a;", "```", "*/", "const b = `", "```ts", "`;")).toEqual({
      blocks: [],
      problems: [],
    });
  });
});
