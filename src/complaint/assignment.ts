import * as z from "zod/mini";
import { guarded } from "../kernel/guarded.js";
import { type PolicyKind, policyKind } from "../kernel/policy.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import { type $ZodType, idText, parse } from "../kernel/schema.js";
import type { Installed, Token } from "../kernel/token.js";
import { blaming, contained, fault } from "../lifecycle/fault.js";
import type { ComplaintFields } from "./model.js";

/** Somebody who could own a complaint. */
export interface Candidate {
  readonly id: string;
  readonly department?: string | undefined;
  readonly skills?: readonly string[] | undefined;
  /** BCP 47: `en`, `zh-CN`. */
  readonly languages?: readonly string[] | undefined;
  /** How many open complaints they own, and how many are as many as they can take. */
  readonly load?: number | undefined;
  readonly capacity?: number | undefined;
}
/** The complaint that an owner is looked for. */
export interface Ownerless extends Partial<ComplaintFields> {
  /** The language of the customer. */
  readonly language?: string | undefined;
}

/** How well somebody suits: 0 to 1,000,000; `null`: not at all, whatever else speaks for them. */
export type Suits = number | null;
const wholly = 1_000_000;

/** One line of what counts: data, which names a rule as `id@revision`. */
export interface AssignmentRow {
  readonly id: string;
  readonly rule: string;
  readonly args: unknown;
  /** A whole number from 1 to 1,000. */
  readonly weight: number;
}
export interface AssignmentBody {
  readonly rows: readonly AssignmentRow[];
}

/** A rule by which owners are found. */
export interface AssignmentRule<Id extends string = string, In = any> extends Token<"assignment", "complaint", Id> {
  readonly revision: number;
  /** Names the rule in its present revision, with arguments, for a row. */
  readonly row: (row: { readonly id: string; readonly weight: number; readonly args: In }) => AssignmentRow;
  readonly "~types"?: { readonly in: In };
  readonly "~def": {
    readonly args: $ZodType;
    readonly suits: (args: never) => (candidate: Candidate, complaint: Ownerless) => Suits;
  };
}

/**
 * Defines a rule by which owners are found. `suits` is given the arguments once and answers the function that says how
 * well a candidate suits.
 *
 * @example
 * ```ts
 * import * as z from "zod/mini";
 * import { assignmentRule } from "clientele";
 *
 * const near = assignmentRule("acme.near", {
 *   revision: 1, args: z.object({ place: z.string() }),
 *   suits: ({ place }) => (candidate) => (candidate.department === place ? 1_000_000 : 0),
 * });
 * near.row({ id: "near", weight: 10, args: { place: "north" } }).rule; // => "acme.near@1"
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function assignmentRule<const Id extends string, Args, In = Args>(
  id: Id,
  def: {
    readonly revision: number;
    readonly args: $ZodType<Args, In>;
    readonly suits: (args: NoInfer<Args>) => (candidate: Candidate, complaint: Ownerless) => Suits;
  },
): AssignmentRule<Id, In> {
  const { revision, args, suits } = guarded("INVALID_COMPOSITION", "assignmentRule", () => ({ ...def }));
  return {
    token: "assignment",
    of: "complaint",
    id,
    revision,
    row: (given) =>
      guarded("INVALID_OPTIONS", "row", () => {
        const { id: row, weight, args: said } = given;
        return { id: row, rule: `${id}@${revision}`, args: said, weight };
      }),
    "~def": { args: args as $ZodType, suits: suits as never },
  };
}

const whetherNeeded = z.object({ required: z.optional(z.boolean()) });
const has = (is: boolean, required = false): Suits => (is ? wholly : required ? null : 0);

/** Who knows the category, the nature or the subject of the complaint; `required`: nobody else. */
export const bySkill: AssignmentRule<"by_skill", { readonly required?: boolean | undefined }> =
  /* @__PURE__ */ assignmentRule("by_skill", {
    revision: 1,
    args: whetherNeeded,
    suits:
      ({ required }) =>
      ({ skills = [] }, { category, nature, subject }) =>
        has(
          [category, nature, subject].some((one) => typeof one === "string" && skills.includes(one)),
          required,
        ),
  });
/** Who speaks the customer's language; where it is not known, everybody does. */
export const byLanguage: AssignmentRule<"by_language", { readonly required?: boolean | undefined }> =
  /* @__PURE__ */ assignmentRule("by_language", {
    revision: 1,
    args: whetherNeeded,
    suits:
      ({ required }) =>
      ({ languages = [] }, { language }) =>
        has(language === undefined || languages.includes(language), required),
  });
/** Who has room: the share of their capacity that is free; who is full gets nothing more. */
export const byLoad: AssignmentRule<"by_load", Record<string, never>> = /* @__PURE__ */ assignmentRule("by_load", {
  revision: 1,
  args: z.object({}),
  suits:
    () =>
    ({ load = 0, capacity }) => {
      if (capacity === undefined) return wholly;
      if (!(load < capacity)) return null;
      return Math.round((wholly * (capacity - Math.max(0, load))) / capacity);
    },
});

/**
 * The policy by which owners are found.
 *
 * @example
 * ```ts
 * import { assignment, byLoad, bySkill } from "clientele";
 *
 * const policy = assignment.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     rows: [
 *       bySkill.row({ id: "skill", weight: 30, args: { required: true } }),
 *       byLoad.row({ id: "load", weight: 10, args: {} }),
 *     ],
 *   },
 * });
 * policy.body.rows[0]?.rule; // => "by_skill@1"
 * ```
 */
export const assignment: PolicyKind<"assignment", AssignmentBody, AssignmentBody> = /* @__PURE__ */ policyKind(
  "assignment",
  {
    revision: 1,
    body: /* @__PURE__ */ z.strictObject({
      rows: z
        .array(
          z.strictObject({
            id: idText(),
            rule: z.string().check(z.regex(/^[\w.-]{1,200}@\d{1,9}$/)),
            args: z.unknown(),
            weight: z.int().check(z.minimum(1), z.maximum(1000)),
          }),
        )
        .check(
          z.minLength(1),
          z.maxLength(50),
          z.refine((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, { error: "two rows have one id" }),
        ),
    }) as unknown as $ZodType<AssignmentBody, AssignmentBody>,
    names: ({ rows }: AssignmentBody) =>
      rows.map(({ rule, args }) => ({ token: "assignment", of: "complaint", id: rule, args })),
  },
);

/** Somebody who could own it, and why they stand where they stand. */
export interface RankedOwner {
  readonly id: string;
  /** The sum of the contributions. */
  readonly points: number;
  /** Of each row, in the order of the rows: at most a million times its weight. */
  readonly contributions: readonly { readonly id: string; readonly points: number }[];
}

/**
 * Who could own a complaint, best first; of equals who has fewer complaints, then by id. Whoever a rule excludes is not
 * among them. A rule that is not installed is refused (`UNKNOWN_REFERENCE`), another revision of one too
 * (`OTHER_REVISION`), arguments that do not fit as `INVALID_INPUT`.
 *
 * @example
 * ```ts
 * import { byLoad, bySkill, createServiceRules, rankOwners, unwrap } from "clientele";
 *
 * const rows = [
 *   bySkill.row({ id: "skill", weight: 30, args: {} }),
 *   byLoad.row({ id: "load", weight: 10, args: {} }),
 * ];
 * const ranked = unwrap(
 *   rankOwners({ rows }, createServiceRules().installed, { nature: "logistics" }, [
 *     { id: "ann", skills: ["logistics"], load: 9, capacity: 10 },
 *     { id: "bo", skills: ["product"], load: 0, capacity: 10 },
 *   ]),
 * );
 * ranked.map((one) => [one.id, one.points]); // => [["ann", 31_000_000], ["bo", 10_000_000]]
 * ```
 */
export function rankOwners(
  body: AssignmentBody,
  installed: Installed,
  complaint: Ownerless,
  candidates: readonly Candidate[],
): Result<readonly RankedOwner[]> {
  return contained("rankOwners", () => ranking(body.rows, installed, complaint, candidates));
}

interface Ready {
  readonly id: string;
  readonly rule: string;
  readonly weight: number;
  readonly suits: (candidate: Candidate, complaint: Ownerless) => Suits;
}

function readied({ id, rule, args, weight }: AssignmentRow, installed: Installed): Result<Ready> {
  const token = installed("assignment", rule.slice(0, rule.lastIndexOf("@"))) as AssignmentRule | undefined;
  if (token === undefined) return refuse({ code: "UNKNOWN_REFERENCE", subject: `assignment ${rule}` });
  if (rule !== `${token.id}@${token.revision}`) return refuse({ code: "OTHER_REVISION", subject: rule });
  const given = parse(token["~def"].args, args);
  if (!given.ok) return refuse({ code: "INVALID_INPUT", issues: given.error });
  return ok({ id, rule, weight, suits: token["~def"].suits(given.value as never) });
}

const isMark = (mark: unknown): mark is Suits =>
  mark === null || (Number.isInteger(mark) && (mark as number) >= 0 && (mark as number) <= wholly);

function ranking(
  rows: readonly AssignmentRow[],
  installed: Installed,
  complaint: Ownerless,
  candidates: readonly Candidate[],
): Result<readonly RankedOwner[]> {
  const read: Ready[] = [];
  for (const row of rows) {
    const ready = readied(row, installed);
    if (!ready.ok) return ready;
    read.push(ready.value);
  }
  const ranked: (RankedOwner & { readonly load: number })[] = [];
  for (const candidate of candidates) {
    const contributions: { readonly id: string; readonly points: number }[] = [];
    for (const { id, rule, weight, suits } of read) {
      const mark = blaming(rule, (one: Candidate) => suits(one, complaint), candidate);
      if (!isMark(mark)) throw fault(rule, "a whole number from 0 to 1,000,000, or null, is needed");
      if (mark === null) break;
      contributions.push({ id, points: mark * weight });
    }
    if (contributions.length < read.length) continue;
    const points = contributions.reduce((sum, one) => sum + one.points, 0);
    ranked.push({ id: candidate.id, points, contributions, load: candidate.load ?? 0 });
  }
  ranked.sort((a, b) => b.points - a.points || a.load - b.load || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return ok(ranked.map(({ id, points, contributions }) => ({ id, points, contributions })));
}
