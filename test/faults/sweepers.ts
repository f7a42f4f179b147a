// Processes whose clocks differ by minutes sweep the same records; one of them is killed again and again. What time has
// caused is said once, and just as one sweeper says it on a memory store.
import { createServiceRules, memoryStore, type Store, toInstant } from "../../src/index.js";
import { broken } from "./invariants.js";
import { type Desk, deskOn, give, type Pace, pause } from "./load.js";
import { opened } from "./places.js";
import type { Job } from "./process.js";
import { monday, type Report, type Scenario, type Stage } from "./scenario.js";

export const sweepers: Scenario = { name: "clocks differ by minutes", run };

const minute = 60_000;
const day = 1440 * minute;
const skews = [0, 7 * minute, -9 * minute];
/** How long after its opening a complaint that nobody touches is escalated, and twice lapses. */
const times = [2 * day, 7 * day, 14 * day];
/** Within so long all are opened. */
const morning = 40 * minute;

async function run({ place, dice, journal, start, isShort }: Stage): Promise<Report> {
  const count = isShort ? 25 : 150;
  const { store, close } = await opened(place, { fresh: true });
  let now = monday;
  const desk = deskOn(store, () => toInstant(now));
  const openings: { readonly id: string; readonly at: number }[] = [];
  for (let i = 0; i < count; i++) {
    now = monday + Math.floor((i * morning) / count);
    const id = await give(desk, journal, `case-${i}`, { open: `c-${i}` });
    if (id !== undefined) openings.push({ id, at: now });
  }
  let kills = 0;
  for (const time of times) {
    const seconds = isShort ? 2 : 10;
    // From before the first is due by any clock until all are due by every clock.
    const [base, span] = [monday + time - 10 * minute, morning + 20 * minute];
    const pace: Pace = { base, began: Date.now(), times: span / (seconds * 1000) };
    const ends = pace.began + seconds * 1000;
    const sweeper = async (skew: number, n: number) => {
      for (let life = 1; Date.now() < ends; life++) {
        const job: Job = {
          place,
          pace,
          called: `s${n}-${life}`,
          journal: journal.path,
          seed: dice.below(2 ** 31),
          task: { does: "sweep", skew },
        };
        const member = start(job);
        const isMortal = n === 0;
        await pause(Math.min(isMortal ? 200 + dice.below(500) : Infinity, Math.max(0, ends - Date.now())));
        if (isMortal) {
          kills++;
          member.kill();
        } else member.stop();
        const why = await member.ended;
        if (why !== undefined) journal.say({ fault: why });
      }
    };
    await Promise.all(skews.map(sweeper));
    now = base + span;
  }
  // Later than every clock and every lease: what nobody has come to yet.
  now += day;
  for (;;) {
    const { swept, early } = await desk.sweep({ limit: 1000 });
    if (swept + early === 0) break;
  }
  const expected = await alone(openings, now);
  const told = await timelines(desk, openings);
  const wrong = openings.flatMap(({ id }, i) =>
    told[i] === expected[i] ? [] : [`${id}: expected ${expected[i]}, found ${told[i]}`],
  );
  wrong.push(...(await broken(store, createServiceRules(), journal)));
  await close();
  const said = told.reduce((sum, line) => sum + line.split(", ").length, 0);
  return { told: `${openings.length} records, ${said} events of time, ${kills} kills`, broken: wrong };
}

/** What one sweeper says of the same records. */
async function alone(openings: readonly { readonly id: string; readonly at: number }[], end: number) {
  const store: Store<any> = memoryStore();
  let now = monday;
  const desk = deskOn(store, () => toInstant(now));
  const again: { readonly id: string }[] = [];
  for (const { at } of openings) {
    now = at;
    const id = await give(desk, { say: () => undefined }, `case-${again.length}`, { open: `c-${again.length}` });
    again.push({ id: id! });
  }
  now = end;
  while ((await desk.sweep({ limit: 1000 })).swept > 0);
  return timelines(desk, again);
}

/** What time has said, record by record. */
async function timelines(desk: Desk, openings: readonly { readonly id: string }[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { id } of openings) {
    const read = await desk.complaints.timeline(id, { limit: 1000 });
    const items = read.ok ? read.value.items : [];
    lines.push(
      items
        .slice(1)
        .map(({ type, at }) => `${type} at ${at}`)
        .join(", "),
    );
  }
  return lines;
}
