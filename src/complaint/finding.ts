import type { Instant } from "../kernel/instant.js";
import type { Rate } from "../statistics/rate.js";
import type { Return } from "./ping-pong.js";

/**
 * What a finding says for a word of the five: it speaks for it, against it, or not yet either way; `nothing` says why it
 * does not speak.
 */
export type HandlingSays = "for" | "against" | "open" | "nothing";

/** What every finding has. */
export interface HandlingCheck<Code extends string> {
  readonly code: Code;
  readonly says: HandlingSays;
}

/** One measured check of how a complaint was handled, with its facts. Durations are milliseconds. */
export type HandlingFinding =
  | (HandlingCheck<"ON_TIME"> & { readonly clock: string; readonly runs: number })
  /** `latest`: how long the longest of them was late. */
  | (HandlingCheck<"LATE"> & { readonly clock: string; readonly runs: number; readonly latest: number })
  | (HandlingCheck<"STILL_RUNNING"> & { readonly clock: string; readonly due: Instant | null })
  | (HandlingCheck<"NOT_OWED" | "NO_TARGET" | "NO_READING"> & { readonly clock: string })
  /** The share of peers that took less time. */
  | (HandlingCheck<"AMONG_PEERS" | "BEHIND_PEERS" | "TOO_FEW_PEERS"> & {
      readonly handling: number;
      readonly median: number | null;
      readonly faster: Rate;
    })
  | (HandlingCheck<"HANDOVERS"> & { readonly handovers: number; readonly limit: number })
  | (HandlingCheck<"RETURNED" | "RETURNED_TO_DEPARTMENT"> & Return)
  /** It rested in a state until its deadline had passed, though it was the house's turn. */
  | (HandlingCheck<"STALLED"> & { readonly state: string; readonly at: Instant; readonly event: number })
  | (HandlingCheck<"CAUSE_FOUND"> & { readonly cause: string })
  | HandlingCheck<"CAUSE_MISSING">
  /** By their ids in the ledger. */
  | (HandlingCheck<"REMEDIES_VERIFIED" | "REMEDIES_NOT_VERIFIED" | "REMEDIES_NOT_CARRIED_OUT"> & {
      readonly remedies: readonly string[];
    })
  | HandlingCheck<"NO_REMEDY" | "NO_LEDGER">
  | (HandlingCheck<"DISPUTED" | "REOPENED" | "APPEALED"> & { readonly at: Instant; readonly event: number })
  | (HandlingCheck<"REPEATED"> & { readonly by: string })
  | (HandlingCheck<"ACKNOWLEDGED"> & { readonly at: Instant; readonly event: number })
  | HandlingCheck<"NOT_ACKNOWLEDGED">
  /** `silence`: the longest time in the hands of the house without a word to the customer. */
  | (HandlingCheck<"INFORMED" | "NOT_INFORMED"> & {
      readonly words: number;
      readonly silence: number;
      readonly limit: number;
    })
  | (HandlingCheck<"TOLD_AT_THE_END"> & { readonly at: Instant; readonly event: number })
  | HandlingCheck<"NOT_TOLD_AT_THE_END">
  | (HandlingCheck<"ENDED_OTHERWISE"> & { readonly state: string })
  | (HandlingCheck<"MERGED"> & { readonly into: string })
  | HandlingCheck<"NOT_CLOSED">;

/** The codes of what is found about the handling of a complaint. */
export type HandlingCode = HandlingFinding["code"];

/** What is made of the findings for one word. */
export interface Judgement {
  /** `null`: not decided yet, or nothing is known. Against it once, against it for good. */
  readonly passed: boolean | null;
  readonly findings: readonly HandlingFinding[];
}

export function judged(findings: readonly HandlingFinding[]): Judgement {
  const is = (what: HandlingSays) => findings.some(({ says }) => says === what);
  return { passed: is("against") ? false : is("open") || !is("for") ? null : true, findings };
}
