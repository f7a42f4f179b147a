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
    [record, row] = [next, answer.next];
    records.push(next);
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

function single(place: number, records: readonly Complaint[]) {
  const step = life[place]!;
  // As it comes from a store.
  const record: Complaint = JSON.parse(JSON.stringify(records[place]));
  const event = givens[place]!;
  const before = givens.slice(0, place).reduce(chart.decide, start);
  return compete([
    { name: ours, run: () => decided(record, step) },
    { name: xstate, run: () => chart.decide(before, event) },
    { name: byHand, run: () => decidedByHand(record, step) },
  ]);
}

/** At least so many times as fast as the chart, at most so many times as slow as the table. */
const bars = { xstate: 5, byHand: 3.5 };

export function transitions(): readonly Bar[] {
  const records = checkThatAllAgree();
  const refused = checkThatAllRefuse(records);
  console.log(`all agree: ${life.length} steps, every record and event; ${refused} refusals`);
  const found: Bar[] = [];
  const judge = (what: string, times: ReturnType<typeof compete>) => {
    printTimes(what, times);
    found.push(
      { what: `${what}: xstate / ours`, measured: ratio(times, xstate, ours), atLeast: bars.xstate },
      { what: `${what}: ours / by hand`, measured: ratio(times, ours, byHand), atMost: bars.byHand },
    );
  };
  // What moves with three fields, and what moves with a nested one and a text of the customer's.
  for (const type of ["assess", "propose"])
    judge(
      `one transition, ${type}`,
      single(
        life.findIndex((s) => s.command.type === type),
        records,
      ),
    );
  judge("a life of 12 steps", wholeLife());
  return found;
}
