import { unwrap } from "clientele";
import { daysFrom, instant, later, quarter } from "../quarter/days.js";
import type { Shop } from "../quarter/shop.js";
import type { Print } from "../run.js";
import { type Case, openedOn } from "./cases.js";
import { customerActor, orderWatch } from "./cast.js";
import { journal } from "./journal.js";
import { letterBox } from "./letters.js";
import type { Step } from "./story.js";
import type { Words } from "./words.js";
import { years } from "./years.js";

/** What is left when the years before the quarter are over. */
export type Played = Awaited<ReturnType<typeof play>>;

/** The day on which the shipment was due. */
const dueOn = ({ promise: { order, promisedDays } }: Case): string => later(order.orderedOn, promisedDays);

/** Takes the shop through the years before the quarter: complaints are opened, their steps executed, nights swept. */
export async function play(cases: readonly Case[], shop: Shop, print: Print, words: Words) {
  const { desk, diary } = shop;
  const complaints = new Map<Case, string>();
  const idOf = (one: Case): string => complaints.get(one) ?? "";
  const told = journal(print, words, (id) => cases.find((one) => idOf(one) === id));
  const letters = letterBox();
  const progress = years(print, words, letters.total);
  shop.listen("journal", told.publish);
  shop.listen("letters", letters.publish);

  const open = async (of: Case) => {
    const { order } = of.promise;
    const { words: summary, wish } = of.story;
    const opened = await desk.complaints.open({
      input: { customerId: order.customerId, orderId: order.id, channel: "email", summary, wish },
      actor: orderWatch,
      commandId: `${order.id}/open`,
    });
    complaints.set(of, unwrap(opened).id);
    progress.count("opened");
  };

  const take = async (of: Case, step: Step, number: number) => {
    const { order } = of.promise;
    const done = await desk.complaints.execute({
      id: idOf(of),
      command: step.does,
      actor: step.by === "customer" ? customerActor(order.customerId) : step.by,
      commandId: `${order.id}/${number}`,
    });
    progress.count("commands");
    if (step.refused === true && !done.ok) told.refused(diary.now(), of, step, done.error);
    else unwrap(done);
  };

  for (const of of cases) {
    diary.enter(instant(openedOn(of.promise), "09:00"), () => open(of));
    for (const [number, step] of of.story.steps.entries())
      diary.enter(instant(later(of.promise.order.shippedOn, step.day), step.time), () => take(of, step, number));
  }
  const before = later(quarter.first, -1);
  for (const day of daysFrom(cases.map(dueOn).sort()[0] ?? quarter.first, before)) {
    diary.enter(instant(day, "02:00"), async () => {
      progress.count("nights");
      progress.count("lapses", await shop.sweep());
    });
    if (day.endsWith("-12-31")) diary.enter(instant(day, "23:00"), () => progress.over(day.slice(0, 4)));
  }
  await diary.until(instant(before, "23:59"));
  return { desk, idOf, letters };
}
