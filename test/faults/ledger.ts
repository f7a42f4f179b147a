// What a scenario said it would do, what it was answered, and what was delivered: one file, to which every process of
// the scenario appends. What one write has handed to the system outlives a SIGKILL, and the lines of all processes
// stand in the order in which they were written, which those of several pipes do not.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/** Something to be done under a `commandId`, which is also its text: so it can be found again in the log. */
export type Order = { readonly open: string } | { readonly note: string };

export type Entry =
  | { readonly begun: string; readonly order: Order }
  | { readonly done: string; readonly id: string; readonly version: number; readonly events: readonly string[] }
  /** Not answered: it may have been done, or not. */
  | { readonly threw: string; readonly why: string }
  /** Nothing that is given to a sound desk here is refused. */
  | { readonly refused: string; readonly why: string }
  | { readonly given: string; readonly consumer: string; readonly stream: string; readonly version: number }
  /** Something that must not happen. */
  | { readonly fault: string };

export interface Journal {
  readonly path: string;
  readonly say: (entry: Entry) => void;
  readonly read: () => readonly Entry[];
  readonly close: () => void;
}

export function journalAt(path: string): Journal {
  const file = openSync(path, "a");
  return {
    path,
    // A line of its own even after one that a kill has torn.
    say: (entry) => void writeSync(file, `\n${JSON.stringify(entry)}\n`),
    read: () => readFileSync(path, "utf8").split("\n").flatMap(entryIn),
    close: () => closeSync(file),
  };
}

function entryIn(line: string): readonly Entry[] {
  try {
    return line === "" ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}

/** What was begun and never answered. */
export function unanswered(entries: readonly Entry[]): ReadonlyMap<string, Order> {
  const open = new Map<string, Order>();
  for (const entry of entries) if ("begun" in entry) open.set(entry.begun, entry.order);
  for (const entry of entries) if ("done" in entry) open.delete(entry.done);
  return open;
}

/** What a load over which answers were lost has come to: how many, and the commands that were never answered at all. */
export function answers(entries: readonly Entry[]): {
  readonly told: string;
  readonly never: readonly string[];
} {
  const threw = entries.filter((entry) => "threw" in entry).length;
  const done = new Set(entries.flatMap((entry) => ("done" in entry ? [entry.done] : [])));
  const never = entries.flatMap((entry) =>
    "begun" in entry && !done.has(entry.begun) ? [`${entry.begun} was never answered`] : [],
  );
  return { told: `${done.size} commands acknowledged, ${threw} answers lost`, never };
}
