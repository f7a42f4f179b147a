import { guarded } from "../../kernel/guarded.js";
import type { Due, Store } from "../../ports/store.js";
import { instantIn, nameIn, streamIn, wholeIn } from "./names.js";
import { placed, unplaced } from "./place.js";
import { inTransaction, type Session, type Sql } from "./session.js";
import { type Fragment, raw, sql } from "./statement.js";

/** The doors that concern what time has caused, and what has had its time. They refuse nonsense (`INVALID_OPTIONS`). */
export function dueOf(of: Sql): Pick<Store, "claimDue" | "postpone" | "prune"> {
  const { tables, dialect } = of;
  const postgres = dialect === "postgres";
  const skipLocked = raw(postgres ? " for update skip locked" : "");
  // A single statement needs no transaction around it, unless that has a role to take.
  const once = (session: Session, statement: Fragment) =>
    of.claimRole === undefined ? session.write(statement) : session.ask(statement);
  return {
    claimDue: async (request) => {
      const { now, leaseUntil, limit } = guarded("INVALID_OPTIONS", "claimDue", () => ({
        now: instantIn("now", request.now),
        leaseUntil: instantIn("leaseUntil", request.leaseUntil),
        limit: wholeIn("limit", request.limit),
      }));
      return inTransaction(of, "claim", async (session) => {
        const due = sql`select tenant, kind, id, wake_at from ${tables.records}
            where wake_at <= ${now} and (leased_until is null or leased_until <= ${now})
            order by wake_at, tenant, kind, id limit ${limit}${skipLocked}`;
        const order = raw("order by wake_at, tenant, kind, id");
        const rows = postgres
          ? await once(
              session,
              sql`with due as (${due}), leased as (update ${tables.records} r set leased_until = ${leaseUntil} from due
                where r.tenant = due.tenant and r.kind = due.kind and r.id = due.id)
                select tenant, kind, id from due ${order}`,
            )
          : await session.ask(due);
        for (const { tenant, kind, id } of postgres ? [] : rows)
          await session.ask(
            sql`update ${tables.records} set leased_until = ${leaseUntil} where tenant = ${tenant} and kind = ${kind} and id = ${id}`,
          );
        return rows.map(
          (row): Due => ({
            tenant: String(row["tenant"]),
            kind: unplaced(String(row["kind"])),
            id: unplaced(String(row["id"])),
          }),
        );
      });
    },
    postpone: async (due, until) => {
      const { tenant, kind, id } = guarded("INVALID_OPTIONS", "postpone", () => ({
        tenant: nameIn("tenant", due.tenant),
        ...streamIn(due),
      }));
      const later = instantIn("until", until);
      return inTransaction(of, "claim", async (session) => {
        await session.ask(
          sql`update ${tables.records} set leased_until = ${later}
            where tenant = ${tenant} and kind = ${placed(kind)} and id = ${placed(id)}`,
        );
      });
    },
    prune: async (request) => {
      const { now, limit } = guarded("INVALID_OPTIONS", "prune", () => ({
        now: instantIn("now", request.now),
        limit: wholeIn("limit", request.limit),
      }));
      return inTransaction(of, "claim", async (session) => {
        const gone = await session.ask(
          sql`delete from ${tables.receipts} where (tenant, command_id) in (
            select tenant, command_id from ${tables.receipts} where expires_at <= ${now} order by expires_at limit ${limit}
          ) returning 1 as one`,
        );
        return gone.length;
      });
    },
  };
}
