import { ClienteleError } from "../../kernel/errors.js";
import { type Fragment, raw } from "./statement.js";

/** Where the tables are. */
export interface SqlNames {
  /** The schema of PostgreSQL; the first of the search path, unless said. */
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
export type Tables = Readonly<Record<TableName, Fragment>> & { readonly index: (name: string) => string };

/** The names of all tables, and of what belongs to them. Refuses what is no plain name (`INVALID_OPTIONS`): it would become part of statements. */
export function tablesOf({ schema, prefix = "clientele_" }: SqlNames): Tables {
  for (const [what, name] of Object.entries({ schema, prefix }))
    if (name !== undefined && !(typeof name === "string" && /^[a-z_][a-z0-9_]{0,39}$/.test(name)))
      throw new ClienteleError(
        "INVALID_OPTIONS",
        `${what}: 1 to 40 of a-z 0-9 _ are needed, not beginning with a digit`,
      );
  const within = schema === undefined ? "" : `${schema}.`;
  const entries = tableNames.map((name) => [name, raw(`${within}${prefix}${name}`)]);
  return { ...Object.fromEntries(entries), index: (name: string) => `${prefix}${name}` };
}
