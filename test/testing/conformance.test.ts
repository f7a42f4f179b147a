import { describe, expect, test } from "vitest";
import { storeConformance } from "../../src/testing/index.js";
import { caught } from "./caught.js";
import { faultyStores } from "./faulty-stores.js";

const laws = storeConformance(() => {
  throw new Error("only the names are needed");
}).map(({ law }) => law);

/** The laws that a store breaks. */
async function broken(name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { law, run } of storeConformance(faultyStores[name]!)) {
    try {
      await run();
    } catch (error) {
      expect(error, `${law} says what was expected and found`).toBeInstanceOf(Error);
      expect(String(error).length, law).toBeGreaterThan(20);
      found.push(law);
    }
  }
  return found;
}

describe.each(Object.keys(faultyStores))("a store that %s", (name) => {
  const by = Object.keys(caught).filter((law) => caught[law]!.includes(name));

  test(`breaks: ${by.join("; ")}`, async () => {
    expect(by).not.toEqual([]);
    expect(await broken(name)).toEqual(expect.arrayContaining(by));
  });
});

describe("the table", () => {
  test("names for every law a faulty store that breaks it", () => {
    expect(Object.keys(caught).sort()).toEqual([...laws].sort());
    expect(Object.entries(caught).filter(([, stores]) => stores.length === 0)).toEqual([]);
  });

  test("names only stores that there are, and all of them", () => {
    expect([...new Set(Object.values(caught).flat())].sort()).toEqual(Object.keys(faultyStores).sort());
  });
});

test("a store that cannot even be made breaks every law", async () => {
  const none = storeConformance(() => Promise.reject(new Error("no database")));
  for (const { run } of none) await expect(run()).rejects.toThrow("no database");
});
