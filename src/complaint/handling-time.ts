import type { Draft } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import { closedStates, type Stretch, stretchesOf, toldOf } from "./telling.js";

/** The stretches after which nothing was left to do: resolved, or closed in another way. */
export const isSettled = ({ state, back, phase }: Stretch): boolean =>
  phase === "closed" || state === "resolved" || (phase === "paused" && back === "resolved");

/** Milliseconds in the hands of the house; `null` while there are more to come. */
export function handled(stretches: readonly Stretch[]): number | null {
  const last = stretches.at(-1);
  if (last === undefined || last.state === "merged" || !isSettled(last)) return null;
  return stretches.reduce(
    (sum, one) => (one.phase === "open" && !isSettled(one) && one.to !== null ? sum + one.to - one.from : sum),
    0,
  );
}

/**
 * How long the house took over a complaint, in elapsed milliseconds: from its opening until it was resolved, or closed
 * without; less what it waited for others in a paused state, and less the time in which it was resolved or closed
 * before it went on. `null` while it goes on, and where it goes on in another. It is what `judgeHandling` compares, so
 * it makes the list of peers too.
 *
 * `closed` names closed states that plugins have added. Throws `INVALID_OPTIONS` for what is not the whole timeline of a
 * complaint.
 *
 * @example
 * ```ts
 * import { createServiceRules, handlingTimeOf, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const input = { customerId: "c-7", summary: "It does not cool" };
 * const opened = unwrap(complaints.open({ id: "1", input }, testContext()));
 * handlingTimeOf(opened.events); // => null
 * const command = { type: "withdraw", input: { words: "Never mind" } } as const;
 * const later = testContext({ now: "2026-01-01T11:00:00.000Z" });
 * const withdrawn = unwrap(complaints.decide(opened.next, command, later));
 * handlingTimeOf([...opened.events, ...withdrawn.events]); // => 7200000
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function handlingTimeOf(
  timeline: readonly Draft[],
  options: { readonly closed?: readonly string[] | undefined } = {},
): number | null {
  return guarded("INVALID_OPTIONS", "handlingTimeOf", () =>
    handled(stretchesOf(toldOf(timeline), closedStates(options.closed))),
  );
}
