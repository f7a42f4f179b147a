import { type Context, contextIssues } from "../kernel/context.js";
import { ClienteleError } from "../kernel/errors.js";
import type { ClockMark, Draft, Event } from "../kernel/event.js";
import { type Instant, toMs } from "../kernel/instant.js";
import type { Policy, PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import { type Heard, type Held, inInstants, noTarget, placed, readInOrder } from "../sla/index.js";
import type { Life } from "./compile.js";
import { notBefore } from "./decide.js";
import { evolve, pauseBy } from "./evolve.js";
import { contained } from "./fault.js";
import { heldAt } from "./holding.js";
import { type ClockReading, shown } from "./readings.js";
import { sweep } from "./sweep.js";
import type { Clock } from "./tokens.js";
import { changesBetween } from "./wake.js";

/** One event of a stream, with the record before and after it. */
interface Told {
  readonly event: Draft & Partial<Pick<Event, "recordedAt">>;
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord;
}

/** What knows a kind: the doors of it. */
export interface Knowing {
  readonly "~life"?: unknown;
}

/**
 * Every service clock of a record, folded from all that has happened: what the record itself remembers comes to the
 * same, and this also tells of earlier runs. Refuses what is no stream of the kind (`INVALID_EVENT`, `OUT_OF_ORDER`, …).
 *
 * @example
 * ```ts
 * import { clockHistory, createServiceRules, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const context = testContext();
 * const opened = unwrap(complaints.open({ id: "1", input: { customerId: "c-7", summary: "It does not cool" } }, context));
 * const clocks = unwrap(clockHistory(complaints, opened.events, context)).map((c) => c.clock);
 * clocks.length; // => 7
 * clocks.slice(0, 3); // => ["acknowledge", "first_response", "next_response"]
 * ```
 */
export function clockHistory(
  doors: Knowing,
  timeline: readonly Draft[],
  context: Context,
): Result<readonly ClockReading[]> {
  return contained("clockHistory", () => retold(lifeIn(doors), timeline, sound(context)));
}

/** How a clock would have gone under another policy. */
export interface ClockDifference {
  readonly clock: string;
  readonly before: ClockReading;
  readonly after: ClockReading;
}

/**
 * What another policy of service levels, or another version of a calendar, would have changed about a record: every
 * clock whose state, verdict, due time or levels differ. The other policy is taken as if it had always been in force.
 *
 * @example
 * ```ts
 * import { createServiceRules, replay, serviceLevels, unwrap } from "clientele";
 * import { testContext } from "clientele/testing";
 *
 * const { complaints } = createServiceRules();
 * const context = testContext();
 * const opened = unwrap(complaints.open({ id: "1", input: { customerId: "c-7", summary: "It does not cool" } }, context));
 * const strict = serviceLevels.version({
 *   id: "strict", version: 1, from: context.now,
 *   body: { targets: { complaint: [{ clock: "acknowledge", within: { elapsed: { hours: 1 } } }] } },
 * });
 * unwrap(replay(complaints, opened.events, strict, context)).map((d) => d.clock); // => ["acknowledge", "resolution"]
 * ```
 */
export function replay(
  doors: Knowing,
  timeline: readonly Draft[],
  other: Policy,
  context: Context,
): Result<readonly ClockDifference[]> {
  return contained("replay", () => {
    const now = sound(context);
    const was = retold(lifeIn(doors), timeline, now);
    if (!was.ok) return was;
    const would = retold(lifeIn(doors), timeline, { ...now, book: bookWith(now.book, other) });
    if (!would.ok) return would;
    return ok(
      was.value.flatMap((before, i) => {
        const after = would.value[i]!;
        return outcome(before) === outcome(after) ? [] : [{ clock: before.clock, before, after }];
      }),
    );
  });
}

function lifeIn(doors: Knowing): Life {
  const life = doors?.["~life"];
  if (life === undefined)
    throw new ClienteleError("REFUSED", "no doors", { code: "UNKNOWN_KIND", subject: preview(doors) });
  return life as Life;
}

function sound(context: Context): Context {
  const issues = contextIssues(context);
  if (issues.length > 0) throw new ClienteleError("REFUSED", "context", { code: "INVALID_CONTEXT", issues });
  return context;
}

function retold(life: Life, timeline: readonly Draft[], context: Context): Result<readonly ClockReading[]> {
  if (!Array.isArray(timeline)) return refuse({ code: "INVALID_EVENT", subject: preview(timeline) });
  const told: Told[] = [];
  let record: AnyRecord | undefined;
  const tell = (events: readonly Draft[]): Result<undefined> => {
    for (const event of events) {
      const next = evolve(life, record, event);
      if (!next.ok) return next;
      told.push({ event, before: record, after: next.value });
      record = next.value;
    }
    return ok(undefined);
  };
  const all = tell(timeline);
  if (!all.ok || record === undefined) return all.ok ? ok([]) : all;
  // What time has caused since then: a pause may have ended by itself.
  const ordered = notBefore(record, context);
  const swept = sweep(life, record, ordered);
  const since = swept.ok ? tell(swept.value.events) : swept;
  return since.ok ? ok([...life.clocks.values()].map((clock) => read(clock, told, ordered.now, ordered.book))) : since;
}

function read(clock: Clock, told: readonly Told[], now: Instant, book: PolicyBook): ClockReading {
  const marks: Heard<Instant>[] = [];
  const first = heldAt(clock, told[0]!.after, told[0]!.event.at, book);
  let held = first;
  const hold = (next: Held, at: Instant, byTime: boolean) => {
    // The calendar first: the target may be the first to need one.
    if (next.calendar !== held.calendar && next.calendar !== undefined)
      marks.push({ type: "calendar", at, calendar: next.calendar, byTime });
    if (next.target !== held.target) marks.push({ type: "target", at, target: next.target, reason: noTarget, byTime });
    held = next;
  };
  /** What has stopped keeps what it was held to. */
  const isOn = (record: AnyRecord): boolean => (record.clocks?.[clock.id]?.stoppedAt ?? null) === null;
  const runIn = (record: AnyRecord | undefined): number | undefined => record?.clocks?.[clock.id]?.run;
  told.forEach(({ event, before, after }, i) => {
    const { at, recordedAt } = event;
    // A fact that was told later; a whole life that was taken in later is not.
    const known =
      before !== undefined && at < before.touchedAt ? { at, recordedAt: recordedAt ?? before.touchedAt } : { at };
    // What begins a run in the past was held to what held then.
    if (at < after.touchedAt && isOn(after) && runIn(before) !== runIn(after))
      hold(heldAt(clock, after, at, book), at, false);
    if (isOn(after))
      hold(heldAt(clock, after, after.touchedAt, book), after.touchedAt, event.marks?.some(hasPassed) === true);
    const pause = before === undefined ? undefined : pauseBy(before.stay, event.moved);
    if (pause === "ends") marks.push({ type: "resume", at });
    for (const mark of event.marks ?? [])
      if (mark.clock === clock.id)
        switch (mark.type) {
          case "start":
            marks.push({ type: "start", of: mark.of, ...known });
            break;
          case "restart":
          case "stop":
          case "reopen":
            marks.push({ type: mark.type, ...known });
            break;
          case "end":
            marks.push({ type: "merge", into: mark.reason, ...known });
        }
    if (pause === "begins") marks.push({ type: "pause", at });
    const until = told[i + 1]?.after.touchedAt ?? now;
    if (isOn(after))
      for (const change of changesBetween(book, after.touchedAt, until))
        hold(heldAt(clock, after, change, book), change, false);
  });
  const how = { calendar: first.calendar, asOf: toMs(now), ordered: true, repeats: clock["~def"].repeats };
  const reading = inInstants(readInOrder(first.target, placed(marks, true), how));
  return shown(clock, held, reading.state === "cancelled" ? { ...reading, reason: noTarget } : reading);
}

/** What time alone has made a clock say. */
const hasPassed = ({ type }: ClockMark): boolean => type === "breach" || type === "level";

/** The book in which a policy takes the place of every version of its kind, and, of a calendar, of its id. */
export function bookWith(book: PolicyBook, other: Policy): PolicyBook {
  const instead = (kind: string, id: string | undefined) =>
    kind === other.kind && (id === undefined ? kind !== "calendar" : id === other.id);
  return {
    inForce: (kind, at, id) => (instead(kind, id) ? other : book.inForce(kind, at, id)),
    byHash: (hash) => (hash === other.hash ? other : book.byHash(hash)),
    made: (policy) => book.made?.(policy),
    nextChange: (kind, after) =>
      kind === other.kind && kind !== "calendar" ? undefined : book.nextChange?.(kind, after),
  };
}

const outcome = ({ state, verdict, due, breachedAt, levels, earlier }: ClockReading): string =>
  JSON.stringify([state, verdict, due, breachedAt, levels, earlier]);
