// Every gate of the package, one after the other; a failed one does not hide those behind it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

interface Step {
  readonly name: string;
  /** A script of `node_modules/.bin`, `npm`, or `node`. */
  readonly run: readonly [command: string, ...args: string[]];
  /** Its numbers are worth reading when all is well, too. */
  readonly shown?: true;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const reference = mkdtempSync(join(tmpdir(), "clientele-reference-"));
const script = (file: string): Step["run"] => ["node", "--import", "tsx", `test/package/${file}`];

const steps: readonly Step[] = [
  { name: "lint", run: ["npm", "run", "--silent", "lint"] },
  { name: "build", run: ["npm", "run", "--silent", "build"] },
  { name: "publint", run: ["publint", "--strict"] },
  { name: "attw", run: ["attw", "--pack", ".", "--profile", "esm-only", "--no-definitely-typed"] },
  { name: "size", run: script("size.ts"), shown: true },
  { name: "types", run: script("types.ts"), shown: true },
  { name: "consumer", run: script("consumer.ts") },
  { name: "typedoc", run: ["typedoc", "--treatWarningsAsErrors", "--out", reference] },
  { name: "zones", run: script("zones.ts") },
];

const path = `${join(root, "node_modules/.bin")}${process.platform === "win32" ? ";" : ":"}${process.env["PATH"] ?? ""}`;
const env = { ...process.env, PATH: path, NO_COLOR: "1" };

function perform({ name, run: [command, ...args], shown }: Step): { readonly ok: boolean; readonly minutes: number } {
  const from = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    env,
    encoding: "utf8",
    maxBuffer: 256 * 1_024 * 1_024,
  });
  const ok = status === 0;
  const minutes = (performance.now() - from) / 60_000;
  console.log(`${ok ? "ok    " : "FAILED"} ${name}: ${[command, ...args].join(" ")}`);
  if (!ok || shown)
    console.log(`${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`.trim().replace(/^/gm, "       "));
  return { ok, minutes };
}

try {
  const done = steps.map((step) => ({ name: step.name, ...perform(step) }));
  const failed = done.filter((step) => !step.ok);
  console.log("\nminutes  step");
  for (const { name, ok, minutes } of done)
    console.log(`${minutes.toFixed(2).padStart(7)}  ${name}${ok ? "" : " FAILED"}`);
  console.log(`\ncheck: ${done.length - failed.length} steps passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  rmSync(reference, { recursive: true, force: true });
}
