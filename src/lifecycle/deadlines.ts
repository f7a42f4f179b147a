import * as z from "zod/mini";
import { type PolicyKind, policyKind } from "../kernel/policy.js";
import { type Span, spanMs } from "./span.js";

/** How long a record may stay in a state, by kind and state. What is not named keeps the state's own deadline. */
export type Deadlines = Readonly<Record<string, Readonly<Record<string, Span>>>>;

const span = z
  .union([
    z.strictObject({ days: z.number() }),
    z.strictObject({ hours: z.number() }),
    z.strictObject({ minutes: z.number() }),
  ])
  .check(z.refine((s) => spanMs(s) > 0, { error: "a span above 0 and up to 100 years is needed" }));

/**
 * The policy of state deadlines. The version that was in force when a record entered its state holds for that stay, so
 * a later version moves no deadline that is already running.
 *
 * @example
 * ```ts
 * import { deadlines } from "clientele";
 *
 * const strict = deadlines.version({
 *   id: "standard", version: 1, from: "2026-01-01T00:00:00.000Z", body: { complaint: { received: { hours: 4 } } },
 * });
 * strict.body.complaint?.received; // => { hours: 4 }
 * ```
 */
export const deadlines: PolicyKind<"deadlines", Deadlines, Deadlines> = /* @__PURE__ */ policyKind("deadlines", {
  revision: 1,
  moves: true,
  body: /* @__PURE__ */ z.record(z.string(), z.record(z.string(), span)) as never,
  names: (body: Deadlines) =>
    Object.entries(body).flatMap(([of, states]) => Object.keys(states).map((id) => ({ token: "state", of, id }))),
});
