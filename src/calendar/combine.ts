import { ClienteleError } from "../kernel/errors.js";
import { guarded } from "../kernel/guarded.js";
import type { LocalDate } from "../kernel/instant.js";
import { type Calendar, calendarOf } from "./calendar.js";
import { offsetsOf, stretchAt } from "./offsets.js";
import { dayMs } from "./plan.js";
import type { Built, Source } from "./table.js";

/** Whether a moment is open in the combination, by whether it is in each of the two. */
type Rule = (a: boolean, b: boolean) => boolean;

/**
 * The time when both calendars are open: an engineer's shift and the customer's opening hours, in whatever zones. Days
 * are counted in the zone of the first; a day works if any of its time does. A combination that is never open is an
 * answer (`nextOpening` is `null`, `spans` is empty); adding to it is refused with `NO_WORKING_TIME`.
 *
 * @example
 * ```ts
 * import { createCalendar, intersect } from "clientele";
 *
 * const desk = createCalendar({ id: "desk", version: 1, zone: "Asia/Shanghai", week: { mon: ["09:00-18:00"] } });
 * const client = createCalendar({ id: "client", version: 1, zone: "Europe/Berlin", week: { mon: ["08:00-17:00"] } });
 * const both = intersect(desk, client);
 * both.spans("2026-03-02T00:00:00.000Z", "2026-03-03T00:00:00.000Z").map((s) => s.from); // => ["2026-03-02T07:00:00.000Z"]
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function intersect(a: Calendar, b: Calendar): Calendar {
  return combined("intersect", a, b, (inA, inB) => inA && inB);
}

/**
 * The time when either calendar is open: two teams that follow the sun. Overlapping time counts once.
 *
 * @example
 * ```ts
 * import { createCalendar, unite } from "clientele";
 *
 * const early = createCalendar({ id: "early", version: 1, zone: "UTC", week: { mon: ["06:00-14:00"] } });
 * const late = createCalendar({ id: "late", version: 1, zone: "UTC", week: { mon: ["12:00-20:00"] } });
 * unite(early, late).between("2026-03-02T00:00:00.000Z", "2026-03-03T00:00:00.000Z") / 3_600_000; // => 14
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function unite(a: Calendar, b: Calendar): Calendar {
  return combined("unite", a, b, (inA, inB) => inA || inB);
}

/**
 * The time when the first calendar is open and the second is not: office hours without the maintenance window.
 *
 * @example
 * ```ts
 * import { createCalendar, subtract } from "clientele";
 *
 * const office = createCalendar({ id: "office", version: 1, zone: "UTC", week: { mon: ["09:00-17:00"] } });
 * const upkeep = createCalendar({ id: "upkeep", version: 1, zone: "UTC", week: { mon: ["12:00-13:00"] } });
 * subtract(office, upkeep).isOpen("2026-03-02T12:30:00.000Z"); // => false
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function subtract(a: Calendar, b: Calendar): Calendar {
  return combined("subtract", a, b, (inA, inB) => inA && !inB);
}

function combined(name: string, a: Calendar, b: Calendar, rule: Rule): Calendar {
  return guarded("INVALID_CALENDAR", name, () => {
    const [one, other] = [a["~def"], b["~def"]];
    if (![one, other].every((def) => typeof def?.source?.build === "function" && typeof def.closed === "function"))
      throw new ClienteleError("INVALID_CALENDAR", "two calendars are needed");
    const source: Source = {
      zone: one.source.zone,
      build: lastOf((first, last) =>
        worked(
          one.source.zone,
          first,
          last,
          merged(one.source.build(first - 2, last + 2), other.source.build(first - 2, last + 2), rule),
        ),
      ),
    };
    const known = [a.dataThrough, b.dataThrough].filter((date): date is LocalDate => date !== null).sort();
    return calendarOf(
      {
        id: `${name}(${a.id},${b.id})`.slice(0, 200),
        version: Math.max(a.version, b.version),
        dataThrough: known[0] ?? null,
      },
      source,
      (day) => {
        const why = one.closed(day);
        // What the second closes, a subtraction opens.
        return why.name !== null || why.holiday || name === "subtract" ? why : other.closed(day);
      },
    );
  });
}

/** Remembers the last answer: a calendar that stands in a combination twice is worked out once. */
function lastOf(build: Source["build"]): Source["build"] {
  let known: { readonly first: number; readonly last: number; readonly built: Built } | undefined;
  return (first, last) => {
    if (known?.first !== first || known.last !== last) known = { first, last, built: build(first, last) };
    return known.built;
  };
}

/** Both lists walked side by side, from one edge to the next. */
function merged(a: Built, b: Built, rule: Rule): { readonly starts: Float64Array; readonly ends: Float64Array } {
  const most = a.starts.length + b.starts.length + 1;
  const starts = new Float64Array(most);
  const ends = new Float64Array(most);
  let count = 0;
  let since = Number.NaN;
  // Even edges open, odd ones close.
  let i = 0;
  let j = 0;
  const edge = (list: Built, at: number): number =>
    at >= 2 * list.starts.length ? Infinity : (at % 2 === 0 ? list.starts : list.ends)[at >> 1]!;
  for (;;) {
    const [x, y] = [edge(a, i), edge(b, j)];
    const at = Math.min(x, y);
    if (at === Infinity) break;
    if (x === at) i++;
    if (y === at) j++;
    const open = rule(i % 2 === 1, j % 2 === 1);
    if (open && Number.isNaN(since)) since = at;
    else if (!open && !Number.isNaN(since)) {
      starts[count] = since;
      ends[count++] = at;
      since = Number.NaN;
    }
  }
  return { starts: starts.subarray(0, count), ends: ends.subarray(0, count) };
}

/** The local dates that have open time. */
function worked(zone: string, first: number, last: number, spans: Omit<Built, "worked">): Built {
  const offsets = offsetsOf(zone, (first - 4) * dayMs, (last + 5) * dayMs);
  const days = new Uint8Array(last - first + 1);
  const mark = (from: number, to: number) => {
    for (let day = Math.floor(from / dayMs); day * dayMs < to; day++)
      if (day >= first && day <= last) days[day - first] = 1;
  };
  for (let i = 0; i < spans.starts.length; i++) {
    const [start, end] = [spans.starts[i]!, spans.ends[i]!];
    for (let k = stretchAt(offsets, start); k < offsets.starts.length && offsets.starts[k]! < end; k++) {
      const offset = offsets.offsets[k]!;
      mark(Math.max(start, offsets.starts[k]!) + offset, Math.min(end, offsets.starts[k + 1] ?? Infinity) + offset);
    }
  }
  return { starts: spans.starts, ends: spans.ends, worked: days };
}
