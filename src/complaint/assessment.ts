import * as z from "zod/mini";
import { guarded } from "../kernel/guarded.js";
import type { Money } from "../kernel/money.js";
import { type $ZodType, idText } from "../kernel/schema.js";
import { known } from "./model.js";
import {
  type ComplaintBody,
  type MajorRule,
  majorRules,
  type PriorityRow,
  priorityRows,
  severityOf,
} from "./policy.js";
import {
  amount,
  type Flags,
  flags,
  type Grade3,
  grade3,
  listOf,
  type Nature,
  nature,
  type Priority,
  priority,
  type Scope,
  type Severity,
  scope,
  severity,
  type Wanted,
} from "./vocabulary.js";

/** What is seen of a complaint when it is assessed. */
export interface Seen extends Flags {
  readonly nature: Nature;
  readonly category?: string | undefined;
  readonly impact?: Grade3 | undefined;
  readonly urgency?: Grade3 | undefined;
  /** By hand; without it by impact and urgency. */
  readonly severity?: Severity | undefined;
  /** By hand; without it by the rules of the policy. */
  readonly scope?: Scope | undefined;
  readonly stake?: Money | undefined;
}
/** What is made of it. */
export interface Assessment extends Seen {
  readonly severity: Severity;
  readonly scope: Scope;
  readonly priority?: Priority | undefined;
  /** The rules of the policy that speak for it being major, where it is. */
  readonly major?: readonly string[] | undefined;
}

const seenFields = {
  nature,
  category: z.optional(idText()),
  impact: z.optional(grade3),
  urgency: z.optional(grade3),
  stake: z.optional(amount),
  ...flags,
};
export const seen = z.object({
  ...seenFields,
  severity: z.optional(severity),
  scope: z.optional(scope),
}) as unknown as $ZodType<Seen, Seen>;
export const assessment = z.object({
  ...seenFields,
  severity,
  scope,
  priority: z.optional(priority),
  major: z.optional(listOf(idText(), 100)),
}) as unknown as $ZodType<Assessment, Assessment>;

/** What of the complaint itself counts when it is assessed: what was seen before does, until somebody says otherwise. */
export interface Assessed extends Flags {
  readonly stake?: Money | undefined;
  readonly grade?: string;
  readonly repeatOf?: string;
  readonly wanted?: Wanted;
}

/**
 * What a policy makes of what is seen: how severe it is, whether it is major and by which rules, and which priority it
 * has. `severity` and `scope` that are given stand; without a severity both impact and urgency are needed, or it is
 * `normal`.
 *
 * @example
 * ```ts
 * import { assessmentOf } from "clientele";
 *
 * const made = assessmentOf({}, {}, { nature: "product", impact: 1, urgency: 2, safety: true });
 * [made.severity, made.scope, made.priority, made.major]; // => ["high", "major", 2, ["safety"]]
 * ```
 */
export const assessmentOf = (body: ComplaintBody, complaint: Assessed, given: Seen): Assessment =>
  guarded("INVALID_OPTIONS", "assessmentOf", () => assessed(body, complaint, given));

function assessed(body: ComplaintBody, complaint: Assessed, given: Seen): Assessment {
  const { impact, urgency, severity: byHand, scope: ruled } = given;
  const severity =
    byHand ?? (impact === undefined || urgency === undefined ? "normal" : severityOf(body, impact, urgency));
  const facts = { given, severity, complaint };
  const major: string[] = [];
  for (const rule of body.major ?? majorRules) if (isMajor(rule, facts)) major.push(rule.id);
  const scope = ruled ?? (major.length > 0 ? "major" : "general");
  const row = (body.priorities ?? priorityRows).find((one) => hasPriority(one, severity, scope, complaint.grade));
  const { nature, category, stake, safety, legal, media } = given;
  return {
    ...known({ nature, category, impact, urgency, stake, safety, legal, media }),
    nature,
    severity,
    scope,
    ...(row === undefined ? {} : { priority: row.priority }),
    ...(scope === "general" || major.length === 0 ? {} : { major }),
  };
}

interface Facts {
  readonly given: Seen;
  readonly severity: Severity;
  readonly complaint: Assessed;
}

const reaches = (amount: Money | undefined, least: Money): boolean =>
  amount !== undefined && amount.currency === least.currency && amount.amount >= least.amount;

/** A rule that asks for nothing makes nothing major. */
function isMajor(rule: MajorRule, { given, severity, complaint }: Facts): boolean {
  const { stake, repeat, severities, grades } = rule;
  const { grade } = complaint;
  let asks = false;
  for (const flag of allFlags) {
    if (rule[flag] === undefined) continue;
    if ((given[flag] ?? complaint[flag] ?? false) !== rule[flag]) return false;
    asks = true;
  }
  if (
    stake !== undefined &&
    !reaches(given.stake ?? complaint.stake, stake) &&
    !reaches(complaint.wanted?.amount, stake)
  )
    return false;
  if (repeat !== undefined && (complaint.repeatOf !== undefined) !== repeat) return false;
  if (severities !== undefined && !severities.includes(severity)) return false;
  if (grades !== undefined && (grade === undefined || !grades.includes(grade))) return false;
  return asks || [stake, repeat, severities, grades].some((asked) => asked !== undefined);
}
const allFlags = ["safety", "legal", "media"] as const;

const hasPriority = (
  { severities, scopes, grades }: PriorityRow,
  severity: Severity,
  scope: Scope,
  grade: string | undefined,
): boolean =>
  (severities === undefined || severities.includes(severity)) &&
  (scopes === undefined || scopes.includes(scope)) &&
  (grades === undefined || (grade !== undefined && grades.includes(grade)));
