import * as z from "zod/mini";
import { instantSchema } from "../kernel/instant.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import { type Entry, entry, moved, written } from "./ledger.js";
import { type ComplaintFields, complaint, counted, type Findings, findings, known } from "./model.js";
import { channel, link, listOf, most, words } from "./vocabulary.js";

const level: $ZodType<1 | 2 | 3, 1 | 2 | 3> = z.literal([1, 2, 3]);
const entries: $ZodType<readonly Entry[], readonly Entry[]> = listOf(entry, most.remedies, 1);

/** What was found out; what is not said stays as it was. */
export const found = complaint.event("complaint.found", {
  v: 1,
  data: findings,
  evolve: (_, data: Findings) => known(data),
});
/** Somebody whose limit allows it has approved remedies that may now be offered. */
export const approved = complaint.event("complaint.approved", {
  v: 1,
  data: z.object({ entries }),
  evolve: (c, data) => written(c, data.entries),
});
/** One remedy has been carried out. */
export const carriedOut = complaint.event("complaint.carried_out", {
  v: 1,
  data: z.object({ entry }),
  evolve: (c, data) => written(c, [data.entry]),
});
/** It was looked whether a remedy works. */
export const verified = complaint.event("complaint.verified", {
  v: 1,
  data: z.object({ id: idText() }),
  evolve: (c, data) => ({
    remedies: c.remedies?.map((one) => (one.id === data.id ? { ...one, status: "verified" } : one)) ?? [],
  }),
});
/** The work went to another department: a functional escalation. The owner stays accountable. */
export const transferred = complaint.event("complaint.transferred", {
  v: 1,
  data: z.object({ department: idText(), reason: text(4000) }),
  evolve: (_, data) => ({ department: data.department }),
});
/** What made it go up is no longer so. */
export const deescalated = complaint.event("complaint.deescalated", {
  v: 1,
  data: z.object({ from: level, to: level, reason: text(4000) }),
  evolve: (_, data) => ({ level: data.to }),
});
/** Somebody is on the way to where it is happening (D1: on site first, limit the damage). */
export const dispatched = complaint.event("complaint.dispatched", {
  v: 1,
  data: z.object({ to: idText() }),
  evolve: (_, data) => ({ sentTo: data.to }),
});
/** They were there. */
export const visited = complaint.event("complaint.visited", {
  v: 1,
  data: z.object({ text: words }),
  // Undefined takes a field off the record.
  evolve: () => ({ sentTo: undefined as never }),
});
/** A holding reply: the customer was promised an answer by an instant. */
export const promised = complaint.event("complaint.promised", {
  v: 1,
  data: z.object({ for: instantSchema, channel, text: words }),
  evolve: (c, data) => ({ promisedFor: data.for, tally: counted(c.tally, "contacts") }),
});
/** The final reply, with the outside body that the customer may turn to, where the policy names one. */
export const answered = complaint.event("complaint.answered", {
  v: 1,
  data: z.object({ channel, text: words, disputeBody: z.nullable(text(1000)) }),
  evolve: (c) => ({ tally: counted(c.tally, "contacts") }),
});
/** Nobody has answered, however often they were reminded. */
export const unanswered = complaint.event("complaint.unanswered", {
  v: 1,
  data: z.object({ reminders: z.int().check(z.minimum(0)) }),
  evolve: (c) => moved(c, ["offered"], "declined"),
});
/** The customer does not accept that the complaint was rejected. */
export const appealed = complaint.event("complaint.appealed", {
  v: 1,
  data: z.object({ reason: words, level }),
  evolve: (_, data) => ({ level: data.level }),
});

const linked = (c: ComplaintFields, one: { readonly id: string; readonly as: string }): Partial<ComplaintFields> => ({
  links: [...(c.links ?? []).filter((had) => had.id !== one.id), one as never],
});
export const related = complaint.event("complaint.linked", { v: 1, data: link, evolve: linked });
export const unlinked = complaint.event("complaint.unlinked", {
  v: 1,
  data: z.object({ id: idText() }),
  evolve: (c, data) => ({ links: (c.links ?? []).filter((had) => had.id !== data.id) }),
});
/** It goes on in another complaint. */
export const merged = complaint.event("complaint.merged", {
  v: 1,
  data: z.object({ into: idText() }),
  evolve: (_, data) => ({ mergedInto: data.into }),
});
/** Another complaint goes on in this one. */
export const absorbed = complaint.event("complaint.absorbed", {
  v: 1,
  data: z.object({ id: idText() }),
  evolve: (c, data) => linked(c, { id: data.id, as: "merged" }),
});
/** A part of it is a complaint of its own now. */
export const split = complaint.event("complaint.split", {
  v: 1,
  data: z.object({ summary: words, subject: z.optional(idText()) }),
});
