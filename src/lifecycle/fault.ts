import { type ClienteleError, hasCode } from "../kernel/errors.js";
import { told } from "../kernel/guarded.js";
import { type Refusal, type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";

/** An exception of somebody's token on its way to the door. */
class Fault {
  // Asking for it runs nothing of what was thrown, which may be a proxy that throws; nor can it be forged.
  readonly #ours = true;
  constructor(
    readonly blamed: string,
    readonly error: unknown,
  ) {}
  static is(thrown: unknown): thrown is Fault {
    return typeof thrown === "object" && thrown !== null && #ours in thrown;
  }
}

/** Runs code of a token; what it throws is remembered together with whom to blame. */
export function blaming<A, T>(token: string, work: (args: A) => T, args: A): T {
  try {
    return work(args);
  } catch (error) {
    throw Fault.is(error) ? error : new Fault(token, error);
  }
}

/** For what a token did wrong without throwing. */
export const fault = (token: string, detail: string): Fault => new Fault(token, new TypeError(detail));

/** What a token answered, where only a plain object will do: a promise or a text must not pass for one without fields. */
export function plain(token: string, value: unknown): object {
  if (typeof value === "object" && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    // The root of another realm has no parent either.
    if (prototype === null || Object.getPrototypeOf(prototype) === null) return value;
  }
  throw fault(token, `a plain object is needed, found ${preview(value)}`);
}

/** What the library's own code refuses on its way to the door: a policy that is missing, a time beyond all calendars. */
function refusalIn(thrown: unknown): Refusal | undefined {
  if (hasCode(thrown, "REFUSED")) return (thrown as ClienteleError).details as Refusal;
  if (hasCode(thrown, "BEYOND_HORIZON")) return { code: "BEYOND_HORIZON", subject: (thrown as ClienteleError).message };
  return undefined;
}

/** A door: nothing that plugin code or an ill-behaved object throws gets past it. */
export function contained<T>(fallback: string, work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (thrown) {
    const own = Fault.is(thrown) ? undefined : refusalIn(thrown);
    if (own !== undefined) return refuse(own);
    const { blamed, error } = Fault.is(thrown) ? thrown : { blamed: fallback, error: thrown };
    return refuse({ code: "PLUGIN_FAULT", token: blamed, detail: told(error) });
  }
}
