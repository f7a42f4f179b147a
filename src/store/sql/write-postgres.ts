import { conflict, type Session, type Sql } from "./session.js";
import { type Fragment, listed, raw, sql } from "./statement.js";
import type { UsedKey } from "./vault.js";
import type { EventRow, RecordRow, ReindexedRow, Rows } from "./writes.js";

// One statement writes everything, or nothing: where one of its parts was overtaken, it divides by zero. So a command
// that has read all in one statement needs no transaction around it, and a batch is as quick as one.

const divisionByZero = "22012";
const text = (value: unknown): string => JSON.stringify(value);
/** JSON of a row whose own JSON is not parsed again. */
const rowOf = (fields: Readonly<Record<string, string>>): string =>
  `{${Object.entries(fields)
    .map(([name, json]) => `"${name}":${json}`)
    .join(",")}}`;
const array = (rows: readonly string[]): string => `[${rows.join(",")}]`;

const recordOf = ({ kind, id, version, expected, body, sealed, fields, wakeAt }: RecordRow): string =>
  rowOf({
    ...{ kind: text(kind), id: text(id), version: text(version), expected: text(expected) },
    ...{ body, sealed: sealed ?? "null", fields, wake_at: text(wakeAt) },
  });
const reindexedOf = ({ kind, id, version, fields, wakeAt }: ReindexedRow): string =>
  rowOf({ kind: text(kind), id: text(id), version: text(version), fields, wake_at: text(wakeAt) });
const eventOf = ({ kind, id, version, body, sealed, recordedAt }: EventRow): string =>
  rowOf({
    ...{ kind: text(kind), id: text(id), version: text(version) },
    ...{ body, sealed: sealed ?? "null", recorded_at: text(recordedAt) },
  });

/** Writes everything in one statement. `used`: the keys of persons that must still be what they were. */
export async function writePostgres(
  { tables }: Sql,
  session: Session,
  tenant: string,
  { records, reindexed, tails, events, receipts }: Rows,
  used: readonly UsedKey[],
): Promise<void> {
  const parts: Fragment[] = [];
  const counts: Fragment[] = [];
  const must = (names: readonly string[], count: number) =>
    counts.push(
      sql`${listed(
        names.map((name) => raw(`(select count(*) from ${name})`)),
        " + ",
      )} = ${count}::int`,
    );

  if (records.length > 0) {
    parts.push(
      sql`put as materialized (select * from json_to_recordset(${array(records.map(recordOf))}::json)
        as x(kind text, id text, version int, expected int, body json, sealed json, fields jsonb, wake_at text))`,
      sql`created as (insert into ${tables.records} (tenant, kind, id, version, body, sealed, fields, wake_at)
        select ${tenant}, kind, id, version, body, sealed, fields, wake_at from put where expected = 0
        on conflict do nothing returning 1)`,
      sql`changed as (update ${tables.records} r set version = put.version, body = put.body, sealed = put.sealed,
        fields = put.fields, wake_at = put.wake_at, leased_until = null from put
        where put.expected > 0 and r.tenant = ${tenant} and r.kind = put.kind and r.id = put.id and r.version = put.expected
        returning 1)`,
    );
    must(["created", "changed"], records.length);
  }
  if (reindexed.length > 0)
    parts.push(
      sql`anew as (update ${tables.records} r set fields = x.fields, wake_at = x.wake_at, leased_until = null
        from json_to_recordset(${array(reindexed.map(reindexedOf))}::json)
          as x(kind text, id text, version int, fields jsonb, wake_at text)
        where r.tenant = ${tenant} and r.kind = x.kind and r.id = x.id and r.version = x.version returning r.kind, r.id)`,
    );
  parts.push(...peopleOf(tables, tenant, records, reindexed));
  if (tails.length > 0) {
    const list = array(tails.map((tail) => text(tail)));
    parts.push(
      sql`tail as materialized (select * from json_to_recordset(${list}::json)
        as x(kind text, id text, first int, last int, since text))`,
      sql`begun as (insert into ${tables.tails} (tenant, kind, id, version)
        select ${tenant}, kind, id, last from tail where first = 1 on conflict do nothing returning kind, id)`,
      sql`continued as (update ${tables.tails} t set version = tail.last from tail
        where tail.first > 1 and t.tenant = ${tenant} and t.kind = tail.kind and t.id = tail.id and t.version = tail.first - 1
        returning t.kind, t.id)`,
      // After the tails, which whoever takes a stream off the list holds meanwhile.
      sql`told as (insert into ${tables.waiting} (tenant, kind, id, consumer, since, failures)
        select ${tenant}, tail.kind, tail.id, c.consumer, tail.since, 0
        from (select kind, id from begun union all select kind, id from continued) e
        join tail on tail.kind = e.kind and tail.id = e.id cross join ${tables.consumers} c on conflict do nothing)`,
      sql`said as (insert into ${tables.events} (tenant, kind, id, version, body, sealed, recorded_at)
        select ${tenant}, kind, id, version, body, sealed, recorded_at
        from json_to_recordset(${array(events.map(eventOf))}::json)
          as x(kind text, id text, version int, body json, sealed json, recorded_at text) returning 1)`,
    );
    must(["begun", "continued"], tails.length);
  }
  if (receipts.length > 0) {
    const list = listed(receipts.map((r) => sql`(${r.commandId}::text, ${r.body}::json, ${r.expiresAt}::text)`));
    parts.push(
      sql`kept as (insert into ${tables.receipts} as r (tenant, command_id, body, expires_at)
        select ${tenant}, x.command_id, x.body, x.expires_at from (values ${list}) x(command_id, body, expires_at)
        on conflict (tenant, command_id) do update set body = excluded.body, expires_at = excluded.expires_at
        where r.expires_at <= ${receipts[0]!.now} returning 1)`,
    );
    must(["kept"], receipts.length);
  }
  if (used.length > 0) {
    const list = listed(used.map(({ name, generation }) => sql`(${name}::text, ${generation}::int)`));
    parts.push(
      sql`held as (select 1 from ${tables.keys} where tenant = ${tenant} and content is not null
        and (person, generation) in (${list}) for share)`,
    );
    must(["held"], used.length);
  }
  if (parts.length === 0) return;
  const sound = counts.length === 0 ? raw("true") : listed(counts, " and ");
  try {
    await session.write(sql`with ${listed(parts, ",\n")} select 1 / (case when ${sound} then 1 else 0 end) as written`);
  } catch (thrown) {
    throw (thrown as { code?: unknown } | null)?.code === divisionByZero ? conflict("what was read") : thrown;
  }
}

/** Whose data the records hold: what was there before is there no more. */
function peopleOf(
  tables: Sql["tables"],
  tenant: string,
  records: readonly RecordRow[],
  reindexed: readonly ReindexedRow[],
): readonly Fragment[] {
  const all = [...records, ...reindexed];
  const isOld = records.some(({ expected }) => expected > 0) || reindexed.length > 0;
  const named = all.flatMap(({ kind, id, people }) => people.map((person) => ({ kind, id, person })));
  if (named.length === 0 && !isOld) return [];
  const seen = [
    ...(records.length > 0 ? [raw("select kind, id from put")] : []),
    ...(reindexed.length > 0 ? [raw("select kind, id from anew")] : []),
  ];
  return [
    sql`whose as materialized (select * from json_to_recordset(${text(named)}::json) as x(kind text, id text, person text))`,
    sql`written as materialized (${listed(seen, " union all ")})`,
    ...(isOld
      ? [
          sql`unnamed as (delete from ${tables.people} p using written w
            where p.tenant = ${tenant} and p.kind = w.kind and p.id = w.id
              and not exists (select 1 from whose x where x.kind = p.kind and x.id = p.id and x.person = p.person))`,
        ]
      : []),
    sql`named as (insert into ${tables.people} (tenant, person, kind, id)
      select ${tenant}, x.person, x.kind, x.id from whose x join written w on w.kind = x.kind and w.id = x.id
      on conflict do nothing)`,
  ];
}
