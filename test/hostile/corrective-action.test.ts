import { describe, expect, it } from "vitest";
import { createServiceRules, policyBook, unwrap } from "../../src/index.js";
import { assault } from "./corpus.js";
import { ann, now } from "./doors.js";

const rules = createServiceRules();
const doors = rules.correctiveActions;
const context = (by: string, at = now) => ({
  now: at,
  zone: "UTC",
  actor: { ...ann, id: by },
  seed: "seed",
  book: policyBook([]),
});
const action = { id: "heat", kind: "corrective", what: "Heat the hall", ownerId: "joe", dueAt: now } as const;
const input = {
  problem: "Torn seals",
  complaintIds: ["c-1", "c-2"],
  cause: "cold",
  escape: null,
  ownerId: "ann",
  department: "assembly",
};
const opened = unwrap(doors.open({ id: "a-1", input }, context("ann"))).next;
const road = [
  { type: "contain", input: { what: "Sorted" } },
  { type: "analyse", input: { whys: ["why"], cause: "cold", escape: "no_test" } },
  { type: "plan_action", input: action },
  { type: "submit", input: { days: 1, allowed: 1 } },
  { type: "verify", input: { method: "Tried" } },
  { type: "complete", input: { id: "heat" } },
  { type: "implement" },
] as const;
/** A record in each situation on the way, the last when the check is due. */
const records = [opened];
for (const command of road) {
  const by = context(command.type === "verify" ? "bea" : "ann");
  records.push(unwrap(doors.decide(records.at(-1)!, command, by)).next);
}
const checkAt = "2026-01-06T09:00:00.000Z";

/** One input that has a chance with each command: what is not asked for is cut off. */
const sound = () => ({
  ...input,
  ...action,
  whys: ["why", "because"],
  days: 30,
  allowed: 2,
  method: "Tried",
  later: ["c-8", "c-9"],
  reason: "because",
  text: "noted",
  to: "max",
  complaintId: "c-3",
});

describe("every command on a corrective action takes any input", () => {
  it.each([...new Map(records.map((r) => [r.state, r]))])("%s", async (_, record) => {
    const found: string[] = [];
    let taken = 0;
    for (const { id } of rules.tokens.filter((t) => t.token === "transition" && t.of === "corrective-action")) {
      const call = (given: unknown) =>
        doors.decide(record, { type: id, input: given } as never, context("cy", checkAt));
      taken += call(sound()).ok ? 1 : 0;
      found.push(...(await assault(id, { call, sound: () => [sound()], depth: 2, few: true })));
    }
    expect(found).toEqual([]);
    expect(taken).toBeGreaterThan(3);
  });

  it("and so does opening one", async () => {
    const call = (given: unknown) => doors.open({ id: "a-1", input: given } as never, context("ann"));
    expect(await assault("open", { call, sound: () => [input], depth: 3 })).toEqual([]);
  });
});
