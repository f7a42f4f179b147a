import type { KnownFact } from "../customer/index.js";
import type { Facts } from "../scorecard/index.js";

/** The bare values of the facts that a customer record keeps, as a grader reads them. */
export function factValues(facts: Readonly<Record<string, KnownFact>>): Facts {
  return Object.fromEntries(Object.entries(facts).map(([id, known]) => [id, known.value]));
}
