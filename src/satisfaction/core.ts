import { complaint } from "../complaint/index.js";
import { isErased } from "../kernel/personal.js";
import { reaction } from "../lifecycle/reaction.js";
import * as commands from "./commands.js";
import * as events from "./events.js";
import { type SatisfactionFields, satisfaction } from "./model.js";
import * as permits from "./permits.js";
import { surveyPolicy } from "./policy.js";
import { cesQuestion, csatQuestion, npsQuestion } from "./questions.js";
import * as states from "./states.js";

/** A dissatisfied answer opens a complaint, in the same unit of work (A5). */
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
    .join(", ");

type Values<T> = T[keyof T];

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
  ...Object.values(states),
  ...Object.values(events),
  ...Object.values(commands),
  ...Object.values(permits),
  complain,
  surveyPolicy,
  csatQuestion,
  npsQuestion,
  cesQuestion,
];
