import { createServiceDesk, type Instant, memoryStore, unwrap } from "clientele";
import type { Print } from "../run.js";
import { agendaOf, type Case, type Moment } from "./cases.js";
import { customerActor, orderWatch } from "./cast.js";
import { journal } from "./journal.js";
import { letterBox } from "./letters.js";
import type { Words } from "./words.js";
import { years } from "./years.js";

/** What is left when the last story is over. */
export type Played = Awaited<ReturnType<typeof play>>;

const yearOf = (at: Instant): string => at.slice(0, 4);

/** Takes the clock through the agenda: nights sweep, complaints are opened, steps are executed, events are relayed. */
export async function play(cases: readonly Case[], print: Print, words: Words) {
  const agenda = agendaOf(cases);
  let now: Instant = agenda[0]?.at ?? "2014-01-01T00:00:00.000Z";
  let minted = 0;
  const newId = () => `complaint-${String(++minted).padStart(2, "0")}`;
  const desk = createServiceDesk({ store: memoryStore(), clock: () => now, newId });
  const complaints = new Map<Case, string>();
  const idOf = (one: Case): string => complaints.get(one) ?? "";
  const told = journal(print, words, (id) => cases.find((one) => idOf(one) === id));
  const letters = letterBox();
  const progress = years(print, words, letters.total);

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

  const take = async ({ of, step, number }: Extract<Moment, { what: "step" }>) => {
    const { order } = of.promise;
    const done = await desk.complaints.execute({
      id: idOf(of),
      command: step.does,
      actor: step.by === "customer" ? customerActor(order.customerId) : step.by,
      commandId: `${order.id}/${number}`,
    });
    progress.count("commands");
    if (step.refused === true && !done.ok) told.refused(now, of, step, done.error);
    else unwrap(done);
  };

  for (const moment of agenda) {
    if (yearOf(moment.at) !== yearOf(now)) progress.over(yearOf(now));
    now = moment.at;
    if (moment.what === "open") await open(moment.of);
    else if (moment.what === "step") await take(moment);
    else {
      progress.count("nights");
      progress.count("lapses", (await desk.sweep()).swept);
    }
    await desk.relay({ consumer: "journal", publish: told.publish });
    await desk.relay({ consumer: "letters", publish: letters.publish });
  }
  progress.over(yearOf(now));
  return { desk, idOf, letters };
}
