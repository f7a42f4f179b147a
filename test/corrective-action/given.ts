import type { CorrectiveActionFields } from "../../src/corrective-action/index.js";
import type { Actor } from "../../src/kernel/context.js";
import type { Draft } from "../../src/kernel/event.js";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import type { Policy } from "../../src/kernel/policy.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Refusal, type Result, unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import type { Decision } from "../../src/lifecycle/tokens.js";
import { createServiceRules } from "../../src/rules/index.js";
import { ann, context, noon, refused } from "../given.js";

export type Capa = AnyRecord & CorrectiveActionFields;
export const rules = createServiceRules();
export const doors = rules.correctiveActions as unknown as Doors;
export const bea: Actor = { kind: "staff", id: "bea" };

/** So many days after the noon of a Monday. */
export const day = (n: number): Instant => toInstant(toMs(noon) + n * 86_400_000);
export const opening = { problem: "Fridges arrive with a torn seal", complaintIds: ["c-1", "c-2"] };
export const analysis = {
  whys: ["The seal tears", "It is put on cold", "The hall is not heated"],
  cause: "cold_seal",
  escape: "no_final_test",
};
export const planned = (id: string, more: object = {}) => ({
  id,
  kind: "corrective",
  what: "Heat the hall",
  ownerId: "joe",
  dueAt: day(20),
  ...more,
});
export const goal = { days: 30, allowed: 1 };

/** What is said about a refusal: its code, then those of its denials. */
export const codes = (refusal: Refusal): readonly string[] =>
  refusal.code === "DENIED" ? [refusal.code, ...refusal.denials.map((d) => d.code)] : [refusal.code];

/** A corrective action told step by step, each on a day after noon of a Monday. */
export function story(input: object = {}, policies: readonly Policy[] = []) {
  const first = unwrap(doors.open({ id: "a-1", input: { ...opening, ...input } }, context(noon, ann, policies)));
  const events: Draft[] = [...first.events];
  let record = first.next as Capa;
  let now = noon;
  const take = (answer: Result<Decision<AnyRecord, Draft>>) => {
    const { next, events: said } = unwrap(answer);
    record = next as Capa;
    events.push(...said);
    return told;
  };
  const give = (type: string, given: unknown, by: Actor) =>
    doors.decide(record, { type, input: given }, context(now, by, policies));
  const told = {
    events,
    get record() {
      return record;
    },
    on: (n: number) => {
      now = day(n);
      return told;
    },
    does: (type: string, given: unknown = {}, by: Actor = ann) => take(give(type, given, by)),
    denied: (type: string, given: unknown = {}, by: Actor = ann) => codes(refused(give(type, given, by))),
    swept: () => take(doors.sweep(record, context(now, ann, policies))),
    clock: (id: string) => unwrap(doors.clocks(record, context(now, ann, policies))).find((c) => c.clock === id)!,
    /** What was said, with the day after noon. */
    said: () => events.map((e) => [e.type.replace("corrective-action.", ""), (toMs(e.at) - toMs(noon)) / 86_400_000]),
  };
  return told;
}
export type Story = ReturnType<typeof story>;

/** Up to a state by the plain road: planned by ann, verified by bea, everything done on day 10. */
export function upTo(state: string, told: Story = story()): Story {
  const road: readonly (readonly [string, () => Story])[] = [
    ["analysing", () => told.on(1).does("contain", { what: "Every fridge is looked at before it leaves" })],
    ["planning", () => told.on(2).does("analyse", analysis)],
    ["verifying", () => told.on(3).does("plan_action", planned("heat")).does("submit", goal)],
    ["implementing", () => told.on(4).does("verify", { method: "A week in a heated hall: no tears" }, bea)],
    ["observing", () => told.on(10).does("complete", { id: "heat" }).does("implement")],
    ["closed", () => told.on(40).does("pass_check", { later: ["c-9"] })],
  ];
  if (state === "containing") return told;
  for (const [next, go] of road) {
    go();
    if (next === state) return told;
  }
  throw new Error(`no road to ${state}`);
}
