// Units of work that go wrong in the middle: of what they wrote nothing may stay, and what is not there may not have
// been promised. A statement that gets no answer in time, where the host's pool has a `query_timeout`, and a statement
// of the host's own that fails and is caught, after which PostgreSQL answers `commit` with a rollback.
import { createServiceRules, type UnitOfWork } from "../../src/index.js";
import { broken } from "./invariants.js";
import { clockOf, deskOn, give, pause } from "./load.js";
import { type Opened, opened } from "./places.js";
import { proxyTo } from "./proxy.js";
import { monday, type Report, type Scenario, type Stage } from "./scenario.js";
import { hearing, uncaught } from "./uncaught.js";

export const half: Scenario = { name: "units go wrong in the middle", run };

const tenant = "main";
const now = "2026-03-02T09:00:00.000Z";
const receipt = { hash: "h", id: "x", version: 1, events: [], expiresAt: null };

/** Writes a receipt for certain, as whoever asks for a page makes a unit write what it holds back. */
async function written(unit: UnitOfWork<any>, commandId: string): Promise<void> {
  await unit.receipts.put(commandId, receipt, now);
  await unit.of("complaint").find({ limit: 1 });
}
const isThere = ({ store }: Opened, commandId: string): Promise<boolean> =>
  store.transaction(async (unit) => (await unit.receipts.find(commandId, now)) !== undefined, { tenant });

async function run({ place, journal }: Stage): Promise<Report> {
  if (place.kind !== "postgres") throw new Error("only PostgreSQL's connections can wait");
  const clock = clockOf({ base: monday, began: Date.now(), times: 1 });
  const direct = await opened(place, { fresh: true });
  const id = await give(deskOn(direct.store, clock), journal, "first", { open: "c-1" });
  const proxy = await proxyTo(place.url, () => ({ at: "never" }));
  const url = new URL(place.url);
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  const late = await opened({ ...place, url: url.href }, { pool: { max: 1, query_timeout: 250 } });
  const wrong: string[] = [];
  try {
    const { heard } = await hearing(async () => {
      const failed = await late.store
        .transaction(
          async (unit) => {
            await written(unit, "late");
            proxy.hold(true);
            await unit.of("complaint").get("nobody");
          },
          { tenant },
        )
        .then(
          () => false,
          () => true,
        );
      // The answers come at last, when nobody waits for them any more.
      proxy.hold(false);
      await pause(100);
      await give(deskOn(late.store, clock), journal, "after", { note: id! }, 20);
      if (!failed) wrong.push("a statement without an answer did not fail");
      if (await isThere(direct, "late"))
        wrong.push("a unit failed as a statement had no answer, and the next one has committed what it wrote");
    });
    wrong.push(...uncaught(heard));
    const promised = await direct.store
      .transaction(
        async (unit) => {
          await written(unit, "caught");
          await unit.tx.driver.query("select 1 / 0", []).catch(() => undefined);
        },
        { tenant },
      )
      .then(
        () => true,
        () => false,
      );
    if (promised && !(await isThere(direct, "caught")))
      wrong.push("a unit of which a caught statement failed is answered as committed, and PostgreSQL has undone it");
    wrong.push(...(await broken(direct.store, createServiceRules(), journal)));
  } finally {
    await late.close();
    await direct.close();
    await proxy.close();
  }
  return { told: "2 units", broken: wrong };
}
