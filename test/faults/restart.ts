// The server is stopped without a shutdown while commands are given, and started again: what was acknowledged before is
// there afterwards. Who gets no answer asks again under the same id.
import { createServiceRules } from "../../src/index.js";
import { cluster } from "./cluster.js";
import { broken } from "./invariants.js";
import { answers } from "./ledger.js";
import { again, clockOf, deskOn, give, pause, relayTo, write } from "./load.js";
import { opened } from "./places.js";
import { monday, type Report, type Scenario, type Stage } from "./scenario.js";
import { hearing, uncaught } from "./uncaught.js";

export const restart: Scenario = { name: "the server is stopped at once and started again", run };

async function run({ place, dice, journal, isShort }: Stage): Promise<Report> {
  if (place.kind !== "postgres") throw new Error("only PostgreSQL is a server");
  const server = cluster(place.url);
  const clock = clockOf({ base: monday, began: Date.now(), times: 3 * 3600 });
  const restarts = isShort ? 3 : 20;
  try {
    const { store, close } = await opened(place, {
      fresh: true,
      pool: { max: 6, connectionTimeoutMillis: 10_000 },
    });
    let isOver = false;
    const goesOn = () => !isOver;
    const desks = [deskOn(store, clock), deskOn(store, clock)];
    await give(desks[0]!, journal, "first", { open: "c-1" });
    const { heard } = await hearing(async () => {
      const load = [
        write({ desks, ids: [], writers: 6, called: "w", dice, journal, attempts: 2_000, goesOn }),
        again(goesOn, 20, () => relayTo(desks[0]!, journal, "mail", 3_600_000)),
        again(goesOn, 30, () => desks[1]!.sweep({ limit: 20, leaseMs: 3_600_000 })),
      ];
      for (let i = 0; i < restarts; i++) {
        await pause(150 + dice.below(400));
        server.crash();
        // For a moment there is nobody who would answer.
        await pause(dice.below(100));
        server.start();
      }
      await pause(200);
      isOver = true;
      await Promise.all(load);
    });
    const wrong = await broken(store, createServiceRules(), journal);
    await close();
    const { told, never } = answers(journal.read());
    return {
      told: `${restarts} restarts, ${told}`,
      broken: [...uncaught(heard), ...never, ...wrong],
    };
  } finally {
    server.remove();
  }
}
