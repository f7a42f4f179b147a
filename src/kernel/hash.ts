import { canonical } from "./canonical.js";
import { sha256 } from "./sha256.js";

/**
 * The content hash of a value: SHA-256 of its canonical JSON, so the order in which keys were written does not show.
 * Throws a `ClienteleError` with code `NOT_JSON` where `canonical` does.
 *
 * @example
 * ```ts
 * import { hashOf } from "clientele";
 *
 * hashOf({ a: 1, b: 2 }) === hashOf({ b: 2, a: 1 }); // => true
 * hashOf({}); // => "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
 * ```
 */
export function hashOf(value: unknown): string {
  return sha256(canonical(value));
}
