import * as z from "zod/mini";
import { moneySchema } from "../kernel/money.js";
import { idText, text } from "../kernel/schema.js";
import type { Tally } from "./model.js";
import {
  assessment,
  because,
  channel,
  complaint,
  exchange,
  outcome,
  ownership,
  remark,
  remedy,
  words,
} from "./model.js";

const counted = (tally: Tally, what: keyof Tally): Tally => ({ ...tally, [what]: tally[what] + 1 });
const level = z.literal([1, 2, 3]);
const nothing = z.object({});
const said = z.object({ words: z.nullable(words) });

/** The customer was told that the complaint has arrived. */
export const acknowledged = complaint.event("complaint.acknowledged", {
  v: 1,
  data: z.object({ channel: z.nullable(channel) }),
});
/** Nature, scope and severity were set, first or anew. */
export const assessed = complaint.event("complaint.assessed", {
  v: 1,
  data: assessment,
  evolve: (_, data) => ({ nature: data.nature, scope: data.scope, severity: data.severity }),
});
/** A solution was offered to the customer. */
export const proposed = complaint.event("complaint.proposed", {
  v: 1,
  data: z.object({ remedy, amount: z.nullable(moneySchema), message: words }),
  evolve: (c, data) => ({
    proposal: { remedy: data.remedy, amount: data.amount, message: data.message },
    tally: counted(c.tally, "proposals"),
  }),
});
/** The customer agreed to the proposal. */
export const accepted = complaint.event("complaint.accepted", { v: 1, data: said });
/** The customer did not want the proposal. */
export const declined = complaint.event("complaint.declined", {
  v: 1,
  data: because,
  evolve: () => ({ proposal: null }),
});
/** What was agreed has been carried out. */
export const resolved = complaint.event("complaint.resolved", { v: 1, data: outcome });
/** The customer is satisfied. */
export const confirmed = complaint.event("complaint.confirmed", { v: 1, data: said });
/** The customer is still unhappy. */
export const disputed = complaint.event("complaint.disputed", {
  v: 1,
  data: because,
  evolve: () => ({ proposal: null }),
});
export const reopened = complaint.event("complaint.reopened", {
  v: 1,
  data: because,
  evolve: (c) => ({ proposal: null, tally: counted(c.tally, "reopenings") }),
});
export const withdrawn = complaint.event("complaint.withdrawn", { v: 1, data: said });
export const rejected = complaint.event("complaint.rejected", { v: 1, data: because });
/** The complaint went up a level, by somebody or by its deadline. */
export const escalated = complaint.event("complaint.escalated", {
  v: 1,
  data: z.object({ from: level, to: level, reason: z.nullable(text(4000)) }),
  evolve: (_, data) => ({ level: data.to }),
});
/** The complaint got its accountable owner. */
export const assigned = complaint.event("complaint.assigned", {
  v: 1,
  data: ownership,
  evolve: (_, data) => ({ ownerId: data.ownerId }),
});
/** Another person is accountable now. */
export const handedOver = complaint.event("complaint.handed_over", {
  v: 1,
  data: z.object({ from: idText(), to: idText(), reason: text(4000) }),
  evolve: (c, data) => ({ ownerId: data.to, tally: counted(c.tally, "handovers") }),
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
