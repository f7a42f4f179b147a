import type { Actor } from "../kernel/context.js";
import type { Draft } from "../kernel/event.js";
import type { Instant } from "../kernel/instant.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Refusal } from "../kernel/result.js";
import type { Command, Decision } from "../rules/index.js";
import { doorsOf, type House, orStop, Stop, settled } from "./house.js";
import type { Abort } from "./options.js";
import { columnsOf, contextFor, envelop } from "./save.js";

/** A case from elsewhere: opened then, and what was done with it since, each with its own date and actor. */
export interface ImportedCase<I, C> {
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly input: I;
  readonly commands?: readonly (C & { readonly at: Instant; readonly actor: Actor })[];
}

/** How one case went. `present`: it was there already, so an import that was broken off can simply run again. */
export type ImportOutcome =
  | { readonly id: string; readonly outcome: "imported"; readonly version: number }
  | { readonly id: string; readonly outcome: "present" }
  | { readonly id: string; readonly outcome: "refused"; readonly refusal: Refusal; readonly command: number | "open" };

export interface ImportOptions {
  readonly signal?: Abort;
  readonly onProgress?: (done: number) => void;
}

/**
 * Takes cases in one by one, each whole or not at all. Their events are dated when they happened and recorded now;
 * reactions do not run again, for what followed then has followed.
 */
export async function* importCases<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  cases: Iterable<ImportedCase<unknown, Command>> | AsyncIterable<ImportedCase<unknown, Command>>,
  { signal, onProgress }: ImportOptions = {},
): AsyncGenerator<ImportOutcome> {
  let done = 0;
  for await (const one of cases) {
    if (signal?.aborted === true) return;
    yield await importCase(house, tenant, kind, one);
    onProgress?.(++done);
  }
}

async function importCase<Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  one: ImportedCase<unknown, Command>,
): Promise<ImportOutcome> {
  const id = String(one?.id);
  let command: number | "open" = "open";
  const saved = await settled(house, { tenant }, id, async (unit) => {
    const doors = doorsOf(house, kind);
    if (typeof one?.id === "string" && (await unit.of(kind).get(one.id)) !== undefined) return undefined;
    const now = house.clock();
    const contextAt = async (at: Instant, actor: Actor, version: number) => {
      if (typeof at === "string" && at > now) throw new Stop({ code: "IN_THE_FUTURE", subject: at });
      return { ...(await contextFor(house, unit, actor, kind, id, version)), now: at };
    };
    command = "open";
    let context = await contextAt(one?.at, one?.actor, 0);
    let decision: Decision<AnyRecord, Draft> = orStop(doors.open({ id: one.id, input: one.input }, context));
    const events = [...decision.events];
    for (const [place, { at, actor, ...given }] of (one.commands ?? []).entries()) {
      command = place;
      context = await contextAt(at, actor, decision.next.version);
      decision = orStop(doors.decide(decision.next, given as Command, context));
      events.push(...decision.events);
    }
    const { next } = decision;
    await unit.of(kind).put(next, 0, columnsOf(doors, next, context.book));
    const sealed = envelop(events, tenant, now, undefined);
    await unit.events.append(sealed.map((event) => ({ event, personal: doors.personalInEvent(event, next) })));
    return next.version;
  });
  if (!saved.ok) return { id, outcome: "refused", refusal: saved.error, command };
  return saved.value === undefined ? { id, outcome: "present" } : { id, outcome: "imported", version: saved.value };
}
