import { guarded } from "../kernel/guarded.js";
import type { Instant, LocalDate } from "../kernel/instant.js";
import type { $ZodType } from "../kernel/schema.js";
import type { Token } from "../kernel/token.js";
import type { Facts } from "../scorecard/index.js";

/** What a plan may know of a customer. */
export interface Planned {
  readonly customerId: string;
  readonly facts: Facts;
  readonly grade: string | null;
  /** The stage of the relationship, since which local day, and whether it is that of a customer who has left. */
  readonly stage: { readonly state: string; readonly since: LocalDate; readonly left?: boolean };
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
 * Defines an anchor. `days` answers the days of a window, each with a key of its own (1 to 400 characters): the same key
 * is the same occurrence, however often it is planned and wherever it has moved to. Days outside the window are
 * dropped. Whether it still counts for a customer who has left (`stage.left`) is for the anchor to say.
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
  const { revision, args, days } = guarded("INVALID_COMPOSITION", "anchor", () => ({ ...def }));
  return {
    token: "anchor",
    of: "follow-up",
    id,
    revision,
    at: (given) => ({ anchor: guarded("INVALID_COMPOSITION", "anchor", () => `${id}@${revision}`), args: given }),
    "~def": { args: args as $ZodType, days: days as never },
  };
}
