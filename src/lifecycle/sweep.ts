import { type Context, clockActor } from "../kernel/context.js";
import type { ClockMark, Draft, Emission, EventToken, Move, SlotWrite } from "../kernel/event.js";
import { type Instant, toInstant, toMs } from "../kernel/instant.js";
import type { PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import { ok, type Refusal, type Result, refuse } from "../kernel/result.js";
import type { Life } from "./compile.js";
import type { Deadlines } from "./deadlines.js";
import { blaming } from "./fault.js";
import { checked, moveTo, say, target } from "./say.js";
import { spanMs } from "./span.js";
import type { Decision, Escalation, Lapse } from "./tokens.js";
import { nextWake, passingAt, toldOf, type Wake } from "./wake.js";

/** When the deadline of the record's state will next lapse, in epoch milliseconds; `undefined`: never. */
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

/** When time alone will next change the record, in epoch milliseconds; `undefined`: never. A clock speaks when its time has passed. */
export function wakeMs(life: Life, record: AnyRecord, book: PolicyBook): number | undefined {
  const due = dueMs(life, record, book);
  const wake = nextWake(life, record, book);
  return wake === undefined ? due : due === undefined ? wake.at + 1 : Math.min(due, wake.at + 1);
}

/** A record on its way through what time has caused. */
interface Passage {
  record: AnyRecord;
  readonly life: Life;
  readonly context: Context;
  readonly events: Draft[];
}

/** What time alone has caused up to `now`, each thing at its nominal instant. Bounded: deadlines cannot run in a circle. */
export function sweep(
  life: Life,
  record: AnyRecord,
  context: Context,
  now: number = toMs(context.now),
): Result<Decision<AnyRecord, Draft>> {
  const { book } = context;
  const first = dueMs(life, record, book);
  if (Number.isNaN(first) || Number.isNaN(now)) return refuse({ code: "INVALID_RECORD", subject: record.id });
  let due = first;
  let wake = nextWake(life, record, book);
  if ((due === undefined || due > now) && (wake === undefined || wake.at >= now))
    return ok({ next: record, events: none });
  const passage: Passage = { record, life, context, events: [] };
  for (;;) {
    const lapses = due !== undefined && due <= now;
    const passes = wake !== undefined && wake.at < now;
    if (!lapses && !passes) return ok({ next: passage.record, events: passage.events });
    const refused = lapses && (!passes || due! <= wake!.at) ? lapsed(passage, due!) : passed(passage, wake!);
    if (refused !== undefined) return refused;
    due = dueMs(life, passage.record, book);
    wake = nextWake(life, passage.record, book);
  }
}

type Refused = { readonly ok: false; readonly error: Refusal };

/** A policy adopted late may put a time before what has happened since: a stream stays in the order of time. */
const notEarlier = (record: AnyRecord, ms: number): Instant => toInstant(Math.max(ms, toMs(record.touchedAt)));

/** What is said by time must not depend on when, or for whom, the sweep ran. */
const nominal = ({ zone, seed, book }: Context, now: Instant): Context => ({
  now,
  zone,
  actor: clockActor,
  seed,
  book,
});

function tell(
  p: Passage,
  event: EventToken,
  data: unknown,
  at: Instant,
  moved?: Move,
  slot?: SlotWrite,
  mark?: ClockMark,
): Refused | undefined {
  const said = say(p.life, p.record, event, data, at, clockActor, moved, slot, p.context.book, mark);
  if (!said.next.ok) return said.next;
  p.events.push(said.draft);
  p.record = said.next.value;
  return undefined;
}

/** The deadline of the record's state. */
function lapsed(p: Passage, due: number): Refused | undefined {
  const { life, record } = p;
  const at = notEarlier(record, due);
  const state = life.states.get(record.state)!;
  const lapses = record.stay.lapses + 1;
  const to = state.then === undefined ? undefined : target(life, record, state.then);
  const args: Lapse<AnyRecord> = { record, lapses, now: at, context: nominal(p.context, at) };
  const moved = to === undefined ? undefined : moveTo(life, record, to);
  const refused = tell(p, life.kind.lapsed, { state: state.id, lapses }, at, moved);
  const { emit, emits } = state["~def"];
  if (refused !== undefined || emit === undefined) return refused;
  const answer = blaming(state.id, emit as (args: Lapse<AnyRecord>) => Emission | readonly Emission[], args);
  for (const { event, data, slot } of checked(life, state.id, emits, answer)) {
    const no = tell(p, event, data, at, undefined, slot);
    if (no !== undefined) return no;
  }
  return undefined;
}

/** The due time of a clock, or a level on the way to it or after it. */
function passed(p: Passage, wake: Wake): Refused | undefined {
  const { life, record } = p;
  const passing = passingAt(life, record, p.context.book, wake)!;
  const { clock, level } = passing;
  const at = notEarlier(record, passing.at);
  const { data, mark } = toldOf(passing, at);
  const { emit, emits } = clock["~def"];
  if (level === undefined) return tell(p, life.kind.breached, data, at, undefined, undefined, mark);
  const args: Escalation<AnyRecord> = { record, clock: clock.id, level, now: at, context: nominal(p.context, at) };
  const said =
    level.escalates !== true || emit === undefined
      ? []
      : checked(
          life,
          clock.id,
          emits,
          blaming(clock.id, emit as (args: Escalation<AnyRecord>) => Emission | readonly Emission[], args),
        );
  // Where there is nothing to escalate to, it is at least told.
  if (said.length === 0) return tell(p, life.kind.warned, data, at, undefined, undefined, mark);
  for (const [i, { event, data, slot }] of said.entries()) {
    const no = tell(p, event, data, at, undefined, slot, i === 0 ? mark : undefined);
    if (no !== undefined) return no;
  }
  return undefined;
}
