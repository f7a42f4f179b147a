import { ClienteleError, type ErrorCode } from "./errors.js";

/**
 * Runs a door that answers no `Result`. Arguments that no type would let through (no object where one is needed, a
 * proxy that throws) are the program's mistake: whatever else they make the work throw becomes an error with a code.
 */
export function guarded<T>(code: ErrorCode, door: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw coded(code, door, thrown);
  }
}

/** What was thrown as an error with a code: for doors that are called so often that a function more would be felt. */
export function coded(code: ErrorCode, door: string, thrown: unknown): unknown {
  try {
    // By identity of the class: a hostile getter may throw a look-alike, and the own errors of one door are of one copy.
    if (thrown instanceof ClienteleError) return thrown;
  } catch {
    // A proxy that was thrown may throw again when it is asked for its class.
  }
  return new ClienteleError(code, `${door}: ${told(thrown)}`);
}

/** What was thrown, as a text. */
export function told(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : String(error);
  } catch {
    return "something unreadable";
  }
}
