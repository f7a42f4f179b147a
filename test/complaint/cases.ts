import fc from "fast-check";
import type { CaseRecord, ComplaintCase, ComplaintInput } from "../../src/complaint/index.js";
import type { Actor } from "../../src/kernel/context.js";
import type { Draft } from "../../src/kernel/event.js";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import type { Policy } from "../../src/kernel/policy.js";
import { unwrap } from "../../src/kernel/result.js";
import { clockHistory } from "../../src/lifecycle/retell.js";
import { ann, carl, context, max, noon, robot } from "../given.js";
import { complaintsOf } from "../laws/composition.js";

export const doors = complaintsOf([]);
export const hour = 3_600_000;
export const day = 24 * hour;
/** So many hours after noon of a Monday. */
export const at = (hours: number): Instant => toInstant(toMs(noon) + Math.round(hours * hour));
export const eur = (amount: number) => ({ amount, currency: "EUR" });

export interface Begin {
  readonly id?: string;
  readonly input?: Partial<ComplaintInput>;
  readonly by?: Actor;
  readonly hours?: number;
  readonly policies?: readonly Policy[];
}

/** A whole case, as reports take it. */
export type Whole = { readonly [X in keyof ComplaintCase]-?: NonNullable<ComplaintCase[X]> };

/** A complaint told through the rules, each step at so many hours after noon of a Monday. */
export function tale({ id = "c-1", input = {}, by, hours = 0, policies = [] }: Begin = {}) {
  const opening = { customerId: "c-7", summary: "The fridge does not cool", ...input };
  const opener = by ?? (opening.customerId === undefined ? ann : { ...carl, id: opening.customerId });
  const first = unwrap(doors.open({ id, input: opening }, context(at(hours), opener, policies)));
  let record = first.next as unknown as CaseRecord;
  let now = hours;
  const timeline: Draft[] = [...first.events];
  const take = ({ next, events }: { readonly next: object; readonly events: readonly Draft[] }) => {
    record = next as CaseRecord;
    timeline.push(...events);
    return told;
  };
  const told = {
    timeline,
    get record() {
      return record;
    },
    at: (to: number) => {
      now = to;
      return told;
    },
    does: (actor: Actor, type: string, given?: unknown, when?: number) =>
      take(
        unwrap(
          doors.decide(
            record as never,
            { type, input: given, ...(when === undefined ? {} : { at: at(when) }) },
            context(at(now), actor, policies),
          ),
        ),
      ),
    /** Whether it was accepted. */
    tries: (actor: Actor, type: string, given?: unknown): boolean => {
      const answer = doors.decide(record as never, { type, input: given }, context(at(now), actor, policies));
      if (answer.ok) take(answer.value);
      return answer.ok;
    },
    swept: (to: number = now) => {
      now = to;
      return take(unwrap(doors.sweep(record as never, context(at(to), ann, policies))));
    },
    /** How it stands after so many hours. */
    whole: (to: number = now): Whole => ({
      record,
      timeline,
      clocks: unwrap(clockHistory(doors, timeline, context(at(to), ann, policies))),
    }),
  };
  return told;
}
export type Tale = ReturnType<typeof tale>;

export const inbound = { direction: "in", channel: "phone", text: "Well?" };
export const outbound = { direction: "out", channel: "phone", text: "We are at it" };
export const assessment = { nature: "product", scope: "general", severity: "high" };
export const proposal = { remedy: "refund", amount: eur(4900), message: "Your money back" };

/** From the opening to being carried out, one step an hour. */
export const settled = (begin: Begin = {}, offer: object = proposal): Tale => {
  const from = begin.hours ?? 0;
  return tale(begin)
    .at(from + 1)
    .does(ann, "acknowledge", { channel: "email" })
    .at(from + 2)
    .does(ann, "assess", assessment)
    .at(from + 3)
    .does(ann, "propose", offer)
    .at(from + 4)
    .does(carl, "accept")
    .at(from + 5)
    .does(ann, "resolve", { outcome: "Refunded" });
};

/** The way of most complaints. */
const way: readonly (readonly [Actor, string, object?])[] = [
  [ann, "acknowledge", {}],
  [ann, "assess", assessment],
  [ann, "propose", proposal],
  [carl, "accept"],
  [ann, "resolve", { outcome: "Done" }],
  [carl, "confirm"],
];
/** What turns up on it. */
const turns: readonly (readonly [Actor, string, object?])[] = [
  [carl, "contact", inbound],
  [ann, "acknowledge", { channel: "phone" }],
  [ann, "assess", { ...assessment, nature: "service", severity: "critical", scope: "general" }],
  [ann, "reassess", { ...assessment, severity: "low" }],
  [ann, "investigate"],
  [ann, "propose", { remedy: "apology", message: "We are sorry" }],
  [carl, "decline", { reason: "Too little" }],
  [carl, "dispute", { reason: "It is warm again" }],
  [ann, "find", { cause: "seal" }],
  [
    ann,
    "find",
    {
      shares: [
        { of: "supplier", id: "s-1", percent: 60 },
        { of: "department", id: "d-1", percent: 40 },
      ],
    },
  ],
  [ann, "assign", { ownerId: "ann", department: "desk" }],
  [ann, "hand_over", { to: "ben", reason: "shift", department: "works" }],
  [ann, "hand_over", { to: "ann", reason: "shift", department: "desk" }],
  [ann, "contact", outbound],
  [carl, "reopen", { reason: "It is warm again" }],
  [robot, "contact", outbound],
  [carl, "withdraw"],
  [ann, "answer", { channel: "email", text: "That is how it is" }],
  [ann, "contact", outbound],
  [max, "reject", { reason: "Not ours" }],
  [carl, "appeal", { reason: "It is" }],
  [ann, "contact", outbound],
  [ann, "wait_for_customer", { question: "Which?" }],
  [carl, "reply", { channel: "email", text: "The blue one" }],
  [ann, "wait_for_third_party", { party: "carrier", question: "Where?" }],
  [ann, "resume"],
  [ann, "contact", outbound],
  [ann, "escalate", { reason: "Hard" }],
];

/** On the way, or what turns up, and how many hours after the step before. */
export const steps = (maxLength = 25): fc.Arbitrary<readonly (readonly [number, number])[]> =>
  fc.array(
    fc.tuple(fc.oneof(fc.constant(-1), fc.constantFrom(...turns.keys())), fc.constantFrom(0, 0, 1, 2, 30, 200)),
    { maxLength, size: "max" },
  );

/** A life through the rules; what they refuse did not happen. */
export function lived(begin: Begin, list: readonly (readonly [number, number])[]): Tale & { readonly end: number } {
  const told = tale(begin);
  let now = begin.hours ?? 0;
  for (const [turn, wait] of list) {
    now += wait;
    told.at(now);
    (turn === -1 ? way : [turns[turn]!]).some(([actor, type, input]) =>
      told.tries(actor.kind === "customer" ? { ...actor, id: begin.input?.customerId ?? "c-7" } : actor, type, input),
    );
  }
  return Object.assign(told.swept(now), { end: now });
}
