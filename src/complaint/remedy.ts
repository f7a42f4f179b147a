import { guarded } from "../kernel/guarded.js";
import type { Token } from "../kernel/token.js";

/** A remedy that a plugin adds to those of the core. */
export interface RemedyKind<Id extends string = string> extends Token<"remedy", "complaint", Id> {
  readonly "~def": object;
}

/**
 * Defines a remedy: proposals, limits and wishes may then name it by its id.
 *
 * @example
 * ```ts
 * import { createServiceRules, definePlugin, remedyKind } from "clientele";
 *
 * const voucher = remedyKind("acme.voucher");
 * const acme = definePlugin({
 *   id: "acme", tokens: [voucher], labels: { en: { words: { "remedy/acme.voucher": "Voucher" } } },
 * });
 * createServiceRules({ plugins: [acme] }).diagnostics.length; // => 0
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function remedyKind<const Id extends `${string}.${string}`>(id: Id): RemedyKind<Id> {
  return guarded("INVALID_COMPOSITION", "remedyKind", () => {
    if (!/^[\w-]+\.[\w.-]{1,90}$/.test(id)) throw new TypeError("the id of a plugin's remedy is needed");
    return { token: "remedy", of: "complaint", id, "~def": {} };
  });
}
