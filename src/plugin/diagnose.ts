import type { EventToken } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import type { Token } from "../kernel/token.js";
import { circle } from "../lifecycle/circle.js";
import type { AnyKind } from "../lifecycle/compile.js";
import type { Reaction } from "../lifecycle/reaction.js";
import { ownEvents } from "../lifecycle/record-kind.js";
import type { Permit, Transition } from "../lifecycle/tokens.js";
import { findings, type LifecycleCode } from "../lifecycle/verify.js";
import { missingLabels } from "./missing-labels.js";
import { type Plugin, reservedWords } from "./plugin.js";

export type DiagnosticCode =
  | LifecycleCode
  | "DUPLICATE_ID"
  | "DUPLICATE_PLUGIN"
  | "FOREIGN_EVOLVE"
  | "INVALID_PLUGIN"
  | "MISSING_LABEL"
  | "MISSING_REQUIREMENT"
  | "REACTION_CYCLE"
  | "RESERVED_WORD"
  | "UNOWNED_ID";

/** One thing wrong with a composition. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly plugin: string;
  readonly subject: string;
  readonly message: string;
}

/** Tokens that belong to the life of a kind. */
const ofAKind: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "state",
  "event",
  "slot",
  "transition",
  "guard",
  "permit",
  "clock",
]);
const nameOf = (t: Token): string => `${t.token} ${t.of} ${t.id}`;

/**
 * Every problem of a composition at once, sorted, so that the order of plugins does not show. Pure: a host can show
 * it, a test can assert it. `createServiceRules` throws when it finds an error.
 *
 * @example
 * ```ts
 * import { complaint, corePlugin, definePlugin, diagnose } from "clientele";
 *
 * const lost = definePlugin({ id: "lost", tokens: [complaint.state("lost.island", { phase: "closed" })] });
 * diagnose(corePlugin, [lost]).map((d) => `${d.code} ${d.subject}`); // => ["UNREACHABLE_STATE lost.island"]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function diagnose(core: Plugin, plugins: readonly Plugin[]): readonly Diagnostic[] {
  return guarded("INVALID_COMPOSITION", "diagnose", () => problems(core, plugins));
}

/** The same inside a door that is guarded already. */
export function problems(core: Plugin, plugins: readonly Plugin[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (code: DiagnosticCode, plugin: string, subject: string, message: string) =>
    found.push({ code, severity: "error", plugin, subject, message });
  const sound = plugins.filter((p, i) => {
    const good =
      typeof p?.id === "string" &&
      Array.isArray(p.tokens) &&
      Array.isArray(p.requires) &&
      p.tokens.every(isToken) &&
      isBook(p.labels, 3);
    if (!good) report("INVALID_PLUGIN", "?", String(i), `the plugin at place ${i} was not made with definePlugin`);
    return good;
  });
  const all = [core, ...sound];
  const tokens = all.flatMap((p) => p.tokens);
  const owner = new Map<Token, string>(all.flatMap((p) => p.tokens.map((t) => [t, p.id] as const)));
  const ownerOf = (t: Token) => owner.get(t) ?? "core";

  names(core, sound, report);
  const byName = new Map<string, Token>();
  const claims = new Map<string, string[]>();
  for (const p of all)
    for (const t of p.tokens) {
      claims.set(nameOf(t), [...(claims.get(nameOf(t)) ?? []), p.id].sort());
      byName.set(nameOf(t), t);
    }
  for (const [name, [, ...again]] of claims) {
    const { token, id } = byName.get(name)!;
    for (const by of again) report("DUPLICATE_ID", by, id, `${token} "${id}" is defined twice`);
  }
  const kinds = new Map(tokens.filter((t) => t.token === "kind").map((k) => [k.id, k as AnyKind]));
  for (const t of tokens)
    if (ofAKind.has(t.token) && !kinds.has(t.of))
      report(
        "UNKNOWN_REFERENCE",
        ownerOf(t),
        t.of,
        `"${t.id}" belongs to the kind "${t.of}", which no installed plugin brings`,
      );
  for (const kind of kinds.values()) {
    for (const f of findings(kind, tokens)) report(f.code, ownerOf(f.token), f.subject, f.message);
    for (const t of tokens)
      if (t.token === "event" && t.of === kind.id && (t as EventToken)["~def"].evolve && ownerOf(t) !== ownerOf(kind))
        report("FOREIGN_EVOLVE", ownerOf(t), t.id, `"${t.id}" may not rewrite the fields of "${kind.id}": use a slot`);
  }
  reactions(tokens, kinds, byName, ownerOf, report);
  for (const p of all) for (const m of missingLabels(p)) report("MISSING_LABEL", p.id, m.subject, m.message);
  const key = (d: Diagnostic) => `${d.subject} ${d.code} ${d.plugin} ${d.message}`;
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const isToken = (t: unknown): t is Token =>
  (typeof t === "object" || typeof t === "function") &&
  t !== null &&
  ["token", "of", "id"].every((part) => typeof (t as Record<string, unknown>)[part] === "string") &&
  typeof (t as { "~def"?: unknown })["~def"] === "object";

/** Languages, their parts, and the words, which are looked up and not walked: each an object, and never a long text. */
const isBook = (labels: unknown, deep: number): boolean =>
  typeof labels === "object" &&
  labels !== null &&
  !Array.isArray(labels) &&
  (deep === 1 || Object.values(labels).every((inner) => isBook(inner, deep - 1)));

type Report = (code: DiagnosticCode, plugin: string, subject: string, message: string) => void;

function names(core: Plugin, plugins: readonly Plugin[], report: Report): void {
  const installed = new Set([core, ...plugins].map((p) => p.id));
  const seen = new Set<string>();
  for (const p of plugins) {
    if (seen.has(p.id)) report("DUPLICATE_PLUGIN", p.id, p.id, `plugin "${p.id}" is installed twice`);
    seen.add(p.id);
    if ((reservedWords as readonly string[]).includes(p.id))
      report("RESERVED_WORD", p.id, p.id, `"${p.id}" is a word of the core`);
    if (p.id === "" || p.id.includes("."))
      report("UNOWNED_ID", p.id, p.id, "the id of a plugin has no dot and is not empty");
    for (const r of p.requires)
      if (!installed.has(r)) report("MISSING_REQUIREMENT", p.id, r, `plugin "${p.id}" needs "${r}"`);
    for (const t of p.tokens)
      if (!t.id.startsWith(`${p.id}.`) && !(t.token === "slot" && t.id === p.id))
        report("UNOWNED_ID", p.id, t.id, `"${t.id}" must begin with "${p.id}."`);
  }
}

/** Reactions may only name what is installed, may only send what the system is granted, and may not run in a circle. */
function reactions(
  tokens: readonly Token[],
  kinds: ReadonlyMap<string, AnyKind>,
  byName: ReadonlyMap<string, Token>,
  ownerOf: (t: Token) => string,
  report: Report,
): void {
  const builtIn = new Set<string>([...kinds.values()].flatMap((k) => ownEvents(k).map((e) => e.id)));
  const all = tokens.filter((t) => t.token === "reaction") as Reaction[];
  const causes = new Map<string, Set<string>>();
  for (const r of all) {
    const { on, sends } = r["~def"];
    const known = (t: Token) => byName.has(nameOf(t)) || (t.token === "event" && builtIn.has(t.id));
    for (const t of [on, ...sends])
      if (!known(t))
        report(
          "UNKNOWN_REFERENCE",
          ownerOf(r),
          t.id,
          `"${r.id}" names the ${t.token} "${t.id}", which no installed plugin defines`,
        );
    for (const sent of sends) {
      const caused = causes.get(on.id) ?? new Set<string>();
      for (const id of says(sent)) caused.add(id);
      causes.set(on.id, caused);
      if (!systemMay(tokens, sent))
        report("NOBODY_MAY", ownerOf(r), sent.id, `"${r.id}" sends "${sent.id}", which no permit grants to the system`);
    }
  }
  const chain = circle(causes);
  if (chain === undefined) return;
  const first = all
    .filter((r) => r["~def"].on.id === chain[0])
    .map((r) => ownerOf(r))
    .sort()[0]!;
  report("REACTION_CYCLE", first, chain[0]!, `reactions run in a circle: ${chain.join(" → ")}`);
}

/** What an order can cause to be said: the opening, or what the transition emits. What lapses on the way is bounded: each deadline lapses so often. */
const says = (sent: Token): readonly string[] =>
  sent.token === "kind"
    ? [`${sent.id}.opened`]
    : [...(sent as Transition)["~def"].emits.map((e) => e.id), `${sent.of}.moved`];

function systemMay(tokens: readonly Token[], sent: Token): boolean {
  const kind = sent.token === "kind" ? sent.id : sent.of;
  return (tokens.filter((t) => t.token === "permit" && t.of === kind) as Permit[]).some(({ "~def": p }) => {
    if (p.actors?.includes("system") === false || p.roles !== undefined || p.own === true) return false;
    return sent.token === "kind" ? p.opens === true : p.commands.some((c) => c.id === sent.id);
  });
}
