import { PGlite } from "@electric-sql/pglite";
import { type PgliteConnection, pgliteClient } from "../../src/store/sql/index.js";

export interface Said {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** PGlite, with somebody who hears every statement before it is carried out. */
export async function listening(hear: (said: Said, database: PGlite) => Promise<void> | void) {
  const database = await PGlite.create();
  const heard: PgliteConnection = {
    query: async (text, values = []) => {
      await hear({ text, values }, database);
      return database.query(text, values);
    },
  };
  return { database, client: pgliteClient(heard), close: () => database.close() };
}
