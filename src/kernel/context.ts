import type { Instant } from "./instant.js";
import { toMs } from "./instant.js";
import type { PolicyBook } from "./policy.js";
import type { Issue } from "./result.js";

/** Who acts. `system` is the host's own software: a job, a survey, a reaction. */
export interface Actor {
  readonly kind: "staff" | "customer" | "system";
  readonly id: string;
  /** What the host says this person is; permits grant by role. */
  readonly roles?: readonly string[];
}

/** Everything that a decision may know beside the record and the command. Nothing is optional: no hidden clock. */
export interface Context {
  readonly now: Instant;
  /** IANA name of the zone in which days are counted. */
  readonly zone: string;
  readonly actor: Actor;
  /** What chance is drawn from (see `chance`): the same seed, the same decision. */
  readonly seed: string;
  readonly book: PolicyBook;
}

/** Time itself, as an actor: what `sweep` says is said by it. */
export const clockActor: Actor = { kind: "system", id: "clock" };

/** Whether time alone did it. */
export const isClock = (actor: Actor): boolean => actor.kind === "system" && actor.id === "clock";

const isText = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= 200;
const isRoles = (roles: unknown): boolean =>
  roles === undefined || (Array.isArray(roles) && roles.length <= 100 && roles.every(isText));
const isKind = (kind: unknown): boolean => kind === "staff" || kind === "customer" || kind === "system";
const issue = (path: string, message: string): Issue => ({ path, code: "custom", message });
const none: readonly Issue[] = [];

/** What is wrong with an actor; nothing for a good one. `clock` is reserved for time itself. */
export function actorIssues(actor: Actor): readonly Issue[] {
  if (typeof actor !== "object" || actor === null) return [issue("actor", "an actor { kind, id, roles? } is needed")];
  const { kind, id, roles } = actor;
  if (isKind(kind) && isText(id) && isRoles(roles) && !isClock(actor)) return none;
  const issues: Issue[] = [];
  if (!isKind(kind)) issues.push(issue("actor.kind", "allowed: staff, customer, system"));
  if (!isText(id)) issues.push(issue("actor.id", "a text of 1 to 200 characters is needed"));
  if (isClock(actor)) issues.push(issue("actor.id", '"clock" is time itself'));
  if (!isRoles(roles)) issues.push(issue("actor.roles", "a list of at most 100 texts is needed"));
  return issues;
}

/**
 * What is wrong with a context, as far as a decision could trip over it; nothing for a good one. `now` is its `now` in
 * milliseconds, for who has read it already.
 */
export function contextIssues(context: Context, now: number = toMs(context?.now)): readonly Issue[] {
  if (typeof context !== "object" || context === null) return [issue("", "a context is needed")];
  const { zone, seed, book } = context;
  const actor = actorIssues(context.actor);
  const timely = !Number.isNaN(now);
  const booked = typeof book?.inForce === "function";
  if (timely && booked && typeof zone === "string" && typeof seed === "string" && actor === none) return none;
  const issues = [...actor];
  if (!timely) issues.push(issue("now", "an instant YYYY-MM-DDTHH:mm:ss.sssZ is needed"));
  if (typeof zone !== "string") issues.push(issue("zone", "the name of a time zone is needed"));
  if (typeof seed !== "string") issues.push(issue("seed", "a text is needed"));
  if (!booked) issues.push(issue("book", "a policy book is needed"));
  return issues;
}
