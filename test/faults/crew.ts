// Starts processes that may die. They are bundled first: a bundle begins in a tenth of a second, sources in a whole one.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Job } from "./process.js";

/** A process of a scenario. */
export interface Member {
  /** It is connected, or has ended before that. */
  readonly ready: Promise<void>;
  readonly kill: () => void;
  /** Lets it end by itself. */
  readonly stop: () => void;
  /** Why it ended; nothing, where it was killed or stopped. */
  readonly ended: Promise<string | undefined>;
}
export type Start = (job: Job) => Member;

export async function crewIn(folder: string): Promise<Start> {
  const outfile = join(folder, "process.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("process.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    outfile,
  });
  return (job) => memberOf(spawn(process.execPath, ["--no-warnings", outfile, JSON.stringify(job)]), job.called);
}

function memberOf(child: ChildProcess, called: string): Member {
  let told = "";
  child.stderr!.on("data", (data) => {
    told += String(data);
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("close", (code, signal) => {
      const isWell = signal === "SIGKILL" || code === 0;
      resolve(
        isWell ? undefined : `the process ${called} ended by itself (${code ?? signal}): ${told.trim().slice(-600)}`,
      );
    });
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout!.once("data", () => resolve());
    void ended.then(() => resolve());
  });
  // A process that is gone cannot be told anything.
  child.stdin!.on("error", () => undefined);
  return { ready, ended, kill: () => void child.kill("SIGKILL"), stop: () => void child.stdin!.end() };
}
