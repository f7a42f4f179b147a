// Service levels: what a house promises, as data. A Friday afternoon, a carrier that does not answer, a warning on the
// way, a call that was noted down late, and what a bolder promise would have cost.
import {
  complaint,
  complaintEvents,
  coreLabels,
  createServiceDesk,
  createServiceRules,
  definePlugin,
  hears,
  type Instant,
  labelCatalogue,
  memoryStore,
  policyBook,
  replay,
  serviceLevels,
  unwrap,
  workingHours,
} from "clientele";
import * as z from "zod/mini";
import { type Print, runIfStarted } from "./run.js";

const overdue = { id: "overdue", at: { percent: 100 }, escalates: true };

// #region carrier
const chased = complaint.event("carrier.chased", { v: 1, data: z.object({ level: z.string() }) });
const answer = complaint.clock("carrier.answer", {
  hears: [
    hears(complaintEvents.waited, ({ on }) => (on === "the carrier" ? "restart" : undefined)),
    hears(complaintEvents.resumed, "stop"),
  ],
  target: { within: { elapsed: { hours: 24 } }, pausable: false, levels: [overdue] },
  emits: [chased],
  escalate: ({ level }) => chased({ level: level.id }),
});
const carrier = definePlugin({ id: "carrier", tokens: [chased, answer] });
// #endregion carrier

const first = { version: 1, from: "2026-01-01T00:00:00.000Z" };
const day = ["09:00-17:00"];
const hours = workingHours.version({
  id: "hq",
  ...first,
  body: { zone: "Europe/Berlin", week: { mon: day, tue: day, wed: day, thu: day, fri: day } },
});
const promised = (id: string, workingHoursToRespond: number) =>
  serviceLevels.version({
    id,
    ...first,
    body: {
      calendar: "hq",
      targets: {
        complaint: [
          {
            clock: "first_response",
            within: { working: { hours: workingHoursToRespond } },
            levels: [{ id: "half", at: { percent: 50 } }, overdue],
          },
          { clock: "resolution", when: { severity: "critical" }, within: { workingDays: 1 }, levels: [overdue] },
          { clock: "resolution", within: { workingDays: 3 }, endOfDay: true, levels: [overdue] },
          { clock: "carrier.answer", within: { elapsed: { hours: 24 } }, pausable: false, levels: [overdue] },
        ],
      },
    },
  });

export async function main(print: Print): Promise<void> {
  let now: Instant = "2026-03-06T13:00:00.000Z"; // Friday, 14:00 in Berlin
  const rules = createServiceRules({ plugins: [carrier] });
  const desk = createServiceDesk({ store: memoryStore(), rules, clock: () => now, newId: () => "complaint-1" });
  const words = labelCatalogue(...coreLabels, { en: { events: { "carrier.chased": "Carrier chased" } } });
  const ann = { kind: "staff", id: "ann" } as const;
  const joy = { kind: "customer", id: "joy" } as const;
  const house = promised("house", 4);
  for (const policy of [hours, house]) unwrap(await desk.policies.adopt(policy));

  const input = { customerId: "joy", summary: "The parcel did not come", channel: "chat" } as const;
  const { id } = unwrap(await desk.complaints.open({ input, actor: joy }));
  const clocks = async () => {
    for (const { clock, state, due, verdict } of unwrap(await desk.complaints.clocks(id)))
      if (state !== "cancelled" && state !== "waiting")
        print(`  ${clock}: ${state}, due ${due}${verdict ? `, ${verdict}` : ""}`);
  };
  print("Friday, 14:00: four working hours reach into Monday.");
  await clocks();

  const ask = { type: "wait_for_third_party", input: { party: "the carrier", question: "Where is it?" } } as const;
  unwrap(await desk.complaints.execute({ id, command: ask, actor: ann }));
  now = "2026-03-09T08:00:00.000Z";
  print(`Monday, 09:00; swept: ${(await desk.sweep()).swept}. The carrier is late, the house stood still.`);
  await clocks();
  unwrap(await desk.complaints.execute({ id, command: { type: "resume" }, actor: ann }));

  now = "2026-03-09T15:00:00.000Z";
  print("Monday, 16:00: Ann had called at ten, and notes it down only now.");
  const called = { type: "contact", input: { direction: "out", channel: "phone", text: "It is on its way" } } as const;
  unwrap(await desk.complaints.execute({ id, command: called, actor: ann, at: "2026-03-09T09:00:00.000Z" }));
  await clocks();

  print("All that was said:");
  const { items } = unwrap(await desk.complaints.timeline(id));
  for (const event of items) print(`  ${event.at} ${words.label("events", event.type, "en")}`);

  const book = policyBook([hours, house]);
  const context = { now, zone: "UTC", actor: ann, seed: "", book };
  for (const { clock, before, after } of unwrap(replay(rules.complaints, items, promised("bold", 0.5), context)))
    print(`Within half an hour, ${clock} would have been ${after.verdict}, not ${before.verdict}.`);
}

await runIfStarted(import.meta.url, main);
