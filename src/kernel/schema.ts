import * as z from "zod/mini";
import { type $ZodIssue, type $ZodType, safeParse } from "zod/v4/core";
import type { Issue, Result } from "./result.js";

export type { $ZodType };

/** For data that only this package writes: nothing is checked. */
/* @__NO_SIDE_EFFECTS__ */
export const trusted = <T>(): $ZodType<T> => z.any() as $ZodType<T>;

const loneSurrogate = /\p{Surrogate}/u;

/** A text that any database can hold: well-formed, without NUL, of `min` to `max` UTF-16 units. */
/* @__NO_SIDE_EFFECTS__ */
export const text = (max: number, min = 1): z.ZodMiniString<string> =>
  z.string().check(
    z.minLength(min),
    z.maxLength(max),
    z.refine((s) => !loneSurrogate.test(s) && !s.includes("\0"), {
      error: "lone surrogates and NUL cannot be stored",
    }),
  );

/** The name of a record, a person, an order: 1 to 200 characters. */
/* @__NO_SIDE_EFFECTS__ */
export const idText = (): z.ZodMiniString<string> => text(200);

/** So that a list of 100,000 wrong elements is not answered with 100,000 sentences. */
const mostIssues = 50;

/** Reads a value by a schema; what is wrong comes back as issues that name what was found and what is allowed. */
export function parse(schema: $ZodType, value: unknown): Result<unknown, readonly Issue[]> {
  const parsed = safeParse(schema, value);
  if (parsed.success) return { ok: true, value: parsed.data };
  // What was found is asked for only now: zod takes twenty times as long when it is asked beforehand.
  const told = safeParse(schema, value, { reportInput: true }).error ?? parsed.error;
  return { ok: false, error: told.issues.slice(0, mostIssues).map(toIssue) };
}

const toIssue = (issue: $ZodIssue): Issue => ({
  path: issue.path.map(String).join("."),
  code: issue.code,
  message: sentence(issue),
});

/** zod/mini ships no texts, and a host may have configured any: these are ours, the same everywhere. */
function sentence(issue: $ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${issue.expected}${found(issue)}`;
    case "too_small":
      return `too small: at least ${issue.minimum}${issue.inclusive === false ? " (exclusive)" : ""} allowed`;
    case "too_big":
      return `too big: at most ${issue.maximum}${issue.inclusive === false ? " (exclusive)" : ""} allowed`;
    case "invalid_value":
      return `allowed: ${issue.values.map(String).join(", ")}${found(issue)}`;
    case "invalid_format":
      return `not a valid ${issue.format}${found(issue)}`;
    case "not_multiple_of":
      return `not a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `unknown: ${issue.keys.slice(0, 10).join(", ")}`;
    default:
      return issue.message;
  }
}

function found(issue: $ZodIssue): string {
  if (!("input" in issue)) return "";
  return `, found ${preview(issue.input)}`;
}

/** A short, safe picture of any value for a message. */
export function preview(value: unknown): string {
  if (typeof value === "string") return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`;
  if (typeof value === "number" || typeof value === "boolean" || value === null || value === undefined)
    return String(value);
  try {
    if (Array.isArray(value)) return `a list of ${value.length}`;
  } catch {
    // A revoked or throwing proxy is still an object.
  }
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
