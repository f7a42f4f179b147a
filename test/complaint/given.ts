import {
  type AuthorityBody,
  authorityLimits,
  type ComplaintBody,
  type ComplaintFields,
  type ComplaintInput,
  complaintPolicy,
} from "../../src/complaint/index.js";
import type { Actor } from "../../src/kernel/context.js";
import type { Draft } from "../../src/kernel/event.js";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import type { Policy } from "../../src/kernel/policy.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { type Refusal, unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { stage, start } from "../desk/stage.js";
import { ann, carl, context, later, max, noon, refused } from "../given.js";
import { complaintsOf } from "../laws/composition.js";

export type Complaint = AnyRecord & ComplaintFields;
export const doors = complaintsOf([]);
export const day = 86_400_000;
export const eur = (amount: number) => ({ amount, currency: "EUR" });
export const usd = (amount: number) => ({ amount, currency: "USD" });

export const house = (body: ComplaintBody, version = 1, from: Instant = noon): Policy =>
  complaintPolicy.version({ id: "house", version, from, body });
export const limits = (body: AuthorityBody["limits"], version = 1, from: Instant = noon): Policy =>
  authorityLimits.version({ id: "house", version, from, body: { limits: body } });

/** One complaint, told step by step; each step happens at once unless time passes. */
export function story(
  input: Partial<ComplaintInput> = {},
  by: Actor = carl,
  policies: readonly Policy[] = [],
  rules: Doors = doors,
) {
  const opening = { customerId: "c-7", summary: "The fridge does not cool", ...input };
  const first = unwrap(rules.open({ id: "c-1", input: opening }, context(noon, by, policies)));
  let record = first.next as Complaint;
  let now = noon;
  const events: Draft[] = [...first.events];
  const told = {
    get record() {
      return record;
    },
    get now() {
      return now;
    },
    events,
    types: () => events.map((e) => e.type.replace("complaint.", "")),
    /** What was said last. */
    said: () => events.at(-1)!.data,
    /** Time passes, a number of it in milliseconds. */
    passes: (span: Parameters<typeof later>[1] | number) => {
      now = typeof span === "number" ? toInstant(toMs(now) + span) : later(now, span);
      return told;
    },
    swept: () => {
      const { next, events: said } = unwrap(rules.sweep(record, context(now, ann, policies)));
      record = next as Complaint;
      events.push(...said);
      return told;
    },
    does: (actor: Actor, type: string, given?: unknown, at?: Instant) => {
      const command = { type, input: given, ...(at === undefined ? {} : { at }) };
      const { next, events: said } = unwrap(rules.decide(record, command, context(now, actor, policies)));
      record = next as Complaint;
      events.push(...said);
      return told;
    },
    mayNot: (actor: Actor, type: string, given?: unknown, at?: Instant): Refusal =>
      refused(
        rules.decide(
          record,
          { type, input: given, ...(at === undefined ? {} : { at }) },
          context(now, actor, policies),
        ),
      ),
    /** The codes for which it is denied. */
    denied: (actor: Actor, type: string, given?: unknown): readonly string[] => {
      const refusal = told.mayNot(actor, type, given);
      return refusal.code === "DENIED" ? refusal.denials.map((d) => d.code) : [refusal.code];
    },
    may: (actor: Actor) => rules.available(record, context(now, actor, policies)).map((a) => a.command),
  };
  return told;
}
export type Story = ReturnType<typeof story>;

const general = { nature: "product", scope: "general", severity: "high" };
/** A complaint that has been assessed. */
export const assessed = (
  policies: readonly Policy[] = [],
  seen: object = general,
  input: Partial<ComplaintInput> = {},
) => story(input, carl, policies).does(ann, "acknowledge").does(max, "assess", seen);
export const proposal = { remedy: "refund", amount: eur(4900), message: "Your money back" };
/** The ledger of a complaint in short: `r1 refund 4900 offered ann`. */
export const ledger = (told: { readonly record: Complaint }): readonly string[] =>
  (told.record.remedies ?? []).map(({ id, remedy, amount, status, by }) =>
    [id, remedy, ...(amount === null ? [] : [amount.amount]), status, by].join(" "),
  );

/** A desk on a memory store at which complaints are told in short; its policies hold from the beginning. */
export async function counter(body?: ComplaintBody, more: Parameters<typeof stage>[0] = {}) {
  const { desk, clock, store } = stage(more);
  if (body !== undefined) unwrap(await desk.policies.adopt(house(body, 1, start)));
  const told = {
    desk,
    clock,
    store,
    opens: async (input: object = {}, actor: Actor = ann): Promise<string> =>
      unwrap(await desk.complaints.open({ input: { customerId: "c-7", summary: "It is late", ...input }, actor })).id,
    /** The events of what was done, those of reactions included. */
    does: async (id: string, type: string, input: object = {}, actor: Actor = ann): Promise<readonly string[]> =>
      unwrap(await desk.complaints.execute({ id, command: { type, input } as never, actor })).events,
    mayNot: async (id: string, type: string, input: object = {}, actor: Actor = ann): Promise<Refusal> =>
      refused(await desk.complaints.execute({ id, command: { type, input } as never, actor })),
    get: async (id: string): Promise<Complaint> => unwrap(await desk.complaints.get(id)) as Complaint,
    types: async (id: string) =>
      unwrap(await desk.complaints.timeline(id, { limit: 1000 })).items.map((e) => e.type.replace("complaint.", "")),
    /** One that waits for the customer's answer to a proposal. */
    proposed: async (input: object = {}): Promise<string> => {
      const id = await told.opens(input);
      await told.does(id, "acknowledge");
      await told.does(id, "assess", { nature: "logistics", severity: "low" });
      await told.does(id, "propose", { remedy: "apology", message: "We are sorry" });
      return id;
    },
    /** Days pass, and somebody sweeps once. */
    sweptAfter: async (days: number) => {
      clock.forward(days * day);
      return desk.sweep();
    },
  };
  return told;
}
