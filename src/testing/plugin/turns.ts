import type { Actor, Context } from "../../kernel/context.js";
import type { Draft, Event } from "../../kernel/event.js";
import type { Instant } from "../../kernel/instant.js";
import type { Policy } from "../../kernel/policy.js";
import type { AnyRecord } from "../../kernel/record.js";
import { type Result, refuse } from "../../kernel/result.js";
import type { Token } from "../../kernel/token.js";
import type { AnyKind } from "../../lifecycle/compile.js";
import type { Span } from "../../lifecycle/span.js";
import type { Command, Decision, Permit, Transition } from "../../lifecycle/tokens.js";
import { policyBook } from "../../rules/book.js";
import type { ServiceRules } from "../../rules/index.js";
import { after } from "../clock.js";
import { staff, testContext } from "../fixtures.js";
import { kept } from "../kept.js";
import { shown } from "../law.js";
import { samples } from "../sample.js";

/** One step of a scenario: a command, or, without a `type`, only time that passes. Refused ones are welcome too. */
export interface ScenarioStep {
  readonly type?: string;
  readonly input?: unknown;
  /** Who gives it. Unless said: somebody to whom a permit grants it. */
  readonly actor?: Actor;
  /** How much time passes before it. */
  readonly after?: Span;
  /** When it happened, if earlier than that. */
  readonly at?: Instant;
}

/** What happens to one record, as data. */
export interface Scenario {
  /** The id of the record's kind. */
  readonly kind: string;
  /** What it is opened with. Unless said: the least that its kind asks for. */
  readonly input?: unknown;
  readonly actor?: Actor;
  readonly policies?: readonly Policy[];
  readonly steps: readonly ScenarioStep[];
}

/** One question put to the rules, and their answer: `open`, a command, or `sweep`. */
export interface Turn {
  readonly kind: string;
  readonly record: AnyRecord | undefined;
  /** The events that made the record. */
  readonly log: readonly Event[];
  readonly command: Command;
  readonly context: Context;
  readonly result: Result<Decision<AnyRecord, Draft>>;
}
export type Question = Omit<Turn, "result">;
type Rules = ServiceRules<any>;

/** Puts a question to the rules. */
export function ask(rules: Rules, { kind, record, log, command, context }: Question): Turn["result"] {
  const doors = rules.doors(kind);
  if (doors === undefined) return refuse({ code: "UNKNOWN_KIND", subject: kind });
  if (record === undefined) return doors.open({ id: "1", input: command.input }, context);
  if (command.type === "sweep") return doors.sweep(record, context);
  return doors.decide(record, command, context, doors.readsTimeline(command.type) ? log : undefined);
}

/** The log after a turn. */
export const logAfter = ({ log, result }: Turn): readonly Event[] =>
  result.ok ? [...log, ...result.value.events.map(kept)] : log;

/** Those to whom the permits of a kind grant something, as actors. */
function actors(
  tokens: readonly Token[],
  kind: string,
  owner: string | undefined,
  grants: (p: Permit) => boolean,
): readonly Actor[] {
  const found = tokens.filter((t): t is Permit => t.token === "permit" && t.of === kind && grants(t as Permit));
  const all = found.map(({ "~def": p }): Actor => {
    const who = { kind: p.actors?.[0] ?? "staff", id: p.own === true ? (owner ?? "nobody") : "ann" } as const;
    return p.roles === undefined ? who : { ...who, roles: [...p.roles] };
  });
  return all.length === 0 ? [staff("ann")] : all;
}

/** Puts a question for each actor in turn, until one of them is permitted. */
function permitted(rules: Rules, question: Question, by: readonly Actor[]): Turn {
  let turn: Turn | undefined;
  for (const actor of by) {
    const asked = { ...question, context: { ...question.context, actor } };
    turn = { ...asked, result: ask(rules, asked) };
    if (turn.result.ok || turn.result.error.code !== "NOT_PERMITTED") return turn;
  }
  return turn!;
}

const kindOf = (rules: Rules, id: string): AnyKind | undefined =>
  rules.tokens.find((t) => t.token === "kind" && t.id === id) as AnyKind | undefined;
const opening = (rules: Rules, kind: string, input: unknown, context: Context, actor?: Actor): Turn => {
  const question = { kind, record: undefined, log: [], command: { type: "open", input }, context };
  const own = Object.values((input ?? {}) as object).find((value) => typeof value === "string");
  const by = actors(rules.tokens, kind, own, (p) => p["~def"].opens === true);
  return permitted(rules, question, actor === undefined ? by : [actor]);
};
const giving = (rules: Rules, before: Turn, command: Command, context: Context, actor?: Actor): Turn => {
  const { kind } = before;
  const record = before.result.ok ? before.result.value.next : before.record!;
  const owner = rules.doors(kind)?.owner(record);
  const by = actors(rules.tokens, kind, owner, (p) => p["~def"].commands.some((c) => c.id === command.type));
  return permitted(
    rules,
    { kind, record, log: logAfter(before), command, context },
    actor === undefined ? by : [actor],
  );
};

/** Walks through a scenario. One that does not even open proves nothing, so it throws. */
export function walk(rules: Rules, scenario: Scenario): readonly Turn[] {
  const { kind, steps, policies = [] } = scenario;
  const definition = kindOf(rules, kind);
  const input = scenario.input ?? (definition && samples(definition["~def"].input)[0]);
  let context = testContext({ book: policyBook(policies) });
  const turns = [opening(rules, kind, input, context, scenario.actor)];
  const first = turns[0]!.result;
  if (!first.ok)
    throw new Error(`a scenario of "${kind}": expected it to open with ${shown(input)}, found ${shown(first.error)}`);
  for (const { type = "sweep", input: given, actor, after: span, at } of steps) {
    if (span !== undefined) context = { ...context, now: after(context.now, span) };
    const command: Command = {
      type,
      ...(given === undefined ? {} : { input: given }),
      ...(at === undefined ? {} : { at }),
    };
    turns.push(giving(rules, turns.at(-1)!, command, context, actor));
  }
  return turns;
}

/** So many different situations of one kind are looked at: enough for the states of the core and of a few plugins. */
const most = 40;

/**
 * Tries every command, with inputs that its schema accepts, in every situation that can be reached so: a state, and
 * which slots are filled. What needs an input that cannot be guessed is for a scenario.
 */
export function explore(rules: Rules, kind: string): readonly Turn[] {
  const definition = kindOf(rules, kind);
  if (definition === undefined) return [];
  const commands = rules.tokens.filter((t): t is Transition => t.token === "transition" && t.of === kind);
  const tried = new Map(
    commands.map((c) => [c.id, c["~def"].input === undefined ? [undefined] : samples(c["~def"].input)]),
  );
  const turns: Turn[] = [];
  const queue: Turn[] = [];
  const seen = new Set<string>();
  const take = (turn: Turn, from: string) => {
    turns.push(turn);
    if (!turn.result.ok) return;
    const { state, slots, stay } = turn.result.value.next;
    const situation = JSON.stringify([from, state, Object.keys(slots).sort(), stay.back?.state]);
    if (seen.has(situation) || seen.size >= 2 * most) return;
    seen.add(situation);
    queue.push(turn);
  };
  const context = testContext();
  const inputs = samples(definition["~def"].input);
  const from = new Map<Turn, string>();
  for (const [n, input] of inputs.entries()) take(opening(rules, kind, input, context), String(n));
  for (const before of queue) {
    const origin = from.get(before) ?? String(inputs.indexOf(before.command.input));
    const next = (turn: Turn) => {
      from.set(turn, origin);
      take(turn, origin);
    };
    const record = before.result.ok ? before.result.value.next : before.record!;
    for (const [type, given] of tried)
      for (const input of given) next(giving(rules, before, input === undefined ? { type } : { type, input }, context));
    const wakeAt = rules.doors(kind)!.wakeAt(record, context.book);
    if (wakeAt !== null) next(giving(rules, before, { type: "sweep" }, { ...context, now: wakeAt }));
  }
  return turns;
}
