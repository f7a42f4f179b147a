import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";

/**
 * The normal quantile: the z below which a share `p` of a standard normal distribution lies. AS 241 (Wichura 1988,
 * PPND16), good to about 1e-16 relative. Throws `INVALID_OPTIONS` unless 0 < p < 1.
 *
 * @example
 * ```ts
 * import { normalQuantile } from "clientele";
 *
 * normalQuantile(0.975).toFixed(6); // => "1.959964"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function normalQuantile(p: number): number {
  return guarded("INVALID_OPTIONS", "normalQuantile", () => {
    if (!(p > 0 && p < 1))
      throw new ClienteleError("INVALID_OPTIONS", `a share above 0 and below 1 is needed, found ${p}`);
    const q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      const r = 0.180625 - q * q;
      return (q * polynomial(central, r)) / polynomial(centralUnder, r);
    }
    const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
    const z =
      r <= 5
        ? polynomial(middle, r - 1.6) / polynomial(middleUnder, r - 1.6)
        : polynomial(tail, r - 5) / polynomial(tailUnder, r - 5);
    return q < 0 ? -z : z;
  });
}

/** The z of a two-sided confidence level: 0.95 gives 1.96. A level of 0 or below would turn an interval inside out. */
export function zOf(confidence: number): number {
  return guarded("INVALID_OPTIONS", "zOf", () => {
    if (confidence === 0.95) return z95;
    if (!(confidence > 0 && confidence < 1))
      throw new ClienteleError("INVALID_OPTIONS", `a confidence above 0 and below 1 is needed, found ${confidence}`);
    return normalQuantile(0.5 + confidence / 2);
  });
}
/** Nearly everybody asks for it, a thousand times for a thousand groups. */
const z95 = 1.959963984540054;

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0);

const central = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const centralUnder = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const middle = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const middleUnder = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const tail = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const tailUnder = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
