import type { Actor, Context } from "../kernel/context.js";
import type { Draft, Event } from "../kernel/event.js";
import { derivedId, eventId } from "../kernel/id.js";
import type { PolicyBook } from "../kernel/policy.js";
import type { AnyRecord } from "../kernel/record.js";
import type { Columns, Scalar, UnitOfWork } from "../ports/store.js";
import type { Decision, Doors, Order } from "../rules/index.js";
import { contextOf, doorsOf, type House, orStop, Stop } from "./house.js";

/** What caused a decision: nothing for a command of the host, an event for an order of a reaction. */
export interface Cause {
  readonly event: string;
  readonly correlation: string;
}

/** Reactions follow one another without a circle; this bounds how broadly one command may fan out. */
const mostOrders = 1000;

/** By what a record can be found, and what of it is personal. */
export function columnsOf(doors: Doors, record: AnyRecord, book: PolicyBook): Columns {
  const fields: Record<string, Scalar> = {
    state: record.state,
    phase: doors.phase(record) ?? null,
    openedAt: record.openedAt,
    touchedAt: record.touchedAt,
  };
  for (const name of doors.indexes) fields[name] = scalar((record as unknown as Record<string, unknown>)[name]);
  const personal = doors.personalInRecord(record);
  const people = new Set(personal.map((mark) => mark.person));
  const owner = doors.owner(record);
  if (owner !== undefined) people.add(owner);
  return { wakeAt: doors.wakeAt(record, book), fields, personal, people: [...people].sort() };
}

const scalar = (value: unknown): Scalar =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;

/** The envelope that the desk adds to what a rule said. */
export function envelop(
  drafts: readonly Draft[],
  tenant: string,
  recordedAt: string,
  cause: Cause | undefined,
): Event[] {
  const first = drafts[0];
  if (first === undefined) return [];
  const correlation = cause?.correlation ?? eventId(tenant, first.stream, first.version);
  return drafts.map((draft): Event => {
    const id = eventId(tenant, draft.stream, draft.version);
    const event = { ...draft, id, tenant, recordedAt, correlation };
    return cause === undefined ? event : { ...event, cause: cause.event };
  });
}

type Write = (
  kind: string,
  versionBefore: number,
  decision: Decision<AnyRecord, Draft>,
  cause?: Cause,
) => Promise<void>;

/** Writes one decision, then lets the reactions to its events decide in turn: all in the same unit of work. */
export const save = <Tx>(
  house: House<Tx>,
  unit: UnitOfWork<Tx>,
  kind: string,
  versionBefore: number,
  decision: Decision<AnyRecord, Draft>,
  context: Context,
): Promise<readonly string[]> => chain(house, unit, context, (write) => write(kind, versionBefore, decision));

/** Carries out orders of the house's own software, and what follows from them. */
export const carryOut = <Tx>(
  house: House<Tx>,
  unit: UnitOfWork<Tx>,
  orders: readonly Order[],
  context: Context,
): Promise<readonly string[]> =>
  chain(house, unit, context, async (write) => {
    for (const [place, order] of orders.entries())
      await obey(house, unit, order, context, derivedId(unit.tenant, context.seed, place), write);
  });

/** Lets `first` write, then the reactions to what was written, until nothing more follows. */
async function chain<Tx>(
  house: House<Tx>,
  unit: UnitOfWork<Tx>,
  context: Context,
  first: (write: Write) => Promise<void>,
): Promise<readonly string[]> {
  const waiting: { readonly order: Order; readonly reaction: string; readonly cause: Cause; readonly place: number }[] =
    [];
  const written: string[] = [];
  const write: Write = async (of, before, { next, events }, cause) => {
    const doors = doorsOf(house, of);
    const sealed = envelop(events, unit.tenant, context.now, cause);
    if (sealed.length === 0) return;
    await unit.of(of).put(next, before, columnsOf(doors, next, context.book));
    await unit.events.append(sealed.map((event) => ({ event, personal: doors.personalInEvent(event, next) })));
    for (const event of sealed) {
      written.push(event.id);
      const reacted = orStop(house.rules.react(event, next, context));
      const from = { event: event.id, correlation: event.correlation };
      for (const { reaction, orders } of reacted)
        for (const [place, order] of orders.entries()) waiting.push({ order, reaction, cause: from, place });
    }
  };
  await first(write);
  for (const [done, { order, reaction, cause, place }] of waiting.entries()) {
    if (done >= mostOrders)
      throw new Stop({
        code: "PLUGIN_FAULT",
        token: reaction,
        detail: `more than ${mostOrders} orders follow from one command`,
      });
    const actor: Actor = { kind: "system", id: reaction };
    await obey(
      house,
      unit,
      order,
      { ...context, actor },
      derivedId(unit.tenant, cause.event, reaction, place),
      (of, before, decided) => write(of, before, decided, cause),
    ).catch((thrown: unknown) => {
      throw thrown instanceof Stop && thrown.refusal.code !== "REACTION_REFUSED"
        ? new Stop({ code: "REACTION_REFUSED", reaction, because: thrown.refusal })
        : thrown;
    });
  }
  return written;
}

/** Decides one order of a reaction, on the record as this unit sees it. */
async function obey<Tx>(
  house: House<Tx>,
  unit: UnitOfWork<Tx>,
  order: Order,
  context: Context,
  newId: string,
  write: Write,
): Promise<void> {
  const doors = doorsOf(house, order.of);
  if (order.command === "open") {
    if (order.id !== undefined && (await unit.of(order.of).get(order.id)) !== undefined) return;
    await write(order.of, 0, orStop(doors.open({ id: order.id ?? newId, input: order.input }, context)));
    return;
  }
  const id = order.id ?? newId;
  const record = await load(house, unit, order.of, id);
  const timeline = await timelineFor(unit, doors, order.command, order.of, id);
  const command = { type: order.command, input: order.input };
  await write(order.of, record.version, orStop(doors.decide(record, command, context, timeline)));
}

/** A record as this composition can take it further, or out of the unit. */
export async function load<Tx>(house: House<Tx>, unit: UnitOfWork<Tx>, kind: string, id: string): Promise<AnyRecord> {
  const stored = await unit.of(kind).get(id);
  if (stored === undefined) throw new Stop({ code: "NOT_FOUND", subject: id });
  return orStop(doorsOf(house, kind).revive(stored));
}

/** Every event of a record, for the commands that need them; nothing for all others. */
export async function timelineFor(
  unit: UnitOfWork<any>,
  doors: Doors,
  command: string,
  kind: string,
  id: string,
): Promise<readonly Event[] | undefined> {
  return doors.readsTimeline(command) ? wholeTimeline(unit, kind, id) : undefined;
}

/** Every event of a record, in order. */
export async function wholeTimeline(unit: UnitOfWork<any>, kind: string, id: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  for (;;) {
    const page = await unit.events.read({ kind, id }, { afterVersion: events.length, limit: 500 });
    events.push(...page);
    if (page.length < 500) return events;
  }
}

/** The context of a decision on one record: its chance is drawn from who and how-manieth it is. */
export async function contextFor<Tx>(
  house: House<Tx>,
  unit: UnitOfWork<Tx>,
  actor: Actor,
  kind: string,
  id: string,
  version: number,
): Promise<Context> {
  return contextOf(house, await house.books(unit), actor, eventId(unit.tenant, { kind, id }, version + 1));
}
