import type { LocalDate } from "../kernel/instant.js";
import type { $ZodType } from "../kernel/schema.js";
import type { Token } from "../kernel/token.js";

/** What a measure can weigh. */
export type Measurable = number | string | boolean;

/** When a fact is looked at: some facts, such as how long ago something was, depend on it. */
export interface Looking {
  /** The local day. */
  readonly today: LocalDate;
}

/** Something the host knows of a customer, typed. */
export interface Fact<Id extends string = string, Value = any> extends Token<"fact", "customer", Id> {
  readonly revision: number;
  readonly "~types"?: { readonly value: Value };
  readonly "~def": {
    readonly value: $ZodType;
    readonly read: ((value: never, looking: Looking) => Measurable | null) | undefined;
  };
}

/**
 * Defines a fact: the schema of what is stored, and how it reads as something measurable (by default as it is).
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { fact } from "clientele";
 *
 * const seats = fact("acme.seats", { revision: 1, value: z.int() });
 * seats.id; // => "acme.seats"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function fact<const Id extends string, Value>(
  id: Id,
  def: {
    readonly revision: number;
    readonly value: $ZodType<Value>;
    /** `null`: nothing to measure. */
    readonly read?: (value: NoInfer<Value>, looking: Looking) => Measurable | null;
  },
): Fact<Id, Value> {
  return {
    token: "fact",
    of: "customer",
    id,
    revision: def.revision,
    "~def": { value: def.value as $ZodType, read: def.read as never },
  };
}
