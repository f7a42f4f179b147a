import type { Event, Stream } from "../../kernel/event.js";
import { eventId } from "../../kernel/id.js";
import { type Instant, toInstant, toMs } from "../../kernel/instant.js";
import type { AnyRecord } from "../../kernel/record.js";
import type { Columns, Receipt, Scalar, Sealable, Store, UnitOfWork } from "../../ports/store.js";

/** One promise of the port, with the store under test as its argument. */
export interface StoreLaw {
  readonly law: string;
  /** Needs two units that are open at once. */
  readonly overlapping?: true;
  readonly run: (store: Store<any>) => Promise<void>;
}

export const tenant = "acme";
export const other = "globex";
const start = /* @__PURE__ */ toMs("2026-01-01T00:00:00.000Z");
/** So many minutes after the beginning of the story. */
export const minute = (n: number): Instant => toInstant(start + n * 60_000);

/** The engineer's visit: a record of no kind that any composition has. */
export const visit = (id: string, version = 1, fields: Readonly<Record<string, unknown>> = {}): AnyRecord => ({
  kind: "visit",
  revision: 1,
  id,
  version,
  commandVersion: version,
  state: "planned",
  stay: { enteredAt: minute(0), since: minute(0), spent: 0, lapses: 0, back: null },
  openedAt: minute(0),
  touchedAt: minute(version),
  slots: {},
  ...fields,
});

export const columns = (fields: Readonly<Record<string, Scalar>> = {}, more: Partial<Columns> = {}): Columns => ({
  wakeAt: null,
  fields: { state: "planned", openedAt: minute(0), ...fields },
  personal: [],
  people: [],
  ...more,
});

export const stream = (id: string, kind = "visit"): Stream => ({ kind, id });

/** The visit was planned, moved or done: an event of its stream. */
export function happened(
  id: string,
  version: number,
  more: Partial<Event> = {},
  personal: Sealable["personal"] = [],
): Sealable {
  const of = more.stream ?? stream(id);
  const whose = more.tenant ?? tenant;
  const event: Event = {
    id: eventId(whose, of, version),
    tenant: whose,
    stream: of,
    version,
    type: "visit.moved",
    v: 1,
    data: { to: `step ${version}` },
    at: minute(version),
    recordedAt: minute(version),
    actor: { kind: "staff", id: "ann", roles: ["engineer"] },
    correlation: eventId(whose, of, 1),
    ...more,
  };
  return { event, personal };
}

export const receipt = (id: string, more: Partial<Receipt> = {}): Receipt => ({
  hash: `hash of ${id}`,
  id,
  version: 1,
  events: [eventId(tenant, stream(id), 1)],
  expiresAt: minute(100),
  ...more,
});

/** What a visit of a customer says of that customer: sealed in the record and in its event. */
export const personalVisit = (id: string, person: string, words: string) => ({
  record: visit(id, 1, { words, nested: { list: ["public", words] } }),
  columns: columns(
    {},
    {
      people: [person],
      personal: [
        { path: ["words"], person },
        { path: ["nested", "list", 1], person },
      ],
    },
  ),
  event: (more: Partial<Event> = {}) =>
    happened(id, 1, { data: { words, nature: "product" }, ...more }, [{ path: ["data", "words"], person }]),
});

/** A unit of work in the tenant of the story, or in another. */
export const unit = <R>(store: Store<any>, work: (unit: UnitOfWork<any>) => Promise<R>, of = tenant): Promise<R> =>
  store.transaction(work, { tenant: of });

/** Puts one record, in a unit of its own. */
export const keep = (
  store: Store<any>,
  record: AnyRecord,
  beside: Columns = columns(),
  expected = record.version - 1,
  of = tenant,
): Promise<void> => unit(store, (u) => u.of(record.kind).put(record, expected, beside), of);

/** Appends to one stream, in a unit of its own. */
export const tell = (store: Store<any>, events: readonly Sealable[], of = tenant): Promise<void> =>
  unit(store, (u) => u.events.append(events), of);

/** Appends the first `n` events of a visit. */
export const tellMany = (store: Store<any>, id: string, n: number, from = 1): Promise<void> =>
  tell(
    store,
    Array.from({ length: n }, (_, i) => happened(id, from + i)),
  );

export const read = (store: Store<any>, id: string, kind = "visit", of = tenant): Promise<AnyRecord | undefined> =>
  unit(store, (u) => u.of(kind).get(id), of);

export const story = (
  store: Store<any>,
  id: string,
  page = { afterVersion: 0, limit: 100 },
  of = tenant,
): Promise<readonly Event[]> => unit(store, (u) => u.events.read(stream(id), page), of);

/** Runs the works at once, each in a unit that waits after its first half until the others have come that far too. */
export async function together(
  store: Store<any>,
  works: readonly {
    readonly first: (u: UnitOfWork<any>) => Promise<unknown>;
    readonly then: (u: UnitOfWork<any>) => Promise<unknown>;
  }[],
): Promise<readonly PromiseSettledResult<unknown>[]> {
  let missing = works.length;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const arrive = () => {
    if (--missing <= 0) open();
  };
  return Promise.allSettled(
    works.map(async ({ first, then }) => {
      let arrived = false;
      try {
        return await unit(store, async (u) => {
          await first(u);
          arrived = true;
          arrive();
          await opened;
          return then(u);
        });
      } finally {
        // One that fails on the way must not keep the others waiting.
        if (!arrived) arrive();
      }
    }),
  );
}
