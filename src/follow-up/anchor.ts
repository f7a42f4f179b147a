import type { Instant, LocalDate } from "../kernel/instant.js";
import type { $ZodType } from "../kernel/schema.js";
import type { Token } from "../kernel/token.js";
import type { Facts } from "../scorecard/index.js";

/** What a plan may know of a customer. */
export interface Planned {
  readonly customerId: string;
  readonly facts: Facts;
  readonly grade: string | null;
  /** The stage of the relationship, and since which local day. */
  readonly stage: { readonly state: string; readonly since: LocalDate };
  /** What happened that a plan may follow up: the events, with their local day. */
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly on: LocalDate;
    readonly at: Instant;
  }[];
}

/** The days from one to another, both included. */
export interface Window {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** A day from which a plan counts, with a key that stays the same when it is planned anew. */
export interface Anchored {
  readonly key: string;
  readonly on: LocalDate;
}

/** From what a step of a plan counts. */
export interface Anchor<Id extends string = string, In = any> extends Token<"anchor", "follow-up", Id> {
  readonly revision: number;
  /** Names the anchor in its present revision, with arguments, for a step of a plan. */
  readonly at: (args: In) => { readonly anchor: string; readonly args: unknown };
  readonly "~types"?: { readonly in: In };
  readonly "~def": {
    readonly args: $ZodType;
    readonly days: (args: never) => (subject: Planned, window: Window) => readonly Anchored[];
  };
}

/**
 * Defines an anchor. `days` answers the days of a window, each with a key of its own: the same key is the same
 * occurrence, however often it is planned and wherever it has moved to.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { anchor } from "clientele";
 *
 * const newYear = anchor("acme.new_year", {
 *   revision: 1, args: z.object({}),
 *   days: () => (_, { from }) => [{ key: from.slice(0, 4), on: `${from.slice(0, 4)}-01-01` }],
 * });
 * newYear.at({}).anchor; // => "acme.new_year@1"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function anchor<const Id extends string, Args, In = Args>(
  id: Id,
  def: {
    readonly revision: number;
    readonly args: $ZodType<Args, In>;
    readonly days: (args: NoInfer<Args>) => (subject: Planned, window: Window) => readonly Anchored[];
  },
): Anchor<Id, In> {
  return {
    token: "anchor",
    of: "follow-up",
    id,
    revision: def.revision,
    at: (args) => ({ anchor: `${id}@${def.revision}`, args }),
    "~def": { args: def.args as $ZodType, days: def.days as never },
  };
}
