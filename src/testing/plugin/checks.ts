import { toJSONSchema } from "zod/v4/core";
import { canonical } from "../../kernel/canonical.js";
import type { EventToken } from "../../kernel/event.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Refusal } from "../../kernel/result.js";
import { type $ZodType, parse } from "../../kernel/schema.js";
import type { Token } from "../../kernel/token.js";
import { missingLabels } from "../../plugin/missing-labels.js";
import type { Plugin } from "../../plugin/plugin.js";
import type { ServiceRules } from "../../rules/index.js";
import { alike, same, shown } from "../law.js";
import { frozen } from "./globals.js";
import { ask, explore, logAfter, type Question, type Turn } from "./turns.js";

export type Rules = ServiceRules<any>;
/** What there is to look at: the composition with and without the plugin, and how the first has answered. */
export interface Proof {
  readonly rules: Rules;
  readonly without: Rules;
  readonly turns: readonly Turn[];
  readonly kinds: readonly string[];
}

export const told = ({ kind, record, command }: Question): string =>
  `"${command.type}"${record === undefined ? "" : ` in "${record.state}"`} of ${kind} with ${shown(command.input ?? {})}`;
const denied = (turn: Turn): readonly string[] =>
  !turn.result.ok && turn.result.error.code === "DENIED" ? turn.result.error.denials.map((d) => d.code) : [];

export function names(plugin: Plugin, proof: () => Proof): void {
  const own = (id: string) => id.startsWith(`${plugin.id}.`);
  const foreign = plugin.tokens.filter((t) => !own(t.id) && !(t.token === "slot" && t.id === plugin.id));
  same(
    `the ids that do not begin with "${plugin.id}."`,
    foreign.map((t) => t.id),
    [],
  );
  const { turns, rules } = proof();
  const others = new Set(rules.tokens.filter((t) => !own(t.id)).map((t) => t.id.split(".")[0]!));
  // What its guards deny of others' commands is looked at beside the core.
  for (const turn of turns.filter((t) => own(t.command.type))) {
    const strange = denied(turn).filter(
      (code) => !own(code) && !(code.includes(".") && others.has(code.split(".")[0]!)),
    );
    same(`the denials of ${told(turn)} that do not begin with "${plugin.id}."`, strange, []);
  }
}

export function schemas(plugin: Plugin): void {
  const of = (t: Token): readonly (readonly [what: string, schema: $ZodType | undefined, io: "input" | "output"])[] => {
    const def = (t as unknown as { readonly "~def"?: Readonly<Record<string, $ZodType | undefined>> })["~def"];
    switch (t.token) {
      case "kind":
        return [
          ["the schema", def?.["schema"], "output"],
          ["the input", def?.["input"], "input"],
        ];
      case "transition":
        return [["the input", def?.["input"], "input"]];
      case "event":
      case "slot":
        return [["the data", def?.["data"], "output"]];
      case "policy":
        return [["the body", def?.["body"], "input"]];
      default:
        return [];
    }
  };
  for (const token of plugin.tokens)
    for (const [what, schema, io] of of(token)) {
      if (schema === undefined) continue;
      try {
        const written = toJSONSchema(schema as never, { io });
        canonical(JSON.parse(JSON.stringify(written)));
      } catch (error) {
        throw new Error(`${what} of "${token.id}": expected JSON Schema, found: ${(error as Error).message}`, {
          cause: error,
        });
      }
    }
}

export function accepted(plugin: Plugin, { turns }: Proof): void {
  const given = new Set(turns.flatMap((t) => (t.result.ok ? [`${t.kind} ${t.command.type}`] : [])));
  const never = plugin.tokens.filter((t) => t.token === "transition" && !given.has(`${t.of} ${t.id}`)).map((t) => t.id);
  same("the commands that nothing has proved (give a scenario in which they are accepted)", never, []);
}

export function order({ rules, turns }: Proof, reversed: Rules): void {
  same("the kinds in another order", reversed.kinds, rules.kinds);
  for (const turn of turns) same(`${told(turn)}, with the plugins in another order`, ask(reversed, turn), turn.result);
}

export function replay(rules: Rules, turns: readonly Turn[], where: string): void {
  for (const turn of turns) {
    if (!turn.result.ok) continue;
    let record: AnyRecord | undefined;
    for (const event of JSON.parse(JSON.stringify(logAfter(turn)))) {
      const next = rules.doors(turn.kind)!.evolve(record, event);
      if (!next.ok) throw new Error(`replaying ${told(turn)}${where}: expected a record, found ${shown(next.error)}`);
      record = next.value;
    }
    same(`replaying ${told(turn)}${where}`, record, turn.result.value.next);
  }
}

export function facts({ rules, turns }: Proof): void {
  const tokens = new Map(rules.tokens.flatMap((t) => (t.token === "event" ? [[t.id, t as EventToken] as const] : [])));
  for (const turn of turns)
    for (const event of turn.result.ok ? turn.result.value.events : []) {
      const copy = JSON.parse(canonical(event));
      same(`"${event.type}" as JSON`, copy, event);
      const token = tokens.get(event.type);
      if (token === undefined) continue;
      const read = parse(token["~def"].data, copy.data);
      if (!read.ok) throw new Error(`"${event.type}": expected data that fits its schema, found ${shown(read.error)}`);
      same(`the data of "${event.type}", read again by its schema`, read.value, event.data);
    }
}

/** Records, events and commands are plain JSON. */
const copied = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

export function unchanged({ rules, turns }: Proof): void {
  const still = ({ book, ...context }: Turn["context"]) => ({ ...frozen(copied(context)), book });
  for (const turn of turns) {
    const { kind } = turn;
    const question: Question = {
      kind,
      record: frozen(copied(turn.record)),
      log: frozen(copied(turn.log)),
      command: frozen(copied(turn.command)),
      context: still(turn.context),
    };
    same(`${told(turn)}, with arguments that cannot be changed`, ask(rules, question), turn.result);
  }
  for (const turn of turns) {
    if (!turn.result.ok) continue;
    const record = frozen(copied(turn.result.value.next));
    for (const event of frozen(copied(logAfter(turn).slice(turn.log.length))))
      same(
        `the reactions to "${event.type}", with arguments that cannot be changed`,
        rules.react(event, record, still(turn.context)),
        rules.react(copied(event), copied(record), turn.context),
      );
  }
}

/** Shows each event to the reactions. */
export function reacting(rules: Rules, turns: readonly Turn[], look: (react: () => unknown, of: string) => void): void {
  for (const turn of turns) {
    if (!turn.result.ok) continue;
    const { next } = turn.result.value;
    for (const event of logAfter(turn).slice(turn.log.length))
      look(() => rules.react(event, next, turn.context), `"${event.type}"`);
  }
}

export function labels(plugin: Plugin, proof: () => Proof): void {
  same(
    "what has no word",
    missingLabels(plugin).map((m) => m.message),
    [],
  );
  const codes = new Set(
    proof()
      .turns.flatMap(denied)
      .filter((code) => code.startsWith(`${plugin.id}.`)),
  );
  for (const [language, { refusals = {} }] of Object.entries(plugin.labels ?? {})) {
    const without = [...codes].filter((code) => !Object.hasOwn(refusals, code)).sort();
    same(`the denials without a word in ${language}`, without, []);
  }
}

export function core(plugin: Plugin, { rules, without, kinds }: Proof): void {
  const mine = (code: string) => code.startsWith(`${plugin.id}.`);
  for (const kind of kinds)
    for (const turn of explore(without, kind)) {
      const beside = ask(rules, turn);
      if (alike(beside, turn.result)) continue;
      const narrowed =
        !beside.ok &&
        beside.error.code === "DENIED" &&
        beside.error.denials.every((d) => mine(d.code) || denied(turn).includes(d.code));
      // Permissions only grant: whoever was not permitted before may be now. What is listed may grow.
      const grown =
        !turn.result.ok && (turn.result.error.code === "NOT_PERMITTED" || alike(bare(beside), bare(turn.result)));
      if (!narrowed && !grown) same(`${told(turn)}, beside the plugin`, beside, turn.result);
    }
}
/** A refusal without the lists that other plugins add to. */
const bare = (result: Turn["result"]): unknown => {
  if (result.ok) return result;
  const { may: _, accepts: __, known: ___, ...rest } = result.error as Refusal & Readonly<Record<string, unknown>>;
  return rest;
};
