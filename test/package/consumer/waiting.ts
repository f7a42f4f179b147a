import { complaint, definePlugin } from "clientele";
import * as z from "zod";

/** A state of the consumer's own, with a way in, a way out and a place on the record. */
export const waiting = complaint.state("parts.waiting", { phase: "paused", deadline: { days: 14 } });
export const ordered = complaint.event("parts.ordered", { v: 1, data: z.object({ part: z.string() }) });
export const order = complaint.slot("parts", z.object({ part: z.string() }));

export const wait = complaint.transition("parts.wait", {
  from: { phase: "open" },
  to: waiting,
  input: z.object({ part: z.string() }),
  emits: [ordered],
  emit: ({ input }) => ordered({ part: input.part }, order({ part: input.part })),
});
export const arrive = complaint.transition("parts.arrive", { from: [waiting], to: "previous" });
export const workshop = complaint.permit("parts.workshop", { actors: ["staff"], commands: [wait, arrive] });

export const parts = definePlugin({ id: "parts", tokens: [waiting, ordered, order, wait, arrive, workshop] });
