// What somebody writes who needs this one life and no library: a table of commands and a function that looks it up.
import type { Actor, Context, Draft } from "../../src/index.js";
import { clocksAfter, isClockDue, marksOf } from "./by-hand-clocks.js";
import type { Command, Complaint } from "./life.js";

type Input = Readonly<Record<string, unknown>>;
/** What a command does to a complaint: what is said, and which fields change by it. */
interface Happening {
  readonly type: string;
  readonly data: object;
  readonly change?: Partial<Complaint>;
  readonly v?: number;
}
interface Entry {
  readonly from: readonly string[];
  /** The next state; `undefined` stays, `back` returns to what the pause left. */
  readonly to?: Complaint["state"] | "back";
  readonly customer?: true;
  readonly system?: true;
  readonly manager?: true;
  readonly valid: (input: Input) => boolean;
  readonly denied?: (record: Complaint, actor: Actor, input: Input) => string | undefined;
  readonly happens: (record: Complaint, input: any, actor: Actor) => Happening;
}
export type Answer = { readonly next: Complaint; readonly event: Draft } | { readonly refused: string };

const open = ["received", "acknowledged", "assessed", "investigating", "proposed", "resolving", "resolved"];
const paused = ["waiting_for_customer", "waiting_for_third_party"];
const closed = ["closed", "withdrawn", "rejected"];
const unfinished = [...open, ...paused];
const anywhere = [...unfinished, ...closed];

const channels = ["phone", "email", "letter", "web", "chat", "visit", "social", "other"];
const natures = ["product", "service", "logistics", "other"];
const severities = ["low", "normal", "high", "critical"];
const remedies = [
  "refund",
  "replacement",
  "repair",
  "rework",
  "redelivery",
  "compensation",
  "improvement",
  "accountability",
  "apology",
  "explanation",
];

/** What no database can hold. */
const unstorable = /[\0\p{Surrogate}]/u;
const text = (value: unknown, max = 4000): boolean =>
  typeof value === "string" && value.length > 0 && value.length <= max && !unstorable.test(value);
const maybe = (value: unknown): boolean => value === undefined || text(value);
const one = (list: readonly string[], value: unknown): boolean => list.includes(value as string);
const assessment = (i: Input): boolean =>
  one(natures, i["nature"]) &&
  (i["scope"] === undefined || i["scope"] === "general" || i["scope"] === "major") &&
  one(severities, i["severity"]);
const amount = (value: unknown): boolean => {
  if (value === undefined) return true;
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  return Number.isSafeInteger(amount) && typeof currency === "string" && /^[A-Z]{3}$/.test(currency);
};
const reason = (i: Input): boolean => text(i["reason"]);
const spoken = (i: Input): boolean => maybe(i["words"]);
const spokenFor = (_: Complaint, actor: Actor, i: Input): string | undefined =>
  actor.kind === "customer" || i["words"] !== undefined ? undefined : "CUSTOMERS_WORDS_NEEDED";
const counted = (record: Complaint, what: keyof Complaint["tally"]) => ({
  tally: { ...record.tally, [what]: record.tally[what] + 1 },
});
const priorities = { critical: 1, high: 2, normal: 3, low: 4 } as const;
const assessed = (
  _: Complaint,
  i: { nature: never; scope?: "general" | "major"; severity: keyof typeof priorities },
): Happening => {
  const { nature, severity } = i;
  const scope = i.scope ?? (severity === "critical" ? "major" : "general");
  const change = { nature, scope, severity, priority: priorities[severity] };
  const data = scope === "major" && severity === "critical" ? { ...change, major: ["critical"] } : change;
  return { type: "complaint.assessed", data, change };
};
type Entries = NonNullable<Complaint["remedies"]>;
/** The ledger, where every line of a status has come further. */
type Status = Entries[number]["status"];
const listed = ({ remedies }: Complaint, from: readonly Status[], to: Status) =>
  remedies === undefined
    ? {}
    : { remedies: remedies.map((line) => (from.includes(line.status) ? { ...line, status: to } : line)) };
const owned = ({ owners, ownerId }: Complaint, next: string) => ({
  ownerId: next,
  ...(owners === undefined && ownerId !== null ? {} : { owners: [...(owners ?? []), next].slice(-10) }),
});
const said =
  (type: string, change: (record: Complaint) => Partial<Complaint> = () => ({})) =>
  (record: Complaint, i: { words?: string }): Happening => ({
    type,
    data: { words: i.words ?? null },
    change: change(record),
  });

const table: Readonly<Record<string, Entry>> = {
  acknowledge: {
    from: ["received"],
    to: "acknowledged",
    system: true,
    valid: (i) => i["channel"] === undefined || one(channels, i["channel"]),
    happens: (_, i) => ({ type: "complaint.acknowledged", data: { channel: i.channel ?? null } }),
  },
  assess: { from: ["acknowledged"], to: "assessed", valid: assessment, happens: assessed },
  reassess: {
    from: unfinished,
    valid: assessment,
    denied: (r) => (r.nature === null ? "NOT_ASSESSED" : undefined),
    happens: assessed,
  },
  investigate: {
    from: ["assessed"],
    to: "investigating",
    valid: () => true,
    happens: () => ({ type: "complaint.moved", data: { by: "investigate" } }),
  },
  propose: {
    from: ["assessed", "investigating"],
    to: "proposed",
    valid: (i) => one(remedies, i["remedy"]) && amount(i["amount"]) && text(i["message"]),
    denied: (r, actor) =>
      r.scope === "major" && !actor.roles?.includes("manager") ? "MAJOR_NEEDS_MANAGER" : undefined,
    happens: (r, i, actor) => {
      const proposal = { remedy: i.remedy, amount: i.amount ?? null, message: i.message };
      const lines: Entries = r.remedies ?? [];
      const offer = {
        id: `r${lines.length + 1}`,
        remedy: proposal.remedy,
        amount: proposal.amount,
        status: "offered",
        by: actor.id,
      } as const;
      const change = { proposal, remedies: [...lines, offer], ...counted(r, "proposals") };
      return { type: "complaint.proposed", data: { ...proposal, offers: [offer] }, change };
    },
  },
  accept: {
    from: ["proposed"],
    to: "resolving",
    customer: true,
    valid: spoken,
    denied: spokenFor,
    happens: said("complaint.accepted", (r) => listed(r, ["offered"], "accepted")),
  },
  decline: {
    from: ["proposed"],
    to: "investigating",
    customer: true,
    valid: reason,
    happens: (r, i) => ({
      type: "complaint.declined",
      data: { reason: i.reason },
      change: { proposal: null, ...listed(r, ["offered"], "declined") },
    }),
  },
  resolve: {
    from: ["resolving"],
    to: "resolved",
    valid: (i) => text(i["outcome"]),
    happens: (r, i) => ({
      type: "complaint.resolved",
      data: { outcome: i.outcome },
      change: listed(r, ["accepted"], "carried_out"),
    }),
  },
  confirm: {
    from: ["resolved"],
    to: "closed",
    customer: true,
    valid: spoken,
    denied: spokenFor,
    happens: said("complaint.confirmed", (r) => listed(r, ["carried_out"], "verified")),
  },
  dispute: {
    from: ["resolved"],
    to: "investigating",
    customer: true,
    valid: reason,
    happens: (r, i) => ({
      type: "complaint.disputed",
      data: { reason: i.reason },
      change: { proposal: null, ...listed(r, ["carried_out"], "declined") },
    }),
  },
  reopen: {
    from: closed,
    to: "investigating",
    customer: true,
    valid: reason,
    happens: (r, i) => ({
      type: "complaint.reopened",
      data: { reason: i.reason },
      change: { proposal: null, ...counted(r, "reopenings"), ...listed(r, ["offered", "accepted"], "declined") },
    }),
  },
  withdraw: {
    from: unfinished,
    to: "withdrawn",
    customer: true,
    valid: spoken,
    happens: said("complaint.withdrawn"),
  },
  reject: {
    from: ["received", "acknowledged", "assessed", "investigating"],
    to: "rejected",
    manager: true,
    valid: reason,
    happens: (_, i) => ({ type: "complaint.rejected", data: { reason: i.reason } }),
  },
  escalate: {
    from: open,
    system: true,
    valid: reason,
    denied: (r) => (r.level === 3 ? "HIGHEST_LEVEL" : undefined),
    happens: (r, i) => {
      const to = r.level === 1 ? 2 : 3;
      return { type: "complaint.escalated", data: { from: r.level, to, reason: i.reason }, change: { level: to } };
    },
  },
  assign: {
    from: unfinished,
    system: true,
    valid: (i) => text(i["ownerId"], 200),
    denied: (r) => (r.ownerId === null ? undefined : "ALREADY_OWNED"),
    happens: (r, i) => ({
      type: "complaint.assigned",
      v: 2,
      data: { ownerId: i.ownerId },
      change: owned(r, i.ownerId),
    }),
  },
  hand_over: {
    from: unfinished,
    valid: (i) => text(i["to"], 200) && text(i["reason"]),
    denied: (r, _, i) => (r.ownerId === null ? "NOT_OWNED" : r.ownerId === i["to"] ? "SAME_OWNER" : undefined),
    happens: (r, i) => ({
      type: "complaint.handed_over",
      data: { from: r.ownerId, to: i.to, reason: i.reason },
      change: { ...owned(r, i.to), ...counted(r, "handovers") },
    }),
  },
  note: {
    from: anywhere,
    system: true,
    valid: (i) => text(i["text"]),
    happens: (r, i) => ({ type: "complaint.noted", data: { text: i.text }, change: counted(r, "notes") }),
  },
  contact: {
    from: anywhere,
    customer: true,
    system: true,
    valid: (i) =>
      (i["direction"] === "in" || i["direction"] === "out") && one(channels, i["channel"]) && text(i["text"]),
    denied: (_, actor, i) => (actor.kind === "customer" && i["direction"] !== "in" ? "ONLY_INBOUND" : undefined),
    happens: (r, i) => ({
      type: "complaint.contacted",
      data: { direction: i.direction, channel: i.channel, text: i.text },
      change: counted(r, "contacts"),
    }),
  },
  wait_for_customer: {
    from: open,
    to: "waiting_for_customer",
    valid: (i) => text(i["question"]),
    happens: (r, i) => ({ type: "complaint.waited", data: { on: r.customerId, question: i.question } }),
  },
  wait_for_third_party: {
    from: open,
    to: "waiting_for_third_party",
    valid: (i) => text(i["party"], 200) && text(i["question"]),
    happens: (_, i) => ({ type: "complaint.waited", data: { on: i.party, question: i.question } }),
  },
  reply: {
    from: ["waiting_for_customer"],
    to: "back",
    customer: true,
    valid: (i) => one(channels, i["channel"]) && text(i["text"]),
    happens: (r, i) => ({
      type: "complaint.contacted",
      data: { direction: "in", channel: i.channel, text: i.text },
      change: counted(r, "contacts"),
    }),
  },
  resume: {
    from: paused,
    to: "back",
    valid: () => true,
    happens: () => ({ type: "complaint.resumed", data: {} }),
  },
};

const may = (entry: Entry, record: Complaint, { kind, id, roles }: Actor): boolean => {
  if (kind === "system") return entry.system === true;
  if (kind === "customer") return entry.customer === true && record.customerId === id;
  return entry.manager !== true || roles?.includes("manager") === true;
};

const days: Readonly<Partial<Record<Complaint["state"], number>>> = {
  received: 7,
  acknowledged: 7,
  assessed: 7,
  investigating: 7,
  proposed: 14,
  resolving: 7,
  resolved: 30,
  waiting_for_customer: 14,
  waiting_for_third_party: 14,
};
/** Whether time has something to say first. What that is, is left out: in the life that is measured it never has. */
function isDue({ state, stay, clocks }: Complaint, now: number): boolean {
  const allowed = days[state];
  if (allowed !== undefined) {
    const spent = stay.spent + now - Date.parse(stay.enteredAt);
    if (spent >= (allowed + 7 * stay.lapses) * 86_400_000) return true;
  }
  return isClockDue(clocks!, now);
}

export function decide(record: Complaint, command: Command, { actor, now }: Context): Answer {
  if (isDue(record, Date.parse(now))) return { refused: "DEADLINE_FIRST" };
  const entry = table[command.type];
  if (entry === undefined) return { refused: "UNKNOWN_COMMAND" };
  const input: Input = command.input ?? {};
  if (!entry.valid(input)) return { refused: "INVALID_INPUT" };
  if (!may(entry, record, actor)) return { refused: "NOT_PERMITTED" };
  if (!entry.from.includes(record.state)) return { refused: "WRONG_STATE" };
  const denied = entry.denied?.(record, actor, input);
  if (denied !== undefined) return { refused: denied };

  const { type, data, change, v = 1 } = entry.happens(record, input, actor);
  const version = record.version + 1;
  const event: { -readonly [X in keyof Draft]: Draft[X] } = {
    stream: { kind: "complaint", id: record.id },
    version,
    type,
    v,
    data,
    at: now,
    // Not the actor as it is: a host's user object may carry anything.
    actor:
      actor.roles === undefined
        ? { kind: actor.kind, id: actor.id }
        : { kind: actor.kind, id: actor.id, roles: actor.roles },
  };
  let { state, stay, clocks } = record;
  let pause: "begins" | "goes on" | "ends" | undefined;
  if (entry.to === "back") {
    const { since, spent, lapses } = stay.back!;
    state = stay.back!.state as Complaint["state"];
    stay = { enteredAt: now, since, spent, lapses, back: null };
    event.moved = { from: record.state, to: state };
    pause = "ends";
  } else if (entry.to !== undefined && paused.includes(entry.to)) {
    const spent = stay.spent + Date.parse(now) - Date.parse(stay.enteredAt);
    const back = { state, spent, lapses: stay.lapses, since: stay.since };
    state = entry.to;
    stay = { enteredAt: now, since: now, spent: 0, lapses: 0, back };
    event.moved = { from: record.state, to: state, back: record.state };
    pause = "begins";
  } else if (entry.to !== undefined) {
    if (stay.back !== null) pause = "ends";
    state = entry.to;
    stay = { enteredAt: now, since: now, spent: 0, lapses: 0, back: null };
    event.moved = { from: record.state, to: state };
  } else if (stay.back !== null) pause = "goes on";
  const over = !closed.includes(state) ? undefined : entry.to === undefined ? "is over" : "ends";
  const marks = marksOf(type, data, event.actor, record, over);
  if (marks !== undefined) event.marks = marks;
  clocks = clocksAfter(clocks!, marks, pause, now);
  return {
    next: { ...record, ...change, version, commandVersion: version, touchedAt: now, state, stay, clocks },
    event,
  };
}
