import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allBlocks } from "./blocks.js";
import { compile, compiled, problemsOf, root, writeModule } from "./examples.js";
import { regionOf } from "./regions.js";

const { blocks, problems } = allBlocks(root);

test("every example can be read as one", () => {
  expect([...problems, ...blocks.flatMap(problemsOf)]).toEqual([]);
});

test("every example compiles", () => {
  expect(compile(blocks.filter(compiled))).toEqual([]);
});

for (const block of blocks.filter((b) => b.mode === "run"))
  test(`${block.file}:${block.line}`, () => import(/* @vite-ignore */ writeModule(block)));

for (const { file, line, code, region } of blocks)
  if (region !== undefined)
    test(`${file}:${line} quotes ${region.path}#${region.name}`, () => {
      const source = join(root, region.path);
      expect(existsSync(source), `${region.path} exists`).toBe(true);
      const text = regionOf(readFileSync(source, "utf8"), region.name);
      expect(text, `the region ${region.name} of ${region.path}`).toBeDefined();
      expect(code.trim()).toBe(text);
    });
