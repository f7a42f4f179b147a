import { deepStrictEqual } from "node:assert";
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
      const context = { ...step.context, now: record.touchedAt };
      const yes = rules.complaints.decide(record, step.command, context).ok;
      const moved = chart.decide(charted, givens[place]!);
      const changed = moved.value !== charted.value || moved.context !== charted.context;
      deepStrictEqual([!("refused" in hand.decide(record, step.command, context)), changed], [yes, yes]);
      if (!yes) refused++;
    }
    if (i < life.length) charted = chart.decide(charted, givens[i]!);
  }
  return refused;
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

/** At least so many times as fast as the chart, at most so many times as slow as the table. */
const bars = { xstate: 5, byHand: 3.5 };

export function transitions(): readonly Bar[] {
  const records = checkThatAllAgree();
  const refused = checkThatAllRefuse(records);
  const asked = checkThatInputIsRead(records);
  console.log(
    `all agree: ${life.length} steps, every record and event; ${refused} refusals; ${asked} inputs with something wrong`,
  );
  const found: Bar[] = [];
  const judge = (what: string, times: ReturnType<typeof compete>) => {
    printTimes(what, times);
    found.push(
      { what: `${what}: xstate / ours`, measured: ratio(times, xstate, ours), atLeast: bars.xstate },
      { what: `${what}: ours / by hand`, measured: ratio(times, ours, byHand), atMost: bars.byHand },
    );
  };
  judge("one transition (times 12)", singles(records));
  judge("a life of 12 steps", wholeLife());
  return found;
}
