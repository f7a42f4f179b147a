import { ClienteleError } from "../../kernel/errors.js";
import { type SqlNames, type TableName, tablesOf } from "./names.js";

/** The roles of PostgreSQL under which a store works. */
export interface SqlRoles {
  /** Whom the host connects as; it must not own the tables, as owners see everything. */
  readonly role: string;
  /** What only claims are made as: the one that sees every tenant. The other is made a member of it. */
  readonly claimRole: string;
}

const ofTenants: readonly TableName[] = [
  "records",
  "people",
  "events",
  "tails",
  "receipts",
  "keys",
  "progress",
  "waiting",
];
const ofNobody: readonly TableName[] = ["consumers", "secrets"];

/** A name as it is quoted in a statement. Refuses what is none (`INVALID_OPTIONS`). */
export function quoted(role: string): string {
  if (typeof role !== "string" || !/^[a-z_][a-z0-9_]{0,62}$/.test(role))
    throw new ClienteleError("INVALID_OPTIONS", "a role: 1 to 63 of a-z 0-9 _ are needed, not beginning with a digit");
  return role;
}

/**
 * The statements by which PostgreSQL itself keeps tenants apart, for whoever owns the tables to run after `migrate`:
 * a row is seen by who has named its tenant, and by claims. Give the store `rowSecurity: { claimRole }` then.
 *
 * @example
 * ```ts
 * import { rowSecurity } from "clientele/sql";
 *
 * const statements = rowSecurity({ role: "service", claimRole: "service_claims" });
 * statements[0]; // => "alter table clientele_records enable row level security"
 * ```
 */
export function rowSecurity({ role, claimRole }: SqlRoles, names: SqlNames = {}): readonly string[] {
  const tables = tablesOf(names);
  const [who, claims] = [quoted(role), quoted(claimRole)];
  const of = (table: TableName): string => tables[table].pieces.join("");
  // Asked by name: what is granted to a role, its members have as well, and the other is one of them.
  const everything = `select, insert, update, delete`;
  return [
    ...ofTenants.flatMap((table) => [
      `alter table ${of(table)} enable row level security`,
      `create policy ${tables.index(`${table}_tenant`)} on ${of(table)} to ${who}
  using (tenant = current_setting('clientele.tenant', true)) with check (tenant = current_setting('clientele.tenant', true))`,
      `create policy ${tables.index(`${table}_claims`)} on ${of(table)} to ${claims}
  using (current_user = '${claims}') with check (current_user = '${claims}')`,
    ]),
    ...[...ofTenants, ...ofNobody].map((table) => `grant ${everything} on ${of(table)} to ${who}, ${claims}`),
    ...(names.schema === undefined ? [] : [`grant usage on schema ${names.schema} to ${who}, ${claims}`]),
    `grant ${claims} to ${who}`,
  ];
}
