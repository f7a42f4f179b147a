import type { LabelPart } from "../kernel/labels.js";
import type { Token } from "../kernel/token.js";
import type { Plugin } from "./plugin.js";

const partOf: Readonly<Record<string, LabelPart>> = { state: "states", transition: "commands", event: "events" };

/** Under which part and key people find the word for a token; nothing for a token that people never see. */
export function labelKey(token: Token): { readonly part: LabelPart; readonly id: string } | undefined {
  const part = partOf[token.token];
  return part === undefined ? undefined : { part, id: part === "events" ? token.id : `${token.of}/${token.id}` };
}

/** A plugin that speaks a language speaks it whole: a word for each state, command and event, and the same denials. */
export function missingLabels(plugin: Plugin): readonly { readonly subject: string; readonly message: string }[] {
  const languages = Object.entries(plugin.labels ?? {});
  const denials = new Set(languages.flatMap(([, labels]) => Object.keys(labels.refusals ?? {})));
  return languages.flatMap(([language, labels]) => {
    const needed = [
      ...plugin.tokens.flatMap((t) => labelKey(t) ?? []),
      ...[...denials].map((id) => ({ part: "refusals" as const, id })),
    ];
    return needed
      .filter(({ part, id }) => !Object.hasOwn(labels[part] ?? {}, id))
      .map(({ part, id }) => ({
        subject: id,
        message: `"${id}" has no word in ${language} (labels.${language}.${part})`,
      }));
  });
}
