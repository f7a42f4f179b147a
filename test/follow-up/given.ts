import type { FollowUpFields } from "../../src/follow-up/index.js";
import { followUpPlan, type Occurrence, type Plan, type Planned, type Step } from "../../src/follow-up/index.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { createServiceRules } from "../../src/rules/index.js";
import { context, noon, robot } from "../given.js";

export type Contact = AnyRecord & FollowUpFields;
export const rules = createServiceRules();
export const doors = rules.followUps as unknown as Doors;
export const { installed } = rules;

/** A plan of these steps, by phone unless said. */
export const planOf = (steps: readonly (Omit<Step, "channel" | "script"> & Partial<Step>)[], more: object = {}): Plan =>
  followUpPlan.version({
    id: "visits",
    version: 1,
    from: "2020-01-01T00:00:00.000Z",
    body: { steps: steps.map((s) => ({ channel: "phone", script: "How is it going?", ...s })), ...more },
  });

/** A customer who signed in January, or what is said otherwise. */
export const customerWith = (more: Partial<Planned> = {}): Planned => ({
  customerId: "c-7",
  facts: {},
  grade: null,
  stage: { state: "signed", since: "2026-01-10" },
  events: [],
  ...more,
});

export const occurrence: Occurrence = {
  customerId: "c-7",
  plan: { id: "visits", hash: "0".repeat(64), step: "visit", key: "k", on: "2026-03-10" },
  dueOn: "2026-03-10",
  dueAt: "2026-03-10T00:00:00.000Z",
  channel: "phone",
  script: "How is it going?",
  attempts: 3,
  retryDays: 2,
};
export const planned = (more: Partial<Occurrence> = {}): Contact =>
  unwrap(doors.open({ id: "f-1", input: { ...occurrence, ...more } }, context(noon, robot))).next as Contact;
