import type { Context } from "../kernel/context.js";
import type { Event, EventToken } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Token } from "../kernel/token.js";
import type { Order, Transition } from "./tokens.js";

/** What a reaction may know: the event, and the record after the decision that said it. */
export interface Reacting<Type extends string, Data> {
  readonly event: Event<Type, Data>;
  readonly record: AnyRecord & Readonly<Record<string, unknown>>;
  readonly context: Context;
}

/** `sends` is declared, because a cycle can only be refused if it can be seen without running anything. */
export interface Reaction<Id extends string = string> extends Token<"reaction", string, Id> {
  readonly "~def": {
    readonly on: EventToken;
    readonly sends: readonly (Token<"kind"> | Transition)[];
    readonly run: (args: Reacting<string, never>) => readonly Order[];
  };
}

type OrderFor<S> = S extends { readonly order: (...args: any) => infer O } ? O : never;

/**
 * Defines what follows from an event, inside the same unit of work: orders to other records, or to open one. Pure; it
 * may answer only orders of what `sends` names. What must happen in the world (an e-mail, a payment) belongs to a
 * consumer of the relay, outside the transaction.
 *
 * @example
 * ```ts
 * import { complaintCommands, complaintEvents, reaction } from "clientele";
 *
 * const remark = reaction("acme.remark", {
 *   on: complaintEvents.escalated,
 *   sends: [complaintCommands.note],
 *   run: ({ event }) => [complaintCommands.note.order(event.stream.id, { text: `level ${event.data.to}` })],
 * });
 * remark.of; // => "complaint"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function reaction<
  const Id extends string,
  Type extends string,
  Data,
  S extends { readonly token: "kind" | "transition"; readonly order: (...args: any) => Order },
>(
  id: Id,
  def: {
    readonly on: EventToken<any, Type, Data>;
    readonly sends: readonly S[];
    readonly run: (args: Reacting<NoInfer<Type>, NoInfer<Data>>) => readonly OrderFor<NoInfer<S>>[];
  },
): Reaction<Id> {
  const of = guarded("INVALID_COMPOSITION", "reaction", () => def.on.of);
  return { token: "reaction", of, id, "~def": def as never };
}
