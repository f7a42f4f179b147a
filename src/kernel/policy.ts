import { ClienteleError, hasCode } from "./errors.js";
import { guarded } from "./guarded.js";
import { hashOf } from "./hash.js";
import type { Instant } from "./instant.js";
import { isInstant } from "./instant.js";
import { type Issue, type Result, refuse } from "./result.js";
import { type $ZodType, parse } from "./schema.js";
import type { Token } from "./token.js";

/** Configuration as a record of data: one version of one policy. It never changes; a new wish is a new version. */
export interface Policy<Kind extends string = string, Body = unknown> {
  readonly kind: Kind;
  readonly id: string;
  readonly version: number;
  /** From when it is in force. */
  readonly from: Instant;
  readonly body: Body;
  /** SHA-256 over kind, revision of the kind, id, version, from and body, as canonical JSON. */
  readonly hash: string;
}

/** Every version of the policies of one tenant. */
export interface PolicyBook {
  /** The newest version of a kind of policy, or of one policy of that kind, that is in force at an instant. */
  readonly inForce: (kind: string, at: Instant, id?: string) => Policy | undefined;
  readonly byHash: (hash: string) => Policy | undefined;
  /** The first instant after another at which a version of a kind comes in force. */
  readonly nextChange?: (kind: string, after: Instant) => Instant | undefined;
  /** What the data of a policy is made into, once for as long as the book lives: a calendar. */
  readonly made?: (policy: Policy) => unknown;
}

/** A token that a policy's data names. */
export interface Reference {
  readonly token: string;
  readonly of: string;
  /** The id of the token; as `id@revision` also its revision. */
  readonly id: string;
  /** The arguments that the policy gives it, checked by the token's own schema. */
  readonly args?: unknown;
}

/** A kind of policy: the schema of its data and the builder of its versions. */
export interface PolicyKind<Id extends string = string, Body = any, In = any> extends Token<"policy", "policy", Id> {
  readonly revision: number;
  /** Makes a version. Throws `INVALID_POLICY` when the data does not fit: use it for policies written in code. */
  readonly version: (def: {
    readonly id: string;
    readonly version: number;
    readonly from: Instant;
    readonly body: In;
  }) => Policy<Id, Body>;
  readonly "~types"?: { readonly body: Body; readonly in: In };
  readonly "~def": {
    readonly body: $ZodType;
    readonly names: ((body: never) => readonly Reference[]) | undefined;
    readonly policies: ((body: never) => readonly PolicyReference[]) | undefined;
    readonly moves: boolean;
  };
}

/** Another policy that a policy's data names: some version of it must be in the book before it is adopted. */
export interface PolicyReference {
  readonly kind: string;
  readonly id: string;
}

/**
 * Defines a kind of policy. `names` lists the tokens that a policy's data refers to, so that adopting a policy that
 * names something unknown (`UNKNOWN_REFERENCE`) or of another revision (`OTHER_REVISION`), or gives it arguments that do
 * not fit (`INVALID_INPUT`), is refused.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { policyKind } from "clientele";
 *
 * const greeting = policyKind("acme.greeting", { revision: 1, body: z.object({ words: z.string() }) });
 * const policy = greeting.version({ id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z", body: { words: "Hello" } });
 * policy.body.words; // => "Hello"
 * policy.hash.length; // => 64
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function policyKind<const Id extends string, Body, In = Body>(
  id: Id,
  def: {
    readonly revision: number;
    readonly body: $ZodType<Body, In>;
    readonly names?: (body: NoInfer<Body>) => readonly Reference[];
    /** Other policies that the data names by id. */
    readonly policies?: (body: NoInfer<Body>) => readonly PolicyReference[];
    /** Whether another version may move when records wake: adopting one then rebuilds the wake-up index. */
    readonly moves?: boolean;
  },
): PolicyKind<Id, Body, In> {
  const {
    revision,
    body,
    names,
    policies,
    moves = false,
  } = guarded("INVALID_COMPOSITION", "policyKind", () => ({ ...def }));
  const kind: PolicyKind<Id, Body, In> = {
    token: "policy",
    of: "policy",
    id,
    revision,
    version: (written) =>
      guarded("INVALID_POLICY", "version", () => {
        const { id: name, version, from, body: data } = written;
        const made = readPolicy(kind, { kind: id, id: name, version, from, body: data });
        if (made.ok) return made.value as Policy<Id, Body>;
        throw new ClienteleError("INVALID_POLICY", `"${id}": ${made.error.map(told).join("; ")}`, made.error);
      }),
    "~def": { body, names: names as never, policies: policies as never, moves },
  };
  return kind;
}

const told = (issue: Issue): string => (issue.path === "" ? issue.message : `${issue.path}: ${issue.message}`);

/** Reads stored or submitted data as a version of this kind; the hash is computed, and compared where one is given. */
export function readPolicy(kind: PolicyKind, value: unknown): Result<Policy, readonly Issue[]> {
  try {
    return read(kind, value);
  } catch (thrown) {
    const message = hasCode(thrown, "NOT_JSON")
      ? (thrown as ClienteleError).message
      : "data that can be read is needed";
    return { ok: false, error: [{ path: "body", code: "custom", message }] };
  }
}

function read(kind: PolicyKind, value: unknown): Result<Policy, readonly Issue[]> {
  const v = (typeof value === "object" && value !== null ? value : {}) as Partial<Policy>;
  const issues: Issue[] = [];
  const wrong = (path: string, message: string) => issues.push({ path, code: "custom", message });
  if (v.kind !== kind.id) wrong("kind", `expected "${kind.id}"`);
  if (typeof v.id !== "string" || !/^[\w.-]{1,100}$/.test(v.id))
    wrong("id", "1 to 100 of A-Z a-z 0-9 _ - . are needed");
  if (!Number.isSafeInteger(v.version) || (v.version as number) < 1)
    wrong("version", "a whole number from 1 is needed");
  if (!isInstant(v.from)) wrong("from", "an instant is needed");
  const body = parse(kind["~def"].body, v.body);
  if (!body.ok) issues.push(...body.error.map((i) => ({ ...i, path: i.path === "" ? "body" : `body.${i.path}` })));
  if (!body.ok || issues.length > 0) return { ok: false, error: issues };
  const named = { kind: kind.id, id: v.id!, version: v.version!, from: v.from!, body: body.value };
  const hash = hashOf({ ...named, revision: kind.revision });
  if (v.hash !== undefined && v.hash !== hash) {
    wrong("hash", "does not fit the data");
    return { ok: false, error: issues };
  }
  return { ok: true, value: { ...named, hash } };
}

/** A policy that nobody has is a refusal that names its kind. */
export function policyInForce(book: PolicyBook, kind: string, at: Instant): Result<Policy> {
  const policy = guarded("INVALID_OPTIONS", "policyInForce", () => book.inForce(kind, at));
  return policy === undefined ? refuse({ code: "NO_POLICY", subject: kind }) : { ok: true, value: policy };
}
