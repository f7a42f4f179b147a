import * as z from "zod/mini";
import type { Context } from "../kernel/context.js";
import type { Money } from "../kernel/money.js";
import { type PolicyKind, policyKind } from "../kernel/policy.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import {
  amount,
  flags,
  type Grade3,
  listOf,
  type Nature,
  nature,
  type Priority,
  priority,
  type Scope,
  type Severity,
  scope,
  severity,
} from "./vocabulary.js";

/** A node of a tree, by the id of the node above it. */
export interface Node {
  readonly id: string;
  readonly parent?: string | undefined;
}
/** What complaints are about; a node may belong to one nature. */
export interface Category extends Node {
  readonly nature?: Nature | undefined;
}
/** Why things go wrong, and why nobody notices in time: causes of occurrence, and of escape. */
export interface Cause extends Node {
  readonly why: "occurrence" | "escape";
}

/** When a complaint is major: everything that is said must hold. */
export interface MajorRule {
  readonly id: string;
  /** At least so much is at stake, or is wanted. */
  readonly stake?: Money | undefined;
  readonly safety?: boolean | undefined;
  readonly legal?: boolean | undefined;
  readonly media?: boolean | undefined;
  readonly repeat?: boolean | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly grades?: readonly string[] | undefined;
}
/** Which priority a complaint has: the first row that fits. */
export interface PriorityRow {
  readonly priority: Priority;
  readonly severities?: readonly Severity[] | undefined;
  readonly scopes?: readonly Scope[] | undefined;
  readonly grades?: readonly string[] | undefined;
}
/** What must be there before a complaint counts as resolved. */
export type Demand = "cause" | "responsibility" | "remedy" | "acceptance";

/** How a house handles complaints. What is left out is not asked for. */
export interface ComplaintBody {
  /** The severity of each impact and urgency: three rows of three, the most first. Default: `matrix`. */
  readonly severity?: readonly (readonly Severity[])[] | undefined;
  /** Default: safety, legal or media, and whatever is critical. */
  readonly major?: readonly MajorRule[] | undefined;
  /** Default: 1 to 4 by severity. */
  readonly priorities?: readonly PriorityRow[] | undefined;
  /** Without it any category is taken. */
  readonly categories?: readonly Category[] | undefined;
  /** Without it any cause is taken. */
  readonly causes?: readonly Cause[] | undefined;
  readonly closing?: readonly Demand[] | undefined;
  /** How many days after it was closed a complaint can be reopened; afterwards a new one is linked to it. */
  readonly reopenDays?: number | undefined;
  /** How many days after it was resolved the same again is a repeat. Default 30. */
  readonly repeatDays?: number | undefined;
  /** From how many handovers on a complaint is being pushed around. Default 3. */
  readonly handovers?: number | undefined;
  /** What the customer's silence to a proposal means, after so many reminders; left out: nothing, ever. */
  readonly silence?: { readonly reminders: number; readonly means: "acceptance" | "closing" } | undefined;
  /** The outside body that a final reply names. */
  readonly disputeBody?: string | undefined;
}

/** Impact down, urgency across, 1 first. */
export const matrix: readonly (readonly Severity[])[] = [
  ["critical", "high", "normal"],
  ["high", "normal", "normal"],
  ["normal", "low", "low"],
];
export const majorRules: readonly MajorRule[] = [
  { id: "safety", safety: true },
  { id: "legal", legal: true },
  { id: "media", media: true },
  { id: "critical", severities: ["critical"] },
];
export const priorityRows: readonly PriorityRow[] = [
  { priority: 1, severities: ["critical"] },
  { priority: 2, severities: ["high"] },
  { priority: 3, severities: ["normal"] },
  { priority: 4 },
];

/** What is in force of it. */
export const bodyInForce = ({ book, now }: Context): ComplaintBody =>
  (book.inForce("complaint", now)?.body as ComplaintBody | undefined) ?? {};

/** A node and all above it; a tree that bites its tail was refused. */
export function branch<N extends Node>(nodes: readonly N[], id: string): readonly N[] {
  const list: N[] = [];
  for (let at: string | undefined = id; at !== undefined && list.length <= nodes.length; ) {
    const node = nodes.find((one) => one.id === at);
    if (node === undefined) break;
    list.push(node);
    at = node.parent;
  }
  return list;
}

const isTree = (nodes: readonly Node[]): boolean =>
  new Set(nodes.map(({ id }) => id)).size === nodes.length &&
  nodes.every(({ id }) => {
    const line = branch(nodes, id);
    return line.length <= nodes.length && line.at(-1)?.parent === undefined;
  });
/* @__NO_SIDE_EFFECTS__ */
const treeOf = (shape: Record<string, $ZodType>) =>
  z.optional(
    z.array(z.strictObject({ id: idText(), parent: z.optional(idText()), ...shape })).check(
      z.maxLength(1000),
      z.refine((nodes) => isTree(nodes as readonly Node[]), {
        error: "ids are different, and each parent is a node of the tree, in no circle",
      }),
    ),
  );
const days = z.optional(z.int().check(z.minimum(0), z.maximum(36_500)));
const count = z.int().check(z.minimum(1), z.maximum(100));
const severities = z.optional(listOf(severity, 4, 1));
const grades = z.optional(listOf(text(50), 50, 1));

/**
 * The policy by which complaints are assessed, investigated and closed.
 *
 * @example
 * ```ts
 * import { complaintPolicy } from "clientele";
 *
 * const house = complaintPolicy.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     causes: [{ id: "logistics", why: "occurrence" }, { id: "packing", parent: "logistics", why: "occurrence" }],
 *     closing: ["cause", "remedy", "acceptance"],
 *     reopenDays: 60,
 *     silence: { reminders: 2, means: "closing" },
 *   },
 * });
 * house.body.closing?.length; // => 3
 * ```
 */
export const complaintPolicy: PolicyKind<"complaint", ComplaintBody, ComplaintBody> = /* @__PURE__ */ policyKind(
  "complaint",
  {
    revision: 1,
    body: /* @__PURE__ */ z
      .strictObject({
        severity: z.optional(listOf(listOf(severity, 3, 3), 3, 3)),
        major: z.optional(
          z
            .array(
              z.strictObject({
                id: idText(),
                stake: z.optional(amount),
                ...flags,
                repeat: z.optional(z.boolean()),
                severities,
                grades,
              }),
            )
            .check(z.maxLength(100)),
        ),
        priorities: z.optional(
          z
            .array(z.strictObject({ priority, severities, scopes: z.optional(listOf(scope, 2, 1)), grades }))
            .check(z.maxLength(100)),
        ),
        categories: treeOf({ nature: z.optional(nature) }),
        causes: treeOf({ why: z.enum(["occurrence", "escape"]) }),
        closing: z.optional(z.array(z.enum(["cause", "responsibility", "remedy", "acceptance"])).check(z.maxLength(4))),
        reopenDays: days,
        repeatDays: days,
        handovers: z.optional(count),
        silence: z.optional(z.strictObject({ reminders: count, means: z.enum(["acceptance", "closing"]) })),
        disputeBody: z.optional(text(1000)),
      })
      .check(
        z.refine(
          ({ closing, silence }) => silence?.means !== "acceptance" || closing?.includes("acceptance") !== true,
          {
            error: "what the customer's silence has accepted could never be closed where words are demanded",
            path: ["silence", "means"],
          },
        ),
      ) as unknown as $ZodType<ComplaintBody, ComplaintBody>,
  },
);

/** The row of the matrix. */
export const severityOf = ({ severity = matrix }: ComplaintBody, impact: Grade3, urgency: Grade3): Severity =>
  severity[impact - 1]![urgency - 1]!;
