// Checked by `npm run typecheck`: what the compiler infers of a composition, exactly, and what it must not let pass.
import {
  type $ZodType,
  type Actor,
  type AnyRecord,
  type Assessment,
  type BreachedData,
  type Channel,
  type Clocks,
  type Columns,
  type ComplaintFields,
  type Context,
  complaint,
  complaintCommands,
  complaintEvents,
  complaintStates,
  createServiceDesk,
  createServiceRules,
  type Draft,
  definePlugin,
  type Entry,
  type Event,
  type Findings,
  type Head,
  type InferCommand,
  type InferEvent,
  type InferRecord,
  type Instant,
  type Link,
  type MemoryTransaction,
  type Money,
  memoryStore,
  type Offer,
  type Personal,
  type Plugin,
  type Policy,
  policyRecord,
  type Refusal,
  type Remedy,
  type Repository,
  type Result,
  type RevisedData,
  reaction,
  recordKind,
  type Seen,
  type ServiceRules,
  type Severity,
  type Stay,
  type Store,
  type Tally,
  unwrap,
  type WarnedData,
} from "clientele";
import * as z from "zod";
import * as mini from "zod/mini";
import { action, corrective, type learn, planned, progress, progressed } from "../../examples/plugins/corrective.js";
import { counsel, held, hold, legal, legalCase, type place } from "../../examples/plugins/legal.js";
import { type hazard, safety } from "../../examples/plugins/safety.js";
import { vip } from "../../examples/plugins/vip.js";

/** Exact: neither wider nor narrower, `readonly` and `?` included. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <_ extends true>(): void => undefined;
/** Never run: only the compiler reads it. */
const read = (_: () => unknown): void => undefined;

const core = createServiceRules();
const rules = createServiceRules({ plugins: [legal, vip({ callWithinHours: 4 }), corrective, safety] });
declare const context: Context;

type CoreState =
  | "received"
  | "acknowledged"
  | "assessed"
  | "investigating"
  | "proposed"
  | "resolving"
  | "resolved"
  | "closed"
  | "withdrawn"
  | "rejected"
  | "merged"
  | "waiting_for_customer"
  | "waiting_for_third_party";

// ── Records ─────────────────────────────────────────────────────────────────────────────────────────────────────────

type CoreComplaint = InferRecord<typeof core, "complaint">;
type Complaint = InferRecord<typeof rules, "complaint">;
type Action = InferRecord<typeof rules, "capa.action">;
declare const record: Complaint;

interface Rest {
  readonly kind: "complaint";
  readonly revision: number;
  readonly id: string;
  readonly version: number;
  readonly commandVersion: number;
  readonly stay: Stay;
  readonly openedAt: Instant;
  readonly touchedAt: Instant;
  readonly clocks?: Clocks;
}
type Flat<T> = { readonly [X in keyof T]: T[X] };

same<Equal<CoreComplaint, Flat<Rest & ComplaintFields & { readonly state: CoreState; readonly slots: {} }>>>();
same<
  Equal<
    Complaint,
    Flat<
      Rest &
        ComplaintFields & {
          readonly state: CoreState | "legal.hold" | "vip.calling";
          readonly slots: { readonly legal?: { caseRef: string }; readonly safety?: { hazard: string } };
        }
    >
  >
>();
same<Equal<keyof CoreComplaint["slots"], never>>();
same<
  Equal<
    Action,
    Flat<
      Head<"capa.action", "capa.planned" | "capa.done"> & {
        readonly complaintId: string;
        readonly what: string;
        readonly percent: number;
        readonly slots: {};
      }
    >
  >
>();
same<Equal<InferRecord<typeof core, "policy">["policy"], Policy>>();
// A record of a larger composition is more than the smaller one knows, and is no record of it.
// @ts-expect-error "legal.hold" is no state of the core alone
read(() => core.complaints.decide(record, { type: "acknowledge" }, context));
// @ts-expect-error no such kind without the plugin
export type NoKind = InferRecord<typeof core, "capa.action">;
// @ts-expect-error nor with it, when it is misspelt
export type Misspelt = InferRecord<typeof rules, "capa.actoin">;
// @ts-expect-error a slot may be empty
read(() => record.slots.legal.caseRef);
read(() => {
  // @ts-expect-error what is stored is not written to
  record.state = "closed";
  // @ts-expect-error nor what a plugin has put there
  record.slots.legal = { caseRef: "AB-1" };
  // @ts-expect-error nobody's slot
  record.slots.legals;
  // @ts-expect-error a personal field may be erased
  record.summary.length;
  same<Equal<typeof record.summary, Personal<string>>>();
  same<Equal<typeof record.tally, Tally>>();
});

// ── Commands ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Every command with its input; `| undefined` where the whole input may be left out. */
type Inputs<C extends { readonly type: string; readonly input?: unknown }> = { [X in C as X["type"]]: X["input"] };
type Said = { words?: Personal<string> | undefined };
type Proposed = {
  remedy: Remedy;
  message: Personal<string>;
  amount?: Money | undefined;
  cost?: Money | undefined;
  also?: readonly Offer[] | undefined;
};
type Because = { reason: Personal<string> };
type LinkData = { id: string; as: Link["as"] };
type Nothing = Readonly<Record<never, never>>;

interface CoreInputs {
  acknowledge: { channel?: Channel | undefined } | undefined;
  assess: Seen;
  reassess: Seen;
  investigate: Nothing | undefined;
  propose: Proposed;
  accept: Said | undefined;
  decline: Because;
  resolve: { outcome: Personal<string> };
  confirm: Said | undefined;
  dispute: Because;
  reopen: Because;
  withdraw: Said | undefined;
  reject: Because;
  escalate: { reason: string };
  assign: { ownerId: string; department?: string | undefined };
  hand_over: { to: string; reason: string; department?: string | undefined };
  note: { text: Personal<string> };
  contact: { direction: "in" | "out"; channel: Channel; text: Personal<string> };
  wait_for_customer: { question: Personal<string> };
  wait_for_third_party: { party: string; question: Personal<string> };
  reply: { channel: Channel; text: Personal<string> };
  resume: Nothing | undefined;
  appeal: Because;
  deescalate: { reason: string };
  find: Findings | undefined;
  approve: { offers: readonly Offer[] };
  carry_out: { id: string; cost?: Money | undefined };
  verify: { id: string };
  transfer: { department: string; reason: string };
  dispatch: { to: string };
  visit: { text: Personal<string> };
  promise: { for: Instant; channel: Channel; text: Personal<string> };
  answer: { channel: Channel; text: Personal<string> };
  deem: Nothing | undefined;
  give_up: Nothing | undefined;
  relate: LinkData;
  unrelate: { id: string };
  merge: { into: string };
  absorb: { id: string; customerId: string | null };
  split: { summary: Personal<string>; subject?: string | undefined };
}
interface PluginInputs {
  "legal.place_hold": { caseRef: string };
  "legal.release": Nothing | undefined;
  "vip.promise_call": Nothing | undefined;
  "vip.call": Nothing | undefined;
  "safety.flag": { hazard: string };
  "safety.clear": Nothing | undefined;
}
type Command = InferCommand<typeof rules, "complaint">;
same<Equal<Inputs<InferCommand<typeof core, "complaint">>, Flatten<CoreInputs>>>();
same<Equal<Inputs<Command>, Flatten<CoreInputs & PluginInputs>>>();
type Flatten<T> = { [X in keyof T]: T[X] };

same<
  Equal<
    Extract<Command, { readonly type: "legal.place_hold" }>,
    { readonly type: "legal.place_hold"; readonly input: { caseRef: string } }
  >
>();
same<Equal<Extract<Command, { readonly type: "vip.call" }>, { readonly type: "vip.call"; readonly input?: Nothing }>>();
// A default makes the input optional: what is asked for is what goes in, not what comes out.
same<
  Equal<
    InferCommand<typeof rules, "capa.action">,
    | { readonly type: "capa.progress"; readonly input?: { percent?: number | undefined } }
    | { readonly type: "capa.finish"; readonly input?: Nothing }
  >
>();

read(() => {
  const { complaints } = rules;
  complaints.decide(record, { type: "acknowledge" }, context);
  complaints.decide(record, { type: "note", input: { text: "called" }, at: "2026-01-01T00:00:00.000Z" }, context);
  complaints.decide(record, { type: "legal.place_hold", input: { caseRef: "AB-1" } }, context);
  // @ts-expect-error its input is required
  complaints.decide(record, { type: "legal.place_hold" }, context);
  // @ts-expect-error its input is typed
  complaints.decide(record, { type: "legal.place_hold", input: { caseRef: 1 } }, context);
  // @ts-expect-error no field of its input is called so
  complaints.decide(record, { type: "legal.place_hold", input: { caseRef: "AB-1", case: "AB-1" } }, context);
  // @ts-expect-error no such command
  complaints.decide(record, { type: "legal.place_holds", input: { caseRef: "AB-1" } }, context);
  // @ts-expect-error a command of another kind
  complaints.decide(record, { type: "capa.finish" }, context);
  // @ts-expect-error a command of a plugin that this composition does not have
  core.complaints.decide({} as CoreComplaint, { type: "vip.call" }, context);
  // @ts-expect-error not a record of this kind
  rules.of(action).decide(record, { type: "capa.finish" }, context);
  // @ts-expect-error nothing is optional about the context: no hidden clock
  complaints.decide(record, { type: "acknowledge" });
  // @ts-expect-error this composition does not have the kind
  core.of(action);
  // @ts-expect-error what opening needs is needed
  complaints.open({ id: "1", input: { customerId: "c-7" } }, context);
  // @ts-expect-error and typed
  complaints.open({ id: "1", input: { customerId: "c-7", summary: "warm", severity: "awful" } }, context);
  complaints.open({ id: "1", input: { customerId: "c-7", summary: "warm", severity: "high" } }, context);
  rules.of(action).open({ id: "1", input: { complaintId: "c", what: "x" } }, context);
});
same<Equal<ReturnType<typeof rules.complaints.available>[number]["command"], Command["type"]>>();

// ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Every event with its data. */
type Data<E extends { readonly type: string; readonly data: unknown }> = { [X in E as X["type"]]: X["data"] };
type SaidBack = { words: Personal<string> | null };

interface CoreData {
  "complaint.opened": ComplaintFields;
  "complaint.moved": { readonly by: string };
  "complaint.warned": WarnedData;
  "complaint.breached": BreachedData;
  "complaint.revised": RevisedData;
  "complaint.acknowledged": { channel: Channel | null };
  "complaint.assessed": Assessment;
  "complaint.proposed": {
    remedy: Remedy;
    amount: Money | null;
    message: Personal<string>;
    offers?: readonly Entry[] | undefined;
  };
  "complaint.accepted": { words: Personal<string> | null; deemed?: true | undefined };
  "complaint.declined": Because;
  "complaint.resolved": { outcome: Personal<string> };
  "complaint.confirmed": SaidBack;
  "complaint.disputed": Because;
  "complaint.reopened": Because;
  "complaint.withdrawn": SaidBack;
  "complaint.rejected": Because;
  "complaint.escalated": { from: 1 | 2 | 3; to: 1 | 2 | 3; reason: string | null };
  "complaint.assigned": { ownerId: string; department?: string | undefined };
  "complaint.handed_over": { from: string; to: string; reason: string; department?: string | undefined };
  "complaint.noted": { text: Personal<string> };
  "complaint.contacted": { direction: "in" | "out"; channel: Channel; text: Personal<string> };
  "complaint.waited": { on: string; question: Personal<string> };
  "complaint.resumed": Record<string, never>;
  "complaint.found": Findings;
  "complaint.approved": { entries: readonly Entry[] };
  "complaint.carried_out": { entry: Entry };
  "complaint.verified": { id: string };
  "complaint.transferred": { department: string; reason: string };
  "complaint.deescalated": { from: 1 | 2 | 3; to: 1 | 2 | 3; reason: string };
  "complaint.dispatched": { to: string };
  "complaint.visited": { text: Personal<string> };
  "complaint.promised": { for: Instant; channel: Channel; text: Personal<string> };
  "complaint.answered": { channel: Channel; text: Personal<string>; disputeBody: string | null };
  "complaint.unanswered": { reminders: number };
  "complaint.appealed": { reason: Personal<string>; level: 1 | 2 | 3 };
  "complaint.linked": LinkData;
  "complaint.unlinked": { id: string };
  "complaint.merged": { into: string };
  "complaint.absorbed": { id: string };
  "complaint.split": { summary: Personal<string>; subject?: string | undefined };
}
interface PluginData {
  "legal.held": { caseRef: string };
  "legal.released": Record<string, never>;
  "vip.called": { by: string };
  "safety.flagged": { hazard: string };
  "safety.cleared": { by: string };
}
type Lapses<State> = { "complaint.lapsed": { readonly state: State; readonly lapses: number } };
type Happened = InferEvent<typeof rules, "complaint">;
same<Equal<Data<InferEvent<typeof core, "complaint">>, Flatten<CoreData & Lapses<CoreState>>>>();
same<Equal<Data<Happened>, Flatten<CoreData & PluginData & Lapses<Complaint["state"]>>>>();
same<Equal<Extract<Happened, { readonly type: "legal.held" }>, Event<"legal.held", { caseRef: string }>>>();
// Nothing is overdue where nobody keeps a clock.
same<
  Equal<
    Data<InferEvent<typeof rules, "capa.action">>,
    {
      "capa.action.opened": { complaintId: string; what: string; percent: number };
      "capa.action.moved": { readonly by: string };
      "capa.action.lapsed": { readonly state: Action["state"]; readonly lapses: number };
      "capa.progressed": { percent: number };
    }
  >
>();
read(() => {
  const { next, events } = unwrap(rules.complaints.decide(record, { type: "acknowledge" }, context));
  same<Equal<typeof next, Complaint>>();
  const event = events[0];
  same<Equal<undefined extends typeof event ? true : false, true>>();
  if (event?.type === "safety.flagged") {
    same<Equal<typeof event, Draft<"safety.flagged", { hazard: string }>>>();
    // @ts-expect-error a draft has not been recorded yet
    event.recordedAt;
  }
});

// ── Inside a definition nothing needs an annotation ─────────────────────────────────────────────────────────────────

complaint.transition("x.narrowed", {
  from: [complaintStates.received, hold],
  to: complaintStates.closed,
  input: z.object({ n: z.string().transform(Number), day: z.string().default("today") }),
  when: (args) => {
    same<Equal<typeof args.record.state, "received" | "legal.hold">>();
    same<Equal<typeof args.record.severity, Severity>>();
    same<Equal<typeof args.actor, Actor>>();
    // @ts-expect-error `when` is asked before there is an input
    args.input;
    // @ts-expect-error it does not start from there
    return args.record.state === "closed" ? { code: "x.CLOSED" } : true;
  },
  guard: ({ record, input, timeline }) => {
    same<Equal<typeof record.state, "received" | "legal.hold">>();
    same<Equal<typeof input, { n: number; day: string }>>();
    same<Equal<typeof timeline, readonly Event[] | undefined>>();
    return input.n > 0 || { code: "x.NONE" };
  },
});
complaint.transition("x.anywhere", {
  from: { phase: ["open", "paused"] },
  to: "same",
  when: ({ record }) => {
    // By phase, any plugin's state may come.
    same<Equal<typeof record.state, string>>();
    return true;
  },
});
complaint.guard("x.guard", {
  on: complaintCommands.propose,
  guard: ({ record, input }) => {
    same<Equal<typeof record.state, "assessed" | "investigating">>();
    same<Equal<typeof input, Proposed>>();
    return true;
  },
});
complaint.state("x.state", {
  phase: "open",
  deadline: { hours: 1 },
  lapse: ({ record, lapses }) => {
    same<Equal<typeof record.level, 1 | 2 | 3>>();
    same<Equal<typeof lapses, number>>();
    return [];
  },
});
action.event("x.event", {
  v: 1,
  data: z.object({ percent: z.number() }),
  evolve: (fields, data) => {
    same<Equal<typeof data, { percent: number }>>();
    return { percent: fields.percent + data.percent };
  },
});
same<Equal<(typeof place)["id"], "legal.place_hold">>();
same<Equal<Parameters<typeof place.order>, [recordId: string, input: { caseRef: string }]>>();

// Schemas of either zod are taken, and read alike.
const mixed = complaint.event("x.mixed", { v: 1, data: mini.object({ note: mini.optional(mini.string()) }) });
same<Equal<Parameters<typeof mixed>[0], { note?: string | undefined }>>();
const schema: $ZodType<{ n: number }> = z.object({ n: z.number() });
same<Equal<Parameters<ReturnType<typeof someEvent>>[0], { n: number }>>();
const someEvent = () => complaint.event("x.some", { v: 1, data: schema });

// ── Slots ───────────────────────────────────────────────────────────────────────────────────────────────────────────

same<Equal<ReturnType<typeof legalCase.read>, { caseRef: string } | undefined>>();
same<Equal<ReturnType<typeof hazard.read>, { hazard: string } | undefined>>();
read(() => {
  held({ caseRef: "AB-1" }, legalCase({ caseRef: "AB-1" }));
  held({ caseRef: "AB-1" }, legalCase.empty);
  // @ts-expect-error a slot is typed
  legalCase({ caseRef: 1 });
  // @ts-expect-error a slot of a complaint cannot ride on an action's event
  progressed({ percent: 1 }, legalCase({ caseRef: "AB-1" }));
  // @ts-expect-error an event is typed
  held({ caseRef: 1 });
});

// ── Reactions ───────────────────────────────────────────────────────────────────────────────────────────────────────

same<Equal<(typeof learn)["id"], "capa.learn">>();
reaction("x.reaction", {
  on: complaintEvents.escalated,
  sends: [complaintCommands.note, action],
  run: ({ event, record, context }) => {
    same<Equal<typeof event, Event<"complaint.escalated", CoreData["complaint.escalated"]>>>();
    same<Equal<typeof context, Context>>();
    same<Equal<typeof record.touchedAt, Instant>>();
    return [
      complaintCommands.note.order(event.stream.id, { text: `level ${event.data.to}` }),
      action.order({ complaintId: event.stream.id, what: "look into it" }),
    ];
  },
});
reaction("x.opened", {
  on: complaint.opened,
  sends: [],
  run: ({ event }) => {
    same<Equal<typeof event.data, ComplaintFields>>();
    return [];
  },
});
reaction("x.undeclared", {
  on: held,
  sends: [complaintCommands.withdraw],
  // @ts-expect-error the reaction did not say that it sends this
  run: ({ event }) => [complaintCommands.investigate.order(event.stream.id, {})],
});
reaction("x.other_kind", {
  on: held,
  sends: [complaintCommands.withdraw],
  // @ts-expect-error nor that it opens an action
  run: () => [action.order({ complaintId: "1", what: "x" })],
});
read(() => {
  // @ts-expect-error an order is typed like its command
  complaintCommands.note.order("1", { txt: "called" });
  // @ts-expect-error and so is the order that opens
  action.order({ complaintId: "1" });
});

// ── Tokens of one kind do not fit another, and what is said must have been announced ────────────────────────────────

complaint.transition("x.foreign_state", {
  from: [complaintStates.received],
  // @ts-expect-error a complaint cannot move to the state of an action
  to: planned,
});
complaint.transition("x.foreign_from", {
  // @ts-expect-error nor start from one
  from: [planned],
  to: complaintStates.closed,
});
action.guard("x.foreign_guard", {
  // @ts-expect-error a guard of one kind cannot narrow a transition of another
  on: complaintCommands.confirm,
});
complaint.permit("x.foreign_permit", {
  actors: ["staff"],
  // @ts-expect-error nor can a permit grant it
  commands: [complaintCommands.note, progress],
});
complaint.permit("x.actor", {
  // @ts-expect-error actors are staff, customer or system
  actors: ["manager"],
  commands: [complaintCommands.note],
});
complaint.transition("x.unannounced", {
  from: [complaintStates.received],
  to: hold,
  emits: [complaintEvents.escalated],
  // @ts-expect-error "legal.held" is not among what it emits
  emit: () => held({ caseRef: "AB-1" }),
});
complaint.transition("x.unsaid", {
  from: [complaintStates.received],
  to: hold,
  // @ts-expect-error where nothing is announced, nothing of its own can be said
  emit: () => held({ caseRef: "AB-1" }),
});
complaint.transition("x.verdict", {
  from: [complaintStates.received],
  to: hold,
  // @ts-expect-error a check answers true or a reason, never a bare no
  when: ({ record }) => record.severity === "critical",
});
complaint.event("x.evolve", {
  v: 1,
  data: z.object({ level: z.number() }),
  // @ts-expect-error 4 is no level
  evolve: () => ({ level: 4 }),
});
// @ts-expect-error an open state needs a deadline: nothing open is ever forgotten
complaint.state("x.open", { phase: "open" });
// @ts-expect-error a paused one too
complaint.state("x.paused", { phase: "paused", then: "previous" });
// @ts-expect-error and a deadline is a span of one unit
complaint.state("x.span", { phase: "open", deadline: 3_600_000 });

complaint.state("x.ends", {
  phase: "closed",
  // @ts-expect-error in a closed state nothing lapses, so it leads nowhere
  then: complaintStates.closed,
});
complaint.state("x.silent", {
  phase: "closed",
  // @ts-expect-error nor does it say anything
  lapse: () => [],
});
// A span that is worked out elsewhere is a span.
const hours: number = 4;
same<Equal<ReturnType<typeof later>["id"], "x.later">>();
const later = () => complaint.state("x.later", { phase: "paused", deadline: { hours }, then: "previous" });

// ── A faulty composition does not compile; the sentences themselves are in messages.test.ts ─────────────────────────

// @ts-expect-error "hold" must begin with "legal."
definePlugin({ id: "legal", tokens: [hold, complaint.state("hold", { phase: "closed" })] });
// @ts-expect-error "complaint" is a word of the core
definePlugin({ id: "complaint", tokens: [] });
// @ts-expect-error so is "warranty", which is still to come
definePlugin({ id: "warranty", tokens: [] });
// @ts-expect-error the id of a plugin has no dot
definePlugin({ id: "a.b", tokens: [] });
// A plugin's slot may be called like the plugin, no other token may.
definePlugin({ id: "x", tokens: [complaint.slot("x", z.object({}))] });
// @ts-expect-error plugin "legal" is installed twice
read(() => createServiceRules({ plugins: [legal, corrective, legal] }));
// @ts-expect-error plugin "legal" is required and not installed
read(() => createServiceRules({ plugins: [corrective, vip({ callWithinHours: 1 })] }));
// @ts-expect-error a token is no plugin
read(() => createServiceRules({ plugins: [counsel] }));
// @ts-expect-error every record already has "state"
recordKind("x.kind", { revision: 1, initial: "x.a", schema: z.object({ state: z.string() }) });
// @ts-expect-error and "slots"
recordKind("x.kind", { revision: 1, initial: "x.a", schema: z.object({ n: z.number(), slots: z.string() }) });
// @ts-expect-error an index is a field of the kind
recordKind("x.kind", { revision: 1, initial: "x.a", schema: z.object({ n: z.number() }), indexes: ["m"] });

// ── Lists made elsewhere ────────────────────────────────────────────────────────────────────────────────────────────

const list = [legal, corrective] as const;
const fromList = createServiceRules({ plugins: list });
const spread = createServiceRules({ plugins: [...list, safety] });
const widened: (typeof legal | typeof corrective)[] = [legal, corrective];
const fromWidened = createServiceRules({ plugins: widened });
const inline = createServiceRules({ plugins: [legal, corrective] });
same<Equal<InferRecord<typeof fromList, "complaint">, InferRecord<typeof inline, "complaint">>>();
same<Equal<InferRecord<typeof fromWidened, "complaint">, InferRecord<typeof inline, "complaint">>>();
same<Equal<InferCommand<typeof fromList, "complaint">, InferCommand<typeof fromWidened, "complaint">>>();
same<Equal<InferCommand<typeof fromList, "capa.action">, InferCommand<typeof rules, "capa.action">>>();
same<Equal<keyof InferRecord<typeof spread, "complaint">["slots"], "legal" | "safety">>();
// The order of plugins does not show.
const turned = createServiceRules({ plugins: [corrective, legal] });
same<Equal<InferRecord<typeof turned, "complaint">, InferRecord<typeof inline, "complaint">>>();
same<Equal<InferCommand<typeof turned, "complaint">, InferCommand<typeof inline, "complaint">>>();
// @ts-expect-error a list that was made elsewhere is checked like any other
read(() => createServiceRules({ plugins: [...list, legal] as const }));
const unrequired = [vip({ callWithinHours: 1 })] as const;
// @ts-expect-error plugin "legal" is required and not installed
read(() => createServiceRules({ plugins: unrequired }));
// What nobody knows by name leaves the core, which is there whatever is installed.
const unknown = createServiceRules({ plugins: [] as Plugin[] });
same<Equal<InferRecord<typeof unknown, "complaint">["state"], CoreState>>();

// Rules of one composition are not those of another; code for any composition says so.
const any: ServiceRules<any> = rules;
const generic = <P extends readonly Plugin[]>(of: ServiceRules<P>): readonly string[] => of.kinds;
read(() => [any, generic(rules), generic(core)]);
// @ts-expect-error the core alone does not know "legal.hold"
read((): ServiceRules => rules);
// @ts-expect-error nor can rules without the plugin stand in for rules with it
read((): typeof rules => core);

// ── The desk ────────────────────────────────────────────────────────────────────────────────────────────────────────

const desk = createServiceDesk({ store: memoryStore(), rules });
const plainDesk = createServiceDesk({ store: memoryStore() });
const actor: Actor = { kind: "staff", id: "ann" };
read(async () => {
  const opened = await desk.complaints.open({ input: { customerId: "c-7", summary: "warm" }, actor });
  const { id, version, events } = opened;
  same<Equal<typeof id, string | undefined>>();
  same<Equal<typeof version, number | undefined>>();
  same<Equal<typeof events, readonly string[] | undefined>>();
  // @ts-expect-error it may have been refused
  desk.complaints.get(id);
  if (!opened.ok) {
    same<Equal<typeof opened.error, Refusal>>();
    return;
  }
  same<Equal<typeof opened.id, string>>();
  const known = opened.id;
  await desk.complaints.execute({ id: known, command: { type: "vip.promise_call" }, actor });
  await desk.complaints.execute({ id: known, command: { type: "safety.flag", input: { hazard: "fire" } }, actor });
  // @ts-expect-error no such command
  await desk.complaints.execute({ id: known, command: { type: "vip.promise" }, actor });
  // @ts-expect-error its input is required
  await desk.complaints.execute({ id: known, command: { type: "safety.flag" }, actor });
  // @ts-expect-error a command of another kind
  await desk.complaints.execute({ id: known, command: { type: "capa.finish" }, actor });
  // @ts-expect-error a command of a plugin that this desk does not have
  await plainDesk.complaints.execute({ id: known, command: { type: "vip.promise_call" }, actor });
  // @ts-expect-error nobody acts anonymously
  await desk.complaints.execute({ id: known, command: { type: "acknowledge" } });
  // @ts-expect-error "clock" and the like are no kinds of actor
  await desk.complaints.execute({ id: known, command: { type: "acknowledge" }, actor: { kind: "clock", id: "x" } });

  same<Equal<Awaited<ReturnType<typeof desk.complaints.get>>, Result<Complaint>>>();
  const page = unwrap(await desk.complaints.timeline(known));
  same<Equal<(typeof page.items)[number], Happened>>();
  const found = unwrap(await desk.complaints.find({ where: { customerId: "c-7" } }));
  same<Equal<(typeof found.items)[number], Complaint>>();
  const may = unwrap(await desk.complaints.available(known, actor));
  same<Equal<(typeof may)[number]["command"], Command["type"]>>();

  const actions = desk.of(action);
  same<Equal<Awaited<ReturnType<typeof actions.get>>, Result<Action>>>();
  await actions.execute({ id: known, command: { type: "capa.progress" }, actor });
  // @ts-expect-error a command of another kind
  await actions.execute({ id: known, command: { type: "acknowledge" }, actor });
  // @ts-expect-error what opening needs is needed
  await actions.open({ input: { what: "x" }, actor });
  // @ts-expect-error this desk does not have the kind
  plainDesk.of(action);
  await desk
    .tenant("acme")
    .of(action)
    .execute({ id: known, command: { type: "capa.finish" }, actor });
  // @ts-expect-error the desk of a tenant knows no other commands
  await desk.tenant("acme").complaints.execute({ id: known, command: { type: "capa.finish" }, actor });
  same<Equal<Awaited<ReturnType<ReturnType<typeof policies>["get"]>>, Result<InferRecord<typeof rules, "policy">>>>();
});
const policies = () => desk.of(policyRecord);

// ── Ports: property signatures, so that a parameter that is too narrow does not slip through ────────────────────────

const memory: Store<MemoryTransaction> = memoryStore();
interface OtherTransaction {
  readonly client: string;
}
// @ts-expect-error units of another store's transactions
read((): Store<OtherTransaction> => memory);
// @ts-expect-error nor "any transaction": what joins it must be its own
read((): Store<unknown> => memory);
read(
  (): Repository => ({
    ...({} as Repository),
    // @ts-expect-error a repository takes any record, not those of one composition only
    put: async (value: Complaint, expectedVersion: number, columns: Columns) => void [value, expectedVersion, columns],
  }),
);
read(
  (): Repository => ({
    ...({} as Repository),
    put: async (value: AnyRecord, expectedVersion: number, columns: Columns) => void [value, expectedVersion, columns],
  }),
);
read(
  (): Store<MemoryTransaction> => ({
    ...memory,
    // @ts-expect-error the tenant is chosen for every unit of work
    transaction: <R>(work: (unit: never) => Promise<R>, options: { readonly tenant: string; readonly role: string }) =>
      work(options as never),
  }),
);
// @ts-expect-error a desk needs a store
read(() => createServiceDesk({ rules }));
read(() => {
  const joined = createServiceDesk({ store: memory });
  const join = {} as OtherTransaction;
  // @ts-expect-error a transaction of another store cannot be joined
  return joined.complaints.open({ input: { customerId: "c", summary: "s" }, actor, join });
});
