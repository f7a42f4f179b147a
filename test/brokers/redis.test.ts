import type { Event } from "clientele";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRedis, toRedis } from "../../examples/brokers/redis.js";
import { allInOrder, busyDesk, byStream, losingAnswers, ownName, relayAll, serverOf } from "./given.js";

const url = serverOf("CLIENTELE_REDIS", "delivery to Redis Streams");

describe.skipIf(url === undefined)("Redis Streams", () => {
  let redis: Redis;
  const names: string[] = [];
  const own = () => {
    names.push(ownName());
    return names.at(-1)!;
  };
  beforeAll(() => {
    redis = new Redis(url!);
  });
  afterAll(async () => {
    for (const name of names) {
      const keys = await redis.keys(`${name}*`);
      if (keys.length > 0) await redis.del(...keys);
    }
    await redis.quit();
  });
  const member = (stream: string, name = "mailer") => ({ stream, group: "mail", name, rememberSeconds: 60 });
  const drain = async (read: () => Promise<number>) => {
    while ((await read()) > 0);
  };

  it("carries every event, in order within its stream", async () => {
    const stream = own();
    expect(await relayAll(await busyDesk(), toRedis(redis, stream))).toEqual({ delivered: 15, failed: 0 });
    const got: Event[] = [];
    await drain(fromRedis(redis, member(stream), (event) => got.push(event)));
    expect(byStream(got)).toEqual(allInOrder);
    expect(await redis.xlen(stream)).toBe(15);
    expect(await redis.xpending(stream, "mail")).toMatchObject({ 0: 0 });
  });

  it("carries an event twice when the answer was lost, and the group drops it", async () => {
    const stream = own();
    expect(await relayAll(await busyDesk(), losingAnswers(toRedis(redis, stream)))).toEqual({
      delivered: 15,
      failed: 6,
    });
    expect(await redis.xlen(stream)).toBe(21);
    const got: Event[] = [];
    await drain(fromRedis(redis, member(stream), (event) => got.push(event)));
    expect(byStream(got)).toEqual(allInOrder);
  });

  it("hands an event on again, before any later one, when it could not be handled", async () => {
    const stream = own();
    await relayAll(await busyDesk(), toRedis(redis, stream));
    const got: Event[] = [];
    const failing = fromRedis(redis, member(stream), (event) => {
      if (got.length === 7) throw new Error("no mail today");
      got.push(event);
    });
    await expect(drain(() => failing(10))).rejects.toThrow("no mail today");
    await expect(failing(10)).rejects.toThrow("no mail today");
    expect(got).toHaveLength(7);
    const again = fromRedis(redis, member(stream), (event) => got.push(event));
    await drain(() => again(2));
    expect(byStream(got)).toEqual(allInOrder);
  });

  it("gives every group everything, however many groups there are", async () => {
    const stream = own();
    await relayAll(await busyDesk(), toRedis(redis, stream));
    for (const group of ["mail", "search"]) {
      const got: Event[] = [];
      await drain(fromRedis(redis, { ...member(stream), group }, (event) => got.push(event)));
      expect(byStream(got)).toEqual(allInOrder);
    }
  });

  it("leaves an event to be tried again when Redis does not take it", async () => {
    const stream = own();
    await redis.set(stream, "not a stream");
    const { desk } = await busyDesk();
    const publish = toRedis(redis, stream);
    expect(await desk.relay({ consumer: "broker", publish })).toEqual({ delivered: 0, failed: 3, halted: 0 });
    expect((await desk.deliveries.backlog("broker")).depth).toBe(15);
  });
});
