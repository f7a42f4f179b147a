import type { Draft } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import type { Instant } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import { listOf } from "./case.js";
import { type DueOptions, dueOf } from "./gaming-due.js";
import { closedAndReopened, loweredBeforeDue, pausedWhileWaiting, withoutWords } from "./gaming-signs.js";
import { byText } from "./own.js";
import { closedStates, needText, stretchesOf, toldOf, wrong } from "./telling.js";

/** The codes of what makes numbers look better than the handling was. */
export type GamingCode =
  | "PAUSED_WHILE_CUSTOMER_WAITS"
  | "RESPONSE_WITHOUT_WORDS"
  | "CLOSED_AND_REOPENED"
  | "LOWERED_BEFORE_DUE"
  | "BULK_HANDOVER";

/** What every finding has. */
export interface GamingCheck<Code extends GamingCode> {
  readonly code: Code;
  /** When it began. */
  readonly at: Instant;
  /** The versions of the events that show it, in order. */
  readonly events: readonly number[];
}

/** Something that looks like gaming; whether it was, people have to ask. Durations are milliseconds. */
export type GamingFinding =
  /** `until`: `null` while both go on. `overlap`: as far as is known, up to the last event. */
  | (GamingCheck<"PAUSED_WHILE_CUSTOMER_WAITS"> & { readonly until: Instant | null; readonly overlap: number })
  | (GamingCheck<"RESPONSE_WITHOUT_WORDS"> & { readonly clock: "first_response" })
  | (GamingCheck<"CLOSED_AND_REOPENED"> & { readonly after: number })
  /** `due`: the warning, breach or due time before which it was lowered. */
  | (GamingCheck<"LOWERED_BEFORE_DUE"> & {
      readonly what: "severity" | "priority";
      readonly from: string | number;
      readonly to: string | number;
      readonly due: Instant;
    });

/** How close is too close. */
export interface GamingOptions extends DueOptions {
  /** A pause and a wait may overlap for so many minutes; default 0. */
  readonly overlapMinutes?: number | undefined;
  /** The states of waiting for the customer; default `waiting_for_customer`. */
  readonly pauses?: readonly string[] | undefined;
  /** What is reopened so many minutes after it was closed, or sooner, was not closed; default 60. */
  readonly reopenMinutes?: number | undefined;
  /** Closed states that plugins have added. */
  readonly closed?: readonly string[] | undefined;
}

/**
 * Finds in the timeline of one complaint what makes numbers look better than the handling was:
 *
 * - `PAUSED_WHILE_CUSTOMER_WAITS`: it waited for the customer while a message of theirs was unanswered. Answered is a
 *   message by a contact of staff, a proposal, a holding or final reply, or the resolution, as for the clock
 *   `next_response`; the question that goes with the pause is no answer.
 * - `RESPONSE_WITHOUT_WORDS`: what stopped the `first_response` clock said nothing to the customer (an acknowledgement
 *   without a channel, a rejection or another closing by the house), and nothing had been said before.
 * - `CLOSED_AND_REOPENED`: closed by staff, not withdrawn, and reopened within `reopenMinutes`.
 * - `LOWERED_BEFORE_DUE`: severity or priority lowered, by an assessment after the first (or by the first, below a
 *   severity that was said to be high at the opening), at most `dueHours` before a warning or a breach that came, or
 *   before the due time of which there had been a warning. A breach that the lowering has prevented leaves no event:
 *   with `clocksAt` the due times are those that held just before it.
 *
 * A finding is a lead, no verdict. They come in the order of time, then by code. Throws `INVALID_OPTIONS` for what is not
 * the whole timeline of a complaint, and for options out of their ranges.
 *
 * @example
 * ```ts
 * import { createServiceRules, gamingIn, unwrap } from "clientele";
 * import { customer, testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const at = (hour: string, actor = testContext().actor) => testContext({ now: `2026-01-05T${hour}:00:00.000Z`, actor });
 * const input = { customerId: "c-7", summary: "It does not cool" };
 * const opened = unwrap(complaints.open({ id: "1", input }, at("09")));
 * const message = { type: "contact", input: { direction: "in", channel: "phone", text: "Well?" } } as const;
 * const asked = unwrap(complaints.decide(opened.next, message, at("10", customer("c-7"))));
 * const pause = { type: "wait_for_customer", input: { question: "Which fridge?" } } as const;
 * const paused = unwrap(complaints.decide(asked.next, pause, at("11")));
 * const resumed = unwrap(complaints.decide(paused.next, { type: "resume" }, at("15")));
 *
 * const timeline = [opened, asked, paused, resumed].flatMap(({ events }) => events);
 * gamingIn(timeline).map(({ code, at, events }) => [code, at, events]); // => [["PAUSED_WHILE_CUSTOMER_WAITS", "2026-01-05T11:00:00.000Z", [2, 3, 4]]]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function gamingIn(timeline: readonly Draft[], options: GamingOptions = {}): readonly GamingFinding[] {
  return guarded("INVALID_OPTIONS", "gamingIn", () => {
    const told = toldOf(timeline);
    const stretches = stretchesOf(told, closedStates(options.closed));
    const { pauses = ["waiting_for_customer"], overlapMinutes, reopenMinutes } = options;
    const states = new Set(listOf("pauses", pauses, 1000).map((state, i) => needText(`pauses.${i}`, state)));
    const found = [
      ...pausedWhileWaiting(told, stretches, states, minutesOf("overlapMinutes", overlapMinutes, 0)),
      ...withoutWords(told),
      ...closedAndReopened(told, stretches, minutesOf("reopenMinutes", reopenMinutes, 60)),
      ...loweredBeforeDue(told, timeline, dueOf(options)),
    ];
    return found.sort((a, b) => byText(a.at, b.at) || byText(a.code, b.code));
  });
}

export function minutesOf(name: string, value: number | undefined, usual: number): number {
  const minutes = value ?? usual;
  if (typeof minutes === "number" && minutes >= 0 && minutes <= 5_256_000) return minutes * 60_000;
  throw wrong(`${name}: minutes from 0 are needed, found ${preview(minutes)}`);
}
