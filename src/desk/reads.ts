import type { Actor } from "../kernel/context.js";
import { type ClienteleError, hasCode } from "../kernel/errors.js";
import type { Event } from "../kernel/event.js";
import type { AnyRecord } from "../kernel/record.js";
import { type Issue, ok, type Refusal, type Result, refuse } from "../kernel/result.js";
import { preview } from "../kernel/schema.js";
import type { Page, Query, Scalar } from "../ports/store.js";
import type { Available, ClockReading } from "../rules/index.js";
import { readActor } from "./commands.js";
import { doorsOf, type House, needName, orStop, readable, refusalOf, Stop, wrong } from "./house.js";
import { contextFor, load } from "./save.js";

/** A page of records. What this composition cannot read is named, and hides nothing else. */
export interface Found<R> extends Page<R> {
  readonly unreadable: readonly { readonly id: string; readonly refusal: Refusal }[];
}
/** A page of a query; `limit` is 1 to 1000, default 100. */
export type FindQuery = Omit<Query, "limit"> & { readonly limit?: number };
/** A page of a timeline: the events after a version, at most `limit` (1 to 1000, default 100). */
export interface TimelinePage {
  readonly after?: number;
  readonly limit?: number;
}

const reading = async <T>(work: () => Promise<T>): Promise<Result<T>> => {
  try {
    return ok(await work());
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal !== undefined) return refuse(refusal);
    if (hasCode(thrown, "INVALID_OPTIONS")) return refuse(wrong("after", (thrown as ClienteleError).message));
    throw thrown;
  }
};
const limitOf = (limit: unknown): number => {
  if (limit === undefined) return 100;
  if (Number.isSafeInteger(limit) && (limit as number) >= 1 && (limit as number) <= 1000) return limit as number;
  throw new Stop(wrong("limit", `a whole number from 1 to 1000 is needed, found ${preview(limit)}`));
};

/** One record, as of now in the log: a deadline that has passed since shows with the next command or sweep. */
export const get = <Tx>(house: House<Tx>, tenant: string, kind: string, id: string): Promise<Result<AnyRecord>> =>
  reading(async () => {
    needName(id, "id");
    return house.store.transaction((unit) => load(house, unit, kind, id), { tenant });
  });

/** The records whose indexed fields have these values, in the order of one of them. */
export const find = <Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  query: FindQuery = {},
): Promise<Result<Found<AnyRecord>>> =>
  reading(async () => {
    const doors = doorsOf(house, kind);
    const asked = readable(() => readQuery(query, ["state", "phase", "openedAt", "touchedAt", ...doors.indexes]));
    const page = await house.store.transaction((unit) => unit.of(kind).find(asked), { tenant });
    const items: AnyRecord[] = [];
    const unreadable: { id: string; refusal: Refusal }[] = [];
    for (const stored of page.items) {
      const revived = doors.revive(stored);
      if (revived.ok) items.push(revived.value);
      else unreadable.push({ id: stored.id, refusal: revived.error });
    }
    return page.next === undefined ? { items, unreadable } : { items, unreadable, next: page.next };
  });

function readQuery(query: FindQuery, allowed: readonly string[]): Query {
  if (typeof query !== "object" || query === null) throw new Stop(wrong("", "a query is needed"));
  const { where = {}, orderBy = "openedAt", descending = false, after, limit } = query;
  if (typeof where !== "object" || where === null) throw new Stop(wrong("where", "an object is needed"));
  const known = new Set<unknown>(allowed);
  const noIndex = (path: string) => new Stop(wrong(path, `no index; allowed: ${allowed.join(", ")}`));
  const fields = Object.entries(where);
  for (const [name, value] of fields) {
    if (!known.has(name)) throw noIndex(`where.${name.slice(0, 100)}`);
    if (!isScalar(value)) throw new Stop(wrong(`where.${name}`, "a text, number, boolean or null is needed"));
    if (typeof value === "string" && /\0|\p{Surrogate}/u.test(value))
      throw new Stop(wrong(`where.${name}`, "lone surrogates and NUL cannot be stored"));
  }
  if (!known.has(orderBy)) throw noIndex("orderBy");
  if (after !== undefined && typeof after !== "string")
    throw new Stop(wrong("after", `a text is needed, found ${preview(after)}`));
  return {
    where: Object.fromEntries(fields),
    orderBy,
    descending: descending === true,
    limit: limitOf(limit),
    ...(after === undefined ? {} : { after }),
  };
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);

/** What happened to a record, in order. */
export const timeline = <Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  id: string,
  page: TimelinePage = {},
): Promise<Result<{ readonly items: readonly Event[]; readonly next?: number }>> =>
  reading(async () => {
    needName(id, "id");
    const { after, limit } = readable(() => readPage(page));
    const events = await house.store.transaction(
      (unit) => unit.events.read({ kind, id }, { afterVersion: after, limit: limit + 1 }),
      { tenant },
    );
    if (events.length === 0 && after === 0) throw new Stop({ code: "NOT_FOUND", subject: id });
    const items = events.slice(0, limit);
    return events.length > limit ? { items, next: items.at(-1)!.version } : { items };
  });

function readPage(page: TimelinePage) {
  if (typeof page !== "object" || page === null) throw new Stop(wrong("", "a page { after, limit } is needed"));
  const { after = 0, limit } = page;
  if (!Number.isSafeInteger(after) || after < 0) throw new Stop(wrong("after", "a version is needed"));
  return { after, limit: limitOf(limit) };
}

/** What this actor may do with the record now. */
export const available = <Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  id: string,
  asking: Actor,
): Promise<Result<readonly Available[]>> =>
  reading(async () => {
    needName(id, "id");
    const issues: Issue[] = [];
    const actor = readable(() => readActor(asking, issues));
    if (issues.length > 0) throw new Stop({ code: "INVALID_INPUT", issues });
    return house.store.transaction(
      async (unit) => {
        const record = await load(house, unit, kind, id);
        return doorsOf(house, kind).available(record, await contextFor(house, unit, actor, kind, id, record.version));
      },
      { tenant },
    );
  });

/** Every service clock of the record as it is now. */
export const clocks = <Tx>(
  house: House<Tx>,
  tenant: string,
  kind: string,
  id: string,
): Promise<Result<readonly ClockReading[]>> =>
  reading(async () => {
    needName(id, "id");
    return house.store.transaction(
      async (unit) => {
        const record = await load(house, unit, kind, id);
        const asking = await contextFor(house, unit, reader, kind, id, record.version);
        return orStop(doorsOf(house, kind).clocks(record, asking));
      },
      { tenant },
    );
  });

/** Time passes the same, whoever asks. */
const reader: Actor = { kind: "system", id: "reader" };
