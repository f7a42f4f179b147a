import type { Draft, Event } from "../kernel/event.js";
import type { Head } from "../kernel/record.js";
import type { Slot } from "../kernel/slot.js";
import type {
  Breached,
  BreachedData,
  Lapsed,
  Moved,
  Opened,
  RecordKind,
  Revised,
  RevisedData,
  Warned,
  WarnedData,
} from "../lifecycle/record-kind.js";
import type { Plugin } from "../plugin/plugin.js";
import type { corePlugin } from "./core.js";

// An object type that mentions the union of all tokens walks it anew wherever it is instantiated. What stands below
// therefore first selects, and hands on only what it has selected: that halves what a large composition costs.

/** Every token of a composition, as one union: each question below is a single pass over it. */
export type TokensOf<P extends readonly Plugin[]> = (typeof corePlugin)["tokens"][number] | P[number]["tokens"][number];

type Select<T, Name extends string, K extends string> = T extends { readonly token: Name; readonly of: K } ? T : never;
type IdOf<T> = T extends { readonly id: string } ? T["id"] : never;

/** The ids of the record kinds among tokens. */
export type KindId<T> = T extends { readonly token: "kind"; readonly id: infer Id extends string } ? Id : never;
export type FieldsOf<T, K extends string> = Select<T, "kind", K> extends RecordKind<any, infer F, any> ? F : never;
export type OpenInputOf<T, K extends string> = Select<T, "kind", K> extends RecordKind<any, any, infer I> ? I : never;
export type StateIdOf<T, K extends string> = IdOf<Select<T, "state", K>>;

type Data<S> = S extends Slot<any, any, infer D> ? D : never;
export interface Slotted<S> {
  readonly slots: { readonly [X in S as IdOf<X>]?: Data<X> };
}
export type SlotsOf<T, K extends string> = Slotted<Select<T, "slot", K>>["slots"];

/** One flat object: what an editor shows is what is stored. */
type Flat<T> = { readonly [X in keyof T]: T[X] };
export type RecordOf<T, K extends string> = Flat<
  Head<K, StateIdOf<T, K>> & FieldsOf<T, K> & Slotted<Select<T, "slot", K>>
>;

/** Every command of a kind, told apart by `type`; `input` is optional where nothing in it is needed. */
export type CommandOf<T, K extends string> = Commands<Select<T, "transition", K>>;
type Commands<T> = T extends { readonly id: infer Id; readonly "~types"?: { readonly in: infer In } }
  ? {} extends In
    ? { readonly type: Id; readonly input?: In }
    : { readonly type: Id; readonly input: In }
  : never;

/** Every event of a kind, told apart by `type`. */
export type EventOf<T, K extends string> =
  | Said<Select<T, "event", K>>
  | Event<Opened<K>, FieldsOf<T, K>>
  | Event<Moved<K>, { readonly by: string }>
  | Event<Lapsed<K>, { readonly state: StateIdOf<T, K>; readonly lapses: number }>
  | Timed<K, Select<T, "clock", K>>;
/** What clocks make time say, where the kind has any. */
type Timed<K extends string, C> = [C] extends [never]
  ? never
  : Event<Warned<K>, WarnedData> | Event<Breached<K>, BreachedData> | Event<Revised<K>, RevisedData>;
type Said<T> = T extends { readonly id: infer Id extends string; readonly "~types"?: { readonly data: infer D } }
  ? Event<Id, D>
  : never;

type Drafted<E> = E extends Event<infer Type, infer Data> ? Draft<Type, Data> : never;
export type DraftOf<T, K extends string> = Drafted<EventOf<T, K>>;

type Ids<P extends readonly Plugin[]> = { readonly [I in keyof P]: P[I]["id"] };
/** The places of plugins that an earlier one has the id of. A walk: an `as` clause over the plugins is quadratic. */
type Again<
  Ids extends readonly unknown[],
  Before extends readonly unknown[] = [],
  Found = never,
> = Ids extends readonly [infer Id, ...infer Others]
  ? Again<Others, [...Before, Id], Id extends Before[number] ? Found | `${Before["length"]}` : Found>
  : Found;
type Each<One, Twice, Installed> = One extends {
  readonly id: infer Id extends string;
  readonly requires: readonly (infer Requires)[];
}
  ? Twice extends true
    ? `plugin "${Id}" is installed twice`
    : [Exclude<Requires, Installed>] extends [never]
      ? One
      : `plugin "${Exclude<Requires, Installed> & string}" is required and not installed`
  : One;

/** Each plugin itself where the composition is sound; otherwise a sentence in its place, which the compiler shows. */
export type Sound<P extends readonly Plugin[], Twice = Again<Ids<P>>, Installed = P[number]["id"]> = {
  readonly [I in keyof P]: Each<P[I], I extends Twice ? true : false, Installed>;
};
