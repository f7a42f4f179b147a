import * as z from "zod/mini";
import { type Instant, instantSchema } from "../kernel/instant.js";
import type { Money } from "../kernel/money.js";
import type { Personal } from "../kernel/personal.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { type RecordKind, recordKind } from "../lifecycle/record-kind.js";
import { type Entry, entry } from "./ledger.js";
import {
  amount,
  type Channel,
  channel,
  type Flags,
  flags,
  type Grade3,
  grade3,
  type Link,
  link,
  listOf,
  most,
  type Nature,
  nature,
  type Priority,
  priority,
  type RaisedBy,
  type Remedy,
  raisedBy,
  remedy,
  type Scope,
  type Severity,
  type Share,
  scope,
  severity,
  share,
  type Wanted,
  wanted,
  words,
} from "./vocabulary.js";

/** The solution on the table: what leads it, and the words to the customer; `remedies` of the complaint has all of it. */
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

/** What is known when a complaint comes. */
interface Received {
  /** The order that it is about. */
  readonly orderId: string | null;
  readonly channel: Channel;
  /** The complaint in the customer's words. */
  readonly summary: Personal<string>;
  /** What the customer finally wants (D1), in words. */
  readonly wish: Personal<string> | null;
  /** The customer's grade when the complaint came, as the host knows it: service levels may be chosen by it. */
  readonly grade?: string;
  /** What it is about beside an order: a product, a visit, a contract. */
  readonly subject?: string;
  readonly wanted?: Wanted;
  readonly raisedBy?: RaisedBy;
  /** Where letters and pictures are kept: references of the host. */
  readonly attachments?: readonly string[];
  /** The resolved complaint of the same customer about the same that came back (`repeatOf`). */
  readonly repeatOf?: string;
  readonly links?: readonly Link[];
}

/** What is known of a complaint beside its state. */
export interface ComplaintFields extends Received, Flags {
  /** Whose complaint it is; `null` where nobody said. */
  readonly customerId: string | null;
  readonly nature: Nature | null;
  readonly scope: Scope | null;
  readonly severity: Severity;
  /** The handling level, 1 to 3 (C5). */
  readonly level: 1 | 2 | 3;
  /** The one person who is accountable. */
  readonly ownerId: string | null;
  readonly proposal: Proposal | null;
  readonly tally: Tally;

  /** A node of the tree of categories. */
  readonly category?: string;
  readonly impact?: Grade3;
  readonly urgency?: Grade3;
  readonly priority?: Priority;
  /** What is at stake. */
  readonly stake?: Money;

  /** The department that works on it. */
  readonly department?: string;
  /** Who owned it, the latest last; as many as it takes to see a complaint being pushed around. */
  readonly owners?: readonly string[];
  /** The department or place to which somebody has been sent, until they were there. */
  readonly sentTo?: string;

  /** Why it occurred, and why nobody noticed in time: nodes of the tree of causes. */
  readonly cause?: string;
  readonly escape?: string;
  /** The chain of "why?", each the answer to the one before. */
  readonly whys?: readonly Personal<string>[];
  readonly shares?: readonly Share[];
  /** Where the evidence is kept: references of the host. */
  readonly evidence?: readonly string[];

  /** The ledger of remedies: each that was approved, offered, agreed, carried out. */
  readonly remedies?: readonly Entry[];
  /** Whether it was the customer's silence that agreed. */
  readonly deemed?: boolean;
  /** By when the customer was promised an answer. */
  readonly promisedFor?: Instant;
  /** The complaint in which this one goes on. */
  readonly mergedInto?: string;
}

/** What is needed to open one. */
export interface ComplaintInput {
  /** Left out: nobody said whose complaint it is. */
  readonly customerId?: string | undefined;
  readonly summary: Personal<string>;
  readonly orderId?: string | undefined;
  /** Default `other`. */
  readonly channel?: Channel | undefined;
  readonly wish?: Personal<string> | undefined;
  readonly grade?: string | undefined;
  /** Default `normal`; assessing sets it. */
  readonly severity?: Severity | undefined;
  readonly subject?: string | undefined;
  readonly wanted?: Wanted | undefined;
  readonly raisedBy?: RaisedBy | undefined;
  readonly attachments?: readonly string[] | undefined;
  readonly repeatOf?: string | undefined;
  readonly links?: readonly Link[] | undefined;
}

const count = z.int().check(z.minimum(0));
const level: $ZodType<1 | 2 | 3, 1 | 2 | 3> = z.literal([1, 2, 3]);
const references = listOf(text(1000), most.attachments);
/** Only merging merges. */
const given = listOf(link, most.links).check(
  z.refine((links) => links.every(({ as }) => as !== "merged"), {
    error: "complaints are merged by the command for it",
  }),
);

/** What both the input and the record may have. */
const received = {
  grade: z.optional(idText()),
  subject: z.optional(idText()),
  wanted: z.optional(wanted),
  raisedBy: z.optional(raisedBy),
  attachments: z.optional(references),
  repeatOf: z.optional(idText()),
  links: z.optional(listOf(link, most.links)),
};

/** What commands take and their events keep as it is: one schema for both, so that it is read once. */
export const because = z.object({ reason: words });
export const outcome = z.object({ outcome: words });
export const ownership = z.object({ ownerId: idText(), department: z.optional(idText()) });
export const remark = z.object({ text: words });
export const exchange = z.object({ direction: z.enum(["in", "out"]), channel, text: words });
export const findings = z.object({
  cause: z.optional(idText()),
  escape: z.optional(idText()),
  whys: z.optional(listOf(words, most.whys)),
  shares: z.optional(listOf(share, most.shares)),
  evidence: z.optional(references),
}) as unknown as $ZodType<Findings, Findings>;

/** What an investigation has found; what is left out stays as it was. */
export interface Findings {
  readonly cause?: string | undefined;
  readonly escape?: string | undefined;
  readonly whys?: readonly Personal<string>[] | undefined;
  readonly shares?: readonly Share[] | undefined;
  readonly evidence?: readonly string[] | undefined;
}

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
  indexes: [
    "customerId",
    "orderId",
    "subject",
    "nature",
    "category",
    "severity",
    "level",
    "ownerId",
    "department",
    "cause",
  ],
  owner: (c: ComplaintFields) => c.customerId ?? undefined,
  schema: z.object({
    customerId: z.nullable(idText()),
    orderId: z.nullable(idText()),
    channel,
    summary: words,
    wish: z.nullable(words),
    ...received,
    nature: z.nullable(nature),
    scope: z.nullable(scope),
    severity,
    level,
    ownerId: z.nullable(idText()),
    proposal: z.nullable(z.object({ remedy, amount: z.nullable(amount), message: words })),
    tally: z.object({ notes: count, contacts: count, proposals: count, handovers: count, reopenings: count }),
    ...flags,
    category: z.optional(idText()),
    impact: z.optional(grade3),
    urgency: z.optional(grade3),
    priority: z.optional(priority),
    stake: z.optional(amount),
    department: z.optional(idText()),
    owners: z.optional(listOf(idText(), most.owners)),
    sentTo: z.optional(idText()),
    cause: z.optional(idText()),
    escape: z.optional(idText()),
    whys: z.optional(listOf(words, most.whys)),
    shares: z.optional(listOf(share, most.shares)),
    evidence: z.optional(references),
    remedies: z.optional(listOf(entry, most.remedies)),
    deemed: z.optional(z.boolean()),
    promisedFor: z.optional(instantSchema),
    mergedInto: z.optional(idText()),
  }) as unknown as $ZodType<ComplaintFields, ComplaintFields>,
  input: z.object({
    customerId: z.optional(idText()),
    summary: words,
    orderId: z.optional(idText()),
    channel: z.optional(channel),
    wish: z.optional(words),
    severity: z.optional(severity),
    ...received,
    links: z.optional(given),
  }) as unknown as $ZodType<ComplaintInput, ComplaintInput>,
  begin: ({ customerId, summary, orderId, channel = "other", wish, severity = "normal", ...beside }: ComplaintInput) =>
    ({
      customerId: customerId ?? null,
      orderId: orderId ?? null,
      channel,
      summary,
      wish: wish ?? null,
      ...known(beside),
      nature: null,
      scope: null,
      severity,
      level: 1,
      ownerId: null,
      proposal: null,
      tally: { notes: 0, contacts: 0, proposals: 0, handovers: 0, reopenings: 0 },
    }) as ComplaintFields,
});

/** What was said; what was left out stays out. */
export function known<T extends object>(facts: T): { readonly [X in keyof T]?: Exclude<T[X], undefined> } {
  const said: Record<string, unknown> = {};
  for (const name in facts) if (facts[name] !== undefined) said[name] = facts[name];
  return said as never;
}

export const counted = (tally: Tally, what: keyof Tally): Tally => ({ ...tally, [what]: tally[what] + 1 });
