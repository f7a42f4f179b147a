import { type Actor, type Context, contextIssues } from "../kernel/context.js";
import type { Draft, Emission, Event } from "../kernel/event.js";
import { type Instant, isInstant, toMs } from "../kernel/instant.js";
import type { AnyRecord } from "../kernel/record.js";
import { type Denial, ok, type Refusal, type Result, refuse } from "../kernel/result.js";
import { idText, parse, preview } from "../kernel/schema.js";
import { marksFor } from "./clock.js";
import type { Asked, Life, Step } from "./compile.js";
import { foreign, take } from "./evolve.js";
import { blaming, fault } from "./fault.js";
import { revisions } from "./readings.js";
import { checked, fact, moveTo, say, target } from "./say.js";
import { sweep } from "./sweep.js";
import type { Command, Decision, Given, Permit } from "./tokens.js";

type Args = Given<AnyRecord, unknown>;

/** A record that this composition cannot take further is refused, before any rule looks at it. */
export function unfit(life: Life, record: AnyRecord): Refusal | undefined {
  const unusable = foreign(life, record);
  if (unusable !== undefined) return unusable;
  if (!life.states.has(record.state)) return { code: "UNKNOWN_STATE", subject: preview(record.state) };
  const { back } = record.stay;
  if (back !== null && !life.states.has(back.state)) return { code: "UNKNOWN_STATE", subject: preview(back.state) };
  for (const id in record.slots) if (!life.slots.has(id)) return { code: "UNKNOWN_SLOT", subject: id };
  return undefined;
}

/** `now` is never earlier than what has happened: the clocks of two machines may disagree, a stream may not. */
export const notBefore = (record: AnyRecord, context: Context): Context =>
  context.now >= record.touchedAt
    ? context
    : { now: record.touchedAt, zone: context.zone, actor: context.actor, seed: context.seed, book: context.book };

/** Only what belongs to an actor is kept in an event: a host's user object may carry anything. */
export const plainActor = ({ kind, id, roles }: Actor): Actor =>
  roles === undefined ? { kind, id } : { kind, id, roles: roles.slice() };

/** Whether one of the permits grants. */
export function granted(life: Life, permits: readonly Permit[], record: object, actor: Actor): boolean {
  for (const { "~def": p } of permits) {
    if (p.actors !== undefined && !p.actors.includes(actor.kind)) continue;
    if (p.roles !== undefined && !p.roles.some((role) => actor.roles?.includes(role) === true)) continue;
    if (p.own === true && (life.owner === undefined || blaming(life.kind.id, life.owner, record) !== actor.id))
      continue;
    return true;
  }
  return false;
}

/** Collects every "no" of a list of checks. */
export function ask(list: readonly Asked[], args: Args, into: Denial[]): void {
  for (const { id, check } of list) {
    const verdict = blaming(id, check, args);
    if (verdict === true) continue;
    if (typeof verdict !== "object" || verdict === null || typeof verdict.code !== "string")
      throw fault(id, "a check must answer true or deny(…)");
    into.push(verdict);
  }
}

const recordId = /* @__PURE__ */ idText();

/** Opens a record. */
export function open(
  life: Life,
  request: { readonly id: string; readonly input: unknown },
  context: Context,
): Result<Decision<AnyRecord, Draft>> {
  const { kind } = life;
  const wrong = contextIssues(context);
  if (wrong.length > 0) return refuse({ code: "INVALID_CONTEXT", issues: wrong });
  const id = parse(recordId, request?.id);
  if (!id.ok) return refuse({ code: "INVALID_INPUT", issues: id.error.map((i) => ({ ...i, path: "id" })) });
  const { begin, input: schema, initial } = kind["~def"];
  const input = parse(schema, request.input ?? {});
  if (!input.ok) return refuse({ code: "INVALID_INPUT", issues: input.error });
  const fields =
    begin === undefined ? input.value : blaming(kind.id, begin as (input: unknown) => unknown, input.value);
  const data = fact(kind.id, kind.opened, fields);
  // Reading the fields by the whole schema would triple what opening costs, and the compiler has checked them.
  for (const name of life.required)
    if (!Object.hasOwn(data, name)) throw fault(kind.id, `what "${kind.opened.id}" says lacks "${name}"`);
  if (!granted(life, life.openers, { ...data, id: request.id }, context.actor))
    return refuse({ code: "NOT_PERMITTED", command: "open", may: life.mayOpen });
  const actor = plainActor(context.actor);
  const moved = { from: null, to: initial };
  const marks = marksFor(life, undefined, kind.opened, data, actor, moved, context.now);
  const draft: Draft = {
    stream: { kind: kind.id, id: request.id },
    version: 1,
    type: kind.opened.id,
    v: kind.opened["~def"].v,
    data,
    at: context.now,
    actor,
    moved,
    ...(marks.length === 0 ? {} : { marks }),
  };
  const next = take(life, undefined, draft);
  return next.ok ? ok({ next: next.value, events: [draft] }) : next;
}

/** Decides one command: the record is first brought to `now`; then parse, permit, phase, checks, events. */
export function decide(
  life: Life,
  stored: AnyRecord,
  command: Command,
  unordered: Context,
  timeline: readonly Event[] | undefined,
): Result<Decision<AnyRecord, Draft>> {
  const asked = toMs(unordered?.now);
  const wrong = contextIssues(unordered, asked);
  if (wrong.length > 0) return refuse({ code: "INVALID_CONTEXT", issues: wrong });
  const unusable = unfit(life, stored);
  if (unusable !== undefined) return refuse(unusable);
  const step = life.steps.get(command?.type);
  if (step === undefined)
    return refuse({ code: "UNKNOWN_COMMAND", subject: preview(command?.type), known: [...life.steps.keys()] });
  const { input: schema, reads } = step.token["~def"];
  const input = schema === undefined ? nothing : parse(schema, command.input ?? {});
  if (!input.ok) return refuse({ code: "INVALID_INPUT", issues: input.error });
  if (reads === "timeline" && timeline === undefined)
    return refuse({ code: "TIMELINE_NEEDED", subject: step.token.id });

  const context = notBefore(stored, unordered);
  const swept = sweep(life, stored, context, context === unordered ? asked : toMs(context.now));
  if (!swept.ok) return swept;
  const record = swept.value.next;
  if (!granted(life, step.permits, record, context.actor))
    return refuse({ code: "NOT_PERMITTED", command: step.token.id, may: step.may });
  if (!step.from.has(record.state))
    return refuse({
      code: "WRONG_STATE",
      kind: life.kind.id,
      state: record.state,
      command: step.token.id,
      accepts: [...step.from],
    });
  const at = happened(command.at, step, record, context);
  if (!at.ok) return at;

  const args: Args = {
    record,
    input: input.value,
    actor: context.actor,
    now: context.now,
    context,
    at: at.value,
    timeline,
    installed: life.installed,
  };
  const denials: Denial[] = [];
  ask(step.whens, args, denials);
  ask(step.guards, args, denials);
  if (denials.length > 0) return refuse({ code: "DENIED", denials });
  return accept(life, step, args, swept.value.events);
}

const nothing = ok(undefined);

/** When the fact happened. Older than the record's last event only where the command may tell such facts. */
function happened(at: Instant | undefined, step: Step, record: AnyRecord, context: Context): Result<Instant> {
  if (at === undefined) return ok(context.now);
  if (!isInstant(at))
    return refuse({
      code: "INVALID_INPUT",
      issues: [{ path: "at", code: "custom", message: `an instant is needed, found ${preview(at)}` }],
    });
  if (at > context.now) return refuse({ code: "IN_THE_FUTURE", subject: at });
  return at >= record.touchedAt || step.token["~def"].backdated ? ok(at) : refuse({ code: "BACKDATED", subject: at });
}

function accept(life: Life, step: Step, args: Args, swept: readonly Draft[]): Result<Decision<AnyRecord, Draft>> {
  const { id } = step.token;
  const { to, emit, emits, input } = step.token["~def"];
  const next = to === "same" ? "same" : target(life, args.record, to);
  if (next === undefined) return refuse({ code: "NOTHING_TO_RETURN_TO", subject: args.record.id });
  const answer = emit === undefined ? [] : blaming(id, emit as (args: Args) => Emission | readonly Emission[], args);
  let said = checked(life, id, emits, answer, { schema: input, value: args.input });
  if (said.length === 0) {
    if (next === "same") throw fault(id, "an accepted command says at least one thing");
    said = [life.kind.moved({ by: id })];
  }
  const actor = plainActor(args.actor);
  const events = swept.length === 0 ? [] : [...swept];
  let record = args.record;
  let moved = next === "same" ? undefined : moveTo(life, record, next);
  for (const { event, data, slot } of said) {
    const { draft, next: evolved } = say(life, record, event, data, args.at, actor, moved, slot, args.context.book);
    if (!evolved.ok) return evolved;
    events.push(draft);
    record = evolved.value;
    moved = undefined;
  }
  // An earlier-dated fact may change a verdict; then that is said.
  if (args.at < args.now && record.clocks !== args.record.clocks)
    for (const { data, mark } of revisions(life, args.record, record, args.now, args.context.book)) {
      const { draft, next: evolved } = say(
        life,
        record,
        life.kind.revised,
        data,
        args.now,
        actor,
        undefined,
        undefined,
        args.context.book,
        mark,
      );
      if (!evolved.ok) return evolved;
      events.push(draft);
      record = evolved.value;
    }
  return ok({ next: record, events });
}
