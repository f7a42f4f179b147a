import type { Actor } from "../../kernel/context.js";
import type { Draft } from "../../kernel/event.js";
import type { Instant } from "../../kernel/instant.js";
import type { Policy } from "../../kernel/policy.js";
import type { Refusal } from "../../kernel/result.js";
import type { RecordKind } from "../../lifecycle/record-kind.js";
import type { Span } from "../../lifecycle/span.js";
import type { Plugin } from "../../plugin/plugin.js";
import type { CommandOf, DraftOf, KindId, OpenInputOf, RecordOf, StateIdOf, TokensOf } from "../../rules/index.js";

/** As much of a value as one cares to mention. */
export type Part<T> = T extends readonly (infer Item)[]
  ? readonly Part<Item>[]
  : T extends object
    ? { readonly [X in keyof T]?: Part<T[X]> }
    : T;

/** As much of an event as one cares to mention: its type at least. */
export type Said<D> =
  D extends Draft<infer Type, infer Data>
    ? { readonly type: Type; readonly data?: Part<Data> } & Part<Pick<Draft, "actor" | "at" | "moved" | "slot" | "v">>
    : never;

/** What has happened before: a command that was given, or an event as it was said. */
export type Past<C, D, I> =
  | (C & { readonly at?: Instant })
  | { readonly type: "open"; readonly input: I }
  | (D extends Draft<infer Type, infer Data>
      ? { readonly type: Type; readonly data: Data } & Partial<Pick<Draft, "actor" | "at" | "moved" | "slot" | "v">>
      : never);

/** What came out, once it has been said what should. */
export interface Outcome<R, State> {
  /** The state of the record afterwards. */
  readonly thenState: (state: State) => Outcome<R, State>;
  /** As much of the record afterwards as is mentioned. */
  readonly thenRecord: (part: Part<R>) => Outcome<R, State>;
  readonly record: R | undefined;
}

/** A command was given; now say what should come of it. */
export interface Given<R, D, State> extends Outcome<R, State> {
  /** Exactly these events, in this order, each as far as it is mentioned. */
  readonly then: (events: readonly Said<D>[]) => Outcome<R, State>;
  /** The code of the refusal, or of one of its denials; the record stays as it was. */
  readonly thenRefused: (code: Refusal["code"] | (string & {})) => Outcome<R, State>;
}

/** A story about one record, told from left to right: `by`, `at` and `under` hold for what comes after them. */
export interface Specification<R, C, D, I, State> {
  /** What has happened before. A record that nobody has opened is opened with the least that its kind asks for. */
  readonly given: (...past: readonly Past<C, D, I>[]) => Specification<R, C, D, I, State>;
  /** Who acts from here on. Unless said: a member of staff with every role that a permit names. */
  readonly by: (actor: Actor) => Specification<R, C, D, I, State>;
  /** What time it is from here on. Unless said: nine o'clock on the first of January 2026, in UTC. */
  readonly at: (instant: Instant) => Specification<R, C, D, I, State>;
  /** So much later. */
  readonly after: (span: Span) => Specification<R, C, D, I, State>;
  /** The policies that there are from here on. */
  readonly under: (...policies: readonly Policy[]) => Specification<R, C, D, I, State>;
  readonly when: (
    command: (C & { readonly at?: Instant }) | { readonly type: "open"; readonly input: I },
  ) => Given<R, D, State>;
  /** Nobody does anything for so long. */
  readonly whenTimePasses: (span: Span) => Given<R, D, State>;
}

/** The specification of a kind of a composition. */
export type SpecificationOf<P extends readonly Plugin[], K extends string> = Specification<
  RecordOf<TokensOf<P>, K>,
  CommandOf<TokensOf<P>, K>,
  DraftOf<TokensOf<P>, K>,
  OpenInputOf<TokensOf<P>, K>,
  StateIdOf<TokensOf<P>, K>
>;

/** A story about a complaint, or `of` another kind. */
export interface Specify<P extends readonly Plugin[]> extends SpecificationOf<P, "complaint"> {
  readonly of: <K extends KindId<TokensOf<P>>>(kind: RecordKind<K, any, any>) => SpecificationOf<P, K>;
}
