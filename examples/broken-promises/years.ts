import type { Print } from "../run.js";
import type { Words } from "./words.js";

const counted = ["opened", "commands", "nights", "lapses"] as const;
type Counted = (typeof counted)[number];

/** Counts what happens, and prints one line of progress when a year is over. */
export function years(print: Print, words: Words, mails: () => number) {
  const none = () => new Map<Counted, number>(counted.map((what) => [what, 0]));
  let counts = none();
  return {
    count: (what: Counted, by = 1): void => {
      counts.set(what, (counts.get(what) ?? 0) + by);
    },
    over: (year: string): void => {
      const told = [...counts].map(([what, count]) => `${words.own(what)} ${count}`);
      print(`  ... ${year}: ${[...told, `${words.own("mails")} ${mails()}`].join(", ")}`);
      counts = none();
    },
  };
}
