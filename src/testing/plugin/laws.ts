import { diagnose } from "../../plugin/diagnose.js";
import type { Plugin } from "../../plugin/plugin.js";
import { corePlugin, createServiceRules } from "../../rules/index.js";
import { type Law, same, shown } from "../law.js";
import {
  accepted,
  core,
  facts,
  labels,
  names,
  order,
  type Proof,
  type Rules,
  reacting,
  replay,
  schemas,
  told,
  unchanged,
} from "./checks.js";
import { watched } from "./globals.js";
import { ask, explore, type Scenario, walk } from "./turns.js";

/** With what a plugin is proved. */
export interface PluginLawOptions {
  /** The plugins that it requires. */
  readonly requires?: readonly Plugin[];
  /** What is to be tried beside what can be guessed from the schemas. */
  readonly scenarios?: readonly Scenario[];
}
/**
 * What a good plugin keeps to, as laws that any test runner can drive. Every command is tried in every situation that
 * inputs guessed from the schemas lead to; what needs an input of its own (a pattern, an id) is given by `scenarios`.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { complaint, definePlugin } from "clientele";
 * import { pluginLaws } from "clientele/testing";
 *
 * const called = complaint.event("vip.called", { v: 1, data: z.object({ by: z.string() }) });
 * const call = complaint.transition("vip.call", {
 *   from: { phase: "open" }, to: "same", emits: [called], emit: ({ actor }) => called({ by: actor.id }),
 * });
 * const desk = complaint.permit("vip.desk", { actors: ["staff"], commands: [call] });
 * const vip = definePlugin({ id: "vip", tokens: [called, call, desk] });
 *
 * // With vitest: test.each(pluginLaws(vip))("$law", ({ run }) => run());
 * for (const { run } of pluginLaws(vip)) await run();
 * ```
 */
export function pluginLaws(plugin: Plugin, options: PluginLawOptions = {}): readonly Law[] {
  const { requires = [], scenarios = [] } = options;
  const compose = (plugins: readonly Plugin[]): Rules => createServiceRules({ plugins: plugins as never }) as Rules;
  let known: Proof | undefined;
  /** Worked out once, when the first law asks: a plugin that cannot be composed is told by each law that needs it. */
  const proof = (): Proof => {
    if (known !== undefined) return known;
    const rules = compose([...requires, plugin]);
    const kinds = rules.kinds.filter((id) => plugin.tokens.some((t) => t.of === id));
    const turns = [...scenarios.flatMap((s) => walk(rules, s)), ...kinds.flatMap((kind) => explore(rules, kind))];
    known = { rules, without: compose(requires), turns, kinds };
    return known;
  };
  const law = (name: string, run: () => void): Law => ({ law: name, run: async () => run() });
  return [
    law("it can be composed: nothing is diagnosed", () =>
      same("the diagnostics", diagnose(corePlugin, [...requires, plugin]), []),
    ),
    law("its ids and denials bear its name", () => names(plugin, proof)),
    law("its schemas can be told as JSON Schema", () => schemas(plugin)),
    law("each of its commands is accepted somewhere", () => accepted(plugin, proof())),
    law("the order of plugins is of no consequence", () =>
      order(proof(), compose([plugin, ...[...requires].reverse()])),
    ),
    law("replaying the events gives the record", () => replay(proof().rules, proof().turns, "")),
    law("replaying the events gives the record without the plugin too", () => {
      const { without, turns } = proof();
      replay(
        without,
        turns.filter((t) => without.kinds.includes(t.kind)),
        " without the plugin",
      );
    }),
    law("it says plain JSON that fits its schemas", () => facts(proof())),
    law("it answers the same twice", () => {
      const { rules, turns } = proof();
      for (const turn of turns) same(`${told(turn)}, asked again`, ask(rules, turn), turn.result);
      reacting(rules, turns, (react, of) => same(`the reactions to ${of}, asked again`, react(), react()));
    }),
    law("it changes nothing that it is given", () => unchanged(proof())),
    law("it asks no clock and no chance", () => {
      const { rules, turns } = proof();
      for (const turn of turns)
        same(
          `what ${told(turn)} asked`,
          watched(() => ask(rules, turn)),
          [],
        );
      reacting(rules, turns, (react, of) => same(`what the reactions to ${of} asked`, watched(react), []));
    }),
    law("nothing that it does is a fault", () => {
      const { rules, turns } = proof();
      for (const turn of turns)
        if (!turn.result.ok && turn.result.error.code === "PLUGIN_FAULT")
          throw new Error(`${told(turn)}: expected an answer, found ${shown(turn.result.error)}`);
      reacting(rules, turns, (react, of) => {
        const reacted = react() as { readonly ok: boolean };
        if (!reacted.ok) throw new Error(`the reactions to ${of}: expected orders, found ${shown(reacted)}`);
      });
    }),
    law("it has words for all it brings, in each of its languages", () => labels(plugin, proof)),
    law("beside it the core's commands do what they did, unless it denies them", () => core(plugin, proof())),
  ];
}
