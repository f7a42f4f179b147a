import type { Actor } from "../../src/kernel/context.js";

/**
 * The complaint once more, as small as it can be told and without a line of the library: which states there are, who may
 * do what, where that leads, and what it changes. The walk compares the two.
 */
export type Who = "staff" | "manager" | "customer" | "stranger" | "system";
export const everybody: Readonly<Record<Who, Actor>> = {
  staff: { kind: "staff", id: "ann" },
  manager: { kind: "staff", id: "max", roles: ["manager"] },
  customer: { kind: "customer", id: "c-7" },
  stranger: { kind: "customer", id: "c-8" },
  system: { kind: "system", id: "survey" },
};

/** A line of the ledger: which remedy, how many cents (`null`: no money), how far it has come, and by whose limit. */
export interface Line {
  readonly id: string;
  readonly remedy: string;
  readonly cents: number | null;
  readonly status: string;
  readonly by: string;
}

/** What of a complaint decides about its next step. */
export interface Situation {
  readonly state: string;
  /** The state that a pause left. */
  readonly back: string | null;
  readonly major: boolean;
  readonly assessed: boolean;
  readonly owner: string | null;
  readonly level: 1 | 2 | 3;
  readonly department: string | null;
  readonly sent: boolean;
  readonly cause: boolean;
  /** Whether responsibility has been divided. */
  readonly divided: boolean;
  /** What leads the solution on the table. */
  readonly proposal: string | null;
  readonly ledger: readonly Line[];
  /** Whether it was silence that agreed; `null`: nobody has agreed to anything yet. */
  readonly deemed: boolean | null;
  readonly promised: boolean;
  /** The other complaints, and how they belong to this one. */
  readonly links: Readonly<Record<string, string>>;
  readonly mergedInto: string | null;
}
/** What time and the clocks add to it: it changes without a command. */
export interface Moment {
  /** How often it was reminded in this state. */
  readonly lapses: number;
  /** Whether the customer has written and waits for an answer. */
  readonly waits: boolean;
  /** Milliseconds since it came into this state. */
  readonly rested: number;
}

/** What a house demands and allows, as much of it as the model knows. */
export interface House {
  readonly closing?: readonly ("cause" | "responsibility" | "remedy" | "acceptance")[];
  readonly silence?: { readonly reminders: number; readonly means: "acceptance" | "closing" };
  readonly reopenDays?: number;
  /** What contact staff may grant of a general complaint. */
  readonly cents?: number;
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
export const closedStates = ["closed", "withdrawn", "rejected", "merged"];
const handled = [...openStates, ...pausedStates];
const all = [...handled, ...closedStates];

const staff: readonly Who[] = ["staff", "manager"];
const both: readonly Who[] = [...staff, "customer"];
const house: readonly Who[] = [...staff, "system"];

type Now = Situation & Moment;
type Change = Partial<Situation>;
interface Edge {
  readonly who: readonly Who[];
  readonly from: readonly string[];
  /** A state, "same" or "back". */
  readonly to: string;
  readonly input?: object;
  readonly denied?: (now: Now, who: Who, rules: House) => string | readonly string[] | undefined;
  /** What it changes beside the state. */
  readonly makes?: (now: Now, who: Who, rules: House) => Change;
}

interface Offer {
  readonly remedy: string;
  readonly cents: number | null;
}
const id = (who: Who) => everybody[who].id;
/** Whether somebody may grant this on their own; `undefined`: they may grant nothing here. */
function alone(now: Now, who: Who, { cents }: House): ((offer: Offer) => boolean) | undefined {
  if (who === "manager") return () => true;
  if (now.major) return undefined;
  return (offer) => offer.cents === null || cents === undefined || offer.cents <= cents;
}
/** For each offer the approval that it uses up: offers beyond one's limit first, each the smallest that is enough. */
function approvals(now: Now, offers: readonly Offer[], may: (offer: Offer) => boolean): readonly (Line | undefined)[] {
  const left = now.ledger.filter((line) => line.status === "approved").sort((a, b) => (a.cents ?? 0) - (b.cents ?? 0));
  const found = new Map<Offer, Line>();
  const needy = (offer: Offer) => !may(offer);
  for (const offer of [...offers.filter(needy), ...offers.filter((one) => !needy(one))]) {
    const line = left.find((one) => one.remedy === offer.remedy && (one.cents ?? 0) >= (offer.cents ?? 0));
    if (line === undefined) continue;
    found.set(offer, line);
    left.splice(left.indexOf(line), 1);
  }
  return offers.map((offer) => found.get(offer));
}
const mostLines = 50;
const known = ["refund", "compensation", "apology"];
function refusedOffers(now: Now, who: Who, rules: House, offers: readonly Offer[], approving: boolean) {
  const own = alone(now, who, rules);
  const has = !approving && now.ledger.some((line) => line.status === "approved");
  if (own === undefined && !has) return "MAJOR_NEEDS_MANAGER";
  if (now.ledger.length + offers.length > mostLines) return "TOO_MANY_REMEDIES";
  if (offers.some((offer) => !known.includes(offer.remedy))) return "UNKNOWN_REMEDY";
  const may = own ?? (() => false);
  const used = approving ? [] : approvals(now, offers, may);
  return offers.every((offer, i) => used[i] !== undefined || may(offer)) ? undefined : "BEYOND_AUTHORITY";
}
function offered(now: Now, who: Who, rules: House, offers: readonly Offer[], status: string): Change {
  const used = status === "approved" ? [] : approvals(now, offers, alone(now, who, rules) ?? (() => false));
  const ledger = [...now.ledger];
  offers.forEach(({ remedy, cents }, i) => {
    const had = used[i];
    const line = { remedy, cents, status, by: had?.by ?? id(who) };
    if (had === undefined) ledger.push({ id: `r${ledger.length + 1}`, ...line });
    else ledger[ledger.findIndex((one) => one.id === had.id)] = { id: had.id, ...line };
  });
  return { ledger };
}
const come = (now: Now, from: readonly string[], to: string): Change => ({
  ledger: now.ledger.map((line) => (from.includes(line.status) ? { ...line, status: to } : line)),
});
const lineOf = (now: Now, line: string, status: string) => now.ledger.some((l) => l.id === line && l.status === status);

const unspoken = (_: Now, who: Who) => (who === "customer" ? undefined : "CUSTOMERS_WORDS_NEEDED");
const notTo = (next: string) => (s: Now) =>
  s.owner === null ? "NOT_OWNED" : s.owner === next ? "SAME_OWNER" : undefined;
const hour = 3_600_000;
const eur = (amount: number) => ({ amount, currency: "EUR" });
const reason = { reason: "because" };
const assessment = { nature: "service", scope: "general", severity: "high" };
const small: Offer = { remedy: "refund", cents: 1999 };
const dear: Offer = { remedy: "compensation", cents: 90_000 };
const sorry: Offer = { remedy: "apology", cents: null };
const gold: Offer = { remedy: "acme.gold", cents: null };
const asInput = ({ remedy, cents }: Offer) => (cents === null ? { remedy } : { remedy, amount: eur(cents) });

const proposing = (...offers: readonly [Offer, ...Offer[]]): Edge => ({
  who: staff,
  from: ["assessed", "investigating"],
  to: "proposed",
  input: { ...asInput(offers[0]), message: "this is for you", also: offers.slice(1).map(asInput) },
  denied: (s, who, rules) => refusedOffers(s, who, rules, offers, false),
  makes: (s, who, rules) => ({ proposal: offers[0].remedy, ...offered(s, who, rules, offers, "offered") }),
});
const approving = (...offers: readonly Offer[]): Edge => ({
  who: staff,
  from: handled,
  to: "same",
  input: { offers: offers.map(asInput) },
  denied: (s, who, rules) => refusedOffers(s, who, rules, offers, true),
  makes: (s, who, rules) => offered(s, who, rules, offers, "approved"),
});
const assessing = (major: boolean, input: object): Pick<Edge, "who" | "input" | "makes"> => ({
  who: staff,
  input,
  makes: () => ({ assessed: true, major }),
});
const unassessed = (s: Now) => (s.assessed ? undefined : "NOT_ASSESSED");
const transferring = (department: string): Edge => ({
  who: staff,
  from: handled,
  to: "same",
  input: { department, reason: "theirs" },
  denied: (s) => (s.department === department ? "SAME_DEPARTMENT" : undefined),
  makes: () => ({ department }),
});
const silently = (means: "acceptance" | "closing", to: string, makes: (now: Now) => Change): Edge => ({
  who: ["system"],
  from: ["proposed"],
  to,
  denied: (s, _, { silence }) =>
    silence?.means === means && s.lapses > silence.reminders && !s.waits ? undefined : "SILENCE_MEANS_NOTHING",
  makes,
});
const demands = (s: Now, _: Who, { closing = [] }: House) => {
  const agreed = s.ledger.some((line) => ["accepted", "carried_out", "verified"].includes(line.status));
  return [
    ...(closing.includes("acceptance") && s.deemed === true ? ["ACCEPTANCE_NEEDED"] : []),
    ...(closing.includes("cause") && !s.cause ? ["CAUSE_NEEDED"] : []),
    ...(closing.includes("remedy") && !agreed ? ["REMEDY_NEEDED"] : []),
    ...(closing.includes("responsibility") && !s.divided ? ["RESPONSIBILITY_NEEDED"] : []),
  ];
};
const carrying = (line: string): Edge => ({
  who: staff,
  from: ["resolving"],
  to: "same",
  input: { id: line, cost: eur(1500) },
  denied: (s) => (lineOf(s, line, "accepted") ? undefined : "NOT_AGREED"),
  makes: (s) => ({ ledger: s.ledger.map((one) => (one.id === line ? { ...one, status: "carried_out" } : one)) }),
});
const agreeing: Pick<Edge, "who" | "from" | "to" | "makes"> = {
  who: both,
  from: ["proposed"],
  to: "resolving",
  // Agreed in words: what silence had agreed to before no longer is by silence.
  makes: (s) => ({ deemed: s.deemed === null ? null : false, ...come(s, ["offered"], "accepted") }),
};

/** Every command; a name with a slash is the same command with another input. */
export const edges: Readonly<Record<string, Edge>> = {
  acknowledge: { who: house, from: ["received"], to: "acknowledged" },
  assess: { ...assessing(false, assessment), from: ["acknowledged"], to: "assessed" },
  "assess/major": { ...assessing(true, { ...assessment, scope: "major" }), from: ["acknowledged"], to: "assessed" },
  // Nobody says how severe it is: impact and urgency make it critical, and what is critical is major.
  "assess/seen": {
    ...assessing(true, { nature: "product", impact: 1, urgency: 1 }),
    from: ["acknowledged"],
    to: "assessed",
  },
  "assess/unseen": {
    ...assessing(false, { nature: "product", impact: 1 }),
    from: ["acknowledged"],
    to: "assessed",
    denied: () => "SEVERITY_NEEDED",
  },
  reassess: { ...assessing(false, assessment), from: handled, to: "same", denied: unassessed },
  "reassess/danger": {
    ...assessing(true, { nature: "product", severity: "low", legal: true }),
    from: handled,
    to: "same",
    denied: unassessed,
  },
  investigate: { who: staff, from: ["assessed"], to: "investigating" },
  propose: proposing(small),
  "propose/both": proposing(small, sorry),
  "propose/dear": proposing(dear),
  "propose/strange": proposing(gold),
  approve: approving(dear),
  "approve/small": approving(small),
  accept: { ...agreeing, input: { words: "agreed" } },
  "accept/silently": { ...agreeing, input: {}, denied: unspoken },
  decline: {
    who: both,
    from: ["proposed"],
    to: "investigating",
    input: reason,
    makes: (s) => ({ proposal: null, ...come(s, ["offered"], "declined") }),
  },
  resolve: {
    who: staff,
    from: ["resolving"],
    to: "resolved",
    input: { outcome: "paid" },
    denied: demands,
    makes: (s) => come(s, ["accepted"], "carried_out"),
  },
  confirm: {
    who: both,
    from: ["resolved"],
    to: "closed",
    input: { words: "thank you" },
    makes: (s) => come(s, ["carried_out"], "verified"),
  },
  "confirm/silently": {
    who: both,
    from: ["resolved"],
    to: "closed",
    input: {},
    denied: unspoken,
    makes: (s) => come(s, ["carried_out"], "verified"),
  },
  dispute: {
    who: both,
    from: ["resolved"],
    to: "investigating",
    input: reason,
    makes: (s) => ({ proposal: null, ...come(s, ["carried_out"], "declined") }),
  },
  reopen: {
    who: both,
    from: closedStates,
    to: "investigating",
    input: reason,
    denied: (s, _, { reopenDays }) =>
      s.mergedInto !== null
        ? "MERGED"
        : reopenDays !== undefined && s.rested > reopenDays * 24 * hour
          ? "REOPEN_WINDOW_OVER"
          : undefined,
    makes: (s) => ({ proposal: null, ...come(s, ["offered", "accepted"], "declined") }),
  },
  appeal: {
    who: both,
    from: ["rejected"],
    to: "investigating",
    input: reason,
    makes: (s) => ({ level: s.level === 1 ? 2 : 3 }),
  },
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
    makes: (s) => ({ level: s.level === 1 ? 2 : 3 }),
  },
  deescalate: {
    who: staff,
    from: openStates,
    to: "same",
    input: reason,
    denied: (s) => (s.level === 1 ? "LOWEST_LEVEL" : undefined),
    makes: (s) => ({ level: s.level === 3 ? 2 : 1 }),
  },
  assign: {
    who: house,
    from: handled,
    to: "same",
    input: { ownerId: "ann", department: "counter" },
    denied: (s) => (s.owner === null ? undefined : "ALREADY_OWNED"),
    makes: () => ({ owner: "ann", department: "counter" }),
  },
  hand_over: {
    who: staff,
    from: handled,
    to: "same",
    input: { to: "max", reason: "shift" },
    denied: notTo("max"),
    makes: () => ({ owner: "max" }),
  },
  "hand_over/back": {
    who: staff,
    from: handled,
    to: "same",
    input: { to: "ann", reason: "shift", department: "counter" },
    denied: notTo("ann"),
    makes: () => ({ owner: "ann", department: "counter" }),
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
  find: { who: staff, from: all, to: "same", input: { cause: "seal" }, makes: () => ({ cause: true }) },
  "find/shares": {
    who: staff,
    from: all,
    to: "same",
    input: {
      shares: [
        { of: "supplier", id: "acme", percent: 60 },
        { of: "department", id: "acme", percent: 40 },
      ],
    },
    makes: () => ({ divided: true }),
  },
  "find/half": {
    who: staff,
    from: all,
    to: "same",
    input: { shares: [{ of: "person", id: "ann", percent: 60 }] },
    denied: () => "SHARES_NOT_WHOLE",
  },
  "find/twice": {
    who: staff,
    from: all,
    to: "same",
    input: {
      shares: [
        { of: "person", id: "ann", percent: 50 },
        { of: "person", id: "ann", percent: 50 },
      ],
    },
    denied: () => "SHARES_NOT_WHOLE",
  },
  carry_out: carrying("r1"),
  "carry_out/second": carrying("r2"),
  verify: {
    who: staff,
    from: [...openStates, ...closedStates],
    to: "same",
    input: { id: "r1" },
    denied: (s) => (lineOf(s, "r1", "carried_out") ? undefined : "NOT_CARRIED_OUT"),
    makes: (s) => ({ ledger: s.ledger.map((one) => (one.id === "r1" ? { ...one, status: "verified" } : one)) }),
  },
  transfer: transferring("workshop"),
  "transfer/back": transferring("counter"),
  dispatch: { who: staff, from: openStates, to: "same", input: { to: "the kitchen" }, makes: () => ({ sent: true }) },
  visit: {
    who: staff,
    from: handled,
    to: "same",
    input: { text: "the seal is broken" },
    denied: (s) => (s.sent ? undefined : "NOBODY_SENT"),
    makes: () => ({ sent: false }),
  },
  promise: {
    who: staff,
    from: handled,
    to: "same",
    input: { for: "2099-01-01T00:00:00.000Z", channel: "phone", text: "by then" },
    makes: () => ({ promised: true }),
  },
  "promise/past": {
    who: staff,
    from: handled,
    to: "same",
    input: { for: "2026-03-02T12:00:00.000Z", channel: "phone", text: "by then" },
    denied: () => "PROMISE_IS_PAST",
  },
  answer: {
    who: staff,
    from: [...openStates, ...closedStates],
    to: "same",
    input: { channel: "letter", text: "all there is to say" },
  },
  deem: silently("acceptance", "resolving", (s) => ({ deemed: true, ...come(s, ["offered"], "accepted") })),
  give_up: silently("closing", "closed", (s) => come(s, ["offered"], "declined")),
  relate: {
    who: house,
    from: all,
    to: "same",
    input: { id: "c-2", as: "related" },
    makes: (s) => ({ links: { ...s.links, "c-2": "related" } }),
  },
  "relate/self": {
    who: house,
    from: all,
    to: "same",
    input: { id: "c-1", as: "related" },
    denied: () => "SAME_COMPLAINT",
  },
  "relate/merged": {
    who: house,
    from: all,
    to: "same",
    input: { id: "c-3", as: "merged" },
    denied: () => "MERGE_IT",
  },
  unrelate: {
    who: staff,
    from: all,
    to: "same",
    input: { id: "c-2" },
    denied: (s) => (s.links["c-2"] === undefined ? "NOT_LINKED" : s.links["c-2"] === "merged" ? "MERGED" : undefined),
    makes: ({ links: { "c-2": _, ...links } }) => ({ links }),
  },
  merge: { who: staff, from: handled, to: "merged", input: { into: "c-9" }, makes: () => ({ mergedInto: "c-9" }) },
  "merge/self": {
    who: staff,
    from: handled,
    to: "merged",
    input: { into: "c-1" },
    denied: () => "SAME_COMPLAINT",
  },
  absorb: {
    who: ["system"],
    from: handled,
    to: "same",
    input: { id: "c-2", customerId: "c-7" },
    makes: (s) => ({ links: { ...s.links, "c-2": "merged" } }),
  },
  "absorb/stranger": {
    who: ["system"],
    from: handled,
    to: "same",
    input: { id: "c-2", customerId: null },
    denied: () => "OTHER_CUSTOMER",
  },
  split: { who: staff, from: handled, to: "same", input: { summary: "and it hums" } },
};

export type Answer = { readonly refused: readonly string[] } | { readonly becomes: Situation };

/** What is to be expected of somebody's command: a code of refusal with every reason, or what the complaint becomes. */
export function expected(now: Now, command: string, who: Who, rules: House = {}): Answer {
  const edge = edges[command]!;
  if (!edge.who.includes(who)) return { refused: ["NOT_PERMITTED"] };
  if (!edge.from.includes(now.state)) return { refused: ["WRONG_STATE"] };
  const denied = [edge.denied?.(now, who, rules) ?? []].flat();
  if (denied.length > 0) return { refused: ["DENIED", ...denied] };
  const { lapses: _, waits: __, rested: ___, ...before } = now;
  const state = edge.to === "same" ? now.state : edge.to === "back" ? now.back! : edge.to;
  // A pause is left for where it came from; a pause within a pause there is none of in the core.
  const back = edge.to === "same" ? now.back : pausedStates.includes(state) ? now.state : null;
  return { becomes: { ...before, ...edge.makes?.(now, who, rules), state, back } };
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
    goesOn: ["complaint.disputed", "complaint.reopened", "complaint.appealed"],
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
