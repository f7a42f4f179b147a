import type { Actor } from "clientele";
import { ann, type CoreCommand } from "./cast.js";

/** One scripted step of a story. */
export interface Step {
  /** Days after the shipment. */
  readonly day: number;
  /** `HH:mm`, in UTC. */
  readonly time: string;
  readonly by: Actor | "customer";
  readonly does: CoreCommand;
  /** The desk is expected to say no, and the demo shows why. */
  readonly refused?: true;
}

/** What people say and do about one late order. Everything in it is invented. */
export interface Story {
  readonly words: string;
  readonly wish: string;
  readonly steps: readonly Step[];
}

const usd = (cents: number) => ({ amount: cents, currency: "USD" });

export const step = (day: number, time: string, by: Step["by"], does: CoreCommand): Step => ({ day, time, by, does });
export const refusedStep = (day: number, time: string, by: Step["by"], does: CoreCommand): Step => ({
  ...step(day, time, by, does),
  refused: true,
});

/** The complaint is read, answered and assessed within its deadlines. */
export const taken = (
  by: Actor,
  day: number,
  scope: "general" | "major" = "general",
  severity: "low" | "normal" | "high" = "normal",
  nature: "logistics" | "service" = "logistics",
): readonly Step[] => [
  step(day, "09:30", by, { type: "acknowledge", input: { channel: "email" } }),
  step(day, "09:40", by, { type: "assign", input: { ownerId: by.id } }),
  step(day + 1, "10:00", by, { type: "assess", input: { nature, scope, severity } }),
];

type Offer = Extract<CoreCommand, { readonly type: "propose" }>["input"]["remedy"];

export const offered = (by: Actor, day: number, remedy: Offer, message: string, cents?: number): Step =>
  step(day, "11:00", by, {
    type: "propose",
    input: cents === undefined ? { remedy, message } : { remedy, message, amount: usd(cents) },
  });

/** The customer agrees, it is done, and the customer says that it was. */
export const settled = (by: Actor, day: number, agreed: string, outcome: string, thanks: string): readonly Step[] => [
  step(day, "18:20", "customer", { type: "accept", input: { words: agreed } }),
  step(day + 1, "14:00", by, { type: "resolve", input: { outcome } }),
  step(day + 3, "19:05", "customer", { type: "confirm", input: { words: thanks } }),
];

/** For a late order that nobody has written a story about. */
export const plainStory: Story = {
  words: "My order was shipped later than you promised.",
  wish: "An explanation",
  steps: [
    ...taken(ann, 2),
    offered(ann, 4, "apology", "We are sorry: the carrier left a day late."),
    ...settled(ann, 5, "All right.", "The apology was sent.", "Thank you."),
  ],
};
