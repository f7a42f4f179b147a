import type { Calendar } from "../calendar/index.js";
import { ClienteleError } from "../kernel/errors.js";
import { type Instant, isInstant } from "../kernel/instant.js";
import type { Policy, PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Refusal } from "../kernel/result.js";
import type { HeldRow } from "../kernel/run.js";
import type { ServiceLevels, TargetRow } from "./policy.js";
import { needsCalendar, type Target } from "./target.js";

/** What a clock of a composition says about itself. */
export interface ClockRule {
  readonly id: string;
  readonly repeats: boolean;
  /** What holds where no policy of service levels is in force. */
  readonly target: Target | undefined;
}

/** What holds for a clock of a record at an instant. */
export interface Held {
  readonly target: Target | null;
  readonly calendar: Calendar | undefined;
  readonly policy: Policy | undefined;
  readonly hours: Policy | undefined;
  /** The place of the target among the rows of the record's kind; -1 where none of a policy holds. */
  readonly row: number;
}

/** Why a clock that nothing holds for is cancelled. */
export const noTarget = "NO_TARGET";

/** The target of a clock for a record, by the versions that hold at an instant for a run that began at another. */
export function heldFor(
  { id, target }: ClockRule,
  record: AnyRecord,
  began: Instant,
  at: Instant,
  book: PolicyBook,
): Held {
  const first = book.inForce("service-level", began);
  const pinned = (first?.body as ServiceLevels | undefined)?.targetVersion === "pinned";
  const policy = pinned ? first : book.inForce("service-level", at);
  if (policy === undefined)
    return { target: promisedIn(record, target ?? null), calendar: undefined, policy, hours: undefined, row: -1 };
  const rows = (policy.body as ServiceLevels).targets[record.kind] ?? [];
  return heldTo(
    policy,
    rows.findIndex((one) => one.clock === id && fits(one, record)),
    record,
    began,
    at,
    book,
  );
}

/** The same for a row that is known, as of a clock that has stopped; `undefined` where the book lacks its version. */
export function heldStill(
  { policy, row }: HeldRow,
  record: AnyRecord,
  began: Instant,
  at: Instant,
  book: PolicyBook,
): Held | undefined {
  const version = book.byHash(policy);
  return version === undefined ? undefined : heldTo(version, row, record, began, at, book);
}

function heldTo(policy: Policy, row: number, record: AnyRecord, began: Instant, at: Instant, book: PolicyBook): Held {
  const { targets, calendar, calendarVersion } = policy.body as ServiceLevels;
  const written = targets[record.kind]?.[row];
  const target = promisedIn(record, written ?? null);
  if (written === undefined || target === null)
    return { target: null, calendar: undefined, policy, hours: undefined, row: -1 };
  const named = written.calendar ?? calendar;
  if (named === undefined || !needsCalendar(target))
    return { target, calendar: undefined, policy, hours: undefined, row };
  const pinned = calendarVersion === "pinned" ? book.inForce("calendar", began, named) : undefined;
  const hours = pinned ?? book.inForce("calendar", at, named);
  const made = hours === undefined ? undefined : (book.made?.(hours) as Calendar | undefined);
  if (made === undefined) throw refused({ code: "NO_POLICY", subject: `calendar ${named}` });
  return { target, calendar: made, policy, hours, row };
}

/** The last instant that each target was put until. */
const promises = new WeakMap<Target, Target>();

/** A target until the instant that a field of the record carries, as one until that instant; `null` while it has none. */
function promisedIn(record: AnyRecord, target: Target | null): Target | null {
  if (target === null || !("field" in target.within)) return target;
  const until = (record as unknown as Readonly<Record<string, unknown>>)[target.within.field];
  if (!isInstant(until)) return null;
  const had = promises.get(target);
  if (had !== undefined && (had.within as { readonly until: Instant }).until === until) return had;
  // A promise stands, whatever else is waited for.
  const made: Target = { ...target, within: { until }, pausable: false };
  promises.set(target, made);
  return made;
}

/** On its way to a door, which answers it as a refusal. */
const refused = (refusal: Refusal): ClienteleError =>
  new ClienteleError("REFUSED", `refused: ${JSON.stringify(refusal)}`, refusal);

function fits({ when }: TargetRow, record: AnyRecord): boolean {
  if (when === undefined) return true;
  const fields = record as unknown as Readonly<Record<string, unknown>>;
  for (const name in when) {
    const wanted = when[name]!;
    const value = (name.includes(".") ? reached(fields, name) : fields[name]) ?? null;
    if (Array.isArray(wanted) ? !wanted.includes(value as never) : wanted !== value) return false;
  }
  return true;
}

/** What a plugin keeps in its place on the record: `slots.legal.court`. */
const reached = (fields: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (at, name) => (Object.hasOwn(Object(at), name) ? (at as Record<string, unknown>)[name] : undefined),
      fields,
    );
