export type { Archived, ArchiveRequest } from "./archive.js";
export type { NodeCrypto, Sealer } from "./cipher.js";
export type { SqlClient, SqlConnection, SqlDialect, SqlRow } from "./client.js";
export {
  type PgConnection,
  type PgliteConnection,
  type PgPool,
  pgClient,
  pgConnectionClient,
  pgliteClient,
  type SqliteDatabase,
  sqliteClient,
} from "./fits.js";
export { fieldIndexes, type Indexed } from "./indexes.js";
export { type MigrateOptions, type Migration, migrate, migrations } from "./migrations.js";
export type { SqlNames } from "./names.js";
export type { OwnTable } from "./own.js";
export { rowSecurity, type SqlRoles } from "./row-security.js";
export type { KeyKeeper } from "./seal.js";
export { type SqlStore, type SqlStoreOptions, type SqlTransaction, sqlStore } from "./store.js";
