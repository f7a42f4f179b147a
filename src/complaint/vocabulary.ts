import * as z from "zod/mini";
import { type Money, moneySchema } from "../kernel/money.js";
import { personal } from "../kernel/personal.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";

/** How the complaint reached the house. */
export type Channel = "phone" | "email" | "letter" | "web" | "chat" | "visit" | "social" | "other";
/** What the complaint is about (E12). */
export type Nature = "product" | "service" | "logistics" | "other";
/** General: contact staff decide. Major: goes up and across departments (E12). */
export type Scope = "general" | "major";
export type Severity = "low" | "normal" | "high" | "critical";
/** How far what happened reaches, and how soon something must be done about it: 1 is the most. */
export type Grade3 = 1 | 2 | 3;
/** The order in which complaints are worked on: 1 first. */
export type Priority = 1 | 2 | 3 | 4 | 5;
/** What the core can offer: compensation, improvement and accountability (E12), and the usual forms of them. */
export type CoreRemedy =
  | "refund"
  | "replacement"
  | "repair"
  | "rework"
  | "redelivery"
  | "compensation"
  | "improvement"
  | "accountability"
  | "apology"
  | "explanation";
/** A remedy: one of the core, or a plugin's by its id (`remedyKind`). */
export type Remedy = CoreRemedy | `${string}.${string}`;

/** What speaks for a complaint being major, beside how severe it is. */
export interface Flags {
  readonly safety?: boolean | undefined;
  readonly legal?: boolean | undefined;
  readonly media?: boolean | undefined;
}

/** What the customer finally wants (D1), as far as it can be weighed. */
export interface Wanted {
  readonly remedy?: Remedy | undefined;
  readonly amount?: Money | undefined;
}

/** Who raised it, where that is not the customer: on somebody's behalf, by staff, out of an answer or a follow-up. */
export interface RaisedBy {
  readonly as: "representative" | "staff" | "survey" | "follow-up";
  readonly id: string;
}

/** Another complaint, and how it belongs to this one. */
export interface Link {
  readonly id: string;
  readonly as: "related" | "continues" | "split from" | "merged";
}

/** A part of the responsibility, in whole percent. */
export interface Share {
  readonly of: "department" | "person" | "supplier" | "customer";
  readonly id: string;
  readonly percent: number;
}

export const channel: $ZodType<Channel, Channel> = z.enum([
  "phone",
  "email",
  "letter",
  "web",
  "chat",
  "visit",
  "social",
  "other",
]);
export const nature: $ZodType<Nature, Nature> = z.enum(["product", "service", "logistics", "other"]);
export const scope: $ZodType<Scope, Scope> = z.enum(["general", "major"]);
export const severity: $ZodType<Severity, Severity> = z.enum(["low", "normal", "high", "critical"]);
export const grade3: $ZodType<Grade3, Grade3> = z.literal([1, 2, 3]);
export const priority: $ZodType<Priority, Priority> = z.literal([1, 2, 3, 4, 5]);
export const coreRemedies: readonly CoreRemedy[] = [
  "refund",
  "replacement",
  "repair",
  "rework",
  "redelivery",
  "compensation",
  "improvement",
  "accountability",
  "apology",
  "explanation",
];
export const remedy: $ZodType<Remedy, Remedy> = z.union([
  z.enum(coreRemedies),
  text(100).check(z.regex(/^[\w-]+\.[\w.-]+$/)),
]) as unknown as $ZodType<Remedy, Remedy>;
/** Money that is at stake, wanted, granted or spent: never less than nothing. */
export const amount: $ZodType<Money, Money> = moneySchema.check(
  z.refine((money) => money.amount >= 0, { error: "an amount of 0 or more is needed", path: ["amount"] }),
);
/** What somebody said or wrote: the customer's, whoever noted it down. */
export const words = personal(text(4000));

const flag = z.optional(z.boolean());
export const flags = { safety: flag, legal: flag, media: flag };
export const wanted = z.object({ remedy: z.optional(remedy), amount: z.optional(amount) });
export const raisedBy = z.object({ as: z.enum(["representative", "staff", "survey", "follow-up"]), id: idText() });
export const link = z.object({ id: idText(), as: z.enum(["related", "continues", "split from", "merged"]) });
export const share = z.object({
  of: z.enum(["department", "person", "supplier", "customer"]),
  id: idText(),
  percent: z.int().check(z.minimum(1), z.maximum(100)),
});

/** As much as one complaint holds of anything. */
export const most = { links: 100, remedies: 50, attachments: 50, whys: 10, shares: 20, owners: 10 } as const;

/* @__NO_SIDE_EFFECTS__ */
export const listOf = <T, I>(of: $ZodType<T, I>, many: number, few = 0): z.ZodMiniType<readonly T[], readonly I[]> =>
  z.array(of as z.ZodMiniType<T, I>).check(z.minLength(few), z.maxLength(many)) as never;
