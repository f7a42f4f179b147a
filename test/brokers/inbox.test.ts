import { PGlite } from "@electric-sql/pglite";
import type { Event } from "clientele";
import { expect, it } from "vitest";
import { type Connection, inboxTable, oncePerEvent } from "../../examples/brokers/inbox.js";
import { allInOrder, busyDesk, byStream, losingAnswers, relayAll } from "./given.js";

async function database() {
  const db = await PGlite.create();
  await db.query(inboxTable);
  await db.query("create table letters (stream text, version int)");
  const letters = async () => {
    const { rows } = await db.query<{ stream: string; version: number }>("select * from letters order by ctid");
    return byStream(rows.map(({ stream, version }) => ({ stream: { id: stream }, version }) as Event));
  };
  const write = (event: Event, tx: Connection) =>
    tx.query("insert into letters values ($1, $2)", [event.stream.id, event.version]);
  return { db, letters, write };
}
/** Streams are published side by side; one connection takes one transaction at a time. */
function oneByOne(publish: (event: Event) => Promise<void>) {
  let last: Promise<unknown> = Promise.resolve();
  return (event: Event) => {
    const next = last.then(() => publish(event));
    last = next.catch(() => undefined);
    return next;
  };
}

it("what an event asks for is done once, though the event comes twice", async () => {
  const { db, letters, write } = await database();
  let times = 0;
  const handle = oncePerEvent(db, "mail", write);
  const counted = (event: Event) => {
    times++;
    return handle(event);
  };
  await relayAll(await busyDesk(), losingAnswers(oneByOne(counted)));
  expect(times).toBe(21);
  expect(await letters()).toEqual(allInOrder);
  await db.close();
});

it("what failed is not remembered as done, and another consumer has a memory of its own", async () => {
  const { db, letters, write } = await database();
  const failed = new Set<string>();
  const frail = oncePerEvent(db, "mail", async (event, tx) => {
    const isFirst = !failed.has(event.id);
    failed.add(event.id);
    if (isFirst && event.version % 2 === 0) throw new Error("before anything was done");
    await write(event, tx);
    if (isFirst) throw new Error("half way");
  });
  expect(await relayAll(await busyDesk(), oneByOne(frail))).toEqual({ delivered: 15, failed: 15 });
  expect(await letters()).toEqual(allInOrder);
  await relayAll(await busyDesk(), oneByOne(oncePerEvent(db, "print", write)));
  expect((await letters())["one"]).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
  await db.close();
});
