import type { $ZodType } from "../kernel/schema.js";
import { parse } from "../kernel/schema.js";

type Def = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, $ZodType>>;
  readonly innerType?: $ZodType;
  readonly options?: readonly $ZodType[];
  readonly items?: readonly $ZodType[];
  readonly in?: $ZodType;
  readonly left?: $ZodType;
  readonly right?: $ZodType;
  readonly element?: $ZodType;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
};

/** What a text or a number may be asked to be: the first that fits is taken. */
const texts = ["text", "a", "2026-01-01T09:00:00.000Z", "2026-01-01", "EUR", "A-1", "AB-1", "a@example.com", "1"];
const urls = ["https://example.com", "00000000-0000-4000-8000-000000000000", "x".repeat(50), ""];
const numbers = [1, 0, 50, 0.5, -1, 100, 1000, 1_000_000];

/**
 * Inputs that a schema accepts, as plain JSON: the least it asks for, and the most, with everything optional in it and
 * the last of what can be chosen. Nothing for a schema whose values cannot be guessed (a pattern, a rule of its own).
 */
export function samples(schema: $ZodType): readonly unknown[] {
  const found: unknown[] = [];
  for (const most of [false, true]) {
    const value = guess(schema, most, 0);
    if (value === none || !parse(schema, value).ok) continue;
    if (!found.some((one) => JSON.stringify(one) === JSON.stringify(value))) found.push(value);
  }
  return found;
}

const none = Symbol("none");

function guess(schema: $ZodType, most: boolean, depth: number): unknown {
  if (depth > 20) return none;
  const def = schema._zod.def as unknown as Def;
  const fitting = (values: readonly unknown[]): unknown => {
    const found = values.find((value) => parse(schema, value).ok);
    return found === undefined ? none : found;
  };
  switch (def.type) {
    case "string":
      return fitting([...texts, ...urls]);
    case "number":
    case "int":
      return fitting(numbers);
    case "boolean":
      return most;
    case "null":
      return null;
    case "enum":
      return Object.values(def.entries ?? {}).at(most ? -1 : 0) ?? none;
    case "literal":
      return (def.values ?? []).at(most ? -1 : 0) ?? none;
    case "nullable":
      return most ? guess(def.innerType!, most, depth + 1) : null;
    case "any":
    case "unknown":
      return {};
    case "object":
      return fields(def.shape ?? {}, most, depth);
    case "array":
      return most ? listed([def.element!], most, depth) : fitting([[], listed([def.element!], most, depth)]);
    case "tuple":
      return listed(def.items ?? [], most, depth);
    case "record":
      return {};
    case "union":
      return def.options?.map((option) => guess(option, most, depth + 1)).find((value) => value !== none) ?? none;
    case "pipe":
      return guess(def.in!, most, depth + 1);
    case "intersection":
      return both(guess(def.left!, most, depth + 1), guess(def.right!, most, depth + 1));
    default:
      return def.innerType === undefined ? none : guess(def.innerType, most, depth + 1);
  }
}

function fields(shape: Readonly<Record<string, $ZodType>>, most: boolean, depth: number): unknown {
  const made: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const optional = schema._zod.optin === "optional";
    if (optional && !most) continue;
    const value = guess(schema, most, depth + 1);
    if (value !== none) made[name] = value;
    else if (!optional) return none;
  }
  return made;
}

function listed(schemas: readonly $ZodType[], most: boolean, depth: number): unknown {
  const made = schemas.map((schema) => guess(schema, most, depth + 1));
  return made.includes(none) ? none : made;
}

const both = (a: unknown, b: unknown): unknown =>
  a === none || b === none ? none : typeof a === "object" && typeof b === "object" ? { ...a, ...b } : a;
