import type { Actor } from "../kernel/context.js";
import type { ClockMark, Draft, Emission, EventToken, Move, SlotWrite } from "../kernel/event.js";
import type { Instant } from "../kernel/instant.js";
import type { PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import { ok, type Result } from "../kernel/result.js";
import { type $ZodType, parse, preview } from "../kernel/schema.js";
import { marksFor, settling } from "./clock.js";
import type { Life } from "./compile.js";
import { take } from "./evolve.js";
import { blaming, fault } from "./fault.js";
import { idleOf, stopping } from "./holding.js";
import { json } from "./json.js";
import type { State } from "./tokens.js";

/** Says one thing on behalf of a record and takes it in. */
export function say(
  life: Life,
  record: AnyRecord,
  event: EventToken,
  data: unknown,
  at: Instant,
  actor: Actor,
  moved: Move | undefined,
  slot: SlotWrite | undefined,
  book: PolicyBook,
  passed?: ClockMark,
): { readonly draft: Draft; readonly next: Result<AnyRecord> } {
  const draft: { -readonly [X in keyof Draft]: Draft[X] } = {
    stream: { kind: life.kind.id, id: record.id },
    version: record.version + 1,
    type: event.id,
    v: event["~def"].v,
    data,
    at,
    actor,
  };
  if (moved !== undefined) draft.moved = moved;
  if (slot !== undefined) draft.slot = { id: slot.id, data: slot.data };
  const marks = marksOf(life, record, event, data, actor, moved, book, at);
  if (passed !== undefined) draft.marks = [passed, ...marks];
  else if (marks.length > 0) draft.marks = marks;
  return { draft, next: take(life, record, draft) };
}

function marksOf(
  life: Life,
  record: AnyRecord,
  event: EventToken,
  data: unknown,
  actor: Actor,
  moved: Move | undefined,
  book: PolicyBook,
  at: Instant,
): readonly ClockMark[] {
  const heard = marksFor(life, record, event, data, actor, moved, at);
  if (record.clocks === undefined || (moved === undefined && heard.length === 0)) return heard;
  const closes = moved !== undefined && life.states.get(moved.to)?.phase === "closed";
  const marks = heard.some((m) => m.type === "stop") ? stopping(life, record, heard, at, book, closes) : heard;
  const settled = settling(record.clocks, (id, run, count) => idleOf(life, record, id, run, count, at, book));
  return settled.length === 0 ? marks : [...settled, ...marks];
}

/** The events that a token's `emit` answered, checked against what it declared and against their schemas. */
export function checked(
  life: Life,
  blamed: string,
  declared: readonly EventToken[],
  answer: Emission | readonly Emission[],
  input?: { readonly schema: $ZodType | undefined; readonly value: unknown },
): readonly Emission[] {
  const emissions = (Array.isArray(answer) ? answer : [answer]) as readonly Emission[];
  const said: Emission[] = [];
  for (const emission of emissions) {
    const type = (emission as Emission | null | undefined)?.event?.id;
    const event = named(declared, type) ?? (type === life.kind.moved.id ? life.kind.moved : undefined);
    if (event === undefined)
      throw fault(blamed, type === undefined ? "it must answer events" : `"${type}" is not among what it emits`);
    const schema = event["~def"].data;
    // What was read as the input of the command need not be read again as what its event says.
    const same = input !== undefined && emission.data === input.value && schema === input.schema;
    const read = same ? ok(input.value) : parse(schema, emission.data);
    if (!read.ok) throw fault(blamed, `what "${type}" says does not fit its schema: ${read.error[0]?.message}`);
    const data = fact(blamed, event, read.value);
    said.push({ of: event.of, type: event.id, event, data, slot: placed(life, blamed, emission.slot) });
  }
  return said;
}

/** Without the closure that `find` would need: this runs for each command. */
function named(declared: readonly EventToken[], type: string | undefined): EventToken | undefined {
  for (const event of declared) if (event.id === type) return event;
  return undefined;
}

/** What an event says is plain JSON, or a fold of the stored log would not give the same record. */
export function fact(blamed: string, event: EventToken, data: unknown): object {
  const value = blaming(blamed, json, data);
  if (typeof value !== "object" || value === null)
    throw fault(blamed, `what "${event.id}" says must be an object of plain JSON`);
  return value;
}

function placed(life: Life, blamed: string, slot: SlotWrite | undefined): SlotWrite | undefined {
  if (slot === undefined) return undefined;
  const place = life.slots.get(slot?.id);
  if (place === undefined) throw fault(blamed, `there is no slot ${preview(slot?.id)}`);
  if (slot.data === null) return slot;
  const read = parse(place["~def"].data, slot.data);
  const data = read.ok ? blaming(blamed, json, read.value) : undefined;
  if (data === undefined || data === null)
    throw fault(blamed, `what it puts into the slot "${slot.id}" does not fit its schema`);
  return { of: slot.of, id: slot.id, data };
}

/**
 * The state to go back to is decided here and stored in the event, because a fold must not need the definition of a
 * state. A pause within a pause keeps it.
 */
export function moveTo(life: Life, record: AnyRecord, to: State): Move {
  if (to.phase !== "paused") return { from: record.state, to: to.id };
  const back = life.states.get(record.state)?.phase === "paused" ? record.stay.back?.state : record.state;
  return back === undefined ? { from: record.state, to: to.id } : { from: record.state, to: to.id, back };
}

/** The state a `to` or `then` leads to: the state itself, or the one that a pause left. */
export function target(life: Life, record: AnyRecord, to: State | "previous"): State | undefined {
  if (to !== "previous") return to;
  return record.stay.back === null ? undefined : life.states.get(record.stay.back.state);
}
