import { ClienteleError } from "./errors.js";
import { guarded } from "./guarded.js";

/** One reason for a "no". `message` is for developers; people read the label that is found by `code`. */
export interface Denial<Code extends string = string> {
  readonly code: Code;
  readonly message?: string;
}

/** What a check answers: `true`, or the reason why not. */
export type Verdict = true | Denial;

/** One thing wrong with an input: where, what kind of wrong, and in words what was found and what is allowed. */
export interface Issue {
  /** Dotted path into the input; empty for the input itself. */
  readonly path: string;
  /** zod's issue code (`invalid_type`, `too_small`, …). */
  readonly code: string;
  readonly message: string;
}

/** Who may give a command: one line for each permit that grants it. */
export interface Grantee {
  readonly permit: string;
  readonly actors: readonly string[] | "anyone";
  readonly roles: readonly string[] | "any";
  readonly own: boolean;
}

/** Codes whose only detail is the thing they speak of. */
export type SubjectCode =
  | "ALREADY_EXISTS"
  | "BACKDATED"
  | "BEYOND_HORIZON"
  | "COMMAND_REUSED"
  | "CONFLICT"
  | "INVALID_EVENT"
  | "INVALID_RECORD"
  | "IN_THE_FUTURE"
  | "MONEY_OVERFLOW"
  | "NOTHING_TO_RETURN_TO"
  | "NOT_FOUND"
  | "NOT_OPENED"
  | "NO_POLICY"
  | "OTHER_REVISION"
  | "OUT_OF_ORDER"
  | "TIMELINE_NEEDED"
  | "UNKNOWN_KIND"
  | "UNKNOWN_POLICY"
  | "UNKNOWN_REFERENCE"
  | "UNKNOWN_SLOT"
  | "UNKNOWN_STATE"
  | "VERSION_TAKEN";

/**
 * Why something was not done. A value, never thrown: whatever a user, a stored record or the data of a plugin can
 * cause ends here, with a stable `code` and every reason at once.
 */
export type Refusal =
  | { readonly code: "INVALID_INPUT"; readonly issues: readonly Issue[] }
  | { readonly code: "INVALID_CONTEXT"; readonly issues: readonly Issue[] }
  | { readonly code: "NOT_PERMITTED"; readonly command: string; readonly may: readonly Grantee[] }
  | {
      readonly code: "WRONG_STATE";
      readonly kind: string;
      readonly state: string;
      readonly command: string;
      readonly accepts: readonly string[];
    }
  | { readonly code: "DENIED"; readonly denials: readonly Denial[] }
  | { readonly code: "UNKNOWN_COMMAND"; readonly subject: string; readonly known: readonly string[] }
  | { readonly code: "PLUGIN_FAULT"; readonly token: string; readonly detail: string }
  | { readonly code: "REACTION_REFUSED"; readonly reaction: string; readonly because: Refusal }
  | { readonly code: "CURRENCY_MISMATCH"; readonly currencies: readonly [string, string] }
  | { readonly code: SubjectCode; readonly subject: string };

/** An answer that may be a "no". Plain objects, so that it can be stored and sent as it is. */
export type Result<T, E = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/**
 * A "yes" with its value.
 *
 * @example
 * ```ts
 * import { ok } from "clientele";
 *
 * ok(3); // => { ok: true, value: 3 }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/**
 * A "no" with its refusal.
 *
 * @example
 * ```ts
 * import { refuse } from "clientele";
 *
 * refuse({ code: "NOT_FOUND", subject: "c1" }); // => { ok: false, error: { code: "NOT_FOUND", subject: "c1" } }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function refuse<const E extends Refusal>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/**
 * The reason a guard gives for its "no". A plugin's codes begin with its id: `legal.NOT_CRITICAL`.
 *
 * @example
 * ```ts
 * import { deny } from "clientele";
 *
 * deny("legal.NOT_CRITICAL"); // => { code: "legal.NOT_CRITICAL" }
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function deny<const Code extends string>(code: Code, message?: string): Denial<Code> {
  return message === undefined ? { code } : { code, message };
}

/**
 * The value of an answer, where a "no" would be a mistake of the program. Throws a `ClienteleError` with code
 * `REFUSED`, and the refusal as `details`.
 *
 * @example
 * ```ts
 * import { ok, refuse, unwrap } from "clientele";
 *
 * unwrap(ok(3)); // => 3
 * unwrap(refuse({ code: "NOT_FOUND", subject: "c1" })); // => throws REFUSED
 * ```
 */
export function unwrap<T>(result: Result<T>): T {
  return guarded("INVALID_OPTIONS", "unwrap", () => {
    if (result.ok) return result.value;
    throw new ClienteleError("REFUSED", `refused: ${JSON.stringify(result.error)}`, result.error);
  });
}
