import { ClienteleError, createServiceDesk } from "clientele";
import { describe, expect, it } from "vitest";
import { later, needName, readable, refusalOf, Stop, wrong } from "../../src/desk/house.js";
import { ann, fridge, stage } from "./stage.js";

describe("what is thrown inside a unit", () => {
  it("is a refusal where somebody's data caused it, and otherwise is not heard", () => {
    const refusal = { code: "NOT_FOUND", subject: "x" } as const;
    expect(refusalOf(new Stop(refusal))).toBe(refusal);
    expect(refusalOf(new ClienteleError("REFUSED", "refused", refusal))).toBe(refusal);
    expect(refusalOf(new ClienteleError("NOT_JSON", "a function"))).toEqual(wrong("", "cannot be stored: a function"));
    for (const thrown of [new Error("x"), new ClienteleError("CONFLICT", "x"), undefined, null, "x", { code: 5 }])
      expect(refusalOf(thrown)).toBeUndefined();
  });

  it("by a store reaches the host as it is", async () => {
    const { store } = stage();
    const failing = createServiceDesk({
      store: { ...store, transaction: (() => Promise.reject(new RangeError("disk full"))) as never },
    });
    await expect(failing.complaints.open({ input: fridge, actor: ann })).rejects.toThrow(RangeError);
  });
});

it("arguments that throw while they are read are a wrong input", () => {
  const broken = () => {
    throw new TypeError("revoked");
  };
  const caught = (work: () => unknown) => {
    try {
      return work();
    } catch (thrown) {
      return refusalOf(thrown)?.code;
    }
  };
  expect(caught(() => readable(broken))).toBe("INVALID_INPUT");
  expect(caught(() => readable(() => needName("", "id")))).toBe("INVALID_INPUT");
  expect(caught(() => readable(() => needName("a", "id")))).toBe("a");
});

it("no instant comes after the last one", () => {
  expect(later("2026-01-01T00:00:00.000Z", 1)).toBe("2026-01-01T00:00:00.001Z");
  expect(later("9999-12-31T23:59:59.999Z", 86_400_000)).toBe("9999-12-31T23:59:59.999Z");
});
