import { guarded } from "../kernel/guarded.js";
import { zOf } from "./normal.js";
import { type Interval, needCounts } from "./proportion.js";

/** How many would recommend, are passive, would not. */
export interface NetCounts {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
}

/** A net score as a share from −1 to 1 (shown as points, times 100), with the variance of one answer. */
export interface NetScore {
  readonly score: number;
  readonly variance: number;
  readonly standardError: number;
  readonly n: number;
}

/**
 * Promoters less detractors as a share of all, with its spread: variance `p + d − (p − d)²`, standard error over n (not
 * n − 1). `null` for nobody, never 0. Throws `INVALID_OPTIONS` for what is not a count.
 *
 * @example
 * ```ts
 * import { netScore } from "clientele";
 *
 * netScore({ promoters: 1, passives: 1, detractors: 0 })?.score; // => 0.5
 * netScore({ promoters: 0, passives: 0, detractors: 0 }); // => null
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function netScore(counts: NetCounts): NetScore | null {
  return guarded("INVALID_OPTIONS", "netScore", () => {
    const { promoters, passives, detractors } = counts;
    needCounts(promoters, passives, detractors);
    return spreadOf(promoters, passives, detractors);
  });
}

function spreadOf(promoters: number, passives: number, detractors: number): NetScore | null {
  const n = promoters + passives + detractors;
  if (n === 0) return null;
  const score = (promoters - detractors) / n;
  // Floating point may leave dust below zero, which has no root.
  const variance = Math.max(0, (promoters + detractors) / n - score * score);
  return { score, variance, standardError: Math.sqrt(variance / n), n };
}

/**
 * The adjusted Wald interval of a net score (Rocks 2016): three pseudo-answers are added, ¾ promoter, 1½ passive, ¾
 * detractor, so that it has a width also where everyone agrees. Clipped to −1 to 1, which the formula itself can leave;
 * `clip: false` shows it as it comes. `null` for nobody.
 *
 * @example
 * ```ts
 * import { netScoreInterval } from "clientele";
 *
 * netScoreInterval({ promoters: 0, passives: 0, detractors: 10 })?.low; // => -1
 * netScoreInterval({ promoters: 1, passives: 8, detractors: 1 })?.high.toFixed(4); // => "0.2821"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function netScoreInterval(
  counts: NetCounts,
  options: { readonly confidence?: number; readonly clip?: boolean; readonly method?: "adjusted-wald" | "wald" } = {},
): Interval | null {
  return guarded("INVALID_OPTIONS", "netScoreInterval", () => {
    const { promoters, passives, detractors } = counts;
    const { confidence = 0.95, clip = true, method = "adjusted-wald" } = options;
    needCounts(promoters, passives, detractors);
    const z = zOf(confidence);
    if (promoters + passives + detractors === 0) return null;
    const pad = method === "wald" ? 0 : 0.75;
    const { score, standardError } = spreadOf(promoters + pad, passives + 2 * pad, detractors + pad)!;
    const half = z * standardError;
    const within = (x: number) => (clip ? Math.min(1, Math.max(-1, x)) : x);
    return { low: within(score - half), high: within(score + half), confidence, method };
  });
}
