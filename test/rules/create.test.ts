import { describe, expect, it } from "vitest";
import { action, corrective } from "../../examples/plugins/corrective.js";
import { complaint } from "../../src/complaint/index.js";
import { deadlines } from "../../src/lifecycle/deadlines.js";
import { createServiceRules, policyRecord } from "../../src/rules/index.js";
import { context, noon, refused, robot } from "../given.js";

describe("a composition", () => {
  const rules = createServiceRules({ plugins: [corrective] });

  it("has the doors of every kind", () => {
    expect(rules.kinds).toEqual([...rules.kinds].sort());
    expect(rules.kinds).toEqual(expect.arrayContaining(["capa.action", "complaint", "policy"]));
    expect(rules.of(complaint)).toBe(rules.complaints);
    expect(rules.doors("capa.action")).toBe(rules.of(action));
    expect(rules.doors("gone")).toBeUndefined();
    expect(rules.of(action).open({ id: "1", input: { complaintId: "c-1", what: "x" } }, context(noon, robot)).ok).toBe(
      true,
    );
  });

  it("says so where a kind is not installed", () => {
    expect(() => createServiceRules().of(action as never)).toThrow(
      expect.objectContaining({
        code: "INVALID_COMPOSITION",
        message: 'no installed plugin brings the kind "capa.action"',
      }),
    );
    expect(() => createServiceRules().of(undefined as never)).toThrow("no installed plugin brings the kind undefined");
  });

  it("reads policies of installed kinds only", () => {
    const policy = deadlines.version({
      id: "p",
      version: 1,
      from: noon,
      body: { "capa.action": { "capa.planned": { days: 1 } } },
    });
    expect(rules.readPolicy(policy).ok).toBe(true);
    expect(refused(createServiceRules().readPolicy(policy))).toEqual({
      code: "UNKNOWN_REFERENCE",
      subject: "state capa.action/capa.planned",
    });
    expect(refused(rules.readPolicy({ ...policy, kind: "gone" }))).toEqual({
      code: "UNKNOWN_POLICY",
      subject: '"gone"',
    });
    expect(refused(rules.readPolicy(null))).toEqual({ code: "UNKNOWN_POLICY", subject: "undefined" });
    expect(refused(rules.readPolicy({ ...policy, version: 2 }))).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "hash" }],
    });
  });

  it("keeps a policy as a record that nobody but staff and systems adopts, and nobody changes", () => {
    const policies = rules.of(policyRecord);
    const policy = deadlines.version({ id: "p", version: 1, from: noon, body: {} });
    const adopted = policies.open({ id: "p", input: { policy } }, context());
    expect(adopted).toMatchObject({ ok: true, value: { next: { state: "adopted", policy } } });
    expect(
      refused(policies.open({ id: "p", input: { policy } }, context(noon, { kind: "customer", id: "c" }))).code,
    ).toBe("NOT_PERMITTED");
    if (adopted.ok) expect(policies.available(adopted.value.next, context())).toEqual([]);
  });
});
