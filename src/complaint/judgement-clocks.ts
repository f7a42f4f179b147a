import { quantiles } from "../statistics/quantile.js";
import { rateOf } from "../statistics/rate.js";
import type { CaseFacts } from "./case.js";
import type { HandlingFinding } from "./finding.js";
import { handled } from "./handling-time.js";

// The words that clocks answer: timely, and fast.

/** What the readings of one clock say, of the present run and of those before. */
export function ofClock({ clocks }: CaseFacts, clock: string): readonly HandlingFinding[] {
  const read = clocks?.find((one) => one.clock === clock);
  if (read === undefined) return [{ code: "NO_READING", says: "nothing", clock }];
  const { late, onTime, latest, due, state } = read;
  const found: HandlingFinding[] = [];
  if (late > 0) found.push({ code: "LATE", says: "against", clock, runs: late, latest });
  if (onTime > 0) found.push({ code: "ON_TIME", says: "for", clock, runs: onTime });
  if (read.isOpen) found.push({ code: "STILL_RUNNING", says: "open", clock, due });
  if (found.length > 0) return found;
  return [{ code: state === "cancelled" ? "NO_TARGET" : "NOT_OWED", says: "nothing", clock }];
}

/** Acknowledged and answered on time. */
export const timely = (facts: CaseFacts): readonly HandlingFinding[] =>
  ["acknowledge", "first_response", "next_response"].flatMap((clock) => ofClock(facts, clock));

/** Resolved within its target. */
export const withinTarget = (facts: CaseFacts): readonly HandlingFinding[] => ofClock(facts, "resolution");

/** What a complaint is held against beside its target. */
export interface Among {
  readonly peers: Float64Array;
  readonly slowest: number;
  readonly leastPeers: number;
  readonly confidence: number;
}
const definition = "peers that took less time, of all peers";

/** Resolved no slower than the slowest of its peers. */
export function amongPeers({ stretches }: CaseFacts, among: Among): readonly HandlingFinding[] {
  const { peers, slowest, leastPeers, confidence } = among;
  const handling = stretches === undefined ? null : handled(stretches);
  if (handling === null || peers.length === 0) return [];
  const faster = rateOf(peers.filter((one) => one < handling).length, peers.length, definition, confidence);
  const facts = { handling, median: quantiles(peers, [0.5])[0]!, faster };
  if (peers.length < leastPeers) return [{ code: "TOO_FEW_PEERS", says: "nothing", ...facts }];
  return faster.value! > slowest
    ? [{ code: "BEHIND_PEERS", says: "against", ...facts }]
    : [{ code: "AMONG_PEERS", says: "for", ...facts }];
}
