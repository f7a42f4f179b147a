import { guarded } from "../../kernel/guarded.js";
import { ownName, type SqlNames, type TableName, tablesOf, wrong } from "./names.js";

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

/** The name of a role as it stands in a statement. Refuses what is none, or stands for all or nobody (`INVALID_OPTIONS`). */
export function quoted(role: string): string {
  if (role === "public" || role === "none") throw wrong("a role", "one of the database", role);
  return ownName("a role", role, 63);
}

/**
 * The statements by which PostgreSQL itself keeps tenants apart, for whoever owns the tables to run after `migrate`:
 * a row is seen by who has named its tenant, and by claims. Give the store `rowSecurity: { claimRole }` then.
 * Throws `INVALID_OPTIONS` for what cannot be the name of a role.
 *
 * @example
 * ```ts
 * import { rowSecurity } from "clientele/sql";
 *
 * const statements = rowSecurity({ role: "service", claimRole: "service_claims" });
 * statements[0]; // => "alter table clientele_records enable row level security"
 * ```
 */
export function rowSecurity(roles: SqlRoles, names: SqlNames = {}): readonly string[] {
  const { schema, ...tables } = tablesOf(names, "postgres");
  const [who, claims] = guarded("INVALID_OPTIONS", "rowSecurity", () => {
    const { role, claimRole } = roles;
    return [quoted(role), quoted(claimRole)] as const;
  });
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
    ...(schema === undefined ? [] : [`grant usage on schema ${schema} to ${who}, ${claims}`]),
    `grant ${claims} to ${who}`,
  ];
}
