import { invitationTo, type RecordOf, type TokensOf, unwrap } from "clientele";
import { all } from "./all.js";
import type { Buyer } from "./buyers.js";
import { ann, ben, customerActor, mailer } from "./cast.js";
import { dayOf, daysFrom, instant, later, quarter } from "./days.js";
import { handledBy, handlingOf } from "./handling.js";
import { survey } from "./policies.js";
import { answersAfter, attempt, type Reaction, reactionOf, storyOf } from "./script.js";
import type { Shop } from "./shop.js";

type FollowUp = RecordOf<TokensOf<readonly []>, "follow-up">;

/** A dissatisfied answer, and the complaint that it opened. */
export interface Dissatisfied {
  readonly buyer: Buyer;
  readonly grade: string | null;
  readonly survey: string;
  readonly complaint: string;
  /** The events of the one unit of work, by id. */
  readonly events: readonly string[];
}

/** What the calls leave behind. */
export interface Called {
  /** The grade that a customer had when they were asked. */
  readonly askedAs: ReadonlyMap<string, string | null>;
  readonly dissatisfied: readonly Dissatisfied[];
}

const whoCalls = { visit: ben, phone: ann, email: mailer } as const;

/** Enters the calls of the quarter into the diary: every day, whoever is due. */
export function enterCalls({ desk, diary }: Shop, buyers: readonly Buyer[]): Called {
  const byId = new Map(buyers.map((buyer) => [buyer.id, buyer]));
  const askedAs = new Map<string, string | null>();
  const dissatisfied: Dissatisfied[] = [];

  const call = async ({ id, customerId, channel, missed, attempts }: FollowUp) => {
    const actor = whoCalls[channel as keyof typeof whoCalls];
    const outcome = channel === "email" ? "reached" : attempt(id, missed);
    const type = { reached: "reach", refused: "refuse", missed: missed + 1 < attempts ? "miss" : "abandon" } as const;
    unwrap(await desk.followUps.execute({ id, command: { type: type[outcome] }, actor }));
    // Once a quarter is enough.
    if (outcome === "reached" && !askedAs.has(customerId)) await ask(byId.get(customerId)!, channel === "email");
  };

  const ask = async (buyer: Buyer, byMail: boolean) => {
    const { grade } = unwrap(await desk.grading.get(buyer.id));
    askedAs.set(buyer.id, grade);
    const subject = { kind: "order", id: buyer.orders.at(-1)!.id } as const;
    const input = invitationTo(survey, { customerId: buyer.id, subject }, diary.now());
    const actor = byMail ? mailer : ann;
    const { id } = unwrap(await desk.satisfaction.open({ id: `${quarter.first}/${buyer.id}`, input, actor }));
    const reaction = reactionOf(buyer.id, byMail ? "by e-mail" : "by a person");
    if (!byMail) await react(id, buyer, reaction, ann);
    else if (reaction.does !== "nothing") {
      const when = instant(later(dayOf(diary.now()), answersAfter(buyer.id)), "19:30");
      diary.enter(when, () => react(id, buyer, reaction, customerActor(buyer.id)));
    }
  };

  const react = async (id: string, buyer: Buyer, reaction: Reaction, actor: typeof ann) => {
    if (reaction.does === "nothing") return;
    if (reaction.does !== "answer") {
      unwrap(await desk.satisfaction.execute({ id, command: { type: reaction.does }, actor }));
      return;
    }
    const { nps, csat, comment } = reaction;
    const input = comment === undefined ? { answers: { nps, csat } } : { answers: { nps, csat }, comment };
    const { events } = unwrap(await desk.satisfaction.execute({ id, command: { type: "answer", input }, actor }));
    if (unwrap(await desk.satisfaction.get(id)).dissatisfied === true) await follow(id, buyer, events);
  };

  /** The complaint is there already; from here on it is handled like any other. */
  const follow = async (surveyId: string, buyer: Buyer, events: readonly string[]) => {
    const [opened] = await all(desk.complaints.find, { customerId: buyer.id, state: "received" });
    if (opened === undefined) throw new Error(`no complaint of ${buyer.id}`);
    const grade = askedAs.get(buyer.id) ?? null;
    dissatisfied.push({ buyer, grade, survey: surveyId, complaint: opened.id, events });
    for (const { day, time, by, does } of handledBy(handlingOf(grade), storyOf(buyer.id).steps))
      diary.enter(instant(later(dayOf(diary.now()), day), time), async () => {
        const actor = by === "customer" ? customerActor(buyer.id) : by;
        unwrap(await desk.complaints.execute({ id: opened.id, command: does, actor }));
      });
  };

  for (const day of daysFrom(quarter.first, quarter.last))
    diary.enter(instant(day, "10:00"), async () => {
      for (const followUp of await due()) await call(followUp);
    });
  return { askedAs, dissatisfied };

  function due(): Promise<readonly FollowUp[]> {
    return all(desk.followUps.find, { state: "due" });
  }
}
