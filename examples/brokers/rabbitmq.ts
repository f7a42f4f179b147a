// Events to an exchange of RabbitMQ, each confirmed by the broker.
import type { ConfirmChannel } from "amqplib";
import type { Event } from "../../src/index.js";
import { messageIdOf } from "./message-id.js";

// #region to
/** Answers a `publish` for the relay: persistent, under the type of the event as routing key, and confirmed. */
export function toRabbit(channel: Pick<ConfirmChannel, "publish" | "on">, exchange: string) {
  const unrouted = new Set<string>();
  // What no queue takes is returned, and then confirmed all the same.
  channel.on("return", ({ fields, properties }) => {
    if (fields.exchange === exchange) unrouted.add(properties.messageId);
  });
  return (event: Event) =>
    new Promise<void>((resolve, reject) => {
      const messageId = messageIdOf(event);
      const options = { messageId, type: event.type, contentType: "application/json" };
      const how = { ...options, persistent: true, mandatory: true };
      // Its own confirm: `waitForConfirms` would fail every stream under way for one message that is refused.
      channel.publish(exchange, event.type, Buffer.from(JSON.stringify(event)), how, (refused) => {
        if (refused) reject(refused);
        else if (unrouted.delete(messageId)) reject(new Error(`no queue takes ${event.type}`));
        else resolve();
      });
    });
}
// #endregion to
