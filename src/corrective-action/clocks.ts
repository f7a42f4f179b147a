import type { Emission } from "../kernel/event.js";
import { hears } from "../lifecycle/record-kind.js";
import type { Escalation } from "../lifecycle/tokens.js";
import * as said from "./events.js";
import { type CorrectiveActionFields, correctiveAction } from "./model.js";
import { observing } from "./states.js";

/** A level that escalates takes the corrective action up, until it is at the top. */
const up = {
  repeats: true,
  emits: [said.escalated],
  escalate: ({
    record,
  }: Pick<Escalation<CorrectiveActionFields>, "record">): readonly Emission<
    "corrective-action",
    "corrective-action.escalated"
  >[] =>
    record.level === 3 ? [] : [said.escalated({ from: record.level, to: record.level === 1 ? 2 : 3, reason: null })],
} as const;
const overdue = { id: "overdue", at: { percent: 100 }, escalates: true } as const;

/** Until customers are protected: a day, as it is usual for 8D reports. */
export const containment = correctiveAction.clock("containment", {
  hears: [hears(correctiveAction.opened, "created"), hears(said.reopened, "created"), hears(said.contained, "stop")],
  target: { within: { elapsed: { hours: 24 } }, levels: [overdue] },
  ...up,
});
/** From the verified plan until everything in it is done. What is planned anew is verified anew. */
export const implementation = correctiveAction.clock("implementation", {
  hears: [hears(said.verified, "created"), hears(said.sentBack, "stop"), hears(said.implemented, "stop")],
  target: { within: { elapsed: { hours: 720 } }, levels: [{ id: "near", at: { percent: 80 } }, overdue] },
  ...up,
});
/** From the end of the observation, however long that is, until the effect was checked. */
export const effectiveness = correctiveAction.clock("effectiveness", {
  hears: [
    hears(correctiveAction.lapsed, ({ state, lapses }) =>
      state === observing.id && lapses === 1 ? "created" : undefined,
    ),
    hears(said.sentBack, "stop"),
    hears(said.checked, "stop"),
  ],
  target: { within: { elapsed: { hours: 336 } }, levels: [overdue] },
  ...up,
});
