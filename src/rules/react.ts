import type { Context } from "../kernel/context.js";
import type { Event } from "../kernel/event.js";
import type { AnyRecord } from "../kernel/record.js";
import { ok, type Result } from "../kernel/result.js";
import { blaming, contained, fault } from "../lifecycle/fault.js";
import type { Reaction } from "../lifecycle/reaction.js";
import type { Order } from "../lifecycle/tokens.js";

/** What one reaction answered to an event. */
export interface Reacted {
  readonly reaction: string;
  readonly orders: readonly Order[];
}

/** Runs the reactions to an event. An order that a reaction did not declare is its fault, not a surprise. */
export function react(
  reactions: readonly Reaction[],
  event: Event,
  record: AnyRecord,
  context: Context,
): Result<readonly Reacted[]> {
  return contained("reaction", () =>
    ok(
      reactions
        .filter(({ "~def": { on } }) => on.id === event.type && on.of === event.stream.kind)
        .map(({ id, "~def": { run, sends } }): Reacted => {
          const orders = blaming(id, run as (args: object) => readonly Order[], { event, record, context });
          if (!Array.isArray(orders)) throw fault(id, "a reaction must answer a list of orders");
          for (const order of orders as readonly Order[]) {
            const declared = sends.some((s) =>
              s.token === "kind"
                ? order?.command === "open" && s.id === order.of
                : s.id === order?.command && s.of === order.of,
            );
            if (!declared) throw fault(id, `"${String(order?.command)}" is not among what it sends`);
          }
          return { reaction: id, orders };
        }),
    ),
  );
}
