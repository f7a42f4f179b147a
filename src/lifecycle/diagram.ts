import { guarded } from "../kernel/guarded.js";
import type { Token } from "../kernel/token.js";
import { type AnyKind, accepts, tokensOf } from "./compile.js";
import type { State, Transition } from "./tokens.js";

/**
 * The life of a kind as a Mermaid state diagram. Commands that keep the state are left out; a return from a pause
 * leads to the choice it really is; a deadline that moves the record is drawn as an arrow of the clock.
 *
 * @example
 * ```ts
 * import { complaint, createServiceRules, lifecycleDiagram } from "clientele";
 *
 * lifecycleDiagram(complaint, createServiceRules().tokens).split("\n")[0]; // => "stateDiagram-v2"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function lifecycleDiagram(
  kind: AnyKind,
  tokens: readonly Token[],
  label: (part: "states" | "commands", id: string) => string = (_, id) => id.slice(kind.id.length + 1),
  words: { readonly previous: string; readonly deadline: string } = {
    previous: "where it was",
    deadline: "(deadline)",
  },
): string {
  return guarded("INVALID_COMPOSITION", "lifecycleDiagram", () => drawn(kind, tokens, label, words));
}

function drawn(
  kind: AnyKind,
  tokens: readonly Token[],
  label: (part: "states" | "commands", id: string) => string,
  words: { readonly previous: string; readonly deadline: string },
): string {
  const states = tokensOf<State>(tokens, kind.id, "state");
  const transitions = tokensOf<Transition>(tokens, kind.id, "transition");
  const node = new Map(states.map((s, i) => [s.id, `s${i}`]));
  const named = (part: "states" | "commands", id: string) => label(part, `${kind.id}/${id}`).replaceAll(/[:\n]/g, " ");
  const lines = states.map((s) => `  state "${named("states", s.id).replaceAll('"', "'")}" as ${node.get(s.id)}`);
  const arrow = (from: string, to: string | undefined, text: string) => {
    if (to !== undefined) lines.push(`  ${from} --> ${to}: ${text}`);
  };
  const paused = states.some((s) => s.phase === "paused");
  if (paused) lines.push(`  state "${words.previous}" as previous`);
  lines.push(`  [*] --> ${node.get(kind["~def"].initial) ?? "[*]"}`);
  for (const t of transitions) {
    const { from, to } = t["~def"];
    if (to === "same") continue;
    for (const s of states.filter((s) => accepts(from, s)))
      arrow(node.get(s.id)!, to === "previous" ? "previous" : node.get(to.id), named("commands", t.id));
  }
  for (const s of states) {
    if (s.then !== undefined)
      arrow(node.get(s.id)!, s.then === "previous" ? "previous" : node.get(s.then.id), words.deadline);
    if (s.phase === "closed") lines.push(`  ${node.get(s.id)} --> [*]`);
  }
  return ["stateDiagram-v2", ...lines].join("\n");
}
