import { describe, expect, it } from "vitest";
import { complaint } from "./complaint.js";
import { assault } from "./corpus.js";

// A file of its own, so that it runs beside the others.
describe("a public function about complaints takes anything", () => {
  it.each(Object.entries(complaint))("%s", async (name, probe) => {
    expect(await assault(name, probe)).toEqual([]);
  });
});
