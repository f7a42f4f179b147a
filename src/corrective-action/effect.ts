import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { type Instant, toMs } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import { wilson } from "../statistics/index.js";
import { type CorrectiveActionFields, mostLater } from "./model.js";

/** A complaint, as much of it as tells whether a cause was removed. */
export interface EffectComplaint {
  readonly id: string;
  /** The id of its cause of occurrence; `null` where it is not known. */
  readonly cause: string | null;
  readonly receivedAt: Instant;
  /** The complaint that it was merged into: what was merged is not counted. */
  readonly mergedInto?: string | null | undefined;
}

/** How many times as often complaints come as before, with an interval. */
export interface RateRatio {
  /** Below 1: fewer than before. `null` where there were none before. */
  readonly ratio: number | null;
  readonly low: number;
  /** `null`: without bound, because there were none before. */
  readonly high: number | null;
  /** The complaints of both windows together. */
  readonly n: number;
  /** For instance 0.95. */
  readonly confidence: number;
  readonly method: "conditional-wilson";
}

/** What a corrective action has brought about, as far as complaints tell it. */
export interface Effect {
  /**
   * The complaints with the same cause within the time of observation, in the order in which they came: what
   * `pass_check` and `fail_check` take. Of more than 1,000 the first 1,000.
   */
  readonly later: readonly string[];
  /** How many came within as long a time before the implementation. */
  readonly before: number;
  /** How many came within the time of observation. */
  readonly after: number;
  /** `null` without any complaint: nothing can be said. */
  readonly rateRatio: RateRatio | null;
  /** Whether no more came than the goal allows. */
  readonly effective: boolean;
}

const wrong = (message: string) => new ClienteleError("INVALID_OPTIONS", message);

/**
 * What complaints say about the effect of a corrective action: those with its cause, not merged into others, in two
 * windows of equal length. The one before is the goal's days up to and including the implementation, the one after
 * is as many days from there on, its last instant included. `null` while it has no cause, no goal or is not
 * implemented. Asked before the time of observation is over, it tells what is known by then. A complaint that comes
 * twice is counted once.
 *
 * The ratio of the rates is that of two Poisson counts. Given their sum n, the later one is binomial with the share
 * ρ/(1 + ρ) (Przyborowski & Wilenski 1940), so the bounds of the Wilson interval of that share, as odds, bound ρ: the
 * score interval of a ratio of rates (Graham, Mengersen & Morton 2003). It takes the rates as constant within each
 * window, and knows nothing of how many customers there were.
 *
 * Throws `INVALID_OPTIONS` for what is no corrective action, no list of complaints, or a confidence that is not between
 * 0 and 1.
 *
 * @example
 * ```ts
 * import { effectOf } from "clientele";
 *
 * const action = { cause: "seal", implementedAt: "2026-05-01T00:00:00.000Z", goal: { days: 30, allowed: 1 } };
 * const effect = effectOf(action, [
 *   { id: "c-1", cause: "seal", receivedAt: "2026-04-10T08:00:00.000Z" },
 *   { id: "c-2", cause: "seal", receivedAt: "2026-04-20T08:00:00.000Z" },
 *   { id: "c-3", cause: "seal", receivedAt: "2026-05-09T08:00:00.000Z" },
 *   { id: "c-4", cause: "late", receivedAt: "2026-05-10T08:00:00.000Z" },
 *   { id: "c-5", cause: "seal", receivedAt: "2026-05-11T08:00:00.000Z", mergedInto: "c-3" },
 * ]);
 * effect?.later; // => ["c-3"]
 * effect?.effective; // => true
 * effect?.rateRatio?.ratio; // => 0.5
 * effect?.rateRatio?.high?.toFixed(2); // => "3.82"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function effectOf(
  action: Pick<CorrectiveActionFields, "cause" | "implementedAt" | "goal">,
  complaints: Iterable<EffectComplaint>,
  confidence = 0.95,
): Effect | null {
  return guarded("INVALID_OPTIONS", "effectOf", () => {
    const { cause, implementedAt, goal } = action;
    if (cause === null || implementedAt === null || goal === null) return null;
    const { days, allowed } = goal;
    const [middle, length] = [instant(implementedAt), days * 86_400_000];
    if (typeof cause !== "string" || !(length >= 1) || !(allowed >= 0)) throw wrong("a corrective action is needed");
    const seen = new Set<string>();
    const later: { readonly id: string; readonly at: number }[] = [];
    let before = 0;
    for (const { id, cause: its, receivedAt, mergedInto = null } of complaints) {
      if (its !== cause || mergedInto !== null || seen.has(id)) continue;
      if (typeof id !== "string") throw wrong(`the id of a complaint is needed, found ${preview(id)}`);
      seen.add(id);
      const at = instant(receivedAt);
      if (at > middle && at <= middle + length) later.push({ id, at });
      else if (at <= middle && at > middle - length) before++;
    }
    const after = later.length;
    later.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    return {
      later: later.slice(0, mostLater).map(({ id }) => id),
      before,
      after,
      rateRatio: ratioOf(before, after, confidence),
      effective: after <= allowed,
    };
  });
}

function instant(at: Instant): number {
  const ms = toMs(at);
  if (Number.isNaN(ms)) throw wrong(`an instant is needed, found ${preview(at)}`);
  return ms;
}

const odds = (share: number): number => share / (1 - share);

function ratioOf(before: number, after: number, confidence: number): RateRatio | null {
  const n = before + after;
  const share = wilson(after, n, confidence);
  if (share === null) return null;
  const [ratio, high] = before === 0 ? [null, null] : [after / before, odds(share.high)];
  return { ratio, low: odds(share.low), high, n, confidence, method: "conditional-wilson" };
}
