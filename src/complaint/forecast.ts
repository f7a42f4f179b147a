import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { preview } from "../kernel/schema.js";
import { zOf } from "../statistics/normal.js";
import type { Interval } from "../statistics/proportion.js";
import { conditionalSurvival, kaplanMeier, remainingQuantiles, type SurvivalCurve } from "../statistics/survival.js";

/** How long a case took to handle, or has taken until now. */
export interface Handled {
  /** Whole milliseconds. */
  readonly handling: number;
  /** Whether it is still open. */
  readonly open: boolean;
}

/** What a breach is foretold from. */
export interface BreachQuestion {
  /**
   * Cases like this one, the open ones among them: leaving those out would make handling look faster than it is. For
   * many questions to one history, the curve that `kaplanMeier` makes of it.
   */
  readonly history: Iterable<Handled> | SurvivalCurve;
  /** How long the case has been handled so far. */
  readonly age: number;
  /** How long is left until it is due; 0 or less: it is due. */
  readonly remaining: number;
  /** Default 0.95. */
  readonly confidence?: number | undefined;
  /** How many cases of the history must have been handled for longer than `age`; default 10. */
  readonly atLeast?: number | undefined;
}

/** What is to be expected of an open case. */
export interface BreachForecast {
  /** That the case is not done within what remains. Done at the very end is in time. */
  readonly probability: number | null;
  readonly interval: Interval | null;
  /** How many cases of the history were handled for longer than this one until now: what all of this rests on. */
  readonly n: number;
  /** Within how long of now such cases are done, as shares of them; `null`: the history does not reach so far. */
  readonly quantiles: readonly { readonly share: number; readonly within: number | null }[];
  /** Why there is no probability: too few cases got so old, or none was followed until so late and some were open. */
  readonly reason?: "TOO_LITTLE_HISTORY" | "BEYOND_HISTORY";
}

const shares = [0.5, 0.8, 0.9];

/**
 * How likely an open case is not done in time, from how long cases like it took: the Kaplan–Meier estimate of those that
 * took longer than it has until now (see `conditionalSurvival`, also for the interval). No model is fitted, and the same
 * history gives the same answer in any order. What the history cannot tell is answered with `null` and a reason.
 *
 * All durations are of one clock, which is the host's: working milliseconds of a calendar (`calendar.between`) where
 * due times are in working time, or elapsed ones. Throws `INVALID_OPTIONS` for what is no whole number of milliseconds.
 *
 * @example
 * ```ts
 * import { forecastBreach } from "clientele";
 *
 * const hour = 3_600_000;
 * const history = Array.from({ length: 40 }, (_, i) => ({ handling: (i + 1) * hour, open: false }));
 * const forecast = forecastBreach({ history, age: 20 * hour, remaining: 15 * hour });
 * forecast.probability; // => 0.25
 * forecast.n; // => 20
 * forecast.quantiles[0]; // => { share: 0.5, within: 36000000 }
 * forecastBreach({ history, age: 35 * hour, remaining: hour }).reason; // => "TOO_LITTLE_HISTORY"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function forecastBreach(question: BreachQuestion): BreachForecast {
  return guarded("INVALID_OPTIONS", "forecastBreach", () => {
    const { history, age, remaining, confidence = 0.95, atLeast = 10 } = question;
    if (!Number.isSafeInteger(remaining))
      throw wrong(`remaining: whole milliseconds are needed, found ${preview(remaining)}`);
    if (!Number.isSafeInteger(atLeast) || atLeast < 1)
      throw wrong(`atLeast: a whole number from 1 is needed, found ${preview(atLeast)}`);
    zOf(confidence);
    const curve = "steps" in history ? history : kaplanMeier(observed(history));
    // Nothing lasts longer than numbers reach.
    const beyond = Math.min(age + Math.max(0, remaining), Number.MAX_SAFE_INTEGER);
    const { value, interval, n, reason } = conditionalSurvival(curve, age, beyond, confidence);
    const enough = n >= atLeast;
    const within = enough ? remainingQuantiles(curve, age, shares) : [];
    const quantiles = shares.map((share, i) => ({ share, within: within[i] ?? null }));
    if (remaining <= 0) {
      const certain = { low: 1, high: 1, confidence, method: "wilson" } as const;
      return { probability: 1, interval: certain, n, quantiles };
    }
    if (!enough) return { probability: null, interval: null, n, quantiles, reason: "TOO_LITTLE_HISTORY" };
    return {
      probability: value,
      interval,
      n,
      quantiles,
      ...(reason === undefined ? {} : { reason: "BEYOND_HISTORY" }),
    };
  });
}

const wrong = (message: string): ClienteleError => new ClienteleError("INVALID_OPTIONS", message);

function* observed(history: Iterable<Handled>) {
  for (const { handling, open } of history) {
    if (!Number.isSafeInteger(handling) || handling < 0)
      throw wrong(`handling: whole milliseconds from 0 are needed, found ${preview(handling)}`);
    if (typeof open !== "boolean") throw wrong(`open: true or false is needed, found ${preview(open)}`);
    yield { duration: handling, censored: open };
  }
}
