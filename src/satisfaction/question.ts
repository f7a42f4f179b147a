import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import type { Token } from "../kernel/token.js";

/** A question that is answered with a whole score. */
export interface Question<Id extends string = string> extends Token<"question", "satisfaction", Id> {
  readonly revision: number;
  /** How surveys and answers name it: `id`, and from revision 2 on `id@revision`, for it is another question then. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly "~def": object;
}

/**
 * Defines a question by its scale of whole scores. Its words are labels: `words["question/<id>"]`. Throws
 * `INVALID_OPTIONS` for a scale that is not 2 to 101 whole scores.
 *
 * @example
 * ```ts
 * import { question } from "clientele";
 *
 * question("acme.punctuality", { revision: 1, min: 1, max: 5 }).name; // => "acme.punctuality"
 * question("acme.punctuality", { revision: 2, min: 1, max: 7 }).name; // => "acme.punctuality@2"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function question<const Id extends string>(
  id: Id,
  def: { readonly revision: number; readonly min: number; readonly max: number },
): Question<Id> {
  const { revision, min, max, name } = guarded("INVALID_COMPOSITION", "question", () => ({
    ...def,
    name: def.revision === 1 ? id : `${id}@${def.revision}`,
  }));
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max <= min || max - min > 100)
    throw new ClienteleError("INVALID_OPTIONS", `2 to 101 whole scores are needed`);
  return { token: "question", of: "satisfaction", id, revision, name, min, max, "~def": {} };
}
