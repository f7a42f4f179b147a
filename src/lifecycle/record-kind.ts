import type { Actor } from "../kernel/context.js";
import type { Emission, EventToken, SlotWrite, Upcasters } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import type { Instant } from "../kernel/instant.js";
import type { AnyRecord, headFields, RecordView } from "../kernel/record.js";
import type { Verdict } from "../kernel/result.js";
import { type $ZodType, trusted } from "../kernel/schema.js";
import type { Slot } from "../kernel/slot.js";
import type { Token } from "../kernel/token.js";
import type { Target } from "../sla/index.js";
import type { DueField, Span } from "./span.js";
import type {
  Check,
  Clock,
  Escalation,
  From,
  Given,
  Grant,
  Guard,
  Hears,
  Lapse,
  Marking,
  Order,
  Permit,
  Phase,
  Reminders,
  State,
  Transition,
  When,
} from "./tokens.js";

/** The input of a command that needs none. */
export type NoInput = Readonly<Record<never, never>>;

/** The happenings that every kind has: it was opened, it moved and nobody had more to say, a deadline passed. */
export type Opened<K extends string> = `${K}.opened`;
export type Moved<K extends string> = `${K}.moved`;
export type Lapsed<K extends string> = `${K}.lapsed`;
/** What a clock of a kind makes time say: a level was reached, the due time passed, an earlier-dated fact changed that. */
export type Warned<K extends string> = `${K}.warned`;
export type Breached<K extends string> = `${K}.breached`;
export type Revised<K extends string> = `${K}.revised`;
export interface WarnedData {
  readonly clock: string;
  readonly level: string;
  readonly due: Instant;
}
export interface BreachedData {
  readonly clock: string;
  readonly due: Instant;
}
export interface RevisedData {
  readonly clock: string;
  readonly from: "on time" | "late";
  readonly to: "on time" | "late" | "open";
}

type Clash<F> = string extends keyof F ? never : keyof F & (typeof headFields)[number];
/** The schema where none of its fields has the name of a field that every record has; otherwise a sentence. */
type Fresh<F, S> = [Clash<F>] extends [never] ? $ZodType<F, S> : `every record already has "${Clash<F> & string}"`;

/** The phase where its deadline fits; otherwise a sentence in its place, which the compiler shows. */
type Timed<P extends Phase, D> = [P] extends ["closed"]
  ? [D] extends [never]
    ? P
    : "a closed state has no deadline"
  : [D] extends [never]
    ? "a state that is not closed needs a deadline"
    : P;
/** What only a state with a deadline can have. */
type Running<P extends Phase, T> = [P] extends ["closed"] ? never : T;

/** A state that is not closed has a deadline: nothing open is ever forgotten. */
export interface StateDef<K extends string, F, P extends Phase = Phase, D = Span | DueField<keyof F & string>> {
  readonly phase: Timed<P, D>;
  readonly deadline?: D;
  readonly reminders?: Running<P, Reminders>;
  readonly then?: Running<P, State<K> | "previous">;
  readonly emits?: Running<P, readonly EventToken<K, string, any>[]>;
  readonly lapse?: Running<P, (args: Lapse<RecordView<K, F, string>>) => Emission<K> | readonly Emission<K>[]>;
}

/** Anything with a life. Its tokens are made by it, so that a complaint's state cannot end up on an order. */
export interface RecordKind<K extends string, F, I = F> extends Token<"kind", K, K> {
  readonly opened: EventToken<K, Opened<K>, F>;
  readonly moved: EventToken<K, Moved<K>, { readonly by: string }>;
  readonly lapsed: EventToken<K, Lapsed<K>, { readonly state: string; readonly lapses: number }>;
  readonly warned: EventToken<K, Warned<K>, WarnedData>;
  readonly breached: EventToken<K, Breached<K>, BreachedData>;
  readonly revised: EventToken<K, Revised<K>, RevisedData>;
  /**
   * Makes the order by which a reaction opens a record of this kind: under an id derived from the event, or under the
   * id that is given, unless there is such a record already.
   */
  readonly order: (input: I, id?: string) => Order<K, "open">;
  readonly "~types"?: { readonly fields: F; readonly input: I };
  readonly "~def": {
    readonly revision: number;
    readonly schema: $ZodType;
    readonly input: $ZodType;
    readonly begin: ((input: never) => object) | undefined;
    readonly initial: string;
    readonly owner: ((record: never) => string | undefined) | undefined;
    readonly indexes: readonly string[];
    readonly upcast: Upcasters | undefined;
  };

  /** Defines a state. Unless closed it needs a deadline. */
  state<const Id extends string, P extends Phase, D extends Span | DueField<keyof F & string> = never>(
    id: Id,
    def: StateDef<K, F, P, D>,
  ): State<K, Id>;

  /**
   * Defines a happening. `evolve` answers the fields that change and is for the plugin that brings the kind; it may
   * copy a personal field but never compute from it, because the field may be erased by the time of a replay.
   */
  event<const Id extends string, Data>(
    id: Id,
    def: {
      readonly v: number;
      readonly data: $ZodType<Data>;
      readonly evolve?: (record: F, data: NoInfer<Data>) => Partial<F>;
      readonly upcast?: Upcasters;
    },
  ): EventToken<K, Id, Data>;

  /**
   * Defines a service clock: `hears` lists what happens to it (see `hears`), and policies of service levels say what it
   * is held to; `target` holds where none is in force. When the record closes, it stops; when the record opens again, it
   * goes on if it `reopens`. `escalate` says what a level that escalates does to the record.
   */
  clock<const Id extends string>(
    id: Id,
    def: {
      readonly hears: readonly Hears<K>[];
      /** Whether a start after a stop begins the next run. */
      readonly repeats?: boolean;
      readonly reopens?: boolean;
      readonly target?: Omit<Target, "repeats">;
      readonly emits?: readonly EventToken<K, string, any>[];
      readonly escalate?: (args: Escalation<RecordView<K, F, string>>) => Emission<K> | readonly Emission<K>[];
    },
  ): Clock<K, Id>;

  /** Defines a plugin's own place on the record. */
  slot<const Id extends string, Data>(id: Id, data: $ZodType<Data>): Slot<K, Id, Data>;

  /**
   * Defines a command: where it is accepted, where it leads, what it needs, who else may object, what it says.
   * `when` serves `available` and `decide`; `guard` also sees the parsed input. A transition that emits nothing says
   * that the record moved.
   */
  transition<
    const Id extends string,
    FromId extends string = string,
    Out = NoInput,
    In = Out,
    E extends string = Moved<K>,
  >(
    id: Id,
    def: {
      readonly from: From<K, FromId>;
      readonly to: State<K> | "same" | "previous";
      readonly input?: $ZodType<Out, In>;
      readonly when?: (args: When<RecordView<K, F, NoInfer<FromId>>>) => Verdict;
      readonly guard?: (args: Given<RecordView<K, F, NoInfer<FromId>>, NoInfer<Out>>) => Verdict;
      readonly emits?: readonly EventToken<K, E, any>[];
      readonly emit?: (
        args: Given<RecordView<K, F, NoInfer<FromId>>, NoInfer<Out>>,
      ) => Emission<K, NoInfer<E>> | readonly Emission<K, NoInfer<E>>[];
      /** Asks the desk to load every event of the record; `timeline` then holds them. */
      readonly reads?: "timeline";
      /** Whether a fact older than the record's last event may be told by it. Only for `to: "same"`. */
      readonly backdated?: boolean;
    },
  ): Transition<K, Id, FromId, In, Out>;

  /** Narrows a transition of this kind. */
  guard<const Id extends string, FromId extends string, In, Out>(
    id: Id,
    def: {
      readonly on: Transition<K, string, FromId, In, Out>;
      readonly when?: (args: When<RecordView<K, F, NoInfer<FromId>>>) => Verdict;
      readonly guard?: (args: Given<RecordView<K, F, NoInfer<FromId>>, NoInfer<Out>>) => Verdict;
    },
  ): Guard<K, Id>;

  /** Grants commands of this kind. */
  permit<const Id extends string>(id: Id, def: Grant & { readonly commands: readonly Transition<K>[] }): Permit<K, Id>;
}

/**
 * Defines a kind of record: the schema of its own fields, where its life begins, whose it is, by which fields it can
 * be found.
 *
 * `schema` is what is stored. Where opening needs less or other data, `input` is its schema and `begin` makes the
 * first fields from it. `revision` counts the changes of the schema; `upcast` brings the fields of an older revision
 * forward.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { recordKind } from "clientele";
 *
 * const visit = recordKind("acme.visit", {
 *   revision: 1, initial: "acme.planned", schema: z.object({ engineer: z.string() }), indexes: ["engineer"],
 * });
 * const planned = visit.state("acme.planned", { phase: "open", deadline: { days: 3 } });
 * planned.phase; // => "open"
 * visit.opened.id; // => "acme.visit.opened"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function recordKind<const K extends string, F, S = F, I = S>(
  kind: K,
  def: {
    readonly revision: number;
    readonly schema: Fresh<F, S>;
    readonly initial: string;
    readonly input?: $ZodType<any, I>;
    readonly begin?: (input: any) => NoInfer<F>;
    /** Whose record it is: whom `own` permits mean and whose the personal fields are. */
    readonly owner?: (record: NoInfer<F> & { readonly id: string }) => string | undefined;
    readonly indexes?: readonly (keyof NoInfer<F> & string)[];
    readonly upcast?: Upcasters;
  },
): RecordKind<K, F, I> {
  const checked = <T>(door: string, work: () => T): T => guarded("INVALID_COMPOSITION", door, work);
  return checked("recordKind", () => {
    const made = kindOf(kind, def as never) as unknown as Record<string, unknown>;
    for (const [name, make] of Object.entries(made))
      if (typeof make === "function" && !("token" in make))
        made[name] = (...args: unknown[]) => checked(name, () => make(...args));
    return made as never;
  });
}

function kindOf<const K extends string, F, I>(
  kind: K,
  def: {
    readonly revision: number;
    readonly schema: $ZodType;
    readonly initial: string;
    readonly input?: $ZodType;
    readonly begin?: unknown;
    readonly owner?: unknown;
    readonly indexes?: readonly string[];
    readonly upcast?: Upcasters;
  },
): RecordKind<K, F, I> {
  type Any = RecordKind<K, any>;
  const base = <T extends string, Id extends string>(token: T, id: Id) => ({ token, of: kind, id });
  const event: Any["event"] = (id, { v, data, evolve, upcast }) => {
    const token = Object.assign(
      (value: unknown, slot?: SlotWrite<K>): Emission<K> => ({ of: kind, type: id, event: token, data: value, slot }),
      base("event", id),
      { "~def": { v, data, evolve: evolve as never, upcast } },
    ) as unknown as EventToken<K>;
    return token as never;
  };
  return {
    ...base("kind", kind),
    opened: event(`${kind}.opened`, {
      v: def.revision,
      data: def.schema as $ZodType<F>,
      ...(def.upcast === undefined ? {} : { upcast: def.upcast }),
    }),
    moved: event(`${kind}.moved`, { v: 1, data: trusted<{ readonly by: string }>() }),
    lapsed: event(`${kind}.lapsed`, { v: 1, data: trusted<{ readonly state: string; readonly lapses: number }>() }),
    warned: event(`${kind}.warned`, { v: 1, data: trusted<WarnedData>() }),
    breached: event(`${kind}.breached`, { v: 1, data: trusted<BreachedData>() }),
    revised: event(`${kind}.revised`, { v: 1, data: trusted<RevisedData>() }),
    order: (input, id) => ({ of: kind, command: "open", id, input }),
    "~def": {
      revision: def.revision,
      schema: def.schema,
      input: def.input ?? def.schema,
      begin: def.begin as ((input: never) => object) | undefined,
      initial: def.initial,
      owner: def.owner as never,
      indexes: def.indexes ?? [],
      upcast: def.upcast,
    },
    event,
    state: (id, state) => {
      const phase = state.phase as Phase;
      const open = phase === "closed" ? undefined : state;
      return {
        ...base("state", id),
        phase,
        deadline: open?.deadline,
        reminders: open?.reminders,
        then: open?.then,
        "~def": { emits: open?.emits ?? [], emit: open?.lapse as never },
      };
    },
    clock: (id, { hears, repeats = false, reopens = false, target, emits = [], escalate }) => ({
      ...base("clock", id),
      "~def": { hears, repeats, reopens, target, emits, emit: escalate as never },
    }),
    slot: (id, data) =>
      Object.assign((value: unknown) => ({ of: kind, id, data: value }), base("slot", id), {
        empty: { of: kind, id, data: null },
        read: (record: { readonly slots: object }) => (record.slots as Record<string, never>)[id],
        "~def": { data },
      }),
    transition: (id, t) => ({
      ...base("transition", id),
      order: (recordId, input) => ({ of: kind, command: id, id: recordId, input }),
      "~def": {
        from: t.from,
        to: t.to,
        input: t.input,
        when: t.when as Check<never>,
        guard: t.guard as Check<never>,
        emits: t.emits ?? [],
        emit: t.emit as never,
        reads: t.reads,
        backdated: t.backdated ?? false,
      },
    }),
    guard: (id, g) => ({
      ...base("guard", id),
      "~def": { on: g.on as never, when: g.when as Check<never>, guard: g.guard as Check<never> },
    }),
    permit: (id, p) => ({ ...base("permit", id), "~def": p }),
  };
}

/** The events that every kind has. */
export const ownEvents = (
  kind: {
    readonly [X in "opened" | "moved" | "lapsed" | "warned" | "breached" | "revised"]: EventToken<any, any, any>;
  },
): readonly EventToken[] => [kind.opened, kind.moved, kind.lapsed, kind.warned, kind.breached, kind.revised];

/**
 * What an event does to a clock, for the list that a clock `hears`: always the same, or by what the event says, who said
 * it, and the record before it (none when it opens).
 *
 * @example
 * ```ts
 * import { complaint, complaintEvents, hears } from "clientele";
 *
 * const supplier = complaint.clock("acme.supplier", {
 *   hears: [
 *     hears(complaintEvents.waited, ({ on }) => (on === "supplier" ? "created" : undefined)),
 *     hears(complaintEvents.resumed, "stop"),
 *   ],
 *   target: { within: { elapsed: { hours: 72 } }, pausable: false },
 * });
 * supplier.token; // => "clock"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function hears<K extends string, Data>(
  event: EventToken<K, string, Data>,
  mark: Marking | ((data: NoInfer<Data>, actor: Actor, record: AnyRecord | undefined) => Marking | undefined),
): Hears<K> {
  return { event, mark: mark as Hears["mark"] };
}
