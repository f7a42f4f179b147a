// The faults of the world, one after the other, and what has to hold after each of them:
//
//   node --import tsx test/faults/run.ts [--short] [--kills 500] [--life 700] [--seed 7] [--only kill]
//
// Processes are killed, connections cut, servers restarted, clocks skewed and consumers broken while commands are given;
// then `invariants.ts` looks whether something was lost, doubled, torn or held for ever. PostgreSQL is the one that
// CLIENTELE_POSTGRES names, such as postgres://postgres@127.0.0.1/postgres; the restarts need `initdb` and make a server
// of their own; SQLite is that of Node (from 22 on) or `better-sqlite3`. What is not there is skipped, and said so.
//
// The seed decides what is given and where it is hurt. When exactly that comes is for the machine to decide, so the same
// seed need not find the same again; how often something is tried makes up for it.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { diceOf } from "../dice.js";
import { beginning } from "./beginning.js";
import { busy } from "./busy.js";
import { clusters } from "./cluster.js";
import { crewIn } from "./crew.js";
import { cut } from "./cut.js";
import { half } from "./half.js";
import { kill } from "./kill.js";
import { journalAt } from "./ledger.js";
import { cleared, type PlaceMaker, postgres, sqlite } from "./places.js";
import { relay } from "./relay.js";
import { restart } from "./restart.js";
import type { Report, Scenario } from "./scenario.js";
import { sweepers } from "./sweepers.js";

const { values: asked } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    kills: { type: "string" },
    life: { type: "string", default: "700" },
    seed: { type: "string" },
    only: { type: "string", default: "" },
  },
});
const seed = Number(asked.seed ?? Math.floor(Math.random() * 1e9));
const kills = Number(asked.kills ?? (asked.short ? 15 : 500));
const life = Number(asked.life);
if (![seed, kills, life].every(Number.isSafeInteger)) throw new Error("--seed, --kills and --life are whole numbers");

const folder = mkdtempSync(join(tmpdir(), "clientele-faults-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

type Where = "PostgreSQL" | "SQLite" | "a server of its own";
const places: Readonly<Record<Where, PlaceMaker | string>> = {
  PostgreSQL: postgres(),
  SQLite: await sqlite(folder),
  "a server of its own": await clusters(),
};
const scenarios: readonly (readonly [called: string, scenario: Scenario, ...places: Where[]])[] = [
  ["beginning", beginning, "PostgreSQL", "SQLite"],
  ["half", half, "PostgreSQL"],
  ["kill", kill, "PostgreSQL", "SQLite"],
  ["cut", cut, "PostgreSQL"],
  ["restart", restart, "a server of its own"],
  ["sweepers", sweepers, "PostgreSQL", "SQLite"],
  ["relay", relay, "PostgreSQL", "SQLite"],
  ["busy", busy, "PostgreSQL", "SQLite"],
];
console.log(`seed ${seed}, ${kills} kills`);
const start = await crewIn(folder);
let made = 0;

/** Plays one scenario at one place; answers whether all holds, or nothing where it cannot be played. */
async function play(called: string, { name, run }: Scenario, where: Where): Promise<boolean | undefined> {
  const maker = places[where];
  if (typeof maker === "string") {
    console.warn(`skipped: ${called}: ${name}, on ${where}, as ${maker}`);
    return undefined;
  }
  const title = `${called}: ${name}, on ${maker.name}`;
  const journal = journalAt(join(folder, `${++made}.journal`));
  const began = performance.now();
  const place = maker.make(`${called}_${made}`);
  const stage = { place, journal, start, kills, life, dice: diceOf(seed + made), isShort: asked.short };
  const { told, broken } = await stalled(journal.path, run(stage)).catch(
    (thrown): Report => ({
      told: "broken off",
      broken: [thrown instanceof Error ? String(thrown.stack) : String(thrown)],
    }),
  );
  journal.close();
  // Its own server is gone by now, with all that was in it.
  if (where !== "a server of its own")
    await cleared(place).catch((thrown) => console.warn(`left behind: ${title}: ${thrown}`));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${broken.length === 0 ? "ok    " : "FAILED"} ${title}: ${told} (${seconds} s)`);
  for (const one of broken.slice(0, 20)) console.log(`         ${one}`);
  if (broken.length > 20) console.log(`         and ${broken.length - 20} more`);
  return broken.length === 0;
}

/** However busy a machine is, five minutes without a word are the end: something waits for what will never come. */
async function stalled<R>(path: string, work: Promise<R>): Promise<R> {
  const minutes = 5;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    let [size, since] = [-1, Date.now()];
    timer = setInterval(() => {
      const now = statSync(path).size;
      if (now !== size) [size, since] = [now, Date.now()];
      else if (Date.now() - since > minutes * 60_000) reject(`nothing has happened for ${minutes} minutes`);
    }, 1_000);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearInterval(timer);
  }
}

const results: (boolean | undefined)[] = [];
for (const [called, scenario, ...wheres] of scenarios)
  if (called.includes(asked.only)) for (const where of wheres) results.push(await play(called, scenario, where));
const failed = results.filter((isWell) => isWell === false).length;
const passed = results.filter((isWell) => isWell === true).length;
console.log(`\n      Tests  ${failed === 0 ? "" : `${failed} failed | `}${passed} passed (${failed + passed})`);
// What hangs in a scenario that was given up must not hold this process.
process.exit(failed === 0 ? 0 : 1);
