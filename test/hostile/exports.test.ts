import { describe, expect, it } from "vitest";
import * as clientele from "../../src/index.js";
import { complaint, noComplaintDoors } from "./complaint.js";
import { concepts, noDoors } from "./concepts.js";
import { assault } from "./corpus.js";
import * as doors from "./doors.js";

const probes = { ...doors.probes, ...concepts };
const exempt = { ...doors.exempt, ...noDoors, ...noComplaintDoors };

const exported: Readonly<Record<string, unknown>> = { ...clientele };
const names = Object.keys(exported).sort();

it("every public name is assaulted, or is exempt for a reason", () => {
  const known = new Set([...Object.keys(probes), ...Object.keys(complaint), ...Object.keys(exempt)]);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect([...known].filter((name) => !name.includes(".") && !names.includes(name))).toEqual([]);
  for (const reason of Object.values(exempt)) expect(reason).not.toBe("");
});

it("what is exempt is nothing that could be called, or a token", () => {
  const callable = Object.keys(exempt).filter((name) => typeof exported[name] === "function");
  expect(callable).toEqual([]);
});

describe("a public function takes anything", () => {
  it.each(Object.entries(probes))("%s", async (name, probe) => {
    expect(await assault(name, probe)).toEqual([]);
  });
});
