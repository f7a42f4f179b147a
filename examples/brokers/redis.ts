// Events onto a stream of Redis, and from there to a consumer group that drops what it has had.
import type { Redis } from "ioredis";
import type { Event } from "../../src/index.js";

// #region to
/** Answers a `publish` for the relay: each event is one entry, which carries the id of the event. */
export const toRedis = (redis: Pick<Redis, "xadd">, stream: string) => async (event: Event) => {
  await redis.xadd(stream, "*", "id", event.id, "event", JSON.stringify(event));
};
// #endregion to

// #region from
export interface GroupMember {
  readonly stream: string;
  readonly group: string;
  /** Who reads. Keep it when the process is started again: what it left unfinished comes first. */
  readonly name: string;
  /** How long an event is remembered: longer than the relay goes on trying. */
  readonly rememberSeconds: number;
}
type Entry = readonly [entry: string, fields: readonly string[]];
type Reply = readonly (readonly [stream: string, entries: readonly Entry[]])[] | null;

/** Reads once, hands on what the group has not had, in order, and answers how many entries it went through. */
export function fromRedis(redis: Redis, member: GroupMember, handle: (event: Event) => unknown) {
  const { stream, group, name, rememberSeconds } = member;
  const take = async ([entry, fields]: Entry) => {
    const event: Event = JSON.parse(fields[fields.indexOf("event") + 1]!);
    const seen = `${stream}:${group}:${event.id}`;
    if ((await redis.exists(seen)) === 0) await handle(event);
    // Remembered before it is acknowledged: a crash in between brings the entry again, and it is dropped.
    await redis.set(seen, entry, "EX", rememberSeconds);
    await redis.xack(stream, group, entry);
  };
  return async (count = 100): Promise<number> => {
    await redis.xgroup("CREATE", stream, group, "0", "MKSTREAM").catch((error: Error) => {
      if (!error.message.startsWith("BUSYGROUP")) throw error;
    });
    // "0": what this member was given and did not acknowledge; ">": what nobody was given.
    for (const from of ["0", ">"]) {
      const asked = ["GROUP", group, name, "COUNT", count, "STREAMS", stream, from] as const;
      const reply = (await redis.xreadgroup(...asked)) as Reply;
      const entries = reply?.[0]?.[1] ?? [];
      for (const entry of entries) await take(entry);
      if (entries.length > 0) return entries.length;
    }
    return 0;
  };
}
// #endregion from
