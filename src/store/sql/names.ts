import { ClienteleError } from "../../kernel/errors.js";
import type { Stream } from "../../kernel/event.js";
import { guarded } from "../../kernel/guarded.js";
import { type Instant, isInstant } from "../../kernel/instant.js";
import { preview } from "../../kernel/schema.js";
import type { Scalar } from "../../ports/store.js";
import type { SqlDialect } from "./client.js";
import { type Fragment, raw } from "./statement.js";

/** Where the tables are. */
export interface SqlNames {
  /** The schema of PostgreSQL; the first of the search path, unless said. SQLite has none. */
  readonly schema?: string;
  /** What the names of the tables begin with; `clientele_` unless said. */
  readonly prefix?: string;
}

const tableNames = [
  "consumers",
  "events",
  "keys",
  "migrations",
  "people",
  "progress",
  "receipts",
  "records",
  "secrets",
  "tails",
  "waiting",
] as const;
export type TableName = (typeof tableNames)[number];
export type Tables = Readonly<Record<TableName, Fragment>> & {
  readonly index: (name: string) => string;
  readonly schema: string | undefined;
};

/** What PostgreSQL does not read as a name, be it of a schema or of a role. */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
  unique user using variadic verbose when where window with`.split(/\s+/),
);

/** A name that becomes part of statements. Refuses what is not plain, or means something else (`INVALID_OPTIONS`). */
export function plainName(what: string, name: unknown, most: number): string {
  if (typeof name !== "string" || name.length > most || !/^[a-z_][a-z0-9_]*$/.test(name))
    throw wrong(what, `1 to ${most} of a-z 0-9 _, not beginning with a digit`, name);
  return name;
}
/** The same where it stands alone. */
export function ownName(what: string, name: unknown, most: number): string {
  if (reserved.has(plainName(what, name, most))) throw wrong(what, "a name that SQL does not reserve", name);
  return name as string;
}

/** The names of all tables, and of what belongs to them. Refuses what would not become a name (`INVALID_OPTIONS`). */
export const tablesOf = (names: SqlNames, dialect: SqlDialect): Tables =>
  guarded("INVALID_OPTIONS", "names", () => {
    if (dialect !== "postgres" && dialect !== "sqlite") throw wrong("dialect", "postgres or sqlite", dialect);
    const { schema, prefix = "clientele_" } = names;
    plainName("prefix", prefix, 40);
    if (schema !== undefined) ownName("schema", schema, 40);
    if (dialect === "sqlite" && (schema !== undefined || prefix.startsWith("sqlite_")))
      throw wrong("names", "no schema, and no prefix of SQLite's own, for SQLite", schema ?? prefix);
    const within = schema === undefined ? "" : `${schema}.`;
    const entries = tableNames.map((name) => [name, raw(`${within}${prefix}${name}`)]);
    return { ...Object.fromEntries(entries), index: (name: string) => `${prefix}${name}`, schema };
  });

// What a host hands in at a door is looked at there, so that the database is never asked with what it cannot hold. It is
// cheap enough for every door.

/** What a door was handed and cannot take. */
export const wrong = (what: string, needed: string, found: unknown): ClienteleError =>
  new ClienteleError("INVALID_OPTIONS", `${what}: needed is ${needed}, found ${preview(found)}`);

/** Whether a database can hold a text as it is. The first question is the quick one, and settles most. */
export const isText = (value: unknown): value is string =>
  typeof value === "string" && (!/[\0\ud800-\udfff]/.test(value) || !/\0|\p{Surrogate}/u.test(value));
/** Whether something can be the name of a tenant, a kind, a record, a person: all of them together fit into an index. */
export const isName = (value: unknown): value is string => isText(value) && value.length <= 200;

export function nameIn(what: string, value: unknown): string {
  if (isName(value)) return value;
  throw wrong(what, "a text of at most 200 characters, well-formed and without NUL", value);
}
export const streamIn = ({ kind, id }: Stream): Stream => ({ kind: nameIn("kind", kind), id: nameIn("id", id) });
export function wholeIn(what: string, value: unknown, least = 0, most: number = Number.MAX_SAFE_INTEGER - 1): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  throw wrong(what, `a whole number from ${least} to ${most}`, value);
}
export function instantIn(what: string, value: unknown): Instant {
  if (isInstant(value)) return value;
  throw wrong(what, "an instant", value);
}
/** What records are found by, with values that a column can hold. */
export function fieldsIn(what: string, fields: unknown, most: number): readonly (readonly [string, Scalar])[] {
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) throw wrong(what, "an object", fields);
  const entries = Object.entries(fields);
  wholeIn(`${what}: how many`, entries.length, 0, most);
  for (const [name, value] of entries) {
    nameIn(what, name);
    if (!(value === null || typeof value === "boolean" || Number.isFinite(value) || isText(value)))
      throw wrong(name, "a text that can be stored, a number, a boolean or null", value);
  }
  return entries;
}
