// A million parsed events of complaints, folded into their records, beside the same fold written by hand.
import { deepStrictEqual } from "node:assert";
import { type Draft, unwrap } from "../../src/index.js";
import { clocksAfter } from "./by-hand-clocks.js";
import { type Complaint, life, opened, rules } from "./life.js";
import { type Bar, compete, printTimes, ratio } from "./rounds.js";

const lives = 1000;
const whole = 1_000_000;

type Data = Readonly<Record<string, any>>;
type Change = (record: Complaint, data: Data) => Partial<Complaint>;
const remedies = ({ remedies: list }: Complaint, from: readonly string[], to: string): Partial<Complaint> =>
  list === undefined
    ? {}
    : { remedies: list.map((one) => (from.includes(one.status) ? { ...one, status: to as never } : one)) };
const counted = ({ tally }: Complaint, what: keyof Complaint["tally"]) => ({
  tally: { ...tally, [what]: tally[what] + 1 },
});
/** What the events of the life mean, and no more. */
const changes: Readonly<Record<string, Change>> = {
  "complaint.assessed": (_, { major: __, ...data }) => data,
  "complaint.contacted": (r) => counted(r, "contacts"),
  "complaint.proposed": (r, { offers, remedy, amount, message }) => ({
    proposal: { remedy, amount, message },
    remedies: [...(r.remedies ?? []), ...offers],
    ...counted(r, "proposals"),
  }),
  "complaint.accepted": (r) => remedies(r, ["offered"], "accepted"),
  "complaint.declined": (r) => ({ proposal: null, ...remedies(r, ["offered"], "declined") }),
  "complaint.resolved": (r) => remedies(r, ["accepted"], "carried_out"),
  "complaint.confirmed": (r) => remedies(r, ["carried_out"], "verified"),
  "complaint.reopened": (r) => ({
    proposal: null,
    ...counted(r, "reopenings"),
    ...remedies(r, ["offered", "accepted"], "declined"),
  }),
};

function byHand(record: Complaint, event: Draft): Complaint {
  const { moved, at, version } = event;
  let { state, stay, clocks } = record;
  let pause: "begins" | "ends" | undefined;
  if (moved?.back !== undefined) {
    const spent = stay.spent + Date.parse(at) - Date.parse(stay.enteredAt);
    const back = { state: moved.back, spent, lapses: stay.lapses, since: stay.since };
    stay = { enteredAt: at, since: at, spent: 0, lapses: 0, back };
    pause = "begins";
  } else if (moved !== undefined && stay.back?.state === moved.to) {
    const { since, spent, lapses } = stay.back;
    stay = { enteredAt: at, since, spent, lapses, back: null };
    pause = "ends";
  } else if (moved !== undefined) stay = { enteredAt: at, since: at, spent: 0, lapses: 0, back: null };
  if (moved !== undefined) state = moved.to as Complaint["state"];
  clocks = clocksAfter(clocks!, event.marks, pause, at);
  const change = changes[event.type]?.(record, event.data as Data);
  return { ...record, ...change, version, commandVersion: version, touchedAt: at, state, stay, clocks };
}

const folded = (record: Complaint, event: Draft): Complaint => {
  const next = rules.complaints.evolve(record, event as never);
  if (!next.ok) throw new Error(JSON.stringify(next.error));
  return next.value;
};

/** The logs of many complaints, as they come out of a store: parsed, each object its own. */
function logs(): readonly { readonly first: Complaint; readonly events: readonly Draft[] }[] {
  const events: Draft[] = [];
  let record = opened;
  for (const { command, context } of life) {
    const decision = unwrap(rules.complaints.decide(record, command, context));
    events.push(...decision.events);
    record = decision.next;
  }
  return Array.from({ length: lives }, (_, i) => {
    const text = JSON.stringify({ first: opened, events }).replaceAll(`"id":"${opened.id}"`, `"id":"c-${i}"`);
    return JSON.parse(text);
  });
}

export function replaying(): readonly Bar[] {
  const all = logs();
  const fold = (step: typeof byHand) => () => {
    let last: Complaint | undefined;
    for (const { first, events } of all) {
      last = first;
      for (const event of events) last = step(last, event);
    }
    return last;
  };
  deepStrictEqual(JSON.parse(JSON.stringify(fold(byHand)())), JSON.parse(JSON.stringify(fold(folded)())));
  const perRound = all.reduce((sum, { events }) => sum + events.length, 0);
  const times = compete(
    [
      { name: "evolve", run: fold(folded) },
      { name: "fold by hand", run: fold(byHand) },
    ],
    15,
    60,
  );
  printTimes(`folding ${perRound} parsed events`, times);

  const heap = () => {
    (globalThis as { gc?: () => void }).gc?.();
    return process.memoryUsage().heapUsed;
  };
  const round = fold(folded);
  for (let done = 0; done < whole / 10; done += perRound) round();
  const before = heap();
  for (let done = 0; done < whole; done += perRound) round();
  const grown = heap() / before;
  console.log(`  a million events: the heap after them is ${grown.toFixed(3)} of that before`);
  return [
    { what: "a million events: evolve / fold by hand", measured: ratio(times, "evolve", "fold by hand"), atMost: 3 },
    { what: "a million events: heap after / before", measured: grown, atMost: 1.1 },
  ];
}
