export { type ReadOptions, readClock, readInOrder } from "./clock.js";
export { type Dated, type Happening, type Heard, placed } from "./happening.js";
export { type ClockRule, type Held, heldFor, heldStill, noTarget } from "./held.js";
export { awaits, type Measure, measure, startOf } from "./measure.js";
export { type Plain, type ServiceLevels, serviceLevels, type TargetRow, wrongTarget } from "./policy.js";
export {
  type ClockInterval,
  type EarlierRun,
  inInstants,
  type LevelReached,
  type Reading,
  readingAt,
} from "./reading.js";
export { type Level, type Offset, type Target, timed, type Within } from "./target.js";
