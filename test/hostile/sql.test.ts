import * as crypto from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, describe, expect, it } from "vitest";
import * as sql from "../../src/store/sql/index.js";
import {
  columns,
  keep,
  minute,
  personalVisit,
  receipt,
  stream,
  tellMany,
  tenant,
  visit,
} from "../../src/testing/store/fixtures.js";
import { assault, type Probe } from "./corpus.js";

const { migrate, pgClient, pgConnectionClient, pgliteClient, sqliteClient, sqlStore } = sql;

const rules = () => ({ kinds: ["visit"], doors: () => ({ indexes: ["by"] }) });
const names = () => ({ schema: "elsewhere", prefix: "c_" });
const database = await PGlite.create();
afterAll(() => database.close());
const client = pgliteClient(database);
await migrate(client);
const store = sqlStore(client);
const kept = visit("kept");
await keep(store, kept, columns({ by: "ann" }));
await tellMany(store, "kept", 3);

const noop = async () => undefined;
const connection = () => ({ query: async () => ({ rows: [] }), on: noop, off: noop, release: noop });
const drivers = {
  pgClient: () => ({ connect: async () => connection() }),
  pgConnectionClient: connection,
  pgliteClient: () => ({ query: async () => ({ rows: [] }) }),
  sqliteClient: () => ({ prepare: () => ({ all: () => [] }) }),
};
const clients: Record<keyof typeof drivers, sql.SqlClient<any>> = {
  pgClient: pgClient(drivers.pgClient()),
  pgConnectionClient: pgConnectionClient(drivers.pgConnectionClient()),
  pgliteClient: pgliteClient(drivers.pgliteClient()),
  sqliteClient: sqliteClient(drivers.sqliteClient()),
};
/** What a host's own function throws comes out as it is: only whether it is one is asked here. */
const tame = (work: unknown) => (typeof work === "function" ? noop : work);

/** Every function that is exported, with arguments that it takes. */
const ofModule: Record<string, Probe> = {
  fieldIndexes: { call: sql.fieldIndexes, sound: () => ["postgres", rules(), names()] },
  "fieldIndexes, of what doors answer": {
    call: (answer) => sql.fieldIndexes("sqlite", { kinds: ["visit"], doors: () => answer }),
    sound: () => [{ indexes: ["by"] }],
  },
  migrate: { call: migrate, sound: () => [client, { ...names(), rules: rules() }], whole: ["0"] },
  migrations: { call: sql.migrations, sound: () => ["postgres", names()] },
  pgClient: { call: pgClient, sound: () => [drivers.pgClient()] },
  pgConnectionClient: { call: pgConnectionClient, sound: () => [drivers.pgConnectionClient()] },
  pgliteClient: { call: pgliteClient, sound: () => [drivers.pgliteClient()] },
  rowSecurity: { call: sql.rowSecurity, sound: () => [{ role: "service", claimRole: "service_claims" }, names()] },
  sqliteClient: { call: sqliteClient, sound: () => [drivers.sqliteClient()] },
  sqlStore: {
    call: sqlStore,
    sound: () => [
      client,
      {
        ...names(),
        rowSecurity: { claimRole: "service_claims" },
        own: { call: { read: async () => [], write: noop, erase: noop } },
        keys: { wrap: async () => "", unwrap: async () => new Uint8Array(32) },
        crypto,
      },
    ],
    whole: ["0", "1.crypto"],
  },
};

/** The doors of each client: what a connection is asked is the driver's, who is handed it as it is. */
const ofClients: Record<string, Probe> = Object.fromEntries(
  Object.entries(clients).flatMap(([name, { connect, connection: over }]): [string, Probe][] => [
    [`${name}().connect`, { call: (work) => connect(tame(work) as never), sound: () => [noop] }],
    [`${name}().connection`, { call: over, sound: () => [{ ...connection(), ...drivers.sqliteClient() }] }],
  ]),
);

const lease = { now: minute(1), leaseUntil: minute(2), limit: 2 };
const reads = { commandId: "r", record: stream("kept"), revisionOf: "visit" };
const ofStore: Record<string, Probe> = {
  transaction: {
    call: (work, options) => store.transaction(tame(work) as never, options),
    sound: () => [noop, { tenant }],
  },
  "transaction, reading ahead": {
    call: (options) =>
      store.transaction(
        async (unit) => [
          await unit.receipts.find("r", minute(1)),
          await unit.of("visit").get("kept"),
          await unit.of("visit").revision(),
        ],
        options,
      ),
    sound: () => [{ tenant, reads }],
  },
  "transaction, joined": {
    call: (join) =>
      store.transaction(({ tx }) => store.transaction(noop, { tenant, join: join === undefined ? tx : join }), {
        tenant,
      }),
    sound: () => [undefined],
  },
  "transaction, joined to what is no session": {
    call: (session) =>
      store.transaction(
        ({ tx }) =>
          store.transaction(noop, { tenant, join: session === undefined ? tx : { ...tx, "~session": session } }),
        { tenant },
      ),
    sound: () => [undefined],
  },
  claimDue: { call: store.claimDue, sound: () => [lease] },
  postpone: { call: store.postpone, sound: () => [{ tenant, kind: "visit", id: "kept" }, minute(3)] },
  prune: { call: store.prune, sound: () => [{ now: minute(1), limit: 2 }] },
  archive: {
    call: store.archive,
    sound: () => [{ kinds: ["call"], touchedBefore: minute(1), limit: 2, keep: noop }],
  },
  within: { call: store.within, sound: () => [database], whole: ["0"] },
  "outbox.claim": { call: store.outbox.claim, sound: () => [{ ...lease, consumer: "c" }] },
  "outbox.settle": {
    call: store.outbox.settle,
    sound: () => [
      {
        ...{ consumer: "c", tenant, stream: stream("kept"), lease: "l", deliveredVersion: 1 },
        failure: { message: "m", retryAt: minute(2) },
      },
    ],
  },
  "outbox.skip": {
    call: store.outbox.skip,
    sound: () => [{ consumer: "c", tenant, stream: stream("kept"), version: 1 }],
  },
  "outbox.resume": {
    call: store.outbox.resume,
    sound: () => [{ consumer: "c", tenant, stream: stream("kept"), version: 1 }],
  },
  "outbox.forget": { call: store.outbox.forget, sound: () => ["nobody"] },
  "outbox.backlog": { call: store.outbox.backlog, sound: () => ["c"] },
};

let made = 0;
type Unit = Parameters<Parameters<typeof store.transaction>[0]>[0];
const inUnit = (door: (unit: Unit) => (...args: any[]) => unknown, sound: Probe["sound"], few = true): Probe => ({
  call: (...args) => store.transaction(async (unit) => door(unit)(...args), { tenant }),
  sound,
  few,
  depth: 5,
});
const mine = (unit: Unit) => unit.of("visit");
const putting = () => {
  const { record, columns: beside } = personalVisit(`put ${++made}`, "c-7", "secret");
  return [record, 0, { ...beside, fields: { by: "ann" }, wakeAt: minute(9) }];
};
const ofUnit: Record<string, Probe> = {
  of: inUnit(
    (unit) => async (kind) => [await unit.of(kind).get("x"), await unit.of(kind).find({ limit: 1 })],
    () => ["visit"],
    false,
  ),
  "of().get": inUnit(
    (unit) => mine(unit).get,
    () => ["kept"],
    false,
  ),
  "of().put": inUnit((unit) => mine(unit).put, putting),
  "of().reindex": inUnit(
    (unit) => mine(unit).reindex,
    () => ["kept", 1, putting()[2]],
  ),
  "of().find": inUnit(
    (unit) => mine(unit).find,
    () => [{ where: { by: "ann" }, orderBy: "openedAt", descending: true, limit: 2, after: '["a","b"]' }],
    false,
  ),
  "of().revision": inUnit(
    (unit) => mine(unit).revision,
    () => [],
  ),
  "events.append": inUnit(
    (unit) => unit.events.append,
    () => [[personalVisit(`told ${++made}`, "c-7", "secret").event({ tenant })]],
  ),
  "events.read": inUnit(
    (unit) => unit.events.read,
    () => [stream("kept"), { afterVersion: 0, limit: 2 }],
    false,
  ),
  "receipts.find": inUnit(
    (unit) => unit.receipts.find,
    () => ["r", minute(1)],
    false,
  ),
  "receipts.put": inUnit(
    (unit) => unit.receipts.put,
    () => [`c ${++made}`, receipt("r"), minute(1)],
  ),
  "people.erase": inUnit(
    (unit) => unit.people.erase,
    () => ["nobody"],
    false,
  ),
  "people.streams": inUnit(
    (unit) => unit.people.streams,
    () => ["c-7", { after: '["a","b"]', limit: 2 }],
    false,
  ),
};

/** The paths of the functions of an object, and of the objects in it. */
const doorsOf = (of: object): string[] =>
  Object.entries(of).flatMap(([name, value]) =>
    typeof value === "function"
      ? [name]
      : typeof value === "object" && value !== null && !name.startsWith("~")
        ? doorsOf(value).map((inner) => `${name}.${inner}`)
        : [],
  );

it("no door is left out", async () => {
  expect(Object.keys(sql).filter((name) => !(name in ofModule))).toEqual([]);
  expect(doorsOf(store).filter((name) => !(name in ofStore))).toEqual([]);
  const ofOne = await store.transaction(
    async ({ tx, ...unit }) => [...doorsOf(unit), ...doorsOf(unit.of("visit")).map((name) => `of().${name}`)],
    { tenant },
  );
  expect(ofOne.filter((name) => !(name in ofUnit))).toEqual([]);
  const ofOneClient = Object.keys(drivers).flatMap((name) => doorsOf(client).map((door) => `${name}().${door}`));
  expect(ofOneClient.filter((name) => !(name in ofClients))).toEqual([]);
});

describe("clientele/sql takes anything", () => {
  for (const [name, probe] of Object.entries({ ...ofModule, ...ofClients, ...ofStore, ...ofUnit }))
    it(name, async () => {
      expect(await assault(name, probe)).toEqual([]);
    });

  it("and is still sound", async () => {
    const [record, events, page] = await store.transaction(
      async (unit) => [
        await unit.of("visit").get("kept"),
        await unit.events.read(stream("kept"), { afterVersion: 0, limit: 9 }),
        await unit.of("visit").find({ limit: 10_000 }),
      ],
      { tenant },
    );
    expect([record, events.map((event) => event.version)]).toEqual([kept, [1, 2, 3]]);
    expect(page.items).toContainEqual(kept);
    expect(await store.claimDue({ now: minute(99), leaseUntil: minute(99), limit: 10_000 })).toBeInstanceOf(Array);
    expect(await migrate(client)).toEqual([]);
  });
});

const codeOf = async (call: () => unknown): Promise<unknown> => {
  try {
    await call();
    return undefined;
  } catch (thrown) {
    return (thrown as { code?: unknown }).code;
  }
};

it("what is no client is refused before it is asked anything", async () => {
  const { dialect, connect, connection: over } = client;
  for (const no of [null, undefined, {}, { dialect }, { connect, connection: over }, { dialect: "mysql", connect }])
    for (const door of [migrate, sqlStore] as ((client: unknown) => unknown)[])
      expect(await codeOf(() => door(no))).toBe("INVALID_OPTIONS");
  const sqlite = clients.sqliteClient;
  for (const options of [{ schema: "main" }, { prefix: "sqlite_" }, { rowSecurity: { claimRole: "claims" } }])
    expect(await codeOf(() => sqlStore(sqlite, options))).toBe("INVALID_OPTIONS");
});

it("whatever is taken for a name makes statements that the database takes", async () => {
  const { rows } = await database.query<{ word: string; reserved: boolean }>(
    "select word, catcode in ('R', 'T') as reserved from pg_get_keywords()",
  );
  for (const { word, reserved } of rows)
    expect([word, await codeOf(() => sql.migrations("postgres", { schema: word }))]).toEqual([
      word,
      reserved ? "INVALID_OPTIONS" : undefined,
    ]);
  for (const role of ["public", "none", "user", "current_user", "session_user"])
    expect(await codeOf(() => sql.rowSecurity({ role, claimRole: "claims" }))).toBe("INVALID_OPTIONS");
  for (const schema of ["public", "values", "__proto__", "constructor", "_", "x".repeat(40)])
    expect(await migrate(client, { schema, prefix: `${schema}_`.slice(-40), rules: rules() })).toEqual([1]);
});

it("the indexes of fields that begin alike are all made, however long the names are", async () => {
  const indexes = ["a_field_with_a_long_name_1", "a_field_with_a_long_name_2"];
  const prefix = "a_prefix_of_forty_letters_which_is_most_";
  const own = { schema: "alike", prefix, rules: { kinds: ["visit"], doors: () => ({ indexes }) } };
  await migrate(client, own);
  const { rows } = await database.query<{ text: string }>(
    "select indexdef as text from pg_indexes where schemaname = 'alike'",
  );
  for (const name of indexes) expect(rows.filter(({ text }) => text.includes(`'${name}'`))).toHaveLength(1);
});

it("a text that the database would change is not looked for", async () => {
  const find = (where: Readonly<Record<string, string>>, after?: string) => () =>
    store.transaction((unit) => unit.of("visit").find({ where, limit: 1, ...(after === undefined ? {} : { after }) }), {
      tenant,
    });
  expect(await codeOf(find({ by: "a\ufffd" }))).toBeUndefined();
  expect(await codeOf(find({ by: "a\ud800" }))).toBe("INVALID_OPTIONS");
  expect(await codeOf(find({ "a\ud800": "a" }))).toBe("INVALID_OPTIONS");
  expect(await codeOf(find({}, '["\\ud800","a"]'))).toBe("INVALID_OPTIONS");
  expect(await codeOf(() => store.transaction(noop, { tenant: "a\ud800" }))).toBe("INVALID_TENANT");
});

it("a text that is longer than an index can hold is kept", async () => {
  const schema = "indexed";
  await migrate(client, { schema, rules: rules() });
  const long = columns({ by: "x".repeat(1e6) });
  const indexed = sqlStore(client, { schema });
  await keep(indexed, visit("long"), long);
  const found = (by: string) =>
    indexed.transaction((unit) => unit.of("visit").find({ where: { by }, limit: 2 }), { tenant });
  expect((await found("x".repeat(1e6))).items.map((one) => one.id)).toEqual(["long"]);
  expect((await found("x".repeat(1e6 - 1))).items).toEqual([]);
});
