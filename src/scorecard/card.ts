import * as z from "zod/mini";
import type { LocalDate } from "../kernel/instant.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import { idText, parse, preview } from "../kernel/schema.js";
import type { Token } from "../kernel/token.js";
import type { Fact, Measurable } from "./fact.js";
import { type Criterion, full, type Measure, type Millionths, type MissingPolicy } from "./measure.js";

/** The facts of one customer, as they are stored. */
export type Facts = Readonly<Record<string, unknown>>;

/** One criterion, ready to run. */
export interface Row {
  readonly id: string;
  readonly fact: string;
  readonly weight: number;
  readonly missing: MissingPolicy;
  readonly read: (facts: Facts, today: LocalDate) => Measurable | null;
  readonly mark: (value: Measurable) => Millionths | null;
}

/** A scorecard, ready to run. */
export interface Card {
  readonly rows: readonly Row[];
  /** The weight of all rows: the most points there are. */
  readonly all: number;
}

/** The rows of a scorecard, for policies to build on. */
export const criteriaSchema = /* @__PURE__ */ z
  .array(
    z.object({
      id: idText(),
      fact: idText(),
      measure: z.string().check(z.regex(/^[\w.-]{1,200}@\d{1,9}$/)),
      args: z.unknown(),
      weight: z.int().check(z.minimum(1), z.maximum(1000)),
      missing: z.optional(z.enum(["redistribute", "neutral", "worst", "required"])),
    }),
  )
  .check(
    z.minLength(1),
    z.maxLength(200),
    z.refine((rows) => new Set(rows.map((r) => r.id)).size === rows.length, { error: "two criteria have one id" }),
  );

/**
 * Makes a scorecard of its rows. A fact or measure that is not installed is refused (`UNKNOWN_REFERENCE`), another
 * revision of a measure too (`OTHER_REVISION`), arguments that do not fit as `INVALID_INPUT`.
 */
export function cardOf(
  criteria: readonly Criterion[],
  installed: (token: string, id: string) => Token | undefined,
): Result<Card> {
  const rows: Row[] = [];
  for (const criterion of criteria) {
    const row = rowOf(criterion, installed);
    if (!row.ok) return row;
    rows.push(row.value);
  }
  return ok({ rows, all: rows.reduce((sum, row) => sum + row.weight, 0) });
}

function rowOf(criterion: Criterion, installed: (token: string, id: string) => Token | undefined): Result<Row> {
  const { id, weight, missing = "redistribute" } = criterion;
  const fact = installed("fact", criterion.fact) as Fact | undefined;
  if (fact === undefined) return refuse({ code: "UNKNOWN_REFERENCE", subject: `fact ${preview(criterion.fact)}` });
  const at = criterion.measure.lastIndexOf("@");
  const measure = installed("measure", criterion.measure.slice(0, at)) as Measure | undefined;
  if (measure === undefined)
    return refuse({ code: "UNKNOWN_REFERENCE", subject: `measure ${preview(criterion.measure)}` });
  if (criterion.measure !== `${measure.id}@${measure.revision}`)
    return refuse({ code: "OTHER_REVISION", subject: criterion.measure });
  const args = parse(measure["~def"].args, criterion.args);
  if (!args.ok)
    return refuse({ code: "INVALID_INPUT", issues: args.error.map((i) => ({ ...i, path: `${id}.args.${i.path}` })) });
  const read = fact["~def"].read as ((value: unknown, looking: { today: LocalDate }) => Measurable | null) | undefined;
  return ok({
    id,
    fact: fact.id,
    weight,
    missing,
    read: (facts, today) => {
      const value = Object.hasOwn(facts, fact.id) ? facts[fact.id] : undefined;
      if (value === undefined || value === null) return null;
      return read === undefined ? (value as Measurable) : read(value, { today });
    },
    mark: (measure["~def"].score as (args: unknown) => (value: Measurable) => Millionths | null)(args.value),
  });
}

/** The mark of a missing fact, where its weight does not go to the others. */
export const standIn = (missing: MissingPolicy): Millionths | null =>
  missing === "neutral" ? full / 2 : missing === "worst" ? 0 : null;

/** Half away from zero, once for each contribution: integers then add up in any order, and in SQL. */
const rounded = (x: number): number => Math.sign(x) * Math.round(Math.abs(x));
export const pointsOf = (mark: Millionths, weight: number, all: number, counting: number): number =>
  all === counting ? mark * weight : rounded((mark * weight * all) / counting);

/** Score and coverage only, in millionths; `NaN` for no score. Nothing is kept of how it came about. */
export function scoreBy(
  { rows, all }: Card,
  facts: Facts,
  today: LocalDate,
): { readonly score: number; readonly coverage: number } {
  let known = 0;
  let counting = 0;
  let lacking = false;
  const marks: (Millionths | null)[] = [];
  for (const row of rows) {
    const value = row.read(facts, today);
    const own = value === null ? null : row.mark(value);
    if (own !== null) known += row.weight;
    else if (row.missing === "required") lacking = true;
    const mark = own ?? standIn(row.missing);
    if (mark !== null) counting += row.weight;
    marks.push(mark);
  }
  const coverage = Math.floor((known * full) / all);
  if (lacking || known === 0) return { score: Number.NaN, coverage };
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const mark = marks[i] as Millionths | null;
    if (mark !== null) sum += pointsOf(mark, rows[i]!.weight, all, counting);
  }
  return { score: sum, coverage };
}
