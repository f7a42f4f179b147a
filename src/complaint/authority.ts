import * as z from "zod/mini";
import type { Actor, Context } from "../kernel/context.js";
import type { Money } from "../kernel/money.js";
import { type PolicyKind, policyKind } from "../kernel/policy.js";
import { type $ZodType, idText, text } from "../kernel/schema.js";
import type { Offer } from "./ledger.js";
import { amount, listOf, type Remedy, remedy, type Scope, scope } from "./vocabulary.js";

/** What some may decide: whatever is left out does not narrow it. */
export interface Limit {
  readonly id: string;
  /** Any of these roles; left out: all staff. */
  readonly roles?: readonly string[] | undefined;
  /** On these handling levels (C5). */
  readonly levels?: readonly (1 | 2 | 3)[] | undefined;
  readonly scopes?: readonly Scope[] | undefined;
  readonly remedies?: readonly Remedy[] | undefined;
  /** Up to so much, in each of these currencies; left out: any amount. */
  readonly upTo?: readonly Money[] | undefined;
}
/** The limits of a house; somebody may what any of them allows. */
export interface AuthorityBody {
  readonly limits: readonly Limit[];
}

/** Without a policy: contact staff settle what is general, managers whatever there is (E12). */
const unsaid: readonly Limit[] = [
  { id: "contact", scopes: ["general"] },
  { id: "manager", roles: ["manager"] },
];

/**
 * The policy of authority limits (B12): who may grant which remedy, up to which amount.
 *
 * @example
 * ```ts
 * import { authorityLimits } from "clientele";
 *
 * const limits = authorityLimits.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     limits: [
 *       { id: "contact", scopes: ["general"], upTo: [{ amount: 5_000, currency: "EUR" }] },
 *       { id: "manager", roles: ["manager"] },
 *     ],
 *   },
 * });
 * limits.body.limits.length; // => 2
 * ```
 */
export const authorityLimits: PolicyKind<"authority", AuthorityBody, AuthorityBody> = /* @__PURE__ */ policyKind(
  "authority",
  {
    revision: 1,
    body: /* @__PURE__ */ z.strictObject({
      limits: z
        .array(
          z.strictObject({
            id: idText(),
            roles: z.optional(listOf(text(100), 50, 1)),
            levels: z.optional(z.array(z.literal([1, 2, 3])).check(z.minLength(1), z.maxLength(3))),
            scopes: z.optional(listOf(scope, 2, 1)),
            remedies: z.optional(listOf(remedy, 100, 1)),
            upTo: z.optional(listOf(amount, 50, 1)),
          }),
        )
        .check(z.maxLength(200)),
    }) as unknown as $ZodType<AuthorityBody, AuthorityBody>,
    names: ({ limits }: AuthorityBody) =>
      limits.flatMap(({ remedies = [] }) =>
        remedies.filter((id) => id.includes(".")).map((id) => ({ token: "remedy", of: "complaint", id })),
      ),
  },
);

/** Of what complaint, with what power. */
export interface Decided {
  readonly level: 1 | 2 | 3;
  readonly scope: Scope | null;
}

/** The limits that let an actor decide on complaints like this one at all, by the policy in force. */
export function limitsOf({ book, now }: Context, actor: Actor, { level, scope }: Decided): readonly Limit[] {
  const { limits } = (book.inForce("authority", now)?.body as AuthorityBody | undefined) ?? { limits: unsaid };
  return limits.filter(
    ({ roles, levels, scopes }) =>
      (roles === undefined || roles.some((role) => actor.roles?.includes(role))) &&
      (levels === undefined || levels.includes(level)) &&
      // What nobody has assessed is general until somebody does.
      (scopes === undefined || scopes.includes(scope ?? "general")),
  );
}

/** Whether a remedy is within one of some limits. */
export const isWithin = (limits: readonly Limit[], { remedy, amount }: Offer): boolean =>
  limits.some(
    ({ remedies, upTo }) =>
      (remedies === undefined || remedies.includes(remedy)) &&
      (amount === undefined ||
        upTo === undefined ||
        upTo.some((one) => one.currency === amount.currency && amount.amount <= one.amount)),
  );
