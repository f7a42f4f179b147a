// Which servers answer on this machine, as lines for a shell: `export CLIENTELE_POSTGRES=…`. What is already named stays.
import { connect as connectNats } from "@nats-io/transport-node";
import { connect as connectRabbit } from "amqplib";
import { Redis } from "ioredis";
import { Client } from "pg";

const moment = 2000;

async function postgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: moment });
  await client.connect();
  try {
    const { rows } = await client.query("show server_version_num");
    if (Number(rows[0].server_version_num) < 140_000) throw new Error("PostgreSQL 14 or later is needed");
  } finally {
    await client.end();
  }
}
async function redis(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: moment, retryStrategy: () => null });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
async function nats(url: string): Promise<void> {
  const connection = await connectNats({ servers: url, timeout: moment, reconnect: false });
  await connection.close();
}
async function rabbit(url: string): Promise<void> {
  const connection = await connectRabbit(url, { timeout: moment });
  await connection.close();
}

const servers: readonly (readonly [name: string, url: string, greet: (url: string) => Promise<void>])[] = [
  ["CLIENTELE_POSTGRES", "postgres://postgres@127.0.0.1/postgres", postgres],
  ["CLIENTELE_REDIS", "redis://127.0.0.1:6379", redis],
  ["CLIENTELE_NATS", "nats://127.0.0.1:4222", nats],
  ["CLIENTELE_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672", rabbit],
];

for (const [name, url, greet] of servers) {
  if (process.env[name]) continue;
  await greet(url).then(
    () => console.log(`export ${name}='${url}'`),
    (error: Error) => console.error(`${name}: ${url} does not answer: ${error.message}`),
  );
}
process.exit(0);
