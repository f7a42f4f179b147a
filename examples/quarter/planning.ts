import { type LocalDate, unwrap } from "clientele";
import { all } from "./all.js";
import { monthOf, quarter } from "./days.js";
import { visits } from "./policies.js";
import type { Shop } from "./shop.js";

/** What one run of planning did. */
export interface PlanningDone {
  readonly on: LocalDate;
  readonly customers: number;
  readonly unchanged: number;
  readonly created: number;
  readonly dropped: number;
  /** Dropped before, and called for again. */
  readonly back: number;
}

/** Makes the plan hold for everyone, from a day to the end of the quarter. */
export async function plan({ desk }: Shop, from: LocalDate, progress?: (done: number) => void): Promise<PlanningDone> {
  const states = async () => new Map((await all(desk.followUps.find)).map(({ id, state }) => [id, state]));
  const before = await states();
  let customers = 0;
  let unchanged = 0;
  for await (const item of desk.planAll({ plan: visits.id, from, to: quarter.last })) {
    if (item.outcome === "refused") unwrap({ ok: false, error: item.refusal });
    customers++;
    if (item.outcome === "unchanged") unchanged++;
    if (customers % 200 === 0) progress?.(customers);
  }
  const after = [...(await states())];
  const count = (was: (before: string | undefined, now: string) => boolean) =>
    after.filter(([id, state]) => was(before.get(id), state)).length;
  return {
    on: from,
    customers,
    unchanged,
    created: count((was) => was === undefined),
    dropped: count((was, now) => was !== "dropped" && now === "dropped"),
    back: count((was, now) => was === "dropped" && now !== "dropped"),
  };
}

/** How many visits there are in each month, by grade. */
export type ByMonth = ReadonlyMap<string, ReadonlyMap<string, number>>;

export async function visitsByMonth({ desk }: Shop, gradeOf: ReadonlyMap<string, string | null>): Promise<ByMonth> {
  const months = new Map<string, Map<string, number>>();
  for (const { customerId, dueOn } of await all(desk.followUps.find)) {
    const month = months.get(monthOf(dueOn)) ?? new Map<string, number>();
    const grade = gradeOf.get(customerId) ?? "-";
    months.set(monthOf(dueOn), month.set(grade, (month.get(grade) ?? 0) + 1));
  }
  return new Map([...months].sort(([a], [b]) => (a < b ? -1 : 1)));
}
