import { complaintEvents, definePlugin, reaction, recordKind } from "clientele";
import * as z from "zod/mini";

/** A kind of record that the core does not know: it has the same doors, the same store, the same relay. */
export const action = recordKind("capa.action", {
  revision: 1,
  initial: "capa.planned",
  indexes: ["complaintId"],
  schema: z.object({
    complaintId: z.string(),
    what: z.string().check(z.minLength(1)),
    percent: z._default(z.int(), 0),
  }),
});
export const planned = action.state("capa.planned", { phase: "open", deadline: { days: 30 } });
export const done = action.state("capa.done", { phase: "closed" });
export const progressed = action.event("capa.progressed", {
  v: 1,
  data: z.object({ percent: z.int() }),
  evolve: (_, data) => ({ percent: data.percent }),
});
export const progress = action.transition("capa.progress", {
  from: [planned],
  to: "same",
  input: z.object({ percent: z._default(z.int().check(z.minimum(0), z.maximum(99)), 50) }),
  emits: [progressed],
  emit: ({ input }) => progressed(input),
});
export const finish = action.transition("capa.finish", {
  from: [planned],
  to: done,
  emits: [progressed],
  emit: () => progressed({ percent: 100 }),
});
export const quality = action.permit("capa.quality", { roles: ["quality"], opens: true, commands: [progress, finish] });
export const automatic = action.permit("capa.automatic", { actors: ["system"], opens: true, commands: [] });

/** A complaint that was resolved leaves a corrective action behind, in the same unit of work. */
export const learn = reaction("capa.learn", {
  on: complaintEvents.resolved,
  sends: [action],
  run: ({ event }) => [action.order({ complaintId: event.stream.id, what: "find out why it happened" })],
});
export const corrective = definePlugin({
  id: "capa",
  tokens: [action, planned, done, progressed, progress, finish, quality, automatic, learn],
});
