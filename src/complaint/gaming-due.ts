import type { Draft } from "../kernel/event.js";
import { type Instant, toInstant } from "../kernel/instant.js";
import { preview } from "../kernel/schema.js";
import type { ClockReading } from "../lifecycle/readings.js";
import { listOf, objectOf } from "./case.js";
import { msOf, needText, type Told, wrong } from "./telling.js";

// Whether something happened just before a clock ran out.

/** How the clocks of a complaint stood at an instant, after so much of its timeline. */
export type ClocksAt = (timeline: readonly Draft[], at: Instant) => readonly ClockReading[];

/** What counts as just before it was due. */
export interface DueOptions {
  /** So many hours before it, or less; default 24. */
  readonly dueHours?: number | undefined;
  /**
   * How the clocks stood, by the policies of the house: `(events, now) => unwrap(clockHistory(doors, events, { ...context,
   * now }))`. Without it only warnings and breaches tell of due times.
   */
  readonly clocksAt?: ClocksAt | undefined;
}

/** The options, read once and checked. */
export function dueOf({ dueHours = 24, clocksAt }: DueOptions) {
  if (typeof dueHours !== "number" || !(dueHours >= 0 && dueHours <= 87_600))
    throw wrong(`dueHours: hours of 0 to 87600 are needed, found ${preview(dueHours)}`);
  if (clocksAt !== undefined && typeof clocksAt !== "function")
    throw wrong(`clocksAt: a function is needed, found ${preview(clocksAt)}`);
  return { window: dueHours * 3_600_000, clocksAt };
}

/** An event, and the moment after it at which time told of a clock, or would have. */
export interface BeforeDue {
  readonly event: Told;
  readonly due: Instant;
  /** The versions of the events that show it, in order. */
  readonly events: readonly number[];
}

interface Due {
  readonly ms: number;
  readonly version: number | undefined;
}

/** As many clocks as a record can have. */
const mostClocks = 200;

/**
 * The events of interest that happened within a window before a due time: that of a warning, a breach or an escalation
 * by a clock that came after, of a clock that had been warned of and not been stopped since, or of one that ran.
 */
export function beforeDue(
  told: readonly Told[],
  timeline: readonly Draft[],
  isOf: (event: Told) => boolean,
  { window, clocksAt }: ReturnType<typeof dueOf>,
): readonly BeforeDue[] {
  const coming = told.filter(({ marks }) => marks.some(({ type }) => type === "breach" || type === "level"));
  const warned = new Map<string, Due>();
  let next = 0;
  return told.flatMap((event) => {
    const { ms, version, at, marks, type, data, moved } = event;
    while (next < coming.length && coming[next]!.version <= version) next++;
    const dues: Due[] = [...coming.slice(next, next + 1), ...warned.values()];
    // A pause puts off every due time, nobody says to when.
    if (moved?.back !== undefined) warned.clear();
    for (const mark of marks) if (mark.type !== "level" && mark.type !== "start") warned.delete(mark.clock);
    if (type === "warned") {
      warned.set(needText("clock", data["clock"]), { ms: msOf("due", data["due"]), version });
      if (warned.size > mostClocks) throw wrong(`timeline: a complaint has at most ${mostClocks} clocks`);
    }
    if (!isOf(event)) return [];
    if (clocksAt !== undefined) dues.push(...running(clocksAt(timeline.slice(0, version - 1), at)));
    let first: Due | undefined;
    for (const due of dues) if (due.ms >= ms && due.ms - ms <= window && due.ms < (first?.ms ?? Infinity)) first = due;
    if (first === undefined) return [];
    const events = first.version === undefined ? [version] : [version, first.version].sort((a, b) => a - b);
    return [{ event, due: toInstant(first.ms), events }];
  });
}

const running = (clocks: readonly ClockReading[]): readonly Due[] =>
  listOf("clocksAt", clocks, 1000).flatMap((reading) => {
    const { state, verdict, due } = objectOf("clocksAt", reading);
    return needText("clocksAt.state", state) === "running" && verdict === null
      ? [{ ms: msOf("due", due), version: undefined }]
      : [];
  });
