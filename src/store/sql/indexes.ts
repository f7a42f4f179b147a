import { guarded } from "../../kernel/guarded.js";
import { sha256 } from "../../kernel/sha256.js";
import type { SqlDialect } from "./client.js";
import { fieldOf, isPlain } from "./find.js";
import { nameIn, type SqlNames, tablesOf } from "./names.js";

/** What is asked of a composition: its kinds, and by which fields their records are found. */
export interface Indexed {
  readonly kinds: readonly string[];
  readonly doors: (kind: string) => { readonly indexes: readonly string[] } | undefined;
}

/** What every record is found by. */
const common = ["openedAt", "touchedAt", "state", "phase"];

/**
 * The statements that make an index for each field by which records of a composition are found, in the order in which
 * they were opened; `migrate` runs them when it is given the rules. Without them everything is found as well, slowly.
 * Throws `INVALID_OPTIONS` for what is no composition.
 *
 * @example
 * ```ts
 * import { createServiceRules } from "clientele";
 * import { fieldIndexes } from "clientele/sql";
 *
 * const statements = fieldIndexes("postgres", createServiceRules());
 * statements.some((one) => one.includes("fields ->> 'customerId'")); // => true
 * ```
 */
export function fieldIndexes(dialect: SqlDialect, rules: Indexed, names: SqlNames = {}): readonly string[] {
  const tables = tablesOf(names, dialect);
  const records = tables.records.pieces.join("");
  const declared = guarded("INVALID_OPTIONS", "rules", () =>
    rules.kinds.flatMap((kind) => (rules.doors(kind)?.indexes ?? []).map((field) => nameIn("an index", field))),
  );
  // PostgreSQL cuts a name off after 63 letters, and of two that begin alike the second index would not be made.
  const room = 63 - tables.index("by__123456").length;
  const text = (field: string): string => `(${fieldOf({ dialect }, field).pieces.join("")})`;
  return [...new Set([...common, ...declared])].filter(isPlain).map((field) => {
    const name = tables.index(
      `by_${field
        .toLowerCase()
        .replace(/[^a-z0-9_]/g, "_")
        .slice(0, Math.min(room, 30))}_${sha256(field).slice(0, 6)}`,
    );
    const order = field === "openedAt" ? [] : [text("openedAt")];
    const columns = ["tenant", "kind", text(field), ...order, "id"].join(", ");
    return `create index if not exists ${name} on ${records} (${columns})`;
  });
}
