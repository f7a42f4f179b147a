// Every door of a calendar, sound arguments for it, and whether what it answers can be true.
import {
  type Calendar,
  durationMs,
  explainAdd,
  explainBetween,
  impact,
  intersect,
  subtract,
  unite,
} from "../../src/calendar/index.js";
import { lastInstant } from "../../src/calendar/plan.js";
import { isInstant, isLocalDate, toInstant, toMs } from "../../src/kernel/instant.js";
import type { Dice } from "../dice.js";
import { day, hour, minute } from "./arbitraries.js";
import { ms, type Place } from "./fuzz-data.js";

type Moment = number | string;
const moment = (d: Dice, p: Place): Moment => (d.odds(0.5) ? ms(d, p) : toInstant(ms(d, p)));
const two = (d: Dice, p: Place): readonly [Moment, Moment] =>
  d.odds(0.5) ? [ms(d, p), ms(d, p)] : [toInstant(ms(d, p)), toInstant(ms(d, p))];
/** No more than some years: a longer list of stretches is refused. */
const within = (d: Dice, p: Place): readonly [Moment, Moment] => {
  const from = ms(d, p);
  const to = p.far ? Math.min(from + d.below(1000 * day), lastInstant) : ms(d, p);
  const [a, b] = d.odds(0.5) ? [from, to] : [to, from];
  return d.odds(0.5) ? [a, b] : [toInstant(a), toInstant(b)];
};
const dated = (d: Dice, p: Place): Moment => (d.odds(0.5) ? toInstant(ms(d, p)).slice(0, 10) : moment(d, p));
const amount = (d: Dice, { far }: Place): unknown =>
  d.odds(0.2)
    ? { hours: d.below(50), minutes: d.below(100), seconds: d.odds(0.5) ? undefined : d.below(90) }
    : (d.odds(0.7) ? minute * d.below(5000) : far ? d.below(300) * 365 * day : d.below(1e8)) * d.one([1, 1, 1, -1]);
const land = (d: Dice): unknown => d.one([undefined, {}, { land: "deadline" }, { land: "resume" }]);
const origin = (d: Dice): unknown => d.one([undefined, {}, { origin: "step" }, { origin: "roll" }]);
const pauses = (d: Dice, p: Place): unknown =>
  Array.from({ length: d.below(4) }, () => {
    const from = ms(d, p);
    return {
      from: d.odds(0.5) ? from : toInstant(from),
      to: from + d.below(d.one([hour, 3 * day, 60 * day])),
      reason: d.one([undefined, "asked"]),
    };
  });
const due = (d: Dice, p: Place): unknown =>
  d.odds(0.5)
    ? { id: "due", start: toInstant(ms(d, p)), working: amount(d, p), ...(land(d) as object) }
    : { id: "due", start: toInstant(ms(d, p)).slice(0, d.one([10, 24])), workingDays: d.below(9) - 4 };

/** A question, with sound arguments for it. */
export interface Door {
  readonly args: (d: Dice, p: Place, own: Calendar, other: Calendar) => readonly unknown[];
  readonly call: (c: Calendar, args: readonly any[]) => unknown;
  /** Whether an answer to sound arguments can be true. */
  readonly right: (answer: any, args: readonly any[], c: Calendar) => boolean;
}

/** Milliseconds for milliseconds, an instant for an instant, a date for a date. */
const alike = (answer: unknown, given: number | string): boolean => {
  if (typeof given === "number") return Number.isInteger(answer);
  return given.length === 10 ? isLocalDate(answer) : isInstant(answer);
};
const whole = (answer: unknown): boolean => Number.isInteger(answer) && !Object.is(answer, -0);
const yesOrNo = (answer: unknown): boolean => typeof answer === "boolean";
const told = (why: ReturnType<typeof explainAdd>): boolean =>
  why.used.reduce((sum, u) => sum + u.ms, 0) === Math.abs(why.total) && why.from <= why.to;

const asks = (door: "nextOpening" | "nextClosing" | "previousOpening" | "previousClosing", after: boolean): Door => ({
  args: (d, p) => [moment(d, p)],
  call: (c, [at]) => c[door](at),
  right: (answer, [at]) => answer === null || (alike(answer, at) && (after ? answer >= at : answer <= at)),
});

const combining = (how: typeof intersect, rule: (inA: boolean, inB: boolean) => boolean): Door => ({
  args: (d, p, own, other) => (d.odds(0.5) ? [own, other, ms(d, p)] : [other, own, ms(d, p)]),
  call: (_, [a, b, at]) => how(a, b).isOpen(at),
  right: (answer, [a, b, at]) => answer === rule(a.isOpen(at), b.isOpen(at)),
});

export const doors: Readonly<Record<string, Door>> = {
  isOpen: { args: (d, p) => [moment(d, p)], call: (c, [at]) => c.isOpen(at), right: yesOrNo },
  nextOpening: asks("nextOpening", true),
  nextClosing: asks("nextClosing", true),
  previousOpening: asks("previousOpening", false),
  previousClosing: asks("previousClosing", false),
  spans: { args: within, call: (c, [from, to]) => c.spans(from, to), right: (answer) => Array.isArray(answer) },
  add: {
    args: (d, p) => [moment(d, p), amount(d, p), land(d)],
    call: (c, [at, n, options]) => c.add(at, n, options),
    right: (answer, [at, n], c) => {
      if (!alike(answer, at)) return false;
      const there = typeof answer === "number" ? answer : toMs(answer);
      return there === lastInstant || c.between(at, answer) === durationMs(n);
    },
  },
  between: {
    args: two,
    call: (c, [from, to]) => c.between(from, to),
    right: (answer, [from, to], c) => whole(answer) && c.between(to, from) === (answer === 0 ? 0 : -answer),
  },
  isWorkingDay: { args: (d, p) => [dated(d, p)], call: (c, [on]) => c.isWorkingDay(on), right: yesOrNo },
  isProvisional: { args: (d, p) => [dated(d, p)], call: (c, [at]) => c.isProvisional(at), right: yesOrNo },
  addDays: {
    args: (d, p) => [dated(d, p), d.below(p.far ? 99_999 : 99) - 20, origin(d)],
    call: (c, [on, n, options]) => c.addDays(on, n, options),
    right: (answer, [on]) => alike(answer, on),
  },
  daysBetween: {
    args: (d, p) => [dated(d, p), dated(d, p), origin(d)],
    call: (c, [from, to, options]) => c.daysBetween(from, to, options),
    right: whole,
  },
  explainBetween: {
    args: (d, p, own) => [own, ...within(d, p), d.one([undefined, {}, { pauses: pauses(d, p) }])],
    call: (_, [c, from, to, options]) => explainBetween(c, from, to, options),
    right: told,
  },
  explainAdd: {
    args: (d, p, own) => [
      patient(own),
      moment(d, p),
      amount(d, { ...p, far: false }),
      { ...(land(d) as object), pauses: pauses(d, p) },
    ],
    call: (_, [c, at, n, options]) => explainAdd(c, at, n, options),
    right: (why, [, , n]) => told(why) && why.total === durationMs(n),
  },
  impact: {
    args: (d, p, own, other) => [own, d.odds(0.5) ? own : other, [due(d, p), due(d, p)]],
    call: (_, [a, b, dues]) => impact(a, b, dues),
    right: (answer, [a, b]) => Array.isArray(answer) && (a !== b || answer.length === 0),
  },
  intersect: combining(intersect, (inA, inB) => inA && inB),
  unite: combining(unite, (inA, inB) => inA || inB),
  subtract: combining(subtract, (inA, inB) => inA && !inB),
  durationMs: { args: (d, p) => [amount(d, p)], call: (_, [n]) => durationMs(n), right: Number.isInteger },
};

/** Set where an endless loop was stopped. */
export const exhausted = { is: false };
const mostAsked = 100;

/** A calendar that lets itself be asked so often within one door. */
function patient(calendar: Calendar): Calendar {
  let asked = 0;
  const add = (...args: Parameters<Calendar["add"]>) => {
    if (asked++ > mostAsked) {
      exhausted.is = true;
      throw new Error("asked without end");
    }
    return calendar.add(...args);
  };
  return { ...calendar, add: add as unknown as Calendar["add"] };
}
