import { quantiles } from "../statistics/quantile.js";
import type { CaseFacts } from "./case.js";
import { own } from "./own.js";

/** How long complaints are in one state, in elapsed milliseconds; all stays of one complaint are one time. */
export interface StageRow {
  readonly state: string;
  /** The complaints that have been in it and left it: what mean and quantiles rest on; `null` for none. */
  readonly n: number;
  /** Those that are in it still. */
  readonly now: number;
  /** All time spent in it, unfinished stays as of now included. */
  readonly total: number;
  /** Of all the time that complaints were not closed; `null` where there is none. */
  readonly share: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
}

/** Where the time goes (E5). */
export interface StageTimes {
  /** The complaints whose timeline is known. */
  readonly n: number;
  /** All the time for which they were not closed. */
  readonly total: number;
  /** The most time first. */
  readonly rows: readonly StageRow[];
  /** The state with the largest share of the time. */
  readonly bottleneck: string | null;
}

export interface StagePart {
  readonly add: (facts: CaseFacts) => void;
  readonly report: () => StageTimes;
}

interface Stage {
  readonly times: number[];
  now: number;
  running: number;
}

/** Exact quantiles need every time: eight bytes for each state of each complaint are kept. */
export function stagePart(asOf: number): StagePart {
  const stages = new Map<string, Stage>();
  let n = 0;
  return {
    add: ({ stretches }) => {
      if (stretches === undefined) return;
      n++;
      const stays = new Map<string, { time: number; isLeft: boolean }>();
      for (const { state, phase, from, to } of stretches) {
        if (phase === "closed" || from > asOf) continue;
        const isLeft = to !== null && to <= asOf;
        stays.set(state, { time: (stays.get(state)?.time ?? 0) + (isLeft ? to : asOf) - from, isLeft });
      }
      for (const [state, { time, isLeft }] of stays) {
        const stage = own(stages, state, () => ({ times: [], now: 0, running: 0 }));
        if (isLeft) stage.times.push(time);
        else {
          stage.now++;
          stage.running += time;
        }
      }
    },
    report: () => {
      const rows = [...stages].map(([state, stage]) => ({ state, ...stage, total: totalOf(stage) }));
      const total = rows.reduce((sum, row) => sum + row.total, 0);
      rows.sort((a, b) => b.total - a.total || (a.state < b.state ? -1 : 1));
      return {
        n,
        total,
        rows: rows.map(({ state, times, now, total: time }) => {
          const finished = times.reduce((sum, one) => sum + one, 0);
          const [median, p90] = times.length === 0 ? [null, null] : quantiles(times, [0.5, 0.9]);
          return {
            state,
            n: times.length,
            now,
            total: time,
            share: total === 0 ? null : time / total,
            mean: times.length === 0 ? null : finished / times.length,
            median: median ?? null,
            p90: p90 ?? null,
          };
        }),
        bottleneck: total === 0 ? null : rows[0]!.state,
      };
    },
  };
}

const totalOf = ({ times, running }: Stage): number => times.reduce((sum, one) => sum + one, running);
