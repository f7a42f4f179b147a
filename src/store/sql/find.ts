import { ClienteleError } from "../../kernel/errors.js";
import type { Stream } from "../../kernel/event.js";
import { guarded } from "../../kernel/guarded.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Page, Query } from "../../ports/store.js";
import { fieldsIn, isText, nameIn, wholeIn } from "./names.js";
import { keyOf, placed, unplaced } from "./place.js";
import { boxesIn, parsed, placeOf } from "./rows.js";
import type { Session, Sql } from "./session.js";
import { type Fragment, listed, raw, sql } from "./statement.js";
import type { Vault } from "./vault.js";

/** Whether a name can stand in a statement as it is. */
export const isPlain = (name: string): boolean => !/["'\\\p{Cc}]/u.test(name);

/** A field as it is found by and ordered by. A plain name is written into the statement, as it stands in an index. */
export function fieldOf({ dialect }: Pick<Sql, "dialect">, name: string): Fragment {
  if (!isPlain(name))
    return dialect === "postgres"
      ? sql`coalesce(fields ->> ${name}::text, '') collate "C"`
      : sql`coalesce((select value from json_each(fields) where key = ${name}), '')`;
  return dialect === "postgres"
    ? raw(`coalesce(fields ->> '${name}', '') collate "C"`)
    : raw(`coalesce(fields ->> '$."${name}"', '')`);
}

/** Filters, orders and pages by the fields of the records. Refuses what is no query (`INVALID_OPTIONS`). */
export async function found(
  of: Sql,
  session: Session,
  tenant: string,
  vault: Vault,
  kind: string,
  query: Query,
): Promise<{ readonly page: Page<AnyRecord>; readonly ids: readonly string[] }> {
  const { where, orderBy, descending, cursor, limit } = guarded("INVALID_OPTIONS", "find", () => readQuery(query));
  const order = fieldOf(of, orderBy);
  const conditions = where.map(([name, value]) => sql` and ${fieldOf(of, name)} = ${keyOf(value)}`);
  const beyond =
    cursor === undefined
      ? raw("")
      : sql` and (${order}, id) ${raw(descending ? "<" : ">")} (${cursor[0]}, ${cursor[1]})`;
  const direction = raw(descending ? "desc" : "asc");
  const rows = await session.ask(
    sql`select id, body, sealed, ${order} as place from ${of.tables.records}
      where tenant = ${tenant} and kind = ${placed(kind)}${listed(conditions, "")}${beyond}
      order by ${order} ${direction}, id ${direction} limit ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const ids = shown.map((row) => unplaced(String(row["id"])));
  const items = (await vault.open(
    shown.map((row, i) => ({
      body: parsed(row["body"]),
      boxes: boxesIn(row["sealed"]),
      place: placeOf(tenant, kind, ids[i]!),
    })),
  )) as AnyRecord[];
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { page: hasMore ? { items, next: JSON.stringify([last["place"], last["id"]]) } : { items }, ids };
}

function readQuery({ where = {}, orderBy = "openedAt", descending = false, after, limit }: Query) {
  return {
    where: fieldsIn("where", where, 100),
    orderBy: nameIn("orderBy", orderBy),
    descending: descending === true,
    cursor: after === undefined ? undefined : readPlace(after),
    limit: wholeIn("limit", limit),
  };
}

/** The streams that hold data of a person. Refuses what is no page (`INVALID_OPTIONS`). */
export async function streamsOf(
  { tables }: Sql,
  session: Session,
  tenant: string,
  person: string,
  page: { readonly after?: string; readonly limit: number },
): Promise<Page<Stream>> {
  const { cursor, limit } = guarded("INVALID_OPTIONS", "streams", () => {
    const { after, limit } = page;
    return { cursor: after === undefined ? undefined : readPlace(after), limit: wholeIn("limit", limit) };
  });
  const beyond = cursor === undefined ? raw("") : sql` and (kind, id) > (${cursor[0]}, ${cursor[1]})`;
  const rows = await session.ask(
    sql`select kind, id from ${tables.people} where tenant = ${tenant} and person = ${person}${beyond}
      order by kind, id limit ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const items = shown.map((row): Stream => ({ kind: unplaced(String(row["kind"])), id: unplaced(String(row["id"])) }));
  const last = shown.at(-1);
  return rows.length > limit && last !== undefined
    ? { items, next: JSON.stringify([last["kind"], last["id"]]) }
    : { items };
}

function readPlace(after: string): readonly [string, string] {
  try {
    const place: unknown = JSON.parse(after);
    if (Array.isArray(place) && place.length === 2 && place.every(isText))
      return place as unknown as readonly [string, string];
  } catch {
    // Not JSON: falls through to the same refusal.
  }
  throw new ClienteleError("INVALID_OPTIONS", "not the `next` of an earlier page");
}
