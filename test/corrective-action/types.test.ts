import { createServiceRules, type InferCommand, type InferEvent, type InferRecord, type Token } from "clientele";
import { expect, test } from "vitest";

const rules = createServiceRules();
type Kind = "corrective-action";
type Id<Event> = Event extends `corrective-action.${infer Name}` ? Name : never;

const idsOf = (sort: Token["token"]): readonly string[] =>
  rules.tokens.flatMap((t) => (t.token === sort && t.of === "corrective-action" ? [t.id] : [])).sort();
/** The compiler demands every member of the union as a key and no other: what it knows, made a value. */
const keysOf = <K extends string>(all: Record<K, true>): readonly string[] => Object.keys(all).sort();

// What the compiler infers and what runs are two readings of one list of tokens.
test("states", () => {
  const known = keysOf<InferRecord<typeof rules, Kind>["state"]>({
    containing: true,
    analysing: true,
    planning: true,
    verifying: true,
    implementing: true,
    observing: true,
    closed: true,
    cancelled: true,
  });
  expect(known).toEqual(idsOf("state"));
});

test("commands", () => {
  const known = keysOf<InferCommand<typeof rules, Kind>["type"]>({
    contain: true,
    analyse: true,
    plan_action: true,
    drop_action: true,
    submit: true,
    verify: true,
    replan: true,
    reanalyse: true,
    complete: true,
    implement: true,
    pass_check: true,
    fail_check: true,
    cancel: true,
    reopen: true,
    link: true,
    unlink: true,
    assign: true,
    hand_over: true,
    escalate: true,
    note: true,
  });
  expect(known).toEqual(idsOf("transition"));
});

test("events", () => {
  const own = keysOf<Id<InferEvent<typeof rules, Kind>["type"]>>({
    opened: true,
    moved: true,
    lapsed: true,
    warned: true,
    breached: true,
    revised: true,
    contained: true,
    analysed: true,
    planned: true,
    dropped: true,
    submitted: true,
    verified: true,
    sent_back: true,
    completed: true,
    implemented: true,
    checked: true,
    cancelled: true,
    reopened: true,
    linked: true,
    unlinked: true,
    assigned: true,
    handed_over: true,
    escalated: true,
    noted: true,
  });
  const everyKinds = ["opened", "moved", "lapsed", "warned", "breached", "revised"];
  const names = idsOf("event").map((id) => id.replace("corrective-action.", ""));
  expect(own.filter((name) => !everyKinds.includes(name))).toEqual(names);
});

test("a check takes what an effect answers", () => {
  const given = (later: readonly string[]): InferCommand<typeof rules, Kind> => ({
    type: "pass_check",
    input: { later },
  });
  expect(given([]).type).toBe("pass_check");
});
