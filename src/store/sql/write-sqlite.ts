import { conflict, type Session, type Sql } from "./session.js";
import { listed, sql } from "./statement.js";
import type { Rows } from "./writes.js";

/** Writes everything, statement by statement: within one process that costs nothing. Conflicts where it was overtaken. */
export async function writeSqlite({ tables }: Sql, session: Session, tenant: string, rows: Rows): Promise<void> {
  const people = async (kind: string, id: string, names: readonly string[], isNew: boolean): Promise<void> => {
    const of = sql`tenant = ${tenant} and kind = ${kind} and id = ${id}`;
    if (!isNew) await session.ask(sql`delete from ${tables.people} where ${of}`);
    if (names.length === 0) return;
    const list = listed(names.map((person) => sql`(${tenant}, ${person}, ${kind}, ${id})`));
    await session.ask(sql`insert into ${tables.people} (tenant, person, kind, id) values ${list}`);
  };
  for (const { kind, id, version, expected, body, sealed, fields, wakeAt, people: names } of rows.records) {
    const put = await session.ask(
      expected === 0
        ? sql`insert into ${tables.records} (tenant, kind, id, version, body, sealed, fields, wake_at)
            values (${tenant}, ${kind}, ${id}, ${version}, ${body}, ${sealed}, ${fields}, ${wakeAt})
            on conflict do nothing returning 1 as one`
        : sql`update ${tables.records} set version = ${version}, body = ${body}, sealed = ${sealed}, fields = ${fields},
            wake_at = ${wakeAt}, leased_until = null
            where tenant = ${tenant} and kind = ${kind} and id = ${id} and version = ${expected} returning 1 as one`,
    );
    if (put.length === 0) throw conflict(id);
    await people(kind, id, names, expected === 0);
  }
  for (const { kind, id, version, fields, wakeAt, people: names } of rows.reindexed) {
    const put = await session.ask(
      sql`update ${tables.records} set fields = ${fields}, wake_at = ${wakeAt}, leased_until = null
        where tenant = ${tenant} and kind = ${kind} and id = ${id} and version = ${version} returning 1 as one`,
    );
    if (put.length > 0) await people(kind, id, names, false);
  }
  for (const { kind, id, first, last, since } of rows.tails) {
    const put = await session.ask(
      first === 1
        ? sql`insert into ${tables.tails} (tenant, kind, id, version) values (${tenant}, ${kind}, ${id}, ${last})
            on conflict do nothing returning 1 as one`
        : sql`update ${tables.tails} set version = ${last}
            where tenant = ${tenant} and kind = ${kind} and id = ${id} and version = ${first - 1} returning 1 as one`,
    );
    if (put.length === 0) throw conflict(id);
    await session.ask(
      sql`insert into ${tables.waiting} (tenant, kind, id, consumer, since, failures)
        select ${tenant}, ${kind}, ${id}, consumer, ${since}, 0 from ${tables.consumers} where true on conflict do nothing`,
    );
  }
  for (const { kind, id, version, body, sealed, recordedAt } of rows.events)
    await session.ask(
      sql`insert into ${tables.events} (tenant, kind, id, version, body, sealed, recorded_at)
        values (${tenant}, ${kind}, ${id}, ${version}, ${body}, ${sealed}, ${recordedAt})`,
    );
  for (const { commandId, body, expiresAt, now } of rows.receipts) {
    const put = await session.ask(
      sql`insert into ${tables.receipts} as r (tenant, command_id, body, expires_at)
        values (${tenant}, ${commandId}, ${body}, ${expiresAt})
        on conflict (tenant, command_id) do update set body = excluded.body, expires_at = excluded.expires_at
        where r.expires_at <= ${now} returning 1 as one`,
    );
    if (put.length === 0) throw conflict(commandId);
  }
}
