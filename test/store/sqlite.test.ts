import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { migrate, type SqliteDatabase, sqliteClient, sqlStore } from "../../src/store/sql/index.js";
import { storeConformance } from "../../src/testing/index.js";

interface Sqlite {
  readonly DatabaseSync: new (path: string) => SqliteDatabase & { readonly close: () => void };
}
/** Node has SQLite itself from 22 on. */
const sqlite = (await import("node:sqlite" as string).catch(() => undefined)) as Sqlite | undefined;
if (sqlite === undefined) console.warn("skipped: SQLite, which this Node does not have");

describe.skipIf(sqlite === undefined)("SQLite", () => {
  const folder = mkdtempSync(join(tmpdir(), "clientele-"));
  const opened: { readonly close: () => void }[] = [];
  let made = 0;
  afterAll(() => {
    for (const database of opened) database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const storeAt = async (path: string) => {
    const database = new sqlite!.DatabaseSync(path);
    opened.push(database);
    database.prepare("pragma journal_mode = wal").all();
    const client = sqliteClient(database);
    await migrate(client);
    return sqlStore(client);
  };

  describe("in memory", () => {
    test.each(storeConformance(() => storeAt(":memory:"), { serial: true }))("$law", ({ run }) => run());
  });
  describe("in a file", () => {
    const fresh = () => storeAt(join(folder, `${++made}.db`));
    test.each(storeConformance(fresh, { serial: true }))("$law", ({ run }) => run());
  });
});
