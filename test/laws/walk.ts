import { expect } from "vitest";
import type { Actor, Context } from "../../src/kernel/context.js";
import type { Draft } from "../../src/kernel/event.js";
import { type Instant, toInstant, toMs } from "../../src/kernel/instant.js";
import type { AnyRecord } from "../../src/kernel/record.js";
import { unwrap } from "../../src/kernel/result.js";
import type { Doors } from "../../src/lifecycle/life.js";
import { ann, carl, eve, fold, max, robot, stored } from "../given.js";

/** Who may try. The customer is the record's own. */
export type Who = "staff" | "manager" | "customer" | "stranger" | "system";
export const everybody: Readonly<Record<Who, Actor>> = {
  staff: ann,
  manager: max,
  customer: carl,
  stranger: eve,
  system: robot,
};
export const people = Object.keys(everybody) as Who[];

/** A command as a model tells it, without a line of the library. */
export interface Edge<S> {
  readonly who: readonly Who[];
  readonly from: readonly string[];
  /** A state, or "same". */
  readonly to: string;
  readonly input?: object;
  readonly denied?: (situation: S) => string | undefined;
}

/** A kind once more: its commands (a name with a slash is the same command with another input), and what decides. */
export interface Model<S extends { readonly state: string }> {
  readonly edges: Readonly<Record<string, Edge<S>>>;
  readonly situation: (record: AnyRecord) => S;
  readonly doors: Doors;
  readonly context: (now: Instant, actor: Actor) => Context;
}
export type Answer = { readonly refused: readonly string[] } | { readonly state: string };

export function expected<S extends { readonly state: string }>(
  model: Model<S>,
  here: S,
  name: string,
  who: Who,
): Answer {
  const edge = model.edges[name]!;
  if (!edge.who.includes(who)) return { refused: ["NOT_PERMITTED"] };
  if (!edge.from.includes(here.state)) return { refused: ["WRONG_STATE"] };
  const denied = edge.denied?.(here);
  if (denied !== undefined) return { refused: ["DENIED", denied] };
  return { state: edge.to === "same" ? here.state : edge.to };
}

/** Lets somebody try, compares the answer with the model's, and answers the decision, if there was one. */
export function tried<S extends { readonly state: string }>(
  model: Model<S>,
  record: AnyRecord,
  name: string,
  who: Who,
  now: Instant = record.touchedAt,
): { readonly next: AnyRecord; readonly events: readonly Draft[] } | undefined {
  const context = model.context(now, everybody[who]);
  const here = model.situation(unwrap(model.doors.sweep(record, context)).next);
  const command = { type: name.split("/")[0]!, input: model.edges[name]!.input };
  const answer = model.doors.decide(record, command, context);
  const codes = (): readonly string[] => {
    if (answer.ok) return [];
    const { error } = answer;
    return error.code === "DENIED" ? [error.code, ...error.denials.map((d) => d.code)] : [error.code];
  };
  const told = answer.ok ? { state: answer.value.next.state } : { refused: codes() };
  expect([here.state, name, who, told]).toEqual([here.state, name, who, expected(model, here, name, who)]);
  return answer.ok ? answer.value : undefined;
}

/** Every situation that anybody's steps lead to, each with a record that is in it. */
export function situations<S extends { readonly state: string }>(
  model: Model<S>,
  opened: AnyRecord,
): readonly AnyRecord[] {
  const key = (record: AnyRecord) => JSON.stringify(model.situation(record));
  const found = new Map([[key(opened), opened]]);
  for (const record of found.values())
    for (const name of Object.keys(model.edges))
      for (const who of people) {
        const next = tried(model, record, name, who)?.next;
        if (next !== undefined && !found.has(key(next))) found.set(key(next), next);
      }
  return [...found.values()];
}

/** What is shown as available is what would be accepted or denied, and nothing else. */
export function shownRightly<S extends { readonly state: string }>(model: Model<S>, record: AnyRecord): void {
  for (const who of people) {
    const shown = model.doors.available(record, model.context(record.touchedAt, everybody[who]));
    const possible = Object.keys(model.edges).filter((name) => {
      const answer = expected(model, model.situation(record), name, who);
      return !("refused" in answer) || answer.refused[0] === "DENIED";
    });
    expect(shown.map((a) => a.command)).toEqual([...new Set(possible.map((name) => name.split("/")[0]))].sort());
    for (const { command, allowed } of shown)
      if (allowed === true) expect(tried(model, record, command, who)).toBeDefined();
  }
}

export interface Step {
  readonly name: string;
  readonly who: Who;
  /** Milliseconds since the step before. */
  readonly wait: number;
}

/** A life: every step compared with the model, and the events at last with the record that they make. */
export function lived<S extends { readonly state: string }>(
  model: Model<S>,
  opened: { readonly next: AnyRecord; readonly events: readonly Draft[] },
  steps: readonly Step[],
): { readonly record: AnyRecord; readonly events: readonly Draft[] } {
  let record = opened.next;
  let now = toMs(record.touchedAt);
  const events = [...opened.events];
  for (const { name, who, wait } of steps) {
    now += wait;
    const at = toInstant(now);
    const { next, events: said } =
      tried(model, record, name, who, at) ?? unwrap(model.doors.sweep(record, model.context(at, everybody[who])));
    expect(said.map((e) => e.version)).toEqual(said.map((_, i) => record.version + 1 + i));
    events.push(...said);
    record = next;
  }
  expect(fold(model.doors, stored(events))).toStrictEqual(record);
  expect(stored(record)).toStrictEqual(record);
  return { record, events };
}
