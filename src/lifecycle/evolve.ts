import { isClock } from "../kernel/context.js";
import type { Draft, EventToken, Move } from "../kernel/event.js";
import { type Instant, isInstant, toMs } from "../kernel/instant.js";
import { type AnyRecord, headFields, type Stay } from "../kernel/record.js";
import { ok, type Result, refuse } from "../kernel/result.js";
import type { Life } from "./compile.js";
import { blaming, fault } from "./fault.js";

type Writable = { -readonly [X in keyof AnyRecord]: AnyRecord[X] };
const head: ReadonlySet<string> = /* @__PURE__ */ new Set<string>(headFields);

/** The only code that builds a record: one event further, or the first. */
export function evolve(life: Life, record: AnyRecord | undefined, event: Draft): Result<AnyRecord> {
  const wrong = malformed(event);
  return wrong === undefined ? take(life, record, event) : refuse({ code: "INVALID_EVENT", subject: wrong });
}

/** `evolve` for an event that was made here and is well-formed. */
export function take(life: Life, record: AnyRecord | undefined, event: Draft): Result<AnyRecord> {
  const token = life.events.get(event.type);
  const data = token === undefined ? ok(event.data) : broughtForward(token, event);
  if (!data.ok) return data;
  return record === undefined ? begin(life, event, data.value) : further(life, record, event, token, data.value);
}

function begin(life: Life, event: Draft, data: unknown): Result<AnyRecord> {
  const { kind } = life;
  if (event.type !== kind.opened.id || event.version !== 1 || event.moved === undefined)
    return refuse({ code: "NOT_OPENED", subject: `${event.type} ${event.version}` });
  if (event.stream.kind !== kind.id) return refuse({ code: "INVALID_EVENT", subject: event.stream.kind });
  const next = {
    kind: kind.id,
    revision: kind["~def"].revision,
    id: event.stream.id,
    version: 1,
    commandVersion: 1,
    state: event.moved.to,
    stay: { enteredAt: event.at, spent: 0, lapses: 0, back: null },
    openedAt: event.at,
    touchedAt: event.at,
    slots: {},
  };
  write(next, data as object, kind.opened.id);
  return ok(next);
}

function further(
  life: Life,
  record: AnyRecord,
  event: Draft,
  token: EventToken | undefined,
  data: unknown,
): Result<AnyRecord> {
  if (event.stream.id !== record.id || event.stream.kind !== record.kind)
    return refuse({ code: "INVALID_EVENT", subject: `${event.stream.kind}/${event.stream.id}` });
  if (event.version !== record.version + 1 || (event.moved !== undefined && event.moved.from !== record.state))
    return refuse({ code: "OUT_OF_ORDER", subject: `${event.type} ${event.version}` });
  const next = copy(life, record);
  next.version = event.version;
  if (!isClock(event.actor)) next.commandVersion = event.version;
  if (event.at > record.touchedAt) next.touchedAt = event.at;
  if (event.type === life.kind.lapsed.id) next.stay = lapsedOnce(record.stay);
  const change = token?.["~def"].evolve as ((record: AnyRecord, data: unknown) => object) | undefined;
  if (change !== undefined)
    write(
      next,
      blaming(event.type, () => change(record, data), undefined),
      event.type,
    );
  if (event.moved !== undefined) {
    next.state = event.moved.to;
    next.stay = stayIn(record, event.moved, event.at);
  }
  if (event.slot !== undefined) next.slots = slotted(record.slots, event.slot);
  return ok(next);
}

const lapsedOnce = ({ enteredAt, spent, lapses, back }: Stay): Stay => ({ enteredAt, spent, lapses: lapses + 1, back });

/** A pause keeps what was used up of the open state's deadline; coming back goes on from there. */
function stayIn(record: AnyRecord, { to, back }: Move, at: Instant): Stay {
  const { stay } = record;
  if (back !== undefined) {
    const spent = stay.spent + toMs(at) - toMs(stay.enteredAt);
    const left = stay.back?.state === back ? stay.back : { state: back, spent, lapses: stay.lapses };
    return { enteredAt: at, spent: 0, lapses: 0, back: left };
  }
  if (stay.back?.state === to) return { enteredAt: at, spent: stay.back.spent, lapses: stay.back.lapses, back: null };
  return { enteredAt: at, spent: 0, lapses: 0, back: null };
}

function slotted(slots: AnyRecord["slots"], slot: NonNullable<Draft["slot"]>): AnyRecord["slots"] {
  const { [slot.id]: _, ...others } = slots;
  return slot.data === null ? others : { ...others, [slot.id]: slot.data };
}

/** All fields by name: on Node 20 a spread of what a spread made leaves the engine's fast path. */
function copy(life: Life, r: AnyRecord): Writable {
  if (life.fields === undefined) return { ...r };
  const next: Writable = {
    kind: r.kind,
    revision: r.revision,
    id: r.id,
    version: r.version,
    commandVersion: r.commandVersion,
    state: r.state,
    stay: r.stay,
    openedAt: r.openedAt,
    touchedAt: r.touchedAt,
    slots: r.slots,
  };
  const from = r as unknown as Record<string, unknown>;
  const into = next as unknown as Record<string, unknown>;
  for (const name of life.fields) {
    const value = from[name];
    if (value !== undefined) into[name] = value;
  }
  return next;
}

/** A kind's events change the kind's own fields; what every record has is nobody's to write. */
function write(next: Writable, fields: object, blamed: string): void {
  const into = next as unknown as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (head.has(name) || name === "__proto__") throw fault(blamed, `"${name}" is not a field that an event may write`);
    const value = (fields as Record<string, unknown>)[name];
    if (value === undefined) delete into[name];
    else into[name] = value;
  }
}

/** What an event of an older version means never changes: it is brought forward, step by step, or refused. */
function broughtForward(token: EventToken, event: Draft): Result<unknown> {
  const { v, upcast } = token["~def"];
  if (event.v === v) return ok(event.data);
  let data = event.data;
  for (let from = event.v; from < v; from++) {
    const step = upcast?.[from] as ((data: unknown) => unknown) | undefined;
    if (step === undefined) return refuse({ code: "OTHER_REVISION", subject: `${event.type} v${event.v}` });
    data = blaming(token.id, step, data);
  }
  return event.v < v ? ok(data) : refuse({ code: "OTHER_REVISION", subject: `${event.type} v${event.v}` });
}

/** The part of an event that is wrong, if any. */
function malformed(event: Draft): string | undefined {
  if (typeof event !== "object" || event === null) return "event";
  if (typeof event.type !== "string") return "type";
  if (typeof event.stream !== "object" || event.stream === null || typeof event.stream.id !== "string") return "stream";
  if (!Number.isSafeInteger(event.version)) return "version";
  if (!Number.isSafeInteger(event.v) || event.v < 1) return "v";
  if (typeof event.data !== "object" || event.data === null) return "data";
  if (!isInstant(event.at)) return "at";
  if (typeof event.actor !== "object" || event.actor === null) return "actor";
  const { moved, slot } = event;
  if (moved !== undefined && (typeof moved !== "object" || moved === null || typeof moved.to !== "string"))
    return "moved";
  if (slot !== undefined && (typeof slot !== "object" || slot === null || typeof slot.id !== "string")) return "slot";
  return slot?.id === "__proto__" ? "slot" : undefined;
}
