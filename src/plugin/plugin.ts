import { guarded } from "../kernel/guarded.js";
import type { LabelBook } from "../kernel/labels.js";
import type { Token } from "../kernel/token.js";

/** The words of the core: no plugin may be called by one, so what the core grows later cannot collide either. */
export const reservedWords = [
  "core",
  "customer",
  "grading",
  "complaint",
  "corrective-action",
  "satisfaction",
  "follow-up",
  "enquiry",
  "journey",
  "warranty",
  "catalogue",
  "standard",
  "staff",
  "channel",
  "insight",
  "crisis",
] as const;
export type ReservedWord = (typeof reservedWords)[number];

/** What adds to a composition. Plugins only add; their order is of no consequence. */
export interface Plugin<Id extends string = string, T extends Token = Token, Requires extends string = string> {
  readonly id: Id;
  readonly requires: readonly Requires[];
  readonly tokens: readonly T[];
  readonly labels: LabelBook;
}

/** Each of these is its argument where all is well, and otherwise a sentence, which the compiler then shows. */
type Name<Id extends string> = Id extends ReservedWord
  ? `"${Id}" is a word of the core`
  : Id extends "" | `${string}.${string}`
    ? "the id of a plugin has no dot and is not empty"
    : Id;
/** A slot may bear the plugin's bare name: it is the plugin's place on the record. */
type Owned<Id extends string, T> = T extends { readonly id: Id | `${Id}.${string}` }
  ? T
  : T extends { readonly id: infer Foreign extends string }
    ? `"${Foreign}" must begin with "${Id}."`
    : T;

/**
 * Puts tokens together under one name. All ids begin with that name and a dot (a slot may be the bare name), so
 * nothing can collide, now or later. A plugin that brings labels brings them for all its states, commands and events.
 *
 * @example
 * ```ts
 * import { complaint, definePlugin } from "clientele";
 *
 * const hold = complaint.state("legal.hold", { phase: "paused", deadline: { days: 30 }, then: "previous" });
 * definePlugin({ id: "legal", tokens: [hold] }).id; // => "legal"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function definePlugin<const Id extends string, const T extends readonly Token[], D extends Plugin = never>(def: {
  readonly id: Name<Id>;
  readonly requires?: readonly D[];
  readonly tokens: { readonly [I in keyof T]: Owned<Id, T[I]> };
  readonly labels?: LabelBook;
}): Plugin<Id, T[number], D["id"]> {
  return guarded("INVALID_COMPOSITION", "definePlugin", () =>
    Object.freeze({
      id: def.id as unknown as Id,
      requires: (def.requires ?? []).map((p): D["id"] => p.id),
      tokens: def.tokens as unknown as T,
      labels: def.labels ?? {},
    }),
  );
}
