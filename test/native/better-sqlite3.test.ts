import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { migrate, type SqliteDatabase, sqliteClient, sqlStore } from "../../src/store/sql/index.js";
import { storeConformance } from "../../src/testing/index.js";

type Open = new (path: string) => SqliteDatabase & { readonly close: () => void };
/** From the package beside this file, where it was installed, and compiled for this Node. */
function driver(): Open | undefined {
  try {
    const Database = createRequire(import.meta.url)("better-sqlite3") as Open;
    new Database(":memory:").close();
    return Database;
  } catch {
    return undefined;
  }
}
const Database = driver();
if (Database === undefined)
  console.warn("skipped: better-sqlite3, which is not installed in test/native for this Node");

describe.skipIf(Database === undefined)("better-sqlite3", () => {
  const folder = mkdtempSync(join(tmpdir(), "clientele-"));
  const opened: { readonly close: () => void }[] = [];
  let made = 0;
  afterAll(() => {
    for (const database of opened) database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const fresh = async () => {
    const database = new Database!(join(folder, `${++made}.db`));
    opened.push(database);
    database.prepare("pragma journal_mode = wal").all();
    const client = sqliteClient(database);
    await migrate(client);
    return sqlStore(client);
  };
  test.each(storeConformance(fresh, { serial: true }))("$law", ({ run }) => run());
});
