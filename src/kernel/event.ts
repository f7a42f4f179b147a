import type { Actor } from "./context.js";
import type { Instant } from "./instant.js";
import type { RunMark } from "./run.js";
import type { $ZodType } from "./schema.js";
import type { Token } from "./token.js";

/** Which record an event belongs to. */
export interface Stream {
  readonly kind: string;
  readonly id: string;
}

/** A change of state as a fact. `back` is the state that a pause left: decided once, so that a fold needs no states. */
export interface Move {
  readonly from: string | null;
  readonly to: string;
  readonly back?: string;
}

/** What a plugin wrote into its own place on the record; `null` empties it. */
export interface SlotWrite<K extends string = string> {
  readonly of: K;
  readonly id: string;
  readonly data: unknown;
}

/** What an event means to a clock of its record: decided once and stored, so that a fold needs no definition of it. */
export type ClockMark = RunMark & { readonly clock: string; readonly repeats?: true };

/** An event as a rule says it: all of the envelope but what the desk adds. */
export interface Draft<Type extends string = string, Data = unknown> {
  readonly stream: Stream;
  /** The how-manieth event of its stream, from 1. */
  readonly version: number;
  readonly type: Type;
  /** What an event of this type and `v` means never changes. */
  readonly v: number;
  readonly data: Data;
  /** When it happened. Earlier than `recordedAt`: a back-dated fact. */
  readonly at: Instant;
  readonly actor: Actor;
  readonly moved?: Move;
  readonly slot?: { readonly id: string; readonly data: unknown };
  readonly marks?: readonly ClockMark[];
}

/** An event as it is kept and delivered. */
export interface Event<Type extends string = string, Data = unknown> extends Draft<Type, Data> {
  /** Derived from tenant, stream and version: a retry repeats nothing, a consumer drops what it has seen. */
  readonly id: string;
  readonly tenant: string;
  readonly recordedAt: Instant;
  /** The event whose reaction sent the command. */
  readonly cause?: string;
  /** The first event of the whole chain of reactions; its own id where nothing caused it. */
  readonly correlation: string;
}

/** What a transition says when it is accepted: made by calling an event token. */
export interface Emission<K extends string = string, Id extends string = string> {
  readonly of: K;
  readonly type: Id;
  /** Not by `K` and `Id`: two generics that name each other lose their variance and then accept anything. */
  readonly event: EventToken<any, any, any>;
  readonly data: unknown;
  readonly slot: SlotWrite<K> | undefined;
}

/** Brings the data of an event of version n (the key) forward to n + 1. */
export type Upcasters = Readonly<Record<number, (data: never) => unknown>>;

/** A kind of happening. Calling it makes an emission; plugins' events speak through `moved` and a slot. */
export interface EventToken<K extends string = string, Id extends string = string, Data = any>
  extends Token<"event", K, Id> {
  (data: Data, slot?: SlotWrite<K>): Emission<K, Id>;
  readonly "~types"?: { readonly data: Data };
  readonly "~def": {
    readonly v: number;
    readonly data: $ZodType;
    readonly evolve: ((record: never, data: never) => object) | undefined;
    readonly upcast: Upcasters | undefined;
  };
}
