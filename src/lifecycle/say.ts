import type { Actor } from "../kernel/context.js";
import type { Draft, Emission, EventToken, Move, SlotWrite } from "../kernel/event.js";
import type { Instant } from "../kernel/instant.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Result } from "../kernel/result.js";
import { parse } from "../kernel/schema.js";
import type { Life } from "./compile.js";
import { take } from "./evolve.js";
import { fault } from "./fault.js";
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
  return { draft, next: take(life, record, draft) };
}

/** The events that a token's `emit` answered, checked against what it declared and against their schemas. */
export function checked(
  life: Life,
  blamed: string,
  declared: readonly EventToken[],
  answer: Emission | readonly Emission[],
): readonly Emission[] {
  const emissions = (Array.isArray(answer) ? answer : [answer]) as readonly Emission[];
  for (let i = 0; i < emissions.length; i++) {
    const { event, data, slot } = emissions[i]!;
    if (event.id !== life.kind.moved.id && !declared.some((e) => e.id === event.id))
      throw fault(blamed, `"${event.id}" is not among what it emits`);
    const fact = parse(event["~def"].data, data);
    if (!fact.ok) throw fault(blamed, `what "${event.id}" says does not fit its schema: ${fact.error[0]?.message}`);
    if (slot !== undefined && slot.data !== null) {
      const place = life.slots.get(slot.id);
      if (place === undefined) throw fault(blamed, `there is no slot "${slot.id}"`);
      if (!parse(place["~def"].data, slot.data).ok)
        throw fault(blamed, `what it puts into the slot "${slot.id}" does not fit its schema`);
    }
    if (fact.value !== data)
      (emissions as Emission[])[i] = { of: event.of, type: event.id, event, data: fact.value, slot };
  }
  return emissions;
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
