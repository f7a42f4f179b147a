/** The codes of broken promises: a bad composition or a faulty adapter. What a user can cause is a `Refusal` instead. */
export type ErrorCode =
  | "BEYOND_HORIZON"
  | "CONFLICT"
  | "EMPTY_WEEK"
  | "INVALID_CALENDAR"
  | "INVALID_COMPOSITION"
  | "INVALID_DURATION"
  | "INVALID_INSTANT"
  | "INVALID_OPTIONS"
  | "INVALID_POLICY"
  | "INVALID_TENANT"
  | "NOT_JSON"
  | "NO_WORKING_TIME"
  | "OVERLAPPING_WINDOWS"
  | "REFUSED"
  | "UNIT_OVER"
  | "UNKNOWN_ZONE"
  | "UNREADABLE"
  | "USE_ADD_DAYS"
  | "WRONG_ORDER"
  | "ZERO_LENGTH";

/**
 * Thrown when a promise is broken: a composition that cannot run, an adapter that does not keep its contract.
 * Recognise it with `hasCode`, never with `instanceof`: two copies of this package may meet in one process.
 *
 * @example
 * ```ts
 * import { ClienteleError, hasCode } from "clientele";
 *
 * const error = new ClienteleError("UNKNOWN_ZONE", 'no time zone is called "Mars/Base"');
 * hasCode(error, "UNKNOWN_ZONE"); // => true
 * ```
 */
export class ClienteleError extends Error {
  override readonly name = "ClienteleError";
  constructor(
    /** Stable: programs branch on it. */
    readonly code: ErrorCode,
    message: string,
    /** What belongs to the code: diagnostics of a composition, the refusal that was unwrapped. */
    readonly details?: unknown,
  ) {
    super(typeof message === "string" ? message : typeof message);
  }
}

/**
 * Whether something thrown carries this code, whichever copy of the package threw it.
 *
 * @example
 * ```ts
 * import { hasCode } from "clientele";
 *
 * hasCode({ code: "CONFLICT" }, "CONFLICT"); // => true
 * hasCode(new Error("else"), "CONFLICT"); // => false
 * ```
 */
export function hasCode(error: unknown, code: ErrorCode): boolean {
  try {
    return typeof error === "object" && error !== null && (error as { code?: unknown }).code === code;
  } catch {
    // What throws when it is asked for its code has none.
    return false;
  }
}
