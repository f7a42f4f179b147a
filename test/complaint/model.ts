import type { Actor } from "../../src/kernel/context.js";

/**
 * The complaint once more, as small as it can be told and without a line of the library: which states there are, who may
 * do what, and where that leads. The walk compares the two.
 */
export type Who = "staff" | "manager" | "customer" | "stranger" | "system";
export const everybody: Readonly<Record<Who, Actor>> = {
  staff: { kind: "staff", id: "ann" },
  manager: { kind: "staff", id: "max", roles: ["manager"] },
  customer: { kind: "customer", id: "c-7" },
  stranger: { kind: "customer", id: "c-8" },
  system: { kind: "system", id: "survey" },
};

/** What of a complaint decides about its next step. */
export interface Situation {
  readonly state: string;
  /** The state that a pause left. */
  readonly back: string | null;
  readonly major: boolean;
  readonly assessed: boolean;
  readonly owner: string | null;
  readonly level: 1 | 2 | 3;
}

export const openStates = [
  "received",
  "acknowledged",
  "assessed",
  "investigating",
  "proposed",
  "resolving",
  "resolved",
];
export const pausedStates = ["waiting_for_customer", "waiting_for_third_party"];
export const closedStates = ["closed", "withdrawn", "rejected"];
const handled = [...openStates, ...pausedStates];
const all = [...handled, ...closedStates];

const staff: readonly Who[] = ["staff", "manager"];
const both: readonly Who[] = [...staff, "customer"];
const house: readonly Who[] = [...staff, "system"];

interface Edge {
  readonly who: readonly Who[];
  readonly from: readonly string[];
  /** A state, "same" or "back". */
  readonly to: string;
  readonly input?: object;
  readonly denied?: (situation: Situation, who: Who) => string | undefined;
}

const unspoken = (_: Situation, who: Who) => (who === "customer" ? undefined : "CUSTOMERS_WORDS_NEEDED");
const notTo = (next: string) => (s: Situation) =>
  s.owner === null ? "NOT_OWNED" : s.owner === next ? "SAME_OWNER" : undefined;
const hour = 3_600_000;
const reason = { reason: "because" };
const assessment = { nature: "service", scope: "general", severity: "high" };

/** Every command; a name with a slash is the same command with another input. */
export const edges: Readonly<Record<string, Edge>> = {
  acknowledge: { who: house, from: ["received"], to: "acknowledged" },
  assess: { who: staff, from: ["acknowledged"], to: "assessed", input: assessment },
  reassess: {
    who: staff,
    from: handled,
    to: "same",
    input: assessment,
    denied: (s) => (s.assessed ? undefined : "NOT_ASSESSED"),
  },
  investigate: { who: staff, from: ["assessed"], to: "investigating" },
  propose: {
    who: staff,
    from: ["assessed", "investigating"],
    to: "proposed",
    input: { remedy: "refund", amount: { amount: 1999, currency: "EUR" }, message: "your money back" },
    denied: (s, who) => (s.major && who !== "manager" ? "MAJOR_NEEDS_MANAGER" : undefined),
  },
  accept: { who: both, from: ["proposed"], to: "resolving", input: { words: "agreed" } },
  "accept/silently": { who: both, from: ["proposed"], to: "resolving", input: {}, denied: unspoken },
  decline: { who: both, from: ["proposed"], to: "investigating", input: reason },
  resolve: { who: staff, from: ["resolving"], to: "resolved", input: { outcome: "paid" } },
  confirm: { who: both, from: ["resolved"], to: "closed", input: { words: "thank you" } },
  "confirm/silently": { who: both, from: ["resolved"], to: "closed", input: {}, denied: unspoken },
  dispute: { who: both, from: ["resolved"], to: "investigating", input: reason },
  reopen: { who: both, from: closedStates, to: "investigating", input: reason },
  withdraw: { who: both, from: handled, to: "withdrawn", input: { words: "never mind" } },
  "withdraw/silently": { who: both, from: handled, to: "withdrawn", input: {}, denied: unspoken },
  reject: {
    who: ["manager"],
    from: ["received", "acknowledged", "assessed", "investigating"],
    to: "rejected",
    input: reason,
  },
  escalate: {
    who: house,
    from: openStates,
    to: "same",
    input: reason,
    denied: (s) => (s.level === 3 ? "HIGHEST_LEVEL" : undefined),
  },
  assign: {
    who: house,
    from: handled,
    to: "same",
    input: { ownerId: "ann" },
    denied: (s) => (s.owner === null ? undefined : "ALREADY_OWNED"),
  },
  hand_over: {
    who: staff,
    from: handled,
    to: "same",
    input: { to: "max", reason: "shift" },
    denied: notTo("max"),
  },
  "hand_over/back": {
    who: staff,
    from: handled,
    to: "same",
    input: { to: "ann", reason: "shift" },
    denied: notTo("ann"),
  },
  note: { who: house, from: all, to: "same", input: { text: "noted" } },
  contact: {
    who: [...house, "customer"],
    from: all,
    to: "same",
    input: { direction: "in", channel: "phone", text: "hello" },
  },
  "contact/outbound": {
    who: [...house, "customer"],
    from: all,
    to: "same",
    input: { direction: "out", channel: "phone", text: "hello" },
    denied: (_, who) => (who === "customer" ? "ONLY_INBOUND" : undefined),
  },
  wait_for_customer: { who: staff, from: openStates, to: "waiting_for_customer", input: { question: "which?" } },
  wait_for_third_party: {
    who: staff,
    from: openStates,
    to: "waiting_for_third_party",
    input: { party: "carrier", question: "where?" },
  },
  reply: { who: both, from: ["waiting_for_customer"], to: "back", input: { channel: "email", text: "the blue one" } },
  resume: { who: staff, from: pausedStates, to: "back" },
};

/** What is to be expected of somebody's command: a code of refusal, or the state it leads to. */
export function expected(
  situation: Situation,
  command: string,
  who: Who,
): { readonly refused: readonly string[] } | { readonly state: string } {
  const edge = edges[command]!;
  if (!edge.who.includes(who)) return { refused: ["NOT_PERMITTED"] };
  if (!edge.from.includes(situation.state)) return { refused: ["WRONG_STATE"] };
  const denied = edge.denied?.(situation, who);
  if (denied !== undefined) return { refused: ["DENIED", denied] };
  return { state: edge.to === "same" ? situation.state : edge.to === "back" ? situation.back! : edge.to };
}

/** What happened to a complaint, as much of it as a stopwatch needs. */
export interface Happened {
  readonly type: string;
  readonly at: number;
  readonly moved?: { readonly from: string | null; readonly to: string };
}

/** What the house promises where it has set nothing else: who has to have heard what within which time. */
export const promised: readonly {
  readonly clock: string;
  readonly within: number;
  /** When it is near, if anybody is warned. */
  readonly near?: number;
  readonly kept: readonly string[];
  readonly goesOn: readonly string[];
}[] = [
  {
    clock: "acknowledge",
    within: 48 * hour,
    kept: ["complaint.acknowledged", "complaint.proposed"],
    goesOn: [],
  },
  {
    clock: "resolution",
    within: 672 * hour,
    near: 0.8 * 672 * hour,
    kept: ["complaint.resolved"],
    goesOn: ["complaint.disputed", "complaint.reopened"],
  },
];

/** When a stopwatch, begun with the complaint and held while it is kept, closed or paused, has run for so long. */
export function stopwatch(
  { kept, goesOn }: (typeof promised)[number],
  limit: number,
  happened: readonly Happened[],
  until: number,
): number | undefined {
  let run = 0;
  let since = happened[0]!.at;
  let stopped = false;
  let paused = false;
  for (const { type, at, moved } of [...happened, { type: "now", at: until }]) {
    if (!stopped && !paused && at > since) {
      if (run + at - since > limit) return since + limit - run;
      run += at - since;
    }
    since = Math.max(since, at);
    if (kept.includes(type) || closedStates.includes(moved?.to ?? "")) stopped = true;
    if (goesOn.includes(type)) stopped = false;
    if (moved !== undefined) paused = pausedStates.includes(moved.to);
  }
  return undefined;
}
