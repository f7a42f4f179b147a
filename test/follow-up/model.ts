import type { Actor } from "../../src/kernel/context.js";

/** The follow-up once more, without a line of the library: who may do what from where, and where that leads. */
export type Who = "staff" | "customer" | "system";
export const everybody: Readonly<Record<Who, Actor>> = {
  staff: { kind: "staff", id: "ann" },
  customer: { kind: "customer", id: "c-7" },
  system: { kind: "system", id: "plan_all" },
};
export interface Situation {
  readonly state: string;
  readonly missed: number;
  readonly dueOn: string;
}
export const attempts = 3;
export const open = ["planned", "due", "overdue"];
export const closed = ["done", "cancelled", "dropped"];

const both: readonly Who[] = ["staff", "system"];
interface Edge {
  readonly who: readonly Who[];
  readonly from: readonly string[];
  readonly to: string;
  readonly input?: object;
  readonly denied?: (situation: Situation) => string | undefined;
}
const moveTo = (dueOn: string): Edge => ({
  who: both,
  from: open,
  to: "planned",
  input: { dueOn },
  denied: (s) => (s.dueOn === dueOn ? "SAME_DAY" : undefined),
});
/** Every command; a name with a slash is the same command with another input. */
export const edges: Readonly<Record<string, Edge>> = {
  reach: { who: both, from: open, to: "done", input: { words: "fine" } },
  refuse: { who: both, from: open, to: "done", input: {} },
  miss: {
    who: both,
    from: open,
    to: "planned",
    denied: (s) => (s.missed + 1 >= attempts ? "LAST_ATTEMPT" : undefined),
  },
  abandon: { who: both, from: open, to: "done" },
  reschedule: moveTo("2026-03-20"),
  "reschedule/later": moveTo("2026-05-20"),
  cancel: { who: both, from: open, to: "cancelled", input: { reason: "moved away" } },
  replan: { who: ["system"], from: ["planned", "dropped"], to: "planned", input: { dueOn: "2026-04-01" } },
  drop: { who: ["system"], from: ["planned"], to: "dropped" },
};

/** What is to be expected: codes of refusal, or the state it leads to. */
export function expected(situation: Situation, command: string, who: Who) {
  const edge = edges[command]!;
  if (!edge.who.includes(who)) return { refused: ["NOT_PERMITTED"] };
  if (!edge.from.includes(situation.state)) return { refused: ["WRONG_STATE"] };
  const denied = edge.denied?.(situation);
  return denied === undefined ? { state: edge.to } : { refused: ["DENIED", denied] };
}
