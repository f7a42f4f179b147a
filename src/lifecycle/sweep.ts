import { type Context, clockActor } from "../kernel/context.js";
import type { Draft, Emission } from "../kernel/event.js";
import { toInstant, toMs } from "../kernel/instant.js";
import type { PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import type { Life } from "./compile.js";
import type { Deadlines } from "./deadlines.js";
import { blaming } from "./fault.js";
import { checked, moveTo, say, target } from "./say.js";
import { spanMs } from "./span.js";
import type { Decision, Lapse } from "./tokens.js";

/** When time alone will next change the record, in epoch milliseconds; `undefined`: never. */
export function dueMs(life: Life, record: AnyRecord, book: PolicyBook): number | undefined {
  const timing = life.timings.get(record.state);
  if (timing === undefined || record.stay.lapses > timing.times) return undefined;
  if (timing.field !== undefined) {
    const carried = (record as unknown as Readonly<Record<string, unknown>>)[timing.field];
    return typeof carried === "string" ? toMs(carried) + record.stay.lapses * timing.every : undefined;
  }
  const policy = book.inForce("deadlines", record.stay.since)?.body as Deadlines | undefined;
  const own = policy?.[life.kind.id]?.[record.state];
  const deadline = own === undefined ? timing.deadline : spanMs(own);
  return toMs(record.stay.enteredAt) - record.stay.spent + deadline + record.stay.lapses * timing.every;
}

const none: readonly Draft[] = [];

/** What time alone has caused up to `now`, each thing at its nominal instant. Bounded: deadlines cannot run in a circle. */
export function sweep(
  life: Life,
  record: AnyRecord,
  context: Context,
  now: number = toMs(context.now),
): Result<Decision<AnyRecord, Draft>> {
  const first = dueMs(life, record, context.book);
  if (Number.isNaN(first) || Number.isNaN(now)) return refuse({ code: "INVALID_RECORD", subject: record.id });
  if (first === undefined || first > now) return ok({ next: record, events: none });
  const events: Draft[] = [];
  let current = record;
  for (let due: number | undefined = first; due !== undefined && due <= now; due = dueMs(life, current, context.book)) {
    // A policy adopted late may put a deadline before what has happened since: a stream stays in the order of time.
    const at = toInstant(Math.max(due, toMs(current.touchedAt)));
    const state = life.states.get(current.state)!;
    const lapses = current.stay.lapses + 1;
    const to = state.then === undefined ? undefined : target(life, current, state.then);
    // What a lapse says must not depend on when, or for whom, the sweep ran.
    const nominal: Context = { now: at, zone: context.zone, actor: clockActor, seed: context.seed, book: context.book };
    const args: Lapse<AnyRecord> = { record: current, lapses, now: at, context: nominal };
    const moved = to === undefined ? undefined : moveTo(life, current, to);
    const lapse = say(life, current, life.kind.lapsed, { state: state.id, lapses }, at, clockActor, moved, undefined);
    if (!lapse.next.ok) return lapse.next;
    events.push(lapse.draft);
    current = lapse.next.value;
    const { emit, emits } = state["~def"];
    if (emit === undefined) continue;
    const answer = blaming(state.id, emit as (args: Lapse<AnyRecord>) => Emission | readonly Emission[], args);
    for (const { event, data, slot } of checked(life, state.id, emits, answer)) {
      const said = say(life, current, event, data, at, clockActor, undefined, slot);
      if (!said.next.ok) return said.next;
      events.push(said.draft);
      current = said.next.value;
    }
  }
  return ok({ next: current, events });
}
