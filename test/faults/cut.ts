// A proxy between the pool and PostgreSQL cuts connections: at any byte, and before, in, during and after a commit. Who
// gets no answer asks again under the same id until there is one.
import { createServiceRules } from "../../src/index.js";
import { broken } from "./invariants.js";
import { answers } from "./ledger.js";
import { again, clockOf, deskOn, give, relayTo, write } from "./load.js";
import { opened } from "./places.js";
import { fateOf, proxyTo } from "./proxy.js";
import { monday, type Report, type Scenario, type Stage } from "./scenario.js";
import { hearing, uncaught } from "./uncaught.js";

export const cut: Scenario = { name: "connections are cut", run };

async function run({ place, dice, journal, isShort }: Stage): Promise<Report> {
  if (place.kind !== "postgres") throw new Error("connections are PostgreSQL's");
  const clock = clockOf({ base: monday, began: Date.now(), times: 3 * 3600 });
  const direct = await opened(place, { fresh: true });
  await give(deskOn(direct.store, clock), journal, "first", { open: "c-1" });
  const proxy = await proxyTo(
    place.url,
    () => fateOf(dice),
    () => dice.odds(0.5),
  );
  const through = new URL(place.url);
  through.hostname = "127.0.0.1";
  through.port = String(proxy.port);
  const pools = await Promise.all(
    [0, 1].map(() => opened({ ...place, url: through.href }, { pool: { max: 5, connectionTimeoutMillis: 10_000 } })),
  );
  const commands = isShort ? 300 : 5_000;
  try {
    const desks = pools.map(({ store }) => deskOn(store, clock));
    let isOver = false;
    const goesOn = () => !isOver;
    const { heard } = await hearing(async () => {
      const helpers = [
        again(goesOn, 20, () => relayTo(desks[0]!, journal, "mail", 3_600_000)),
        again(goesOn, 30, () => desks[1]!.sweep({ limit: 20, leaseMs: 3_600_000 })),
      ];
      const goes = (given: number) => given < commands;
      await write({ desks, ids: [], writers: 8, called: "w", dice, journal, attempts: 200, goesOn: goes });
      isOver = true;
      await Promise.all(helpers);
    });
    const wrong = await broken(direct.store, createServiceRules(), journal);
    const { told, never } = answers(journal.read());
    return {
      told: `${proxy.cuts()} cuts, ${told}`,
      broken: [...uncaught(heard), ...never, ...wrong],
    };
  } finally {
    for (const { close } of [...pools, direct]) await close();
    await proxy.close();
  }
}
