import type { Actor, Context } from "../kernel/context.js";
import type { ClockMark, Emission, Event, EventToken } from "../kernel/event.js";
import type { Instant } from "../kernel/instant.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Denial, Verdict } from "../kernel/result.js";
import type { StartOf } from "../kernel/run.js";
import type { $ZodType } from "../kernel/schema.js";
import type { Installed, Token } from "../kernel/token.js";
import type { Level, Target } from "../sla/index.js";
import type { DueField, Span } from "./span.js";

/** Shared code asks a state's phase, never its name, so that a plugin's state is a first-class citizen. */
export type Phase = "open" | "paused" | "closed";

/** What the clock knows when a deadline lapses. */
export interface Lapse<R> {
  readonly record: R;
  /** The how-manieth lapse of this state it is, from 1. */
  readonly lapses: number;
  /** The nominal instant, however late the sweep. */
  readonly now: Instant;
  readonly context: Context;
}

/** A deadline that keeps reminding: `times` further lapses, `every` so long after the one before. */
export interface Reminders {
  readonly every: Span;
  /** 1 to 100. */
  readonly times: number;
}

export interface State<K extends string = string, Id extends string = string> extends Token<"state", K, Id> {
  readonly phase: Phase;
  /** Elapsed time from entering, which a pause neither uses up nor starts anew, or a field. None only where closed. */
  readonly deadline: Span | DueField | undefined;
  readonly reminders: Reminders | undefined;
  /** Where the record goes when the deadline lapses; without it the lapse is recorded, and told by `lapse`. */
  readonly then: State<K> | "previous" | undefined;
  readonly "~def": {
    readonly emits: readonly EventToken<K>[];
    readonly emit: ((args: never) => Emission | readonly Emission[]) | undefined;
  };
}

/** A command on its way to a record: what a reaction answers with. */
export interface Order<K extends string = string, Id extends string = string> {
  readonly of: K;
  readonly command: Id;
  /** The record; where the order opens one: the id it is to have, if there is none under it yet. */
  readonly id: string | undefined;
  readonly input: unknown;
}

/** What a check knows before there is an input; what `available` asks. */
export interface When<R> {
  readonly record: R;
  readonly actor: Actor;
  readonly now: Instant;
  readonly context: Context;
  /** A token of the composition by what it is and its id: for rules whose policies name other tokens. */
  readonly installed: Installed;
}
/** What a guard or an emission knows. */
export interface Given<R, Input> extends When<R> {
  readonly input: Input;
  /** When it happened: `now`, or earlier for a back-dated fact. */
  readonly at: Instant;
  /** Every event of the record so far, only where the transition `reads: "timeline"`. */
  readonly timeline: readonly Event[] | undefined;
}
export type Check<A> = (args: A) => Verdict;

/** The states that a transition accepts: by name, or whichever have a phase. */
export type From<K extends string, Id extends string> =
  | readonly State<K, Id>[]
  | { readonly phase: Phase | readonly Phase[] };

export interface Transition<
  K extends string = string,
  Id extends string = string,
  FromId extends string = any,
  In = any,
  Out = any,
> extends Token<"transition", K, Id> {
  /** Makes the order by which a reaction sends this command to a record. */
  readonly order: (recordId: string, input: In) => Order<K, Id>;
  readonly "~types"?: { readonly from: FromId; readonly in: In; readonly out: Out };
  readonly "~def": {
    readonly from: From<K, string>;
    readonly to: State<K> | "same" | "previous";
    readonly input: $ZodType | undefined;
    readonly when: Check<never> | undefined;
    readonly guard: Check<never> | undefined;
    readonly emits: readonly EventToken<K>[];
    readonly emit: ((args: never) => Emission | readonly Emission[]) | undefined;
    readonly reads: "timeline" | undefined;
    readonly backdated: boolean;
  };
}

/** Narrows a transition, its own plugin's or another's. Guards never widen, so their order is of no consequence. */
export interface Guard<K extends string = string, Id extends string = string> extends Token<"guard", K, Id> {
  readonly "~def": {
    readonly on: Transition<K>;
    readonly when: Check<never> | undefined;
    readonly guard: Check<never> | undefined;
  };
}

/** What an event does to a clock: begins it, by which right; stops it; stops it and begins the next run; reopens it. */
export type Marking = StartOf | "restart" | "stop" | "reopen";
/** A clock that listens to an event. */
export interface Hears<K extends string = string> {
  readonly event: EventToken<K, string, any>;
  readonly mark: Marking | ((data: never, actor: Actor, record: AnyRecord | undefined) => Marking | undefined);
}
export interface Hearing {
  readonly clock: Clock;
  readonly mark: Hears["mark"];
  readonly marks: Readonly<Record<Marking, ClockMark>>;
}

/** What is known when a level that escalates is reached. */
export interface Escalation<R> {
  readonly record: R;
  readonly clock: string;
  readonly level: Level;
  /** The nominal instant, however late the sweep. */
  readonly now: Instant;
  readonly context: Context;
}

/** A service clock of a kind: which happenings start and stop it. What it is held to is a policy. */
export interface Clock<K extends string = string, Id extends string = string> extends Token<"clock", K, Id> {
  readonly "~def": {
    readonly hears: readonly Hears<K>[];
    readonly repeats: boolean;
    readonly reopens: boolean;
    readonly target: Target | undefined;
    readonly emits: readonly EventToken<K>[];
    readonly emit: ((args: never) => Emission | readonly Emission[]) | undefined;
  };
}

/** To whom a permit grants: every part that is given must fit. */
export interface Grant {
  readonly actors?: readonly Actor["kind"][];
  readonly roles?: readonly string[];
  /** Only the record's own customer. */
  readonly own?: boolean;
  /** Whether it also grants opening a record. */
  readonly opens?: boolean;
}
/** Grants commands. Nobody may anything that no permit grants. */
export interface Permit<K extends string = string, Id extends string = string> extends Token<"permit", K, Id> {
  readonly "~def": Grant & { readonly commands: readonly Transition<K>[] };
}

/** A command as a host sends it; the typed union of a composition is `InferCommand`. */
export interface Command {
  readonly type: string;
  readonly input?: unknown;
  /** When it happened, if earlier than now: "the customer called yesterday". */
  readonly at?: Instant;
}

/** What accepting a command means: the next record and the events that make it. */
export interface Decision<R, E> {
  readonly next: R;
  readonly events: readonly E[];
}

/** Whether an actor may give a command now, and if not, why. */
export interface Available<Type extends string = string> {
  readonly command: Type;
  /** `true`: with a valid input it is accepted. */
  readonly allowed: boolean | "depends on input";
  readonly denials: readonly Denial[];
  /** What to draw a form from. */
  readonly input: $ZodType | undefined;
}
