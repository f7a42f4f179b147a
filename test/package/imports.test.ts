import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { circles, mayImport, readImports, readTree, violations } from "./imports.js";

test("src keeps to the house", () => {
  const tree = readTree(fileURLToPath(new URL("../../src", import.meta.url)));
  expect(tree.size).toBeGreaterThan(0);
  expect(violations(tree)).toEqual([]);
});

test("the matrix names known rooms only and has no circle itself", () => {
  const edges = Object.entries(mayImport).flatMap(([from, others]) => others.map((to) => ({ from, to })));
  expect(edges.filter((edge) => !Object.hasOwn(mayImport, edge.to))).toEqual([]);
  expect(circles(edges.filter((edge) => edge.from !== edge.to))).toEqual([]);
});

test("every way to name another file is read", () => {
  const text = `
/// <reference types="node" />
import a, { b as c } from "one";
import type { D } from "two";
import { type E } from "three";
import "four";
export { f } from "five";
export type * from "six";
export * as seven from "seven";
type G = import("eight").G;
const h = () => import("nine");
const i = require("ten");
import j = require("eleven");
const k = (name: string) => import(name);
// import "twelve"; and "import 'thirteen'" are only words
`;
  expect(readImports("x.ts", text).map((i) => [i.line, i.specifier, i.kind, ...i.names])).toEqual([
    [3, "one", "value", "default", "b"],
    [4, "two", "type", "D"],
    [5, "three", "value", "E"],
    [6, "four", "value"],
    [7, "five", "value"],
    [8, "six", "type"],
    [9, "seven", "value"],
    [10, "eight", "type"],
    [11, "nine", "value"],
    [12, "ten", "value"],
    [13, "eleven", "value"],
    [14, "(computed)", "value"],
    [2, "node", "type"],
  ]);
});

/** A house in order: each case below changes one file of it. */
const sound: Readonly<Record<string, string>> = {
  "index.ts":
    'export * from "./complaint/core.js"; export * from "./rules/create.js"; export * from "./store/memory.js";',
  "kernel/result.ts": 'import * as z from "zod/mini"; export const ok = z.any();',
  "kernel/errors.ts": 'import { ok } from "./result.js"; export const error = ok;',
  "calendar/spans.ts": 'import { addDays } from "date-fns"; import { ok } from "../kernel/result.js";',
  "statistics/mean.ts": "export const mean = 0;",
  "sla/target.ts": 'import "../calendar/spans.js"; export const target = 0;',
  "lifecycle/state.ts": 'import { ok } from "../kernel/result.js"; import "../sla/target.js"; export const state = ok;',
  "grading/index.ts": 'export * from "./grade.js";',
  "grading/grade.ts": "export const grade = 1;",
  "complaint/core.ts": 'import { state } from "../lifecycle/state.js"; import { grade } from "../grading/index.js";',
  "complaint/index.ts": 'export * from "./core.js";',
  "plugin/plugin.ts": "export const plugin = 1;",
  "rules/create.ts": 'import "../complaint/index.js"; import { plugin } from "../plugin/plugin.js";',
  "ports/store.ts": 'import type { ok } from "../kernel/result.js";',
  "desk/desk.ts":
    'import "../rules/create.js"; import type {} from "../ports/store.js"; import { nanoid } from "nanoid";',
  "store/memory.ts": 'import type {} from "../ports/store.js";',
  "store/sql/sql.ts": 'import "../memory.js";',
  "presets/clinic.ts": 'import "../index.js";',
  "testing/index.ts": 'import "../complaint/core.js"; import "../index.js";',
};
const broken = (change: Record<string, string>) => violations(new Map(Object.entries({ ...sound, ...change })));

test("a house in order has no violations", () => expect(broken({})).toEqual([]));

describe("one seeded violation is found, and nothing else", () => {
  test.each<[what: string, file: string, text: string, sentence: string]>([
    ["upwards", "kernel/result.ts", 'import "../calendar/spans.js";', "kernel may import nothing"],
    ["types count", "ports/store.ts", 'import type {} from "../lifecycle/state.js";', "ports may import kernel"],
    ["sideways", "statistics/mean.ts", 'import "../calendar/spans.js";', "statistics may import kernel"],
    ["a life from below", "sla/target.ts", 'import "../lifecycle/state.js";', "sla may import kernel, calendar"],
    ["import()", "store/memory.ts", 'const a = import("../rules/create.js");', "store may import kernel, ports"],
    ["import type ()", "store/memory.ts", 'type A = import("../desk/desk.js").A;', "store may import kernel, ports"],
    ["re-export", "desk/desk.ts", 'export * from "../store/memory.js";', "desk may import kernel, rules, ports"],
    ["a concept to the right", "grading/grade.ts", 'import "../complaint/index.js";', "grading may import kernel"],
    [
      "inside a concept",
      "complaint/core.ts",
      'import "../grading/grade.js";',
      "complaint may import only grading/index.ts",
    ],
    [
      "inside, from rules",
      "rules/create.ts",
      'import "../complaint/core.js";',
      "rules may import only complaint/index.ts",
    ],
    ["the door", "rules/create.ts", 'import "../index.js";', "rules may import kernel"],
    ["testing at the door", "index.ts", 'export * from "./testing/index.js";', "index.ts may import kernel"],
    ["sql at the door", "index.ts", 'export * from "./store/sql/sql.js";', "index.ts may not import store/sql/"],
    ["a preset inside", "presets/clinic.ts", 'import "../kernel/result.js";', "presets may import index.ts"],
    ["an unknown room", "helpers/x.ts", "", "src/helpers: no room of this name"],
    ["a file beside the door", "helpers.ts", "", "src/helpers.ts: no room of this name"],
    ["a built-in", "kernel/errors.ts", 'import { join } from "node:path";', "only these packages"],
    ["a bare built-in", "kernel/errors.ts", 'import fs from "fs";', "only these packages"],
    ["built-in types", "kernel/errors.ts", '/// <reference types="node" />', "only these packages"],
    ["another package", "desk/desk.ts", 'import _ from "lodash";', "only these packages"],
    ["the whole of zod", "kernel/errors.ts", 'import * as z from "zod";', "only these packages"],
    ["a named z", "kernel/errors.ts", 'import { z } from "zod/mini";', "a named `z` defeats tree shaking"],
    ["a default z", "kernel/errors.ts", 'import z from "zod/mini";', "a named `z` defeats tree shaking"],
    ["out of src", "desk/desk.ts", 'import "../../test/given.js";', "names a file below src"],
    ["no suffix", "desk/desk.ts", 'import "../kernel/result";', "names a file below src"],
    ["no such file", "desk/desk.ts", 'import "../kernel/gone.js";', "names a file below src"],
  ])("%s", (_, file, text, sentence) => {
    // An import against the order closes a circle as well; circles have their own tests.
    const found = broken({ [file]: text }).filter((line) => !line.startsWith("circle"));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
    expect(found[0]).toContain(file.split("/")[0]);
  });

  test("a line names file, line, import and rule", () => {
    expect(broken({ "store/memory.ts": '\nimport "../desk/desk.js";' })).toEqual([
      'src/store/memory.ts:2 imports "../desk/desk.js": store may import kernel, ports',
    ]);
  });
});

describe("circles", () => {
  test("of files, by what remains at run time", () => {
    const circle = { "kernel/errors.ts": 'import "./hash.js";', "kernel/hash.ts": 'import { a } from "./errors.js";' };
    expect(broken(circle)).toEqual(["circle of files: kernel/errors.ts → kernel/hash.ts → kernel/errors.ts"]);
    expect(broken({ ...circle, "kernel/hash.ts": 'import type { a } from "./errors.js";' })).toEqual([]);
  });

  test("of rooms, by types too", () => {
    expect(broken({ "plugin/plugin.ts": 'import type {} from "../rules/create.js";' })).toContain(
      "circle of rooms: plugin → rules → plugin",
    );
  });

  test("each knot is reported once", () => {
    const edges = ["ab", "bc", "ca", "cd", "de", "ed", "ad"].map(([from, to]) => ({ from: from!, to: to! }));
    expect(circles(edges)).toEqual([
      ["a", "b", "c", "a"],
      ["d", "e", "d"],
    ]);
  });
});
