import type { Calendar } from "../calendar/index.js";
import { ClienteleError } from "../kernel/errors.js";
import { type Instant, toMs } from "../kernel/instant.js";
import type { StartOf } from "../kernel/run.js";
import type { Target } from "./target.js";

/** When it happened, and when it became known, if that was later. */
export interface Dated<At extends number | Instant> {
  readonly at: At;
  readonly recordedAt?: At | undefined;
}

/** Something that happened to a clock. */
export type Happening<At extends number | Instant = number | Instant> = Dated<At> &
  (
    | { readonly type: "start"; readonly of?: StartOf | undefined }
    /** Stops the present run and begins the next: the customer has heard from us. */
    | { readonly type: "restart" }
    | { readonly type: "stop" }
    | { readonly type: "reopen" }
    /** Pauses of different reasons may overlap; time counts again when all have ended. */
    | { readonly type: "pause" | "resume"; readonly reason?: string | undefined }
    /** From now on another target holds, for the same history; `null`: none any more. */
    | { readonly type: "target"; readonly target: Target | null; readonly reason?: string | undefined }
    /** From now on another version of the calendar holds. */
    | { readonly type: "calendar"; readonly calendar: Calendar }
    /** The case went on in another. */
    | { readonly type: "merge"; readonly into: string }
  );

/** What a stream says also knows whether it came by time alone: then what passed in its instant has passed before it. */
export type Heard<At extends number | Instant = number | Instant> = Happening<At> & { readonly byTime?: boolean };

/** A mark with its times in milliseconds. */
export interface Placed {
  readonly mark: Heard;
  readonly at: number;
  readonly known: number;
}

const mostMarks = 10_000;

/** The order in which things of one instant are taken: it must not matter in which they arrived. */
const ranks: Readonly<Record<Happening["type"], number>> = {
  calendar: 0,
  target: 1,
  start: 2,
  restart: 3,
  resume: 4,
  pause: 5,
  reopen: 6,
  stop: 7,
  merge: 8,
};

/**
 * Marks in the order of time; of one instant in an order of their own, or as they stand where that is `ordered`. Refuses
 * what is no list of marks.
 */
export function placed(marks: readonly Heard[], ordered = false): Placed[] {
  if (!Array.isArray(marks) || (!ordered && marks.length > mostMarks))
    throw new ClienteleError("INVALID_OPTIONS", `marks: a list of at most ${mostMarks} is needed`);
  const list: Placed[] = [];
  let sorted = true;
  let last = -Infinity;
  for (const mark of marks as readonly Heard[]) {
    const at = msOf(mark?.at);
    const known = mark.recordedAt === undefined ? at : msOf(mark.recordedAt);
    if (!Object.hasOwn(ranks, mark.type))
      throw new ClienteleError("INVALID_OPTIONS", `marks: allowed types are ${Object.keys(ranks).join(", ")}`);
    if (at <= last) sorted = false;
    last = at;
    list.push({ mark, at, known });
  }
  if (!sorted) list.sort(ordered ? (a, b) => a.at - b.at : inTime);
  return list;
}

function inTime(a: Placed, b: Placed): number {
  return a.at - b.at || ranks[a.mark.type] - ranks[b.mark.type] || compared(told(a.mark), told(b.mark));
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Only what is of one instant and one type is told apart by this. */
function told(mark: Happening): string {
  if (mark.type === "target") return JSON.stringify([mark.target, mark.reason]);
  if (mark.type === "calendar") return `${mark.calendar.id} ${mark.calendar.version}`;
  return mark.type === "merge" ? mark.into : (("reason" in mark ? mark.reason : undefined) ?? "");
}

export function msOf(at: unknown): number {
  const ms = typeof at === "number" ? at : toMs(at as string);
  if (Number.isInteger(ms)) return ms;
  throw new ClienteleError("INVALID_INSTANT", "an instant YYYY-MM-DDTHH:mm:ss.sssZ, or whole milliseconds, are needed");
}
