import { reaction } from "../lifecycle/reaction.js";
import { silenceOf } from "./checks.js";
import * as command from "./commands.js";
import * as said from "./events.js";
import { type ComplaintFields, complaint } from "./model.js";
import * as state from "./states.js";

const fieldsOf = (record: object): ComplaintFields => record as ComplaintFields;

/** What is merged is taken in by the other complaint, or not merged at all. */
export const absorbing = reaction("absorbing", {
  on: said.merged,
  sends: [command.absorb],
  run: ({ event, record }) => [
    command.absorb.order(event.data.into, { id: event.stream.id, customerId: fieldsOf(record).customerId }),
  ],
});
/** What was split off is received as a complaint of its own. */
export const splitting = reaction("splitting", {
  on: said.split,
  sends: [complaint],
  run: ({ event, record }) => {
    const { customerId, orderId, channel, grade, severity } = fieldsOf(record);
    return [
      complaint.order({
        customerId: customerId ?? undefined,
        orderId: orderId ?? undefined,
        channel,
        grade,
        severity,
        ...event.data,
        links: [{ id: event.stream.id, as: "split from" }],
      }),
    ];
  },
});
/** Silence to a proposal, after as many reminders as the policy wants. */
export const silence = reaction("silence", {
  on: complaint.lapsed,
  sends: [command.deem, command.giveUp],
  run: ({ event: { data, stream }, record, context }) => {
    // A late sweep tells of several reminders at once, and a customer's word may follow them in the same decision: one
    // order, by the last of them, while there is still silence, or the order would be refused and the word with it.
    if (data.state !== state.proposed.id || record.state !== data.state || record.stay.lapses !== data.lapses)
      return [];
    const means = silenceOf(record, context);
    return means === undefined ? [] : [(means === "acceptance" ? command.deem : command.giveUp).order(stream.id, {})];
  },
});
