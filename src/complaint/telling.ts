import type { Actor } from "../kernel/context.js";
import { ClienteleError } from "../kernel/errors.js";
import type { ClockMark, Draft } from "../kernel/event.js";
import { type Instant, toMs } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";

// How reports read the timeline of a complaint: each field once and checked, as it may come from anywhere.

/** An event of a complaint, checked, with its time in milliseconds. */
export interface Told {
  /** The id of the complaint. */
  readonly of: string;
  /** Without the name of the kind. */
  readonly type: string;
  readonly version: number;
  readonly at: Instant;
  readonly ms: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly by: Actor["kind"];
  readonly who: string;
  readonly moved: { readonly to: string; readonly back: string | undefined } | undefined;
  readonly marks: readonly ClockMark[];
}

export const wrong = (message: string): ClienteleError => new ClienteleError("INVALID_OPTIONS", message);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const mostEvents = 1_000_000;
const prefix = "complaint.";

export function msOf(name: string, value: unknown): number {
  const ms = toMs(value as Instant);
  if (Number.isNaN(ms)) throw wrong(`${name}: an instant YYYY-MM-DDTHH:mm:ss.sssZ is needed, found ${preview(value)}`);
  return ms;
}

/** A text that may be missing or erased: then nobody knows it. */
export function knownText(name: string, value: unknown): string | null {
  if (typeof value === "string") return value;
  if (value === undefined || value === null || (isObject(value) && value["erased"] === true)) return null;
  throw wrong(`${name}: a text is needed, found ${preview(value)}`);
}

export function needText(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw wrong(`${name}: a text is needed, found ${preview(value)}`);
}

/** A whole timeline, from the opening on. A part of one would be judged as if nothing else had happened. */
export function toldOf(timeline: readonly Draft[]): readonly [Told, ...Told[]] {
  if (!Array.isArray(timeline) || timeline.length === 0 || timeline.length > mostEvents)
    throw wrong(`timeline: a list of 1 to ${mostEvents} events is needed, found ${preview(timeline)}`);
  const told: Told[] = [];
  let state: string | null = null;
  let stream: string | undefined;
  for (let i = 0; i < timeline.length; i++) {
    const event: unknown = timeline[i];
    if (!isObject(event)) throw wrong(`event ${i + 1}: an event is needed, found ${preview(event)}`);
    const { type, version, at, data, actor, moved, marks, stream: of } = event;
    const place = `event ${i + 1}`;
    if (!isObject(of) || of["kind"] !== "complaint" || typeof of["id"] !== "string")
      throw wrong(`${place}: the stream of a complaint is needed`);
    const id = of["id"];
    stream ??= id;
    if (id !== stream) throw wrong(`${place}: belongs to ${preview(id)}, not to ${preview(stream)}`);
    if (version !== i + 1) throw wrong(`${place}: version ${preview(version)} is out of order`);
    if (typeof type !== "string" || !isObject(data) || !isObject(actor)) throw wrong(`${place}: is no event`);
    const { kind, id: who } = actor;
    if (kind !== "staff" && kind !== "customer" && kind !== "system")
      throw wrong(`${place}: an actor is needed, found ${preview(kind)}`);
    const move = movedOf(place, moved, state);
    state = move?.to ?? state;
    if (state === null) throw wrong("event 1: the opening is needed");
    told.push({
      of: id,
      type: type.startsWith(prefix) ? type.slice(prefix.length) : type,
      version: i + 1,
      at: at as Instant,
      ms: msOf(place, at),
      data,
      by: kind,
      who: needText(`${place}: actor`, who),
      moved: move,
      marks: marksOf(place, marks),
    });
  }
  return told as [Told, ...Told[]];
}

function movedOf(place: string, moved: unknown, state: string | null): Told["moved"] {
  if (moved === undefined) return undefined;
  const { from, to, back } = isObject(moved) ? moved : ({} as Readonly<Record<string, unknown>>);
  if (typeof to !== "string" || (back !== undefined && typeof back !== "string"))
    throw wrong(`${place}: no move from a state to another`);
  if (from !== state) throw wrong(`${place}: leaves ${preview(from)}, where the complaint was not`);
  return { to, back };
}

const none: readonly ClockMark[] = [];

function marksOf(place: string, marks: unknown): readonly ClockMark[] {
  if (marks === undefined) return none;
  if (!Array.isArray(marks) || marks.length > 1000) throw wrong(`${place}: marks of clocks are a list`);
  return Array.from(marks, (mark: unknown) => {
    const { clock, type } = isObject(mark) ? mark : ({} as Readonly<Record<string, unknown>>);
    if (typeof clock !== "string" || typeof type !== "string") throw wrong(`${place}: a mark of a clock is needed`);
    return { clock, type } as ClockMark;
  });
}

/** The closed states of the core; `merged` is one of them. */
const coreClosed: readonly string[] = ["closed", "withdrawn", "rejected", "merged"];

/** A stretch in one state. */
export interface Stretch {
  readonly state: string;
  /** The open state that a pause left, and goes back to. */
  readonly back: string | null;
  readonly phase: "open" | "paused" | "closed";
  readonly from: number;
  /** `null`: it is there still. */
  readonly to: number | null;
  /** The version of the event that brought it there. */
  readonly version: number;
}

/** The states of plugins that are closed, beside those of the core. */
export function closedStates(more: readonly string[] = []): ReadonlySet<string> {
  if (!Array.isArray(more) || more.length > 1000)
    throw wrong(`closed: a list of states is needed, found ${preview(more)}`);
  return new Set([...coreClosed, ...Array.from(more, (state, i) => needText(`closed.${i}`, state))]);
}

/** In which states a complaint has been, one after the other. A move that was told out of order takes no time. */
export function stretchesOf(told: readonly Told[], closed: ReadonlySet<string>): readonly Stretch[] {
  const list: Stretch[] = [];
  for (const { moved, ms, version } of told) {
    if (moved === undefined) continue;
    const last = list.at(-1);
    const from = Math.max(last?.from ?? ms, ms);
    if (last !== undefined) list[list.length - 1] = { ...last, to: from };
    const { to: state, back } = moved;
    const phase = closed.has(state) ? "closed" : back === undefined ? "open" : "paused";
    list.push({ state, back: back ?? null, phase, from, to: null, version });
  }
  return list;
}
