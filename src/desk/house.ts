import type { Actor, Context } from "../kernel/context.js";
import { type ClienteleError, hasCode } from "../kernel/errors.js";
import type { Instant } from "../kernel/instant.js";
import { toInstant, toMs } from "../kernel/instant.js";
import type { PolicyBook } from "../kernel/policy.js";
import type { Issue, Refusal, Result } from "../kernel/result.js";
import { refuse } from "../kernel/result.js";
import { idText, parse, preview } from "../kernel/schema.js";
import type { Reads, Store, UnitOfWork } from "../ports/store.js";
import type { Doors, ServiceRules } from "../rules/index.js";
import type { Books } from "./books.js";
import type { Observer } from "./observe.js";
import type { Turns } from "./turns.js";

/** What every part of a desk works with. */
export interface House<Tx> {
  readonly rules: ServiceRules<any>;
  readonly store: Store<Tx>;
  readonly clock: () => Instant;
  readonly newId: () => string;
  readonly zone: string;
  readonly attempts: number;
  readonly receiptDays: number | null;
  readonly books: Books;
  readonly turns: Turns;
  readonly pause: (attempt: number, took: number) => Promise<void>;
  readonly observe: Observer | undefined;
}

/** Carries a refusal out of a unit of work, so that nothing of the unit remains. */
export class Stop {
  constructor(readonly refusal: Refusal) {}
}

/** The value, or out of the unit. */
export function orStop<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Stop(result.error);
}

/** The doors of a kind, or out of the unit. */
export function doorsOf(house: House<any>, kind: string): Doors {
  const doors = house.rules.doors(kind);
  if (doors === undefined) throw new Stop({ code: "UNKNOWN_KIND", subject: kind });
  return doors;
}

export const day = 86_400_000;
export const later = (at: Instant, ms: number): Instant => toInstant(Math.min(toMs(at) + ms, lastMoment));
const lastMoment = 253_402_300_799_999;

/** What a decision may know, now, in this tenant. */
export const contextOf = (house: House<any>, book: PolicyBook, actor: Actor, seed: string): Context => ({
  now: house.clock(),
  zone: house.zone,
  actor,
  seed,
  book,
});

/** One thing wrong with a request. */
export const wrong = (path: string, message: string): Refusal => ({
  code: "INVALID_INPUT",
  issues: [{ path, code: "custom", message }],
});

/** Reads arguments, once: a getter or a proxy among them that throws has made a wrong input, nothing else. */
export function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw thrown instanceof Stop ? thrown : new Stop(wrong("", "a request that can be read is needed"));
  }
}

const anyId = /* @__PURE__ */ idText();

/** What is wrong with a name of 1 to 200 characters. */
export function nameIssues(value: unknown, path: string): readonly Issue[] {
  if (typeof value !== "string")
    return [{ path, code: "invalid_type", message: `a text is needed, found ${preview(value)}` }];
  const read = parse(anyId, value);
  return read.ok ? [] : read.error.map((issue) => ({ ...issue, path }));
}

/** A name of 1 to 200 characters, or out of the door. */
export function needName(value: unknown, path: string): string {
  const issues = nameIssues(value, path);
  if (issues.length > 0) throw new Stop({ code: "INVALID_INPUT", issues });
  return value as string;
}

/**
 * Stores mark a conflict by its code. What is not JSON came in with the input, and what the code of a plugin did wrong
 * between two doors comes as `REFUSED`: refusals, not crashes.
 */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (thrown instanceof Stop) return thrown.refusal;
  if (hasCode(thrown, "REFUSED")) return (thrown as ClienteleError).details as Refusal;
  if (!hasCode(thrown, "NOT_JSON")) return undefined;
  return wrong("", `cannot be stored: ${(thrown as ClienteleError).message}`);
}

/**
 * Runs a unit of work until it commits. A conflict means that somebody was faster: the work decides again on fresh
 * state. Joined work is tried once, because the host's transaction is not ours to begin again.
 */
export async function settled<Tx, R>(
  house: House<Tx>,
  scope: { readonly tenant: string; readonly join?: Tx | undefined; readonly reads?: Reads | undefined },
  subject: string,
  work: (unit: UnitOfWork<Tx>, attempt: number) => Promise<R>,
): Promise<Result<R>> {
  const { tenant, join, reads } = scope;
  const options = join !== undefined ? { tenant, join } : reads !== undefined ? { tenant, reads } : { tenant };
  for (let attempt = 1; ; attempt++) {
    const began = Date.now();
    try {
      return { ok: true, value: await house.store.transaction((unit) => work(unit, attempt), options) };
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal !== undefined) return refuse(refusal);
      if (!hasCode(thrown, "CONFLICT")) throw thrown;
      if (scope.join !== undefined || attempt >= house.attempts) return refuse({ code: "CONFLICT", subject });
      await house.pause(attempt, Date.now() - began);
    }
  }
}
