import type { Event } from "clientele";
import { Pool } from "pg";
import PgBoss from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relaying } from "../../examples/workers/interval.js";
import { once, schedule, workOn } from "../../examples/workers/pg-boss.js";
import { allInOrder, busyDesk, byStream, serverOf } from "./given.js";

const url = serverOf("CLIENTELE_POSTGRES", "scheduling by pg-boss");

describe.skipIf(url === undefined)("pg-boss", () => {
  const schema = `clientele_boss_${process.pid}`;
  const bosses: PgBoss[] = [];
  const started = async () => {
    const boss = new PgBoss({ connectionString: url!, schema, max: 3, cronMonitorIntervalSeconds: 1 });
    boss.on("error", (error) => {
      throw error;
    });
    bosses.push(boss);
    return boss.start();
  };
  beforeAll(started);
  afterAll(async () => {
    for (const boss of bosses) await boss.stop({ wait: true, timeout: 1000 });
    const pool = new Pool({ connectionString: url });
    await pool.query(`drop schema if exists ${schema} cascade`);
    await pool.end();
  });

  it("has events relayed on a schedule, by whichever process is free, to the end", async () => {
    const off = new AbortController();
    const { desk } = await busyDesk();
    const got: Event[] = [];
    let isDone = () => {};
    const done = new Promise<void>((resolve) => {
      isDone = resolve;
    });
    const publish = (event: Event) => {
      if (got.push(event) === 15) isDone();
    };
    const relay = relaying(desk, { consumer: "mail", publish, limit: 4 });
    const [one, two] = [bosses[0]!, await started()];
    await schedule(one, { queue: "relay.mail", cron: "* * * * *" });
    await schedule(two, { queue: "relay.mail", cron: "* * * * *" });
    for (const boss of [one, two]) await workOn(boss, "relay.mail", relay, off.signal);
    // Nobody sends a job: the schedule does.
    await done;
    expect(byStream(got)).toEqual(allInOrder);
    expect(await one.getSchedules()).toMatchObject([{ name: "relay.mail", cron: "* * * * *" }]);
    expect(await one.getQueue("relay.mail")).toMatchObject({ policy: "short", retryLimit: 0, expireInSeconds: 60 });
    off.abort();
    for (const boss of [one, two]) await boss.offWork("relay.mail");
  });

  it("keeps one job waiting at most, and a job that fails does not come again", async () => {
    const boss = bosses[0]!;
    await schedule(boss, { queue: "sweep", cron: "0 0 1 1 *" });
    const first = await boss.send("sweep", {}, once);
    expect(first).not.toBeNull();
    expect(await boss.send("sweep", {}, once)).toBeNull();
    let runs = 0;
    const work = async () => {
      runs++;
      throw new Error("the database is away");
    };
    await workOn(boss, "sweep", work, new AbortController().signal);
    let job = await boss.getJobById("sweep", first!);
    while (job?.state === "created" || job?.state === "active") job = await boss.getJobById("sweep", first!);
    expect([job?.state, runs]).toEqual(["failed", 1]);
    expect(await boss.send("sweep", {}, once)).not.toBeNull();
    await boss.offWork("sweep");
  });

  it("is not held up by the job of a process that has died", async () => {
    const boss = bosses[0]!;
    await schedule(boss, { queue: "relay.search", cron: "0 0 1 1 *" });
    await boss.send("relay.search", {}, once);
    // Taken, and heard of no more.
    const [dead] = await boss.fetch("relay.search");
    await boss.send("relay.search", {}, once);
    await new Promise<void>((ran) => {
      const work = async () => {
        ran();
        return false;
      };
      void workOn(boss, "relay.search", work, new AbortController().signal);
    });
    expect((await boss.getJobById("relay.search", dead!.id))?.state).toBe("active");
    await boss.offWork("relay.search");
  });
});
