import * as z from "zod/mini";
import { type Instant, instantSchema } from "../kernel/instant.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { type RecordKind, recordKind } from "../lifecycle/record-kind.js";
import type { Graded } from "./grade.js";

/** A grade that a person has set, instead of what the policy says. */
export interface Override {
  readonly grade: string;
  readonly reason: string;
  readonly by: string;
}

/** The grade of one customer. */
export interface GradingFields {
  readonly customerId: string;
  /** The grade that holds: the override's, or the natural one. */
  readonly grade: string | null;
  /** What the policy says, kept beneath an override. */
  readonly natural: Graded | null;
  readonly override: Override | null;
  /** When the override ends. */
  readonly overrideUntil: Instant | null;
}

export const gradedSchema = z.object({
  grade: z.nullable(text(50)),
  score: z.nullable(z.int()),
  coverage: z.int(),
  policy: text(64),
});
export const overrideSchema = z.object({ grade: text(50), reason: text(4000), by: idText() });

/**
 * The grade of a customer as a record with a life: graded, graded anew on every new fact, kept by hand for a time.
 * Its id is the customer's.
 *
 * @example
 * ```ts
 * import { grading } from "clientele";
 *
 * grading.opened.id; // => "grading.opened"
 * ```
 */
export const grading: RecordKind<"grading", GradingFields, { readonly customerId: string }> = recordKind("grading", {
  revision: 1,
  initial: "graded",
  indexes: ["customerId", "grade"],
  owner: (g) => g.customerId,
  schema: z.object({
    customerId: idText(),
    grade: z.nullable(text(50)),
    natural: z.nullable(gradedSchema),
    override: z.nullable(overrideSchema),
    overrideUntil: z.nullable(instantSchema),
  }) as unknown as $ZodType<GradingFields, GradingFields>,
  input: z.object({ customerId: idText() }) as unknown as $ZodType<
    { readonly customerId: string },
    { readonly customerId: string }
  >,
  begin: ({ customerId }: { readonly customerId: string }): GradingFields => ({
    customerId,
    grade: null,
    natural: null,
    override: null,
    overrideUntil: null,
  }),
});
