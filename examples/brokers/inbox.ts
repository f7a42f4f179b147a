// De-duplication where the effect is: in the consumer's own database, in the transaction of the effect.
import type { Event } from "../../src/index.js";

/** What is used of a connection of `pg` or `@electric-sql/pglite`: one on which nobody else has a transaction. */
export interface Connection {
  readonly query: (text: string, values?: any[]) => Promise<{ readonly rows: any[] }>;
}

// #region inbox
export const inboxTable =
  "create table if not exists inbox (consumer text, event_id text, primary key (consumer, event_id))";

/** Does what an event asks for once: that it was done is committed with what was done. */
export const oncePerEvent =
  (db: Connection, consumer: string, handle: (event: Event, db: Connection) => unknown) => async (event: Event) => {
    await db.query("begin");
    try {
      const { rows } = await db.query(
        "insert into inbox (consumer, event_id) values ($1, $2) on conflict do nothing returning 1 as one",
        [consumer, event.id],
      );
      if (rows.length > 0) await handle(event, db);
      await db.query("commit");
    } catch (error) {
      await db.query("rollback");
      throw error;
    }
  };
// #endregion inbox
