import { type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";

/** An exception of somebody's token on its way to the door. */
interface Fault {
  readonly blamed: string;
  readonly error: unknown;
}
const isFault = (thrown: unknown): thrown is Fault =>
  typeof thrown === "object" && thrown !== null && "blamed" in thrown;

/** Runs code of a token; what it throws is remembered together with whom to blame. */
export function blaming<A, T>(token: string, work: (args: A) => T, args: A): T {
  try {
    return work(args);
  } catch (error) {
    throw isFault(error) ? error : ({ blamed: token, error } satisfies Fault);
  }
}

/** For what a token did wrong without throwing. */
export const fault = (token: string, detail: string): Fault => ({ blamed: token, error: new TypeError(detail) });

/** What a token answered, where only a plain object will do: a promise or a text must not pass for one without fields. */
export function plain(token: string, value: unknown): object {
  if (typeof value === "object" && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    // The root of another realm has no parent either.
    if (prototype === null || Object.getPrototypeOf(prototype) === null) return value;
  }
  throw fault(token, `a plain object is needed, found ${preview(value)}`);
}

/** A door: nothing that plugin code or an ill-behaved object throws gets past it. */
export function contained<T>(fallback: string, work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (thrown) {
    const { blamed, error } = isFault(thrown) ? thrown : { blamed: fallback, error: thrown };
    return refuse({ code: "PLUGIN_FAULT", token: blamed, detail: told(error) });
  }
}

function told(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "something was thrown that cannot even be shown";
  }
}
