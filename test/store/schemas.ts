import { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";

/** `npm test` needs no server: a real one is used where this names it, `postgres://postgres@127.0.0.1/postgres`. */
export const postgres: string | undefined = process.env["CLIENTELE_POSTGRES"] || undefined;

/** Says what is skipped where no server is named. */
export function sayWithout(what: string): void {
  if (postgres === undefined) console.warn(`skipped: ${what}, as CLIENTELE_POSTGRES does not name one`);
}

/** A pool for the tests of a `describe`, and schemas in it that are gone afterwards. */
export function schemasOf(prefix: string): { readonly pool: () => Pool; readonly schema: () => string } {
  let pool: Pool;
  const schemas: string[] = [];
  beforeAll(() => {
    pool = new Pool({ connectionString: postgres, max: 12 });
  });
  afterAll(async () => {
    for (const schema of schemas) await pool.query(`drop schema if exists ${schema} cascade`);
    await pool.end();
  });
  return {
    pool: () => pool,
    schema: () => {
      const schema = `${prefix}_${process.pid}_${schemas.length}`;
      schemas.push(schema);
      return schema;
    },
  };
}
