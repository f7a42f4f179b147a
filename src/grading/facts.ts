import type { KnownFact } from "../customer/index.js";
import { guarded } from "../kernel/guarded.js";
import type { Facts } from "../scorecard/index.js";

/**
 * The bare values of the facts that a customer record keeps, as a grader reads them.
 *
 * @example
 * ```ts
 * import { factValues } from "clientele";
 *
 * factValues({ frequency: { value: 3, source: "shop", at: "2026-01-01T00:00:00.000Z" } }); // => { frequency: 3 }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function factValues(facts: Readonly<Record<string, KnownFact>>): Facts {
  return guarded("INVALID_OPTIONS", "factValues", () =>
    Object.fromEntries(Object.entries(facts).map(([id, known]) => [id, known.value])),
  );
}
