import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, test } from "vitest";
import { migrate, pgliteClient, sqlStore } from "../../src/store/sql/index.js";
import { storeConformance } from "../../src/testing/index.js";

let database: PGlite;
let made = 0;
beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

const fresh = async () => {
  const client = pgliteClient(database);
  const names = { schema: `s${++made}` };
  await migrate(client, names);
  return sqlStore(client, names);
};

test.each(storeConformance(fresh, { serial: true }))("$law", ({ run }) => run());
