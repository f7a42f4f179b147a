import { ClienteleError } from "../../kernel/errors.js";
import type { Event } from "../../kernel/event.js";
import { guarded } from "../../kernel/guarded.js";
import type { Instant } from "../../kernel/instant.js";
import type { AnyRecord } from "../../kernel/record.js";
import { lookUp } from "./consumers.js";
import { fieldOf } from "./find.js";
import { instantIn, nameIn, wholeIn, wrong } from "./names.js";
import { keyOf, placed, unplaced } from "./place.js";
import { boxesIn, parsed, placeOf } from "./rows.js";
import { inTransaction, type Session, type Sql } from "./session.js";
import { type Fragment, raw, sql, values } from "./statement.js";
import { eventsOf } from "./unit.js";
import { vaultOf } from "./vault.js";

/** A record that is closed and was last touched long ago, with all that happened to it. */
export interface Archived {
  readonly tenant: string;
  readonly record: AnyRecord;
  readonly events: readonly Event[];
}

export interface ArchiveRequest {
  /** Which kinds are archived at all. */
  readonly kinds: readonly string[];
  /** Only what was last touched before. */
  readonly touchedBefore: Instant;
  /** How many records at most; 1 to 1000. */
  readonly limit: number;
  /** Keeps one of them elsewhere; what it throws undoes the whole batch. Without it they are only removed. */
  readonly keep?: (archived: Archived) => Promise<void>;
}

/** As many events as are read at once. */
const page = 500;

/**
 * Takes one batch of closed records out of the tables, of whatever tenant, with their events; answers how many. What a
 * consumer has not had stays. A batch is one transaction: whoever is interrupted goes on by asking again. Refuses
 * nonsense (`INVALID_OPTIONS`).
 */
export async function archive(of: Sql, request: ArchiveRequest): Promise<number> {
  const { kinds, touchedBefore, limit, keep } = guarded("INVALID_OPTIONS", "archive", () => readRequest(request));
  const own = kinds.find((kind) => of.own.has(kind));
  if (own !== undefined) throw new ClienteleError("INVALID_OPTIONS", `kinds: "${own}" is in a table of the host's own`);
  if (kinds.length === 0) return 0;
  const { tables, dialect } = of;
  const skipLocked = raw(dialect === "postgres" ? " for update skip locked" : "");
  return inTransaction(of, "claim", async (session) => {
    const unsettled = await session.ask(sql`select consumer from ${tables.consumers} where settled = 0`);
    for (const { consumer } of unsettled) await lookUp(of, session, String(consumer));
    const rows = await session.ask(
      sql`select tenant, kind, id, body, sealed from ${tables.records} r
        where ${fieldOf(of, "phase")} = '3closed' and ${fieldOf(of, "touchedAt")} < ${keyOf(touchedBefore)}
          and kind in (${values(kinds.map(placed))})
          and not exists (select 1 from ${tables.waiting} w join ${tables.consumers} c on c.consumer = w.consumer
            where w.tenant = r.tenant and w.kind = r.kind and w.id = r.id)
        order by ${fieldOf(of, "touchedAt")} limit ${limit}${skipLocked}`,
    );
    for (const row of rows) {
      const [tenant, kind, id] = [String(row["tenant"]), unplaced(String(row["kind"])), unplaced(String(row["id"]))];
      if (keep !== undefined) await keep(await wholeOf(of, session, tenant, kind, id, row["body"], row["sealed"]));
      const here: Fragment = sql`tenant = ${tenant} and kind = ${placed(kind)} and id = ${placed(id)}`;
      for (const table of [tables.records, tables.people, tables.events, tables.tails, tables.progress])
        await session.ask(sql`delete from ${table} where ${here}`);
    }
    return rows.length;
  });
}

function readRequest({ kinds, touchedBefore, limit, keep }: ArchiveRequest) {
  if (!Array.isArray(kinds)) throw wrong("kinds", "a list", kinds);
  if (keep !== undefined && typeof keep !== "function") throw wrong("keep", "a function", keep);
  wholeIn("the number of kinds", kinds.length, 0, 1000);
  return {
    kinds: Array.from(kinds, (kind) => nameIn("a kind", kind)),
    touchedBefore: instantIn("touchedBefore", touchedBefore),
    limit: wholeIn("limit", limit, 1, 1000),
    keep,
  };
}

async function wholeOf(
  of: Sql,
  session: Session,
  tenant: string,
  kind: string,
  id: string,
  body: unknown,
  sealed: unknown,
): Promise<Archived> {
  const { open } = vaultOf(of, session, tenant);
  const [record] = await open([{ body: parsed(body), boxes: boxesIn(sealed), place: placeOf(tenant, kind, id) }]);
  const events: Event[] = [];
  for (;;) {
    const next = await eventsOf(of, session, tenant, open, { kind, id }, events.length, page);
    events.push(...next);
    if (next.length < page) return { tenant, record: record as AnyRecord, events };
  }
}
