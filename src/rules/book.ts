import { type CalendarData, createCalendar } from "../calendar/index.js";
import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import { type Instant, isInstant } from "../kernel/instant.js";
import type { Policy, PolicyBook } from "../kernel/policy.js";

const nothing: PolicyBook = {
  inForce: () => undefined,
  byHash: () => undefined,
  nextChange: () => undefined,
  made: maker(),
};

/**
 * A book of these policies. Of a kind, the one with the latest `from` that is not in the future is in force; of two
 * from the same instant the higher version.
 *
 * @example
 * ```ts
 * import { policyBook } from "clientele";
 *
 * policyBook([]).inForce("deadlines", "2026-01-01T00:00:00.000Z"); // => undefined
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function policyBook(policies: readonly Policy[]): PolicyBook {
  return guarded("INVALID_POLICY", "policyBook", () => bookOf(policies));
}

function bookOf(policies: readonly Policy[]): PolicyBook {
  if (policies.length === 0) return nothing;
  const newestFirst = new Map<string, Policy[]>();
  for (const p of policies) {
    if (!isInstant(p.from) || !Number.isSafeInteger(p.version))
      throw new ClienteleError("INVALID_POLICY", "a policy has a version, and an instant from which it is in force");
    const list = newestFirst.get(p.kind);
    if (list === undefined) newestFirst.set(p.kind, [p]);
    else list.push(p);
  }
  for (const list of newestFirst.values()) list.sort(newer);
  const byHash = new Map(policies.map((p) => [p.hash, p]));
  return {
    inForce: (kind, at, id) =>
      typeof at !== "string"
        ? undefined
        : newestFirst.get(kind)?.find((p) => p.from <= at && (id === undefined || p.id === id)),
    byHash: (hash) => byHash.get(hash),
    made: maker(),
    nextChange: (kind, after) => {
      let next: Instant | undefined;
      for (const { from } of newestFirst.get(kind) ?? []) {
        if (from <= after) break;
        next = from;
      }
      return next;
    },
  };
}

const newer = (a: Policy, b: Policy): number =>
  a.from === b.from ? b.version - a.version || (a.id < b.id ? -1 : 1) : a.from < b.from ? 1 : -1;

/** Each calendar is made once: its tables then serve every clock that is held to it. */
function maker(): (policy: Policy) => unknown {
  const calendars = new WeakMap<Policy, unknown>();
  return (policy) => {
    if (policy.kind !== "calendar") return undefined;
    const known = calendars.get(policy);
    if (known !== undefined) return known;
    const { id, version, body } = policy;
    const { zone, week, holidays, days, dataThrough } = body as CalendarData;
    const calendar = createCalendar({ id, version, zone, week, holidays, days, dataThrough });
    calendars.set(policy, calendar);
    return calendar;
  };
}
