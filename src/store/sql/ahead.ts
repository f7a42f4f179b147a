import type { Reads } from "../../ports/store.js";
import { placed } from "./place.js";
import { boxesIn, parsed } from "./rows.js";
import type { Box } from "./seal.js";
import { conflict, type Session, type Sql } from "./session.js";
import { type Fragment, raw, sql } from "./statement.js";

/** What a unit has read in one statement, before it has begun a transaction. */
export interface Ahead {
  readonly version: number;
  readonly body: unknown;
  readonly boxes: readonly Box[];
  readonly receipt: unknown;
  readonly revision: number;
  /** The keys of the persons whose fields are sealed in the record. */
  readonly keys: readonly (readonly [person: string, generation: number, content: string | null])[];
}

/** Reads in one statement all that a unit has said it will read first. */
export async function readAhead({ tables }: Sql, session: Session, tenant: string, reads: Reads): Promise<Ahead> {
  const { commandId, record, revisionOf } = reads;
  const none = raw("null");
  const receipt: Fragment =
    commandId === undefined
      ? none
      : sql`(select body from ${tables.receipts} where tenant = ${tenant} and command_id = ${commandId})`;
  const revision: Fragment =
    revisionOf === undefined
      ? raw("0")
      : sql`(select coalesce(sum(version), 0) from ${tables.records} where tenant = ${tenant} and kind = ${placed(revisionOf)})`;
  const kept: Fragment =
    record === undefined
      ? raw("(select null::int as version, null::json as body, null::json as sealed where false)")
      : sql`(select version, body, sealed from ${tables.records}
          where tenant = ${tenant} and kind = ${placed(record.kind)} and id = ${placed(record.id)})`;
  const rows = await session.write(
    sql`select ${receipt} as receipt, ${revision} as revision, r.version, r.body, r.sealed,
        (select json_agg(json_build_array(k.person, k.generation, k.content)) from ${tables.keys} k
          where r.sealed is not null and k.tenant = ${tenant}
            and k.person in (select box ->> 1 from json_array_elements(r.sealed) box)) as keys
      from (select 1) one left join ${kept} r on true`,
  );
  const row = rows[0]!;
  return {
    version: row["version"] === null ? 0 : Number(row["version"]),
    body: row["body"] === null ? undefined : parsed(row["body"]),
    boxes: boxesIn(row["sealed"]),
    receipt: row["receipt"] === null ? undefined : parsed(row["receipt"]),
    revision: Number(row["revision"]),
    keys: row["keys"] === null ? [] : (parsed(row["keys"]) as Ahead["keys"]),
  };
}

/** What was read ahead must still be so when a transaction begins after all, or the unit would see two states. */
export async function stillSo(of: Sql, session: Session, tenant: string, reads: Reads, was: Ahead): Promise<void> {
  const is = await readAhead(of, session, tenant, reads);
  const told = ({ version, receipt, revision, keys }: Ahead) => JSON.stringify([version, receipt, revision, keys]);
  if (told(is) !== told(was)) throw conflict(reads.record?.id ?? reads.commandId ?? tenant);
}
