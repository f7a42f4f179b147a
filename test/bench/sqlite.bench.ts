// Commands on a SQLite file (WAL, synchronous = FULL), beside the same statements on bare better-sqlite3.
import { deepStrictEqual } from "node:assert";
import * as crypto from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, type SqliteDatabase, sqliteClient, sqlStore } from "../../src/store/sql/index.js";
import { inTurns, ratioOf } from "./in-turns.js";
import { noting } from "./noting.js";
import type { Bar } from "./rounds.js";

interface Statement {
  readonly all: (...values: unknown[]) => unknown[];
  readonly run: (...values: unknown[]) => unknown;
  readonly reader: boolean;
}
interface Database {
  readonly close: () => void;
  readonly prepare: (text: string) => Statement;
}
const [many, rounds] = [50, 12];

function driver(): (new (path: string) => Database) | undefined {
  try {
    return createRequire(new URL("../native/package.json", import.meta.url))("better-sqlite3");
  } catch {
    return undefined;
  }
}

/** Only where better-sqlite3 is installed in test/native; says so otherwise. */
export async function sqliteStores(): Promise<readonly Bar[]> {
  const Open = driver();
  if (Open === undefined) {
    console.log("\nskipped: stores on SQLite, as better-sqlite3 is not installed in test/native");
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "clientele-"));
  const opened: Database[] = [];
  const shop = async (name: string, said: (text: string, values: unknown[]) => void) => {
    const database = new Open(join(folder, name));
    opened.push(database);
    database.prepare("pragma journal_mode = wal").all();
    database.prepare("pragma synchronous = full").run();
    const heard: SqliteDatabase = {
      prepare: (text) => {
        const statement = database.prepare(text);
        const listen = (use: (...values: unknown[]) => unknown) =>
          ((...values: unknown[]) => {
            said(text, values);
            return use.apply(statement, values);
          }) as never;
        return { all: listen(statement.all), run: listen(statement.run), reader: statement.reader } as never;
      },
    };
    const client = sqliteClient(heard);
    await migrate(client);
    const note = await noting(sqlStore(client, { crypto }));
    return { database, note };
  };
  try {
    const script: { readonly text: string; readonly values: unknown[] }[] = [];
    const first = await shop("a.db", (text, values) => script.push({ text, values }));
    script.length = 0;
    const ends = [0];
    for (let i = 0; i < (rounds + 2) * many; i++) {
      await first.note();
      ends.push(script.length);
    }
    const ghost = await shop("b.db", () => undefined);
    const ours = await shop("c.db", () => undefined);
    const prepared = new Map<string, Statement>();
    const again = ({ text, values }: (typeof script)[number]): void => {
      let statement = prepared.get(text);
      if (statement === undefined) {
        statement = ghost.database.prepare(text);
        prepared.set(text, statement);
      }
      if (statement.reader) statement.all(...values);
      else statement.run(...values);
    };
    let at = 0;
    const times = await inTurns(
      {
        ours: async () => {
          for (let i = 0; i < many; i++) await ours.note();
        },
        "by hand": async () => {
          for (let i = 0; i < many; i++, at++) for (const one of script.slice(ends[at], ends[at + 1])) again(one);
        },
      },
      rounds,
    );
    const version = ({ database }: { readonly database: Database }) =>
      database.prepare("select version from clientele_records where kind = 'complaint'").all();
    deepStrictEqual(version(ghost), version(ours));
    return [{ what: "SQLite commands: by hand / ours", measured: ratioOf(times, "by hand", "ours"), atLeast: 0.7 }];
  } finally {
    for (const database of opened) database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
