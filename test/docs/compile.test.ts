import { expect, test } from "vitest";
import type { Block } from "./blocks.js";
import { compile, compiled, problemsOf } from "./examples.js";

const block = (code: string, mode: Block["mode"] = "run"): Block => ({ file: "a.md", line: 7, code, mode });

test("mistakes of types and of syntax are found on the reader's line", () => {
  const found = compile([block("const a = 1;\nconst b: string = a;"), { ...block("const = 1;"), line: 90 }]);
  expect(found[0]).toBe("a.md:8 Type 'number' is not assignable to type 'string'.");
  expect(found.slice(1).every((line) => line.startsWith("a.md:90 "))).toBe(true);
  expect(found.length).toBeGreaterThan(1);
});

test("blocks do not see each other's names, and may await", () => {
  const alone = block("const a = await Promise.resolve(1);\na; // => 1");
  expect(compile([alone, { ...alone, line: 90 }])).toEqual([]);
});

test("no-run compiles unless it is quoted from a file, no-check does not", () => {
  const region = { path: "examples/a.ts", name: "part" };
  const all = [block("", "run"), block("", "no-run"), { ...block("", "no-run"), region }, block("", "no-check")];
  expect(all.map(compiled)).toEqual([true, true, false, false]);
});

test("a block imports what its reader has", () => {
  expect(problemsOf(block('import { deny } from "clientele";\nimport * as z from "zod/mini";'))).toEqual([]);
  expect(problemsOf(block('import { deny } from "../src/index.js";'))).toEqual([
    'a.md:7 imports "../src/index.js"; a reader has clientele, clientele/sql, clientele/testing, zod, zod/mini, @electric-sql/pglite, pg, node:crypto',
  ]);
  expect(problemsOf(block("a;\nb; // => words"))[0]).toMatch(/^a\.md:8 /);
});
