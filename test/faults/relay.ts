// Processes deliver to one consumer, which fails at random, hangs until the lease is long over and dies between the
// effect and the answer, while more is appended. One event is poisoned: its stream halts, and nothing else does.
import { createServiceRules } from "../../src/index.js";
import { broken } from "./invariants.js";
import { clockOf, deskOn, give, type Pace, pause } from "./load.js";
import { opened } from "./places.js";
import type { Death, Job } from "./process.js";
import { monday, type Report, type Scenario, type Stage } from "./scenario.js";

export const relay: Scenario = { name: "the consumer fails, hangs and dies", run };

/** A hundred leases and more, and as many of the longest waits for a new trial. */
const patience = 30_000;

async function run({ place, dice, journal, start, kills, isShort }: Stage): Promise<Report> {
  // An hour of lease is 180 ms, the longest wait for a new trial as well.
  const pace: Pace = { base: monday, began: Date.now(), times: 20_000 };
  const { store, close } = await opened(place, { fresh: true });
  const desk = deskOn(store, clockOf(pace));
  const streams = isShort ? 60 : 600;
  const opening = await give(desk, journal, "victim", { open: "c-1" });
  const victim = { kind: "complaint", id: opening! };
  // Opened, and then noted on below.
  const poisoned = `main/complaint/${victim.id}/2`;
  let isOver = false;
  const counted = { kills: 0 };
  const most = Math.ceil(kills / 3);
  const deliverer = async (n: number) => {
    for (let life = 1; !isOver; life++) {
      const isMortal = counted.kills < most;
      const job: Job = {
        place,
        pace,
        called: `r${n}-${life}`,
        journal: journal.path,
        seed: dice.below(2 ** 31),
        task: { does: "relay", fails: 0.08, hangs: 0.02, poisoned },
      };
      const death: Death = {
        of: "statement",
        nth: 20 + dice.below(200),
        when: dice.one(["before", "sent", "answered"]),
      };
      const member = start(isMortal ? { ...job, death } : job);
      let hasEnded = false;
      const ended = member.ended.then((why) => {
        hasEnded = true;
        if (why !== undefined) journal.say({ fault: why });
      });
      const dies = Date.now() + 200 + dice.below(600);
      while (!isOver && !hasEnded && (!isMortal || Date.now() < dies)) await pause(10);
      if (isMortal) {
        if (!isOver) counted.kills++;
        member.kill();
      } else member.stop();
      await ended;
    }
  };
  const working = [0, 1].map(deliverer);
  let made = 0;
  // A few events for each, which are delivered while they are appended: whatever is missed at the end of a stream is
  // missed for good.
  const writer = async () => {
    while (made < streams) {
      const n = made++;
      const id = n === 0 ? victim.id : await give(desk, journal, `case-${n}`, { open: `c-${n % 5}` }, 20);
      for (let note = 1 + dice.below(4); id !== undefined && note > 0; note--) {
        await give(desk, journal, `note-${n}-${note}`, { note: id }, 20);
        await pause(dice.below(15));
      }
    }
  };
  await Promise.all(Array.from({ length: 4 }, writer));
  const wrong: string[] = [];
  const missing = (): number => {
    const entries = journal.read();
    const given = new Set(entries.flatMap((entry) => ("given" in entry ? [entry.given] : [])));
    const events = entries.flatMap((entry) => ("done" in entry ? entry.events : []));
    return events.filter((id) => !given.has(id)).length;
  };
  const until = async (left: () => number, isDone: () => Promise<boolean>) => {
    for (let [least, since] = [Infinity, Date.now()]; !(await isDone()); await pause(50)) {
      if (left() < least) [least, since] = [left(), Date.now()];
      if (Date.now() - since > patience)
        return void wrong.push(`${least} events are not delivered, long after every lease`);
    }
  };
  const read = await desk.complaints.get(victim.id);
  const held = read.ok ? read.value.version - 1 : 0;
  // Everything but the halted stream is delivered at last, whatever happens to who delivers it.
  await until(missing, async () => missing() <= held && (await desk.deliveries.backlog("mail")).halted.length > 0);
  const { halted } = await desk.deliveries.backlog("mail");
  const told = halted.map(({ stream, version }) => `${stream.id}/${version}`).join();
  if (told !== `${victim.id}/2`) wrong.push(`halted are ${told}, poisoned is ${poisoned}`);
  // Skipped, the rest of it comes; what was skipped counts as given.
  journal.say({ given: poisoned, consumer: "mail", stream: `complaint/${victim.id}`, version: 2 });
  if (!(await desk.deliveries.skip({ consumer: "mail", stream: victim, version: 2 })))
    wrong.push("a halted stream could not be skipped");
  if (wrong.length === 0) await until(missing, async () => missing() === 0);
  isOver = true;
  await Promise.all(working);
  wrong.push(...(await broken(store, createServiceRules(), journal)));
  await close();
  const given = journal.read().flatMap((entry) => ("given" in entry ? [entry.given] : []));
  const report = `${new Set(given).size} events delivered, ${given.length - new Set(given).size} of them again, ${counted.kills} kills`;
  return { told: report, broken: wrong };
}
