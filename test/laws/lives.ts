import fc from "fast-check";
import type { Actor } from "../../src/kernel/context.js";
import { toInstant, toMs } from "../../src/kernel/instant.js";
import type { Command } from "../../src/lifecycle/tokens.js";
import { ann, carl, eve, max, noon, robot } from "../given.js";

/** One attempt: somebody, whose clock reads so much after or before the last one's, tries something. */
export interface Attempt {
  readonly actor: Actor;
  /** Milliseconds that the actor's clock reads after the one before it; negative: clocks disagree, or went back. */
  readonly jump: number;
  readonly command: Command;
  /** How much before now it is said to have happened; negative: after it. */
  readonly ago: number | undefined;
  /** Which of the commands that are available to try instead, with an input that makes sense. */
  readonly pick: number | undefined;
}

/** An input with which each command has a chance. */
const sensible: Readonly<Record<string, unknown>> = {
  assess: { nature: "service", scope: "general", severity: "critical" },
  reassess: { nature: "logistics", scope: "major", severity: "critical" },
  propose: { remedy: "refund", amount: { amount: 500, currency: "EUR" }, message: "a refund" },
  accept: { words: "fine" },
  confirm: { words: "thanks" },
  withdraw: { words: "never mind" },
  decline: { reason: "too little" },
  dispute: { reason: "still warm" },
  reopen: { reason: "it came back" },
  reject: { reason: "not ours" },
  escalate: { reason: "too slow" },
  resolve: { outcome: "repaired" },
  assign: { ownerId: "ann" },
  hand_over: { to: "max", reason: "shift" },
  note: { text: "called the carrier" },
  contact: { direction: "in", channel: "chat", text: "hello?" },
  reply: { channel: "email", text: "the blue one" },
  wait_for_customer: { question: "which one?" },
  wait_for_third_party: { party: "the carrier", question: "where is it?" },
  appeal: { reason: "it is yours" },
  deescalate: { reason: "calmed down" },
  find: { cause: "seal", shares: [{ of: "supplier", id: "acme", percent: 100 }], whys: ["it leaked"] },
  approve: { offers: [{ remedy: "refund", amount: { amount: 500, currency: "EUR" } }] },
  carry_out: { id: "r1" },
  verify: { id: "r1" },
  transfer: { department: "workshop", reason: "they know fridges" },
  dispatch: { to: "workshop" },
  visit: { text: "the seal is broken" },
  promise: { for: "2036-01-01T00:00:00.000Z", channel: "phone", text: "by then" },
  answer: { channel: "letter", text: "all there is to say" },
  relate: { id: "c-2", as: "related" },
  unrelate: { id: "c-2" },
  merge: { into: "c-3" },
  absorb: { id: "c-4", customerId: "c-7" },
  split: { summary: "and it hums" },
  "legal.place_hold": { caseRef: "AB-12" },
  "safety.flag": { hazard: "sparks" },
};

const hour = 3_600_000;
const cy: Actor = { kind: "staff", id: "cy", roles: ["counsel", "manager"] };
const actor: fc.Arbitrary<Actor> = fc.constantFrom(ann, ann, max, max, cy, cy, cy, carl, eve, robot);
const jump = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 6 * hour }) },
  { weight: 2, arbitrary: fc.integer({ min: -2 * hour, max: hour }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 24 * hour, 3 * 24 * hour, 14 * 24 * hour, 400 * 24 * hour, -9 * 24 * hour),
  },
);
const ago = fc.option(fc.constantFrom(0, 1, hour, 30 * hour, -1), { nil: undefined, freq: 5 });

const eur = { amount: 500, currency: "EUR" };
const words = fc.constantFrom("warm", "still warm", "很热", "");
const command: fc.Arbitrary<Command> = fc.oneof(
  ...[
    ...["acknowledge", "investigate", "resume", "legal.release", "vip.promise_call", "vip.call", "safety.clear"].map(
      (type) => fc.constant({ type }),
    ),
    ...["assess", "reassess"].map((type) =>
      fc.record({
        type: fc.constant(type),
        input: fc.record({
          nature: fc.constantFrom("product", "service"),
          scope: fc.constantFrom("general", "major"),
          severity: fc.constantFrom("normal", "critical", "critical"),
        }),
      }),
    ),
    ...["accept", "confirm", "withdraw"].map((type) =>
      fc.record({ type: fc.constant(type), input: fc.constantFrom({}, { words: "yes" }) }),
    ),
    ...["decline", "dispute", "reopen", "reject", "escalate"].map((type) =>
      fc.record({ type: fc.constant(type), input: fc.record({ reason: words }) }),
    ),
    fc.record({
      type: fc.constant("propose"),
      input: fc.record({ remedy: fc.constantFrom("refund", "repair", "gold"), message: words }),
    }),
    fc.constant({ type: "resolve", input: { outcome: "repaired" } }),
    fc.record({
      type: fc.constant("find"),
      input: fc.record({
        cause: fc.constantFrom("seal", undefined),
        shares: fc.array(fc.record({ of: fc.constant("person"), id: words, percent: fc.constantFrom(50, 100) }), {
          maxLength: 2,
        }),
      }),
    }),
    fc.record({
      type: fc.constant("approve"),
      input: fc.record({
        offers: fc.array(
          fc.record({ remedy: fc.constantFrom("refund", "acme.gold"), amount: fc.constantFrom(undefined, eur) }),
          {
            maxLength: 2,
          },
        ),
      }),
    }),
    fc.record({
      type: fc.constantFrom("merge", "relate", "unrelate", "absorb"),
      input: fc.record({
        id: fc.constantFrom("c-1", "c-2"),
        into: fc.constantFrom("c-1", "c-2"),
        as: fc.constantFrom("related", "merged"),
        customerId: fc.constantFrom("c-7", null),
      }),
    }),
    fc.constantFrom({ type: "visit", input: { text: "seen" } }, { type: "deem" }, { type: "give_up" }),
    fc.record({ type: fc.constant("assign"), input: fc.record({ ownerId: fc.constantFrom("ann", "max") }) }),
    fc.record({
      type: fc.constant("hand_over"),
      input: fc.record({ to: fc.constantFrom("ann", "max"), reason: fc.constant("shift") }),
    }),
    fc.record({ type: fc.constant("note"), input: fc.record({ text: words }) }),
    fc.record({
      type: fc.constantFrom("contact", "reply"),
      input: fc.record({ direction: fc.constantFrom("in", "out"), channel: fc.constant("phone"), text: words }),
    }),
    fc.record({
      type: fc.constantFrom("wait_for_customer", "wait_for_third_party"),
      input: fc.constant({ question: "which?", party: "the carrier" }),
    }),
    fc.record({
      type: fc.constant("legal.place_hold"),
      input: fc.record({ caseRef: fc.constantFrom("AB-12", "AB-12", "none") }),
    }),
    fc.constant({ type: "safety.flag", input: { hazard: "shock" } }),
    fc.constant({ type: "legal.settle" }),
  ],
);

const pick = fc.option(fc.nat(1000), { nil: undefined, freq: 2 });
export const attempt: fc.Arbitrary<Attempt> = fc.record({ actor, jump, command, ago, pick });
export const attempts = (longest: number): fc.Arbitrary<readonly Attempt[]> =>
  fc.array(attempt, { maxLength: longest, size: "max" });

/** What a complaint can be told at almost any time, or leads aside: tried less often, or lives would get nowhere. */
const asides = new Set([
  ...["note", "contact", "find", "approve", "carry_out", "verify", "transfer", "dispatch", "visit", "promise"],
  ...["answer", "relate", "unrelate", "merge", "absorb", "split", "withdraw", "reject", "escalate", "deescalate"],
  ...["assign", "hand_over", "reassess", "wait_for_customer", "wait_for_third_party", "safety.flag"],
]);

/** The command of an attempt on a record, dated as its actor dates it. */
export function tried(attempt: Attempt, clock: number, available: readonly string[]): Command {
  const likely = available.flatMap((name) => Array.from({ length: asides.has(name) ? 1 : 10 }, () => name));
  const type = attempt.pick === undefined ? undefined : likely[attempt.pick % likely.length];
  const command = type === undefined ? attempt.command : { type, input: sensible[type] };
  return attempt.ago === undefined ? command : { ...command, at: toInstant(clock - attempt.ago) };
}
export const startOfTime = toMs(noon);
