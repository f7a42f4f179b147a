import { complaint } from "../complaint/index.js";
import { isErased } from "../kernel/personal.js";
import type { Values } from "../kernel/token.js";
import { reaction } from "../lifecycle/reaction.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { type SatisfactionFields, satisfaction } from "./model.js";
import * as permits from "./permits.js";
import { surveyPolicy } from "./policy.js";
import { cesQuestion, csatQuestion, npsQuestion } from "./questions.js";
import * as states from "./states.js";

/**
 * A dissatisfied answer opens a complaint, in the same unit of work (A5): in the customer's own words, or with the
 * scores where there are none.
 *
 * @example
 * ```ts
 * import { complain } from "clientele";
 *
 * complain.of; // => "satisfaction"
 * ```
 */
export const complain = reaction("complain", {
  on: events.answered,
  sends: [complaint],
  run: ({ event, record }) => {
    if (!event.data.dissatisfied) return [];
    const { customerId, subject } = record as unknown as SatisfactionFields;
    const { comment } = event.data;
    const summary = comment === null || isErased(comment) ? scoresIn(event.data.answers) : comment;
    return [
      complaint.order(
        subject.kind === "order" ? { customerId, summary, orderId: subject.id } : { customerId, summary },
      ),
    ];
  },
});

const scoresIn = (answers: Readonly<Record<string, number | null>>): string =>
  Object.entries(answers)
    .map(([id, score]) => `${id}: ${score ?? "–"}`)
    .join(", ")
    // A hundred questions with long names are more than a summary holds.
    .slice(0, 4000);

// One by one: `Object.values` of a module would keep the name of each in every bundle. A test misses none.

/** Everything the core says about satisfaction. */
export const satisfactionTokens: readonly (
  | typeof satisfaction
  | Values<typeof states>
  | Values<typeof events>
  | Values<typeof commands>
  | Values<typeof permits>
  | typeof complain
  | typeof surveyPolicy
  | typeof csatQuestion
  | typeof npsQuestion
  | typeof cesQuestion
)[] = [
  satisfaction,
  states.answered,
  states.dismissed,
  states.expired,
  states.notApplicable,
  states.invited,
  events.answered,
  events.dismissed,
  events.excused,
  commands.answer,
  commands.dismiss,
  commands.excuse,
  permits.asking,
  permits.answering,
  complain,
  surveyPolicy,
  csatQuestion,
  npsQuestion,
  cesQuestion,
];
