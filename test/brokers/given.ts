import { type Actor, createServiceDesk, type Event, memoryStore, unwrap } from "clientele";
import { fixedClock } from "clientele/testing";

export const ann: Actor = { kind: "staff", id: "ann" };
let named = 0;
/** A name that is this test's own. */
export const ownName = (): string => `clientele-test-${process.pid}-${Date.now().toString(36)}-${++named}`;

/** The server that an environment variable names; where it names none, what is skipped is said. */
export function serverOf(variable: string, what: string): string | undefined {
  const url = process.env[variable];
  if (url === undefined) console.warn(`skipped: ${what}, as ${variable} does not name a server`);
  return url;
}

/** A desk on which three complaints have been opened, one of them with an id that is no header, each with four notes. */
export async function busyDesk() {
  const clock = fixedClock("2026-03-02T09:00:00.000Z");
  const ids = ["one", "two", "三\nline"];
  const desk = createServiceDesk({ store: memoryStore(), clock, newId: () => ids.shift()! });
  const opened: string[] = [];
  for (const customerId of ["joy", "kim", "lee"])
    opened.push(unwrap(await desk.complaints.open({ input: { customerId, summary: "Too late" }, actor: ann })).id);
  for (const text of ["a", "b", "c", "d"])
    for (const id of opened)
      unwrap(await desk.complaints.execute({ id, command: { type: "note", input: { text } }, actor: ann }));
  return { desk, clock };
}
/** What `busyDesk` tells of each stream. */
export const allInOrder = { one: [1, 2, 3, 4, 5], two: [1, 2, 3, 4, 5], "三\nline": [1, 2, 3, 4, 5] };

type Desk = Awaited<ReturnType<typeof busyDesk>>;
/** Relays a few events at a time until there are no more, waiting for what is to be tried again. */
export async function relayAll({ desk, clock }: Desk, publish: (event: Event) => unknown) {
  const told = { delivered: 0, failed: 0 };
  while ((await desk.deliveries.backlog("broker")).depth > 0) {
    const { delivered, failed, halted } = await desk.relay({ consumer: "broker", publish, limit: 4 });
    if (halted > 0) throw new Error(JSON.stringify(await desk.deliveries.backlog("broker")));
    told.delivered += delivered;
    told.failed += failed;
    clock.advance({ minutes: 1 });
  }
  return told;
}

/** Publishes, and fails the first time that it should have said so: the answer of every third event is lost. */
export function losingAnswers(publish: (event: Event) => unknown) {
  const lost = new Set<string>();
  return async (event: Event) => {
    await publish(event);
    if (event.version % 3 !== 2 || lost.has(event.id)) return;
    lost.add(event.id);
    throw new Error("the connection broke before the answer came");
  };
}

/** The versions of each stream, as they came. */
export function byStream(events: readonly Event[]): Readonly<Record<string, readonly number[]>> {
  const versions: Record<string, number[]> = {};
  for (const { stream, version } of events) {
    versions[stream.id] ??= [];
    versions[stream.id]!.push(version);
  }
  return versions;
}
