import {
  type Actor,
  createServiceDesk,
  createServiceRules,
  type DeskOptions,
  type Instant,
  type MemoryTransaction,
  memoryStore,
  type Plugin,
  type Store,
  toInstant,
  toMs,
} from "clientele";
import { corrective } from "../../examples/plugins/corrective.js";

export const ann: Actor = { kind: "staff", id: "ann" };
export const boss: Actor = { kind: "staff", id: "boss", roles: ["manager"] };
export const customer: Actor = { kind: "customer", id: "c-7" };
export const fridge = { customerId: "c-7", summary: "The fridge does not cool", wish: "A new one" };
export const start: Instant = "2026-01-05T09:00:00.000Z";
export const hour = 3_600_000;
export const day = 24 * hour;

/** A clock that moves only when it is told to. */
export function handClock(at: Instant = start) {
  let ms = toMs(at);
  return {
    now: () => toInstant(ms),
    after: (span: number) => toInstant(ms + span),
    forward: (span: number) => {
      ms += span;
    },
  };
}

/** A desk on a memory store, with a clock of its own, small ids and no waiting. */
export function stage(more: Partial<DeskOptions<readonly [], MemoryTransaction>> = {}) {
  const clock = handClock();
  const store = memoryStore();
  let ids = 0;
  const options = { store, clock: clock.now, newId: () => `n${++ids}`, pause: async () => undefined, ...more };
  return {
    clock,
    store,
    desk: createServiceDesk<readonly [], MemoryTransaction>(options as DeskOptions<readonly [], MemoryTransaction>),
  };
}

/** The same with other plugins. */
export function stageOf<const P extends readonly Plugin[]>(plugins: P, more: object = {}) {
  const clock = handClock();
  const store = memoryStore();
  let ids = 0;
  const rules = createServiceRules({ plugins: plugins as never }) as never;
  const options = { store, rules, clock: clock.now, newId: () => `n${++ids}`, pause: async () => undefined, ...more };
  return { clock, store, desk: createServiceDesk<P, MemoryTransaction>(options as DeskOptions<P, MemoryTransaction>) };
}

/** With the plugin whose reaction opens a corrective action for every resolved complaint. */
export const stageWithActions = (more: object = {}) => stageOf([corrective] as const, more);

type Desk = ReturnType<typeof stage>["desk"];
const walk = [
  { command: { type: "acknowledge" } },
  { command: { type: "assess", input: { nature: "product", scope: "general", severity: "normal" } } },
  { command: { type: "propose", input: { remedy: "repair", message: "We repair it on Monday" } } },
  { command: { type: "accept", input: { words: "Please do" } } },
  { command: { type: "resolve", input: { outcome: "The compressor was changed" } } },
  { command: { type: "confirm", input: { words: "Cold again" } } },
] as const;
export type Step = (typeof walk)[number]["command"]["type"];

/** Takes an opened complaint along the usual way, up to and with a step. */
export async function upTo(desk: Pick<Desk, "complaints">, id: string, last: Step, actor: Actor = ann): Promise<void> {
  for (const { command } of walk) {
    const done = await desk.complaints.execute({ id, command, actor });
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    if (command.type === last) return;
  }
}

/** The id of a complaint that has just been opened. */
export async function opened(desk: Pick<Desk, "complaints">, input: typeof fridge = fridge): Promise<string> {
  const done = await desk.complaints.open({ input, actor: ann });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.id;
}

/** A store that counts its calls and the events that are read. */
export function counting<Tx>(store: Store<Tx>) {
  const calls = { transactions: 0, gets: 0, puts: 0, finds: 0, reads: 0, eventsRead: 0, appended: 0 };
  const counted: Store<Tx> = {
    ...store,
    transaction: (work, options) => {
      calls.transactions++;
      return store.transaction(
        (unit) =>
          work({
            ...unit,
            of: (kind) => {
              const repository = unit.of(kind);
              return {
                ...repository,
                get: (id) => {
                  calls.gets++;
                  return repository.get(id);
                },
                put: (...put) => {
                  calls.puts++;
                  return repository.put(...put);
                },
                find: (query) => {
                  calls.finds++;
                  return repository.find(query);
                },
              };
            },
            events: {
              append: (events) => {
                calls.appended += events.length;
                return unit.events.append(events);
              },
              read: async (...read) => {
                calls.reads++;
                const events = await unit.events.read(...read);
                calls.eventsRead += events.length;
                return events;
              },
            },
          }),
        options,
      );
    },
  };
  return { store: counted, calls };
}

/** A store in which something happens at the end of every unit of work, before it commits. */
export function atTheEnd<Tx>(store: Store<Tx>, happens: () => Promise<unknown>): Store<Tx> {
  return {
    ...store,
    transaction: (work, options) =>
      store.transaction(async (unit) => {
        const result = await work(unit);
        await happens();
        return result;
      }, options),
  };
}
