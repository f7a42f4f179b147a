import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import type { Event } from "clientele";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageIdOf } from "../../examples/brokers/message-id.js";
import { toNats } from "../../examples/brokers/nats.js";
import { allInOrder, busyDesk, byStream, losingAnswers, ownName, relayAll, serverOf } from "./given.js";

const url = serverOf("CLIENTELE_NATS", "delivery to NATS JetStream");

/** A port that nobody listens on. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** A connection to the server named, or to one of the test's own where that one has no JetStream. */
async function withJetStream(servers: string) {
  const named = await connect({ servers });
  const has = await jetstreamManager(named).then(
    () => true,
    () => false,
  );
  if (has) return { connection: named, end: () => named.close() };
  await named.close();
  if (spawnSync("nats-server", ["-v"]).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "clientele-nats-"));
  const port = await freePort();
  const server: ChildProcess = spawn("nats-server", ["-js", "-a", "127.0.0.1", "-p", String(port), "-sd", folder]);
  const connection = await connect({ servers: `127.0.0.1:${port}`, waitOnFirstConnect: true });
  const end = async () => {
    await connection.close();
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill();
    await gone;
    rmSync(folder, { recursive: true });
  };
  return { connection, end };
}

const server = url === undefined ? undefined : await withJetStream(url);
if (url !== undefined && server === undefined)
  console.warn(
    "skipped: delivery to NATS JetStream, as the server of CLIENTELE_NATS has none and nats-server is not found",
  );

describe.skipIf(server === undefined)("NATS JetStream", () => {
  let connection: NatsConnection;
  const names: string[] = [];
  beforeAll(() => {
    connection = server!.connection;
  });
  afterAll(async () => {
    const { streams } = await jetstreamManager(connection);
    for (const name of names) await streams.delete(name);
    await server!.end();
  });

  async function stream() {
    const name = ownName();
    const { streams, consumers } = await jetstreamManager(connection);
    await streams.add({ name, subjects: [`${name}.>`], duplicate_window: 3_600_000_000_000 });
    names.push(name);
    const js = jetstream(connection);
    const count = async () => (await streams.info(name)).state.messages;
    const all = async () => {
      await consumers.add(name, { durable_name: "mail", ack_policy: "explicit" });
      const reader = await js.consumers.get(name, "mail");
      const events: Event[] = [];
      for (let left = await count(); left > 0; left--) {
        const message = await reader.next();
        if (message === null) break;
        events.push(message.json());
        message.ack();
      }
      return events;
    };
    return { name, js, count, all };
  }

  it("carries every event, in order within its stream, under the subject of its type", async () => {
    const { name, js, count, all } = await stream();
    expect(await relayAll(await busyDesk(), toNats(js, name))).toEqual({ delivered: 15, failed: 0 });
    expect(await count()).toBe(15);
    expect(byStream(await all())).toEqual(allInOrder);
    const { streams } = await jetstreamManager(connection);
    const { state } = await streams.info(name, { subjects_filter: ">" });
    expect(state.subjects).toEqual({ [`${name}.complaint.opened`]: 3, [`${name}.complaint.noted`]: 12 });
  });

  it("drops an event that it has had, when the answer was lost", async () => {
    const { name, js, count, all } = await stream();
    const answers: boolean[] = [];
    const watched: Pick<typeof js, "publish"> = {
      publish: async (...message) => {
        const answer = await js.publish(...message);
        answers.push(answer.duplicate);
        return answer;
      },
    };
    const told = await relayAll(await busyDesk(), losingAnswers(toNats(watched, name)));
    expect(told).toEqual({ delivered: 15, failed: 6 });
    expect(answers.filter((isDuplicate) => isDuplicate)).toHaveLength(6);
    expect(await count()).toBe(15);
    expect(byStream(await all())).toEqual(allInOrder);
  });

  it("leaves an event to be tried again when no stream takes it", async () => {
    const { desk } = await busyDesk();
    const publish = toNats(jetstream(connection), ownName());
    expect(await desk.relay({ consumer: "broker", publish })).toEqual({ delivered: 0, failed: 3, halted: 0 });
    expect((await desk.deliveries.backlog("broker")).depth).toBe(15);
  });
});

describe("the id of a message", () => {
  it("is the id of the event, where a header can carry that", () => {
    expect(messageIdOf({ id: "main/complaint/c-7/12" })).toBe("main/complaint/c-7/12");
    expect(messageIdOf({ id: "x".repeat(255) })).toBe("x".repeat(255));
  });

  it("is a digest of it otherwise, another one for every other id", () => {
    const others = [
      "x".repeat(256),
      "main/customer/三/1",
      "main/customer/\ud800/1",
      "main/customer/\udbff/1",
      "a b",
      "a\nb",
    ];
    const ids = others.map((id) => messageIdOf({ id }));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(ids).size).toBe(others.length);
  });
});
