import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { preview } from "../kernel/schema.js";
import { zOf } from "./normal.js";
import type { Interval } from "./proportion.js";

/** How long something took; `censored`: it has not ended yet, and has taken so long until now. */
export interface Observation {
  /** Whole milliseconds from 0, of whatever clock. */
  readonly duration: number;
  readonly censored: boolean;
}

/** What happened at one duration. */
export interface SurvivalStep {
  readonly time: number;
  /** How many had neither ended nor been censored before it. */
  readonly atRisk: number;
  readonly events: number;
  readonly censored: number;
  /** The share that goes on beyond it. */
  readonly survival: number;
}

/** A survival curve as the table it is made from: a step for every duration there is, in order. */
export interface SurvivalCurve {
  readonly n: number;
  readonly steps: readonly SurvivalStep[];
}

/** A share with its interval, and on how many it rests. */
export interface SurvivalEstimate {
  readonly value: number | null;
  readonly interval: Interval | null;
  /** How many were still at risk beyond the age asked for. */
  readonly n: number;
  /** Why there is no value: nobody got so old, or nobody was followed so far and some would have gone on. */
  readonly reason?: "NOBODY_AT_RISK" | "BEYOND_HISTORY";
}

const mostObservations = 2_000_000;

/**
 * The product-limit estimate of how long things last, of which some have not ended yet (Kaplan and Meier 1958). What is
 * censored at a duration was still at risk there. The order of the observations does not matter. Throws
 * `INVALID_OPTIONS` for a duration that is no whole number from 0, and for more than 2,000,000 observations.
 *
 * @example
 * ```ts
 * import { kaplanMeier } from "clientele";
 *
 * const curve = kaplanMeier([
 *   { duration: 2, censored: false }, { duration: 3, censored: true },
 *   { duration: 4, censored: false }, { duration: 9, censored: true },
 * ]);
 * curve.steps.map((step) => [step.time, step.atRisk, step.survival]); // => [[2, 4, 0.75], [3, 3, 0.75], [4, 2, 0.375], [9, 1, 0.375]]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function kaplanMeier(observations: Iterable<Observation>): SurvivalCurve {
  return guarded("INVALID_OPTIONS", "kaplanMeier", () => {
    const ended: number[] = [];
    const open: number[] = [];
    for (const { duration, censored } of observations) {
      if (typeof censored !== "boolean") throw wrong(`censored: true or false is needed, found ${preview(censored)}`);
      if (ended.length + open.length === mostObservations)
        throw wrong(`at most ${mostObservations} observations are taken`);
      (censored ? open : ended).push(needDuration("duration", duration));
    }
    const a = Float64Array.from(ended).sort();
    const b = Float64Array.from(open).sort();
    const n = a.length + b.length;
    const steps: SurvivalStep[] = [];
    const product = productLimit();
    for (let i = 0, j = 0; i + j < n; ) {
      const atRisk = n - i - j;
      const time = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
      const [i0, j0] = [i, j];
      while (i < a.length && a[i] === time) i++;
      while (j < b.length && b[j] === time) j++;
      steps.push({ time, atRisk, events: i - i0, censored: j - j0, survival: product(atRisk, i - i0) });
    }
    return { n, steps };
  });
}

/**
 * The share that lasts beyond a time, of those that have lasted beyond an age: P(T > `beyond` | T > `age`), which is the
 * Kaplan–Meier estimate of those still at risk at that age. Its interval is Wilson's with the effective number of
 * observations S(1 − S) / V that Greenwood's variance V amounts to (Rothman 1978, Journal of Chronic Diseases 31:557;
 * method `rothman` of R's `km.ci`): where nothing is censored it is that of `wilson`. At 0 and 1, where V says
 * nothing, the number is that of the observations whose fate is known. Throws `INVALID_OPTIONS` for a time below the
 * age, a curve that is none, or a confidence that is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { conditionalSurvival, kaplanMeier } from "clientele";
 *
 * const curve = kaplanMeier([1, 2, 3, 4].map((duration) => ({ duration, censored: false })));
 * conditionalSurvival(curve, 0, 2).value; // => 0.5
 * conditionalSurvival(curve, 2, 3).value; // => 0.5
 * conditionalSurvival(curve, 4, 5); // => { value: null, interval: null, n: 0, reason: "NOBODY_AT_RISK" }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function conditionalSurvival(
  curve: SurvivalCurve,
  age: number,
  beyond: number,
  confidence = 0.95,
): SurvivalEstimate {
  return guarded("INVALID_OPTIONS", "conditionalSurvival", () => {
    const z = zOf(confidence);
    const steps = needSteps(curve);
    const at = needDuration("age", age);
    const until = needDuration("beyond", beyond);
    if (until < at) throw wrong(`beyond: at least the age ${at} is needed, found ${until}`);
    const first = stepAfter(steps, at);
    const n = steps[first]?.atRisk ?? 0;
    if (n === 0) return { value: null, interval: null, n, reason: "NOBODY_AT_RISK" };
    if (until === at) return { value: 1, interval: { low: 1, high: 1, confidence, method: "wilson" }, n };
    const last = steps[steps.length - 1]!;
    if (until > last.time && last.censored > 0) return { value: null, interval: null, n, reason: "BEYOND_HISTORY" };
    const product = productLimit();
    let value = 1;
    let greenwood = 0;
    let ended = 0;
    let i = first;
    for (; i < steps.length && steps[i]!.time <= until; i++) {
      const { atRisk, events } = steps[i]!;
      value = product(atRisk, events);
      greenwood += events / (atRisk * (atRisk - events));
      ended += events;
    }
    // Who was censored at the very time has lasted beyond it.
    const lasting = (steps[i]?.atRisk ?? 0) + (steps[i - 1]?.time === until ? steps[i - 1]!.censored : 0);
    const effective = value === 0 || value === 1 ? ended + lasting : (1 - value) / (value * greenwood);
    return { value, interval: scoreInterval(value, effective, z, confidence), n };
  });
}

/**
 * How much longer things last that have lasted beyond an age: for each share the shortest time within which at least so
 * many of them have ended. `null` where fewer have ended in all that was seen. Throws `INVALID_OPTIONS` for a share that
 * is not above 0 and at most 1.
 *
 * @example
 * ```ts
 * import { kaplanMeier, remainingQuantiles } from "clientele";
 *
 * const curve = kaplanMeier([1, 2, 3, 4, 9].map((duration) => ({ duration, censored: duration === 9 })));
 * remainingQuantiles(curve, 0, [0.2, 0.5, 0.9]); // => [1, 3, null]
 * remainingQuantiles(curve, 2, [0.5]); // => [2]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function remainingQuantiles(
  curve: SurvivalCurve,
  age: number,
  shares: readonly number[],
): readonly (number | null)[] {
  return guarded("INVALID_OPTIONS", "remainingQuantiles", () => {
    const steps = needSteps(curve);
    const at = needDuration("age", age);
    const wanted = Array.from(shares, (share, place) => ({ share, place }));
    if (wanted.length > 100) throw wrong(`at most 100 shares are taken, found ${wanted.length}`);
    for (const { share } of wanted)
      if (!(typeof share === "number" && share > 0 && share <= 1))
        throw wrong(`a share above 0 and up to 1 is needed, found ${preview(share)}`);
    wanted.sort((a, b) => a.share - b.share);
    const answer = wanted.map((): number | null => null);
    const product = productLimit();
    let next = 0;
    for (let i = stepAfter(steps, at); i < steps.length && next < wanted.length; i++) {
      const { time, atRisk, events } = steps[i]!;
      const ended = 1 - product(atRisk, events);
      // 1 − 0.1 is not 0.9 in binary.
      for (; next < wanted.length && ended >= wanted[next]!.share - 1e-12; next++)
        answer[wanted[next]!.place] = time - at;
    }
    return answer;
  });
}

const wrong = (message: string): ClienteleError => new ClienteleError("INVALID_OPTIONS", message);

function needDuration(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw wrong(`${name}: a whole number from 0 is needed, found ${preview(value)}`);
  // −0 is not JSON.
  return value + 0;
}

/**
 * The product of (atRisk − events) / atRisk over the steps that it is called for. As long as nobody is censored in
 * between, factors cancel out, and are left out: so many of so many is exact then, and rounding does not grow with the
 * number of steps.
 */
function productLimit(): (atRisk: number, events: number) => number {
  let base = 1;
  let start = -1;
  let left = -1;
  return (atRisk, events) => {
    if (atRisk !== left) {
      if (start > 0) base *= left / start;
      start = atRisk;
    }
    left = atRisk - events;
    return base * (left / start);
  };
}

function stepAfter(steps: readonly SurvivalStep[], age: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.time <= age) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Wilson's interval of a share p of n, of which neither p · n nor n need be whole. */
function scoreInterval(p: number, n: number, z: number, confidence: number): Interval {
  const spread = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / spread;
  const half = (z / spread) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const low = p === 0 ? 0 : Math.max(0, centre - half);
  const high = p === 1 ? 1 : Math.min(1, centre + half);
  return { low, high, confidence, method: "wilson" };
}

/** A curve may come from a database: its table has to add up. */
function needSteps({ n, steps }: SurvivalCurve): readonly SurvivalStep[] {
  if (!Array.isArray(steps)) throw wrong(`a curve of kaplanMeier has steps, found ${preview(steps)}`);
  let atRisk = needDuration("n", n);
  let time = -1;
  for (const step of steps as readonly SurvivalStep[]) {
    const { events, censored } = step;
    const sound =
      Number.isSafeInteger(step.time) &&
      step.time > time &&
      step.atRisk === atRisk &&
      Number.isSafeInteger(events) &&
      Number.isSafeInteger(censored) &&
      events >= 0 &&
      censored >= 0 &&
      events + censored > 0;
    if (!sound) throw wrong(`these are no steps of a survival curve: see the one after ${time}`);
    atRisk -= events + censored;
    time = step.time;
  }
  if (atRisk !== 0) throw wrong(`a survival curve of ${n} observations, of which ${atRisk} are not in its steps`);
  return steps;
}
