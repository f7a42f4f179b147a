import { complaint, definePlugin } from "clientele";
import * as z from "zod/mini";
import { legal } from "./legal.js";

/** A factory: the options of a plugin are ordinary parameters. */
export const vip = (options: { readonly callWithinHours: number }) => {
  const called = complaint.event("vip.called", { v: 1, data: z.object({ by: z.string() }) });
  const calling = complaint.state("vip.calling", {
    phase: "paused",
    deadline: { hours: options.callWithinHours },
    then: "previous",
  });
  const promise = complaint.transition("vip.promise_call", { from: { phase: "open" }, to: calling });
  const call = complaint.transition("vip.call", {
    from: [calling],
    to: "previous",
    emits: [called],
    emit: ({ actor }) => called({ by: actor.id }),
  });
  const desk = complaint.permit("vip.desk", { actors: ["staff"], commands: [promise, call] });
  return definePlugin({ id: "vip", requires: [legal], tokens: [called, calling, promise, call, desk] });
};
