import * as z from "zod/mini";
import type { Actor } from "../kernel/context.js";
import type { Draft } from "../kernel/event.js";
import { guarded } from "../kernel/guarded.js";
import { type PolicyKind, policyKind } from "../kernel/policy.js";
import { type AnyRecord, headFields } from "../kernel/record.js";
import { type $ZodType, text } from "../kernel/schema.js";
import { listOf } from "./vocabulary.js";

/** Who may see what: fields of the record, and what events of a type say. Grants add up. */
export interface Sight {
  readonly id: string;
  /** Left out: any actor. A customer only ever sees their own complaints. */
  readonly actors?: readonly Actor["kind"][] | undefined;
  /** Any of these roles; left out: whoever it is. */
  readonly roles?: readonly string[] | undefined;
  /** Names of fields; `slots.legal` is what the plugin `legal` keeps. */
  readonly fields: "all" | readonly string[];
  /** Types of events. */
  readonly events: "all" | readonly string[];
}
export interface VisibilityBody {
  readonly sights: readonly Sight[];
}

/** What an actor may not see. */
export interface Hidden {
  readonly hidden: true;
}
/** A record as somebody may see it. */
export type ViewOf<R> = { readonly [X in keyof R]: R[X] | Hidden };

/**
 * Without a policy: the house sees everything; customers see what they said and what they were told, and nothing of what
 * the house thinks: cause, shares, evidence, owners, costs, notes.
 */
export const usualSights: readonly Sight[] = [
  { id: "house", actors: ["staff", "system"], fields: "all", events: "all" },
  {
    id: "customer",
    actors: ["customer"],
    fields: [
      "customerId",
      "orderId",
      "subject",
      "channel",
      "summary",
      "wish",
      "wanted",
      "attachments",
      "nature",
      "proposal",
      "promisedFor",
      "mergedInto",
      "repeatOf",
    ],
    events: [
      "complaint.opened",
      "complaint.acknowledged",
      "complaint.proposed",
      "complaint.accepted",
      "complaint.declined",
      "complaint.resolved",
      "complaint.confirmed",
      "complaint.disputed",
      "complaint.reopened",
      "complaint.withdrawn",
      "complaint.rejected",
      "complaint.appealed",
      "complaint.contacted",
      "complaint.promised",
      "complaint.answered",
      "complaint.waited",
      "complaint.merged",
    ],
  },
];

const names = z.union([z.literal("all"), listOf(text(200), 200)]);
/**
 * The policy of who may see what of complaints, field by field.
 *
 * @example
 * ```ts
 * import { usualSights, visibility } from "clientele";
 *
 * const house = visibility.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z",
 *   body: {
 *     sights: [
 *       { id: "counter", actors: ["staff"], fields: ["summary", "wish"], events: ["complaint.opened"] },
 *       { id: "manager", actors: ["staff"], roles: ["manager"], fields: "all", events: "all" },
 *       ...usualSights.filter((one) => one.id === "customer"),
 *     ],
 *   },
 * });
 * house.body.sights.length; // => 3
 * ```
 */
export const visibility: PolicyKind<"visibility", VisibilityBody, VisibilityBody> = /* @__PURE__ */ policyKind(
  "visibility",
  {
    revision: 1,
    body: /* @__PURE__ */ z.strictObject({
      sights: z
        .array(
          z.strictObject({
            id: text(200),
            actors: z.optional(z.array(z.enum(["staff", "customer", "system"])).check(z.minLength(1), z.maxLength(3))),
            roles: z.optional(listOf(text(100), 50, 1)),
            fields: names,
            events: names,
          }),
        )
        .check(z.maxLength(200)),
    }) as unknown as $ZodType<VisibilityBody, VisibilityBody>,
  },
);

const hidden: Hidden = { hidden: true };
const always: ReadonlySet<string> = /* @__PURE__ */ new Set<string>(headFields.filter((name) => name !== "slots"));

const sightsFor = (actor: Actor, { sights }: VisibilityBody): readonly Sight[] =>
  sights.filter(
    ({ actors, roles }) =>
      (actors === undefined || actors.includes(actor.kind)) &&
      (roles === undefined || roles.some((role) => actor.roles?.includes(role))),
  );
const isShown = (sights: readonly Sight[], of: "fields" | "events", name: string): boolean =>
  sights.some(({ [of]: shown }) => shown === "all" || shown.includes(name));
const usual: VisibilityBody = { sights: usualSights };

/** Whether it is the actor's to see at all: a customer's only if it is their own. */
const isTheirs = (actor: Actor, record: { readonly customerId: string | null }): boolean =>
  actor.kind !== "customer" || (record.customerId !== null && record.customerId === actor.id);

/**
 * A complaint as an actor may see it: what they may not see is `{ hidden: true }`; `undefined` for who may not see it
 * at all. What every record has (id, state, instants) is shown.
 *
 * @example
 * ```ts
 * import { createServiceRules, unwrap, viewFor } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const input = { customerId: "c-7", summary: "It does not cool" };
 * const { next } = unwrap(complaints.open({ id: "1", input }, testContext()));
 * viewFor({ kind: "customer", id: "c-7" }, next)?.summary; // => "It does not cool"
 * viewFor({ kind: "customer", id: "c-7" }, next)?.severity; // => { hidden: true }
 * viewFor({ kind: "customer", id: "c-8" }, next); // => undefined
 * ```
 */
export function viewFor<R extends AnyRecord & { readonly customerId: string | null }>(
  actor: Actor,
  record: R,
  body: VisibilityBody = usual,
): ViewOf<R> | undefined {
  return guarded("INVALID_OPTIONS", "viewFor", () => view(actor, record, body));
}

function view<R extends AnyRecord & { readonly customerId: string | null }>(
  actor: Actor,
  record: R,
  body: VisibilityBody,
): ViewOf<R> | undefined {
  if (!isTheirs(actor, record)) return undefined;
  const sights = sightsFor(actor, body);
  if (sights.length === 0) return undefined;
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record))
    shown[name] =
      name === "slots"
        ? Object.fromEntries(
            Object.entries(record.slots).map(([id, data]) => [
              id,
              isShown(sights, "fields", `slots.${id}`) ? data : hidden,
            ]),
          )
        : always.has(name) || isShown(sights, "fields", name)
          ? value
          : hidden;
  return shown as ViewOf<R>;
}

/**
 * The events of a complaint that an actor may see.
 *
 * @example
 * ```ts
 * import { createServiceRules, eventsFor, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const input = { customerId: "c-7", summary: "It does not cool" };
 * const { next, events } = unwrap(complaints.open({ id: "1", input }, testContext()));
 * eventsFor({ kind: "customer", id: "c-7" }, next, events).length; // => 1
 * eventsFor({ kind: "customer", id: "c-8" }, next, events).length; // => 0
 * ```
 */
export function eventsFor<E extends Draft>(
  actor: Actor,
  record: { readonly customerId: string | null },
  events: readonly E[],
  body: VisibilityBody = usual,
): readonly E[] {
  return guarded("INVALID_OPTIONS", "eventsFor", () => {
    if (!isTheirs(actor, record)) return [];
    const sights = sightsFor(actor, body);
    return events.filter(({ type }) => isShown(sights, "events", type));
  });
}
