import type { EventToken } from "../kernel/event.js";
import { type AnyRecord, headFields } from "../kernel/record.js";
import type { Grantee } from "../kernel/result.js";
import type { $ZodType } from "../kernel/schema.js";
import type { Slot } from "../kernel/slot.js";
import type { Installed, Token } from "../kernel/token.js";
import { hearings } from "./clock.js";
import { ownEvents, type RecordKind } from "./record-kind.js";
import { spanMs } from "./span.js";
import type { Check, Clock, From, Given, Guard, Hearing, Permit, Phase, State, Transition } from "./tokens.js";

/** Any record kind, for code that knows none by name. */
export interface AnyKind extends Token<"kind"> {
  readonly opened: EventToken<any, any, any>;
  readonly moved: EventToken<any, any, any>;
  readonly lapsed: EventToken<any, any, any>;
  readonly warned: EventToken<any, any, any>;
  readonly breached: EventToken<any, any, any>;
  readonly revised: EventToken<any, any, any>;
  readonly "~def": RecordKind<string, any>["~def"];
}
export type AnyCheck = Check<Given<AnyRecord, unknown>>;

/** A check with the token to blame when it throws. */
export interface Asked {
  readonly id: string;
  readonly check: AnyCheck;
}

/** A command, ready to run: everything that tokens say about it, looked up once. */
export interface Step {
  readonly token: Transition;
  readonly from: ReadonlySet<string>;
  readonly whens: readonly Asked[];
  readonly guards: readonly Asked[];
  readonly permits: readonly Permit[];
  readonly may: readonly Grantee[];
}

/** A deadline in milliseconds. */
export interface Timing {
  readonly deadline: number;
  /** The field of the record that holds the instant, where the deadline is not a span. */
  readonly field: string | undefined;
  readonly every: number;
  readonly times: number;
}

/** The tokens of one kind as tables. Nothing here knows a member of any of them by name. */
export interface Life {
  readonly kind: AnyKind;
  /** The fields that an event of the kind may write, where the schema says so. */
  readonly own: ReadonlySet<string> | undefined;
  readonly required: readonly string[];
  readonly owner: ((record: object) => string | undefined) | undefined;
  readonly states: ReadonlyMap<string, State>;
  readonly timings: ReadonlyMap<string, Timing>;
  readonly events: ReadonlyMap<string, EventToken>;
  readonly slots: ReadonlyMap<string, Slot>;
  readonly clocks: ReadonlyMap<string, Clock>;
  /** What clocks listen to. */
  readonly hears: ReadonlyMap<string, readonly Hearing[]>;
  readonly steps: ReadonlyMap<string, Step>;
  readonly openers: readonly Permit[];
  readonly mayOpen: readonly Grantee[];
  readonly installed: Installed;
}

/** Whether a transition's `from` names a state, or its phase. */
export function accepts(from: From<string, string>, state: State): boolean {
  return "phase" in from
    ? ([] as Phase[]).concat(from.phase as Phase).includes(state.phase)
    : from.some((s) => s.id === state.id);
}

const head: ReadonlySet<string> = /* @__PURE__ */ new Set<string>(headFields);
const byId = (a: Token, b: Token): number => (a.id < b.id ? -1 : 1);

/** The tokens of one kind and name, in the order of their ids, so that the order of plugins cannot show. */
export function tokensOf<T extends Token>(tokens: readonly Token[], kind: string, token: T["token"]): readonly T[] {
  return tokens.filter((t) => t.of === kind && t.token === token).sort(byId) as T[];
}

const grantee = ({ id, "~def": p }: Permit): Grantee => ({
  permit: id,
  actors: p.actors ?? "anyone",
  roles: p.roles ?? "any",
  own: p.own === true,
});

/** Turns the tokens of one kind into its tables. */
export function compile(kind: AnyKind, tokens: readonly Token[]): Life {
  const states = new Map(tokensOf<State>(tokens, kind.id, "state").map((s) => [s.id, s]));
  const permits = tokensOf<Permit>(tokens, kind.id, "permit");
  const guards = tokensOf<Guard>(tokens, kind.id, "guard");
  const step = (token: Transition): Step => {
    const checks = (part: "when" | "guard"): readonly Asked[] =>
      [token, ...guards.filter((g) => g["~def"].on.id === token.id)].flatMap((t) =>
        t["~def"][part] ? [{ id: t.id, check: t["~def"][part] as AnyCheck }] : [],
      );
    const granting = permits.filter((p) => p["~def"].commands.some((c) => c.id === token.id));
    return {
      token,
      from: new Set([...states.values()].filter((s) => accepts(token["~def"].from, s)).map((s) => s.id)),
      whens: checks("when"),
      guards: checks("guard"),
      permits: granting,
      may: granting.map(grantee),
    };
  };
  const named = new Map(tokens.map((t) => [`${t.token} ${t.id}`, t]));
  const clocks = new Map(tokensOf<Clock>(tokens, kind.id, "clock").map((c) => [c.id, c]));
  const openers = permits.filter((p) => p["~def"].opens === true);
  return {
    kind,
    own: ownFields(kind["~def"].schema),
    required: requiredNames(kind["~def"].schema),
    owner: kind["~def"].owner as Life["owner"],
    states,
    timings: new Map([...states].flatMap(([id, s]) => (s.deadline ? [[id, timing(s)] as const] : []))),
    events: new Map([...ownEvents(kind), ...tokensOf<EventToken>(tokens, kind.id, "event")].map((e) => [e.id, e])),
    slots: new Map(tokensOf<Slot>(tokens, kind.id, "slot").map((s) => [s.id, s])),
    clocks,
    hears: hearings(clocks.values()),
    steps: new Map(tokensOf<Transition>(tokens, kind.id, "transition").map((t) => [t.id, step(t)])),
    openers,
    mayOpen: openers.map(grantee),
    installed: (token, id) => named.get(`${token} ${id}`),
  };
}

const timing = (state: State): Timing => ({
  deadline: "field" in state.deadline! ? 0 : spanMs(state.deadline!),
  field: "field" in state.deadline! ? state.deadline.field : undefined,
  every: state.reminders === undefined ? 0 : spanMs(state.reminders.every),
  times: state.reminders === undefined ? 0 : state.reminders.times,
});

/** The fields of a kind beside what every record has, where its schema names them all. */
function ownFields(schema: $ZodType): ReadonlySet<string> | undefined {
  const { shape, catchall } = schema._zod.def as { shape?: object; catchall?: $ZodType };
  const loose = catchall !== undefined && (catchall._zod.def as { type: string }).type !== "never";
  if (shape === undefined || loose) return undefined;
  return new Set(Object.keys(shape).filter((name) => !head.has(name) && name !== "__proto__"));
}

function requiredNames(schema: $ZodType): readonly string[] {
  const { shape = {} } = schema._zod.def as { shape?: Readonly<Record<string, $ZodType>> };
  return Object.entries(shape).flatMap(([name, field]) => (field._zod.optout === "optional" ? [] : [name]));
}
