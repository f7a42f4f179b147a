import { ClienteleError } from "./errors.js";

const deepest = 500;
// Shared sub-objects can unfold without end ([x, x] of [y, y] of …): more values than this are not configuration.
const most = 5_000_000;
const loneSurrogate = /\p{Surrogate}/u;

/** Where the walk stands, so that a refusal can name the place and a foreign exception is told from our own. */
interface Walk {
  readonly path: (string | number)[];
  readonly ancestors: object[];
  values: number;
  refusal: ClienteleError | undefined;
}

/**
 * The one text of a value as canonical JSON (RFC 8785): keys in the order of their UTF-16 code units, no white space,
 * numbers and texts as ECMAScript writes them (-0 is `0`). Properties that are `undefined` are dropped, as JSON does;
 * anything else that JSON cannot hold is refused: a `ClienteleError` with code `NOT_JSON` names the place and what was
 * found there, also in `details: { path, found }`. Refused are `undefined` in a list, holes, NaN, infinities, bigints,
 * functions, symbols, instances of classes (dates and maps too), lone surrogates, cycles, nesting deeper than 500, more
 * than five million values, and whatever throws while it is read.
 *
 * @example
 * ```ts
 * import { canonical } from "clientele";
 *
 * canonical({ b: [1, -0, "é"], a: undefined, A: null }); // => "{\"A\":null,\"b\":[1,0,\"é\"]}"
 * canonical([undefined]); // => throws NOT_JSON
 * ```
 */
export function canonical(value: unknown): string {
  const walk: Walk = { path: [], ancestors: [], values: 0, refusal: undefined };
  try {
    return written(value, walk);
  } catch (thrown) {
    // A hostile getter may throw anything, a look-alike of our error included: only identity tells.
    if (walk.refusal !== undefined && thrown === walk.refusal) throw thrown;
    throw refusal(walk, "something that throws");
  }
}

function written(value: unknown, walk: Walk): string {
  if (++walk.values > most) return fail(walk, `more than ${most} values`);
  switch (typeof value) {
    case "string":
      return text(value, walk);
    case "number":
      return Number.isFinite(value) ? String(value) : fail(walk, String(value));
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : composite(value, walk);
    default:
      return fail(walk, typeof value);
  }
}

function composite(value: object, walk: Walk): string {
  const { ancestors } = walk;
  // A cycle always gets this deep, so that nobody else pays for the search.
  if (ancestors.length >= deepest)
    return fail(walk, new Set(ancestors).size < deepest ? "a cycle" : `nesting deeper than ${deepest}`);
  ancestors.push(value);
  const out = Array.isArray(value) ? list(value, walk) : record(value, walk);
  ancestors.pop();
  return out;
}

function list(value: readonly unknown[], walk: Walk): string {
  const { path } = walk;
  const { length } = value;
  let out = "[";
  for (let i = 0; i < length; i++) {
    path.push(i);
    const element = value[i];
    if (element === undefined) return fail(walk, i in value ? "undefined" : "a hole");
    out += i === 0 ? written(element, walk) : `,${written(element, walk)}`;
    path.pop();
  }
  return `${out}]`;
}

function record(value: object, walk: Walk): string {
  const { path } = walk;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The root of another realm (a frame, a worker, a test runner) is another object, so it is known by having no parent.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return fail(walk, "an instance of a class");
  let out = "";
  for (const key of Object.keys(value).sort()) {
    path.push(key);
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) out += `${out === "" ? "" : ","}${text(key, walk)}:${written(member, walk)}`;
    path.pop();
  }
  return `{${out}}`;
}

function text(value: string, walk: Walk): string {
  if (isPlain(value)) return `"${value}"`;
  const json = JSON.stringify(value);
  // JSON.stringify escapes lone surrogates and only them with \ud; the regular expression is the slow, exact question.
  return json.includes("\\ud") && loneSurrogate.test(value) ? fail(walk, "a lone surrogate") : json;
}

/** Most texts are short and ASCII without quotes: looking first halves their cost. */
function isPlain(value: string): boolean {
  if (value.length > 100) return false;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 32 || unit > 126 || unit === 34 || unit === 92) return false;
  }
  return true;
}

function fail(walk: Walk, found: string): never {
  walk.refusal = refusal(walk, found);
  throw walk.refusal;
}

function refusal(walk: Walk, found: string): ClienteleError {
  const path = walk.path.map((step) => String(step).slice(0, 40));
  const shown = path.length > 10 ? `${path.slice(0, 10).join(".")}.…` : path.join(".");
  const where = path.length === 0 ? "" : ` at ${JSON.stringify(shown)}`;
  return new ClienteleError("NOT_JSON", `cannot be written as JSON${where}: ${found}`, { path: path.join("."), found });
}

/** Canonical text that any database can hold: NUL is refused (`NOT_JSON`). */
export function storable(value: unknown): string {
  const text = canonical(value);
  if (text.includes("\\u0000") && /(?<!\\)(?:\\\\)*\\u0000/.test(text))
    throw new ClienteleError("NOT_JSON", "NUL cannot be stored");
  return text;
}
