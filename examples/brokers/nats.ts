// Events into a stream of NATS JetStream, which drops what it has had within its duplicate window.
import type { JetStreamClient } from "@nats-io/jetstream";
import type { Event } from "../../src/index.js";
import { messageIdOf } from "./message-id.js";

// #region to
/** Answers a `publish` for the relay: `desk.complaint.opened` for the prefix `desk`, acknowledged by the stream. */
export const toNats = (stream: Pick<JetStreamClient, "publish">, prefix: string) => async (event: Event) => {
  await stream.publish(`${prefix}.${event.type}`, JSON.stringify(event), { msgID: messageIdOf(event) });
};
// #endregion to
