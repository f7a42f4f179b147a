import type { Draft } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import type { Instant } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import { type GamingCheck, minutesOf } from "./gaming.js";
import { type BeforeDue, beforeDue, type DueOptions, dueOf } from "./gaming-due.js";
import { byText } from "./own.js";
import { toldOf, wrong } from "./telling.js";

/** Many complaints were handed over by one person just before they were due. */
export interface BulkHandover extends Omit<GamingCheck<"BULK_HANDOVER">, "events"> {
  /** The last of the handovers. */
  readonly until: Instant;
  /** Who handed them over. */
  readonly by: string;
  /** In the order of time: each with the versions of the events that show it. */
  readonly cases: readonly { readonly id: string; readonly due: Instant; readonly events: readonly number[] }[];
}

/** How many are many. */
export interface BulkOptions extends DueOptions {
  /** So many different complaints; default 5. */
  readonly cases?: number | undefined;
  /** Within so many minutes; default 60. */
  readonly minutes?: number | undefined;
}

/**
 * Finds over the timelines of many complaints where somebody got rid of them at due time: at least `cases` different
 * complaints handed over by one person within `minutes`, each at most `dueHours` before it was due (as `gamingIn` tells
 * it). Handovers that overlap in such windows are one finding. A manager who shares out the work of somebody who has
 * fallen ill does the same: it is a lead, no verdict.
 *
 * Findings come in the order of time, then by who it was; the order of the timelines does not matter. One pass; only
 * handovers at due time are kept. Throws `INVALID_OPTIONS` for what is not the whole timeline of a complaint, and for
 * options out of their ranges.
 *
 * @example
 * ```ts
 * import { bulkHandovers, createServiceRules, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * // Nobody acknowledges in time: the house's 48 hours end on 3 January, 09:00.
 * const left = (id: string) => {
 *   const opened = unwrap(complaints.open({ id, input: { customerId: id, summary: "It is late" } }, testContext()));
 *   const evening = testContext({ now: "2026-01-02T17:00:00.000Z" });
 *   const assign = { type: "assign", input: { ownerId: "ann" } } as const;
 *   const assigned = unwrap(complaints.decide(opened.next, assign, evening));
 *   const away = { type: "hand_over", input: { to: "ben", reason: "Going home" } } as const;
 *   const handedOver = unwrap(complaints.decide(assigned.next, away, evening));
 *   const swept = unwrap(complaints.sweep(handedOver.next, testContext({ now: "2026-01-04T09:00:00.000Z" })));
 *   return [opened, assigned, handedOver, swept].flatMap(({ events }) => events);
 * };
 * const found = bulkHandovers([left("a"), left("b"), left("c")], { cases: 3 });
 * found.map(({ by, cases }) => [by, cases.length]); // => [["ann", 3]]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function bulkHandovers(
  timelines: Iterable<readonly Draft[]>,
  options: BulkOptions = {},
): readonly BulkHandover[] {
  return guarded("INVALID_OPTIONS", "bulkHandovers", () => {
    const { cases = 5, minutes } = options;
    if (!Number.isSafeInteger(cases) || cases < 2 || cases > 1_000_000)
      throw wrong(`cases: a whole number from 2 is needed, found ${preview(cases)}`);
    const within = minutesOf("minutes", minutes, 60);
    const how = dueOf(options);
    const byPerson = new Map<string, BeforeDue[]>();
    for (const timeline of timelines) {
      const isHandover = ({ type, by }: { readonly type: string; readonly by: string }) =>
        type === "handed_over" && by === "staff";
      for (const one of beforeDue(toldOf(timeline), timeline, isHandover, how)) {
        const had = byPerson.get(one.event.who);
        if (had === undefined) byPerson.set(one.event.who, [one]);
        else had.push(one);
      }
    }
    const found = [...byPerson].flatMap(([by, list]) =>
      heapsIn(list.sort(inTime), cases, within).map((heap) => told(by, heap)),
    );
    return found.sort((a, b) => byText(a.at, b.at) || byText(a.by, b.by));
  });
}

const inTime = ({ event: a }: BeforeDue, { event: b }: BeforeDue): number =>
  a.ms - b.ms || byText(a.of, b.of) || a.version - b.version;

const told = (by: string, heap: readonly BeforeDue[]): BulkHandover => ({
  code: "BULK_HANDOVER",
  at: heap[0]!.event.at,
  until: heap.at(-1)!.event.at,
  by,
  cases: heap.map(({ event, due, events }) => ({ id: event.of, due, events })),
});

/** The handovers that lie in windows with enough different complaints; windows that overlap together. */
function heapsIn(list: readonly BeforeDue[], cases: number, within: number): readonly (readonly BeforeDue[])[] {
  const heaps: { from: number; to: number }[] = [];
  const inside = new Map<string, number>();
  let from = 0;
  list.forEach(({ event }, to) => {
    inside.set(event.of, (inside.get(event.of) ?? 0) + 1);
    for (; event.ms - list[from]!.event.ms > within; from++) {
      const { of } = list[from]!.event;
      const left = inside.get(of)! - 1;
      if (left === 0) inside.delete(of);
      else inside.set(of, left);
    }
    if (inside.size < cases) return;
    const last = heaps.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else heaps.push({ from, to });
  });
  return heaps.map(({ from, to }) => list.slice(from, to + 1));
}
