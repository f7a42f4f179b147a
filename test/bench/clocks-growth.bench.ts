import { policyBook, serviceLevels, unwrap, workingHours } from "../../src/index.js";
import { after, daily, decided, later, mostGrowth } from "./aged.js";
import { type Complaint, rules } from "./life.js";
import { type Bar, compete, printTimes, ratio } from "./rounds.js";

const office = ["09:00-12:00", "13:00-18:00"];
const from = "2020-01-01T00:00:00.000Z";
const hours = { working: { hours: 400 } };
const levels = [
  { id: "half", at: { percent: 50 } },
  { id: "near", at: { percent: 80 } },
];
/** All five clocks are held to working time, to so much of it that nothing passes while the events are told. */
const promised = policyBook([
  workingHours.version({
    id: "office",
    version: 1,
    from,
    body: { zone: "Europe/Berlin", week: { mon: office, tue: office, wed: office, thu: office, fri: office } },
  }),
  serviceLevels.version({
    id: "standard",
    version: 1,
    from,
    body: {
      calendar: "office",
      targets: {
        complaint: ["acknowledge", "first_response", "next_response", "update", "resolution"].map((clock) => ({
          clock,
          within: hours,
          levels,
        })),
      },
    },
  }),
]);

/** Over eight rounds of what comes again and again: a clock keeps its gaps one by one, and settles them at sixteen. */
export function clocksGrowth(): readonly Bar[] {
  const rounds = (events: number): readonly Complaint[] => {
    let record = after(events);
    return Array.from({ length: 8 }, () => {
      record = daily.reduce((r, command) => decided(r, command), record);
      return JSON.parse(JSON.stringify(record));
    });
  };
  const of = (records: readonly Complaint[]) => () =>
    records.map((record) => unwrap(rules.complaints.clocks(record, { ...later(record, 60_000), book: promised })));
  const [few, many] = [Array.from({ length: 8 }, () => after(10)), rounds(10_000)];
  const times = compete([
    { name: "after 10 events", run: of(few) },
    { name: "after 10,000 events", run: of(many) },
  ]);
  printTimes("reading the five clocks (times 8)", times);
  return [
    {
      what: "reading clocks: after 10,000 / after 10",
      measured: ratio(times, "after 10,000 events", "after 10 events"),
      atMost: mostGrowth,
    },
  ];
}
