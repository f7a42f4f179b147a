// The first commands that a new database ever sees come all at once, and there are no more connections than commands:
// none of them may need a second connection while it holds its own.
import { createServiceRules } from "../../src/index.js";
import { broken } from "./invariants.js";
import { clockOf, deskOn, give } from "./load.js";
import { opened } from "./places.js";
import { monday, type Report, type Scenario, type Stage } from "./scenario.js";

export const beginning: Scenario = { name: "the first commands take all connections", run };

async function run({ place, journal }: Stage): Promise<Report> {
  const clock = clockOf({ base: monday, began: Date.now(), times: 1 });
  const connections = 4;
  // Who waits for ever is told, so that this ends.
  const pool = { max: connections, connectionTimeoutMillis: 10_000 };
  const { store, close } = await opened(place, { fresh: true, pool });
  const desk = deskOn(store, clock);
  const given = Array.from({ length: connections }, (_, i) => give(desk, journal, `first-${i}`, { open: `c-${i}` }));
  await Promise.all(given);
  const why = journal.read().flatMap((entry) => ("threw" in entry ? [`${entry.threw} failed: ${entry.why}`] : []));
  const wrong = await broken(store, createServiceRules(), journal);
  await close();
  return { told: `${connections} commands`, broken: [...why, ...wrong] };
}
