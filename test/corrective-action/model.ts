import type { Actor } from "../../src/kernel/context.js";
import { day } from "./given.js";

/**
 * The corrective action once more, without a line of the library: it keeps a situation of its own, and says of every
 * command who may give it when, and what becomes of the situation.
 */
export type Who = "ann" | "bea" | "manager" | "customer" | "system";
export const everybody: Readonly<Record<Who, Actor>> = {
  ann: { kind: "staff", id: "ann" },
  bea: { kind: "staff", id: "bea" },
  manager: { kind: "staff", id: "max", roles: ["manager"] },
  customer: { kind: "customer", id: "c-7" },
  system: { kind: "system", id: "recurrence" },
};

export interface Situation {
  readonly state: string;
  readonly round: number;
  readonly level: number;
  readonly owner: string | null;
  readonly complaints: readonly string[];
  /** What is planned: of what kind, by whom, and when it was done. */
  readonly actions: Readonly<
    Record<string, { readonly kind: string; readonly by: string; readonly done: number | null }>
  >;
  readonly submittedBy: string | null;
  readonly allowed: number | null;
  readonly verifiedBy: string | null;
  readonly checkAt: number | null;
  /** What the last check found. */
  readonly effective: boolean | null;
}
export const beginning: Situation = {
  state: "containing",
  round: 1,
  level: 1,
  owner: null,
  complaints: ["c-1", "c-2"],
  actions: {},
  submittedBy: null,
  allowed: null,
  verifiedBy: null,
  checkAt: null,
  effective: null,
};

export const openStates = ["containing", "analysing", "planning", "verifying", "implementing", "observing"];
export const closedStates = ["closed", "cancelled"];
const all = [...openStates, ...closedStates];
const staff: readonly Who[] = ["ann", "bea", "manager"];
const house: readonly Who[] = [...staff, "system"];

type Denied = readonly (string | false | undefined)[];
interface Edge {
  readonly who: readonly Who[];
  readonly from: readonly string[];
  readonly input?: object;
  readonly denied?: (s: Situation, by: string, at: number) => Denied;
  readonly then: (s: Situation, by: string, at: number) => Partial<Situation>;
}

const names = (s: Situation, done: boolean) =>
  Object.keys(s.actions).filter((id) => (s.actions[id]!.done !== null) === done);
const without = (s: Situation, ids: readonly string[]) =>
  Object.fromEntries(Object.entries(s.actions).filter(([id]) => !ids.includes(id)));
const noPlan = { submittedBy: null, allowed: null, verifiedBy: null };
const nextRound = (s: Situation) => ({
  ...noPlan,
  round: s.round + 1,
  actions: without(s, names(s, true)),
  checkAt: null,
  effective: null,
});
const reason = { reason: "because" };

const plan = (id: string, kind: string): Edge => ({
  who: staff,
  from: ["containing", "planning"],
  input: { id, kind, what: "something", ownerId: "joe", dueAt: day(30) },
  denied: (s) => [
    id in s.actions ? "ALREADY_PLANNED" : kind !== "containment" && s.state === "containing" && "ANALYSE_FIRST",
  ],
  then: (s, by) => ({ actions: { ...s.actions, [id]: { kind, by, done: null } } }),
});
const known = (s: Situation, id: string) =>
  id in s.actions ? s.actions[id]!.done !== null && "ALREADY_DONE" : "UNKNOWN_ACTION";
const drop = (id: string): Edge => ({
  who: staff,
  from: ["containing", "planning"],
  input: { id },
  denied: (s) => [known(s, id)],
  then: (s) => ({ actions: without(s, [id]) }),
});
const complete = (id: string): Edge => ({
  who: staff,
  from: ["implementing"],
  input: { id },
  denied: (s) => [known(s, id)],
  then: (s, _, at) => ({ actions: { ...s.actions, [id]: { ...s.actions[id]!, done: at } } }),
});
const check = (passes: boolean, later: readonly string[]): Edge => ({
  who: staff,
  from: ["observing"],
  input: { later },
  denied: (s, _, at) => [
    at < s.checkAt! && "TOO_EARLY_TO_CHECK",
    passes !== later.length <= s.allowed! && (passes ? "NOT_EFFECTIVE" : "EFFECTIVE"),
  ],
  then: (s) =>
    passes ? { state: "closed", effective: true } : { ...nextRound(s), state: "analysing", effective: false },
});
const link = (complaintId: string): Edge => ({
  who: house,
  from: all,
  input: { complaintId },
  denied: (s) => [s.complaints.includes(complaintId) && "ALREADY_LINKED"],
  then: (s) => ({ complaints: [...s.complaints, complaintId] }),
});
const unlink = (complaintId: string): Edge => ({
  who: staff,
  from: all,
  input: { complaintId },
  denied: (s) => [
    s.complaints.length === 1 && "LAST_COMPLAINT",
    !s.complaints.includes(complaintId) && "UNKNOWN_COMPLAINT",
  ],
  then: (s) => ({ complaints: s.complaints.filter((id) => id !== complaintId) }),
});
const handOver = (to: string): Edge => ({
  who: staff,
  from: openStates,
  input: { to, reason: "shift" },
  denied: (s) => [s.owner === null && "NO_OWNER", s.owner === to && "SAME_OWNER"],
  then: () => ({ owner: to }),
});

/** How long the effect is observed, in milliseconds. */
const observed = 20 * 86_400_000;

/** Every command; a name with a slash is the same command with another input. */
export const edges: Readonly<Record<string, Edge>> = {
  contain: {
    who: staff,
    from: ["containing"],
    input: { what: "Every one is looked at" },
    then: (s, _, at) => ({
      state: "analysing",
      actions: Object.fromEntries(
        Object.entries(s.actions).map(([id, a]) => [id, a.kind === "containment" ? { ...a, done: a.done ?? at } : a]),
      ),
    }),
  },
  analyse: {
    who: staff,
    from: ["analysing", "planning"],
    input: { whys: ["why", "because"], cause: "cold_seal" },
    then: () => ({ state: "planning" }),
  },
  "plan_action/sort": plan("sort", "containment"),
  "plan_action/heat": plan("heat", "corrective"),
  "plan_action/test": plan("test", "preventive"),
  "drop_action/sort": drop("sort"),
  "drop_action/heat": drop("heat"),
  submit: {
    who: staff,
    from: ["planning"],
    input: { days: 20, allowed: 1 },
    denied: (s) => [!names(s, false).some((id) => s.actions[id]!.kind !== "containment") && "NOTHING_PLANNED"],
    then: (_, by) => ({ state: "verifying", submittedBy: by, allowed: 1 }),
  },
  verify: {
    who: staff,
    from: ["verifying"],
    input: { method: "tried" },
    denied: (s, by) => [
      [s.submittedBy, ...names(s, false).map((id) => s.actions[id]!.by)].includes(by) && "SAME_PERSON",
    ],
    then: (_, by) => ({ state: "implementing", verifiedBy: by }),
  },
  replan: {
    who: staff,
    from: ["verifying", "implementing"],
    input: reason,
    then: () => ({ ...noPlan, state: "planning" }),
  },
  reanalyse: {
    who: staff,
    from: ["planning", "verifying", "implementing", "observing"],
    input: reason,
    then: (s) => ({ ...nextRound(s), state: "analysing" }),
  },
  "complete/sort": complete("sort"),
  "complete/heat": complete("heat"),
  "complete/test": complete("test"),
  implement: {
    who: staff,
    from: ["implementing"],
    denied: (s) => [names(s, false).length > 0 && "ACTIONS_OPEN"],
    then: (s) => ({
      state: "observing",
      checkAt: Math.max(...Object.values(s.actions).map((a) => a.done!)) + observed,
    }),
  },
  "pass_check/none": check(true, []),
  "pass_check/two": check(true, ["c-8", "c-9"]),
  "fail_check/none": check(false, ["c-8"]),
  "fail_check/two": check(false, ["c-8", "c-9"]),
  cancel: { who: ["manager"], from: openStates, input: reason, then: () => ({ state: "cancelled" }) },
  reopen: {
    who: house,
    from: closedStates,
    input: reason,
    then: (s) => ({ ...nextRound(s), state: "containing" }),
  },
  "link/again": link("c-1"),
  "link/new": link("c-3"),
  "unlink/first": unlink("c-1"),
  "unlink/second": unlink("c-2"),
  "unlink/new": unlink("c-3"),
  assign: {
    who: house,
    from: openStates,
    input: { ownerId: "ann" },
    denied: (s) => [s.owner !== null && "HAS_OWNER"],
    then: () => ({ owner: "ann" }),
  },
  "hand_over/bea": handOver("bea"),
  "hand_over/ann": handOver("ann"),
  escalate: {
    who: house,
    from: openStates,
    input: reason,
    denied: (s) => [s.level === 3 && "TOP_LEVEL"],
    then: (s) => ({ level: s.level + 1 }),
  },
  note: { who: house, from: all, input: { text: "noted" }, then: () => ({}) },
};

/** What is to be expected of somebody's command: codes of refusal, or the situation it leads to. */
export function expected(
  s: Situation,
  command: string,
  who: Who,
  at: number,
): { readonly refused: readonly string[] } | { readonly next: Situation } {
  const edge = edges[command]!;
  const by = everybody[who].id;
  if (!edge.who.includes(who)) return { refused: ["NOT_PERMITTED"] };
  if (!edge.from.includes(s.state)) return { refused: ["WRONG_STATE"] };
  const denied = (edge.denied?.(s, by, at) ?? []).filter((code) => typeof code === "string");
  return denied.length > 0 ? { refused: ["DENIED", ...denied] } : { next: { ...s, ...edge.then(s, by, at) } };
}

/** What the house promises where it has set nothing else, in milliseconds; and what of the log begins and ends it. */
export const promised = [
  { clock: "containment", within: 24 * 3_600_000, from: ["opened", "reopened"], until: ["contained"] },
  {
    clock: "implementation",
    within: 720 * 3_600_000,
    near: 0.8 * 720 * 3_600_000,
    from: ["verified"],
    until: ["implemented", "sent_back"],
  },
  { clock: "effectiveness", within: 336 * 3_600_000, from: ["check due"], until: ["checked", "sent_back"] },
] as const;
