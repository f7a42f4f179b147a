import * as z from "zod/mini";
import { type Instant, instantSchema } from "../kernel/instant.js";
import { type Personal, personal } from "../kernel/personal.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { type RecordKind, recordKind } from "../lifecycle/record-kind.js";

/** Containment protects customers meanwhile, correction removes the cause, prevention keeps it from arising elsewhere. */
export type ActionKind = "containment" | "corrective" | "preventive";

/** Who did something, and when. */
export interface Signed {
  readonly by: string;
  readonly at: Instant;
}
/** What protects customers for as long as the cause is not removed, or why nothing has to. */
export interface Containment extends Signed {
  readonly what: Personal<string>;
}
/** How it was made sure, before anything was changed, that the plan will remove the cause. */
export interface PlanVerification extends Signed {
  readonly method: Personal<string>;
}

/** One thing that is to be done. */
export interface PlannedAction {
  /** Unique within the record. */
  readonly id: string;
  readonly kind: ActionKind;
  readonly what: Personal<string>;
  /** Who is to do it. */
  readonly ownerId: string;
  readonly dueAt: Instant;
  /** Who planned it: somebody else verifies the plan. */
  readonly plannedBy: string;
  /** When it was done, and who says so. */
  readonly done: Signed | null;
}

/** By what the effect will be judged: fixed with the plan, before anybody knows how it comes out. */
export interface EffectGoal {
  /** How long is observed once everything is implemented: 1 to 3,650 days of 24 hours. */
  readonly days: number;
  /** How many complaints with the same cause may come within that time: 0 to 100. */
  readonly allowed: number;
}
/** What was found when the time of observation was over. */
export interface EffectCheck extends Signed {
  /** The ids of the complaints with the same cause that came after the implementation. */
  readonly later: readonly string[];
  readonly effective: boolean;
}

/** What is known of a corrective action beside its state. */
export interface CorrectiveActionFields {
  readonly problem: Personal<string>;
  /** The complaints that it answers: 1 to 100. */
  readonly complaintIds: readonly string[];
  /** The id of the cause that it removes, the one that complaints carry as their cause of occurrence. */
  readonly cause: string | null;
  /** The id of the cause of non-detection: why nothing stopped it before it reached the customer (8D: escape point). */
  readonly escape: string | null;
  /** The five whys: each answers why the one before it was so. */
  readonly whys: readonly Personal<string>[];
  /** The one person who is accountable. */
  readonly ownerId: string | null;
  readonly department: string | null;
  /** The level it has come up to, 1 to 3 (C5). */
  readonly level: 1 | 2 | 3;
  /** The how-manieth time it is gone through, from 1: a cause that was not removed begins the next. */
  readonly round: number;
  readonly containment: Containment | null;
  /** What is planned, and what of this round is done: at most 50. */
  readonly actions: readonly PlannedAction[];
  readonly goal: EffectGoal | null;
  /** Who handed the plan in. */
  readonly submittedBy: string | null;
  readonly verification: PlanVerification | null;
  /** While it is implemented: when the next action is due; once all are done, when that should have been said. */
  readonly dueAt: Instant | null;
  /** When the last action was done. */
  readonly implementedAt: Instant | null;
  /** When the time of observation is over. */
  readonly checkAt: Instant | null;
  /** The last check of effectiveness. */
  readonly check: EffectCheck | null;
  readonly tally: { readonly notes: number; readonly handovers: number };
}

/** What is needed to open one. */
export interface CorrectiveActionInput {
  /** 1 to 4,000 characters. */
  readonly problem: Personal<string>;
  /** 1 to 100, each once. */
  readonly complaintIds: readonly string[];
  /** What complaints say of it so far; `null` where it is not known. */
  readonly cause?: string | null | undefined;
  readonly escape?: string | null | undefined;
  readonly ownerId?: string | undefined;
  readonly department?: string | undefined;
}

export const mostComplaints = 100;
export const mostActions = 50;
/** More than any goal allows: who has to name so many has said enough. */
export const mostLater = 1000;

/** A text in which somebody may be named. */
export const words = personal(text(4000));
const id = idText();
const maybe = z.nullable(id);
/** Each id once. */
const ids = (min: number, max: number): $ZodType<readonly string[], readonly string[]> =>
  z.array(id).check(
    z.minLength(min),
    z.maxLength(max),
    z.refine((list) => new Set(list).size === list.length, { error: "each id once" }),
  );
const count = z.int().check(z.minimum(0));

// What commands take and their events keep is one schema for both.
export const signed = { by: id, at: instantSchema };
export const because = z.object({ reason: words });
export const remark = z.object({ text: words });
export const later = ids(0, mostLater);
export const link = z.object({ complaintId: id });
export const one = z.object({ id });
export const level: $ZodType<1 | 2 | 3, 1 | 2 | 3> = z.literal([1, 2, 3]);
export const whys: $ZodType<readonly Personal<string>[], readonly Personal<string>[]> = z
  .array(words)
  .check(z.minLength(1), z.maxLength(10)) as never;
export const goal = {
  days: z.int().check(z.minimum(1), z.maximum(3650)),
  allowed: z.int().check(z.minimum(0), z.maximum(100)),
};
const kinds: $ZodType<ActionKind, ActionKind> = z.enum(["containment", "corrective", "preventive"]);
export const action = { id, kind: kinds, what: words, ownerId: id, dueAt: instantSchema };

/**
 * A corrective action (ISO 9001 and ISO 10002; CAPA, 8D): a problem, the complaints that show it, the cause that is to
 * be removed. It protects customers first, and is closed only when the plan was verified before it was implemented
 * and its effect was checked afterwards. It belongs to no customer: erasing a person does not reach its texts, so none
 * should name a customer.
 *
 * @example
 * ```ts
 * import { correctiveAction } from "clientele";
 *
 * correctiveAction.id; // => "corrective-action"
 * correctiveAction.opened.id; // => "corrective-action.opened"
 * ```
 */
export const correctiveAction: RecordKind<"corrective-action", CorrectiveActionFields, CorrectiveActionInput> =
  recordKind("corrective-action", {
    revision: 1,
    initial: "containing",
    indexes: ["cause", "escape", "ownerId", "department", "level", "round"],
    schema: z.object({
      problem: words,
      complaintIds: ids(1, mostComplaints),
      cause: maybe,
      escape: maybe,
      whys: z.array(words).check(z.maxLength(10)),
      ownerId: maybe,
      department: maybe,
      level,
      round: count,
      containment: z.nullable(z.object({ what: words, ...signed })),
      actions: z
        .array(z.object({ ...action, plannedBy: id, done: z.nullable(z.object(signed)) }))
        .check(z.maxLength(mostActions)),
      goal: z.nullable(z.object(goal)),
      submittedBy: maybe,
      verification: z.nullable(z.object({ method: words, ...signed })),
      dueAt: z.nullable(instantSchema),
      implementedAt: z.nullable(instantSchema),
      checkAt: z.nullable(instantSchema),
      check: z.nullable(z.object({ later, effective: z.boolean(), ...signed })),
      tally: z.object({ notes: count, handovers: count }),
    }) as unknown as $ZodType<CorrectiveActionFields, CorrectiveActionFields>,
    input: z.object({
      problem: words,
      complaintIds: ids(1, mostComplaints),
      cause: z.optional(maybe),
      escape: z.optional(maybe),
      ownerId: z.optional(id),
      department: z.optional(id),
    }) as unknown as $ZodType<CorrectiveActionInput, CorrectiveActionInput>,
    begin: (input: CorrectiveActionInput): CorrectiveActionFields => ({
      problem: input.problem,
      complaintIds: input.complaintIds,
      cause: input.cause ?? null,
      escape: input.escape ?? null,
      whys: [],
      ownerId: input.ownerId ?? null,
      department: input.department ?? null,
      level: 1,
      round: 1,
      containment: null,
      actions: [],
      goal: null,
      submittedBy: null,
      verification: null,
      dueAt: null,
      implementedAt: null,
      checkAt: null,
      check: null,
      tally: { notes: 0, handovers: 0 },
    }),
  });
