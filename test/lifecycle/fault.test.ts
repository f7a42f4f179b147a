import { describe, expect, it } from "vitest";
import { ok } from "../../src/kernel/result.js";
import { blaming, contained, fault, plain } from "../../src/lifecycle/fault.js";

const throwing = (thrown: unknown) => () => {
  throw thrown;
};

describe("what plugin code throws", () => {
  it("ends at the door as a refusal that names the innermost token", () => {
    const answer = contained("kind", () => blaming("outer", () => blaming("inner", throwing(new Error("no")), 1), 1));
    expect(answer).toEqual({ ok: false, error: { code: "PLUGIN_FAULT", token: "inner", detail: "no" } });
  });

  it("is told whatever it is, and where nobody is known the door itself is named", () => {
    const hostile = { toString: throwing(new Error("not even this")) };
    const details = [
      [new TypeError("t"), "t"],
      ["x", "x"],
      [undefined, "undefined"],
      [null, "null"],
      [5, "5"],
    ] as const;
    for (const [thrown, detail] of details)
      expect(contained("kind", throwing(thrown))).toEqual({
        ok: false,
        error: { code: "PLUGIN_FAULT", token: "kind", detail },
      });
    expect(contained("kind", throwing(hostile))).toMatchObject({
      error: { detail: "something unreadable" },
    });
    expect(
      contained("kind", () => {
        throw fault("token", "did wrong");
      }),
    ).toMatchObject({
      error: { token: "token", detail: "did wrong" },
    });
  });

  it("does not disturb an answer", () => {
    expect(contained("kind", () => ok(blaming("token", (n: number) => n + 1, 1)))).toEqual({ ok: true, value: 2 });
  });
});

describe("a plain object", () => {
  it("is a record of any realm, and nothing else", () => {
    for (const good of [{}, Object.create(null) as object, JSON.parse("{}") as object])
      expect(plain("t", good)).toBe(good);
    for (const bad of [null, undefined, 5, "x", [], new Date(), Promise.resolve({})])
      expect(contained("kind", () => ok(plain("t", bad)))).toMatchObject({
        error: { code: "PLUGIN_FAULT", token: "t" },
      });
  });
});
