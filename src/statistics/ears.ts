import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { preview } from "../kernel/schema.js";

/** `C1`: the points just before are the baseline. `C2`: two points lie between. `C3`: three scores of C2 are summed. */
export type EarsMethod = "C1" | "C2" | "C3";

/** How counts are watched. */
export interface EarsOptions {
  /** Default `C2`. */
  readonly method?: EarsMethod | undefined;
  /** How many points make a baseline: 2 to 100, default 7. */
  readonly baseline?: number | undefined;
  /** The baseline is of points so many places apart: 1 (the default) any, 7 the same weekday of daily counts. */
  readonly season?: number | undefined;
  /**
   * The least standard deviation that a score divides by; default 1, at least 0.001. A quiet baseline has next to none,
   * and whatever comes would be an alarm. One report more or less is what a count cannot be finer than; for sparse data
   * Burkom takes 0.5 or 1 (`minSigma` of R's `surveillance::earsC`).
   */
  readonly minDeviation?: number | undefined;
  /** A score above it is an alarm; default 3, and 2 for C3. */
  readonly threshold?: number | undefined;
  /** The least count that can be an alarm; default 0. */
  readonly atLeast?: number | undefined;
  /**
   * How many points back a baseline may reach, of those it is made from; default four baselines. A rise that lasts is
   * the new normal: it is in alarm until the old baseline lies out of reach.
   */
  readonly reach?: number | undefined;
}

/** What is said of one point; `null` where there is too little before it. */
export interface EarsPoint {
  /** The mean of the baseline. */
  readonly expected: number | null;
  /** Its standard deviation (over n − 1), at least `minDeviation`. */
  readonly deviation: number | null;
  /** C1 and C2: deviations above what was expected. C3: their sum over three points, each less 1 and at least 0. */
  readonly score: number | null;
  readonly alarm: boolean;
}

/** Every option said. */
export type EarsRules = { readonly [Name in keyof EarsOptions]-?: NonNullable<EarsOptions[Name]> };

/** The same in columns: NaN where there is too little to say. */
export interface EarsColumns {
  readonly expected: Float64Array;
  readonly deviation: Float64Array;
  readonly score: Float64Array;
  readonly alarm: Uint8Array;
}

const mostPoints = 1_000_000;
const mostBaseline = 100;

/**
 * Watches a series of counts for what is above its own recent past, by the methods of the Early Aberration Reporting
 * System (Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008), which need no history but a few points: C1 can speak
 * from point `baseline` + 1 on, C2 from + 3, C3 from + 5.
 *
 * `null` is a point that is missing, as of a closed day: it is not scored, stands in no baseline, and the points around
 * it are neighbours. A point in alarm stands in no baseline either (left out, where R's `epitweetr` weighs it down), and
 * the baseline reaches further back for another: an outbreak does not hide its own continuation. Throws
 * `INVALID_OPTIONS` for what is no whole number from 0, and for options out of range.
 *
 * @example
 * ```ts
 * import { ears } from "clientele";
 *
 * const points = ears([1, 2, 3, 4, 5, 6, 7, 9, 12, 40], { method: "C1" });
 * points[6]; // => { expected: null, deviation: null, score: null, alarm: false }
 * points[7]?.expected; // => 4
 * points.map((point) => point.alarm).indexOf(true); // => 9
 * ears([0, 0, 0, 0, 0, 0, 0, 0, 0, 4])[9]; // => { expected: 0, deviation: 1, score: 4, alarm: true }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function ears(counts: ArrayLike<number | null>, options: EarsOptions = {}): readonly EarsPoint[] {
  return guarded("INVALID_OPTIONS", "ears", () => {
    const { expected, deviation, score, alarm } = watched(columnOf(counts), earsRules(options));
    const known = (x: number) => (Number.isNaN(x) ? null : x);
    return Array.from(alarm, (is, i) => ({
      expected: known(expected[i]!),
      deviation: known(deviation[i]!),
      score: known(score[i]!),
      alarm: is === 1,
    }));
  });
}

const wrong = (message: string): ClienteleError => new ClienteleError("INVALID_OPTIONS", message);

function columnOf(counts: ArrayLike<number | null>): Float64Array {
  const { length } = counts;
  if (!(Number.isSafeInteger(length) && length >= 0 && length <= mostPoints))
    throw wrong(`a list of at most ${mostPoints} counts is needed, found ${preview(length)}`);
  const column = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const count = counts[i];
    if (count !== null && !(Number.isSafeInteger(count) && count! >= 0))
      throw wrong(`point ${i}: a whole number from 0, or null, is needed, found ${preview(count)}`);
    // −0 would come out again, and is not JSON.
    column[i] = count === null ? Number.NaN : count! + 0;
  }
  return column;
}

/** Options with their defaults. Throws `INVALID_OPTIONS`. */
export function earsRules(options: EarsOptions): EarsRules {
  const { method = "C2", baseline = 7, season = 1, minDeviation = 1, atLeast = 0 } = options;
  const { threshold = method === "C3" ? 2 : 3, reach = 4 * baseline } = options;
  if (method !== "C1" && method !== "C2" && method !== "C3")
    throw wrong(`method: allowed are "C1", "C2" and "C3", found ${preview(method)}`);
  const within = (name: string, value: number, low: number, high: number, whole: boolean) => {
    if (!(whole ? Number.isSafeInteger(value) : Number.isFinite(value)) || value < low || value > high)
      throw wrong(
        `${name}: ${whole ? "a whole number" : "a number"} of ${low} to ${high} is needed, found ${preview(value)}`,
      );
  };
  within("baseline", baseline, 2, mostBaseline, true);
  within("season", season, 1, 366, true);
  within("minDeviation", minDeviation, 0.001, 1e9, false);
  within("threshold", threshold, 0, 1e9, false);
  within("atLeast", atLeast, 0, Number.MAX_SAFE_INTEGER, true);
  // With the gap of C2 a baseline lies two points further back.
  within("reach", reach, baseline + 2, mostPoints, true);
  return { method, baseline, season, minDeviation, threshold, atLeast, reach };
}

/** The methods over a column of counts, NaN where one is missing. */
export function watched(counts: Float64Array, rules: EarsRules): EarsColumns {
  const { method, baseline, season, minDeviation, threshold, atLeast, reach } = rules;
  const n = counts.length;
  const gap = method === "C1" ? 0 : 2;
  const expected = new Float64Array(n).fill(Number.NaN);
  const deviation = new Float64Array(n).fill(Number.NaN);
  const score = new Float64Array(n).fill(Number.NaN);
  const alarm = new Uint8Array(n);
  // What may stand in a baseline, as a list through the points of each season, the latest first.
  const latest = new Int32Array(season).fill(-1);
  const before = new Int32Array(n);
  // Which point of its season each is, missing ones left out: what `reach` counts.
  const place = new Int32Array(n);
  const places = new Int32Array(season);
  const there = new Int32Array(n);
  const excess = new Float64Array(n);
  const window = new Float64Array(baseline);
  let seen = 0;
  for (let i = 0; i < n; i++) {
    const count = counts[i]!;
    if (Number.isNaN(count)) continue;
    const cycle = i % season;
    place[i] = places[cycle]!++;
    there[seen] = i;
    const entering = seen - gap - 1;
    if (entering >= 0) {
      const j = there[entering]!;
      if (alarm[j] === 0) {
        before[j] = latest[j % season]!;
        latest[j % season] = j;
      }
    }
    let found = 0;
    for (let j = latest[cycle]!; j >= 0 && found < baseline && place[i]! - place[j]! <= reach; j = before[j]!)
      window[found++] = counts[j]!;
    excess[i] = Number.NaN;
    if (found === baseline) {
      let sum = 0;
      for (let k = 0; k < baseline; k++) sum += window[k]!;
      const mean = sum / baseline;
      let squares = 0;
      for (let k = 0; k < baseline; k++) squares += (window[k]! - mean) ** 2;
      const spread = Math.max(minDeviation, Math.sqrt(squares / (baseline - 1)));
      const above = (count - mean) / spread;
      expected[i] = mean;
      deviation[i] = spread;
      excess[i] = Math.max(0, above - 1);
      // NaN where one of the three has none.
      score[i] = method === "C3" ? excess[i]! + excess[there[seen - 1]!]! + excess[there[seen - 2]!]! : above;
    }
    if (score[i]! > threshold && count >= atLeast) alarm[i] = 1;
    seen++;
  }
  return { expected, deviation, score, alarm };
}
