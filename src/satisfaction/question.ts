import type { Token } from "../kernel/token.js";

/** A question that is answered with a whole score. */
export interface Question<Id extends string = string> extends Token<"question", "satisfaction", Id> {
  readonly revision: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Defines a question by its scale of whole scores. Its words are labels: `words["question/<id>"]`.
 *
 * @example
 * ```ts
 * import { question } from "clientele";
 *
 * question("acme.punctuality", { revision: 1, min: 1, max: 5 }).max; // => 5
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function question<const Id extends string>(
  id: Id,
  def: { readonly revision: number; readonly min: number; readonly max: number },
): Question<Id> {
  return { token: "question", of: "satisfaction", id, revision: def.revision, min: def.min, max: def.max };
}
