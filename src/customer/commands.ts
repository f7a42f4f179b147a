import * as z from "zod/mini";
import { type Denial, deny } from "../kernel/result.js";
import { idText, parse, text } from "../kernel/schema.js";
import type { Installed } from "../kernel/token.js";

import type { Fact } from "../scorecard/index.js";
import { factsRecorded, left, renamed } from "./events.js";
import { customer, name } from "./model.js";
import * as state from "./states.js";

const anyPhase = { phase: ["open", "paused", "closed"] } as const;

/** Takes facts in: each of an installed kind, each fitting its schema, all from one source as of one instant. */
export const recordFacts = customer.transition("record_facts", {
  from: anyPhase,
  to: "same",
  backdated: true,
  input: z.object({ facts: z.record(idText(), z.unknown()), source: text(200) }),
  guard: ({ input, installed }) => {
    const facts = Object.entries(input.facts);
    if (facts.length === 0 || facts.length > 500) return deny("FACTS_NEEDED", "1 to 500 facts are needed");
    return facts.map(([id, value]) => wrong(id, value, installed)).find((denial) => denial !== undefined) ?? true;
  },
  emits: [factsRecorded],
  emit: ({ input, at, installed }) => {
    // What is kept is what the schema made of it: the guard has read the same value by the same schema.
    const known = Object.entries(input.facts).map(([id, told]) => {
      const read = parse((installed("fact", id) as Fact)["~def"].value, told);
      return [id, { value: read.ok ? read.value : told, source: input.source, at }] as const;
    });
    return factsRecorded({ facts: Object.fromEntries(known) });
  },
});

function wrong(id: string, value: unknown, installed: Installed): Denial | undefined {
  const fact = installed("fact", id) as Fact | undefined;
  if (fact === undefined) return deny("UNKNOWN_FACT", `no installed fact is called "${id}"`);
  const read = parse(fact["~def"].value, value);
  return read.ok ? undefined : deny("INVALID_FACT", `${id}: ${read.error[0]?.message}`);
}

export const rename = customer.transition("rename", {
  from: anyPhase,
  to: "same",
  input: z.object({ name: z.nullable(name) }),
  emits: [renamed],
  emit: ({ input }) => renamed(input),
});
/** Is about to sign. */
export const qualify = customer.transition("qualify", { from: [state.interested], to: state.likely });
export const sign = customer.transition("sign", { from: [state.interested, state.likely], to: state.signed });
export const leave = customer.transition("leave", {
  from: [state.interested, state.likely, state.signed],
  to: state.former,
  input: z.object({ reason: text(200) }),
  emits: [left],
  emit: ({ input }) => left(input),
});
/** Has come back. */
export const winBack = customer.transition("win_back", { from: [state.former], to: state.interested });
/** Somebody has looked over what is known, and it is still so: the year begins anew. */
export const confirmFacts = customer.transition("confirm_facts", { from: [state.signed], to: state.signed });
