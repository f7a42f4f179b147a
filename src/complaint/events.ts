import * as z from "zod/mini";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { assessment } from "./assessment.js";
import { type Entry, entry, moved, written } from "./ledger.js";
import {
  because,
  type ComplaintFields,
  complaint,
  counted,
  exchange,
  known,
  outcome,
  ownership,
  remark,
} from "./model.js";
import { amount, channel, listOf, most, remedy, words } from "./vocabulary.js";

export * from "./casework-events.js";

const level: $ZodType<1 | 2 | 3, 1 | 2 | 3> = z.literal([1, 2, 3]);
const nothing = z.object({});
const entries = listOf(entry, most.remedies, 1);

/** What is granted or offered. Of logs from before there was a ledger nothing is in it. */
const listed = (c: ComplaintFields, list: readonly Entry[] | undefined) => (list === undefined ? {} : written(c, list));
/** As many owners as it takes to see a complaint being pushed around, the latest last. */
const owned = (c: ComplaintFields, ownerId: string, department: string | undefined): Partial<ComplaintFields> => ({
  ownerId,
  ...(department === undefined ? {} : { department }),
  ...(c.owners === undefined && c.ownerId !== null
    ? {}
    : { owners: [...(c.owners ?? []), ownerId].slice(-most.owners) }),
});

/** The customer was told that the complaint has arrived. */
export const acknowledged = complaint.event("complaint.acknowledged", {
  v: 1,
  data: z.object({ channel: z.nullable(channel) }),
});
const said = z.object({ words: z.nullable(words) });
/** The complaint was assessed, first or anew. */
export const assessed = complaint.event("complaint.assessed", {
  v: 1,
  data: assessment,
  // A priority is of its assessment: what no row gives one has none any more.
  evolve: (_, { major: __, ...data }) => ({ ...known(data), priority: data.priority }) as Partial<ComplaintFields>,
});
/** A solution was offered to the customer. */
export const proposed = complaint.event("complaint.proposed", {
  v: 1,
  data: z.object({
    remedy,
    amount: z.nullable(amount),
    message: words,
    offers: z.optional(entries),
  }),
  evolve: (c, data) => ({
    proposal: { remedy: data.remedy, amount: data.amount, message: data.message },
    tally: counted(c.tally, "proposals"),
    ...listed(c, data.offers),
  }),
});
/** The customer agreed to the proposal, in words or, where the policy says so, by silence. */
export const accepted = complaint.event("complaint.accepted", {
  v: 1,
  data: z.object({ words: z.nullable(words), deemed: z.optional(z.literal(true)) }),
  evolve: (c, { deemed }) => ({
    ...moved(c, ["offered"], "accepted"),
    ...(deemed === undefined && c.deemed === undefined ? {} : { deemed: deemed === true }),
  }),
});
/** The customer did not want the proposal. */
export const declined = complaint.event("complaint.declined", {
  v: 1,
  data: because,
  evolve: (c) => ({ proposal: null, ...moved(c, ["offered"], "declined") }),
});
/** What was agreed has been carried out. */
export const resolved = complaint.event("complaint.resolved", {
  v: 1,
  data: outcome,
  evolve: (c) => moved(c, ["accepted"], "carried_out"),
});
/** The customer is satisfied. */
export const confirmed = complaint.event("complaint.confirmed", {
  v: 1,
  data: said,
  evolve: (c) => moved(c, ["carried_out"], "verified"),
});
/** The customer is still unhappy. */
export const disputed = complaint.event("complaint.disputed", {
  v: 1,
  data: because,
  evolve: (c) => ({ proposal: null, ...moved(c, ["carried_out"], "declined") }),
});
export const reopened = complaint.event("complaint.reopened", {
  v: 1,
  data: because,
  // What was agreed and never carried out is off, too: a new solution is looked for.
  evolve: (c) => ({
    proposal: null,
    tally: counted(c.tally, "reopenings"),
    ...moved(c, ["offered", "accepted"], "declined"),
  }),
});
export const withdrawn = complaint.event("complaint.withdrawn", { v: 1, data: said });
export const rejected = complaint.event("complaint.rejected", { v: 1, data: because });
/** The complaint went up a level, by somebody or by its deadline. */
export const escalated = complaint.event("complaint.escalated", {
  v: 1,
  data: z.object({ from: level, to: level, reason: z.nullable(text(4000)) }),
  evolve: (_, data) => ({ level: data.to }),
});
/** The complaint got its accountable owner. What was said of it before owners were listed begins no list. */
export const assigned = complaint.event("complaint.assigned", {
  v: 2,
  data: ownership,
  upcast: { 1: (data) => ({ ...(data as object), isUnlisted: true }) },
  evolve: (c, { ownerId, department, ...before }) =>
    "isUnlisted" in before ? { ownerId } : owned(c, ownerId, department),
});
/** Another person is accountable now. */
export const handedOver = complaint.event("complaint.handed_over", {
  v: 1,
  data: z.object({ from: idText(), to: idText(), reason: text(4000), department: z.optional(idText()) }),
  evolve: (c, data) => ({ ...owned(c, data.to, data.department), tally: counted(c.tally, "handovers") }),
});
export const noted = complaint.event("complaint.noted", {
  v: 1,
  data: remark,
  evolve: (c) => ({ tally: counted(c.tally, "notes") }),
});
/** The customer and the house spoke or wrote to each other. */
export const contacted = complaint.event("complaint.contacted", {
  v: 1,
  data: exchange,
  evolve: (c) => ({ tally: counted(c.tally, "contacts") }),
});
/** The next step is somebody else's: what was asked of them. */
export const waited = complaint.event("complaint.waited", {
  v: 1,
  data: z.object({ on: text(200), question: words }),
});
export const resumed = complaint.event("complaint.resumed", { v: 1, data: nothing });
