import { coreLabels, type ErrorCode, labelCatalogue } from "../../src/index.js";

/** Every code that may be thrown: a new one does not compile until it is named here. */
const codes = Object.keys({
  BEYOND_HORIZON: true,
  CONFLICT: true,
  EMPTY_WEEK: true,
  INVALID_CALENDAR: true,
  INVALID_COMPOSITION: true,
  INVALID_DURATION: true,
  INVALID_INSTANT: true,
  INVALID_OPTIONS: true,
  INVALID_POLICY: true,
  INVALID_TENANT: true,
  NOT_JSON: true,
  NO_WORKING_TIME: true,
  OVERLAPPING_WINDOWS: true,
  REFUSED: true,
  UNKNOWN_ZONE: true,
  USE_ADD_DAYS: true,
  WRONG_ORDER: true,
  ZERO_LENGTH: true,
  UNIT_OVER: true,
  UNREADABLE: true,
} satisfies Record<ErrorCode, true>);

const throws = (): never => {
  throw new EvalError("not for you to read");
};
const nested = (deep: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = "bottom";
  for (let i = 0; i < deep; i++) value = wrap(value);
  return value;
};
const cyclicObject = () => {
  const it: Record<string, unknown> = { a: 1 };
  it["it"] = it;
  it["list"] = [it];
  return it;
};
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
/** Answers every question, each time with something else. */
const shapeShifter = () => {
  let n = 0;
  const answers = ["x", 1, {}, [], null, undefined, true];
  return new Proxy({}, { get: (_, key) => (key === "then" ? undefined : answers[n++ % answers.length]) });
};

/** Made once, because it is dear; frozen, so that it cannot remember either. */
const once = (make: () => object): (() => unknown) => {
  let made: object | undefined;
  return () => {
    made ??= Object.freeze(make());
    return made;
  };
};

/** What nobody should send, each made anew because some of it remembers. */
export const hostile: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  zero: () => 0,
  "minus zero": () => -0,
  fraction: () => 0.1,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  "-Infinity": () => Number.NEGATIVE_INFINITY,
  "1e308": () => 1e308,
  "2^53": () => 2 ** 53,
  negative: () => -1,
  bigint: () => 10n ** 30n,
  symbol: () => Symbol("s"),
  function: () => () => "called",
  class: () => class {},
  "empty text": () => "",
  text: () => "anything",
  NUL: () => "a\0b",
  "lone surrogate": () => "a\ud800",
  "a million letters": () => "x".repeat(1e6),
  // Computed, or it would be the prototype of this object.
  ["__proto__"]: () => "__proto__",
  constructor: () => "constructor",
  toString: () => "toString",
  hasOwnProperty: () => "hasOwnProperty",
  "30 February": () => "2025-02-30T00:00:00.000Z",
  "second 60": () => "2025-02-28T23:59:60.000Z",
  "year 0": () => "0000-01-01T00:00:00.000Z",
  "last moment": () => "9999-12-31T23:59:59.999Z",
  "first moment": () => "0001-01-01T00:00:00.000Z",
  "empty object": () => ({}),
  "empty list": () => [],
  "list of nothing": () => [undefined, null],
  holes: () => new Array(3),
  "a hundred thousand": once(() => new Array(1e5).fill("x")),
  "a hundred thousand objects": once(() => Array.from({ length: 1e5 }, () => Object.freeze({}))),
  "own __proto__": () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  "own toString": () => ({ toString: 5, valueOf: null, id: "x", kind: "x", code: "x" }),
  "no prototype": () => Object.create(null),
  cycle: cyclicObject,
  "list in itself": () => {
    const list: unknown[] = [];
    list.push(list);
    return list;
  },
  "200 deep": once(() => nested(200, (inner) => Object.freeze({ inner })) as object),
  "20,000 deep": once(() => nested(20_000, (inner) => Object.freeze({ inner })) as object),
  "20,000 deep list": once(() => nested(20_000, (inner) => Object.freeze([inner])) as object),
  getter: () =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        ["id", "kind", "type", "input", "actor", "at", "code", "version", "token", "now"].map((name) => [
          name,
          { get: throws, enumerable: true },
        ]),
      ),
    ),
  "throwing proxy": () =>
    new Proxy(
      {},
      { get: throws, has: throws, ownKeys: throws, getPrototypeOf: throws, getOwnPropertyDescriptor: throws },
    ),
  "throwing list": () => new Proxy([], { get: throws, ownKeys: throws }),
  "throwing function": () => throws,
  "revoked proxy": revoked,
  "shape shifter": shapeShifter,
  Date: () => new Date(Number.NaN),
  Map: () => new Map([["id", 1]]),
  RegExp: () => /x/,
  Error: () => new Error("x"),
  thenable: () => ({ ok: false, error: null, id: "x" }),
};

const catalogue = labelCatalogue(...coreLabels);
const labelled = (code: unknown): boolean =>
  typeof code === "string" && ["en", "zh-CN"].every((language) => catalogue.has("refusals", code, language));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const show = (value: unknown): string => {
  try {
    return value instanceof Error ? `${value.name}: ${value.message}`.slice(0, 200) : String(value).slice(0, 200);
  } catch {
    return "something that cannot be shown";
  }
};

/** What is wrong with something thrown: nothing, where it is an error of ours. */
const wrongError = (thrown: unknown): string | undefined => {
  try {
    if (isObject(thrown) && codes.includes(thrown["code"] as string)) return undefined;
  } catch {
    // Falls through: what was thrown throws itself.
  }
  const at = thrown instanceof Error ? (thrown.stack ?? "").split("\n").find((line) => line.includes("/src/")) : "";
  return `threw ${show(thrown)} ${at?.replace(/^.*\/src\//, "src/").replace(/\)?$/, "") ?? ""}`;
};

/** What is wrong with a refusal: nothing, where people can read it. */
export function wrongRefusal(error: unknown): string | undefined {
  if (!isObject(error)) return `refused with ${show(error)}`;
  if (!labelled(error["code"])) return `refused with the unknown code ${show(error["code"])}`;
  if (error["code"] === "REACTION_REFUSED") return wrongRefusal(error["because"]);
  const denials = (error["denials"] as { code: string }[] | undefined) ?? [];
  const unlabelled = denials.find((denial) => !labelled(denial.code));
  return unlabelled === undefined ? undefined : `denied with the unknown code ${unlabelled.code}`;
}

/** What is wrong with an answer of a door. */
async function wrongAnswer(given: unknown, made: unknown): Promise<string | undefined> {
  // An argument that a door hands back as it came is not the door's answer.
  if (made === given) return undefined;
  const answer =
    isObject(made) && typeof made["then"] === "function" ? await (made as unknown as Promise<unknown>) : made;
  if (!isObject(answer) || answer === given) return undefined;
  if (Symbol.asyncIterator in answer) {
    for await (const one of answer as unknown as AsyncIterable<unknown>)
      if (isObject(one) && "refusal" in one) {
        const wrong = wrongRefusal(one["refusal"]);
        if (wrong !== undefined) return wrong;
      }
    return undefined;
  }
  if (answer["ok"] === false) return wrongRefusal(answer["error"]);
  const value = answer["ok"] === true ? answer["value"] : undefined;
  if (isObject(value) && "next" in value && "events" in value) return wrongDecision(value);
  return undefined;
}

/** What is said can be stored as it is. Of a record that was none, what no event changes stays what it was. */
function wrongDecision({ events }: { readonly events?: unknown }): string | undefined {
  const text = JSON.stringify(events);
  return JSON.stringify(JSON.parse(text)) === text ? undefined : "decided what JSON does not hold";
}

const pristine = (): string =>
  [Object.prototype, Array.prototype, Function.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).sort().join())
    .join("|") + String(({} as { polluted?: unknown }).polluted);
const clean = pristine();

/** Calls a door once; answers what is wrong with how it took it. */
export async function offended(call: () => unknown, given: unknown): Promise<string | undefined> {
  let wrong: string | undefined;
  try {
    wrong = await wrongAnswer(given, call());
  } catch (thrown) {
    wrong = wrongError(thrown);
  }
  return pristine() === clean ? wrong : `polluted a prototype (${wrong})`;
}

/** A door with arguments that it takes. */
export interface Probe {
  readonly call: (...args: any[]) => unknown;
  readonly sound: () => readonly unknown[];
  /** Paths that hold functions of the host or objects with behaviour: not taken apart. */
  readonly whole?: readonly string[];
  /** How deep arguments are taken apart; default 3. */
  readonly depth?: number;
  /** A slow door: only one value of each sort. */
  readonly few?: boolean;
}

/** Sound arguments are sound, or a door that refuses everything would pass. */
async function soundlyTaken(call: () => unknown): Promise<string | undefined> {
  let failure: unknown;
  const wrong = await offended(async () => {
    try {
      return await call();
    } catch (thrown) {
      failure = thrown ?? "nothing";
      throw thrown;
    }
  }, undefined);
  return failure === undefined ? wrong : `threw ${show(failure)}`;
}

type Path = readonly (string | number)[];

/** Every place in the arguments that can be filled with something else. */
function places(value: unknown, whole: readonly string[], deep: number, at: Path = []): readonly Path[] {
  if (deep === 0 || !isObject(value) || whole.includes(at.join("."))) return at.length === 0 ? [] : [at];
  const inner = Object.keys(value).flatMap((key) => places(value[key], whole, deep - 1, [...at, key]));
  return at.length === 0 ? inner : [at, ...inner];
}

/** A copy of the way to a place, with something else there. */
function filled(value: any, [step, ...rest]: Path, filling: unknown): any {
  if (step === undefined) return filling;
  const copy = Array.isArray(value)
    ? [...value]
    : typeof value === "function"
      ? Object.assign((...args: unknown[]) => value(...args), value)
      : { ...value };
  copy[step] = filled(value[step], rest, filling);
  return copy;
}

const oneOfEachSort = [
  "undefined",
  "null",
  "NaN",
  "symbol",
  "function",
  "text",
  "__proto__",
  "empty object",
  "empty list",
].concat(["a million letters", "a hundred thousand", "own __proto__", "cycle", "20,000 deep", "throwing proxy"]);

/** Every hostile value at every place of a door's arguments; answers what was wrong, first line first. */
export async function assault(name: string, probe: Probe): Promise<readonly string[]> {
  const { call, sound, whole = [], depth = 3, few = false } = probe;
  const found: string[] = [];
  const soundly = await soundlyTaken(() => call(...sound()));
  if (soundly !== undefined) found.push(`${name} with sound arguments ${soundly}`);
  for (const place of places(sound(), whole, depth + 1))
    for (const [what, make] of Object.entries(hostile)) {
      if (few && !oneOfEachSort.includes(what)) continue;
      const value = make();
      const args = filled(sound(), place, value);
      const wrong = await offended(() => call(...args), value);
      if (wrong !== undefined) found.push(`${name}(${place.join(".")} = ${what}) ${wrong}`);
    }
  return found;
}
