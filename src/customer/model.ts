import * as z from "zod/mini";
import { type Instant, instantSchema } from "../kernel/instant.js";
import { type Personal, personal } from "../kernel/personal.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { type RecordKind, recordKind } from "../lifecycle/record-kind.js";

/** Who is served (B1): buyers, the house's own people and departments, partners. */
export type PartyKind =
  | "person"
  | "company"
  | "employee"
  | "department"
  | "supplier"
  | "distributor"
  | "dealer"
  | "partner";

/** A fact with where it comes from and since when it is so. */
export interface KnownFact {
  readonly value: unknown;
  readonly source: string;
  readonly at: Instant;
}

/** What is known of a customer beside the stage of the relationship, which is the state. */
export interface CustomerFields {
  readonly party: PartyKind;
  readonly name: Personal<string> | null;
  /** By the id of the fact; the newest of each. */
  readonly facts: Readonly<Record<string, KnownFact>>;
}

export interface CustomerInput {
  /** Default `person`. */
  readonly party?: PartyKind | undefined;
  readonly name?: Personal<string> | undefined;
}

export const party: $ZodType<PartyKind, PartyKind> = z.enum([
  "person",
  "company",
  "employee",
  "department",
  "supplier",
  "distributor",
  "dealer",
  "partner",
]);
export const name = personal(text(400));
export const knownFact = z.object({ value: z.unknown(), source: text(200), at: instantSchema });

/**
 * The customer, as the host's facts reach the house. Opened under the host's own id of the customer, which is also
 * whose data it is.
 *
 * @example
 * ```ts
 * import { customer } from "clientele";
 *
 * customer.opened.id; // => "customer.opened"
 * ```
 */
export const customer: RecordKind<"customer", CustomerFields, CustomerInput> = recordKind("customer", {
  revision: 1,
  initial: "interested",
  indexes: ["party"],
  owner: (c) => c.id,
  schema: z.object({
    party,
    name: z.nullable(name),
    facts: z.record(idText(), knownFact),
  }) as unknown as $ZodType<CustomerFields, CustomerFields>,
  input: z.object({ party: z.optional(party), name: z.optional(name) }) as unknown as $ZodType<
    CustomerInput,
    CustomerInput
  >,
  begin: (input: CustomerInput): CustomerFields => ({
    party: input.party ?? "person",
    name: input.name ?? null,
    facts: {},
  }),
});
