// One stream that is never quiet, and relays that are never done with it: nobody kills anything here, so no door may
// throw. Who takes in an outcome and who appends lock the same rows; where they do so in a different order, the database
// breaks one of them off, and what was to be settled stays leased.
import { createServiceRules } from "../../src/index.js";
import { broken } from "./invariants.js";
import { clockOf, deskOn, give, relayTo } from "./load.js";
import { opened } from "./places.js";
import { monday, type Report, type Scenario, type Stage } from "./scenario.js";

export const busy: Scenario = { name: "a stream is delivered while it grows", run };

const consumers = ["mail", "search"];
const leaseMs = 500;

async function run({ place, journal, isShort }: Stage): Promise<Report> {
  const clock = clockOf({ base: monday, began: Date.now(), times: 1 });
  const { store, close } = await opened(place, { fresh: true });
  const desks = [deskOn(store, clock), deskOn(store, clock)] as const;
  const id = (await give(desks[0], journal, "first", { open: "c-1" }))!;
  const notes = isShort ? 250 : 5_000;
  let given = 0;
  let isOver = false;
  const writer = async () => {
    while (given < notes) await give(desks[0], journal, `note-${++given}`, { note: id });
  };
  const deliverer = async (consumer: string) => {
    while (!isOver)
      await relayTo(desks[1], journal, consumer, leaseMs).catch((thrown: unknown) =>
        journal.say({ fault: `the relay to ${consumer} threw: ${thrown}` }),
      );
  };
  const relays = Promise.all(consumers.map(deliverer));
  await writer();
  isOver = true;
  await relays;
  const threw = journal.read().flatMap((entry) => ("threw" in entry ? [`${entry.threw} failed: ${entry.why}`] : []));
  const wrong = await broken(store, createServiceRules(), journal);
  await close();
  return { told: `${notes} notes, ${consumers.length} consumers`, broken: [...threw, ...wrong] };
}
