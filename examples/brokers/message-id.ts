import { createHash } from "node:crypto";
import type { Event } from "../../src/index.js";

// #region message-id
/**
 * The id by which a broker knows an event: the event's own, or its digest where a header cannot carry it. Ids of records
 * may be any text, AMQP takes 255 bytes, and NATS no line breaks. The event itself always carries its whole id.
 */
export const messageIdOf = ({ id }: Pick<Event, "id">): string =>
  /^[\x21-\x7e]{1,255}$/.test(id) ? id : createHash("sha256").update(JSON.stringify(id)).digest("hex");
// #endregion message-id
