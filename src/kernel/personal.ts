import * as z from "zod/mini";
import { guarded } from "./guarded.js";
import type { $ZodType } from "./schema.js";

/** What a personal field reads as when its person has been erased. Every rule accepts it as a value. */
export interface Erased {
  readonly erased: true;
}

/** A personal field: its value, or the trace that there was one. */
export type Personal<T> = T | Erased;

/** Where a personal field sits in a value, and whose it is. */
export interface Mark {
  readonly path: readonly (string | number)[];
  readonly person: string;
}

const key = "~personal";
/** Stands for "the record's own customer". */
const owner = "";

/**
 * Marks a field as personal and says whose it is: the record's owner, or the person whose id stands in the field
 * `of` beside it. Stores seal marked fields with a key per person; erasing the person destroys the key.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { isErased, personal } from "clientele";
 *
 * const schema = z.object({ words: personal(z.string()) });
 * schema.parse({ words: "My fridge is warm" }).words; // => "My fridge is warm"
 * isErased(schema.parse({ words: { erased: true } }).words); // => true
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function personal<T, I = T>(
  schema: $ZodType<T, I>,
  whose: { readonly of?: string } = {},
): $ZodType<Personal<T>, Personal<I>> {
  return guarded("INVALID_COMPOSITION", "personal", () => {
    const { of = owner } = whose;
    if (typeof schema._zod.def !== "object" || typeof of !== "string") throw new TypeError("a schema is needed");
    const trace = z.object({ erased: z.literal(true) });
    // A schema of objects may take the trace for one of its own, and cut off what it does not know.
    const either = schema._zod.def.type === "string" ? z.union([schema, trace]) : z.union([trace, schema]);
    return Object.assign(either, { [key]: of }) as unknown as $ZodType<Personal<T>, Personal<I>>;
  });
}

/**
 * Whether a personal field has been erased.
 *
 * @example
 * ```ts
 * import { isErased } from "clientele";
 *
 * isErased({ erased: true }); // => true
 * isErased("still here"); // => false
 * ```
 */
export function isErased(value: unknown): value is Erased {
  try {
    return typeof value === "object" && value !== null && (value as { erased?: unknown }).erased === true;
  } catch {
    return false;
  }
}

/** A step into a value: a field by name, or `each` element of a list or entry of a record. */
type Step = string | typeof each;
const each = Symbol("each");

/** Where the personal fields of a schema are, and the sibling field that says whose (`""`: the owner). */
export interface PersonalPath {
  readonly steps: readonly Step[];
  readonly of: string;
}

type Def = {
  readonly shape?: Record<string, $ZodType>;
  readonly element?: $ZodType;
  readonly valueType?: $ZodType;
  readonly innerType?: $ZodType;
  readonly in?: $ZodType;
  readonly out?: $ZodType;
  readonly left?: $ZodType;
  readonly right?: $ZodType;
  readonly options?: readonly $ZodType[];
  readonly items?: readonly $ZodType[];
};

/** Reads the marks out of a schema once, so that writing a record needs no schema. A lazy (recursive) part is not entered. */
export function personalPaths(schema: $ZodType): readonly PersonalPath[] {
  const found: PersonalPath[] = [];
  const walk = (s: $ZodType, steps: readonly Step[]): void => {
    const of = (s as unknown as Record<string, unknown>)[key];
    if (typeof of === "string") {
      found.push({ steps, of });
      return;
    }
    const def = s._zod.def as unknown as Def;
    for (const [name, inner] of Object.entries(def.shape ?? {})) walk(inner, [...steps, name]);
    for (const inner of [def.element, def.valueType]) if (inner) walk(inner, [...steps, each]);
    for (const inner of def.items ?? []) walk(inner, [...steps, each]);
    for (const inner of [def.innerType, def.in, def.out, def.left, def.right, ...(def.options ?? [])])
      if (inner?._zod) walk(inner, steps);
  };
  walk(schema, []);
  return found.filter((p, i) => found.findIndex((q) => sameSteps(p, q)) === i);
}

const sameSteps = (a: PersonalPath, b: PersonalPath): boolean =>
  a.steps.length === b.steps.length && a.steps.every((s, i) => s === b.steps[i]);

/** The personal fields that a value really has: a field without a value, or of nobody, is not marked. */
export function marksIn(
  paths: readonly PersonalPath[],
  value: unknown,
  owner: string | undefined,
  at: readonly (string | number)[] = [],
): readonly Mark[] {
  const marks: Mark[] = [];
  for (const { steps, of } of paths) {
    const walk = (node: unknown, parent: unknown, i: number, path: readonly (string | number)[]): void => {
      if (node === undefined || node === null) return;
      if (i === steps.length) {
        const person = of === "" ? owner : (parent as Record<string, unknown> | undefined)?.[of];
        if (typeof person === "string" && !isErased(node)) marks.push({ path, person });
        return;
      }
      if (typeof node !== "object") return;
      const step = steps[i]!;
      if (step !== each) walk((node as Record<string, unknown>)[step], node, i + 1, [...path, step]);
      // What is beside an element of a list is beside the list: the list itself has no fields.
      else if (Array.isArray(node)) for (const [n, item] of node.entries()) walk(item, parent, i + 1, [...path, n]);
      else for (const [name, item] of Object.entries(node)) walk(item, parent, i + 1, [...path, name]);
    };
    walk(value, undefined, 0, at);
  }
  return marks;
}
