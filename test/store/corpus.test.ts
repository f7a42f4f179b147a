import { readdirSync, readFileSync } from "node:fs";
import { type AnyRecord, createServiceDesk, type Event, type Store, unwrap } from "clientele";
import { afterAll, describe, expect, it } from "vitest";
import { action } from "../../examples/plugins/corrective.js";
import { columnsOf } from "../../src/desk/save.js";
import type { Draft } from "../../src/kernel/event.js";
import { eventId } from "../../src/kernel/id.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { policyBook } from "../../src/rules/index.js";
import { fold } from "../given.js";
import { plugins, rulesOf } from "../laws/composition.js";
import { parcels } from "../laws/parcel.js";
import { closePlaces, places, sqlPlaces } from "./places.js";

afterAll(closePlaces);

/** A log as it was once written, with the record that it makes: see `test/laws/corpus.test.ts`. */
interface Log {
  readonly kind: string;
  readonly record: AnyRecord;
  /** The record as an old revision kept it. */
  readonly stored?: AnyRecord;
  readonly events: readonly Draft[];
}
const folder = new URL("../laws/corpus/", import.meta.url);
const logs = readdirSync(folder)
  .sort()
  .map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Log] as const);

const rules = rulesOf(plugins);
const doorsOf: Readonly<Record<string, Doors>> = {
  complaint: rules.complaints as unknown as Doors,
  "capa.action": rules.of(action as never) as unknown as Doors,
  "corrective-action": rules.correctiveActions as unknown as Doors,
  parcel: parcels,
};

/** Some have the same id: each log is a tenant's own. */
const tenantOf = (file: string): string => file.replace(".json", "");
const unit = <R>(store: Store<any>, file: string, work: (u: any) => Promise<R>): Promise<R> =>
  store.transaction(work, { tenant: tenantOf(file) });
/** The events as a desk would have kept them. */
const keptOf = (file: string, { events }: Log): readonly Event[] =>
  events.map((draft) => ({
    ...draft,
    id: eventId(tenantOf(file), draft.stream, draft.version),
    tenant: tenantOf(file),
    recordedAt: draft.at,
    correlation: eventId(tenantOf(file), draft.stream, 1),
  }));
const eventsIn = (store: Store<any>, file: string, { kind, record }: Log): Promise<readonly Event[]> =>
  unit(store, file, (u) => u.events.read({ kind, id: record.id }, { afterVersion: 0, limit: 1000 }));
const recordIn = (store: Store<any>, file: string, { kind, record }: Log): Promise<any> =>
  unit(store, file, (u) => u.of(kind).get(record.id));

/** What a host that moves house does: each log is appended, and its record put beside it. */
async function take(store: Store<any>, file: string, log: Log): Promise<void> {
  const doors = doorsOf[log.kind]!;
  const { record } = log;
  await unit(store, file, async (u) => {
    const events = keptOf(file, log);
    await u.events.append(events.map((event) => ({ event, personal: doors.personalInEvent(event, record) })));
    await u.of(log.kind).put(log.stored ?? record, 0, columnsOf(doors, record, policyBook([])));
  });
}

describe.each(places)("the corpus of old logs in $name", ({ make }) => {
  const complaints = logs.filter(([, { kind }]) => kind === "complaint");

  it("comes back as it was appended, and folds to the record that it made when it was written", async () => {
    const { store, close } = await make();
    expect(logs.length).toBeGreaterThan(5);
    for (const [file, log] of logs) await take(store, file, log);
    for (const [file, log] of logs) {
      const events = await eventsIn(store, file, log);
      expect(events, file).toStrictEqual(keptOf(file, log));
      expect(fold(doorsOf[log.kind]!, events), file).toStrictEqual(log.record);
    }
    await close();
  });

  it("leaves records that are brought forward when they are read", async () => {
    const { store, close } = await make();
    for (const [file, log] of logs) {
      await take(store, file, log);
      const stored = await recordIn(store, file, log);
      expect(stored, file).toStrictEqual(log.stored ?? log.record);
      expect(unwrap(doorsOf[log.kind]!.revive(stored)), file).toStrictEqual(log.record);
    }
    expect(logs.filter(([, { stored }]) => stored !== undefined)).not.toEqual([]);
    await close();
  });

  it("is read and taken further by a desk that has never seen it", async () => {
    const { store, close } = await make();
    for (const [file, log] of complaints) await take(store, file, log);
    const desk = createServiceDesk({ store, rules: rules as never, clock: () => "2027-01-01T00:00:00.000Z" });
    const ann = { kind: "staff", id: "ann" } as const;
    for (const [file, log] of complaints) {
      const { complaints: door } = desk.tenant(tenantOf(file));
      const { id } = log.record;
      expect(unwrap(await door.get(id)), file).toStrictEqual(log.record);
      expect(unwrap(await door.find()).items, file).toStrictEqual([log.record]);
      expect(unwrap(await door.timeline(id, { limit: 1000 })).items, file).toStrictEqual(keptOf(file, log));
      const note = { type: "note", input: { text: "Seen again after the move" } } as const;
      unwrap(await door.execute({ id, command: note, actor: ann }));
      const after = unwrap(await door.timeline(id, { limit: 1000 })).items;
      expect(after.at(-1), file).toMatchObject({ data: note.input });
      expect(fold(doorsOf["complaint"]!, after), file).toStrictEqual(unwrap(await door.get(id)));
    }
    await close();
  });

  it("is erased with its person: the fold of what is left is the record that is left", async () => {
    const { store, close } = await make();
    for (const [file, log] of complaints) await take(store, file, log);
    for (const [file, log] of complaints) {
      const { customerId } = log.record as AnyRecord & { readonly customerId: string };
      await unit(store, file, (u) => u.people.erase(customerId));
      const left = await recordIn(store, file, log);
      expect(left.summary, file).toEqual({ erased: true });
      expect(fold(doorsOf["complaint"]!, await eventsIn(store, file, log)), file).toStrictEqual(left);
    }
    await close();
  });
});

describe.each(sqlPlaces)("a record that was lost at $name", ({ make }) => {
  it("is made again from its events, sealed fields and all", async () => {
    const at = await make();
    for (const [file, log] of logs) await take(at.store, file, log);
    const rows = () =>
      at.second(
        `select tenant, kind, id, version, fields, wake_at from ${at.table("records")} order by tenant, kind, id`,
      );
    const before = await rows();
    for (const table of ["records", "people"]) await at.second(`delete from ${at.table(table)}`);
    for (const [file, log] of logs) {
      const doors = doorsOf[log.kind]!;
      expect(await recordIn(at.store, file, log), file).toBeUndefined();
      const again = fold(doors, await eventsIn(at.store, file, log));
      await unit(at.store, file, (u) => u.of(log.kind).put(again, 0, columnsOf(doors, again, policyBook([]))));
      expect(await recordIn(at.store, file, log), file).toStrictEqual(log.record);
    }
    expect(await rows()).toEqual(before);
    const bodies = await at.second(`select body from ${at.table("records")} where kind = 'complaint'`);
    for (const [file, { record, kind }] of logs.filter(([, log]) => log.kind === "complaint"))
      expect(JSON.stringify(bodies), `${file} ${kind}`).not.toContain(
        (record as AnyRecord & { readonly summary: string }).summary,
      );
    await at.close();
  });
});
