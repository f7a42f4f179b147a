import { unwrap } from "clientele";
import { all } from "./all.js";
import type { Buyer } from "./buyers.js";
import { type Called, enterCalls } from "./calls.js";
import { daysFrom, instant, monthOf, quarter } from "./days.js";
import { enterOverride, type Overridden } from "./override.js";
import { type ByMonth, type PlanningDone, plan, visitsByMonth } from "./planning.js";
import { survey, visits } from "./policies.js";
import { type Registered, register } from "./register.js";
import type { Shop } from "./shop.js";

/** Everything that the quarter leaves behind. */
export interface Quarter {
  readonly registered: Registered;
  readonly planned: PlanningDone;
  readonly byMonth: ByMonth;
  readonly called: Called;
  readonly overridden: Overridden | undefined;
}

/** What is told while it runs. */
export interface Progress {
  readonly registered: (done: number) => void;
  readonly planned: (done: number) => void;
  readonly month: (month: string, told: { readonly contacts: number; readonly answers: number }) => void;
}

/** The first day: customers are registered and graded, and the quarter is planned. Then it runs. */
export async function runQuarter(shop: Shop, buyers: readonly Buyer[], progress: Progress): Promise<Quarter> {
  const { desk, diary, sweep } = shop;
  await diary.until(instant(quarter.first, "06:00"));
  const registered = await register(shop, buyers, progress.registered);
  for (const policy of [visits, survey]) unwrap(await desk.policies.adopt(policy));
  const planned = await plan(shop, quarter.first, progress.planned);
  const byMonth = await visitsByMonth(shop, registered.gradeOf);

  const days = daysFrom(quarter.first, quarter.last);
  // The first night of the quarter is over: what is due on its first day is due at once.
  for (const day of days)
    diary.enter(instant(day, day === quarter.first ? "07:00" : "02:00"), async () => void (await sweep()));
  const second = registered.explained?.[1];
  const overridden =
    second?.explained.next == null ? undefined : enterOverride(shop, second, second.explained.next.grade);
  const called = enterCalls(shop, buyers);

  for (const month of new Set(days.map(monthOf))) {
    await diary.until(instant(days.findLast((day) => monthOf(day) === month)!, "23:59"));
    const contacts = (await all(desk.followUps.find, { state: "done" })).length;
    const answers = (await all(desk.satisfaction.find, { state: "answered" })).length;
    progress.month(month, { contacts, answers });
  }
  return { registered, planned, byMonth, called, overridden };
}
