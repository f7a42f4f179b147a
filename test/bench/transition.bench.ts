import { deepStrictEqual } from "node:assert";
import { type Instant, toInstant, toMs } from "../../src/index.js";
import * as hand from "./by-hand.js";
import * as chart from "./chart.js";
import { type Complaint, life, opened, rules, type Step } from "./life.js";
import { type Bar, compete, printTimes, ratio } from "./rounds.js";

const ours = "rules.complaints.decide";
const xstate = "xstate transition()";
const byHand = "table by hand";

const decided = (record: Complaint, { command, context }: Step) => {
  const decision = rules.complaints.decide(record, command, context);
  if (!decision.ok) throw new Error(JSON.stringify(decision.error));
  return decision.value;
};
const decidedByHand = (record: Complaint, { command, context }: Step) => {
  const answer = hand.decide(record, command, context);
  if ("refused" in answer) throw new Error(answer.refused);
  return answer;
};
const given = ({ command, context }: Step): chart.Given => ({
  type: command.type,
  actor: context.actor,
  input: command.input ?? {},
});
const givens = life.map(given);
const start = chart.begin(factsOf(opened));

function factsOf(record: Complaint): chart.Facts {
  const { customerId, nature, scope, severity, level, ownerId, proposal, tally } = record;
  return { customerId, nature, scope, severity, level, ownerId, proposal, tally };
}

/** Who computes something else is not compared: every record and every event, and every state and fact of the chart. */
function checkThatAllAgree(): readonly Complaint[] {
  const records: Complaint[] = [opened];
  let [record, row, charted] = [opened, opened, start];
  for (const [i, step] of life.entries()) {
    const { next, events } = decided(record, step);
    const answer = decidedByHand(row, step);
    charted = chart.decide(charted, givens[i]!);
    deepStrictEqual([answer.event], JSON.parse(JSON.stringify(events)));
    deepStrictEqual(answer.next, next);
    deepStrictEqual([chart.stateOf(charted), chart.factsOf(charted)], [next.state, factsOf(next)]);
    if (charted === start) throw new Error(`the chart does not know ${step.command.type}`);
    // From step to step through JSON, as through a store.
    [record, row] = [JSON.parse(JSON.stringify(next)), JSON.parse(JSON.stringify(answer.next))];
    records.push(record);
  }
  return records;
}

/** All refuse the same commands too: each command of the life, in each of its states, by each of its actors. */
function checkThatAllRefuse(records: readonly Complaint[]): number {
  let refused = 0;
  let charted = start;
  for (const [i, record] of records.entries()) {
    for (const [place, step] of life.entries()) {
      const yes = answersAlike(record, step);
      const moved = chart.decide(charted, givens[place]!);
      const changed = moved.value !== charted.value || moved.context !== charted.context;
      deepStrictEqual([step.command.type, changed], [step.command.type, yes]);
      if (!yes) refused++;
    }
    if (i < life.length) charted = chart.decide(charted, givens[i]!);
  }
  return refused;
}

const minuteAfter = ({ touchedAt }: Complaint): Instant => toInstant(toMs(touchedAt) + 60_000);

/** What the life has not: the table and the library do the same with it. */
const more: readonly Step["command"][] = [
  { type: "reassess", input: { nature: "service", scope: "major", severity: "low" } },
  { type: "escalate", input: { reason: "It takes too long." } },
  { type: "assign", input: { ownerId: "ann" } },
  { type: "note", input: { text: "Looked into it." } },
  { type: "contact", input: { direction: "in", channel: "phone", text: "Where is it?" } },
  { type: "contact", input: { direction: "out", channel: "phone", text: "On its way." } },
  { type: "wait_for_third_party", input: { party: "the maker", question: "Is there a spare part?" } },
  { type: "resume" },
  { type: "dispute", input: { reason: "It still does not cool." } },
  { type: "withdraw", input: { words: "Never mind." } },
  { type: "reject", input: { reason: "It is not ours." } },
];

function checkThatMoreAgrees(records: readonly Complaint[]): number {
  const manager = { kind: "staff", id: "eve", roles: ["manager"] } as const;
  let given = 0;
  // One after the other from each record: what is told in a pause, or after the end, is among it.
  for (let record of records)
    for (const command of [...more, ...more]) {
      const step = { command, context: { ...life[0]!.context, actor: manager, now: minuteAfter(record) } };
      if (!answersAlike(record, step)) continue;
      record = decided(record, step).next;
      given++;
    }
  return given;
}

/** The same answer of both: whether it is accepted. */
function answersAlike(record: Complaint, { command, context: { actor } }: Step): boolean {
  const context = { ...life[0]!.context, actor, now: minuteAfter(record) };
  const decision = rules.complaints.decide(record, command, context);
  const answer = hand.decide(record, command, context);
  if ("refused" in answer) deepStrictEqual([command.type, decision.ok], [command.type, false]);
  else if (!decision.ok) throw new Error(`only the table accepts ${command.type}`);
  else deepStrictEqual([answer.next, [answer.event]], [decision.value.next, decision.value.events]);
  return decision.ok;
}

/** What is wrong in place of each field of each input: the table by hand does not get away with reading less. */
const wrong: readonly unknown[] = [undefined, null, 7, "", "x".repeat(4001), "\ud800", "nul\0", {}, ["phone"]];

function checkThatInputIsRead(records: readonly Complaint[]): number {
  let asked = 0;
  for (const [i, step] of life.entries()) {
    for (const name of Object.keys(step.command.input ?? {})) {
      for (const value of wrong) {
        const command = { ...step.command, input: { ...step.command.input, [name]: value } } as Step["command"];
        const yes = rules.complaints.decide(records[i]!, command, step.context).ok;
        deepStrictEqual(
          [name, value, !("refused" in hand.decide(records[i]!, command, step.context))],
          [name, value, yes],
        );
        asked++;
      }
    }
  }
  return asked;
}

/** Up to when nothing is said by time alone: the states have their deadlines, two of the five clocks are due sometime. */
function checkThatTimeIsSeen(records: readonly Complaint[]): number {
  const note = { type: "note", input: { text: "Nothing new." } } as const;
  let late = 0;
  for (const record of records) {
    for (let hours = 1; hours < 900; hours++) {
      for (const ms of [hours * 3_600_000, hours * 3_600_000 + 1]) {
        const context = { ...life[0]!.context, now: toInstant(toMs(record.touchedAt) + ms) };
        const due = decided(record, { command: note, context }).events.length > 1;
        const answer = hand.decide(record, note, context);
        deepStrictEqual(
          [record.state, ms, "refused" in answer && answer.refused === "DEADLINE_FIRST"],
          [record.state, ms, due],
        );
        if (due) late++;
      }
    }
  }
  return late;
}

function wholeLife() {
  return compete([
    {
      name: ours,
      run: () => {
        const log: object[] = [];
        let record = opened;
        for (const step of life) {
          const { next, events } = decided(record, step);
          log.push(...events);
          record = next;
        }
        return [record, log];
      },
    },
    { name: xstate, run: () => givens.reduce(chart.decide, start) },
    {
      name: byHand,
      run: () => {
        const log: object[] = [];
        let record = opened;
        for (const step of life) {
          const { next, event } = decidedByHand(record, step);
          log.push(event);
          record = next;
        }
        return [record, log];
      },
    },
  ]);
}

/**
 * Each transition of the life by itself, on the record as it comes from a store. All of them in turn: a process that
 * only ever sees one command lets the engine fold a small table into that one.
 */
function singles(records: readonly Complaint[]) {
  const stored = records.slice(0, -1).map((record): Complaint => JSON.parse(JSON.stringify(record)));
  const charts: chart.Chart[] = [start];
  for (const event of givens.slice(0, -1)) charts.push(chart.decide(charts.at(-1)!, event));
  return compete([
    { name: ours, run: () => life.map((step, i) => decided(stored[i]!, step)) },
    { name: xstate, run: () => givens.map((event, i) => chart.decide(charts[i]!, event)) },
    { name: byHand, run: () => life.map((step, i) => decidedByHand(stored[i]!, step)) },
  ]);
}

/**
 * At least so many times as fast as the chart, at most so many times as slow as the table. The chart has no clocks: it
 * was five times until each step also marked five of them, copied what they remember, and asked when they will be due.
 * One transition by itself copies it from a record that has just been read, which costs more than from one just made.
 */
const bars = { single: { xstate: 3, byHand: 3.5 }, life: { xstate: 4, byHand: 3.5 } };

export function transitions(): readonly Bar[] {
  const records = checkThatAllAgree();
  const refused = checkThatAllRefuse(records);
  const given = checkThatMoreAgrees(records);
  const asked = checkThatInputIsRead(records);
  const late = checkThatTimeIsSeen(records);
  console.log(
    `all agree: ${life.length} steps, every record and event; ${given} other commands; ${refused} refusals; ${asked} inputs with something wrong; ` +
      `${late} times at which something was due`,
  );
  const found: Bar[] = [];
  const judge = (what: string, times: ReturnType<typeof compete>, bar: (typeof bars)["life"]) => {
    printTimes(what, times);
    found.push(
      { what: `${what}: xstate / ours`, measured: ratio(times, xstate, ours), atLeast: bar.xstate },
      { what: `${what}: ours / by hand`, measured: ratio(times, ours, byHand), atMost: bar.byHand },
    );
  };
  judge("one transition (times 12)", singles(records), bars.single);
  judge("a life of 12 steps", wholeLife(), bars.life);
  return found;
}
