import { ClienteleError } from "./errors.js";
import type { Stream } from "./event.js";
import { sha256 } from "./sha256.js";

/** The id of an event: tenant, kind, record and version, so that saying it again is saying the same. */
export const eventId = (tenant: string, stream: Stream, version: number): string =>
  `${tenant}/${stream.kind}/${stream.id}/${version}`;

/**
 * An id for what follows from something else: the same cause, the same id, so that a retry repeats nothing. It begins
 * with the tenant; the rest is hashed, because ids derived from derived ids would grow.
 *
 * @example
 * ```ts
 * import { derivedId } from "clientele";
 *
 * derivedId("main", "main/complaint/c1/3", "capa.learn", 0) === derivedId("main", "main/complaint/c1/3", "capa.learn", 0); // => true
 * derivedId("main", "a").startsWith("main/"); // => true
 * ```
 */
export function derivedId(tenant: string, ...parts: readonly (string | number)[]): string {
  if (typeof tenant !== "string" || !parts.every((part) => typeof part === "string" || typeof part === "number"))
    throw new ClienteleError("INVALID_OPTIONS", "the tenant is a text; parts are texts and numbers");
  return `${tenant}/${sha256(JSON.stringify(parts)).slice(0, 32)}`;
}
