// Packs the library, installs it without a network into a fresh project, compiles that project and runs it.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dependencies = ["zod", "date-fns", "@date-fns/tz", "nanoid"];

function run(what: string, command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${what} failed\n${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`);
  console.log(`ok: ${what}`);
}

/** What the registry would hold: the packed files, and beside them the dependencies of this checkout. */
function install(project: string): void {
  const modules = join(project, "node_modules");
  mkdirSync(modules, { recursive: true });
  run("npm pack", "npm", ["pack", "--ignore-scripts", "--pack-destination", project], root);
  const packed = readdirSync(project).find((file) => file.endsWith(".tgz"));
  if (packed === undefined) throw new Error("npm pack wrote no tarball");
  run("unpack", "tar", ["-xzf", packed], project);
  renameSync(join(project, "package"), join(modules, "clientele"));
  for (const name of dependencies) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  }
}

if (!existsSync(join(root, "dist/index.d.ts"))) throw new Error("nothing to pack: `npm run build` first");
const project = mkdtempSync(join(tmpdir(), "clientele-consumer-"));
try {
  cpSync(join(root, "test/package/consumer"), project, { recursive: true });
  install(project);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  run("compile", process.execPath, [tsc, "-p", "tsconfig.json"], project);
  // The declarations of a host are read by the next host: they must stand alone.
  run("compile its declarations", process.execPath, [tsc, "-p", "tsconfig.declarations.json"], project);
  run("run as ESM", process.execPath, ["out/main.js"], project);
  run("run through require()", process.execPath, ["old.cjs"], project);
} catch (error) {
  console.error(`FAILED ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(project, { recursive: true, force: true });
}
