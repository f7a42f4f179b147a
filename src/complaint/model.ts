import * as z from "zod/mini";
import type { Money } from "../kernel/money.js";
import { moneySchema } from "../kernel/money.js";
import { type Personal, personal } from "../kernel/personal.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { type RecordKind, recordKind } from "../lifecycle/record-kind.js";

/** How the complaint reached the house. */
export type Channel = "phone" | "email" | "letter" | "web" | "chat" | "visit" | "social" | "other";
/** What the complaint is about (E12). */
export type Nature = "product" | "service" | "logistics" | "other";
/** General: contact staff decide. Major: goes up and across departments (E12). */
export type Scope = "general" | "major";
export type Severity = "low" | "normal" | "high" | "critical";
/** What can be offered: compensation, improvement and accountability (E12), and the usual forms of them. */
export type Remedy =
  | "refund"
  | "replacement"
  | "repair"
  | "redelivery"
  | "compensation"
  | "improvement"
  | "accountability"
  | "apology"
  | "explanation";

/** The solution on the table. */
export interface Proposal {
  readonly remedy: Remedy;
  readonly amount: Money | null;
  readonly message: Personal<string>;
}

/** How often things have happened: the record counts, the timeline tells. */
export interface Tally {
  readonly notes: number;
  readonly contacts: number;
  readonly proposals: number;
  readonly handovers: number;
  readonly reopenings: number;
}

/** What is known of a complaint beside its state. */
export interface ComplaintFields {
  readonly customerId: string;
  readonly orderId: string | null;
  readonly channel: Channel;
  /** The complaint in the customer's words. */
  readonly summary: Personal<string>;
  /** What the customer finally wants (D1). */
  readonly wish: Personal<string> | null;
  /** The customer's grade when the complaint came, as the host knows it: service levels may be chosen by it. */
  readonly grade?: string;
  readonly nature: Nature | null;
  readonly scope: Scope | null;
  readonly severity: Severity;
  /** The handling level, 1 to 3 (C5). */
  readonly level: 1 | 2 | 3;
  /** The one person who is accountable. */
  readonly ownerId: string | null;
  readonly proposal: Proposal | null;
  readonly tally: Tally;
}

/** What is needed to open one. */
export interface ComplaintInput {
  readonly customerId: string;
  readonly summary: Personal<string>;
  readonly orderId?: string | undefined;
  /** Default `other`. */
  readonly channel?: Channel | undefined;
  readonly wish?: Personal<string> | undefined;
  readonly grade?: string | undefined;
  /** Default `normal`; assessing sets it. */
  readonly severity?: Severity | undefined;
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
export const remedy: $ZodType<Remedy, Remedy> = z.enum([
  "refund",
  "replacement",
  "repair",
  "redelivery",
  "compensation",
  "improvement",
  "accountability",
  "apology",
  "explanation",
]);
/** What somebody said or wrote: the customer's, whoever noted it down. */
export const words = personal(text(4000));

/** What commands take and their events keep as it is: one schema for both, so that it is read once. */
export const because = z.object({ reason: words });
export const assessment = z.object({ nature, scope, severity });
export const outcome = z.object({ outcome: words });
export const ownership = z.object({ ownerId: idText() });
export const remark = z.object({ text: words });
export const exchange = z.object({ direction: z.enum(["in", "out"]), channel, text: words });

const proposal = z.object({ remedy, amount: z.nullable(moneySchema), message: words });
const count = z.int().check(z.minimum(0));
const level: $ZodType<1 | 2 | 3, 1 | 2 | 3> = z.literal([1, 2, 3]);

/**
 * The complaint. It is opened with the customer, their words and what they want; everything else follows from what
 * happens to it.
 *
 * @example
 * ```ts
 * import { complaint } from "clientele";
 *
 * complaint.id; // => "complaint"
 * complaint.opened.id; // => "complaint.opened"
 * ```
 */
export const complaint: RecordKind<"complaint", ComplaintFields, ComplaintInput> = recordKind("complaint", {
  revision: 1,
  initial: "received",
  indexes: ["customerId", "orderId", "nature", "severity", "level", "ownerId"],
  owner: (c: ComplaintFields) => c.customerId,
  schema: z.object({
    customerId: idText(),
    orderId: z.nullable(idText()),
    channel,
    summary: words,
    wish: z.nullable(words),
    grade: z.optional(idText()),
    nature: z.nullable(nature),
    scope: z.nullable(scope),
    severity,
    level,
    ownerId: z.nullable(idText()),
    proposal: z.nullable(proposal),
    tally: z.object({ notes: count, contacts: count, proposals: count, handovers: count, reopenings: count }),
  }) as unknown as $ZodType<ComplaintFields, ComplaintFields>,
  input: z.object({
    customerId: idText(),
    summary: words,
    orderId: z.optional(idText()),
    channel: z.optional(channel),
    wish: z.optional(words),
    grade: z.optional(idText()),
    severity: z.optional(severity),
  }) as unknown as $ZodType<ComplaintInput, ComplaintInput>,
  begin: ({
    customerId,
    summary,
    orderId,
    channel = "other",
    wish,
    grade,
    severity = "normal",
  }: ComplaintInput): ComplaintFields => ({
    customerId,
    orderId: orderId ?? null,
    channel,
    summary,
    wish: wish ?? null,
    ...(grade === undefined ? {} : { grade }),
    nature: null,
    scope: null,
    severity,
    level: 1,
    ownerId: null,
    proposal: null,
    tally: { notes: 0, contacts: 0, proposals: 0, handovers: 0, reopenings: 0 },
  }),
});
