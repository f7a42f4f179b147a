// What customers do and say in this quarter is invented: drawn by lot from their ids, the same in every run.
import { chance, chanceInteger } from "clientele";
import { offered, type Story, settled, taken } from "../broken-promises/story.js";
import { ann, ben } from "./cast.js";

const seed = "a quarter at the desk";

/** How one attempt to reach somebody ends. */
export function attempt(followUpId: string, number: number): "reached" | "missed" | "refused" {
  const drawn = chance(seed, "attempt", followUpId, number);
  return drawn < 0.68 ? "reached" : drawn < 0.94 ? "missed" : "refused";
}

/** What a customer does with a survey. */
export type Reaction =
  | { readonly does: "answer"; readonly nps: number; readonly csat: number; readonly comment: string | undefined }
  | { readonly does: "dismiss" | "excuse" | "nothing" };

/** Asked by a person, nearly everybody says something; an e-mail is mostly left unanswered. */
export function reactionOf(customerId: string, asked: "by a person" | "by e-mail"): Reaction {
  const drawn = chance(seed, "survey", customerId);
  const answering = asked === "by a person" ? 0.88 : 0.35;
  if (drawn < answering) return answerOf(customerId);
  if (asked === "by e-mail") return { does: drawn < answering + 0.05 ? "dismiss" : "nothing" };
  return { does: drawn < 0.96 ? "dismiss" : "excuse" };
}

function answerOf(customerId: string): Reaction {
  const mood = chance(seed, "mood", customerId);
  const between = (what: string, from: number, to: number) =>
    from + chanceInteger(to - from + 1, seed, what, customerId);
  const answer = (nps: number, csat: number, comment?: string): Reaction => ({ does: "answer", nps, csat, comment });
  if (mood < 0.02) return answer(between("nps", 0, 5), between("csat", 1, 2), grievance(customerId));
  if (mood < 0.15) return answer(between("nps", 4, 6), 3);
  if (mood < 0.48) return answer(between("nps", 7, 8), 4);
  return answer(between("nps", 9, 10), between("csat", 4, 5));
}

const grievances = [
  "I was told that somebody would call back about my order. Nobody did.",
  "The box was open, and I had to explain it to three people.",
  "The invoice has been wrong twice now.",
  "The last order came in four parcels on four days.",
  "The assembly instructions were for another model.",
] as const;
const grievance = (customerId: string): string =>
  grievances[chanceInteger(grievances.length, seed, "grievance", customerId)]!;

/** On which day after an e-mail it is answered: 1 to 10. */
export const answersAfter = (customerId: string): number => 1 + chanceInteger(10, seed, "days", customerId);

/** How a complaint out of a survey goes on. The answer is its first word. */
export function storyOf(customerId: string): Pick<Story, "steps"> {
  const by = chance(seed, "taker", customerId) < 0.5 ? ann : ben;
  return {
    steps: [
      ...taken(by, 1, "general", "normal", "service"),
      offered(by, 3, "apology", "We are sorry. This is what went wrong, and it is put right today."),
      ...settled(by, 4, "Thank you for looking into it.", "Put right and explained.", "That is settled for me."),
    ],
  };
}
