import { type Rate, rateOf } from "../statistics/rate.js";
import type { CaseFacts } from "./case.js";
import { firstContact } from "./outcome.js";

/** The share of a clock's runs that were on time. */
export interface ClockRate extends Rate {
  readonly clock: string;
}

/** How often complaints were settled at once, came back, and were on time. */
export interface HandlingRates {
  readonly firstContact: Rate;
  readonly reopened: Rate;
  readonly repeated: Rate;
  /** In the order of the ids of the clocks. */
  readonly onTime: readonly ClockRate[];
}

/** What is counted in each rate, of what. */
export const definitions = {
  firstContact:
    "resolved with no inbound contact, handover, transfer, escalation, merged complaint, refusal, dispute or reopening before, of those resolved whose timeline is known",
  reopened: "reopened at least once, of those that were ever closed",
  repeated: "repeats (findRepeats), of those whose customer, subject and nature are known",
  onTime: "runs on time, of those whose verdict is fixed",
} as const;

export interface RatePart {
  readonly add: (facts: CaseFacts) => void;
  readonly report: (repeats: number, comparable: number) => HandlingRates;
}

export function ratePart(confidence: number): RatePart {
  let resolved = 0;
  let atOnce = 0;
  let closed = 0;
  let reopened = 0;
  const clocks = new Map<string, { onTime: number; late: number }>();
  return {
    add: (facts) => {
      const enough = firstContact(facts);
      if (enough !== undefined) resolved++;
      if (enough === true) atOnce++;
      if (facts.phase === "closed" || facts.reopenings > 0) closed++;
      if (facts.reopenings > 0) reopened++;
      for (const { clock, onTime, late } of facts.clocks ?? []) {
        const had = clocks.get(clock) ?? { onTime: 0, late: 0 };
        clocks.set(clock, { onTime: had.onTime + onTime, late: had.late + late });
      }
    },
    report: (repeats, comparable) => ({
      firstContact: rateOf(atOnce, resolved, definitions.firstContact, confidence),
      reopened: rateOf(reopened, closed, definitions.reopened, confidence),
      repeated: rateOf(repeats, comparable, definitions.repeated, confidence),
      onTime: [...clocks]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([clock, { onTime, late }]) => ({
          clock,
          ...rateOf(onTime, onTime + late, definitions.onTime, confidence),
        })),
    }),
  };
}
