import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasCode } from "../../src/index.js";
import { migrate, pgliteClient, rowSecurity, sqlStore } from "../../src/store/sql/index.js";
import { storeConformance } from "../../src/testing/index.js";
import { columns, happened, keep, tell, visit } from "../../src/testing/store/fixtures.js";

const roles = { role: "service", claimRole: "service_claims" };
let database: PGlite;
let made = 0;
beforeAll(async () => {
  database = await PGlite.create();
  await database.exec("create role service; create role service_claims");
});
afterAll(() => database.close());

/** Tables of the owner's, used by somebody who does not own them. */
async function secured() {
  await database.exec("reset role");
  const names = { schema: `s${++made}` };
  const client = pgliteClient(database);
  await migrate(client, names);
  for (const statement of rowSecurity(roles, names)) await database.exec(statement);
  await database.exec(`set role ${roles.role}; set search_path = ${names.schema}`);
  return sqlStore(client, { ...names, rowSecurity: roles });
}

describe("where PostgreSQL itself keeps tenants apart", () => {
  test.each(storeConformance(secured, { serial: true }))("$law", ({ run }) => run());

  test("who does not name a tenant sees nothing, and who names one sees that one only", async () => {
    const store = await secured();
    for (const tenant of ["acme", "globex"]) {
      await keep(store, visit("v1"), columns({}, { people: ["joy"] }), 0, tenant);
      await tell(store, [happened("v1", 1, { tenant })], tenant);
    }
    const tenants = async (table: string) =>
      (await database.query<{ tenant: string }>(`select tenant from clientele_${table}`)).rows.map((row) => row.tenant);
    for (const table of ["records", "events", "tails", "people"]) {
      expect([table, await tenants(table)]).toEqual([table, []]);
      await database.exec("begin; set local clientele.tenant = 'globex'");
      expect([table, await tenants(table)]).toEqual([table, ["globex"]]);
      await database.exec("rollback");
    }
    await database.exec("begin; set local clientele.tenant = 'globex'");
    await expect(
      database.query("insert into clientele_tails (tenant, kind, id, version) values ('acme', 'visit', 'x', 1)"),
    ).rejects.toThrow("row-level security");
    await database.exec("rollback");
  });

  test("a consumer is forgotten in every tenant", async () => {
    const store = await secured();
    for (const tenant of ["acme", "globex"])
      await tell(store, [happened("v1", 1, { tenant }), happened("v2", 1, { tenant })], tenant);
    const now = "2026-01-01T00:00:00.000Z";
    const claimed = await store.outbox.claim({ consumer: "mail", now, leaseUntil: now, limit: 9 });
    for (const { tenant, stream, lease } of claimed.filter((d) => d.stream.id === "v1"))
      await store.outbox.settle({ consumer: "mail", tenant, stream, lease, deliveredVersion: 1 });
    // As whoever owns the tables, and sees them all.
    const rows = async (table: string) => {
      await database.exec("reset role");
      const { rows } = await database.query<{ tenant: string }>(
        `select tenant from clientele_${table} order by tenant`,
      );
      await database.exec(`set role ${roles.role}`);
      return rows.map((row) => row.tenant);
    };
    for (const table of ["waiting", "progress"]) expect(await rows(table)).toEqual(["acme", "globex"]);
    expect(await store.outbox.forget("mail")).toBe(true);
    for (const table of ["waiting", "progress"]) expect(await rows(table)).toEqual([]);
  });

  test("a role that is no plain name is refused", () => {
    for (const claimRole of ["", "a b", 'x"; drop table y', "A", "1a"]) {
      const thrown = (() => {
        try {
          rowSecurity({ ...roles, claimRole });
        } catch (error) {
          return error;
        }
        return undefined;
      })();
      expect(hasCode(thrown, "INVALID_OPTIONS")).toBe(true);
    }
  });
});
