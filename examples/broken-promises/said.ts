import { type Event, type InferEvent, isErased, type Money, type ServiceRules } from "clientele";
import type { Words } from "./words.js";

export type ComplaintEvent = InferEvent<ServiceRules, "complaint">;

export const minute = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`;
export const shownMoney = ({ amount, currency }: Money): string => `${(amount / 100).toFixed(2)} ${currency}`;

/** Where the events of a complaint keep what somebody said or wrote. */
const places = ["summary", "words", "message", "outcome", "question", "text", "reason"];

/** What somebody said or wrote in an event; nothing where it has been erased. */
export function saidIn({ data }: Event): string | undefined {
  const texts = places.map((place) => (data as Readonly<Record<string, unknown>>)[place]);
  const said = texts.find((text) => typeof text === "string" || isErased(text));
  return typeof said === "string" ? said : undefined;
}

/** What people say and decide here is invented; what the shop's software and the clock do is not. */
export const isScripted = (event: Event): boolean => event.actor.kind !== "system" || saidIn(event) !== undefined;

/** What an event changed, in the words of the catalogue. */
export function changedBy(event: ComplaintEvent, words: Words): string | undefined {
  switch (event.type) {
    case "complaint.escalated":
      return `${words.own("level")} ${event.data.from} → ${event.data.to}`;
    case "complaint.warned":
    case "complaint.breached":
      return words.clock(event.data.clock);
    case "complaint.assigned":
      return event.data.ownerId;
    case "complaint.proposed": {
      const { remedy, amount } = event.data;
      return amount === null ? words.remedy(remedy) : `${words.remedy(remedy)}, ${shownMoney(amount)}`;
    }
    default:
      return typeof event.moved?.from === "string" ? `→ ${words.state(event.moved.to)}` : undefined;
  }
}
