import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServiceDesk, type Event, unwrap } from "../../src/index.js";
import { type KeyKeeper, migrate, pgliteClient, sqlStore } from "../../src/store/sql/index.js";
import { fixedClock } from "../../src/testing/index.js";
import { ann } from "../given.js";

let database: PGlite;
let made = 0;
beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

/** A customer of each tenant, in this order, and a desk whose keeper is away for the first. */
async function shop() {
  const client = pgliteClient(database);
  const names = { schema: `s${++made}` };
  await migrate(client, names);
  const clock = fixedClock("2026-03-02T09:00:00.000Z");
  const before = createServiceDesk({ store: sqlStore(client, names), clock });
  for (const tenant of ["globex", "acme"]) {
    unwrap(await before.tenant(tenant).customers.open({ input: { name: `Joy of ${tenant}` }, actor: ann }));
    clock.advance({ minutes: 1 });
  }
  const keeper = { isAway: true };
  const keys: KeyKeeper = {
    wrap: () => Promise.reject(new Error("nothing is wrapped here")),
    unwrap: async (wrapped, { tenant }) => {
      if (keeper.isAway && tenant === "globex") throw new Error("the vault of globex is locked");
      return new Uint8Array(Buffer.from(wrapped, "base64"));
    },
  };
  const got: unknown[] = [];
  const publish = ({ tenant, data }: Event) => got.push([tenant, (data as { name: unknown }).name]);
  const desk = createServiceDesk({ store: sqlStore(client, { ...names, keys }), clock });
  return { desk, clock, keeper, got, mail: { consumer: "mail", publish } };
}

test("a keeper of keys that fails for one tenant keeps no event from the others, and loses none", async () => {
  const { desk, clock, keeper, got, mail } = await shop();
  expect(await desk.relay(mail)).toEqual({ delivered: 1, failed: 0, halted: 0 });
  expect(got).toEqual([["acme", "Joy of acme"]]);
  expect(await desk.deliveries.backlog("mail")).toEqual({ depth: 1, oldest: "2026-03-02T09:00:00.000Z", halted: [] });
  clock.advance({ minutes: 1 });
  expect(await desk.relay(mail)).toEqual({ delivered: 0, failed: 0, halted: 0 });
  keeper.isAway = false;
  expect(await desk.relay(mail)).toMatchObject({ delivered: 0 });
  clock.advance({ minutes: 1 });
  expect(await desk.relay(mail)).toEqual({ delivered: 1, failed: 0, halted: 0 });
  expect(got.slice(1)).toEqual([["globex", "Joy of globex"]]);
});

test("what cannot be opened does not come again and again before everything else", async () => {
  const { desk, got, mail } = await shop();
  expect(await desk.relay({ ...mail, limit: 1 })).toMatchObject({ delivered: 0 });
  expect(await desk.relay({ ...mail, limit: 1 })).toMatchObject({ delivered: 1 });
  expect(got).toEqual([["acme", "Joy of acme"]]);
});

test("what else goes wrong while events are read is thrown", async () => {
  const { desk, mail } = await shop();
  await database.exec(`alter table s${made}.clientele_keys rename to lost`);
  await expect(desk.relay(mail)).rejects.toThrow("clientele_keys");
});
