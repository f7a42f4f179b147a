import { ClienteleError } from "../kernel/errors.js";
import { preview } from "../kernel/schema.js";

/** The part of an `AbortSignal` that a batch looks at, between two steps. */
export interface Abort {
  readonly aborted: boolean;
}

const wrong = (message: string): ClienteleError => new ClienteleError("INVALID_OPTIONS", message);

/** Options, read once by name. What cannot be read is the program's mistake, as is what `check` throws. */
export function given<T extends object>(door: string, options: T | undefined, names: readonly (keyof T & string)[]): T {
  if (options === undefined) return {} as T;
  if (typeof options !== "object" || options === null)
    throw wrong(`${door}: an object of options is needed, found ${preview(options)}`);
  try {
    return Object.fromEntries(names.map((name) => [name, options[name]])) as T;
  } catch {
    throw wrong(`${door}: options that can be read are needed`);
  }
}

/** A whole number from 1 on. */
export function whole(name: string, value: unknown, most: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most) return value as number;
  throw wrong(`${name} must be a whole number from 1 to ${most}, found ${preview(value)}`);
}

/** A function, where there is one. */
export function optional<F>(name: string, value: F): F {
  if (value === undefined || typeof value === "function") return value;
  throw wrong(`${name} must be a function, found ${preview(value)}`);
}

/** Whether somebody called it off. */
export function isOff(signal: Abort | undefined): boolean {
  try {
    return signal?.aborted === true;
  } catch {
    throw wrong("a signal that can be read is needed");
  }
}
