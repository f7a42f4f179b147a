import type { Contribution, Metric, Money, Score } from "clientele";
import type { Words } from "../broken-promises/words.js";

export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
export const percent = (part: number, whole: number): string => (whole === 0 ? "-" : ((100 * part) / whole).toFixed(1));
/** Cents, as whole dollars. */
export const dollars = (cents: number): string =>
  `${cents < 0 ? "-" : ""}${grouped(Math.abs(Math.round(cents / 100)))} USD`;
export const moneyShown = ({ amount }: Money): string => dollars(amount);
/** Millionths of a point, to the last digit: what is shown adds up. */
export const exactly = (millionths: number): string => (millionths / 1e6).toFixed(6);

const signed = (n: number): string => `${n < 0 ? "−" : "+"}${Math.abs(n).toFixed(0)}`;
/** A net share is shown in points, a share in per cent. */
export const inUnit = ({ unit }: Metric, value: number): string =>
  unit === "net share" ? signed(Math.round(100 * value)) : `${(100 * value).toFixed(0)} %`;

export const scoreShown = (metric: Metric, { value, interval }: Score, words: Words): readonly [string, string] =>
  value === null || interval === null
    ? ["-", `${words.own("nothingToSay")}: ${words.own("noAnswers")}`]
    : [inUnit(metric, value), `${inUnit(metric, interval.low)} .. ${inUnit(metric, interval.high)}`];

/** What is known of a customer for a criterion, as a person says it. */
export function knownShown({ fact, value }: Contribution, words: Words): string {
  if (value === null) return "-";
  if (fact === "recency") return `${value} ${words.own("daysAgo")}`;
  return fact === "frequency" ? String(value) : dollars(Number(value));
}
