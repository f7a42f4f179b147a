import { ClienteleError } from "./errors.js";

/**
 * A number drawn by lot, uniform in [0, 1) with 53 bits: the same for the same seed and labels, on every machine and
 * for ever, and unrelated for any others. There is no state to advance: labels name the draw. They cannot run into
 * each other (`"a", "bc"` is another draw than `"ab", "c"`), and `1` is another label than `"1"`. Good for samples,
 * jitter and simulations; no secret: who knows the seed knows the draw.
 *
 * The hash is cyrb53 by bryc (public domain, https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js):
 * two multiplicative lanes over the UTF-16 code units, mixed by the finaliser of MurmurHash3.
 *
 * @example
 * ```ts
 * import { chance } from "clientele";
 *
 * chance("2025-spring", "survey", 17) === chance("2025-spring", "survey", 17); // => true
 * chance("2025-spring", "a", "bc") === chance("2025-spring", "ab", "c"); // => false
 * ```
 */
export function chance(seed: string, ...labels: readonly (string | number)[]): number {
  return draw(seed, labels);
}

/**
 * A whole number from 0 to `max - 1` drawn by lot: `chance` cut into `max` parts, whose sizes differ by less than
 * `max / 2^53` of a part. `max` is an integer from 1 to 2^32; for others a `ClienteleError` with code
 * `INVALID_OPTIONS` is thrown.
 *
 * @example
 * ```ts
 * import { chanceInteger } from "clientele";
 *
 * chanceInteger(1, "seed", "only one way"); // => 0
 * chanceInteger(0, "seed"); // => throws INVALID_OPTIONS
 * ```
 */
export function chanceInteger(max: number, seed: string, ...labels: readonly (string | number)[]): number {
  if (!Number.isInteger(max) || max < 1 || max > 2 ** 32)
    throw new ClienteleError("INVALID_OPTIONS", "max must be an integer from 1 to 2^32");
  return Math.floor(draw(seed, labels) * max);
}

function draw(seed: string, labels: readonly (string | number)[]): number {
  // Kind and length before each part make the whole readable in one way only.
  if (typeof seed !== "string" || !labels.every((label) => typeof label === "string" || typeof label === "number"))
    throw new ClienteleError("INVALID_OPTIONS", "the seed is a text; labels are texts and numbers");
  let text = `s${seed.length}:${seed}`;
  for (const label of labels) text += typeof label === "number" ? `n${label};` : `s${label.length}:${label}`;
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ unit, 2654435761);
    h2 = Math.imul(h2 ^ unit, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507);
  h1 ^= Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507);
  h2 ^= Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return (2 ** 32 * (h2 & 0x1fffff) + (h1 >>> 0)) / 2 ** 53;
}
