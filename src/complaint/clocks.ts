import type { Emission } from "../kernel/event.js";
import type { AnyRecord } from "../kernel/record.js";
import { hears } from "../lifecycle/record-kind.js";
import type { Escalation } from "../lifecycle/tokens.js";
import * as said from "./events.js";
import { type ComplaintFields, complaint } from "./model.js";

/** A level that escalates takes the complaint up, until it is at the top (C5). */
const up = {
  emits: [said.escalated],
  escalate: ({
    record,
  }: Pick<Escalation<ComplaintFields>, "record">): readonly Emission<"complaint", "complaint.escalated">[] =>
    record.level === 3 ? [] : [said.escalated({ from: record.level, to: record.level === 1 ? 2 : 3, reason: null })],
} as const;
const created = hears(complaint.opened, "created");
const overdue = { id: "overdue", at: { percent: 100 }, escalates: true } as const;

/** Until the customer was told that the complaint has arrived; an offer tells it too. */
export const acknowledge = complaint.clock("acknowledge", {
  hears: [created, hears(said.acknowledged, "stop"), hears(said.proposed, "stop")],
  target: { within: { elapsed: { hours: 48 } }, levels: [overdue] },
  ...up,
});
/** Until a person of the house has spoken or written to the customer: what a machine sends is no response. */
export const firstResponse = complaint.clock("first_response", {
  hears: [
    created,
    hears(complaint.opened, (_, actor) => (actor.kind === "customer" ? "customer waiting" : undefined)),
    hears(said.contacted, ({ direction }, actor) =>
      direction === "in" ? "customer waiting" : actor.kind === "staff" ? "stop" : undefined,
    ),
    hears(said.acknowledged, (_, actor) => (actor.kind === "staff" ? "stop" : undefined)),
    hears(said.proposed, "stop"),
    hears(said.promised, "stop"),
    hears(said.answered, "stop"),
  ],
  ...up,
});
/** From the first message of the customer that nobody has answered. */
export const nextResponse = complaint.clock("next_response", {
  repeats: true,
  hears: [
    hears(said.contacted, ({ direction }, actor) =>
      direction === "in" ? "customer waiting" : actor.kind === "staff" ? "stop" : undefined,
    ),
    hears(said.declined, "customer waiting"),
    hears(said.disputed, "customer waiting"),
    hears(said.reopened, "customer waiting"),
    hears(said.appealed, "customer waiting"),
    hears(said.proposed, "stop"),
    hears(said.promised, "stop"),
    hears(said.answered, "stop"),
    hears(said.resolved, "stop"),
  ],
  ...up,
});
/** The customer hears of progress during the handling (E13): from the last that was heard of us. */
export const update = complaint.clock("update", {
  hears: [
    created,
    // Once everything is carried out, no progress is owed.
    hears(said.contacted, ({ direction }, _, record) =>
      direction === "out" && record?.clocks?.["update"]?.stoppedAt == null ? "restart" : undefined,
    ),
    hears(said.acknowledged, "restart"),
    hears(said.proposed, "restart"),
    hears(said.promised, "restart"),
    hears(said.answered, "restart"),
    hears(said.resolved, "stop"),
    hears(said.disputed, "restart"),
    hears(said.reopened, "restart"),
    hears(said.appealed, "restart"),
  ],
  ...up,
});
/** Until what was agreed has been carried out. */
export const resolution = complaint.clock("resolution", {
  reopens: true,
  hears: [
    created,
    hears(said.assigned, "attached"),
    hears(said.handedOver, "attached"),
    hears(said.resolved, "stop"),
    hears(said.disputed, "reopen"),
  ],
  target: { within: { elapsed: { hours: 672 } }, levels: [{ id: "near", at: { percent: 80 } }, overdue] },
  ...up,
});
/** Until somebody is where it is happening: to limit the damage comes first (D1). */
export const visit = complaint.clock("visit", {
  repeats: true,
  hears: [hears(said.dispatched, "attached"), hears(said.visited, "stop")],
  ...up,
});
/** Where nothing was promised, nothing is kept. */
const kept = (record: AnyRecord | undefined) => (record?.clocks?.["promise"] === undefined ? undefined : "stop");

/** Until the answer that a holding reply has promised; another promise takes its place, and what was broken stays so. */
export const promise = complaint.clock("promise", {
  repeats: true,
  hears: [
    hears(said.promised, (_, __, record) => (record?.clocks?.["promise"]?.stoppedAt === null ? "restart" : "attached")),
    hears(said.contacted, ({ direction }, actor, record) =>
      direction === "out" && actor.kind === "staff" ? kept(record) : undefined,
    ),
    hears(said.proposed, (_, __, record) => kept(record)),
    hears(said.answered, (_, __, record) => kept(record)),
    hears(said.resolved, (_, __, record) => kept(record)),
  ],
  target: { within: { field: "promisedFor" }, levels: [overdue] },
  ...up,
});
