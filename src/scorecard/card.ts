import * as z from "zod/mini";
import { ClienteleError } from "../kernel/errors.js";
import { coded, guarded } from "../kernel/guarded.js";
import type { LocalDate } from "../kernel/instant.js";
import { isErased } from "../kernel/personal.js";
import { type Issue, ok, type Result, refuse } from "../kernel/result.js";
import { idText, parse, preview } from "../kernel/schema.js";
import type { Installed } from "../kernel/token.js";

import type { Fact, Looking, Measurable } from "./fact.js";
import { type Criterion, full, type Measure, type Millionths, type MissingPolicy } from "./measure.js";

/** Finds a token of a composition, as `installed` of service rules does. */

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

/**
 * The rows of a scorecard, for policies to build on.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { criteriaSchema, linear, policyKind } from "clientele";
 *
 * const body = z.object({ criteria: criteriaSchema });
 * const risk = policyKind("acme.risk", { revision: 1, body });
 * const row = linear.row({ id: "orders", fact: "frequency", args: { none: 10, full: 0 }, weight: 100 });
 * risk.version({ id: "churn", version: 1, from: "2026-01-01T00:00:00.000Z", body: { criteria: [row] } }).version; // => 1
 * ```
 */
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
 * revision of a measure too (`OTHER_REVISION`), arguments that do not fit, or money without a currency to read it in, as
 * `INVALID_INPUT`.
 *
 * @example
 * ```ts
 * import { cardOf, createServiceRules, linear, scoreBy, unwrap } from "clientele";
 *
 * const orders = linear.row({ id: "orders", fact: "frequency", args: { none: 0, full: 10 }, weight: 50 });
 * const card = unwrap(cardOf([orders], createServiceRules().installed));
 * scoreBy(card, { frequency: 5 }, "2026-03-01"); // => { score: 25_000_000, coverage: 1_000_000 }
 * ```
 */
export function cardOf(criteria: readonly Criterion[], installed: Installed, currency?: string): Result<Card> {
  return guarded("INVALID_POLICY", "cardOf", () => {
    const rows: Row[] = [];
    for (const criterion of criteria) {
      const row = rowOf(criterion, installed, currency);
      if (!row.ok) return row;
      rows.push(row.value);
    }
    return ok({ rows, all: rows.reduce((sum, row) => sum + row.weight, 0) });
  });
}

/** The tokens that a row names. */
function namedBy(
  { fact: factId, measure: name }: Criterion,
  installed: Installed,
  currency: string | undefined,
): Result<readonly [Fact, Measure]> {
  const fact = installed("fact", factId) as Fact | undefined;
  const measure = installed("measure", name.slice(0, name.lastIndexOf("@"))) as Measure | undefined;
  if (fact === undefined || measure === undefined)
    return refuse({ code: "UNKNOWN_REFERENCE", subject: fact === undefined ? `fact ${factId}` : `measure ${name}` });
  if (name !== `${measure.id}@${measure.revision}`) return refuse({ code: "OTHER_REVISION", subject: name });
  if (fact["~def"].unit === "money" && currency === undefined)
    return invalid([{ path: "currency", code: "custom", message: `${factId} is money, of which currency?` }]);
  return ok([fact, measure]);
}

const invalid = (issues: readonly Issue[]): Result<never> => refuse({ code: "INVALID_INPUT", issues });

function rowOf(criterion: Criterion, installed: Installed, currency: string | undefined): Result<Row> {
  const named = namedBy(criterion, installed, currency);
  if (!named.ok) return named;
  const [fact, measure] = named.value;
  const { id, weight, missing = "redistribute" } = criterion;
  const args = parse(measure["~def"].args, criterion.args);
  if (!args.ok) return invalid(args.error.map((i) => ({ ...i, path: `${id}.args.${i.path}` })));
  const read = fact["~def"].read as (value: unknown, looking: Looking) => unknown;
  const score = (measure["~def"].score as (args: unknown) => Row["mark"])(args.value);
  return ok({
    id,
    fact: fact.id,
    weight,
    missing,
    read: (facts, today) => {
      const told = Object.hasOwn(facts, fact.id) ? facts[fact.id] : null;
      if (told === undefined || told === null || isErased(told)) return null;
      const value = read(told, { today, currency }) as Measurable;
      return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value) ? value : null;
    },
    mark: (value) => {
      const mark = score(value);
      // Points of a broken mark would still look like points.
      if (mark === null || (mark >= 0 && mark <= full && Number.isInteger(mark))) return mark;
      throw new ClienteleError("INVALID_OPTIONS", `${criterion.measure}: ${preview(mark)} is no mark`);
    },
  });
}

/** The mark of a missing fact, where its weight does not go to the others. */
export const standIn = (missing: MissingPolicy): Millionths | null =>
  missing === "neutral" ? full / 2 : missing === "worst" ? 0 : null;

/**
 * Half away from zero (nothing is below it), once for each contribution: integers then add up in any order, and in SQL.
 * Of at most 200 rows of weight 1,000 the product stays below 2 to the 48th, so the quotient is never rounded across a
 * half.
 */
export const pointsOf = (mark: Millionths, weight: number, all: number, counting: number): number =>
  all === counting ? mark * weight : Math.round((mark * weight * all) / counting);

/**
 * Score and coverage only, in millionths; `NaN` for no score. Nothing is kept of how it came about, which `explainScore`
 * tells.
 *
 * @example
 * ```ts
 * import { cardOf, createServiceRules, linear, scoreBy, unwrap } from "clientele";
 *
 * const args = { none: 0, full: 10 };
 * const card = unwrap(cardOf([
 *   linear.row({ id: "orders", fact: "frequency", args, weight: 3 }),
 *   linear.row({ id: "line", fact: "segment", args, weight: 1, missing: "neutral" }),
 * ], createServiceRules().installed));
 * scoreBy(card, { frequency: 8 }, "2026-03-01"); // => { score: 2_900_000, coverage: 750_000 }
 * ```
 */
export function scoreBy(
  card: Card,
  facts: Facts,
  today: LocalDate,
): { readonly score: number; readonly coverage: number } {
  try {
    const { rows, all } = card;
    let known = 0;
    let counting = 0;
    let score = 0;
    for (const row of rows) {
      const own = ownMark(row, facts, today);
      if (own !== null) known += row.weight;
      const mark = own ?? standIn(row.missing);
      if (mark !== null) {
        counting += row.weight;
        score += mark * row.weight;
      } else if (row.missing === "required") score = Number.NaN;
    }
    const coverage = Math.floor((known * full) / all);
    if (known === 0 || Number.isNaN(score)) return { score: Number.NaN, coverage };
    if (counting === all) return { score, coverage };
    score = 0;
    for (const row of rows) {
      const mark = ownMark(row, facts, today) ?? standIn(row.missing);
      if (mark !== null) score += pointsOf(mark, row.weight, all, counting);
    }
    return { score, coverage };
  } catch (thrown) {
    throw coded("INVALID_OPTIONS", "scoreBy", thrown);
  }
}

/** The mark that the facts themselves give. */
function ownMark(row: Row, facts: Facts, today: LocalDate): Millionths | null {
  const value = row.read(facts, today);
  return value === null ? null : row.mark(value);
}
