import {
  createServiceDesk,
  createServiceRules,
  definePlugin,
  memoryStore,
  recordKind,
  type Store,
  unwrap,
} from "clientele";
import { afterAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { columns, happened, minute, personalVisit, receipt, visit } from "../../src/testing/store/fixtures.js";
import { closePlaces, places, type SqlStored, sqlPlaces } from "./places.js";

afterAll(closePlaces);

/** What would do harm if it became a part of a statement, of a pattern, of a path or of a text of JSON. */
const names = [
  "'; drop table clientele_records; --",
  "'); delete from clientele_events; --",
  "' or '1'='1",
  "' or 1=1 --",
  '" or ""="',
  "1; select pg_sleep(9)",
  "x' union select name, content, 1 from clientele_secrets --",
  "$1",
  "$2::text",
  "?",
  "?1",
  ":id",
  "@id",
  "%",
  "_",
  "%s%n",
  "\\",
  "\\'",
  "\\\\'; --",
  "E'\\x27'",
  "\\u0027",
  "\\u0000",
  "U&'\\0027'",
  "/* */",
  "/*",
  "*/ drop",
  "--",
  "# no",
  "'",
  "''",
  '"',
  '""',
  "`",
  "$$",
  "$tag$ x $tag$",
  "’",
  "＇",
  "ʼ",
  "«»",
  "{}",
  "{1,2}",
  "[]",
  "[1]",
  "null",
  "NULL",
  "true",
  "0",
  "-1",
  "1e309",
  "NaN",
  ".",
  "..",
  "a.b",
  "a/b",
  '$."x"',
  "$.x",
  "$[0]",
  "$",
  "#>",
  "->>",
  '{"erased":true}',
  '["main","a"]',
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  " ",
  " a",
  "a ",
  "A",
  "a",
  "\t",
  "\n",
  "\r\n",
  "\u0001",
  "\u007f",
  "\u0085",
  "\u2028",
  "\ufeff",
  "é",
  "e\u0301",
  "ß",
  "SS",
  "İ",
  "冰箱不制冷",
  "ﬀ",
  "\ue000",
  "\uffee",
  "\uffff",
  "😀",
  "\u{10ffff}",
  "\u{10ffff}\u0001",
  "👩‍👩‍👧",
  "\u202e gnirts",
  "السلام",
  "x".repeat(200),
  "'".repeat(200),
  "\uffee".repeat(200),
] as const;
/** What is longer than a name may be. */
const texts: readonly string[] = [...names, "'; --\\".repeat(600), "冰".repeat(4000), "😀".repeat(2000)];

/** PGlite reads a column without the byte order mark that it begins with. What is found again by its text is stored so that it never does. */
const unmarked = <T extends string>(list: readonly T[]): readonly T[] =>
  list.filter((text) => !text.startsWith("\ufeff"));

const ann = { kind: "staff", id: "ann" } as const;
const deskAt = (store: Store<any>) => {
  let minted = 0;
  return createServiceDesk({ store, clock: () => "2026-03-02T09:00:00.000Z", newId: () => `n${++minted}` });
};
type Desk = ReturnType<typeof deskAt>;

/** One complaint in which a text stands wherever a text can stand; `name` where only 200 characters can. */
async function through(desk: Desk, text: string, name: string): Promise<string> {
  const actor = { kind: "staff", id: name, roles: [name] } as const;
  const input = { customerId: name, summary: text, wish: text, orderId: name, grade: name };
  const { id } = unwrap(
    await desk.complaints.open({ id: name, input, actor, commandId: `open ${name}`.slice(0, 200) }),
  );
  for (const command of [
    { type: "assign", input: { ownerId: name } },
    { type: "hand_over", input: { to: `${name.slice(0, 150)} too`, reason: text } },
    { type: "note", input: { text } },
    { type: "wait_for_third_party", input: { party: name, question: text } },
    { type: "withdraw", input: { words: text } },
  ] as const)
    unwrap(await desk.complaints.execute({ id, command, actor }));
  return id;
}

/** Everything that the desk tells of the complaints. */
async function told(desk: Desk, ids: readonly string[]) {
  const all = [];
  for (const id of ids) {
    const record = unwrap(await desk.complaints.get(id));
    const events = unwrap(await desk.complaints.timeline(id)).items;
    const by = async (where: Readonly<Record<string, string>>) =>
      unwrap(await desk.complaints.find({ where, limit: 1000 })).items.map((one) => one.id);
    all.push({ record, events, customerId: await by({ customerId: id }), orderId: await by({ orderId: id }) });
  }
  return all;
}

/** All pages of a query, a few at a time. */
async function paged(desk: Desk, orderBy: string, descending: boolean): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = unwrap(
      await desk.complaints.find({ orderBy, descending, limit: 37, ...(after === undefined ? {} : { after }) }),
    );
    ids.push(...page.items.map((one) => one.id));
    after = page.next;
  } while (after !== undefined);
  return ids;
}

async function counts({ second, tables }: SqlStored) {
  const all: Record<string, number> = {};
  for (const table of await tables())
    all[table.replace(/^.*clientele_/, "")] = Number((await second(`select count(*) as n from ${table}`))[0]!["n"]);
  return all;
}

describe.each(sqlPlaces)("texts that would be SQL, at $name", ({ make }) => {
  it("stand in every field, id and command id as they were given, and do nothing", async () => {
    const at = await make();
    const before = await at.tables();
    const memory = memoryStore();
    const [here, there] = [deskAt(at.store), deskAt(memory)];
    for (const text of names) for (const desk of [here, there]) await through(desk, text, text);
    const long = texts.slice(names.length);
    for (const [i, text] of long.entries()) for (const desk of [here, there]) await through(desk, text, `long ${i}`);
    const ids = [...names, ...long.map((_, i) => `long ${i}`)];

    const shown = await told(here, ids);
    for (const [i, text] of texts.entries()) {
      expect(shown[i]!.record).toMatchObject({ id: ids[i], customerId: ids[i], summary: text, wish: text });
      expect(shown[i]!.events.at(-1)!.data).toEqual({ words: text });
      expect(shown[i]!.customerId).toEqual([ids[i]]);
      expect(shown[i]!.orderId).toEqual([ids[i]]);
    }
    expect(shown).toEqual(await told(there, ids));
    for (const descending of [false, true])
      expect(await paged(here, "customerId", descending)).toEqual(await paged(there, "customerId", descending));

    expect(await at.tables()).toEqual(before);
    const { records, events, people, keys, receipts, tails } = await counts(at);
    const n = ids.length;
    expect({ records, events, people, keys, receipts, tails }).toEqual({
      records: n,
      events: 6 * n,
      people: n,
      keys: n,
      receipts: n,
      tails: n,
    });
    await at.close();
  });

  it("are command ids: each is answered once, and none is taken for another", async () => {
    const at = await make();
    const desk = deskAt(at.store);
    const give = (commandId: string) =>
      desk.complaints.open({ input: { customerId: "c-7", summary: commandId }, actor: ann, commandId });
    const first = [];
    for (const name of names) first.push(unwrap(await give(name)));
    for (const [i, name] of names.entries()) expect(unwrap(await give(name))).toEqual({ ...first[i], replayed: true });
    expect(new Set(first.map(({ id }) => id)).size).toBe(names.length);
    expect(await counts(at)).toMatchObject({ records: names.length, receipts: names.length });
    await at.close();
  });

  it("are persons: each is exported and forgotten alone", async () => {
    const at = await make();
    const desk = deskAt(at.store);
    for (const id of names) unwrap(await desk.customers.open({ id, input: { name: `Called ${id}` }, actor: ann }));
    for (const [i, id] of names.entries()) {
      const held = [];
      for await (const { record } of desk.people.export(id)) held.push(record);
      expect(held).toEqual([expect.objectContaining({ id, name: `Called ${id}` })]);
      if (i % 2 === 0) unwrap(await desk.people.erase(id));
    }
    for (const [i, id] of names.entries())
      expect(unwrap(await desk.customers.get(id)).name).toEqual(i % 2 === 0 ? { erased: true } : `Called ${id}`);
    await at.close();
  });

  it("are consumers: each has every event, once", async () => {
    const at = await make();
    const desk = deskAt(at.store);
    for (const id of ["a", "'; --"]) unwrap(await desk.customers.open({ id, input: {}, actor: ann }));
    for (const consumer of names) {
      const had: string[] = [];
      const publish = ({ id }: { readonly id: string }) => void had.push(id);
      expect(await desk.relay({ consumer, publish })).toEqual({ delivered: 2, failed: 0, halted: 0 });
      expect(await desk.relay({ consumer, publish })).toEqual({ delivered: 0, failed: 0, halted: 0 });
      expect(had.sort()).toEqual(["main/customer/'; --/1", "main/customer/a/1"]);
      expect(await desk.deliveries.backlog(consumer)).toEqual({ depth: 0, oldest: null, halted: [] });
    }
    expect(await counts(at)).toMatchObject({ consumers: names.length, progress: 2 * names.length, waiting: 0 });
    await at.close();
  });

  it("are what a failure of a consumer says", async () => {
    const at = await make();
    const desk = deskAt(at.store);
    unwrap(await desk.customers.open({ id: "a", input: {}, actor: ann }));
    for (const text of unmarked(texts)) {
      const consumer = text.slice(0, 100);
      const publish = () => Promise.reject(new Error(text));
      expect(await desk.relay({ consumer, attempts: 1, publish })).toMatchObject({ halted: 1 });
      expect((await desk.deliveries.backlog(consumer)).halted.map(({ message }) => message)).toEqual([text]);
    }
    await at.close();
  });

  it("are tenants to the port, if not to the desk, and keep apart", async () => {
    const at = await make();
    const desk = deskAt(at.store);
    const tenants = unmarked(names);
    const wild = tenants.filter((name) => !/^[\w.-]{1,100}$/.test(name));
    expect(wild.length).toBeGreaterThan(70);
    for (const name of wild)
      expect(() => desk.tenant(name)).toThrow(expect.objectContaining({ code: "INVALID_TENANT" }));

    const asked = { now: minute(2), leaseUntil: minute(3), limit: 1000 };
    for (const [i, tenant] of tenants.entries())
      await at.store.transaction(
        async (unit) => {
          await unit.of("visit").put(visit("v", 1, { words: i }), 0, columns({}, { wakeAt: minute(1) }));
          await unit.events.append([happened("v", 1, { tenant, data: { to: i } })]);
          await unit.receipts.put("once", receipt("v", { version: i }), minute(0));
        },
        { tenant },
      );
    for (const [i, tenant] of tenants.entries())
      await at.store.transaction(
        async (unit) => {
          expect(await unit.of("visit").get("v")).toMatchObject({ words: i });
          expect((await unit.of("visit").find({ limit: 10 })).items).toHaveLength(1);
          const events = await unit.events.read({ kind: "visit", id: "v" }, { afterVersion: 0, limit: 10 });
          expect(events).toMatchObject([{ tenant, data: { to: i } }]);
          expect(await unit.receipts.find("once", minute(0))).toMatchObject({ version: i });
        },
        { tenant },
      );
    const due = await at.store.claimDue(asked);
    expect(due.map(({ tenant }) => tenant).sort()).toEqual([...tenants].sort());
    const deliveries = await at.store.outbox.claim({ consumer: "c", ...asked });
    expect(deliveries.map(({ tenant }) => tenant).sort()).toEqual([...tenants].sort());
    await at.close();
  });
});

describe.each(places)("names at the port of $name", ({ make }) => {
  it("of kinds and records are kept apart whatever they are", async () => {
    const { store, close } = await make();
    const unit = <R>(work: (u: any) => Promise<R>) => store.transaction(work, { tenant: "acme" });
    await unit(async (u) => {
      for (const [i, kind] of names.entries()) {
        const whose = personalVisit("v", "joy", `said ${i}`);
        await u.of(kind).put({ ...whose.record, kind }, 0, whose.columns);
        await u.events.append([whose.event({ stream: { kind, id: "v" } })]);
      }
    });
    await unit(async (u) => {
      for (const [i, kind] of names.entries()) {
        expect(await u.of(kind).get("v")).toMatchObject({ kind, words: `said ${i}` });
        expect(await u.of(kind).revision()).toBe(1);
        const events = await u.events.read({ kind, id: "v" }, { afterVersion: 0, limit: 10 });
        expect(events).toMatchObject([{ stream: { kind }, data: { words: `said ${i}` } }]);
      }
      const { items } = await u.people.streams("joy", { limit: 1000 });
      expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([...names].sort());
    });
    await close();
  });

  it("of fields find and order, and never become a part of the question", async () => {
    const { store, close } = await make();
    const unit = <R>(work: (u: any) => Promise<R>) => store.transaction(work, { tenant: "acme" });
    const one = await unit(async (u) => {
      await u.of("visit").put(visit("none"), 0, columns());
      // Own properties all of them, `__proto__` too.
      for (const [i, name] of names.entries())
        await u.of("visit").put(visit(`v${i}`), 0, columns(Object.fromEntries([[name, `is ${i}`]])));
      return (await u.of("visit").find({ limit: 1000 })).items.length;
    });
    expect(one).toBe(names.length + 1);
    for (const [i, name] of names.entries())
      await unit(async (u) => {
        const where = Object.fromEntries([[name, `is ${i}`]]);
        const found = async (query: object) =>
          (await u.of("visit").find({ limit: 1000, ...query })).items.map(({ id }: { id: string }) => id);
        expect(await found({ where }), `where ${name}`).toEqual([`v${i}`]);
        const rest = await found({ where: Object.fromEntries([[name, null]]) });
        expect(rest, `where ${name} is null`).toHaveLength(names.length);
        expect(rest).not.toContain(`v${i}`);
        const ordered = await found({ orderBy: name });
        expect(ordered, `order by ${name}`).toHaveLength(names.length + 1);
        expect(ordered.at(-1)).toBe(`v${i}`);
        expect((await found({ orderBy: name, descending: true }))[0]).toBe(`v${i}`);
      });
    await close();
  });

  it("of fields that no record has find nothing and harm nothing", async () => {
    const { store, close } = await make();
    const unit = <R>(work: (u: any) => Promise<R>) => store.transaction(work, { tenant: "acme" });
    await unit((u) => u.of("visit").put(visit("v"), 0, columns()));
    for (const name of names)
      await unit(async (u) => {
        expect((await u.of("visit").find({ where: Object.fromEntries([[name, "x"]]), limit: 9 })).items).toEqual([]);
        expect((await u.of("visit").find({ orderBy: name, limit: 9 })).items).toHaveLength(1);
      });
    await close();
  });
});

/** A plugin whose kind takes any text, and is found by a field with a name in the language of the house. */
const tier = recordKind("tier.entry", {
  revision: 1,
  initial: "tier.open",
  indexes: ["等级"],
  schema: z.object({ 等级: z.string(), remark: z.string() }),
});
const tiers = definePlugin({
  id: "tier",
  tokens: [
    tier,
    tier.state("tier.open", { phase: "closed" }),
    tier.permit("tier.may", { actors: ["staff"], opens: true, commands: [] }),
  ],
});
const rules = createServiceRules({ plugins: [tiers] as const });

describe.each(places)("the desk on $name", ({ make }) => {
  it("finds by an index whose name is not plain ASCII", async () => {
    const { store, close } = await make();
    const desk = createServiceDesk({ store, rules });
    for (const grade of ["甲", "乙"])
      unwrap(await desk.of(tier).open({ id: grade, input: { 等级: grade, remark: "" }, actor: ann }));
    const { items } = unwrap(await desk.of(tier).find({ where: { 等级: "甲" } }));
    expect(items.map(({ id }) => id)).toEqual(["甲"]);
    expect(unwrap(await desk.of(tier).find({ orderBy: "等级" })).items.map(({ id }) => id)).toEqual(["乙", "甲"]);
    await close();
  });

  describe.each([
    ["NUL", "a\0b"],
    ["a lone surrogate", "a\ud800b"],
  ])("refuses %s with a code", (_, bad) => {
    const input = { customerId: "c-7", summary: "The fridge does not cool" };
    const refusal = { ok: false, error: { code: "INVALID_INPUT" } };

    it("where a complaint is opened or commanded, and keeps nothing of it", async () => {
      const { store, close } = await make();
      const desk = deskAt(store);
      const { id } = unwrap(await desk.complaints.open({ input, actor: ann }));
      for (const request of [
        { input: { ...input, customerId: bad }, actor: ann },
        { input: { ...input, summary: bad }, actor: ann },
        { input: { ...input, wish: bad }, actor: ann },
        { input: { ...input, orderId: bad }, actor: ann },
        { input: { ...input, grade: bad }, actor: ann },
        { input, actor: ann, id: bad },
        { input, actor: ann, commandId: bad },
        { input, actor: { ...ann, id: bad } },
        { input, actor: { ...ann, roles: [bad] } },
      ])
        expect(await desk.complaints.open(request), JSON.stringify(request)).toMatchObject(refusal);
      for (const command of [
        { type: "assign", input: { ownerId: bad } },
        { type: "note", input: { text: bad } },
        { type: "contact", input: { direction: "in", channel: "phone", text: bad } },
        { type: "escalate", input: { reason: bad } },
        { type: "wait_for_third_party", input: { party: bad, question: "When?" } },
        { type: "reject", input: { reason: bad } },
      ] as const)
        expect(await desk.complaints.execute({ id, command, actor: ann }), command.type).toMatchObject(refusal);
      const note = { type: "note", input: { text: "x" } } as const;
      for (const request of [
        { id: bad, command: note, actor: ann },
        { id, command: note, actor: ann, commandId: bad },
        { id, command: note, actor: { ...ann, id: bad } },
      ])
        expect(await desk.complaints.execute(request), JSON.stringify(request)).toMatchObject(refusal);
      expect((await desk.complaints.execute({ id, command: { type: bad } as never, actor: ann })).ok).toBe(false);
      expect(unwrap(await desk.complaints.timeline(id)).items).toHaveLength(1);
      expect(unwrap(await desk.complaints.find()).items).toHaveLength(1);
      await close();
    });

    it("where it is asked for", async () => {
      const { store, close } = await make();
      const desk = deskAt(store);
      const { complaints, people, policies, deliveries } = desk;
      const { id } = unwrap(await complaints.open({ input, actor: ann }));
      for (const answer of [
        complaints.get(bad),
        complaints.timeline(bad),
        complaints.available(bad, ann),
        complaints.available(id, { ...ann, id: bad }),
        complaints.clocks(bad),
        people.erase(bad),
        policies.inForce("service-level", bad),
      ])
        expect(await answer).toMatchObject(refusal);
      const coded = (code: string) => expect.objectContaining({ code });
      expect(() => desk.tenant(bad)).toThrow(coded("INVALID_TENANT"));
      await expect(people.export(bad)[Symbol.asyncIterator]().next()).rejects.toThrow(coded("INVALID_OPTIONS"));
      for (const door of [deliveries.backlog, deliveries.forget])
        await expect(door(bad)).rejects.toThrow(coded("INVALID_OPTIONS"));
      await expect(desk.relay({ consumer: bad, publish: () => undefined })).rejects.toThrow(coded("INVALID_OPTIONS"));
      const event = { consumer: "c", stream: { kind: "complaint", id }, version: 1 };
      for (const request of [
        { ...event, consumer: bad },
        { ...event, stream: { kind: bad, id } },
        { ...event, stream: { kind: "complaint", id: bad } },
        { ...event, tenant: bad },
      ])
        for (const door of [deliveries.skip, deliveries.resume])
          await expect(door(request)).rejects.toThrow(coded("INVALID_OPTIONS"));
      for await (const one of complaints.import([{ id: bad, at: "2026-01-01T00:00:00.000Z", actor: ann, input }]))
        expect(one).toMatchObject({ outcome: "refused", refusal: refusal.error });
      await close();
    });

    it("where it is searched for", async () => {
      const { store, close } = await make();
      const { complaints } = deskAt(store);
      unwrap(await complaints.open({ input: { ...input, customerId: "a\ufffdb" }, actor: ann }));
      for (const query of [{ where: { customerId: bad } }, { where: { [bad]: "x" } }, { orderBy: bad }, { after: bad }])
        expect(await complaints.find(query), JSON.stringify(query)).toMatchObject(refusal);
      const beyond = await complaints.find({ after: JSON.stringify([bad, bad]) });
      expect(beyond.ok ? beyond.value.items : beyond.error.code).toEqual(beyond.ok ? [] : "INVALID_INPUT");
      await close();
    });

    it("in a field that a plugin lets be any text", async () => {
      const { store, close } = await make();
      const desk = createServiceDesk({ store, rules });
      for (const fields of [
        { 等级: "甲", remark: bad },
        { 等级: bad, remark: "" },
      ])
        expect(await desk.of(tier).open({ input: fields, actor: ann })).toMatchObject(refusal);
      expect(unwrap(await desk.of(tier).find()).items).toEqual([]);
      await close();
    });

    it("not where a consumer fails with it: the event halts, and what is said of it can be read", async () => {
      const { store, close } = await make();
      const desk = deskAt(store);
      unwrap(await desk.complaints.open({ input, actor: ann }));
      const publish = () => Promise.reject(new Error(bad));
      expect(await desk.relay({ consumer: "mail", attempts: 1, publish })).toMatchObject({ halted: 1 });
      const { halted } = await desk.deliveries.backlog("mail");
      expect(halted.map(({ message }) => [message.at(0), message.at(-1), /\0|\p{Surrogate}/u.test(message)])).toEqual([
        ["a", "b", false],
      ]);
      await close();
    });
  });

  it("goes on after the port was given NUL, which it refuses or gives back whole", async () => {
    const { store, close } = await make();
    const desk = deskAt(store);
    const { id } = unwrap(await desk.complaints.open({ input: { customerId: "c", summary: "x" }, actor: ann }));
    const before = unwrap(await desk.complaints.get(id));
    const bad = "a\0b";
    const unit = <R>(work: (u: any) => Promise<R>) => store.transaction(work, { tenant: "main" });
    const attempts: readonly [put: (u: any) => Promise<unknown>, get: (u: any) => Promise<unknown>, kept: unknown][] = [
      [
        (u) => u.of("visit").put(visit("body", 1, { words: bad }), 0, columns()),
        async (u) => (await u.of("visit").get("body"))?.words,
        bad,
      ],
      [
        (u) => u.of("visit").put(visit(bad), 0, columns()),
        async (u) => (await u.of("visit").find({ limit: 9 })).items.find((one: any) => one.id.startsWith("a"))?.id,
        bad,
      ],
      [
        (u) => u.of("visit").put(visit("field"), 0, columns({ site: bad })),
        async (u) => (await u.of("visit").find({ where: { site: "a" }, limit: 9 })).items.map((one: any) => one.id),
        [],
      ],
      [
        (u) => u.events.append([happened("told", 1, { tenant: "main", data: { to: bad } })]),
        async (u) => (await u.events.read({ kind: "visit", id: "told" }, { afterVersion: 0, limit: 9 }))[0]?.data.to,
        bad,
      ],
      [(u) => u.receipts.put(bad, receipt("r"), minute(0)), (u) => u.receipts.find("a", minute(0)), undefined],
    ];
    for (const [put, get, kept] of attempts) {
      const done = await unit(put).then(
        () => true,
        () => false,
      );
      expect(await unit(get)).toEqual(done || kept === undefined || Array.isArray(kept) ? kept : undefined);
    }
    expect(unwrap(await desk.complaints.get(id))).toEqual(before);
    unwrap(await desk.complaints.execute({ id, command: { type: "acknowledge" }, actor: ann }));
    await close();
  });
});
