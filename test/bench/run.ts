// Measures what is published: `npm run bench` builds it first, and `built.mjs` puts it in the place of the sources.
import { workingTime } from "./calendar.bench.js";
import { reading } from "./clocks.bench.js";
import { clocksGrowth } from "./clocks-growth.bench.js";
import { grading } from "./grading.bench.js";
import { growth } from "./growth.bench.js";
import { replaying } from "./replay.bench.js";
import { type Bar, isMet } from "./rounds.js";
import { scoring } from "./scoring.bench.js";
import { sqlStores } from "./sql.bench.js";
import { sqliteStores } from "./sqlite.bench.js";
import { transitions } from "./transition.bench.js";

const bars: readonly Bar[] = [
  ...transitions(),
  ...reading(),
  ...clocksGrowth(),
  ...replaying(),
  ...(await growth()),
  ...(await grading()),
  ...scoring(),
  ...workingTime(),
  ...(await sqliteStores()),
  ...(await sqlStores()),
];

console.log("\nbars (medians of the ratios of each round)");
for (const bar of bars) {
  const limit = bar.atLeast === undefined ? `at most ${bar.atMost}` : `at least ${bar.atLeast}`;
  console.log(
    `  ${bar.what.padEnd(48)} ${bar.measured.toFixed(2).padStart(7)}   ${limit}${isMet(bar) ? "" : "   MISSED"}`,
  );
}
const missed = bars.filter((bar) => !isMet(bar));
for (const bar of missed) console.error(`MISSED ${bar.what}: ${bar.measured.toFixed(2)}`);
process.exitCode = missed.length > 0 ? 1 : 0;
