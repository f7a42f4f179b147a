// What has to hold after every scenario, read through the ports alone, so that it can be asked of any store. Asked once,
// at the end: it delivers and leases everything that is there.
import { type AnyRecord, canonical, type Event, type ServiceRules, type Store, toInstant } from "../../src/index.js";
import { type Entry, type Journal, unanswered } from "./ledger.js";

const tenant = "main";
/** Beyond every lease, wake-up and new trial. */
const far = Date.parse("2999-01-01T00:00:00.000Z");
const hour = 3_600_000;
const at = (hours: number) => toInstant(far + hours * hour);

/** Everything that is in a store, as its ports tell it. */
interface Kept {
  readonly log: ReadonlyMap<string, readonly Event[]>;
  readonly records: ReadonlyMap<string, AnyRecord>;
}

/** What does not hold; nothing, where all is well. Drains every consumer of the journal first. */
export async function broken(
  store: Store<any>,
  rules: ServiceRules<any>,
  journal: Pick<Journal, "say" | "read">,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const consumers = [...new Set(journal.read().flatMap((entry) => ("given" in entry ? [entry.consumer] : [])))];
  for (const consumer of consumers)
    for (const { id, stream, version } of await drained(store, consumer, wrong))
      journal.say({ given: id, consumer, stream: keyOf(stream), version });
  const entries = journal.read();
  const kept = await everything(store, rules, wrong);
  const receipts = await receiptsOf(store, entries);
  wrong.push(
    ...entries.flatMap((entry) => ("fault" in entry ? [entry.fault] : [])),
    ...entries.flatMap((entry) => ("refused" in entry ? [`${entry.refused} was refused: ${entry.why}`] : [])),
    ...folds(kept, rules),
    ...answers(kept, entries, receipts),
    ...counts(kept, entries),
    ...consumers.flatMap((consumer) => deliveries(kept, entries, consumer)),
    ...(await leases(store, rules, kept)),
  );
  return wrong;
}

const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind}/${id}`;

/** Everything that a consumer has not had: every lease is over by then, and every wait for a new trial. */
async function drained(store: Store<any>, consumer: string, wrong: string[]): Promise<readonly Event[]> {
  const events: Event[] = [];
  for (let turn = 0; ; turn += 2) {
    const claimed = await store.outbox.claim({ consumer, now: at(turn), leaseUntil: at(turn + 1), limit: 500 });
    if (claimed.length === 0) break;
    for (const { tenant: whose, stream, lease, events: got } of claimed) {
      if (got.length === 0) wrong.push(`${consumer} was given nothing of ${keyOf(stream)}, again and again`);
      events.push(...got);
      const outcome = { consumer, tenant: whose, stream, lease, deliveredVersion: got.at(-1)?.version };
      if (!(await store.outbox.settle(outcome))) wrong.push(`a lease on ${keyOf(stream)} that nobody else has is void`);
    }
    if (claimed.every((delivery) => delivery.events.length === 0)) break;
  }
  const { depth, halted } = await store.outbox.backlog(consumer);
  if (depth !== 0) wrong.push(`${consumer} cannot get at ${depth} events (${halted.length} streams are halted)`);
  return events;
}

/** The whole log, as a consumer sees it that has never asked before, and every record. */
async function everything(store: Store<any>, rules: ServiceRules<any>, wrong: string[]): Promise<Kept> {
  const log = new Map<string, Event[]>();
  for (const event of await drained(store, `audit-${Math.random()}`, wrong)) {
    const key = keyOf(event.stream);
    const events = log.get(key);
    if (events === undefined) log.set(key, [event]);
    else events.push(event);
  }
  const records = new Map<string, AnyRecord>();
  for (const kind of ["complaint", ...new Set([...log.values()].map(([event]) => event!.stream.kind))])
    for (let after: string | undefined; ; ) {
      const query = { limit: 200, ...(after === undefined ? {} : { after }) };
      const page = await store.transaction((unit) => unit.of(kind).find(query), { tenant });
      for (const record of page.items) {
        const revived = rules.doors(kind)?.revive(record);
        if (revived?.ok !== true) wrong.push(`${kind}/${record.id} cannot be read`);
        records.set(keyOf({ kind, id: record.id }), record);
      }
      after = page.next;
      if (after === undefined) break;
    }
  for (const [key, events] of log) {
    const { stream } = events[0]!;
    const read = await store.transaction((unit) => unit.events.read(stream, { afterVersion: 0, limit: 100_000 }), {
      tenant,
    });
    if (canonical(read as never) !== canonical(events as never))
      wrong.push(`${key}: the log and what is delivered of it differ`);
  }
  return { log, records };
}

/** Every record is the fold of its events, whose versions have no gap; none is without the other. */
function folds({ log, records }: Kept, rules: ServiceRules<any>): readonly string[] {
  const wrong: string[] = [];
  for (const key of records.keys()) if (!log.has(key)) wrong.push(`${key} is a record without events`);
  for (const [key, events] of log) {
    const record = records.get(key);
    if (record === undefined) {
      wrong.push(`${key} has events and no record`);
      continue;
    }
    const versions = events.map(({ version }) => version);
    if (versions.some((version, i) => version !== i + 1)) wrong.push(`${key} has the versions ${versions.join(" ")}`);
    let folded: AnyRecord | undefined;
    for (const event of events) {
      const next = rules.doors(event.stream.kind)!.evolve(folded, event);
      if (!next.ok) wrong.push(`${event.id} cannot be folded: ${JSON.stringify(next.error)}`);
      else folded = next.value;
    }
    if (record.version !== events.length)
      wrong.push(`${key} is at version ${record.version}, its log at ${events.length}`);
    else if (canonical(record as never) !== canonical(folded as never))
      wrong.push(`${key} is not the fold of its events`);
  }
  return wrong;
}

type Receipts = ReadonlyMap<string, readonly string[] | undefined>;

async function receiptsOf(store: Store<any>, entries: readonly Entry[]): Promise<Receipts> {
  const ids = [...new Set(entries.flatMap((entry) => ("begun" in entry ? [entry.begun] : [])))];
  return store.transaction(
    async (unit) => {
      const found = new Map<string, readonly string[] | undefined>();
      for (const id of ids) found.set(id, (await unit.receipts.find(id, at(0)))?.events);
      return found;
    },
    { tenant },
  );
}

/** What was acknowledged has its receipt, and the receipt's events are in the log. */
function answers({ log }: Kept, entries: readonly Entry[], receipts: Receipts): readonly string[] {
  const wrong: string[] = [];
  const logged = new Set([...log.values()].flatMap((events) => events.map(({ id }) => id)));
  for (const entry of entries) {
    if (!("done" in entry)) continue;
    const receipt = receipts.get(entry.done);
    if (receipt === undefined) wrong.push(`${entry.done} was acknowledged and has no receipt`);
    else if (receipt.join() !== entry.events.join())
      wrong.push(`${entry.done} was answered otherwise than its receipt`);
  }
  for (const [commandId, events] of receipts)
    for (const id of events ?? [])
      if (!logged.has(id)) wrong.push(`${commandId} has a receipt for ${id}, which is not in the log`);
  return wrong;
}

/** What was acknowledged is there once; what was not, at most once, and then with a receipt's worth of certainty. */
function counts({ log }: Kept, entries: readonly Entry[]): readonly string[] {
  const times = new Map<string, number>();
  for (const events of log.values())
    for (const { type, data } of events) {
      const said = data as { readonly text?: string; readonly summary?: string };
      const text = type === "complaint.noted" ? said.text : type === "complaint.opened" ? said.summary : undefined;
      if (text !== undefined) times.set(text, (times.get(text) ?? 0) + 1);
    }
  const wrong: string[] = [];
  const open = unanswered(entries);
  const begun = new Set(entries.flatMap((entry) => ("begun" in entry ? [entry.begun] : [])));
  for (const commandId of begun) {
    const found = times.get(commandId) ?? 0;
    if (found > 1) wrong.push(`${commandId} was done ${found} times`);
    if (found === 0 && !open.has(commandId)) wrong.push(`${commandId} was acknowledged and is lost`);
  }
  for (const text of times.keys()) if (!begun.has(text)) wrong.push(`"${text}" was done, and nobody has asked for it`);
  return wrong;
}

/** Every event reached the consumer, and the first deliveries of a stream came in order. */
function deliveries({ log }: Kept, entries: readonly Entry[], consumer: string): readonly string[] {
  const wrong: string[] = [];
  const first = new Map<string, number[]>();
  const seen = new Set<string>();
  for (const entry of entries) {
    if (!("given" in entry) || entry.consumer !== consumer || seen.has(entry.given)) continue;
    seen.add(entry.given);
    const versions = first.get(entry.stream);
    if (versions === undefined) first.set(entry.stream, [entry.version]);
    else versions.push(entry.version);
  }
  for (const [key, events] of log) {
    const got = first.get(key) ?? [];
    if (got.some((version, i) => version !== i + 1))
      wrong.push(`${consumer} first had ${key} in the order ${got.join(" ")}`);
    if (got.length !== events.length) wrong.push(`${consumer} had ${got.length} of ${events.length} events of ${key}`);
  }
  for (const key of first.keys()) if (!log.has(key)) wrong.push(`${consumer} had events of ${key}, which is not there`);
  return wrong;
}

/** After every lease each record that is not closed can be claimed, by one claimant, and again after that one's lease. */
async function leases(store: Store<any>, rules: ServiceRules<any>, { records }: Kept): Promise<readonly string[]> {
  const awaited = [...records]
    .filter(([, record]) => rules.doors(record.kind)?.phase(record) === "open")
    .map(([key]) => key)
    .sort();
  const wrong: string[] = [];
  for (const turn of [0, 2]) {
    const claim = () => store.claimDue({ now: at(turn), leaseUntil: at(turn + 1), limit: 100_000 });
    const claims = await Promise.all([claim(), claim()]);
    const got = claims.flat().map(keyOf).sort();
    const open = got.filter((key) => awaited.includes(key));
    if (open.join() !== awaited.join())
      wrong.push(`of ${awaited.length} records ${open.length} could be claimed after every lease`);
  }
  return wrong;
}
