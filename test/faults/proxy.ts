// Stands between a driver and PostgreSQL, and hurts every connection at a place of its own.
import { createServer, connect as dial, type Socket } from "node:net";
import type { Dice } from "../dice.js";

/** What happens to a connection. */
export type Fate =
  /** So many bytes go through in one direction, and none after them. */
  | { readonly at: "bytes"; readonly of: "questions" | "answers"; readonly many: number }
  /** At the n-th commit: before it, in the middle of it, when it is on its way, or when its answer is there. */
  | { readonly at: "commit"; readonly nth: number; readonly when: "before" | "torn" | "sent" | "answered" }
  | { readonly at: "never" };

export interface Proxy {
  readonly port: number;
  readonly cuts: () => number;
  /** Holds back all answers from now on, or lets them go. */
  readonly hold: (isHeld: boolean) => void;
  readonly close: () => Promise<void>;
}

export const fateOf = (dice: Dice): Fate =>
  dice.odds(0.6)
    ? { at: "commit", nth: 1 + dice.below(12), when: dice.one(["before", "torn", "sent", "answered"]) }
    : { at: "bytes", of: dice.one(["questions", "answers"]), many: dice.below(60_000) };

export async function proxyTo(url: string, fate: () => Fate, isReset: () => boolean = () => false): Promise<Proxy> {
  const { hostname, port } = new URL(url);
  let cuts = 0;
  let isHeld = false;
  const held: (() => void)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((host) => {
    const database = dial(Number(port || 5432), hostname);
    for (const socket of [host, database]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        sockets.delete(socket);
        host.destroy();
        database.destroy();
      });
    }
    const cut = () => {
      cuts++;
      for (const socket of [host, database])
        if (isReset()) socket.resetAndDestroy();
        else socket.destroy();
    };
    // What was written before is let go first.
    const cutAfter = (socket: Socket, data: Buffer) => socket.write(data, () => cut());
    const its = fate();
    let commits = 0;
    let isCommitted = false;
    const left = { questions: Infinity, answers: Infinity };
    if (its.at === "bytes") left[its.of] = its.many;
    host.on("data", (data) => {
      if (its.at === "commit" && /commit\0/i.test(data.toString("latin1")) && ++commits === its.nth) {
        if (its.when === "before") return cut();
        if (its.when === "torn") return cutAfter(database, data.subarray(0, data.length - 3));
        if (its.when === "sent") return cutAfter(database, data);
        isCommitted = true;
      }
      left.questions -= data.length;
      if (left.questions < 0) return cutAfter(database, data.subarray(0, data.length + left.questions));
      database.write(data);
    });
    database.on("data", (data) => {
      if (isCommitted) return cut();
      left.answers -= data.length;
      const pass = () =>
        left.answers < 0 ? cutAfter(host, data.subarray(0, Math.max(0, data.length + left.answers))) : host.write(data);
      if (isHeld) held.push(pass);
      else pass();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { readonly port: number }).port,
    cuts: () => cuts,
    hold: (now) => {
      isHeld = now;
      if (!now) for (const pass of held.splice(0)) pass();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
