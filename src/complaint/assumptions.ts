import { preview } from "../kernel/schema.js";
import { listOf, objectOf } from "./case.js";
import { needText, wrong } from "./telling.js";

/** What the value of recovery rests on. */
export type AssumptionId =
  | "leaves.unsolved"
  | "leaves.service"
  | "stays.solved"
  | "stays.caring"
  | "complains"
  | "tells"
  | "prospects"
  | "acquisition";

/** A figure that somebody claims, and where. */
export interface Assumption {
  readonly id: AssumptionId;
  readonly value: number;
  readonly source: string;
}

/**
 * The figures that loss and recovery are estimated with, each with its source. They are claims of service-management
 * texts, not measurements: replace each for which you have your own (`assumptions` of `pileOf`). Shares are 0 to 1.
 *
 * - `leaves.unsolved`: the share of customers who leave over a problem that is not solved; `leaves.service`: over poor
 *   service, taken for complaints of the nature `service`.
 * - `stays.solved`, `stays.caring`: the share who stay where a complaint is solved well, and where it is solved fast and
 *   with visible care.
 * - `complains`: the share of unhappy customers who complain. Other texts say that most stay silent.
 * - `tells`: how many people an unhappy customer tells.
 * - `prospects`: how many would-be customers each dissatisfied customer costs who leaves.
 * - `acquisition`: how many times as much it costs to win a customer as to keep one.
 *
 * @example
 * ```ts
 * import { recoveryAssumptions } from "clientele";
 *
 * recoveryAssumptions.find(({ id }) => id === "stays.caring")?.value; // => 0.95
 * recoveryAssumptions.every(({ source }) => source !== ""); // => true
 * ```
 */
export const recoveryAssumptions: readonly Assumption[] = [
  { id: "leaves.unsolved", value: 0.89, source: "service-management essays, reference rates (D3): as claimed" },
  { id: "leaves.service", value: 0.94, source: "service-management essays, reference rates (D3): as claimed" },
  { id: "stays.solved", value: 0.75, source: "service-management essays, reference rates (D3): as claimed" },
  { id: "stays.caring", value: 0.95, source: "service-management essays, reference rates (D3): as claimed" },
  { id: "complains", value: 0.67, source: "service-management essays, reference rates (D3): others say fewer (D11)" },
  { id: "tells", value: 9, source: "service-management essays, reference rates (D3): as claimed" },
  { id: "prospects", value: 4, source: "industrial supplier's service programme (A7): at least" },
  {
    id: "acquisition",
    value: 6,
    source: "service-management essays (D3); an industrial supplier's programme (A9) says 5 to 6",
  },
];

const isShare = (id: AssumptionId): boolean => id !== "tells" && id !== "prospects" && id !== "acquisition";

/** The figures that hold, those of a host in the place of ours. */
export function assumptionsOf(own: readonly Assumption[] = []): readonly Assumption[] {
  const named = new Map(recoveryAssumptions.map((one) => [one.id as string, one]));
  listOf("assumptions", own, 100).forEach((one, i) => {
    const { id, value, source } = objectOf(`assumptions.${i}`, one);
    const name = `assumptions.${i}`;
    const known = named.get(needText(`${name}.id`, id));
    if (known === undefined) throw wrong(`${name}.id: no assumption is called ${preview(id)}`);
    const most = isShare(known.id) ? 1 : 1_000_000;
    // Nobody is unhappy for each who complains where nobody complains.
    const least = known.id === "complains" ? 0.001 : 0;
    if (typeof value !== "number" || !(value >= least && value <= most))
      throw wrong(`${name}.value: a number of ${least} to ${most} is needed, found ${preview(value)}`);
    named.set(known.id, { id: known.id, value, source: needText(`${name}.source`, source) });
  });
  return [...named.values()];
}
