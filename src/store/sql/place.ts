import { sha256 } from "../../kernel/sha256.js";
import type { Scalar } from "../../ports/store.js";

// Databases order texts by their bytes in UTF-8, which is the order of code points. The order that everything else here
// goes by is that of UTF-16 code units; the two differ where surrogates stand below U+E000 to U+FFFF. So those are moved
// behind the last code point, and the bytes of what is stored are then in the right order.

const last = "\u{10ffff}";
const high = /[\ue000-\uffff]|\u{10ffff}/gu;
const moved = /\u{10ffff}([\s\S])/gu;

/** A text as it is stored where its order counts: itself, but for characters from U+E000 on. */
export const placed = (text: string): string =>
  text.replace(high, (found) => (found === last ? `${last}\u0001` : last + found));

/** The text that was placed. */
export const unplaced = (text: string): string =>
  text.replace(moved, (_, found) => (found === "\u0001" ? last : found));

/** A scalar as a text in whose order `null` comes first, then false and true, numbers by value, and texts. */
export function keyOf(value: Scalar): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "1t" : "1f";
  return typeof value === "number" ? `2${sortable(value)}` : `3${placed(value.length > most ? cut(value) : value)}`;
}

/** As much of a text as an index can hold; what is longer is told apart, but no more put in order, by what follows. */
const most = 500;
const cut = (text: string): string => text.slice(0, most).replace(/\p{Surrogate}$/u, "") + sha256(text);

const bits = new DataView(new ArrayBuffer(8));

/** The sixteen digits of a number's bits, turned so that they are in the order of the numbers. */
function sortable(value: number): string {
  bits.setFloat64(0, value === 0 ? 0 : value);
  const [upper, lower] = [bits.getUint32(0), bits.getUint32(4)];
  const negative = upper >= 0x8000_0000;
  const hex = (word: number) => (word >>> 0).toString(16).padStart(8, "0");
  return negative ? hex(~upper) + hex(~lower) : hex(upper ^ 0x8000_0000) + hex(lower);
}
