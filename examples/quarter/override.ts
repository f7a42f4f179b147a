import { type Event, unwrap } from "clientele";
import { mia } from "./cast.js";
import { instant } from "./days.js";
import { type PlanningDone, plan } from "./planning.js";
import type { Explained } from "./register.js";
import type { Shop } from "./shop.js";

export const overrideUntil = "2018-02-15";

/** A grade set by hand, and how it ended. */
export interface Overridden {
  readonly of: Explained;
  readonly grade: string;
  readonly reason: string;
  /** Planning after it was set, and after it had lapsed. */
  readonly plannings: PlanningDone[];
  /** What happened to the grade, in order; read when the quarter is over. */
  readonly timeline: () => Promise<readonly Event[]>;
}

/** A manager keeps somebody in a better grade for a while. Nobody has to remember that it ends. */
export function enterOverride(shop: Shop, of: Explained, grade: string): Overridden {
  const { desk, diary } = shop;
  const { id } = of.buyer;
  const reason = "Has announced a framework contract; served as A until it is signed or not";
  const plannings: PlanningDone[] = [];
  diary.enter(instant("2018-01-02", "09:00"), async () => {
    const input = { grade, reason, until: instant(overrideUntil, "00:00") };
    unwrap(await desk.grading.execute({ id, command: { type: "override", input }, actor: mia }));
    plannings.push(await plan(shop, "2018-01-02"));
  });
  diary.enter(instant(overrideUntil, "09:00"), async () => void plannings.push(await plan(shop, overrideUntil)));
  return { of, grade, reason, plannings, timeline: async () => unwrap(await desk.grading.timeline(id)).items };
}
