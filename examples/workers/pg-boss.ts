// Sweeping and relaying by pg-boss 10, where a host has it for its own jobs.
import type PgBoss from "pg-boss";

// #region schedule
/**
 * Makes the queue of a job and its schedule: once, when a version is deployed, like `migrate`. pg-boss counts in minutes;
 * `boss.send(queue, {}, once)` asks for a job sooner, after a command, say.
 */
export async function schedule(
  boss: Pick<PgBoss, "createQueue" | "schedule">,
  { queue, cron, expireInSeconds = 60 }: { queue: string; cron: string; expireInSeconds?: number },
): Promise<void> {
  // At most one job waits. One that fails is not tried again: the next one does what it left.
  await boss.createQueue(queue, { name: queue, policy: "short", retryLimit: 0, expireInSeconds });
  await boss.schedule(queue, cron, {}, once);
}

/** By the policy `short`, a second job with the key of one that waits is dropped. */
export const once = { singletonKey: "once" } as const;
// #endregion schedule

// #region work
/** Has jobs done by this process too: runs of `work` until it answers that there is no more, or half of the job's time is up. */
export const workOn = (
  boss: Pick<PgBoss, "work">,
  queue: string,
  work: (signal: AbortSignal) => Promise<boolean>,
  signal: AbortSignal,
): Promise<string> =>
  boss.work(queue, async (jobs) => {
    const until = AbortSignal.any([signal, ...jobs.map((job) => AbortSignal.timeout(job.expireInSeconds * 500))]);
    while (!until.aborted && (await work(until)));
  });
// #endregion work
