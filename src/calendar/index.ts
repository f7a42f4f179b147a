export { type Calendar, type CalendarDef, createCalendar, type MomentDoor, type OpenSpan } from "./calendar.js";
export { intersect, subtract, unite } from "./combine.js";
export type {
  CalendarCode,
  CalendarData,
  CalendarProblem,
  DayPlan,
  Holiday,
  NamedCalendarData,
  Weekday,
  WorkingWindow,
} from "./data.js";
export type { Origin } from "./days.js";
export { durationMs, type WorkingDuration } from "./duration.js";
export { type Explanation, explainAdd, explainBetween, type Pause, type Skipped, type Used } from "./explain.js";
export { type DueTime, impact, type MovedDue } from "./impact.js";
export { workingHours } from "./policy.js";
export type { Land } from "./working-time.js";
