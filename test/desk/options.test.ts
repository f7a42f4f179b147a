import { expect, it } from "vitest";
import { given, isOff, optional, whole } from "../../src/desk/options.js";

const invalid = expect.objectContaining({ code: "INVALID_OPTIONS" });
const throwing = new Proxy(
  {},
  {
    get: () => {
      throw new Error("revoked");
    },
  },
);

it("options are read once, by name", () => {
  let reads = 0;
  const options = {
    get limit() {
      return ++reads;
    },
  };
  const read = given("sweep", options, ["limit"]);
  expect([read.limit, read.limit, reads]).toEqual([1, 1, 1]);
  expect(given("sweep", undefined, ["limit"] as never)).toEqual({});
  for (const bad of [null, 5, "x", throwing])
    expect(() => given("sweep", bad as never, ["limit"] as never)).toThrow(invalid);
});

it("numbers are whole and from 1 on, functions are functions", () => {
  expect([whole("n", 1), whole("n", 7, 7)]).toEqual([1, 7]);
  for (const bad of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null, 1n, {}])
    expect(() => whole("n", bad)).toThrow(invalid);
  expect(() => whole("n", 8, 7)).toThrow(invalid);
  expect(optional("f", undefined)).toBeUndefined();
  expect(optional("f", Math.abs)).toBe(Math.abs);
  expect(() => optional("f", 5)).toThrow(invalid);
});

it("a signal is off only when it says so", () => {
  expect([undefined, { aborted: false }, { aborted: true }].map(isOff)).toEqual([false, false, true]);
  expect(() => isOff(throwing as never)).toThrow(invalid);
});
