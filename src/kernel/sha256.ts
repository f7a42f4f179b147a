import { ClienteleError } from "./errors.js";

/** FIPS 180-4 §4.2.2, §5.3.3: the first 32 bits of the fractional parts of roots of the first primes. */
function fractions(root: (prime: number) => number, count: number): Int32Array {
  const bits = new Int32Array(count);
  for (let prime = 2, n = 0; n < count; prime++) {
    let divisor = 2;
    while (prime % divisor !== 0) divisor++;
    if (divisor === prime) bits[n++] = (root(prime) % 1) * 2 ** 32;
  }
  return bits;
}
// Worked out, not written down: a table of random digits is what compresses worst. Never written to.
const K = /* @__PURE__ */ fractions(Math.cbrt, 64);
const H = /* @__PURE__ */ fractions(Math.sqrt, 8);

/**
 * SHA-256 (FIPS 180-4) of a text in UTF-8, as 64 hexadecimal digits. Synchronous, which the platform's own digest is
 * not. A lone surrogate counts as U+FFFD, as in every encoder of the platform.
 *
 * @example
 * ```ts
 * import { sha256 } from "clientele";
 *
 * sha256("abc"); // => "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
 * ```
 */
export function sha256(text: string): string {
  if (typeof text !== "string") throw new ClienteleError("INVALID_OPTIONS", "a text is needed");
  // The first 64 words are left for the message schedule: an array of its own would cost as much as a short text.
  const words = new Int32Array(64 + Math.ceil((3 * text.length + 9) / 64) * 16);
  const end = padded(text, words);
  const hash = H.slice();
  for (let at = 64; at < end; at += 16) compress(hash, words, at);
  return Array.from(hash, (v) => (v >>> 0).toString(16).padStart(8, "0")).join("");
}

/** §5.1.1: the text in UTF-8, one bit, zeros, and the length in bits as 64 bits, as big-endian words from 64 on. */
function padded(text: string, words: Int32Array): number {
  let n = 256;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) words[n >> 2]! |= unit << (24 - ((n++ & 3) << 3));
    else {
      const code = scalar(text, i);
      if (code >= 0x10000) i++;
      n = encode(words, n, code);
    }
  }
  const size = n - 256;
  const end = 64 + Math.ceil((size + 9) / 64) * 16;
  words[n >> 2]! |= 0x80 << (24 - ((n & 3) << 3));
  words[end - 2] = Math.floor(size / 0x20000000);
  words[end - 1] = size << 3;
  return end;
}

function scalar(text: string, at: number): number {
  const code = text.codePointAt(at)!;
  return code >= 0xd800 && code < 0xe000 ? 0xfffd : code;
}

function encode(words: Int32Array, at: number, code: number): number {
  const length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  // The first byte begins with as many ones as there are bytes; the others with 10.
  for (let k = 0, shift = 6 * (length - 1); k < length; k++, shift -= 6) {
    const byte = k === 0 ? ((0xf00 >> length) & 0xff) | (code >> shift) : 0x80 | ((code >> shift) & 63);
    words[(at + k) >> 2]! |= byte << (24 - (((at + k) & 3) << 3));
  }
  return at + length;
}

/** §6.2.2, with the schedule in the first 64 words. Rotations are written out: called, they are slow until inlined. */
function compress(hash: Int32Array, w: Int32Array, at: number): void {
  for (let i = 0; i < 16; i++) w[i] = w[at + i]!;
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
  }
  let a = hash[0]!;
  let b = hash[1]!;
  let c = hash[2]!;
  let d = hash[3]!;
  let e = hash[4]!;
  let f = hash[5]!;
  let g = hash[6]!;
  let h = hash[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + K[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  hash[0]! += a;
  hash[1]! += b;
  hash[2]! += c;
  hash[3]! += d;
  hash[4]! += e;
  hash[5]! += f;
  hash[6]! += g;
  hash[7]! += h;
}
