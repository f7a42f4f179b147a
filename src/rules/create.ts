import type { Context } from "../kernel/context.js";
import { ClienteleError } from "../kernel/errors.js";
import type { Event } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import { type Policy, type PolicyKind, type Reference, readPolicy } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import { type Refusal, type Result, refuse } from "../kernel/result.js";
import { type $ZodType, parse, preview } from "../kernel/schema.js";
import type { Token } from "../kernel/token.js";
import type { AnyKind } from "../lifecycle/compile.js";
import { contained } from "../lifecycle/fault.js";
import { type Doors, lifeOf } from "../lifecycle/life.js";
import type { Reaction } from "../lifecycle/reaction.js";
import type { RecordKind } from "../lifecycle/record-kind.js";
import { type Diagnostic, problems } from "../plugin/diagnose.js";
import type { Plugin } from "../plugin/plugin.js";
import { corePlugin } from "./core.js";
import type { CommandOf, DraftOf, EventOf, KindId, OpenInputOf, RecordOf, Sound, TokensOf } from "./infer.js";
import { type Reacted, react } from "./react.js";

export type DoorsOf<T, K extends string> = Doors<RecordOf<T, K>, CommandOf<T, K>, DraftOf<T, K>, OpenInputOf<T, K>>;

/**
 * A composition: the core and the plugins, verified, as pure rules. Rules of one composition are never rules of another:
 * commands go in and records come out. Saying so (`in out`) spares the compiler from finding it out at length; code for
 * any composition takes `ServiceRules<any>`, or `<P extends readonly Plugin[]>`.
 */
export interface ServiceRules<in out P extends readonly Plugin[] = readonly []> {
  readonly customers: DoorsOf<TokensOf<P>, "customer">;
  readonly grading: DoorsOf<TokensOf<P>, "grading">;
  readonly complaints: DoorsOf<TokensOf<P>, "complaint">;
  readonly correctiveActions: DoorsOf<TokensOf<P>, "corrective-action">;
  readonly satisfaction: DoorsOf<TokensOf<P>, "satisfaction">;
  readonly followUps: DoorsOf<TokensOf<P>, "follow-up">;
  /** The same doors for any kind, plugins' too. Throws `INVALID_COMPOSITION` for a kind that is not installed. */
  readonly of: <K extends KindId<TokensOf<P>>>(kind: RecordKind<K, any, any>) => DoorsOf<TokensOf<P>, K>;
  /** The doors of a kind by its id, for code that handles any kind. */
  readonly doors: (kind: string) => Doors | undefined;
  /** The ids of all kinds, sorted. */
  readonly kinds: readonly string[];
  /** What follows from an event: orders for the same unit of work, those of each reaction under its id. */
  readonly react: (event: Event, record: AnyRecord, context: Context) => Result<readonly Reacted[]>;
  /**
   * Reads data as a policy of an installed kind, and checks the tokens it names with their revisions and arguments. What
   * is `stored` was adopted once: it stays in the book, and what it names is asked where it is used.
   */
  readonly readPolicy: (value: unknown, stored?: boolean) => Result<Policy>;
  /** A token of the composition by what it is and its id. */
  readonly installed: (token: string, id: string) => Token | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly tokens: readonly Token[];
  readonly "~plugins"?: P;
}

type PluginsOf<S> = S extends { readonly "~plugins"?: infer P extends readonly Plugin[] } ? P : never;
/** The record of a kind in a composition, as it is stored. */
export type InferRecord<S, K extends KindId<TokensOf<PluginsOf<S>>>> = RecordOf<TokensOf<PluginsOf<S>>, K>;
/** The commands of a kind in a composition. */
export type InferCommand<S, K extends KindId<TokensOf<PluginsOf<S>>>> = CommandOf<TokensOf<PluginsOf<S>>, K>;
/** The events of a kind in a composition. */
export type InferEvent<S, K extends KindId<TokensOf<PluginsOf<S>>>> = EventOf<TokensOf<PluginsOf<S>>, K>;

/**
 * Puts the core and plugins together. Throws a `ClienteleError` with code `INVALID_COMPOSITION`, and every diagnostic
 * as `details`, when anything about the composition is wrong; nothing of it is found only when it runs.
 *
 * @example
 * ```ts
 * import { createServiceRules, policyBook, unwrap } from "clientele";
 *
 * const rules = createServiceRules();
 * const context = {
 *   now: "2026-01-01T09:00:00.000Z", zone: "UTC", seed: "", book: policyBook([]),
 *   actor: { kind: "staff", id: "ann" } as const,
 * };
 * const input = { customerId: "c-7", summary: "The fridge does not cool" };
 * const opened = unwrap(rules.complaints.open({ id: "1", input }, context)).next;
 * opened.state; // => "received"
 * const { next, events } = unwrap(rules.complaints.decide(opened, { type: "acknowledge" }, context));
 * next.state; // => "acknowledged"
 * events.map((e) => e.type); // => ["complaint.acknowledged"]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function createServiceRules<const P extends readonly Plugin[] = readonly []>(
  options: { readonly plugins?: Sound<P> } = {},
): ServiceRules<P> {
  return guarded(invalid, "createServiceRules", () => composed(options));
}

const invalid = "INVALID_COMPOSITION";

function composed<P extends readonly Plugin[]>(options: { readonly plugins?: Sound<P> }): ServiceRules<P> {
  const plugins = (options.plugins ?? []) as unknown as readonly Plugin[];
  if (!Array.isArray(plugins)) throw new ClienteleError(invalid, "plugins must be a list");
  const diagnostics = problems(corePlugin, plugins);
  const errors = diagnostics.filter((d) => d.severity === "error");
  if (errors.length > 0)
    throw new ClienteleError(invalid, errors.map((d) => `${d.code}: ${d.message}`).join("\n"), diagnostics);
  const tokens: readonly Token[] = [corePlugin, ...plugins].flatMap((p) => p.tokens);
  const named = <T extends Token>(name: T["token"]) =>
    tokens.filter((t) => t.token === name) as unknown as readonly T[];
  const lives = new Map(named<AnyKind>("kind").map((kind) => [kind.id, lifeOf(kind, tokens)]));
  const reactions = [...named<Reaction>("reaction")].sort((a, b) => (a.id < b.id ? -1 : 1));
  const policyKinds = new Map(named<PolicyKind>("policy").map((p) => [p.id, p]));
  const byName = new Map(
    tokens.flatMap((t) => [
      [`${t.token} ${t.id}`, t],
      [`${t.token} ${t.of} ${t.id}`, t],
    ]),
  );
  return {
    customers: lives.get("customer") as never,
    grading: lives.get("grading") as never,
    complaints: lives.get("complaint") as never,
    correctiveActions: lives.get("corrective-action") as never,
    satisfaction: lives.get("satisfaction") as never,
    followUps: lives.get("follow-up") as never,
    of: (kind) =>
      guarded(invalid, "of", () => {
        const doors = lives.get(kind?.id);
        if (doors === undefined)
          throw new ClienteleError(invalid, `no installed plugin brings the kind ${preview(kind?.id)}`);
        return doors as never;
      }),
    doors: (kind) => lives.get(kind),
    kinds: [...lives.keys()].sort(),
    react: (event, record, context) => react(reactions, event, record, context),
    readPolicy: (value, stored = false) =>
      contained("policy", () => {
        const named = (value as Policy | null | undefined)?.kind as string;
        const kind = policyKinds.get(named);
        if (kind === undefined) return refuse({ code: "UNKNOWN_POLICY", subject: preview(named) });
        const read = readPolicy(kind, value);
        if (!read.ok) return refuse({ code: "INVALID_INPUT", issues: read.error });
        if (stored) return read;
        const wrong = kind["~def"]
          .names?.(read.value.body as never)
          .map((one) => misnamed(one, byName))
          .find((w) => w);
        return wrong === undefined ? read : refuse(wrong);
      }),
    installed: (token, id) => guarded(invalid, "installed", () => byName.get(`${token} ${id}`)),
    diagnostics,
    tokens,
  };
}

/** What is wrong with how a policy names a token. */
function misnamed({ token, of, id, args }: Reference, byName: ReadonlyMap<string, Token>): Refusal | undefined {
  const [bare, revision] = id.split("@");
  const found = byName.get(`${token} ${of} ${bare}`) as Named | undefined;
  if (found === undefined) return { code: "UNKNOWN_REFERENCE", subject: `${token} ${of}/${id}` };
  if (revision !== undefined && Number(revision) !== found.revision) return { code: "OTHER_REVISION", subject: id };
  const schema = args === undefined ? undefined : found["~def"]?.args;
  const read = schema === undefined ? undefined : parse(schema, args);
  return read === undefined || read.ok ? undefined : { code: "INVALID_INPUT", issues: read.error };
}
type Named = Token & { readonly revision?: number; readonly "~def"?: { readonly args?: $ZodType } };
