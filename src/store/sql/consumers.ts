import { inTransaction, type Session, type Sql } from "./session.js";
import { type Fragment, raw, sql } from "./statement.js";

// A consumer is known while it stands in `consumers`. What the other tables hold under a name counts only as long: it
// keeps nothing from being archived, and is dropped when the name is heard of again.

/**
 * Makes a consumer known, and looks up the streams of one that not everybody may know yet. Answers whether it is: one that
 * was forgotten cannot come back while somebody archives what is left of it.
 */
export async function register(of: Sql, session: Session, consumer: string): Promise<boolean> {
  if (await lookUp(of, session, consumer)) return true;
  const { consumers, waiting, progress } = of.tables;
  await inOrder(of, session, consumer);
  if (await lookUp(of, session, consumer)) return true;
  await session.ask(sql`delete from ${waiting} where consumer = ${consumer}`);
  await session.ask(withoutProgress(of, consumer));
  const left = await session.ask(sql`select 1 as one from ${progress} where consumer = ${consumer} limit 1`);
  if (left.length > 0) return false;
  // SQLite has one writer at a time: nobody is under way who does not know what is inserted here.
  const settled = of.dialect === "postgres" ? 0 : 1;
  await session.ask(sql`insert into ${consumers} (consumer, since, settled) values (${consumer}, '', ${settled})`);
  await addStreams(of, session, consumer);
  return true;
}

/**
 * Looks up the streams of a consumer that not everybody may know yet; answers whether it is known at all. Whoever was
 * under way when it became known may append without putting the stream on its list: `since` names those transactions, and
 * whenever some of them are over the streams are looked up once more. They are known by their virtual ids, as one that
 * has only read has no other, and goes by what it saw then when it writes.
 */
export async function lookUp(of: Sql, session: Session, consumer: string): Promise<boolean> {
  const { consumers } = of.tables;
  const rows = await session.ask(sql`select since, settled from ${consumers} where consumer = ${consumer}`);
  if (rows[0] === undefined) return false;
  if (Number(rows[0]["settled"]) === 1) return true;
  const running = await session.ask(
    sql`select coalesce(virtualxid, transactionid::text) as name from pg_locks
      where locktype in ('virtualxid', 'transactionid') and mode = 'ExclusiveLock' and pid is distinct from pg_backend_pid()`,
  );
  const now = new Set(running.map((row) => String(row["name"])));
  const since = String(rows[0]["since"]);
  const before = since === "" ? [...now] : since.split(" ");
  const left = before.filter((name) => now.has(name));
  if (since !== "" && left.length === before.length) return true;
  // Held until what is looked up here is committed: who forgets the consumer would not see it.
  const held = await session.ask(sql`select 1 as one from ${consumers} where consumer = ${consumer} for key share`);
  if (held.length === 0) return false;
  await addStreams(of, session, consumer);
  await session.ask(
    sql`update ${consumers} set since = ${left.join(" ")}, settled = ${left.length === 0 ? 1 : 0} where consumer = ${consumer}`,
  );
  return true;
}

/** Puts every stream of which a consumer has not had all on its list. */
async function addStreams({ tables }: Sql, session: Session, consumer: string): Promise<void> {
  const { waiting, tails, progress, events } = tables;
  await session.ask(
    sql`insert into ${waiting} (tenant, kind, id, consumer, since, failures)
      select t.tenant, t.kind, t.id, ${consumer}, e.recorded_at, 0 from ${tails} t
      left join ${progress} p on p.tenant = t.tenant and p.kind = t.kind and p.id = t.id and p.consumer = ${consumer}
      join ${events} e on e.tenant = t.tenant and e.kind = t.kind and e.id = t.id and e.version = coalesce(p.delivered, 0) + 1
      where t.version > coalesce(p.delivered, 0) on conflict do nothing`,
  );
}

/** Who drops what is left under a name, to come back or to go, does so one after the other. */
async function inOrder({ dialect }: Sql, session: Session, consumer: string): Promise<void> {
  if (dialect === "postgres")
    await session.ask(sql`select pg_advisory_xact_lock(hashtextextended(${consumer}, 7238473100))`);
}

/** For as long as a consumer is not known. */
const ifUnknown = ({ tables: { consumers } }: Sql, consumer: string): Fragment =>
  sql`not exists (select 1 from ${consumers} where consumer = ${consumer})`;

/**
 * Drops what a consumer that is not known has had. What somebody archives is left to them, who would wait for us in
 * another order. By the whole key, so that each row is looked up, whatever the planner takes the table for.
 */
function withoutProgress(of: Sql, consumer: string): Fragment {
  const { progress } = of.tables;
  const skipLocked = raw(of.dialect === "postgres" ? " for update skip locked" : "");
  return sql`delete from ${progress} where ${ifUnknown(of, consumer)} and (tenant, kind, id, consumer) in (
    select tenant, kind, id, consumer from ${progress} where consumer = ${consumer}${skipLocked})`;
}

/**
 * Drops a consumer; answers whether it was known. From the first statement on it is not, and no command puts anything on
 * its list: so none waits until the rest is done. If that is interrupted, whoever asks again goes on with it. It may come
 * back meanwhile, and has then dropped all this itself.
 */
export async function forget(of: Sql, consumer: string): Promise<boolean> {
  const { consumers, waiting } = of.tables;
  const known = await inTransaction(of, "claim", (session) =>
    session.ask(sql`delete from ${consumers} where consumer = ${consumer} returning 1 as one`),
  );
  const drop = (statement: Fragment) =>
    inTransaction(of, "claim", async (session) => {
      await inOrder(of, session, consumer);
      await session.ask(statement);
    });
  // Waits for claims and outcomes of it that are still going on; what they leave is dropped after that.
  await drop(sql`delete from ${waiting} where consumer = ${consumer} and ${ifUnknown(of, consumer)}`);
  await drop(withoutProgress(of, consumer));
  return known.length > 0;
}
