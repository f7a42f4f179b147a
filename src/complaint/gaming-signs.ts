import type { Draft } from "../kernel/event.js";
import { toInstant } from "../kernel/instant.js";
import type { GamingFinding } from "./gaming.js";
import { beforeDue, type dueOf } from "./gaming-due.js";
import { isWord } from "./judgement-events.js";
import type { Stretch, Told } from "./telling.js";

// The signs of gaming in one timeline, one function for each.

const inTime = (a: Told, b: Told): number => a.ms - b.ms || a.version - b.version;
/** What a machine sends answers nothing. */
const isResponse = (event: Told): boolean => event.type === "resolved" || (isWord(event) && event.by === "staff");

interface Wait {
  readonly from: number;
  readonly version: number;
  to: number | null;
  end: number | null;
}

/** When messages of the customer were unanswered, from the first on. */
function waitsIn(told: readonly Told[]): readonly Wait[] {
  const waits: Wait[] = [];
  for (const event of [...told].sort(inTime)) {
    const last = waits.at(-1);
    const isWaiting = last !== undefined && last.to === null;
    if (isWaiting && isResponse(event)) {
      last.to = event.ms;
      last.end = event.version;
    } else if (!isWaiting && event.type === "contacted" && event.data["direction"] === "in")
      waits.push({ from: event.ms, version: event.version, to: null, end: null });
  }
  return waits;
}

export function pausedWhileWaiting(
  told: readonly Told[],
  stretches: readonly Stretch[],
  states: ReadonlySet<string>,
  grace: number,
): readonly GamingFinding[] {
  const now = told.reduce((last, { ms }) => Math.max(last, ms), -Infinity);
  const waits = waitsIn(told);
  const found: GamingFinding[] = [];
  let next = 0;
  stretches.forEach((pause, i) => {
    if (!states.has(pause.state)) return;
    const end = pause.to ?? now;
    while (next < waits.length && (waits[next]!.to ?? now) <= pause.from) next++;
    for (let w = next; w < waits.length && waits[w]!.from < end; w++) {
      const wait = waits[w]!;
      const from = Math.max(pause.from, wait.from);
      const until = Math.min(end, wait.to ?? now);
      if (until - from <= grace) continue;
      const ended = until < end || pause.to === null ? wait.end : stretches[i + 1]!.version;
      found.push({
        code: "PAUSED_WHILE_CUSTOMER_WAITS",
        at: toInstant(from),
        events: [wait.version, pause.version, ...(ended === null ? [] : [ended])].sort((a, b) => a - b),
        until: ended === null ? null : toInstant(until),
        overlap: until - from,
      });
    }
  });
  return found;
}

/** An acknowledgement by some channel told the customer something. */
const says = (event: Told): boolean =>
  event.type === "acknowledged" ? typeof event.data["channel"] === "string" : isWord(event);

export function withoutWords(told: readonly Told[]): readonly GamingFinding[] {
  const stop = told.find(({ marks }) => marks.some((one) => one.clock === "first_response" && one.type === "stop"));
  if (stop === undefined || stop.by === "customer" || stop.type === "withdrawn" || says(stop)) return [];
  if (told.some((one) => one.by === "staff" && says(one) && one.ms <= stop.ms)) return [];
  return [{ code: "RESPONSE_WITHOUT_WORDS", at: stop.at, events: [stop.version], clock: "first_response" }];
}

export function closedAndReopened(
  told: readonly Told[],
  stretches: readonly Stretch[],
  soon: number,
): readonly GamingFinding[] {
  return stretches.flatMap((stretch, i) => {
    const next = stretches[i + 1];
    if (next === undefined || told[next.version - 1]!.type !== "reopened") return [];
    const closing = told[stretch.version - 1]!;
    const after = next.from - stretch.from;
    const isTheirs = closing.by !== "staff" || closing.type === "withdrawn";
    if (isTheirs || after > soon) return [];
    return [
      { code: "CLOSED_AND_REOPENED", at: toInstant(stretch.from), events: [stretch.version, next.version], after },
    ];
  });
}

const severities: readonly unknown[] = ["low", "normal", "high", "critical"];

interface Lowering {
  readonly what: "severity" | "priority";
  readonly from: string | number;
  readonly to: string | number;
}

export function loweredBeforeDue(
  told: readonly Told[],
  timeline: readonly Draft[],
  how: ReturnType<typeof dueOf>,
): readonly GamingFinding[] {
  const lowered = new Map<number, Lowering>();
  let severity: unknown;
  let priority: unknown;
  for (const { type, data, version } of told) {
    if (type === "opened") {
      // Whoever opens one without saying so opens a normal one: only more than that was meant.
      const said = data["severity"];
      severity = said === "high" || said === "critical" ? said : undefined;
    }
    if (type !== "assessed") continue;
    const was = { severity, priority };
    severity = data["severity"];
    priority = data["priority"];
    const [rank, before] = [severities.indexOf(severity), severities.indexOf(was.severity)];
    if (rank !== -1 && rank < before)
      lowered.set(version, { what: "severity", from: was.severity as string, to: severity as string });
    else if (typeof priority === "number" && typeof was.priority === "number" && priority > was.priority)
      lowered.set(version, { what: "priority", from: was.priority, to: priority });
  }
  return beforeDue(told, timeline, ({ version }) => lowered.has(version), how).map(({ event, due, events }) => ({
    code: "LOWERED_BEFORE_DUE",
    at: event.at,
    events,
    ...lowered.get(event.version)!,
    due,
  }));
}
