// Processes that work on one database are killed with SIGKILL: from outside at any time, and by themselves just before,
// while and just after a statement, those that commit above all. Others work on meanwhile. The next one gives a half of
// what was left unanswered again, under the same ids.
import { createServiceRules } from "../../src/index.js";
import { broken } from "./invariants.js";
import { type Entry, type Order, unanswered } from "./ledger.js";
import { clockOf, deskOn, give, type Pace, pause } from "./load.js";
import { opened } from "./places.js";
import type { Death, Job } from "./process.js";
import { monday, type Report, type Scenario, type Stage } from "./scenario.js";

export const kill: Scenario = { name: "processes are killed", run };

const lanes = 2;

async function run({ place, dice, journal, start, kills, life }: Stage): Promise<Report> {
  const pace: Pace = { base: monday, began: Date.now(), times: 3 * 3600 };
  const clock = clockOf(pace);
  const first = await opened(place, { fresh: true });
  const desk = deskOn(first.store, clock);
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    const id = await give(desk, journal, `first-${i}`, { open: "c-1" });
    if (id !== undefined) ids.push(id);
  }
  await first.close();

  let left = kills;
  let made = 0;
  const lane = async () => {
    let pending: readonly (readonly [string, Order])[] = [];
    while (left-- > 0) {
      const called = `p${++made}`;
      const job: Job = {
        place,
        pace,
        called,
        journal: journal.path,
        seed: dice.below(2 ** 31),
        task: { does: "work", ids, again: pending },
      };
      const death = dice.odds(0.5) ? deathBy(dice) : undefined;
      const wait = dice.below(life);
      const member = start(death === undefined ? job : { ...job, death });
      if (death === undefined) {
        if (dice.odds(0.9)) await member.ready;
        await pause(wait);
        member.kill();
      }
      const why = await member.ended;
      if (why !== undefined) journal.say({ fault: why });
      pending = mine(journal.read(), called, pending).filter(() => dice.odds(0.5));
    }
    return pending;
  };
  const pending = (await Promise.all(Array.from({ length: lanes }, lane))).flat();

  const last = await opened(place);
  try {
    const end = deskOn(last.store, clock);
    for (const [commandId, order] of pending) await give(end, journal, commandId, order);
    const wrong = await broken(last.store, createServiceRules(), journal);
    const entries = journal.read();
    const done = new Set(entries.flatMap((entry) => ("done" in entry ? [entry.done] : []))).size;
    return { told: `${kills} kills, ${done} commands acknowledged, ${unanswered(entries).size} never`, broken: wrong };
  } finally {
    await last.close();
  }
}

const deathBy = (dice: Stage["dice"]): Death => ({
  ...(dice.odds(0.5)
    ? { of: "commit" as const, nth: 1 + dice.below(60) }
    : { of: "statement" as const, nth: 1 + dice.below(600) }),
  when: dice.one(["before", "sent", "answered"]),
});

/** What a process has left unanswered, of its own and of what it was given to do again. */
function mine(entries: readonly Entry[], called: string, given: readonly (readonly [string, Order])[]) {
  const inherited = new Set(given.map(([commandId]) => commandId));
  return [...unanswered(entries)].filter(
    ([commandId]) => commandId.startsWith(`${called}-`) || inherited.has(commandId),
  );
}
