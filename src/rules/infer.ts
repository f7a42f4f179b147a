import type { Draft, Event } from "../kernel/event.js";
import type { Head } from "../kernel/record.js";
import type { Lapsed, Moved, Opened } from "../lifecycle/record-kind.js";
import type { Plugin } from "../plugin/plugin.js";
import type { corePlugin } from "./core.js";

/** Every token of a composition, as one union: each question below is a single pass over it. */
export type TokensOf<P extends readonly Plugin[]> = (typeof corePlugin)["tokens"][number] | P[number]["tokens"][number];

type Payload<T, Key extends string> = T extends { readonly "~types"?: infer Types }
  ? NonNullable<Types> extends { readonly [X in Key]: infer V }
    ? V
    : never
  : never;
type Select<T, Name extends string, K extends string> = T extends { readonly token: Name; readonly of: K } ? T : never;

/** The ids of the record kinds among tokens. */
export type KindId<T> = T extends { readonly token: "kind"; readonly id: infer Id extends string } ? Id : never;
export type FieldsOf<T, K extends string> = Payload<Select<T, "kind", K>, "fields">;
export type OpenInputOf<T, K extends string> = Payload<Select<T, "kind", K>, "input">;
export type StateIdOf<T, K extends string> = T extends {
  readonly token: "state";
  readonly of: K;
  readonly id: infer Id extends string;
}
  ? Id
  : never;
export type SlotsOf<T, K extends string> = {
  readonly [S in Select<T, "slot", K> as S extends { readonly id: infer Id extends string } ? Id : never]?: Payload<
    S,
    "data"
  >;
};

/** One flat object: what an editor shows is what is stored. */
type Flat<T> = { readonly [X in keyof T]: T[X] };
export type RecordOf<T, K extends string> = Flat<
  Head<K, StateIdOf<T, K>> &
    FieldsOf<T, K> & { slots: SlotsOf<T, K> extends infer S ? { readonly [X in keyof S]: S[X] } : never }
>;

/** Every command of a kind, told apart by `type`; `input` is optional where nothing in it is needed. */
export type CommandOf<T, K extends string> = T extends {
  readonly token: "transition";
  readonly of: K;
  readonly id: infer Id;
  readonly "~types"?: { readonly in: infer In };
}
  ? {} extends In
    ? { readonly type: Id; readonly input?: In }
    : { readonly type: Id; readonly input: In }
  : never;

/** Every event of a kind, told apart by `type`. */
export type EventOf<T, K extends string> =
  | (T extends { readonly token: "event"; readonly of: K; readonly id: infer Id extends string }
      ? Event<Id, Payload<T, "data">>
      : never)
  | Event<Opened<K>, FieldsOf<T, K>>
  | Event<Moved<K>, { readonly by: string }>
  | Event<Lapsed<K>, { readonly state: StateIdOf<T, K>; readonly lapses: number }>;

type Drafted<E> = E extends Event<infer Type, infer Data> ? Draft<Type, Data> : never;
export type DraftOf<T, K extends string> = Drafted<EventOf<T, K>>;

type Ids<P extends readonly Plugin[]> = { readonly [I in keyof P]: P[I]["id"] };
/** A walk from element to element: an `as` clause over the plugins is quadratic. */
type Again<Ids extends readonly unknown[], Seen = never> = Ids extends readonly [infer Id, ...infer Others]
  ? Id extends Seen
    ? Id
    : Again<Others, Seen | Id>
  : never;
type Each<One, Twice, Installed> = One extends {
  readonly id: infer Id extends string;
  readonly requires: readonly (infer Requires)[];
}
  ? Id extends Twice
    ? `plugin "${Id}" is installed twice`
    : [Exclude<Requires, Installed>] extends [never]
      ? One
      : `plugin "${Exclude<Requires, Installed> & string}" is required and not installed`
  : One;

/** Each plugin itself where the composition is sound; otherwise a sentence in its place, which the compiler shows. */
export type Sound<P extends readonly Plugin[], Twice = Again<Ids<P>>, Installed = P[number]["id"]> = {
  readonly [I in keyof P]: Each<P[I], Twice, Installed>;
};
