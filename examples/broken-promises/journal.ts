import type { Event, Refusal } from "clientele";
import type { Print } from "../run.js";
import type { Case } from "./cases.js";
import { type ComplaintEvent, changedBy, minute, saidIn } from "./said.js";
import type { Step } from "./story.js";
import type { Words } from "./words.js";

/** Prints what customers and time do, as it happens: a consumer of the relay like any other. */
export function journal(print: Print, words: Words, caseOf: (complaintId: string) => Case | undefined) {
  const line = (at: string, order: string, text: string) => print(`  ${minute(at)}  ${order}  ${text}`);
  const scripted = (text: string | undefined) => `${text === undefined ? "" : `"${text}" `}${words.own("scripted")}`;

  const tell = (event: Event, { promise: { order }, story }: Case): void => {
    const what = words.event(event.type);
    const said = saidIn(event);
    if (event.type === "complaint.opened") {
      line(event.at, order.id, `${order.customerName}: ${what}. ${scripted(said)}`);
      line(event.at, order.id, `${order.customerName} ${words.own("asked")}: ${scripted(story.wish)}`);
    } else if (event.actor.kind === "customer")
      line(event.at, order.id, `${order.customerName}: ${what}. ${scripted(said)}`);
    else if (event.actor.kind === "system") {
      const changed = changedBy(event as ComplaintEvent, words);
      line(event.at, order.id, `[${words.own("time")}] ${changed === undefined ? what : `${what}: ${changed}`}`);
    }
  };

  return {
    publish: (event: Event): void => {
      const one = caseOf(event.stream.id);
      if (one !== undefined) tell(event, one);
    },
    refused: (at: string, { promise }: Case, { by, does }: Step, refusal: Refusal): void => {
      const who = by === "customer" ? promise.order.customerName : by.id;
      line(
        at,
        promise.order.id,
        `${words.own("refused")}: ${who}, "${words.command(does.type)}" ${scripted(undefined)}`,
      );
      for (const reason of words.reasons(refusal)) print(`      - ${reason}`);
    },
  };
}
