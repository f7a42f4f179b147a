import { PGlite } from "@electric-sql/pglite";
import { type ChannelModel, type ConfirmChannel, connect } from "amqplib";
import type { Event } from "clientele";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inboxTable, oncePerEvent } from "../../examples/brokers/inbox.js";
import { toRabbit } from "../../examples/brokers/rabbitmq.js";
import { allInOrder, busyDesk, byStream, losingAnswers, ownName, relayAll, serverOf } from "./given.js";

const url = serverOf("CLIENTELE_RABBITMQ", "delivery to RabbitMQ");

describe.skipIf(url === undefined)("RabbitMQ", () => {
  let connection: ChannelModel;
  let channel: ConfirmChannel;
  const names: string[] = [];
  beforeAll(async () => {
    connection = await connect(url!);
    channel = await connection.createConfirmChannel();
  });
  afterAll(async () => {
    for (const name of names) {
      await channel.deleteQueue(name);
      await channel.deleteExchange(name);
    }
    await connection.close();
  });

  async function queue(pattern = "#") {
    const name = ownName();
    names.push(name);
    await channel.assertExchange(name, "topic", { durable: true });
    await channel.assertQueue(name, { durable: true });
    await channel.bindQueue(name, name, pattern);
    const all = async () => {
      const got = [];
      for (let next = await channel.get(name); next !== false; next = await channel.get(name)) {
        channel.ack(next);
        got.push({ ...next.properties, event: JSON.parse(next.content.toString()) as Event });
      }
      return got;
    };
    return { name, all };
  }

  it("carries every event, in order within its stream, confirmed and to be kept", async () => {
    const { name, all } = await queue();
    expect(await relayAll(await busyDesk(), toRabbit(channel, name))).toEqual({ delivered: 15, failed: 0 });
    const got = await all();
    expect(byStream(got.map(({ event }) => event))).toEqual(allInOrder);
    expect(got[0]).toMatchObject({ messageId: got[0]?.event.id, type: got[0]?.event.type, deliveryMode: 2 });
  });

  it("carries an event twice when the answer was lost, and the consumer's inbox drops it", async () => {
    const { name, all } = await queue();
    const told = await relayAll(await busyDesk(), losingAnswers(toRabbit(channel, name)));
    expect(told).toEqual({ delivered: 15, failed: 6 });
    const got = await all();
    expect(got).toHaveLength(21);
    expect(new Set(got.map(({ messageId }) => messageId)).size).toBe(15);
    const db = await PGlite.create();
    await db.query(inboxTable);
    const handled: Event[] = [];
    const handle = oncePerEvent(db, "mail", (event) => handled.push(event));
    for (const { event } of got) await handle(event);
    expect(byStream(handled)).toEqual(allInOrder);
    await db.close();
  });

  it("leaves an event to be tried again when no queue takes it, and only that", async () => {
    const { name, all } = await queue("complaint.opened");
    const { desk } = await busyDesk();
    const publish = toRabbit(channel, name);
    expect(await desk.relay({ consumer: "broker", publish })).toEqual({ delivered: 3, failed: 3, halted: 0 });
    expect(byStream((await all()).map(({ event }) => event))).toEqual({ one: [1], two: [1], "三\nline": [1] });
  });

  it("leaves events to be tried again when the channel breaks under them, and hangs on none", async () => {
    const { name } = await queue();
    const frail = await connection.createConfirmChannel();
    frail.on("error", () => undefined);
    const { desk } = await busyDesk();
    const publish = toRabbit(frail, name);
    let isBroken = false;
    const broken = (event: Event) => {
      // What is unknown to the broker makes it close the channel, with what it has not confirmed.
      if (event.version === 2 && !isBroken) frail.publish(`${name}-unknown`, "", Buffer.of());
      isBroken ||= event.version === 2;
      return publish(event);
    };
    const { delivered, failed } = await desk.relay({ consumer: "broker", publish: broken });
    expect([isBroken, failed]).toEqual([true, 3]);
    expect((await desk.deliveries.backlog("broker")).depth).toBe(15 - delivered);
    expect(await desk.relay({ consumer: "other", publish })).toEqual({ delivered: 0, failed: 3, halted: 0 });
  });
});
