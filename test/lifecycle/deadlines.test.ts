import { describe, expect, it } from "vitest";
import { unwrap } from "../../src/kernel/result.js";
import { deadlines } from "../../src/lifecycle/deadlines.js";
import { createServiceRules } from "../../src/rules/create.js";
import { noon, refused } from "../given.js";

const version = (body: unknown) => deadlines.version({ id: "standard", version: 1, from: noon, body: body as never });

describe("a policy of deadlines", () => {
  it("is data that can be stored and read again", () => {
    const policy = version({ complaint: { received: { hours: 4 }, assessed: { minutes: 90 } } });
    expect(unwrap(createServiceRules().readPolicy(JSON.parse(JSON.stringify(policy))))).toStrictEqual(policy);
  });

  it.each([
    [{ complaint: { received: { hours: 0 } } }],
    [{ complaint: { received: { weeks: 1 } } }],
    [{ complaint: { received: { days: 1, hours: 1 } } }],
    [{ complaint: { received: "2 days" } }],
    [{ complaint: { received: { days: 40_000 } } }],
    [{ complaint: 5 }],
    [null],
  ])("is refused where a span is none: %j", (body) => {
    expect(() => version(body)).toThrow(expect.objectContaining({ code: "INVALID_POLICY" }));
  });

  it("names only states that are installed", () => {
    const rules = createServiceRules();
    for (const [kind, state] of [
      ["complaint", "gone"],
      ["gone", "received"],
      ["complaint", "toString"],
    ] as const)
      expect(refused(rules.readPolicy(version({ [kind]: { [state]: { days: 1 } } })))).toEqual({
        code: "UNKNOWN_REFERENCE",
        subject: `state ${kind}/${state}`,
      });
  });
});
