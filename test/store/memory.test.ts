import { expect, test } from "vitest";
import { memoryStore } from "../../src/index.js";
import { storeConformance } from "../../src/testing/index.js";

const laws = storeConformance(() => memoryStore());

test.each(laws)("$law", ({ run }) => run());

test("every law has a name of its own", () => {
  expect(new Set(laws.map(({ law }) => law)).size).toBe(laws.length);
});

test("a store that runs one unit at a time is not asked to hold two open", () => {
  const serial = storeConformance(() => memoryStore(), { serial: true }).map(({ law }) => law);
  expect(laws.map(({ law }) => law)).toEqual(expect.arrayContaining(serial));
  expect(serial).not.toContain("a unit sees a stable snapshot");
  expect(serial).toContain("nothing is lost when many count at once");
});
