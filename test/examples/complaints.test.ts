import { expect, it } from "vitest";
import { main as theFridge } from "../../examples/16-the-fridge.js";
import { main as lateDelivery } from "../../examples/17-late-delivery.js";
import { main as rudeVisit } from "../../examples/18-rude-visit.js";
import { linesOf } from "./lines.js";

it("16: a fridge is mended within limits, and the cause is only removed when no later complaint says otherwise", async () => {
  const settled = "closed; compensation verified (max), repair verified (ann)";
  expect(await linesOf(theFridge)).toEqual([
    "ann may not propose: BEYOND_AUTHORITY",
    `id-1: ${settled}`,
    "ann may not propose: BEYOND_AUTHORITY",
    `id-2: ${settled}`,
    "quinn: contain: done",
    "quinn: analyse: done",
    "quinn: plan_action: done",
    "quinn: submit: done",
    "quinn: verify: SAME_PERSON",
    "ann: verify: done",
    "quinn: complete: done",
    "quinn: implement: done",
    "quinn: pass_check: TOO_EARLY_TO_CHECK",
    "ann may not propose: BEYOND_AUTHORITY",
    `id-4: ${settled}`,
    "before 2, after 1: not effective",
    "quinn: pass_check: NOT_EFFECTIVE",
    "quinn: fail_check: done",
    "analysing, round 2",
  ]);
});

it("17: a late delivery is promised an answer, divided over who is responsible, and settled for less than was asked", async () => {
  expect(await linesOf(lateDelivery)).toEqual([
    "ann: acknowledge: done",
    "ann: assess: done",
    "ann: assign: done",
    "ann: promise: done",
    "ann: wait_for_third_party: done",
    "ann: resume: done",
    "ann: contact: done",
    "promised for 2026-03-03T09:00:00.000Z: on time",
    "ann: find: done",
    "first: compensation, then: refund",
    "ann: propose: done",
    "joy: accept: done",
    "ann: carry_out: done",
    "ann: resolve: done",
    "joy: confirm: done",
    "r1 compensation: verified",
    "r2 redelivery: verified",
    "asked 120.00 EUR, short by 30.00 EUR",
    "closed; carrier 80 %, dispatch 20 %",
  ]);
});

it("18: a rude visit is major by rule, goes up by itself where nobody comes and nobody answers, and is closed with all that is demanded", async () => {
  expect(await linesOf(rudeVisit)).toEqual([
    "ann: acknowledge: done",
    "ann: assign: done",
    "ann: assess: MAJOR_BY_RULE",
    "ann: assess: done",
    "  major, priority 1",
    "ann: dispatch: done",
    "  level 2",
    "ann: visit: done",
    "ann: promise: done",
    "  level 3",
    "ann: propose: MAJOR_NEEDS_MANAGER",
    "max: propose: done",
    "joy: decline: done",
    "max: propose: done",
    "joy: accept: done",
    "ann: resolve: RESPONSIBILITY_NEEDED",
    "ann: find: done",
    "ann: resolve: done",
    "ann: answer: done",
    "joy: confirm: done",
    "names: Consumer Arbitration Board, 12 High Street",
    'joy sees: {"hidden":true}; the house: 2 shares',
  ]);
});
