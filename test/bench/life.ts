import {
  type Actor,
  type Context,
  createServiceRules,
  type InferCommand,
  type InferRecord,
  type Instant,
  policyBook,
  unwrap,
} from "../../src/index.js";

export const rules = createServiceRules();
export type Complaint = InferRecord<typeof rules, "complaint">;
export type Command = InferCommand<typeof rules, "complaint">;

/** A command with who gives it when: what each contestant is asked. */
export interface Step {
  readonly command: Command;
  readonly context: Context;
}

const book = policyBook([]);
/** As hosts pass them: whatever they know of the user comes along. */
const signedIn = { kind: "staff", id: "ann", roles: ["contact"], email: "ann@example.org" } as const;
const staff: Actor = signedIn;
const customer: Actor = { kind: "customer", id: "c-7" };
const at = (hour: number): Instant => new Date(Date.UTC(2026, 0, 5, 9 + hour)).toISOString();
const contextOf = (hour: number, actor: Actor): Context => ({ now: at(hour), zone: "UTC", actor, seed: "", book });

/** Twelve steps through most of what can happen: a pause and the way back, two proposals, an end and a new beginning. */
const told: readonly (readonly [Actor, Command])[] = [
  [staff, { type: "acknowledge", input: { channel: "phone" } }],
  [staff, { type: "assess", input: { nature: "product", scope: "general", severity: "high" } }],
  [staff, { type: "investigate" }],
  [staff, { type: "wait_for_customer", input: { question: "Which model is it?" } }],
  [customer, { type: "reply", input: { channel: "email", text: "It is the large one." } }],
  [staff, { type: "propose", input: { remedy: "repair", message: "We send somebody on Monday." } }],
  [customer, { type: "decline", input: { reason: "Monday is too late for what is in it." } }],
  [staff, { type: "propose", input: { remedy: "replacement", message: "A new one comes tomorrow." } }],
  [customer, { type: "accept", input: {} }],
  [staff, { type: "resolve", input: { outcome: "The new one stands and cools." } }],
  [customer, { type: "confirm", input: { words: "Very well." } }],
  [customer, { type: "reopen", input: { reason: "It has stopped cooling again." } }],
];
export const life: readonly Step[] = told.map(([actor, command], i) => ({
  command,
  context: contextOf(i + 1, actor),
}));

const opening = contextOf(0, staff);
export const opened: Complaint = unwrap(
  rules.complaints.open({ id: "1", input: { customerId: "c-7", summary: "The fridge does not cool" } }, opening),
).next;
