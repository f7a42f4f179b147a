import { guarded } from "../kernel/guarded.js";
import type { LocalDate } from "../kernel/instant.js";
import type { Money } from "../kernel/money.js";
import type { $ZodType } from "../kernel/schema.js";
import type { Token } from "../kernel/token.js";

/** What a measure can weigh. */
export type Measurable = number | string | boolean;

/** When a fact is looked at: some facts, such as how long ago something was, depend on it. */
export interface Looking {
  /** The local day. */
  readonly today: LocalDate;
  /** The currency of the policy, where it names one. */
  readonly currency: string | undefined;
}

/** Something the host knows of a customer, typed. */
export interface Fact<Id extends string = string, Value = any> extends Token<"fact", "customer", Id> {
  readonly revision: number;
  readonly "~types"?: { readonly value: Value };
  readonly "~def": {
    readonly value: $ZodType;
    readonly unit: "money" | undefined;
    readonly read: (value: never, looking: Looking) => Measurable | null;
  };
}

/**
 * Defines a fact: the schema of what is stored, and how it reads as something measurable (by default as it is). What
 * reads as anything but a text, a truth value or a finite number counts as missing. A fact whose `unit` is `money` reads
 * as minor units of the currency that the policy must then name; money of another currency counts as missing too.
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
    /** A policy that weighs money names its currency. */
    readonly unit?: "money";
    /** `null`: nothing to measure. */
    readonly read?: (value: NoInfer<Value>, looking: Looking) => Measurable | null;
  },
): Fact<Id, Value> {
  return guarded("INVALID_COMPOSITION", "fact", () => {
    return {
      token: "fact",
      of: "customer",
      id,
      revision: def.revision,
      "~def": {
        value: def.value as $ZodType,
        unit: def.unit,
        read: def.read ?? (def.unit === "money" ? amountIn : asItIs),
      },
    };
  });
}

const asItIs = (value: never): Measurable => value;
/** Amounts of two currencies are never compared. */
const amountIn = (money: Money, { currency }: Looking): number | null =>
  money.currency === currency ? money.amount : null;
