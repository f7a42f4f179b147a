// What keeps a store busy while it is being hurt: writers that open complaints and note on them, each under a
// `commandId`, a relay and a sweeper.
import { createServiceDesk, type Instant, type ServiceDesk, type Store, toInstant } from "../../src/index.js";
import type { Dice } from "../dice.js";
import type { Journal, Order } from "./ledger.js";

export type Desk = ServiceDesk<readonly [], any>;

/** A clock that is the same in every process and runs faster than the world's, so that deadlines pass. */
export interface Pace {
  readonly base: number;
  readonly began: number;
  readonly times: number;
}
export const clockOf =
  ({ base, began, times }: Pace, skew = 0) =>
  (): Instant =>
    toInstant(Math.round(base + skew + (Date.now() - began) * times));

export const deskOn = (store: Store<any>, clock: () => Instant): Desk =>
  createServiceDesk({ store, clock, receiptDays: null });

const ann = { kind: "staff", id: "ann" } as const;
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Gives one order, until it is answered or has failed too often; answers the id of its complaint. */
export async function give(
  desk: Desk,
  { say }: Pick<Journal, "say">,
  commandId: string,
  order: Order,
  attempts = 1,
): Promise<string | undefined> {
  say({ begun: commandId, order });
  let conflicts = 0;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const answer =
        "open" in order
          ? await desk.complaints.open({ input: { customerId: order.open, summary: commandId }, actor: ann, commandId })
          : await desk.complaints.execute({
              id: order.note,
              command: { type: "note", input: { text: commandId } },
              actor: ann,
              commandId,
            });
      if (answer.ok) {
        say({ done: commandId, id: answer.id, version: answer.version, events: answer.events });
        return answer.id;
      }
      // A desk has tried often by itself before it says so.
      if (answer.error.code !== "CONFLICT" || ++conflicts >= 2) {
        say({ refused: commandId, why: JSON.stringify(answer.error) });
        return undefined;
      }
    } catch (thrown) {
      say({ threw: commandId, why: String(thrown) });
      await pause(Math.min(5 * attempt, 250));
    }
  }
  return undefined;
}

export interface Writing {
  readonly desks: readonly Desk[];
  /** The complaints that are noted on; those that a writer opens, it notes on as well. */
  readonly ids: readonly string[];
  readonly writers: number;
  /** What the ids of commands begin with. */
  readonly called: string;
  readonly dice: Dice;
  readonly journal: Pick<Journal, "say">;
  readonly attempts: number;
  readonly goesOn: (given: number) => boolean;
}

/** Writers at several desks, so that they meet in the store as well as before one desk. */
export async function write(of: Writing): Promise<void> {
  const ids = [...of.ids];
  let given = 0;
  let isRefused = false;
  const say: Journal["say"] = (entry) => {
    isRefused ||= "refused" in entry;
    of.journal.say(entry);
  };
  const writer = async (desk: Desk) => {
    while (!isRefused && of.goesOn(given)) {
      const commandId = `${of.called}-${++given}`;
      const opens = ids.length === 0 || of.dice.odds(0.1);
      const order: Order = opens ? { open: `c-${of.dice.below(6)}` } : { note: of.dice.one(ids) };
      const id = await give(desk, { say }, commandId, order, of.attempts);
      if (opens && id !== undefined && ids.length < 12) ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: of.writers }, (_, i) => writer(of.desks[i % of.desks.length]!)));
}

/** Calls a door again and again. What it throws while the database is gone is no fault; the next call goes on. */
export async function again(goesOn: () => boolean, gap: number, door: () => Promise<unknown>): Promise<void> {
  while (goesOn()) {
    await door().catch(() => undefined);
    await pause(gap);
  }
}

/** Delivers to a consumer whose only effect is a line in the journal. */
export const relayTo = (desk: Desk, { say }: Pick<Journal, "say">, consumer: string, leaseMs: number) =>
  desk.relay({
    consumer,
    leaseMs,
    limit: 20,
    publish: ({ id, stream, version }) => say({ given: id, consumer, stream: `${stream.kind}/${stream.id}`, version }),
  });
