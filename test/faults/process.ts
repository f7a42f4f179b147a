// A process of a scenario, of which it is expected that it is killed: what it has to do is its argument, what it has
// done stands in the journal. It ends by itself when its standard input does.
import { pathToFileURL } from "node:url";
import type { Event } from "../../src/index.js";
import type { SqlClient } from "../../src/store/sql/index.js";
import { type Dice, diceOf } from "../dice.js";
import { journalAt, type Order } from "./ledger.js";
import { again, clockOf, deskOn, give, type Pace, pause, relayTo, write } from "./load.js";
import { opened, type Place } from "./places.js";

/** The n-th statement of all, or of those that commit, before or after which a process kills itself. */
export interface Death {
  readonly of: "statement" | "commit";
  readonly nth: number;
  /** `sent`: the database has it, and nobody waits for the answer. */
  readonly when: "before" | "sent" | "answered";
}

export type Task =
  | {
      readonly does: "work";
      readonly ids: readonly string[];
      /** What an earlier process began: to be done again, with the same ids. */
      readonly again: readonly (readonly [commandId: string, order: Order])[];
    }
  | { readonly does: "sweep"; readonly skew: number }
  | { readonly does: "relay"; readonly fails: number; readonly hangs: number; readonly poisoned: string };

export interface Job {
  readonly place: Place;
  readonly journal: string;
  readonly pace: Pace;
  readonly seed: number;
  /** No two processes of a scenario are called the same. */
  readonly called: string;
  readonly task: Task;
  readonly death?: Death;
}

const die = () => process.kill(process.pid, "SIGKILL");

/** Counts statements, and dies at the one that was chosen. */
function mortal({ of, nth, when }: Death): (client: SqlClient<any>) => SqlClient<any> {
  let count = 0;
  return (client) => ({
    ...client,
    connect: (work) =>
      client.connect((connection, driver) =>
        work(
          {
            query: async (text, values) => {
              const isIt = (of === "statement" || text === "commit") && ++count === nth;
              if (isIt && when === "before") die();
              const asked = connection.query(text, values);
              if (isIt && when === "sent") setImmediate(die);
              // An answer may also be that somebody else was faster.
              return asked.finally(() => {
                if (isIt) die();
              });
            },
          },
          driver,
        ),
      ),
  });
}

const leaseMs = 3_600_000;

async function perform(job: Job): Promise<void> {
  const { place, pace, seed, called, task, death } = job;
  const dice = diceOf(seed);
  const journal = journalAt(job.journal);
  const clock = clockOf(pace, task.does === "sweep" ? task.skew : 0);
  const { store, close } = await opened(place, death === undefined ? {} : { through: mortal(death) });
  let isOver = false;
  const stopped = new Promise<void>((resolve) => process.stdin.once("end", resolve).resume());
  void stopped.then(() => {
    isOver = true;
  });
  const goesOn = () => !isOver;
  const desk = deskOn(store, clock);
  process.stdout.write("ready\n");
  if (task.does === "work") {
    const desks = [desk, deskOn(store, clock)];
    const redone = Promise.all(
      task.again.map(([commandId, order], i) => give(desks[i % 2]!, journal, commandId, order, 20)),
    );
    await Promise.all([
      redone,
      write({ desks, ids: task.ids, writers: 6, called, dice, journal, attempts: 20, goesOn }),
      again(goesOn, 20, () => relayTo(desk, journal, "mail", leaseMs)),
      again(goesOn, 30, () => desk.sweep({ limit: 20, leaseMs })),
    ]);
  } else if (task.does === "sweep") {
    while (goesOn()) {
      const { refused } = await desk.sweep({ limit: 5, leaseMs: 120_000 });
      for (const { id, refusal } of refused)
        if (refusal.code !== "CONFLICT") journal.say({ fault: `${id} was not swept: ${JSON.stringify(refusal)}` });
      await pause(dice.below(10));
    }
  } else {
    const publish = unreliable(dice, task, journal.say);
    while (goesOn()) {
      await desk.relay({ consumer: "mail", publish, limit: 12, leaseMs, attempts: 16 });
      await pause(dice.below(10));
    }
  }
  await close();
}

/** Fails, or hangs until its lease is long over, or does it and dies before anybody hears of it. */
function unreliable(
  dice: Dice,
  { fails, hangs, poisoned }: Task & { readonly does: "relay" },
  say: ReturnType<typeof journalAt>["say"],
) {
  return async ({ id, stream, version }: Event): Promise<void> => {
    if (id === poisoned || dice.odds(fails)) throw new Error("the world is not there");
    if (dice.odds(hangs)) await pause(400);
    say({ given: id, consumer: "mail", stream: `${stream.kind}/${stream.id}`, version });
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await perform(JSON.parse(process.argv[2]!));
