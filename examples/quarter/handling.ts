import { mia } from "../broken-promises/cast.js";
import type { Step } from "../broken-promises/story.js";
import { type Grade, grades } from "./policies.js";

/** What the house does for a customer of a grade who complains. */
export interface Handling {
  /** Who is accountable; `undefined`: whoever takes the complaint in. */
  readonly owner: string | undefined;
  /** At least. */
  readonly severity: "low" | "normal" | "high";
  /** How the customer is told that the complaint has arrived. */
  readonly channel: "phone" | "email";
}

/** The house's own rule, for the people it is shown to as much as for the desk (A10, E13). */
export const handlingBy: Readonly<Record<Grade, Handling>> = {
  A: { owner: mia.id, severity: "high", channel: "phone" },
  B: { owner: undefined, severity: "normal", channel: "phone" },
  C: { owner: undefined, severity: "normal", channel: "email" },
  D: { owner: undefined, severity: "low", channel: "email" },
};

export const isGrade = (grade: string | null): grade is Grade => (grades as readonly (string | null)[]).includes(grade);
/** Of whom nothing can be said is handled like the last. */
export const handlingOf = (grade: string | null): Handling => handlingBy[isGrade(grade) ? grade : "D"];

const rising = ["low", "normal", "high", "critical"] as const;
type Severity = (typeof rising)[number];
const graver = (a: Severity, b: Severity): Severity => (rising.indexOf(a) > rising.indexOf(b) ? a : b);

/** A story as it goes for a customer of a grade. */
export const handledBy = ({ owner, severity, channel }: Handling, steps: readonly Step[]): readonly Step[] =>
  steps.flatMap((step): readonly Step[] => {
    const { does } = step;
    switch (does.type) {
      case "acknowledge":
        return [{ ...step, does: { type: does.type, input: { channel } } }];
      case "assign":
        return [{ ...step, does: { type: does.type, input: { ownerId: owner ?? does.input.ownerId } } }];
      case "assess":
        return [
          {
            ...step,
            does: { ...does, input: { ...does.input, severity: graver(does.input.severity ?? severity, severity) } },
          },
        ];
      case "hand_over":
        // Nobody hands over to who is accountable already.
        return does.input.to === owner ? [] : [step];
      default:
        return [step];
    }
  });
