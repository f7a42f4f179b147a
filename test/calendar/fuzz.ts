// Random calendars, sound and spoilt, and random questions, sound and hostile: `npm run fuzz`.
// What has to hold is an answer that can be true, or an error with a code, after bounded work.
import { pathToFileURL } from "node:url";
import { type Calendar, createCalendar, intersect, subtract, unite, workingHours } from "../../src/calendar/index.js";
import { firstInstant, lastInstant } from "../../src/calendar/plan.js";
import { type ErrorCode, hasCode } from "../../src/kernel/errors.js";
import { type Dice, diceOf } from "../dice.js";
import { day } from "./arbitraries.js";
import { nasty, type Place, place, soundData, spoilt } from "./fuzz-data.js";
import { doors, exhausted } from "./fuzz-doors.js";

export interface Tally {
  cases: number;
  answers: number;
  readonly refusals: Record<string, number>;
  readonly calendars: { sound: number; spoilt: number; combined: number };
  /** The most that one question cost: how often open time was worked out for each calendar in it, over how many years. */
  readonly most: { builds: number; years: number };
  /** How often which thing went wrong. */
  readonly faults: Record<string, number>;
  /** The first of each. */
  readonly examples: string[];
}

/** A calendar of which it is known how often its open time has been worked out. */
interface Watched {
  readonly calendar: Calendar;
  readonly told: string;
  /** Of how many calendars it is made, itself included. */
  readonly parts: number;
}

let builds = 0;
function watched(calendar: Calendar, told: string, parts: number): Watched {
  const source = calendar["~def"].source as { build: Calendar["~def"]["source"]["build"] };
  const { build } = source;
  source.build = (from, to) => {
    builds++;
    return build(from, to);
  };
  return { calendar, told, parts };
}

/** What sound arguments may be refused with. */
const sound: readonly ErrorCode[] = ["BEYOND_HORIZON", "NO_WORKING_TIME"];
const making: readonly ErrorCode[] = ["EMPTY_WEEK", "INVALID_CALENDAR", "OVERLAPPING_WINDOWS", "WRONG_ORDER"];
const asking: readonly ErrorCode[] = ["INVALID_INSTANT", "INVALID_DURATION", "USE_ADD_DAYS", "INVALID_OPTIONS"];
const codes: readonly ErrorCode[] = [...sound, ...making, ...asking, "UNKNOWN_ZONE", "ZERO_LENGTH", "INVALID_POLICY"];

function show(value: unknown): string {
  try {
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    const plain = (key: string, v: unknown) => (key === "~def" || typeof v === "function" ? undefined : v);
    return (JSON.stringify(value, plain) ?? typeof value).slice(0, 1500);
  } catch {
    return `a ${typeof value}`;
  }
}

interface Round {
  readonly d: Dice;
  readonly p: Place;
  readonly pool: readonly Watched[];
  readonly tally: Tally;
  readonly fault: (wrong: string, ...about: readonly unknown[]) => void;
  /** One case: what was answered, or nothing where it was refused with a code that is allowed. */
  readonly run: <T>(
    door: string,
    allowed: readonly ErrorCode[],
    ask: () => T,
    ...about: readonly unknown[]
  ) => { readonly answer: T } | undefined;
}

/** Asks so many questions. */
export function fuzz(cases: number, seed: number): Tally {
  const d = diceOf(seed);
  const tally: Tally = {
    cases: 0,
    answers: 0,
    refusals: {},
    calendars: { sound: 0, spoilt: 0, combined: 0 },
    most: { builds: 0, years: 0 },
    faults: {},
    examples: [],
  };
  const fault: Round["fault"] = (wrong, ...about) => {
    tally.faults[wrong] = (tally.faults[wrong] ?? 0) + 1;
    if (tally.faults[wrong] === 1)
      tally.examples.push(`${wrong} (seed ${seed}, case ${tally.cases}): ${about.map(show).join(" ")}`);
  };
  const run: Round["run"] = (door, allowed, ask, ...about) => {
    tally.cases++;
    try {
      const answer = ask();
      tally.answers++;
      return { answer };
    } catch (error) {
      const code = codes.find((one) => hasCode(error, one));
      if (code === undefined || !allowed.includes(code))
        fault(`${door} threw ${code ?? "something else"}`, error, ...about);
      tally.refusals[code ?? "none"] = (tally.refusals[code ?? "none"] ?? 0) + 1;
      return undefined;
    }
  };
  let pool: readonly Watched[] = [];
  while (tally.cases < cases) {
    const round: Round = { d, p: place(d), pool, tally, fault, run };
    const made = pool.length > 2 && d.odds(0.2) ? combination(round) : fromData(round);
    if (made === undefined) continue;
    pool = [...pool.slice(-6), made];
    for (let i = 0; i < 40 && tally.cases < cases; i++) question(round, made, d.one(pool));
  }
  return tally;
}

function combination({ d, pool, tally, run }: Round): Watched | undefined {
  const [a, b] = [d.one(pool), d.one(pool)];
  if (a.parts + b.parts > 12) return undefined;
  tally.calendars.combined++;
  const how = d.one([intersect, unite, subtract]);
  const told = `${how.name}(${a.told}, ${b.told})`;
  const made = run(how.name, [], () => how(a.calendar, b.calendar), told);
  return made && watched(made.answer, told, a.parts + b.parts + 1);
}

function fromData({ d, p, tally, run }: Round): Watched | undefined {
  const isSpoilt = d.odds(0.5);
  const data = isSpoilt ? spoilt(d, soundData(d, p.near)) : soundData(d, p.near);
  tally.calendars[isSpoilt ? "spoilt" : "sound"]++;
  if (d.odds(0.1)) {
    const { id, version, ...body } = data;
    const policy = { id, version, from: "2025-01-01T00:00:00.000Z", body };
    run("workingHours.version", isSpoilt ? ["INVALID_POLICY"] : [], () => workingHours.version(policy), policy);
  }
  // Dates alone may all have been skipped.
  const made = run("createCalendar", isSpoilt ? codes : ["NO_WORKING_TIME"], () => createCalendar(data), data);
  return made && watched(made.answer, show(data), 1);
}

const names = Object.keys(doors);
/** Doubling from a year to all three hundred, twice over, with room to spare. */
const mostBuilds = 24;

function question({ d, p, tally, fault, run }: Round, own: Watched, other: Watched): void {
  const { calendar } = own;
  const name = d.one(names);
  const door = doors[name]!;
  const args = [...door.args(d, p, calendar, other.calendar)];
  const isSpoilt = d.odds(0.1);
  if (isSpoilt) args[d.below(args.length)] = nasty(d);
  const about = [args, own.told, other.told];
  builds = 0;
  exhausted.is = false;
  const said = run(name, isSpoilt ? codes : sound, () => door.call(calendar, args), ...about);
  const perCalendar = builds / (own.parts + other.parts + 1);
  tally.most.builds = Math.max(tally.most.builds, perCalendar);
  if (perCalendar > mostBuilds) fault(`${name} worked out open time too often`, builds, ...about);
  if (exhausted.is) fault(`${name} asked without end`, ...about);
  const { from, to } = calendar["~def"].growing.table;
  tally.most.years = Math.max(tally.most.years, (to - from) / (365.25 * day));
  if (from !== to && (from < firstInstant || to > lastInstant)) fault(`${name} left its years`, from, to, ...about);
  if (said === undefined || isSpoilt) return;
  const right = run(`checking ${name}`, [], () => door.right(said.answer, args, calendar), ...about);
  if (right?.answer === false) fault(`${name} answered wrongly`, said.answer, ...about);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [cases, seed] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1)];
  const began = performance.now();
  const tally = fuzz(cases, seed);
  console.log(JSON.stringify(tally, null, 2));
  console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`);
  process.exitCode = tally.examples.length > 0 ? 1 : 0;
}
