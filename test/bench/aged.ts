import { type Actor, toInstant, toMs, unwrap } from "../../src/index.js";
import { type Command, type Complaint, life, opened, rules } from "./life.js";

// Records that much has happened to.

/** How much longer something may take on one of them. */
export const mostGrowth = 1.5;

export const ann: Actor = { kind: "staff", id: "ann" };
export const context = life[0]!.context;
export const later = (record: Complaint, ms: number) => ({
  ...context,
  actor: ann,
  now: toInstant(toMs(record.touchedAt) + ms),
});
export const decided = (record: Complaint, command: Command, ms = 60_000): Complaint =>
  unwrap(rules.complaints.decide(record, command, later(record, ms))).next;

/** What comes again and again, and ends where it began. */
export const daily: readonly Command[] = [
  { type: "note", input: { text: "looked into it" } },
  { type: "contact", input: { direction: "out", channel: "phone", text: "we are at it" } },
  { type: "hand_over", input: { to: "bob", reason: "shift" } },
  { type: "wait_for_customer", input: { question: "Which model is it?" } },
  { type: "reply", input: { channel: "email", text: "the large one" } },
  { type: "wait_for_third_party", input: { party: "the maker", question: "Is there a spare part?" } },
  { type: "resume" },
  { type: "reassess", input: { nature: "product", scope: "general", severity: "high" } },
  { type: "hand_over", input: { to: "ann", reason: "shift" } },
];

export function after(events: number): Complaint {
  let record = [life[0]!, life[1]!, life[2]!].reduce((r, { command }) => decided(r, command), opened);
  record = decided(record, { type: "assign", input: { ownerId: "ann" } });
  for (let i = 0; record.version < events || record.ownerId !== "ann" || record.state !== "investigating"; i++)
    record = decided(record, daily[i % daily.length]!);
  return JSON.parse(JSON.stringify(record));
}
