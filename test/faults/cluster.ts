// PostgreSQL servers of the tests' own, which they may stop as they like.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PlaceMaker, postgresAt } from "./places.js";

export interface Cluster {
  readonly start: () => void;
  /** Without a shutdown: as after a crash, the log is played again at the next start. */
  readonly crash: () => void;
  readonly remove: () => void;
}

/** Where the programs of a server are. */
function programs(): string | undefined {
  const said = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  const packaged = "/usr/lib/postgresql";
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [String(said.stdout ?? "").trim(), ...versions.map((version) => join(packaged, version, "bin"))];
  return folders.find(
    (folder) => folder !== "" && ["initdb", "pg_ctl"].every((name) => existsSync(join(folder, name))),
  );
}

/** A server refuses to run as root: then it runs as the user that its package has made. */
function runner(): { readonly uid: number; readonly gid: number } | undefined | string {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (what: string) => Number(execFileSync("id", [what, "postgres"], { encoding: "utf8", stdio: "pipe" }));
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    return "it runs as root, and there is no user postgres";
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });

/** How a server is made, or why there can be none. */
export async function clusters(): Promise<PlaceMaker | string> {
  if (programs() === undefined) return "there is no initdb and pg_ctl";
  const user = runner();
  if (typeof user === "string") return user;
  const port = await freePort();
  return { ...postgresAt(`postgres://postgres@127.0.0.1:${port}/postgres`), name: "a server of its own" };
}

/** Makes a server for an address of this machine and starts it. */
export function cluster(url: string): Cluster {
  const bin = programs()!;
  const user = runner() as Exclude<ReturnType<typeof runner>, string>;
  const { port } = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), "clientele-server-"));
  chmodSync(folder, 0o700);
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const [data, log] = [join(folder, "data"), join(folder, "log")];
  const run = (program: string, ...args: string[]) => {
    // Not a pipe: the server would inherit it and hold it open.
    const { status, error } = spawnSync(join(bin, program), args, { cwd: folder, stdio: "ignore", ...user });
    const said = existsSync(log) ? readFileSync(log, "utf8").slice(-2000) : "";
    if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? status}\n${said}`);
  };
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c shared_buffers=16MB`;
  const start = () => run("pg_ctl", "-D", data, "-w", "-t", "120", "-l", log, "-o", options, "start");
  const crash = () => run("pg_ctl", "-D", data, "-w", "-t", "120", "-m", "immediate", "stop");
  const remove = () => {
    process.off("exit", remove);
    try {
      if (existsSync(join(data, "postmaster.pid"))) crash();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  // No server outlives the run that made it.
  process.once("exit", remove);
  run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
  start();
  return { start, crash, remove };
}
