import type { Actor } from "../../src/kernel/context.js";

/** The invitation once more, without a line of the library: who may do what from where, and where that leads. */
export type Who = "staff" | "customer" | "stranger" | "system";
export const everybody: Readonly<Record<Who, Actor>> = {
  staff: { kind: "staff", id: "ann" },
  customer: { kind: "customer", id: "c-7" },
  stranger: { kind: "customer", id: "c-8" },
  system: { kind: "system", id: "survey" },
};
export const states = ["invited", "answered", "dismissed", "expired", "not_applicable"];

const may: readonly Who[] = ["staff", "customer", "system"];
interface Edge {
  readonly to: string;
  readonly input?: object;
  readonly denied?: string;
}
/** Every command; a name with a slash is the same command with another input. */
export const edges: Readonly<Record<string, Edge>> = {
  answer: { to: "answered", input: { answers: { csat: 4 }, comment: "fine" } },
  "answer/badly": { to: "answered", input: { answers: { csat: 1, nps: null } } },
  "answer/nothing": { to: "", input: { answers: { csat: null } }, denied: "NOTHING_ANSWERED" },
  "answer/off": { to: "", input: { answers: { csat: 6 } }, denied: "SCORE_OFF_SCALE" },
  "answer/other": { to: "", input: { answers: { ces: 6 } }, denied: "QUESTION_NOT_ASKED" },
  dismiss: { to: "dismissed" },
  excuse: { to: "not_applicable" },
};

/** What is to be expected: codes of refusal, or the state it leads to. */
export function expected(state: string, command: string, who: Who) {
  const { to, denied } = edges[command]!;
  if (!may.includes(who)) return { refused: ["NOT_PERMITTED"] };
  if (state !== "invited") return { refused: ["WRONG_STATE"] };
  return denied === undefined ? { state: to } : { refused: ["DENIED", denied] };
}
