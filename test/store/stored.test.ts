import * as crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { createServiceDesk, type ServiceDesk, type Store, unwrap } from "clientele";
import type { KeyKeeper, SqlRow } from "clientele/sql";
import { afterAll, describe, expect, it } from "vitest";
import { closePlaces, type Place, places, type SqlStored, sqlPlaces } from "./places.js";

afterAll(closePlaces);

const ann = { kind: "staff", id: "ann" } as const;
const erased = { erased: true };
/** What the customers of this story are called and have said. */
const said = {
  name: "Joy Adeyemi-Ott",
  summary: "My neighbour heard the fridge explode",
  wish: "Ring me on 555-0100",
  note: "Sounded close to tears",
  proposal: "We bring another on Monday",
  accepted: "Then do so, please",
} as const;
const joy = "person-joy-7";
const al = "person-al-8";

const deskAt = (store: Store<any>): ServiceDesk =>
  createServiceDesk({ store, clock: () => "2026-03-02T09:00:00.000Z" }) as ServiceDesk;

/** Joy is known by name and complains twice, Al once; one of the complaints is taken further. */
async function story(store: Store<any>) {
  const desk = deskAt(store);
  const open = async (customerId: string, summary: string) =>
    unwrap(
      await desk.complaints.open({ input: { customerId, summary, wish: said.wish }, actor: ann, commandId: summary }),
    ).id;
  unwrap(await desk.customers.open({ id: joy, input: { name: said.name }, actor: ann }));
  const id = await open(joy, said.summary);
  const other = await open(joy, "The door squeaks");
  const als = await open(al, "A lamp is broken");
  for (const command of [
    { type: "acknowledge" },
    { type: "note", input: { text: said.note } },
    { type: "assess", input: { nature: "product", scope: "general", severity: "normal" } },
    { type: "propose", input: { remedy: "replacement", message: said.proposal } },
    { type: "accept", input: { words: said.accepted } },
  ] as const)
    unwrap(await desk.complaints.execute({ id, command, actor: ann, commandId: `${command.type} it` }));
  return { desk, id, other, als };
}

const json = (value: unknown): any => (typeof value === "string" ? JSON.parse(value) : value);

/** Everything that any table holds. */
async function everything({ second, tables }: SqlStored): Promise<string> {
  const all: string[] = [];
  for (const table of await tables()) all.push(JSON.stringify(await second(`select * from ${table}`)));
  return all.join("\n");
}

/** Every sealed field, with what it is bound to. */
async function boxesOf({ second, table }: SqlStored) {
  const rows: SqlRow[] = [
    ...(await second(
      `select tenant, kind, id, null as version, sealed from ${table("records")} where sealed is not null`,
    )),
    ...(await second(`select tenant, kind, id, version, sealed from ${table("events")} where sealed is not null`)),
  ];
  return rows.flatMap(({ tenant, kind, id, version, sealed }) =>
    (json(sealed) as [path: unknown[], person: string, generation: number, text: string][]).map(
      ([path, person, , text]) => ({
        person,
        text,
        place: JSON.stringify([tenant, kind, id, version]) + JSON.stringify(path),
      }),
    ),
  );
}

/** What is in a sealed field, for one who has a key: done here by other means than in the store. */
function opened({ text, place }: { readonly text: string; readonly place: string }, key: Buffer): unknown {
  const whole = Buffer.from(text, "base64");
  const cipher = crypto.createDecipheriv("aes-256-gcm", key, whole.subarray(0, 12));
  cipher.setAAD(Buffer.from(place));
  cipher.setAuthTag(whole.subarray(-16));
  return JSON.parse(Buffer.concat([cipher.update(whole.subarray(12, -16)), cipher.final()]).toString());
}
const opens = (box: Parameters<typeof opened>[0], key: Buffer): boolean => {
  try {
    opened(box, key);
    return true;
  } catch {
    return false;
  }
};

const keysIn = async ({ second, table }: SqlStored) =>
  (await second(`select tenant, person, generation, content from ${table("keys")} order by person`)).map((row) => ({
    person: String(row["person"]),
    content: row["content"] === null ? null : String(row["content"]),
  }));

/** By Web Crypto, and by Node's own. */
const sealing: readonly Place<SqlStored>[] = sqlPlaces.flatMap(({ name, serial, make }) => [
  { name, serial, make },
  { name: `${name}, sealed by node:crypto`, serial, make: (options) => make({ crypto, ...options }) },
]);

describe.each(sealing)("what lies in the tables of $name", ({ make }) => {
  it("is JSON that other software reads, without the personal fields", async () => {
    const at = await make();
    const { desk, id } = await story(at.store);
    const [row, ...more] = await at.second(
      `select tenant, version, body, body ->> 'state' as state from ${at.table("records")} where kind = 'complaint' and id = '${id}'`,
    );
    expect(more).toEqual([]);
    expect(row).toMatchObject({ tenant: "main", version: 6, state: "resolving" });
    const record = unwrap(await desk.complaints.get(id));
    expect(json(row!["body"])).toEqual({
      ...record,
      summary: null,
      wish: null,
      proposal: { ...record.proposal, message: null },
    });
    const events = await at.second(
      `select version, body ->> 'type' as type, body from ${at.table("events")} where id = '${id}' order by version`,
    );
    const { items } = unwrap(await desk.complaints.timeline(id));
    expect(events.map(({ version, type }) => ({ version, type }))).toEqual(
      items.map(({ version, type }) => ({ version, type })),
    );
    expect(json(events[1]!["body"])).toEqual(items[1]);
    await at.close();
  });

  it("shows nobody's words or name, and persons only by keyed hashes", async () => {
    const at = await make();
    const { desk } = await story(at.store);
    unwrap(await desk.tenant("north").customers.open({ id: joy, input: { name: said.name }, actor: ann }));
    await desk.relay({ consumer: "mail", publish: () => undefined, limit: 3 });
    const all = await everything(at);
    expect(all).toContain(joy);
    // Command ids are the host's: this one repeats a summary, and nothing else may.
    expect(all.split(said.summary)).toHaveLength(2);
    for (const words of Object.values(said).filter((one) => one !== said.summary)) expect(all).not.toContain(words);

    const people = await at.second(`select distinct tenant, person from ${at.table("people")} order by tenant, person`);
    const keys = await at.second(`select tenant, person from ${at.table("keys")} order by tenant, person`);
    expect(keys).toEqual(people);
    expect(people.map((row) => row["tenant"])).toEqual(["main", "main", "north"]);
    expect(new Set(people.map((row) => row["person"])).size).toBe(3);
    const guesses = [joy, al].flatMap((person) =>
      [person, JSON.stringify(["main", person])].map((text) =>
        crypto.createHash("sha256").update(text).digest("base64"),
      ),
    );
    for (const { person } of people) {
      expect(Buffer.from(String(person), "base64")).toHaveLength(32);
      expect(guesses).not.toContain(person);
    }
    await at.close();
  });

  it("opens to who has the keys, and after an erasure to nobody, a copy of every sealed field notwithstanding", async () => {
    const at = await make();
    const { desk, id } = await story(at.store);
    const before = await keysIn(at);
    const boxes = await boxesOf(at);
    const keyOf = (name: string) => Buffer.from(before.find(({ person }) => person === name)!.content!, "base64");
    const inside = boxes.map((box) => opened(box, keyOf(box.person)));
    for (const words of Object.values(said)) expect(inside).toContain(words);

    unwrap(await desk.people.erase(joy));
    const left = await keysIn(at);
    const gone = before.filter(({ content }, i) => left[i]!.content !== content);
    expect(left.map(({ content }) => content).filter((content) => content === null)).toHaveLength(1);
    expect(gone).toHaveLength(1);
    expect(await everything(at)).not.toContain(gone[0]!.content);

    const hers = boxes.filter(({ person }) => person === gone[0]!.person);
    const rest = left.flatMap(({ content }) => (content === null ? [] : [Buffer.from(content, "base64")]));
    expect(hers.filter((box) => rest.some((key) => opens(box, key)))).toEqual([]);
    expect(boxes.filter((box) => rest.some((key) => opens(box, key))).length).toBe(boxes.length - hers.length);
    expect(unwrap(await desk.complaints.get(id)).summary).toEqual(erased);
    expect(unwrap(await desk.customers.get(joy)).name).toEqual(erased);
    await at.close();
  });

  it("stays shut when a person who was erased speaks again, also to who gives the old fields the new generation", async () => {
    const at = await make();
    const { desk, id, other, als } = await story(at.store);
    unwrap(await desk.people.erase(joy));
    const again = { type: "note", input: { text: "Is back" } } as const;
    unwrap(await desk.complaints.execute({ id: other, command: again, actor: ann }));
    const timeline = async (of: string) => unwrap(await desk.complaints.timeline(of)).items;
    expect((await timeline(other)).at(-1)!.data).toEqual({ text: "Is back" });
    expect((await timeline(other))[0]!.data).toMatchObject({ summary: erased });
    expect((await timeline(id))[0]!.data).toMatchObject({ summary: erased });

    const events = at.table("events");
    const [row] = await at.second(`select sealed from ${events} where id = '${id}' and version = 1`);
    const forged = JSON.stringify(json(row!["sealed"]).map(([path, name, , text]: unknown[]) => [path, name, 2, text]));
    await at.second(`update ${events} set sealed = '${forged}' where id = '${id}' and version = 1`);
    await expect(desk.complaints.timeline(id)).rejects.toMatchObject({ code: "UNREADABLE" });
    expect(unwrap(await desk.complaints.get(als)).summary).toBe("A lamp is broken");
    await at.close();
  });

  it("cannot be moved: a sealed field opens only in its own record, event and tenant", async () => {
    const at = await make();
    const { desk, id, other } = await story(at.store);
    const [records, events] = [at.table("records"), at.table("events")];
    const sealed = (table: string, where: string) => `(select sealed from ${table} where ${where})`;
    const kept = `create table ${at.table("kept")} as select id, version, sealed from`;
    const read = { record: () => desk.complaints.get(id), events: () => desk.complaints.timeline(id) };
    const moves = [
      // Another record of the same person, whose fields stand at the same paths.
      {
        what: read.record,
        update: `update ${records} set sealed = ${sealed(records, `id = '${other}'`)} where id = '${id}'`,
      },
      // Another event of the same record.
      {
        what: read.events,
        update: `update ${events} set sealed = ${sealed(events, `id = '${id}' and version = 6`)} where id = '${id}' and version = 3`,
      },
      // The same event of another record.
      {
        what: read.events,
        update: `update ${events} set sealed = ${sealed(events, `id = '${other}' and version = 1`)} where id = '${id}' and version = 1`,
      },
    ];
    for (const { what, update } of moves) {
      const table = update.includes(`update ${records}`) ? records : events;
      expect((await what()).ok).toBe(true);
      await at.second(`${kept} ${table}`);
      await at.second(update);
      await expect(what()).rejects.toMatchObject({ code: "UNREADABLE" });
      await at.second(
        `update ${table} as now set sealed = (select was.sealed from ${at.table("kept")} as was where was.id = now.id and was.version = now.version)`,
      );
      await at.second(`drop table ${at.table("kept")}`);
    }
    expect((await read.events()).ok).toBe(true);

    unwrap(await desk.tenant("north").customers.open({ id: joy, input: { name: "Another Joy" }, actor: ann }));
    await at.second(
      `update ${records} set sealed = ${sealed(records, "tenant = 'main' and kind = 'customer'")} where tenant = 'north'`,
    );
    // The box names Joy of the other tenant, of whom this one knows nothing.
    expect(unwrap(await desk.tenant("north").customers.get(joy)).name).toEqual(erased);
    await at.close();
  });
});

describe.each(sqlPlaces)("two processes at $name", ({ make }) => {
  it("open what the other has sealed, and name persons alike, though one has node:crypto and the other has not", async () => {
    const at = await make();
    const [here, there] = [at.again({}), at.again({ crypto })];
    const { desk, id } = await story(here);
    const beside = deskAt(there);
    unwrap(
      await beside.complaints.execute({ id, command: { type: "note", input: { text: "Röhrt 你好" } }, actor: ann }),
    );
    unwrap(await beside.customers.open({ id: "person-new-9", input: { name: "Bo" }, actor: ann }));
    expect(unwrap(await desk.customers.get("person-new-9")).name).toBe("Bo");
    const both = await Promise.all([desk, beside].map(async (one) => unwrap(await one.complaints.timeline(id)).items));
    expect(both[0]).toEqual(both[1]);
    expect(both[0]![0]!.data).toMatchObject({ summary: said.summary, wish: said.wish });
    expect(both[0]!.at(-1)!.data).toEqual({ text: "Röhrt 你好" });

    unwrap(await beside.people.erase(joy));
    expect(unwrap(await desk.customers.get(joy)).name).toEqual(erased);
    await at.close();
  });
});

const inFiles = sqlPlaces.filter(({ name }) => name === "SQLite in a file");

describe.skipIf(inFiles.length === 0)("the file of SQLite", () => {
  it.each(inFiles)("does not hold the key of who was erased, once its log is written back", async ({ make }) => {
    const at = await make();
    const { desk } = await story(at.store);
    const [row] = await at.second("pragma database_list");
    const bytes = () => ["", "-wal"].map((end) => readFileSync(`${row!["file"]}${end}`, "latin1")).join();
    await at.second("pragma wal_checkpoint(truncate)");
    const before = await keysIn(at);
    for (const { content } of before) expect(bytes()).toContain(content);
    unwrap(await desk.people.erase(joy));
    await at.second("pragma wal_checkpoint(truncate)");
    const left = await keysIn(at);
    const gone = before.filter((_, i) => left[i]!.content === null);
    expect(gone).toHaveLength(1);
    expect(bytes()).not.toContain(gone[0]!.content);
    await at.close();
  });
});

/** Keeps nothing but a key of its own; what it wraps it masks with it. */
function vault() {
  const mask = crypto.randomBytes(32);
  const turned = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, i) => byte ^ mask[i]!);
  const given: { readonly raw: string; readonly wrapped: string; readonly tenant: string }[] = [];
  const asked: { readonly wrapped: string; readonly tenant: string }[] = [];
  const keys: KeyKeeper = {
    wrap: async (key, { tenant }) => {
      const wrapped = `vault:${tenant}:${Buffer.from(turned(key)).toString("hex")}`;
      given.push({ raw: Buffer.from(key).toString("base64"), wrapped, tenant });
      return wrapped;
    },
    unwrap: async (wrapped, { tenant }) => {
      asked.push({ wrapped, tenant });
      return turned(Buffer.from(wrapped.split(":")[2]!, "hex"));
    },
  };
  return { keys, given, asked };
}

describe.each(sqlPlaces)("the keeper of keys of a host, at $name", ({ make }) => {
  it("wraps every key, and only what it made of them is stored", async () => {
    const keeper = vault();
    const at = await make({ keys: keeper.keys });
    const { desk, id } = await story(at.store);
    unwrap(await desk.tenant("north").customers.open({ id: joy, input: { name: said.name }, actor: ann }));
    const stored = await at.second(`select tenant, content from ${at.table("keys")} order by content`);
    expect(stored.map((row) => ({ ...row }))).toEqual(
      keeper.given
        .map(({ tenant, wrapped }) => ({ tenant, content: wrapped }))
        .sort((a, b) => (a.content < b.content ? -1 : 1)),
    );
    expect(stored).toHaveLength(3);
    expect(keeper.given.every(({ raw }) => Buffer.from(raw, "base64").length === 32)).toBe(true);
    const all = await everything(at);
    for (const { raw } of keeper.given) {
      expect(all).not.toContain(raw);
      expect(all.toLowerCase()).not.toContain(Buffer.from(raw, "base64").toString("hex"));
    }

    expect(unwrap(await desk.complaints.get(id)).summary).toBe(said.summary);
    for (const one of keeper.asked) expect(keeper.given).toContainEqual(expect.objectContaining(one));
    await at.close();
  });

  it("decides alone whether anything opens", async () => {
    const keeper = vault();
    const at = await make({ keys: keeper.keys });
    const { desk, id } = await story(at.store);
    const locked = { ...keeper.keys, unwrap: () => Promise.reject(new Error("the vault is locked")) };
    await expect(deskAt(at.again({ keys: locked })).complaints.get(id)).rejects.toThrow("the vault is locked");
    await expect(deskAt(at.again({ keys: vault().keys })).complaints.get(id)).rejects.toThrow();
    await expect(deskAt(at.again({})).complaints.get(id)).rejects.toThrow();

    unwrap(await desk.people.erase(joy));
    const kept = await everything(at);
    expect(kept.split("vault:main:")).toHaveLength(2);
    expect(unwrap(await deskAt(at.again({ keys: keeper.keys })).complaints.get(id)).summary).toEqual(erased);
    await at.close();
  });

  it("that fails when a person is first heard of leaves nothing of the command", async () => {
    const at = await make({ keys: { ...vault().keys, wrap: () => Promise.reject(new Error("no more keys")) } });
    const desk = deskAt(at.store);
    await expect(desk.customers.open({ id: joy, input: { name: said.name }, actor: ann })).rejects.toThrow(
      "no more keys",
    );
    for (const name of ["records", "events", "tails", "people", "keys"])
      expect(await at.second(`select * from ${at.table(name)}`)).toEqual([]);
    unwrap(await desk.customers.open({ id: joy, input: {}, actor: ann }));
    await at.close();
  });
});

describe.each(places)("the export of a person, from $name", ({ make }) => {
  it("is everything that is kept of them, and after an erasure no word of theirs", async () => {
    const { store, close } = await make();
    const { desk, id, other } = await story(store);
    const holdings = async () => {
      const all = [];
      for await (const one of desk.people.export(joy)) all.push(one);
      return all;
    };
    const before = await holdings();
    expect(before.map(({ record }) => [record.kind, record.id])).toEqual([
      ...[id, other].sort().map((one) => ["complaint", one]),
      ["customer", joy],
    ]);
    for (const { record, events } of before) {
      const doors = record.kind === "customer" ? desk.customers : desk.complaints;
      expect(await doors.get(record.id)).toEqual({ ok: true, value: record });
      expect(await doors.timeline(record.id)).toEqual({ ok: true, value: { items: events } });
    }
    const text = JSON.stringify(before);
    for (const words of Object.values(said)) expect(text).toContain(words);
    expect(text).not.toContain("A lamp is broken");

    unwrap(await desk.people.erase(joy));
    const after = await holdings();
    expect(after.map(({ record }) => record.id)).toEqual(before.map(({ record }) => record.id));
    for (const words of Object.values(said)) expect(JSON.stringify(after)).not.toContain(words);
    await close();
  });
});
