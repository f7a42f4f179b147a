import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { unwrap } from "../../src/kernel/result.js";
import { lifeOf } from "../../src/lifecycle/life.js";
import { recordKind } from "../../src/lifecycle/record-kind.js";
import { context, noon, refused, stored } from "../given.js";
import * as v from "./visit.js";
import { opened, visits } from "./visit.js";

const inRevision = (upcast: unknown, revision = 3) =>
  lifeOf(
    recordKind("visit", {
      revision,
      initial: "planned",
      schema: z.object({ who: z.string(), remarks: z.int() }),
      ...(upcast === undefined ? {} : { upcast: upcast as never }),
    }),
    v.tokens.filter((t) => t.token !== "kind"),
  );
const steps = {
  1: ({ customer, hours: _, ...fields }: { customer: string; hours: number }) => ({ ...fields, who: customer }),
  2: (fields: { who: string }) => ({ ...fields, who: fields.who.toUpperCase() }),
};

describe("reading a stored record", () => {
  it("takes one of the present revision as it is", () => {
    const record = stored(opened());
    expect(unwrap(visits.revive(record))).toBe(record);
  });

  it("brings an older revision forward, step by step, and touches nothing that every record has", () => {
    const record = { ...opened(), slots: { badge: { colour: "red" } } };
    const { customer: _, hours: __, ...head } = record as typeof record & { customer: string; hours: number };
    expect(unwrap(inRevision(steps).revive(stored(record)))).toStrictEqual({
      ...head,
      revision: 3,
      who: "C-7",
      remarks: 0,
    });
    expect(
      unwrap(inRevision(steps).decide(unwrap(inRevision(steps).revive(record)), { type: "start" }, context())).next
        .state,
    ).toBe("under_way");
  });

  it.each<readonly [string, unknown, string]>([
    ["a step is missing", { 1: steps[1] }, "visit revision 1"],
    ["no step is there", undefined, "visit revision 1"],
  ])("refuses where %s", (_, upcast, subject) => {
    expect(refused(inRevision(upcast).revive(opened()))).toEqual({ code: "OTHER_REVISION", subject });
  });

  it("refuses what is newer, or of no revision", () => {
    expect(refused(visits.revive({ ...opened(), revision: 2 }))).toEqual({
      code: "OTHER_REVISION",
      subject: "visit revision 2",
    });
    expect(refused(inRevision(steps).revive({ ...opened(), revision: 0 })).code).toBe("OTHER_REVISION");
    expect(refused(inRevision(steps).revive({ ...opened(), revision: 1.5 })).code).toBe("OTHER_REVISION");
    expect(refused(inRevision(steps).revive({ ...opened(), revision: undefined })).code).toBe("OTHER_REVISION");
  });

  it("refuses what this composition does not know", () => {
    expect(refused(visits.revive({ ...opened(), state: "gone.away" })).code).toBe("UNKNOWN_STATE");
    expect(refused(visits.revive({ ...opened(), slots: { gone: 1 } })).code).toBe("UNKNOWN_SLOT");
    expect(refused(visits.revive({ ...opened(), kind: "call" })).code).toBe("INVALID_RECORD");
    const back = { state: "gone.away", spent: 0, lapses: 0, since: noon };
    expect(refused(visits.revive({ ...opened(), state: "parts", stay: { ...opened().stay, back } })).code).toBe(
      "UNKNOWN_STATE",
    );
    for (const nothing of [null, undefined, 5, "x", [], {}])
      expect(refused(visits.revive(nothing)).code).toBe("INVALID_RECORD");
    expect(refused(inRevision(steps).revive({ ...opened(), kind: "call" })).code).toBe("INVALID_RECORD");
  });

  it.each<readonly [string, () => unknown, string]>([
    [
      "throws",
      () => {
        throw new Error("lost");
      },
      "lost",
    ],
    ["is asynchronous", async () => ({ who: "x" }), "a plain object is needed, found an object"],
    ["answers nothing", () => undefined, "a plain object is needed, found undefined"],
    ["writes the head", () => ({ who: "x", version: 99 }), '"version" is not a field that an upcaster may write'],
    ["writes a slot", () => ({ who: "x", slots: {} }), '"slots" is not a field that an upcaster may write'],
  ])("contains an upcaster that %s", (_, step, detail) => {
    expect(refused(inRevision({ 1: step }, 2).revive(opened()))).toEqual({
      code: "PLUGIN_FAULT",
      token: "visit",
      detail,
    });
  });
});
