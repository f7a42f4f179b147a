import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServiceDesk, unwrap } from "../../src/index.js";
import { migrate, pgliteClient, sqlStore } from "../../src/store/sql/index.js";
import { ann } from "../given.js";

let database: PGlite;
const said: string[] = [];
beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

/** The first word of each statement: one round trip each. */
const trips = (): readonly string[] => said.splice(0).map((text) => text.trim().split(/\s/)[0]!);

test("a command is one statement that reads and one that writes", async () => {
  const client = pgliteClient({
    query: (text, values) => {
      said.push(text);
      return database.query(text, values);
    },
  });
  await migrate(client);
  const desk = createServiceDesk({ store: sqlStore(client), zone: "UTC" });
  const input = { customerId: "c-7", summary: "The fridge does not cool" };
  const { id } = unwrap(await desk.complaints.open({ input, actor: ann, commandId: "1" }));
  // Who makes a database also makes the secret by which persons are named; from then on it is known.
  unwrap(await desk.complaints.open({ input, actor: ann }));
  trips();
  const note = { type: "note", input: { text: "Looked into it" } } as const;
  unwrap(await desk.complaints.execute({ id, command: note, actor: ann, commandId: "2" }));
  expect(trips()).toEqual(["select", "with"]);
  unwrap(await desk.complaints.execute({ id, command: note, actor: ann }));
  expect(trips()).toEqual(["select", "with"]);
  // The same command again reads its receipt, and writes nothing.
  unwrap(await desk.complaints.execute({ id, command: note, actor: ann, commandId: "2" }));
  expect(trips()).toEqual(["select"]);
});
