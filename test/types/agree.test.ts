import { createServiceRules, type InferCommand, type InferEvent, type InferRecord, type Token } from "clientele";
import { expect, expectTypeOf, test } from "vitest";
import { corrective } from "../../examples/plugins/corrective.js";
import { legal } from "../../examples/plugins/legal.js";
import { safety } from "../../examples/plugins/safety.js";
import { vip } from "../../examples/plugins/vip.js";

const rules = createServiceRules({ plugins: [legal, vip({ callWithinHours: 4 }), corrective, safety] });
type Complaint = InferRecord<typeof rules, "complaint">;

const idsOf = (sort: Token["token"], kind: string): readonly string[] =>
  rules.tokens
    .filter((t) => t.token === sort && t.of === kind)
    .map((t) => t.id)
    .sort();
/** The compiler demands every member of the union as a key and no other: what it knows, made a value. */
const keysOf = <K extends string>(all: Record<K, true>): readonly string[] => Object.keys(all).sort();

// What the compiler infers and what runs are two readings of one list of tokens.
test("states", () => {
  expectTypeOf<"legal.hold">().toExtend<Complaint["state"]>();
  const known = keysOf<Complaint["state"]>({
    received: true,
    acknowledged: true,
    assessed: true,
    investigating: true,
    proposed: true,
    resolving: true,
    resolved: true,
    closed: true,
    withdrawn: true,
    rejected: true,
    merged: true,
    waiting_for_customer: true,
    waiting_for_third_party: true,
    "legal.hold": true,
    "vip.calling": true,
  });
  expect(known).toEqual(idsOf("state", "complaint"));
});

test("commands", () => {
  expectTypeOf<InferCommand<typeof rules, "complaint">>().toExtend<{ readonly type: string }>();
  const known = keysOf<InferCommand<typeof rules, "complaint">["type"]>({
    acknowledge: true,
    assess: true,
    reassess: true,
    investigate: true,
    propose: true,
    accept: true,
    decline: true,
    resolve: true,
    confirm: true,
    dispute: true,
    reopen: true,
    withdraw: true,
    reject: true,
    escalate: true,
    assign: true,
    hand_over: true,
    note: true,
    contact: true,
    wait_for_customer: true,
    wait_for_third_party: true,
    reply: true,
    resume: true,
    appeal: true,
    deescalate: true,
    find: true,
    approve: true,
    carry_out: true,
    verify: true,
    transfer: true,
    dispatch: true,
    visit: true,
    promise: true,
    answer: true,
    deem: true,
    give_up: true,
    relate: true,
    unrelate: true,
    merge: true,
    absorb: true,
    split: true,
    "legal.place_hold": true,
    "legal.release": true,
    "vip.promise_call": true,
    "vip.call": true,
    "safety.flag": true,
    "safety.clear": true,
  });
  expect(known).toEqual(idsOf("transition", "complaint"));
});

test("events, with the three that every kind has", () => {
  const known = keysOf<InferEvent<typeof rules, "capa.action">["type"]>({
    "capa.action.opened": true,
    "capa.action.moved": true,
    "capa.action.lapsed": true,
    "capa.progressed": true,
  });
  const kind = rules.tokens.find((t) => t.token === "kind" && t.id === "capa.action") as unknown as Readonly<
    Record<"opened" | "moved" | "lapsed", Token>
  >;
  const inherited = [kind.opened.id, kind.moved.id, kind.lapsed.id];
  expect(known).toEqual([...inherited, ...idsOf("event", "capa.action")].sort());
});

test("slots", () => {
  expectTypeOf<Complaint["slots"]>().toEqualTypeOf<{
    readonly legal?: { caseRef: string };
    readonly safety?: { hazard: string };
  }>();
  expect(keysOf<keyof Complaint["slots"]>({ legal: true, safety: true })).toEqual(idsOf("slot", "complaint"));
});
