import { type Graded, gradeBy, graderOf, type ServiceRules, unwrap } from "clientele";
import { type Buyer, type BuyerFacts, factsOn } from "../quarter/buyers.js";
import { later } from "../quarter/days.js";
import { type Handling, handledBy, handlingOf } from "../quarter/handling.js";
import { ruleOfThumb } from "../quarter/policies.js";
import type { BrokenPromise } from "../superstore/orders.js";
import { stories } from "./stories.js";
import { plainStory, type Story } from "./story.js";

/** A broken promise, what its customer was to the house then, and the story that is told about it. */
export interface Case {
  readonly promise: BrokenPromise;
  readonly facts: BuyerFacts;
  readonly graded: Graded;
  readonly handling: Handling;
  readonly story: Story;
}

/** The day on which the complaint is opened: the one after the shipment. */
export const openedOn = (promise: BrokenPromise): string => later(promise.order.shippedOn, 1);

/**
 * Grades each customer by the rule of thumb, from the orders up to the day of the complaint: nobody knew later ones.
 * Rules are functions, so this needs neither a desk nor a record.
 */
export function casesOf(
  promises: readonly BrokenPromise[],
  buyers: readonly Buyer[],
  rules: Pick<ServiceRules, "installed">,
): readonly Case[] {
  const grader = unwrap(graderOf(ruleOfThumb, rules.installed));
  const byId = new Map(buyers.map((buyer) => [buyer.id, buyer]));
  return promises.map((promise) => {
    const day = openedOn(promise);
    // The broken promise itself is one of the buyer's orders, so something is known.
    const facts = factsOn(byId.get(promise.order.customerId)!, day)!;
    const graded = gradeBy(grader, { ...facts }, day);
    const handling = handlingOf(graded.grade);
    const told = stories[promise.order.id] ?? plainStory;
    return { promise, facts, graded, handling, story: { ...told, steps: handledBy(handling, told.steps) } };
  });
}
