import { createCalendar, type Instant, type Target } from "../../src/index.js";
import type { Mark, Promised } from "./clocks-by-hand.js";

export const hour = 3_600_000;
const office = ["09:00-12:00", "13:00-18:00"];
export const calendar = createCalendar({
  id: "office",
  version: 1,
  zone: "Europe/Berlin",
  week: { mon: office, tue: office, wed: office, thu: office, fri: office },
  holidays: ["2026-04-03", "2026-04-06"],
  dataThrough: "2026-12-31",
});

interface Clock {
  readonly target: Target;
  readonly promised: Promised;
  readonly marks: readonly Mark<Instant>[];
}

const working = { between: calendar.between, add: calendar.add };
const elapsed = { between: (from: number, to: number) => to - from, add: (at: number, ms: number) => at + ms };
const share = (percent: number) => (allowed: number) => Math.ceil((allowed * percent) / 100);

/** March 2026, at the local time of Berlin: an hour east of UTC until the 29th, then two. */
export const at = (day: number, time: string): Instant =>
  new Date(`2026-03-${String(day).padStart(2, "0")}T${time}:00+01:00`).toISOString();
const mark = (type: Mark<Instant>["type"], day: number, time: string, reason?: string): Mark<Instant> => ({
  type,
  at: at(day, time),
  ...(reason === undefined ? {} : { reason }),
});

/** Each of another kind, with ten marks; after them one is paused, two are stopped, and two run on. */
export const clocks: readonly Clock[] = [
  {
    target: {
      within: { working: { hours: 8 } },
      levels: [
        { id: "half", at: { percent: 50 } },
        { id: "near", at: { percent: 80 } },
        { id: "over", at: { after: { working: { hours: 2 } } }, escalates: true },
      ],
    },
    promised: {
      ...working,
      within: () => 8 * hour,
      levels: [
        { id: "half", within: share(50) },
        { id: "near", within: share(80) },
        { id: "over", within: () => 10 * hour },
      ],
    },
    marks: [
      mark("start", 2, "10:20"),
      mark("pause", 2, "11:40", "customer"),
      mark("pause", 2, "15:10", "supplier"),
      mark("resume", 3, "09:30", "customer"),
      mark("resume", 3, "14:05", "supplier"),
      mark("stop", 3, "16:45"),
      mark("reopen", 5, "08:15"),
      mark("pause", 5, "09:50", "customer"),
      mark("resume", 6, "17:20", "customer"),
      mark("pause", 9, "10:10", "customer"),
    ],
  },
  {
    target: {
      within: { workingDays: 5 },
      levels: [
        { id: "near", at: { percent: 80 } },
        { id: "due", at: { percent: 100 }, escalates: true },
      ],
    },
    promised: {
      ...working,
      within: (start) => calendar.between(start, calendar.addDays(start, 5)),
      levels: [
        { id: "near", within: share(80) },
        { id: "due", within: share(100) },
      ],
    },
    marks: [
      mark("start", 2, "10:20"),
      mark("pause", 3, "12:30"),
      mark("resume", 4, "08:40"),
      mark("pause", 4, "17:10"),
      mark("resume", 9, "11:30"),
      mark("stop", 10, "15:00"),
      mark("reopen", 12, "09:40"),
      mark("pause", 12, "16:20"),
      mark("resume", 17, "13:50"),
      mark("stop", 18, "10:00"),
    ],
  },
  {
    target: {
      within: { elapsed: { hours: 240 } },
      levels: [
        { id: "soon", at: { before: { elapsed: { hours: 48 } } } },
        { id: "due", at: { percent: 100 }, escalates: true },
      ],
    },
    promised: {
      ...elapsed,
      within: () => 240 * hour,
      levels: [
        { id: "soon", within: () => 192 * hour },
        { id: "due", within: share(100) },
      ],
    },
    marks: [
      mark("start", 2, "10:20"),
      mark("pause", 3, "12:30"),
      mark("resume", 4, "08:40"),
      mark("pause", 5, "17:10"),
      mark("resume", 6, "11:30"),
      mark("stop", 10, "15:00"),
      mark("reopen", 11, "09:40"),
      mark("pause", 12, "16:20"),
      mark("resume", 16, "13:50"),
      mark("stop", 18, "10:00"),
    ],
  },
  {
    target: {
      within: { working: { hours: 40 } },
      onReopen: "restart",
      levels: [{ id: "near", at: { percent: 75 } }],
    },
    promised: {
      ...working,
      within: () => 40 * hour,
      levels: [{ id: "near", within: share(75) }],
      anew: true,
    },
    marks: [
      mark("start", 2, "10:20"),
      mark("pause", 2, "12:30"),
      mark("resume", 3, "08:40"),
      mark("stop", 4, "16:30"),
      mark("stop", 5, "10:00"),
      mark("reopen", 6, "11:30"),
      mark("pause", 9, "09:00"),
      mark("resume", 10, "09:40"),
      mark("pause", 11, "16:20"),
      mark("resume", 12, "13:50"),
    ],
  },
  {
    target: {
      within: { workingDays: 12 },
      pausable: false,
      levels: [
        { id: "half", at: { percent: 50 } },
        { id: "near", at: { percent: 90 } },
      ],
    },
    promised: {
      ...working,
      within: (start) => calendar.between(start, calendar.addDays(start, 12)),
      levels: [
        { id: "half", within: share(50) },
        { id: "near", within: share(90) },
      ],
      unpausable: true,
    },
    marks: [
      mark("start", 2, "10:20"),
      mark("pause", 2, "11:40"),
      mark("resume", 3, "09:30"),
      mark("pause", 3, "14:05"),
      mark("resume", 5, "16:45"),
      mark("stop", 9, "08:15"),
      mark("reopen", 11, "09:50"),
      mark("pause", 11, "17:20"),
      mark("resume", 12, "10:10"),
      mark("pause", 13, "10:10"),
    ],
  },
];
