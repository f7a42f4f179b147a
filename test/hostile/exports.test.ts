import { describe, expect, it } from "vitest";
import * as clientele from "../../src/index.js";
import { assault } from "./corpus.js";
import { exempt, probes } from "./doors.js";

const names = Object.keys(clientele).sort();

it("every public name is assaulted, or is exempt for a reason", () => {
  const known = new Set([...Object.keys(probes), ...Object.keys(exempt)]);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect([...known].filter((name) => !name.includes(".") && !names.includes(name))).toEqual([]);
  for (const reason of Object.values(exempt)) expect(reason).not.toBe("");
});

it("what is exempt is nothing that could be called, or a token", () => {
  const callable = Object.keys(exempt).filter((name) => typeof clientele[name as keyof typeof clientele] === "function");
  expect(callable).toEqual([]);
});

describe("a public function takes anything", () => {
  it.each(Object.entries(probes))("%s", async (name, probe) => {
    expect(await assault(name, probe)).toEqual([]);
  });
});
