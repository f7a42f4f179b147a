import { type Pareto, paretoOf } from "../statistics/pareto.js";
import type { CaseFacts } from "./case.js";
import { type Ageing, agePart } from "./pile-ageing.js";
import { type HandlingRates, ratePart } from "./pile-rates.js";
import { costPart, type RemedyCosts, type Responsibility, responsibilityPart } from "./pile-remedies.js";
import { type StageTimes, stagePart } from "./pile-stages.js";
import { type Recovery, type RecoveryOptions, recoveryPart } from "./recovery.js";

/** What a pile of complaints comes to. */
export interface PileReport {
  /** Complaints received, each merged one in the one in which it went on. */
  readonly received: number;
  /** How many were merged into others: they are in no other number. */
  readonly merged: number;
  readonly causes: Pareto;
  readonly natures: Pareto;
  readonly categories: Pareto;
  readonly ageing: Ageing;
  readonly rates: HandlingRates;
  readonly stages: StageTimes;
  readonly remedies: RemedyCosts;
  /** Who is responsible, the most first. */
  readonly responsibility: readonly Responsibility[];
  readonly recovery: Recovery;
}

/** The options of a pile, read once and checked. */
export interface How extends RecoveryOptions {
  readonly asOf: number;
  readonly zone: string;
  readonly bands: readonly number[];
  readonly confidence: number;
}

/** One group of complaints, taken in one by one. */
export interface Heap {
  readonly add: (facts: CaseFacts, isKeyed: boolean) => void;
  readonly report: (repeats: ReadonlySet<string>) => PileReport;
}

export function heap(how: How): Heap {
  const counts = { causes: counting(), natures: counting(), categories: counting() };
  const parts = {
    age: agePart(how),
    rates: ratePart(how.confidence),
    stages: stagePart(how.asOf),
    costs: costPart(),
    responsibility: responsibilityPart(),
    recovery: recoveryPart(how),
  };
  const keyed: string[] = [];
  let received = 0;
  let merged = 0;
  return {
    add: (facts, isKeyed) => {
      if (facts.mergedInto !== null) {
        merged++;
        return;
      }
      received++;
      if (isKeyed) keyed.push(facts.id);
      counts.causes.add(facts.cause);
      counts.natures.add(facts.nature);
      counts.categories.add(facts.category);
      for (const part of Object.values(parts)) part.add(facts);
    },
    report: (repeats) => ({
      received,
      merged,
      causes: counts.causes.report(),
      natures: counts.natures.report(),
      categories: counts.categories.report(),
      ageing: parts.age.report(),
      rates: parts.rates.report(keyed.filter((id) => repeats.has(id)).length, keyed.length),
      stages: parts.stages.report(),
      remedies: parts.costs.report(),
      responsibility: parts.responsibility.report(),
      recovery: parts.recovery.report(),
    }),
  };
}

function counting() {
  const counts = new Map<string, number>();
  let unknown = 0;
  return {
    add: (key: string | null): void => {
      if (key === null) unknown++;
      else counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    report: (): Pareto => paretoOf(counts, unknown),
  };
}
