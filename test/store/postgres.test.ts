import { Client } from "pg";
import { afterAll, beforeAll, describe, test } from "vitest";
import { migrate, pgClient, pgConnectionClient, type SqlClient, sqlStore } from "../../src/store/sql/index.js";
import { storeConformance } from "../../src/testing/index.js";
import { postgres, sayWithout, schemasOf } from "./schemas.js";

sayWithout("PostgreSQL itself");

describe.skipIf(postgres === undefined)("PostgreSQL", () => {
  const { pool, schema } = schemasOf("clientele_test");
  const fresh = async (client: SqlClient<any>) => {
    const names = { schema: schema() };
    await migrate(client, names);
    return sqlStore(client, names);
  };

  describe("a pool", () => {
    test.each(storeConformance(() => fresh(pgClient(pool()))))("$law", ({ run }) => run());
  });

  describe("one connection", () => {
    let one: Client;
    beforeAll(async () => {
      one = new Client({ connectionString: postgres });
      await one.connect();
    });
    afterAll(() => one.end());
    test.each(storeConformance(() => fresh(pgConnectionClient(one)), { serial: true }))("$law", ({ run }) => run());
  });
});
