import type { Actor, Context } from "../../kernel/context.js";
import type { Draft } from "../../kernel/event.js";
import type { Instant } from "../../kernel/instant.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Result } from "../../kernel/result.js";
import type { Token } from "../../kernel/token.js";
import { marksFor } from "../../lifecycle/clock.js";
import type { AnyKind, Life } from "../../lifecycle/compile.js";
import { ownEvents } from "../../lifecycle/record-kind.js";
import type { Decision, Permit } from "../../lifecycle/tokens.js";
import type { Plugin } from "../../plugin/plugin.js";
import { policyBook } from "../../rules/book.js";
import type { Doors, ServiceRules } from "../../rules/index.js";
import { after } from "../clock.js";
import { testContext } from "../fixtures.js";
import { kept } from "../kept.js";
import { shown } from "../law.js";
import { samples } from "../sample.js";
import { answered } from "./outcome.js";
import type { Specification, Specify } from "./specification.js";

/**
 * Says of pure rules what comes of what: given this past, when this command is given, then these events. Throws an
 * `Error` that shows what was expected and what was found; works with any test runner, or none.
 *
 * @example
 * ```ts
 * import { createServiceRules } from "clientele";
 * import { customer, specify } from "clientele/testing";
 *
 * const complaints = specify(createServiceRules());
 *
 * complaints
 *   .given({ type: "acknowledge" }, { type: "assign", input: { ownerId: "ann" } })
 *   .when({ type: "hand_over", input: { to: "bob", reason: "on leave" } })
 *   .then([{ type: "complaint.handed_over", data: { from: "ann", to: "bob" } }])
 *   .thenState("acknowledged");
 * complaints.by(customer("somebody-else")).when({ type: "withdraw" }).thenRefused("NOT_PERMITTED");
 * complaints.whenTimePasses({ days: 3 }).then([{ type: "complaint.breached" }, { type: "complaint.escalated" }]);
 * ```
 */
export function specify<const P extends readonly Plugin[]>(rules: ServiceRules<P>): Specify<P> {
  const of = (kind: AnyKind): Specification<any, any, any, any, any> => {
    const doors = rules.doors(kind.id);
    const installed = rules.tokens.find((token) => token.token === "kind" && token.id === kind.id) as
      | AnyKind
      | undefined;
    if (doors === undefined || installed === undefined)
      throw new Error(`specify: expected one of the kinds ${rules.kinds.join(", ")}, found "${kind.id}"`);
    const context = testContext({ actor: everyRole(rules.tokens) });
    return tell({ kind: installed, doors, tokens: rules.tokens, context }, { record: undefined, context });
  };
  const complaint = rules.tokens.find((token) => token.token === "kind" && token.id === "complaint") as AnyKind;
  return { ...of(complaint), of: (kind) => of(kind as never) } as Specify<P>;
}

interface Stage {
  readonly kind: AnyKind;
  readonly doors: Doors<any, any, any, any>;
  readonly tokens: readonly Token[];
  readonly context: Context;
}
interface Told {
  readonly record: AnyRecord | undefined;
  readonly context: Context;
  readonly events?: readonly Draft[];
}
type Act = { readonly type: string; readonly input?: unknown; readonly at?: Instant };

/** So that a specification is about rules; permissions are specified with `by`. */
function everyRole(tokens: readonly Token[]): Actor {
  const roles = tokens.flatMap((t) => (t.token === "permit" ? ((t as Permit)["~def"].roles ?? []) : []));
  return { kind: "staff", id: "ann", roles: [...new Set(roles)].sort() };
}

function tell(stage: Stage, told: Told): Specification<any, any, any, any, any> {
  const go = (context: Partial<Context>) => tell(stage, { ...told, context: { ...told.context, ...context } });
  return {
    given: (...past) =>
      tell(
        stage,
        past.reduce((so, one) => happen(stage, so, one as Act), told),
      ),
    by: (actor) => go({ actor }),
    at: (now) => go({ now }),
    after: (span) => {
      // Later than what? Than the opening, if nothing else has happened yet.
      const before = opened(stage, told);
      return tell(stage, { ...before, context: { ...told.context, now: after(told.context.now, span) } });
    },
    under: (...policies) => go({ book: policyBook(policies) }),
    when: (command) => {
      const before = command.type === "open" ? told : opened(stage, told);
      return answered(`when "${command.type}"`, before.record, act(stage, before, command as Act));
    },
    whenTimePasses: (span) => {
      const { record, context } = opened(stage, told);
      const later = { ...context, now: after(context.now, span) };
      return answered(
        `when ${shown(span)} pass`,
        record,
        stage.doors.sweep(record, later) as Result<Decision<AnyRecord, Draft>>,
      );
    },
  };
}

/** One thing of the past: an event is known by its data or its type, anything else is a command. */
function happen(stage: Stage, told: Told, past: Act & Partial<Draft>): Told {
  const { kind } = stage;
  const said = past.data !== undefined || isEvent(stage, past.type);
  const before = past.type === "open" || past.type === kind.opened.id ? told : opened(stage, told);
  const step = said ? evolved(stage, before, past) : act(stage, before, past);
  if (!step.ok) throw new Error(`given "${past.type}": expected it to be accepted, found ${shown(step.error)}`);
  return { ...told, record: step.value.next, events: [...(before.events ?? []), ...step.value.events] };
}

const isEvent = ({ kind, tokens }: Stage, type: string): boolean =>
  ownEvents(kind).some((e) => e.id === type) ||
  (tokens.some((t) => t.token === "event" && t.of === kind.id && t.id === type) &&
    !tokens.some((t) => t.token === "transition" && t.of === kind.id && t.id === type));

function act(
  { doors, kind }: Stage,
  { record, context, events = [] }: Told,
  command: Act,
): Result<Decision<AnyRecord, Draft>> {
  if (command.type === "open") return doors.open({ id: `${kind.id}-1`, input: command.input }, context) as never;
  const timeline = doors.readsTimeline(command.type) ? events.map(kept) : undefined;
  return doors.decide(record, command, context, timeline) as never;
}

function evolved(
  { kind, doors, tokens }: Stage,
  { record, context }: Told,
  past: Act & Partial<Draft>,
): Result<Decision<AnyRecord, Draft>> {
  const token = [...ownEvents(kind), ...tokens.filter((t) => t.token === "event" && t.of === kind.id)].find(
    (t) => t.id === past.type,
  ) as AnyKind["opened"] | undefined;
  const { input: _, ...mentioned } = past;
  const first = record === undefined ? { moved: { from: null, to: kind["~def"].initial } } : {};
  const draft = {
    stream: { kind: kind.id, id: record?.id ?? `${kind.id}-1` },
    version: (record?.version ?? 0) + 1,
    v: token?.["~def"].v ?? 1,
    data: {},
    at: context.now,
    actor: context.actor,
    ...first,
    ...mentioned,
  } as Draft;
  const told = token === undefined ? draft : marking(doors["~life"] as Life, record, draft, token);
  const next = doors.evolve(record, told) as Result<AnyRecord>;
  return next.ok ? { ok: true, value: { next: next.value, events: [told] } } : next;
}

/** What the event means to the clocks, as if it had been said by a command. */
function marking(life: Life, record: AnyRecord | undefined, draft: Draft, token: AnyKind["opened"]): Draft {
  const marks = draft.marks ?? marksFor(life, record, token, draft.data, draft.actor, draft.moved, draft.at);
  return marks.length === 0 ? draft : { ...draft, marks };
}

function opened(stage: Stage, told: Told): Told {
  if (told.record !== undefined) return told;
  const { kind } = stage;
  const [input] = samples(kind["~def"].input);
  if (input === undefined)
    throw new Error(`given nothing: no input of "${kind.id}" could be guessed; begin with { type: "open", input }`);
  // By somebody who may: the opening is not what the story is about.
  const context = { ...told.context, actor: stage.context.actor };
  const step = act(stage, { record: undefined, context }, { type: "open", input });
  if (!step.ok)
    throw new Error(`given nothing: expected "${kind.id}" to open with ${shown(input)}, found ${shown(step.error)}`);
  return { ...told, record: step.value.next, events: step.value.events };
}
