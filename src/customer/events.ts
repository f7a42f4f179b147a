import * as z from "zod/mini";
import { idText, text } from "../kernel/schema.js";
import { customer, type KnownFact, knownFact, name } from "./model.js";

/** Facts have reached the house. */
export const factsRecorded = customer.event("customer.facts_recorded", {
  v: 1,
  data: z.object({ facts: z.record(idText(), knownFact) }),
  evolve: (c, data) => ({ facts: newest(c.facts, data.facts as Readonly<Record<string, KnownFact>>) }),
});
export const renamed = customer.event("customer.renamed", {
  v: 1,
  data: z.object({ name: z.nullable(name) }),
  evolve: (_, data) => ({ name: data.name }),
});
/** Why a customer left: words of the house's own taxonomy, and what the customer said. */
export const left = customer.event("customer.left", { v: 1, data: z.object({ reason: text(200) }) });

/** A fact that arrives late does not replace a newer one. */
function newest(
  known: Readonly<Record<string, KnownFact>>,
  told: Readonly<Record<string, KnownFact>>,
): Readonly<Record<string, KnownFact>> {
  const facts: Record<string, KnownFact> = { ...known };
  for (const [id, fact] of Object.entries(told)) {
    if (!Object.hasOwn(facts, id) || facts[id]!.at <= fact.at) facts[id] = fact;
  }
  return facts;
}
