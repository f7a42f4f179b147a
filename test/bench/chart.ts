// The same life as a chart, as its users draw it: phases as compound states, a history state for the way back.
import { assign, createMachine, initialTransition, type SnapshotFrom, transition } from "xstate";
import type { Actor, ComplaintFields } from "../../src/index.js";

export type Facts = Pick<
  ComplaintFields,
  "customerId" | "nature" | "scope" | "severity" | "level" | "ownerId" | "proposal" | "tally"
>;
export interface Given {
  readonly type: string;
  readonly actor: Actor;
  readonly input: any;
}
interface Args {
  readonly context: Facts;
  readonly event: Given;
}
type Check = (args: Args) => boolean;

const staff: Check = ({ event }) => event.actor.kind === "staff";
const manager: Check = (args) => staff(args) && args.event.actor.roles?.includes("manager") === true;
const own: Check = ({ context, event }) => event.actor.kind === "customer" && event.actor.id === context.customerId;
const machineOrStaff: Check = ({ event }) => event.actor.kind !== "customer";
const either: Check = (args) => staff(args) || own(args);
const anybody: Check = (args) => machineOrStaff(args) || own(args);
const both =
  (...checks: readonly Check[]): Check =>
  (args) =>
    checks.every((check) => check(args));
const spokenFor: Check = ({ event }) => event.actor.kind === "customer" || event.input.words !== undefined;

const change = (change: (facts: Facts, input: any) => Partial<Facts>) =>
  assign(({ context, event }: Args) => change(context, event.input)) as never;
const counted = (facts: Facts, what: keyof Facts["tally"]) => ({
  tally: { ...facts.tally, [what]: facts.tally[what] + 1 },
});
const assessed = change((_, i) => ({ nature: i.nature, scope: i.scope, severity: i.severity }));
const contacted = change((facts) => counted(facts, "contacts"));
const withoutProposal = change(() => ({ proposal: null }));

const anywhere = {
  note: { guard: machineOrStaff, actions: change((facts) => counted(facts, "notes")) },
  contact: {
    guard: both(anybody, ({ event }) => event.actor.kind !== "customer" || event.input.direction === "in"),
    actions: contacted,
  },
};
const unfinished = {
  ...anywhere,
  reassess: { guard: both(staff, ({ context }) => context.nature !== null), actions: assessed },
  withdraw: { guard: either, target: "#complaint.ended.withdrawn" },
  assign: {
    guard: both(machineOrStaff, ({ context }) => context.ownerId === null),
    actions: change((_, i) => ({ ownerId: i.ownerId })),
  },
  hand_over: {
    guard: both(staff, ({ context, event }) => context.ownerId !== null && context.ownerId !== event.input.to),
    actions: change((facts, i) => ({ ownerId: i.to, ...counted(facts, "handovers") })),
  },
};
const reject = { guard: manager, target: "#complaint.ended.rejected" };
const propose = {
  guard: both(
    staff,
    ({ context, event }) => context.scope !== "major" || event.actor.roles?.includes("manager") === true,
  ),
  target: "proposed",
  actions: change((facts, i) => ({
    proposal: { remedy: i.remedy, amount: i.amount ?? null, message: i.message },
    ...counted(facts, "proposals"),
  })),
};

const machine = createMachine({
  types: {} as { context: Facts; events: Given; input: Facts },
  id: "complaint",
  context: ({ input }: { readonly input: Facts }) => input,
  initial: "open",
  states: {
    open: {
      initial: "received",
      on: {
        ...unfinished,
        escalate: {
          guard: both(machineOrStaff, ({ context }) => context.level < 3),
          actions: change((facts) => ({ level: facts.level === 1 ? 2 : 3 })),
        },
        wait_for_customer: { guard: staff, target: "#complaint.paused.waiting_for_customer" },
        wait_for_third_party: { guard: staff, target: "#complaint.paused.waiting_for_third_party" },
      },
      states: {
        received: { on: { acknowledge: { guard: machineOrStaff, target: "acknowledged" }, reject } },
        acknowledged: { on: { assess: { guard: staff, target: "assessed", actions: assessed }, reject } },
        assessed: { on: { investigate: { guard: staff, target: "investigating" }, propose, reject } },
        investigating: { on: { propose, reject } },
        proposed: {
          on: {
            accept: { guard: both(either, spokenFor), target: "resolving" },
            decline: { guard: either, target: "investigating", actions: withoutProposal },
          },
        },
        resolving: { on: { resolve: { guard: staff, target: "resolved" } } },
        resolved: {
          on: {
            confirm: { guard: both(either, spokenFor), target: "#complaint.ended.closed" },
            dispute: { guard: either, target: "investigating", actions: withoutProposal },
          },
        },
        before: { type: "history" },
      },
    },
    paused: {
      initial: "waiting_for_customer",
      on: { ...unfinished, resume: { guard: staff, target: "#complaint.open.before" } },
      states: {
        waiting_for_customer: {
          on: { reply: { guard: either, target: "#complaint.open.before", actions: contacted } },
        },
        waiting_for_third_party: {},
      },
    },
    ended: {
      initial: "closed",
      on: {
        ...anywhere,
        reopen: {
          guard: either,
          target: "#complaint.open.investigating",
          actions: change((facts) => ({ proposal: null, ...counted(facts, "reopenings") })),
        },
      },
      states: { closed: {}, withdrawn: {}, rejected: {} },
    },
  },
} as never);

export type Chart = SnapshotFrom<typeof machine>;

export const begin = (facts: Facts): Chart => initialTransition(machine, facts as never)[0];
export const decide = (chart: Chart, given: Given): Chart => transition(machine, chart, given as never)[0];
/** The state without its phase. */
export const stateOf = (chart: Chart): string => Object.values(chart.value as Record<string, string>)[0]!;
export const factsOf = (chart: Chart): Facts => chart.context as Facts;
