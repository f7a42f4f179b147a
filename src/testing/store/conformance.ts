import type { Store } from "../../ports/store.js";
import type { Law } from "../law.js";
import { consumerLaws } from "./consumers.js";
import { dueLaws } from "./due.js";
import { eventLaws } from "./events.js";
import { findLaws } from "./find.js";
import { joinLaws } from "./join.js";
import { outboxLaws } from "./outbox.js";
import { peopleLaws } from "./people.js";
import { readsLaws } from "./reads.js";
import { receiptLaws } from "./receipts.js";
import { recordLaws } from "./records.js";
import { tenantLaws } from "./tenants.js";
import { unitLaws } from "./units.js";

/** How a store is proved. */
export interface ConformanceOptions {
  /**
   * The store runs one unit at a time: a second one begins when the first has ended. The laws that hold two units open
   * at once, which would wait for ever, are then left out.
   */
  readonly serial?: boolean;
}

/**
 * Every promise of the ports `Store` and `Outbox`, as laws that any test runner can drive. Each law asks `make` for a
 * fresh, empty store, and throws an `Error` that says what was expected and what was found.
 *
 * @example
 * ```ts
 * import { memoryStore } from "clientele";
 * import { storeConformance } from "clientele/testing";
 *
 * const laws = storeConformance(() => memoryStore());
 * // With vitest: test.each(laws)("$law", ({ run }) => run());
 * for (const { run } of laws) await run();
 * laws.some(({ law }) => law === "a failing unit leaves nothing behind"); // => true
 * ```
 */
export function storeConformance(
  make: () => Promise<Store<any>> | Store<any>,
  options: ConformanceOptions = {},
): readonly Law[] {
  return [
    ...recordLaws,
    ...unitLaws,
    ...readsLaws,
    ...tenantLaws,
    ...eventLaws,
    ...receiptLaws,
    ...findLaws,
    ...dueLaws,
    ...outboxLaws,
    ...consumerLaws,
    ...peopleLaws,
    ...joinLaws,
  ]
    .filter(({ overlapping }) => options.serial !== true || overlapping !== true)
    .map(({ law, run }) => ({ law, run: async () => run(await make()) }));
}
