import * as z from "zod/mini";
import { type Instant, instantSchema, type LocalDate, localDateSchema } from "../kernel/instant.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { type RecordKind, recordKind } from "../lifecycle/record-kind.js";
import { channel, type FollowUpChannel } from "./policy.js";

/** How it ended. */
export type FollowUpOutcome = "reached" | "refused" | "unreached";

/** What one occurrence of a plan is made of. */
export interface Occurrence {
  readonly customerId: string;
  /** Which plan, step and anchor it comes from, and the day they give it: somebody may have moved it since. */
  readonly plan: {
    readonly id: string;
    readonly hash: string;
    readonly step: string;
    readonly key: string;
    readonly on: LocalDate;
  };
  readonly dueOn: LocalDate;
  /** The first instant of that day, in the zone of the house. */
  readonly dueAt: Instant;
  readonly channel: FollowUpChannel;
  readonly script: string;
  readonly attempts: number;
  readonly retryDays: number;
}

export interface FollowUpFields extends Occurrence {
  /** How often nobody answered. */
  readonly missed: number;
  readonly outcome: FollowUpOutcome | null;
}

/** A day that begins, and can be counted on from, within the years 0001 to 9999 in every zone. */
export const dayToCome = localDateSchema.check(
  z.refine((day) => day >= "0002" && day < "9998", { error: "years run from 0002 to 9997" }),
);
const count = z.int().check(z.minimum(0), z.maximum(3650));
const occurrence = {
  customerId: idText(),
  plan: z.object({ id: idText(), hash: text(64, 64), step: idText(), key: text(400), on: localDateSchema }),
  dueOn: localDateSchema,
  dueAt: instantSchema,
  channel,
  script: text(4000),
  attempts: count,
  retryDays: count,
};

/**
 * One contact that is to be made: planned, due, done. Its id follows from plan, step, customer and anchor, so planning
 * anew never doubles it.
 *
 * @example
 * ```ts
 * import { followUp } from "clientele";
 *
 * followUp.opened.id; // => "follow-up.opened"
 * ```
 */
export const followUp: RecordKind<"follow-up", FollowUpFields, Occurrence> = recordKind("follow-up", {
  revision: 1,
  initial: "planned",
  indexes: ["customerId", "dueOn", "channel"],
  owner: (f) => f.customerId,
  schema: z.object({
    ...occurrence,
    missed: count,
    outcome: z.nullable(z.enum(["reached", "refused", "unreached"])),
  }) as unknown as $ZodType<FollowUpFields, FollowUpFields>,
  input: z.object(occurrence) as unknown as $ZodType<Occurrence, Occurrence>,
  begin: (input: Occurrence): FollowUpFields => ({ ...input, missed: 0, outcome: null }),
});
