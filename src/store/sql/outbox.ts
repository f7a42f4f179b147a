import { hasCode } from "../../kernel/errors.js";
import type { Stream } from "../../kernel/event.js";
import { guarded } from "../../kernel/guarded.js";
import type { Instant } from "../../kernel/instant.js";
import type { Backlog, Delivery, Halted, HaltedAt, Outbox, Outcome } from "../../ports/outbox.js";
import { forget, lookUp, register } from "./consumers.js";
import { instantIn, isText, nameIn, streamIn, wholeIn, wrong } from "./names.js";
import { placed, unplaced } from "./place.js";
import { platform } from "./platform.js";
import { inTransaction, type Session, type Sql } from "./session.js";
import { type Fragment, listed, raw, sql } from "./statement.js";
import { eventsOf } from "./unit.js";
import { vaultOf } from "./vault.js";
import { mostVersion } from "./writes.js";

/**
 * The reading side of the log. A stream that has something for a consumer stands in `waiting`: whoever appends puts it
 * there, and whoever has delivered the last of it takes it away while nobody can append. A new consumer's streams are
 * looked up, until nobody can append any more who does not know the consumer.
 */
export function outboxOf(of: Sql): Outbox {
  const { tables, dialect } = of;
  const locked = raw(dialect === "postgres" ? " for update" : "");
  return {
    claim: async (request) => {
      const { consumer, now, leaseUntil, limit } = guarded("INVALID_OPTIONS", "claim", () => ({
        consumer: nameIn("consumer", request.consumer),
        now: instantIn("now", request.now),
        leaseUntil: instantIn("leaseUntil", request.leaseUntil),
        limit: wholeIn("limit", request.limit),
      }));
      return inTransaction(of, "claim", async (session) => {
        if (!(await register(of, session, consumer))) return [];
        const leased = await lease(of, session, consumer, now, leaseUntil, limit);
        const deliveries: Delivery[] = [];
        for (const { tenant, kind, id, failures, delivered, take, name } of leased) {
          const stream = { kind: unplaced(kind), id: unplaced(id) };
          const { open } = vaultOf(of, session, tenant);
          // What cannot be opened now, because a keeper of keys does not answer, comes again when the lease ends.
          const events = await eventsOf(of, session, tenant, open, stream, delivered, take).catch((thrown: unknown) => {
            if (hasCode(thrown, "UNREADABLE")) return undefined;
            throw thrown;
          });
          if (events !== undefined) deliveries.push({ tenant, stream, events, failures, lease: name });
        }
        return deliveries;
      });
    },
    settle: async (outcome) => {
      const { whose, lease, deliveredVersion, failure } = guarded("INVALID_OPTIONS", "settle", () => settled(outcome));
      return inTransaction(of, "claim", async (session) => {
        const version = await holdTail(of, session, whose);
        const rows = await session.ask(
          sql`select failures from ${tables.waiting} where ${isWhose(whose)} and lease = ${lease}${locked}`,
        );
        if (rows[0] === undefined) return false;
        const isFurther = deliveredVersion !== undefined && deliveredVersion > (await deliveredOf(of, session, whose));
        if (isFurther) await deliver(of, session, whose, deliveredVersion);
        const failures = (isFurther ? 0 : Number(rows[0]["failures"])) + (failure === undefined ? 0 : 1);
        const { retryAt, halted } = failure ?? { retryAt: null, halted: null };
        const keepsRetry = !isFurther && failure === undefined;
        await session.ask(
          sql`update ${tables.waiting} set lease = null, leased_until = null, failures = ${failures},
            retry_at = ${keepsRetry ? raw("retry_at") : retryAt}, halted = ${halted} where ${isWhose(whose)}`,
        );
        if (failure === undefined) await leave(of, session, whose, version);
        return true;
      });
    },
    skip: async (request) => {
      const { whose, version } = haltedAt("skip", request);
      return inTransaction(of, "claim", async (session) => {
        const last = await holdTail(of, session, whose);
        if (!(await goesOn(of, session, whose, version))) return false;
        await deliver(of, session, whose, version);
        await leave(of, session, whose, last);
        return true;
      });
    },
    resume: async (request) => {
      const { whose, version } = haltedAt("resume", request);
      return inTransaction(of, "claim", (session) => goesOn(of, session, whose, version));
    },
    forget: async (consumer) => forget(of, nameIn("consumer", consumer)),
    backlog: async (consumer) => {
      nameIn("consumer", consumer);
      return inTransaction(of, "claim", async (session): Promise<Backlog> => {
        if (!(await lookUp(of, session, consumer))) return everything(of, session);
        const rows = await session.ask(
          sql`select w.tenant, w.kind, w.id, w.halted, coalesce(p.delivered, 0) as delivered, t.version - coalesce(p.delivered, 0) as depth,
              e.recorded_at as oldest
            from ${tables.waiting} w
            join ${tables.tails} t on t.tenant = w.tenant and t.kind = w.kind and t.id = w.id
            left join ${tables.progress} p on p.tenant = w.tenant and p.kind = w.kind and p.id = w.id and p.consumer = w.consumer
            join ${tables.events} e on e.tenant = w.tenant and e.kind = w.kind and e.id = w.id and e.version = coalesce(p.delivered, 0) + 1
            where w.consumer = ${consumer} order by w.since, w.tenant, w.kind, w.id`,
        );
        const oldest = rows.reduce<Instant | null>((first, row) => {
          const at = String(row["oldest"]);
          return first === null || at < first ? at : first;
        }, null);
        const halted = rows.flatMap((row): Halted[] =>
          row["halted"] === null
            ? []
            : [
                {
                  tenant: String(row["tenant"]),
                  stream: { kind: unplaced(String(row["kind"])), id: unplaced(String(row["id"])) },
                  version: Number(row["delivered"]) + 1,
                  message: String(row["halted"]),
                },
              ],
        );
        return { depth: rows.reduce((sum, row) => sum + Number(row["depth"]), 0), oldest, halted };
      });
    },
  };
}

/** A stream that was leased, and how many of its events may be delivered by that. */
interface Leased {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly failures: number;
  readonly delivered: number;
  readonly take: number;
  readonly name: string;
}

/** Leases streams that have something for a consumer, until they come to so many events; the longest waiting first. */
async function lease(
  { tables, dialect }: Sql,
  session: Session,
  consumer: string,
  now: Instant,
  leaseUntil: Instant,
  limit: number,
): Promise<readonly Leased[]> {
  const skipLocked = raw(dialect === "postgres" ? " for update of w skip locked" : "");
  const state = sql`${tables.waiting} w
      join ${tables.tails} t on t.tenant = w.tenant and t.kind = w.kind and t.id = w.id
      left join ${tables.progress} p on p.tenant = w.tenant and p.kind = w.kind and p.id = w.id and p.consumer = w.consumer`;
  const order = raw("order by w.since, w.tenant, w.kind, w.id");
  const held = await session.ask(
    sql`select w.tenant, w.kind, w.id from ${state}
      where w.consumer = ${consumer} and w.halted is null and (w.retry_at is null or w.retry_at <= ${now})
        and (w.leased_until is null or w.leased_until <= ${now}) and t.version > coalesce(p.delivered, 0)
      ${order} limit ${limit}${skipLocked}`,
  );
  if (held.length === 0) return [];
  // Asked again: of what another has delivered meanwhile the first statement may still see what was before.
  const keys = listed(held.map((row) => sql`(${row["tenant"]}, ${row["kind"]}, ${row["id"]})`));
  const rows = await session.ask(
    sql`select w.tenant, w.kind, w.id, w.failures, coalesce(p.delivered, 0) as delivered, t.version from ${state}
      where w.consumer = ${consumer} and (w.tenant, w.kind, w.id) in (${dialect === "postgres" ? keys : sql`values ${keys}`})
        and w.halted is null and t.version > coalesce(p.delivered, 0) ${order}`,
  );
  const leased: Leased[] = [];
  let room = limit;
  for (const row of rows) {
    if (room <= 0) break;
    const delivered = Number(row["delivered"]);
    const take = Math.min(room, Number(row["version"]) - delivered);
    room -= take;
    leased.push({
      ...{ tenant: String(row["tenant"]), kind: String(row["kind"]), id: String(row["id"]) },
      ...{ failures: Number(row["failures"]), delivered, take, name: platform.crypto.randomUUID() },
    });
  }
  if (leased.length === 0) return leased;
  const names = listed(leased.map((one) => sql`(${one.tenant}, ${one.kind}, ${one.id}, ${one.name})`));
  await session.ask(
    sql`with leased (tenant, kind, id, name) as (values ${names})
      update ${tables.waiting} set leased_until = ${leaseUntil}, lease = (select name from leased l
        where l.tenant = ${tables.waiting}.tenant and l.kind = ${tables.waiting}.kind and l.id = ${tables.waiting}.id)
      where consumer = ${consumer} and (tenant, kind, id) in (select tenant, kind, id from leased)`,
  );
  return leased;
}

/** One consumer's stream. */
interface Whose {
  readonly consumer: string;
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
}
const whoseIn = ({ consumer, tenant, stream }: { consumer: string; tenant: string; stream: Stream }): Whose => {
  const { kind, id } = streamIn(stream);
  return {
    consumer: nameIn("consumer", consumer),
    tenant: nameIn("tenant", tenant),
    kind: placed(kind),
    id: placed(id),
  };
};
const haltedAt = (door: string, request: HaltedAt) =>
  guarded("INVALID_OPTIONS", door, () => ({
    whose: whoseIn(request),
    version: wholeIn("version", request.version, 1, mostVersion),
  }));
function settled(outcome: Outcome) {
  const { lease, deliveredVersion, failure } = outcome;
  return {
    whose: whoseIn(outcome),
    lease: nameIn("lease", lease),
    deliveredVersion: deliveredVersion === undefined ? undefined : wholeIn("version", deliveredVersion, 0, mostVersion),
    failure: failure === undefined ? undefined : failedAs(failure),
  };
}
function failedAs(failure: NonNullable<Outcome["failure"]>) {
  if (!isText(failure.message)) throw wrong("message", "a text that can be stored", failure.message);
  return "halt" in failure
    ? { retryAt: null, halted: failure.message }
    : { retryAt: instantIn("retryAt", failure.retryAt), halted: null };
}
const isWhose = ({ tenant, kind, id, consumer }: Whose): Fragment =>
  sql`tenant = ${tenant} and kind = ${kind} and id = ${id} and consumer = ${consumer}`;

/** Ends the halt of a stream, if it is at this version that it is halted; the event has not failed yet then. */
async function goesOn(of: Sql, session: Session, whose: Whose, version: number): Promise<boolean> {
  const { tables, dialect } = of;
  const locked = raw(dialect === "postgres" ? " for update" : "");
  const rows = await session.ask(
    sql`select 1 as one from ${tables.waiting} where ${isWhose(whose)} and halted is not null${locked}`,
  );
  if (rows.length === 0 || (await deliveredOf(of, session, whose)) + 1 !== version) return false;
  await session.ask(
    sql`update ${tables.waiting} set halted = null, failures = 0, retry_at = null where ${isWhose(whose)}`,
  );
  return true;
}

/** The backlog of one who has had nothing. */
async function everything({ tables: { tails, events } }: Sql, session: Session): Promise<Backlog> {
  const rows = await session.ask(
    sql`select coalesce(sum(t.version), 0) as depth, min(e.recorded_at) as oldest from ${tails} t
      join ${events} e on e.tenant = t.tenant and e.kind = t.kind and e.id = t.id and e.version = 1`,
  );
  const oldest = rows[0]?.["oldest"] ?? null;
  return { depth: Number(rows[0]?.["depth"]), oldest: oldest === null ? null : String(oldest), halted: [] };
}

async function deliveredOf({ tables }: Sql, session: Session, whose: Whose): Promise<number> {
  const rows = await session.ask(sql`select delivered from ${tables.progress} where ${isWhose(whose)}`);
  return Number(rows[0]?.["delivered"] ?? 0);
}

async function deliver({ tables }: Sql, session: Session, whose: Whose, version: number): Promise<void> {
  const { tenant, kind, id, consumer } = whose;
  await session.ask(
    sql`insert into ${tables.progress} (tenant, kind, id, consumer, delivered)
      values (${tenant}, ${kind}, ${id}, ${consumer}, ${version})
      on conflict (tenant, kind, id, consumer) do update set delivered = excluded.delivered`,
  );
}

/**
 * The last version of a stream, to which nobody can append until the transaction ends. Held before anything else of it,
 * as whoever appends does, or the two would wait for each other.
 */
async function holdTail({ tables, dialect }: Sql, session: Session, { tenant, kind, id }: Whose): Promise<number> {
  const held = raw(dialect === "postgres" ? " for share" : "");
  const rows = await session.ask(
    sql`select version from ${tables.tails} where tenant = ${tenant} and kind = ${kind} and id = ${id}${held}`,
  );
  return Number(rows[0]?.["version"] ?? 0);
}

/** A stream of which all has been delivered, up to its last version, waits no more. */
async function leave(of: Sql, session: Session, whose: Whose, last: number): Promise<void> {
  if (last === (await deliveredOf(of, session, whose)))
    await session.ask(sql`delete from ${of.tables.waiting} where ${isWhose(whose)}`);
}
