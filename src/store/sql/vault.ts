import { ClienteleError } from "../../kernel/errors.js";
import { told } from "../../kernel/guarded.js";
import type { Mark } from "../../kernel/personal.js";
import { decoded, type Naming, newKey, type SealingKey } from "./cipher.js";
import type { Bytes } from "./platform.js";
import { type Box, type Opened, type PersonKey, seal, unseal } from "./seal.js";
import { conflict, type Session, type Sql } from "./session.js";
import { sql, values } from "./statement.js";

/** A key that a unit has sealed with, and has not made. */
export interface UsedKey {
  readonly name: string;
  readonly generation: number;
}

/** The personal fields of one unit of work. */
export interface Vault {
  /** Takes in keys that were read with a record. */
  readonly learn: (
    keys: readonly (readonly [person: string, generation: number, content: string | null])[],
  ) => Promise<void>;
  readonly seal: (
    text: string,
    marks: readonly Mark[],
    place: string,
  ) => Promise<{ readonly body: string; readonly boxes: string | null }>;
  /** Values with the fields of all that are still known put back. */
  readonly open: (
    rows: readonly { readonly body: unknown; readonly boxes: readonly Box[]; readonly place: string }[],
  ) => Promise<unknown[]>;
  readonly name: (person: string) => Promise<string>;
  /** The keys that were sealed with since this was last asked: they must still be the same when that is written. */
  readonly used: () => readonly UsedKey[];
  readonly erase: (person: string) => Promise<void>;
}

export function vaultOf(of: Sql, session: Session, tenant: string): Vault {
  const { tables, keeper, cipher } = of;
  const known = new Map<string, PersonKey | null>();
  /** What was opened, by its place: sealed again it is the same box. */
  const opened = new Map<string, Opened>();
  const used = new Set<string>();
  const whose = { tenant };
  const nameFor = (person: string): Promise<string> => {
    const text = JSON.stringify([tenant, person]);
    return of.named.get(text, async () => (await of.naming(session))(text));
  };
  const look = async (asked: readonly string[]): Promise<void> => {
    const missing = [...new Set(asked)].filter((name) => !known.has(name));
    if (missing.length === 0) return;
    const rows = await session.ask(
      sql`select person, generation, content from ${tables.keys} where tenant = ${tenant} and person in (${values(missing)})`,
    );
    for (const name of missing) known.set(name, null);
    await learn(
      rows.map(({ person, generation, content }) => [
        String(person),
        Number(generation),
        content === null ? null : String(content),
      ]),
    );
  };
  const learn: Vault["learn"] = async (keys) => {
    for (const [name, generation, wrapped] of keys) {
      if (wrapped === null || known.get(name) != null) continue;
      const key = await of.unwrapped.get(wrapped, () => unwrap(wrapped));
      known.set(name, { generation, key });
    }
  };
  const unwrap = async (wrapped: string): Promise<SealingKey> => {
    try {
      return await cipher.keyOf((await keeper.unwrap(wrapped, whose)) as Bytes);
    } catch (thrown) {
      throw new ClienteleError("UNREADABLE", `a key of "${tenant}" cannot be unwrapped: ${told(thrown)}`, thrown);
    }
  };
  const make = async (name: string): Promise<PersonKey> => {
    const rows = await session.ask(
      sql`select generation from ${tables.keys} where tenant = ${tenant} and person = ${name}`,
    );
    const key = newKey();
    const made = {
      generation: rows[0] === undefined ? 1 : Number(rows[0]["generation"]) + 1,
      key: await cipher.keyOf(key),
    };
    const { generation } = made;
    const wrapped = await keeper.wrap(key, whose);
    const stored = await session.ask(
      sql`insert into ${tables.keys} as k (tenant, person, generation, content) values (${tenant}, ${name}, ${generation}, ${wrapped})
        on conflict (tenant, person) do update set generation = excluded.generation, content = excluded.content
        where k.content is null and k.generation = excluded.generation - 1 returning 1 as one`,
    );
    if (stored.length === 0) throw conflict("the key of a person");
    known.set(name, made);
    return made;
  };
  return {
    learn,
    name: nameFor,
    seal: (text, marks, place) =>
      seal(
        text,
        marks,
        place,
        async (person) => {
          const name = await nameFor(person);
          await look([name]);
          const key = known.get(name) ?? (await make(name));
          used.add(name);
          return { name, generation: key.generation, key: key.key };
        },
        opened,
      ),
    open: async (rows) => {
      await look(rows.flatMap(({ boxes }) => boxes.map(([, name]) => name)));
      return Promise.all(
        rows.map(({ body, boxes, place }) =>
          unseal(body, boxes, place, (name) => known.get(name) ?? undefined, opened),
        ),
      );
    },
    used: () => {
      const list = [...used].map((name) => ({ name, generation: known.get(name)!.generation }));
      used.clear();
      return list;
    },
    erase: async (person) => {
      const name = await nameFor(person);
      known.delete(name);
      of.unwrapped.clear();
      await session.ask(sql`update ${tables.keys} set content = null where tenant = ${tenant} and person = ${name}`);
    },
  };
}

/** Names persons by a secret that the schema brings along. */
export function namingOf({ tables: { secrets }, cipher }: Pick<Sql, "tables" | "cipher">): Sql["naming"] {
  let naming: Naming | undefined;
  return async (session) => {
    if (naming !== undefined) return naming;
    const rows = await session.write(sql`select content from ${secrets} where name = ${"people"}`);
    if (rows[0] === undefined)
      throw new ClienteleError("INVALID_OPTIONS", "the tables lack their secret: `migrate` first");
    naming = await cipher.namingBy(decoded(String(rows[0]["content"])));
    return naming;
  };
}
