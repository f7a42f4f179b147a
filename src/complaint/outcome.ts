import type { CaseFacts } from "./case.js";
import { isSettled } from "./handling-time.js";
import type { Stretch, Told } from "./telling.js";

/** What became of a complaint; `otherwise` is for closed states of plugins. */
export type Outcome = "open" | "solved" | "unsolved" | "withdrawn" | "otherwise";

export function outcomeOf({ state, phase, entries, stretches }: CaseFacts): Outcome {
  if (state === "withdrawn") return "withdrawn";
  if (state === "rejected") return "unsolved";
  if (stretches === undefined) {
    if (state === "resolved") return "solved";
    if (state !== "closed") return phase === "closed" ? "otherwise" : "open";
    return entries === undefined || entries.some(({ status }) => done.has(status)) ? "solved" : "unsolved";
  }
  const first = settlement(stretches);
  if (first === undefined) return "open";
  if (first.state === "resolved") return "solved";
  return state === "closed" ? "unsolved" : "otherwise";
}

/** What the ledger says of a remedy that the customer has got. */
export const done: ReadonlySet<string> = new Set(["carried_out", "verified"]);

/** The stretch with which it was last settled. */
function settlement(stretches: readonly Stretch[]): Stretch | undefined {
  let first: Stretch | undefined;
  for (let i = stretches.length - 1; i >= 0 && isSettled(stretches[i]!); i--) first = stretches[i];
  return first;
}

const further: ReadonlySet<string> = new Set([
  "handed_over",
  "transferred",
  "escalated",
  "declined",
  "disputed",
  "reopened",
  "appealed",
  "absorbed",
]);
const isFurther = ({ type, data }: Told): boolean =>
  type === "contacted" ? data["direction"] === "in" : further.has(type);

/** Whether the first contact was enough; `undefined` where there is no solution, or no timeline to tell. */
export function firstContact(facts: CaseFacts): boolean | undefined {
  const { told, stretches } = facts;
  if (told === undefined || stretches === undefined || outcomeOf(facts) !== "solved") return undefined;
  const { from, version } = settlement(stretches)!;
  return !told.some((one) => isFurther(one) && (one.version < version || one.ms < from));
}
