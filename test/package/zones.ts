// Runs what depends on time under other zones of the process: an answer that hangs on the machine's zone shows here.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** That of the process itself the whole suite is run under. */
const zones = ["UTC", "America/New_York", "Asia/Shanghai"].filter((zone) => zone !== process.env["TZ"]);
const paths: readonly string[] = [
  "test/kernel/instant.test.ts",
  "test/kernel/zone.test.ts",
  "test/lifecycle/",
  "test/calendar/calendar.test.ts",
  "test/calendar/laws-days.test.ts",
  "test/sla/clock.test.ts",
  "test/customer/",
  "test/grading/",
  "test/complaint/clocks.test.ts",
  "test/complaint/closing.test.ts",
  "test/complaint/handling.test.ts",
  "test/complaint/promise.test.ts",
  "test/corrective-action/clocks.test.ts",
  "test/satisfaction/",
  "test/follow-up/",
  "test/desk/",
  "test/laws/corpus.test.ts",
  "test/examples/quarter.test.ts",
  "test/examples/numbered.test.ts",
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const holdsTests = (path: string): boolean =>
  existsSync(join(root, path)) &&
  (path.endsWith(".test.ts") ||
    readdirSync(join(root, path), { recursive: true }).some((file) => String(file).endsWith(".test.ts")));

// Vitest passes over a filter that matches nothing, and a renamed folder would silently go untested.
const empty = paths.filter((path) => !holdsTests(path));
for (const path of empty) console.error(`FAILED ${path} holds no tests: correct the list in test/package/zones.ts`);

const vitest = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--config", "test/vitest.config.ts"];
const failed = zones.filter((zone) => {
  console.log(`TZ=${zone}`);
  const env = { ...process.env, TZ: zone };
  return spawnSync(process.execPath, [...vitest, ...paths], { cwd: root, env, stdio: "inherit" }).status !== 0;
});
for (const zone of failed) console.error(`FAILED under TZ=${zone}`);
process.exitCode = failed.length + empty.length > 0 ? 1 : 0;
